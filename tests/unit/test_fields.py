"""What people paste and type, as the fields read it."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from programme.fields import BULLET_MARK, BulletsField, DatePartsField, bullet_text, bullets

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "line",
    [
        "Beds opened",
        "• Beds opened",
        "•\tBeds opened",
        "•Beds opened",
        "\uf0b7 Beds opened",
        "·  Beds opened",
        "- Beds opened",
        "– Beds opened",
        "— Beds opened",
        "* Beds opened",
        "o\tBeds opened",
        "1. Beds opened",
        "12) Beds opened",
        "a. Beds opened",
        "(b) Beds opened",
        "iv) Beds opened",
        "   •   Beds   opened  ",
        "• 1. Beds opened",
        "\ufeffBeds\u00a0opened",
    ],
)
def test_every_kind_of_bullet_is_taken_off(line):
    assert bullet_text(line) == "Beds opened"


@pytest.mark.parametrize(
    "line",
    [
        "2.5 WTE recruited",
        "24/7 cover began",
        "A new team started",
        "I. Smith joined",
        "–5 beds",
        "-5 beds",
        "12 of 40 seen",
        "2026. A good year",
        "e.g. the front door",
        "on track",
    ],
)
def test_words_that_only_look_like_a_bullet_stay(line):
    assert bullet_text(line) == line


def test_lines_without_words_are_dropped_and_wrapped_lines_are_kept_as_typed():
    assert bullets("• One\n•\n\n   \n- \n1.\nand its second line\r\n2. Two") == ["One", "and its second line", "Two"]


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), max_size=40), max_size=8))
def test_reading_the_items_again_changes_nothing_more(lines):
    for item in bullets("\n".join(lines)):
        assert item == " ".join(item.split())
        assert item


class BulletsForm(forms.Form):
    points = BulletsField(max_length=40)


def test_the_field_gives_items_and_starts_from_items():
    form = BulletsForm({"points": "• One\n• Two"})
    assert form.is_valid()
    assert form.cleaned_data["points"] == ["One", "Two"]
    assert BulletsForm(initial={"points": ["One", "Two"]})["points"].value() == "One\nTwo"


@pytest.mark.parametrize(("text", "message"), [("", "Enter at least one point"), ("•\n-", "Enter at least one point")])
def test_bullets_without_words_are_no_answer(text, message):
    assert BulletsForm({"points": text}).errors["points"] == [message]


def test_too_long_a_text_is_refused_as_typed():
    form = BulletsForm({"points": "x" * 41})
    assert not form.is_valid()
    assert form["points"].value() == "x" * 41


def test_another_bullet_mark_is_not_a_change():
    assert not BulletsField().has_changed(["One", "Two"], "- One\n- Two")
    assert BulletsField().has_changed(["One"], "- One\n- Two")


def test_the_browser_takes_off_the_same_marks_as_the_server():
    script = (ROOT / "static/src/app.js").read_text(encoding="utf-8")
    found = re.search(r"^const MARK = /(.*)/$", script, re.MULTILINE)
    assert found
    assert found[1] == BULLET_MARK


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["", "", ""], "Enter a date"),
        (["24", "", "2026"], "The date must include a month"),
        (["24", "", ""], "The date must include a month and a year"),
        (["31", "2", "2026"], "Enter a real date, such as 24 12 2026"),
        (["24", "12", "26"], "Enter a real date, such as 24 12 2026"),
        (["x", "12", "2026"], "Enter a real date, such as 24 12 2026"),
        (["24", "12", "٢٠٢٦"], "Enter a real date, such as 24 12 2026"),
    ],
)
def test_a_date_in_parts_says_which_part_is_wrong(parts, message):
    with pytest.raises(forms.ValidationError) as refused:
        DatePartsField().clean(parts)
    assert refused.value.messages == [message]


def test_a_date_in_parts_is_a_date():
    assert DatePartsField().clean([" 24", "12 ", "2026"]) == date(2026, 12, 24)
    assert DatePartsField(required=False).clean(["", "", ""]) is None
