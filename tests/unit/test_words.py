"""Dates, times, counts and lists as the NHS content style writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString, mark_safe

from programme.clock import LONDON
from programme.templatetags.words import (
    clock_time,
    count_of,
    day,
    days_from_today,
    in_a_sentence,
    moment,
    month_name,
    number,
    sentence_list,
)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Programme office", "programme office"),
        ("THRIVE mapper", "THRIVE mapper"),
        ("SLT", "SLT"),
        ("Reader", "reader"),
        ("", ""),
    ],
)
def test_a_label_in_a_sentence_begins_small_unless_it_begins_with_initials(label, words):
    assert in_a_sentence(label) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 12, 24), "24 December 2026"),
        (date(2026, 5, 1), "1 May 2026"),
        (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), "1 August 2026"),  # already tomorrow in London's summer
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "31 December 2026"),
        (None, ""),
    ],
)
def test_a_day_is_written_out_and_is_londons(value, words):
    assert day(value) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (11, 59, "11:59am"),
        (12, 0, "midday"),
        (12, 1, "12:01pm"),
        (14, 14, "2:14pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_has_twelve_hours_and_two_words_of_its_own(hour, minute, words):
    assert clock_time(datetime(2026, 11, 4, hour, minute, tzinfo=LONDON)) == words


def test_a_moment_is_a_day_and_a_time_in_london():
    assert moment(datetime(2026, 11, 4, 14, 14, tzinfo=UTC)) == "4 November 2026 at 2:14pm"
    assert moment(datetime(2026, 6, 4, 11, 0, tzinfo=UTC)) == "4 June 2026 at midday"
    assert moment(None) == ""


def test_a_month_is_named_in_full():
    assert month_name(date(2026, 10, 1)) == "October 2026"
    assert month_name(None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 17), "5 days ago"),
        (date(2026, 11, 25), "in 3 days"),
        (date(2023, 1, 1), "1,421 days ago"),
        (None, ""),
    ],
)
def test_days_are_counted_from_the_day_the_page_shows(value, words):
    assert days_from_today(value, date(2026, 11, 22)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(12345, "12,345"), (2.5, "2.5"), (3.0, "3.0"), (Decimal("7.25"), "7.2"), (0, "0"), (None, "")],
)
def test_numbers_have_commas_and_at_most_one_decimal(value, words):
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 updates"), (1, "1 update"), (3, "3 updates"), (1204, "1,204 updates"), ([1, 2], "2 updates"), (None, "")],
)
def test_a_count_agrees_with_its_noun(value, words):
    assert count_of(value, "update,updates") == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (None, ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), ((1, 2), "1 and 2")],
)
def test_a_list_reads_as_a_sentence(items, words):
    assert sentence_list(items) == words


def test_a_joined_list_is_never_taken_for_markup():
    assert not isinstance(sentence_list([mark_safe("<b>A</b>")]), SafeString)
