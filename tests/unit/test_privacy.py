"""What may identify a patient: found in its layouts, and not found in ordinary sentences about services."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.privacy import Kind, findings, is_nhs_number, warning


def kinds(text):
    return [(found.kind, found.words) for found in findings(text)]


# Numbers with a right check digit that belong to nobody: 943 476 5919 is the service manual's own example.
@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("NHS no 943 476 5919 please", Kind.NHS_NUMBER, "943 476 5919"),
        ("9434765919", Kind.NHS_NUMBER, "9434765919"),
        ("943-476-5919", Kind.NHS_NUMBER, "943-476-5919"),
        ("943\u00a0476\u00a05919", Kind.NHS_NUMBER, "943\u00a0476\u00a05919"),
        ("943–476–5919", Kind.NHS_NUMBER, "943–476–5919"),
        ("DOB 12/03/2011", Kind.BIRTH, "DOB 12/03/2011"),
        ("d.o.b.: 12.3.11", Kind.BIRTH, "d.o.b.: 12.3.11"),
        ("born on 4 March 2010", Kind.BIRTH, "born on 4 March 2010"),
        ("She was born in 2010", Kind.BIRTH, "born in 2010"),
        ("date of birth is 1 jan 09", Kind.BIRTH, "date of birth is 1 jan 09"),
        ("Write to jo.o'neill@example.org", Kind.EMAIL, "jo.o'neill@example.org"),
        ("Ring 0151 496 0123", Kind.PHONE, "0151 496 0123"),
        ("Ring 07700 900123 now", Kind.PHONE, "07700 900123"),
        ("+44 7700 900123", Kind.PHONE, "+44 7700 900123"),
        ("(0151) 496-0123", Kind.PHONE, "(0151) 496-0123"),
        ("lives at WA8 6AB", Kind.POSTCODE, "WA8 6AB"),
        ("lives at l69 3bx", Kind.POSTCODE, "l69 3bx"),
        ("RiO number: 1234567", Kind.HOSPITAL_NUMBER, "RiO number: 1234567"),
        ("hospital no. RX123456", Kind.HOSPITAL_NUMBER, "hospital no. RX123456"),
        ("my daughter Emily waited", Kind.NAME, "Emily"),
        ("His little brother Tom-James cried", Kind.NAME, "Tom-James"),
        ("my son, Ali Khan said", Kind.NAME, "Ali Khan"),
        ("a girl called Emily", Kind.NAME, "Emily"),
        ("A young person named Zara", Kind.NAME, "Zara"),
        ("Emily, 14, waited", Kind.NAME, "Emily"),
        ("Emily (14) waited", Kind.NAME, "Emily"),
        ("Emily aged 9 years old", Kind.NAME, "Emily"),
        ("JB aged 14", Kind.INITIALS, "JB aged 14"),
        ("J.B. (14)", Kind.INITIALS, "J.B. (14"),
    ],
)
def test_what_identifies_is_found_with_its_words(text, kind, words):
    assert kinds(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "943 476 5918 has a wrong check digit",
        "111 111 1111",
        "We saw 1,234 people in 2026/27 and 16 WTE started",
        "The line is open from 9am to 5pm, 7 days a week",
        "In March (12) and April (14) more people came",
        "My daughter waited 14 weeks. Nobody rang.",
        "Our children said the Hub is too far",
        "her mother felt heard",
        "Young people aged 16 to 25 want evening times",
        "YP aged 14 were there",
        "A group called Voices meets on Monday",
        "£12,000 for 2026/27",
        "Section 17 leave, ward 12",
        "SO1 says WE2 DO",
        "Halton and Knowsley, 3 of 4 places",
        "call 111 or text 85258",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert kinds(text) == []


def test_of_two_that_overlap_the_surer_one_is_said():
    assert kinds("Ring 943 476 5919 or 0151 496 0123") == [
        (Kind.NHS_NUMBER, "943 476 5919"),
        (Kind.PHONE, "0151 496 0123"),
    ]


def test_all_findings_make_one_sentence():
    assert warning(findings("my daughter Emily, WA8 6AB")) == (
        "“Emily” looks like the name of a person and “WA8 6AB” looks like a postcode."
    )
    assert warning(()) == ""


@given(st.integers(100_000_000, 999_999_999))
def test_of_ten_numbers_that_differ_in_the_last_digit_at_most_one_is_an_nhs_number(first_nine):
    found = [digit for digit in range(10) if is_nhs_number(f"{first_nine}{digit}")]
    assert len(found) <= 1


@given(st.integers(100_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first_nine, place, by):
    right = next((f"{first_nine}{d}" for d in range(10) if is_nhs_number(f"{first_nine}{d}")), None)
    if right:
        wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
        assert not is_nhs_number(wrong)


@given(st.text(max_size=300))
def test_findings_lie_in_the_text_in_order_and_never_overlap(text):
    found = findings(text)
    assert all(text[each.start : each.end] == each.words for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["0 ", "9", "Emily ", "a.", "my daughter ", "born ", "A1 ", "(", "@", "0-", "J."])
def test_a_long_text_takes_no_longer_than_it_is_long(piece):
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    findings(text)
    assert time.process_time() - began < 2
