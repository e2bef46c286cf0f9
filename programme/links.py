"""Addresses people give as evidence. Pure. Nothing is ever fetched; only its shape is checked."""

from urllib.parse import urlsplit

LONGEST = 500


def checked_link(text: str) -> str:
    """The address as it may be stored and followed. Raises ValueError with a sentence for the person who typed it."""
    link = text.strip()
    if not link:
        return ""
    if len(link) > LONGEST:
        raise ValueError(f"The link can be up to {LONGEST} characters")
    if any(letter.isspace() or not letter.isprintable() or letter in '<>"\\`' for letter in link):
        raise ValueError("The link must not contain spaces, quotation marks or brackets")
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("Enter a whole link, such as https://example.nhs.uk/report") from error
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise ValueError("Enter a link that begins with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("The link must not contain a name or a password")
    return link
