"""The same bytes for the same content: an office file without the moment and the program that happened to write it."""

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

CORE: Final = "docProps/core.xml"
# The oldest day a packed file can carry. Which one it is says nothing; that it is always the same does.
ALWAYS: Final = (1980, 1, 1, 0, 0, 0)
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en-GB</dc:language>"
    "<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
)


def writable(text: str) -> str:
    """A text without the characters that no office file may hold."""
    return _UNWRITABLE.sub("", text)


def packed(content: bytes, at: datetime, *, author: str, title: str) -> bytes:
    """Pack an office file again: parts in order, no clock, and its title, author and moment those of the report."""
    moment = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    told = {"title": escape(writable(title)), "author": escape(writable(author)), "moment": moment}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        # The list of types comes first, as every office program writes it.
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = _PROPERTIES.format(**told).encode() if name == CORE else read.read(name)
            part = zipfile.ZipInfo(name, ALWAYS)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            written.writestr(part, data)
    return out.getvalue()
