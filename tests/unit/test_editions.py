"""Editions of the board report: each has its words, and a web page first."""

import pytest

from reporting.editions import EDITION_CHOICES, Edition, Format


@pytest.mark.parametrize("edition", Edition)
def test_the_web_page_is_the_first_form_and_the_pdf_its_copy(edition):
    assert edition.formats[:2] == (Format.HTML, Format.PDF)


@pytest.mark.parametrize("edition", Edition)
def test_every_edition_says_what_it_is_and_for_whom(edition):
    assert all((edition.words, edition.description.endswith("."), edition.audience))


def test_the_choices_are_the_editions_with_the_full_pack_first():
    assert EDITION_CHOICES[0] == ("full", "Full pack")
    assert [value for value, _ in EDITION_CHOICES] == [edition.value for edition in Edition]


def test_formats_know_how_a_browser_is_told():
    assert Format.PDF.content_type == "application/pdf"
    assert {each.content_type for each in Format if each not in {Format.HTML, Format.PDF}} == {
        f"application/vnd.openxmlformats-officedocument.{kind}"
        for kind in ("wordprocessingml.document", "presentationml.presentation", "spreadsheetml.sheet")
    }
