"""Links as evidence: web addresses only, and nothing that hides where it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.links import LONGEST, checked_link


@pytest.mark.parametrize(
    "link", ["", "https://example.nhs.uk/report", "http://intranet/page?id=1#top", "HTTPS://EXAMPLE.NHS.UK:8443/a"]
)
def test_web_addresses_are_kept_as_they_are(link):
    assert checked_link(f"  {link} ") == link


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("javascript:alert(1)", "begins with https"),
        ("JaVaScRiPt://example.org/%0aalert(1)", "begins with https"),
        ("data:text/html,hello", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("ftp://example.org/a", "begins with https"),
        ("//example.org/a", "begins with https"),
        ("example.org/a", "begins with https"),
        ("https://", "begins with https"),
        ("https:///a", "begins with https"),
        ("https://user:secret@example.org/", "must not contain a name or a password"),
        ("https://example.org@evil.example/", "must not contain a name or a password"),
        ("https://example.org/a b", "must not contain spaces"),
        ("https://example.org/\n", ""),
        ("java\tscript:alert(1)", "must not contain spaces"),
        ("https://example.org/<b>", "must not contain spaces, quotation marks or brackets"),
        ("https://exam\u202eple.org/", "must not contain"),
        ("https://[::1/", "Enter a whole link"),
        ("https://example.org:port/", "Enter a whole link"),
        ("https://example.org/" + "a" * LONGEST, "up to 500 characters"),
    ],
)
def test_anything_else_is_refused_in_words(link, said):
    if not said:
        assert checked_link(link) == link.strip()
        return
    with pytest.raises(ValueError, match=said):
        checked_link(link)


@given(st.text(max_size=80))
def test_whatever_is_kept_begins_as_a_web_address(text):
    try:
        kept = checked_link(text)
    except ValueError:
        return
    assert not kept or kept.lower().startswith(("http://", "https://"))
