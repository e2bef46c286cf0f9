"""Editions of the board report and the formats each is handed out in. Pure.

An edition is a choice of what its readers need, in what words; every edition of a report is made from one snapshot.
"""

from dataclasses import dataclass
from enum import StrEnum


class Edition(StrEnum):
    """Who a report is for; the value is stored with the report."""

    FULL = "full"
    HIGHLIGHT = "highlight"
    COMMISSIONER = "commissioner"
    YOUNG_PEOPLE = "young_people"

    @property
    def words(self) -> str:
        """The edition's name on screen and on the cover."""
        return _ABOUT[self].words

    @property
    def description(self) -> str:
        """One sentence that says what is in it and for whom."""
        return _ABOUT[self].description

    @property
    def audience(self) -> str:
        """Whom the cover says it is for."""
        return _ABOUT[self].audience

    @property
    def is_for_outside(self) -> bool:
        """Whether people outside the trust read it, so that nothing internal may stand in it."""
        return self in {Edition.COMMISSIONER, Edition.YOUNG_PEOPLE}

    @property
    def formats(self) -> tuple["Format", ...]:
        """The formats this edition can be had in, the main accessible form first."""
        return _ABOUT[self].formats


class Format(StrEnum):
    """A kind of file; the value is its ending. The web page is the main form and the PDF its copy."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"

    @property
    def words(self) -> str:
        """'PDF', 'Word document'."""
        return _FORMATS[self][0]

    @property
    def content_type(self) -> str:
        """What a browser is told."""
        return _FORMATS[self][1]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_FORMATS = {
    Format.HTML: ("Web page", "text/html; charset=utf-8"),
    Format.PDF: ("PDF", "application/pdf"),
    Format.DOCX: ("Word document", f"{_OFFICE}wordprocessingml.document"),
    Format.PPTX: ("PowerPoint summary", f"{_OFFICE}presentationml.presentation"),
    Format.XLSX: ("Excel workbook", f"{_OFFICE}spreadsheetml.sheet"),
}


@dataclass(frozen=True)
class _About:
    words: str
    description: str
    audience: str
    formats: tuple[Format, ...]


_PAPERS = (Format.HTML, Format.PDF, Format.DOCX)
_ABOUT = {
    Edition.FULL: _About(
        "Full pack",
        "Everything, with a page for each workstream.",
        "Programme board",
        tuple(Format),
    ),
    Edition.HIGHLIGHT: _About(
        "Highlight report",
        "Two pages: the answer, the decisions asked for, what is off track and what comes next.",
        "Senior leaders and board members",
        (*_PAPERS, Format.PPTX),
    ),
    Edition.COMMISSIONER: _About(
        "Commissioner report",
        "For partners outside the trust: nothing internal, and small numbers hidden.",
        "Commissioners and partners",
        tuple(Format),
    ),
    Edition.YOUNG_PEOPLE: _About(
        "Young people’s page",
        "In plain language: what is happening, what we heard and what we did.",
        "Young people, parents and carers",
        _PAPERS,
    ),
}
OUTSIDE = tuple(edition.value for edition in Edition if edition.is_for_outside)
EDITION_CHOICES = [(edition.value, edition.words) for edition in Edition]
