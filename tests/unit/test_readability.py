"""How hard a text is to read, and what makes it hard."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.readability import LONG_SENTENCE, OLDEST, YOUNGEST, check, sentences_of, syllables, words_of
from workstreams.plain_words import JARGON, PARTS, reading_of

PLAIN = (
    "We are changing how you get help in a crisis. You told us that waiting rooms feel cold. We have painted them and "
    "put in soft chairs. Next we will ask you how the phone line can be better at night."
)
HARD = (
    "The workstream will facilitate the implementation of a collaborative transformation of the multi-agency crisis "
    "pathway, underpinned by robust engagement with stakeholders across the integrated care system."
)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "we the help asked called house whole times phone phones here more team build tried rhythm"),
        (2, "people mental little table places waited being create quiet able safely boxes social patient used-up"),
        (3, "idea area radio family hospital appointment services decided previous example easier"),
        (4, "information situation community actually experience transformation co-production"),
        (5, "participation organisation"),
    ],
)
def test_syllables_are_counted_as_they_are_said(count, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("First point\nSecond point", ["First point", "Second point"]),
        ("We meet e.g. on Monday. Dr. Ama speaks.", ["We meet e.g. on Monday.", "Dr. Ama speaks."]),
        ("“Is it open?” she said.", ["“Is it open?”", "she said."]),
        ("2.5 people, v1.2 of it", ["2.5 people, v1.2 of it"]),
        ("...\n\n 12 \n", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text, sentences):
    assert sentences_of(text) == sentences


def test_a_plain_text_is_told_so():
    found = check(PLAIN, jargon=JARGON)
    assert (found.is_plain, found.long_sentences, found.jargon) == (True, (), ())
    assert found.sentence == "These words need a reading age of about 7, which is right for young people."


def test_a_hard_text_is_told_what_makes_it_hard():
    found = reading_of([HARD])
    assert not found.is_plain
    assert found.sentence == "These words need the reading of somebody who has studied. Aim for about 11."
    assert [(each.text[:14], each.words) for each in found.long_sentences] == [("The workstream", 26)]
    assert found.hard_words[:3] == ("facilitate", "implementation", "collaborative")
    assert found.jargon == ("System", "Workstream")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Our CYP team", ("CYP",)),
        ("We sit with you", ()),
        ("SIT came", ("SIT",)),
        ("two workstreams", ("Workstream",)),
        ("the lead of the place", ()),
        ("milestoned", ()),
    ],
)
def test_words_that_only_we_use_are_pointed_at(text, terms):
    assert check(text, jargon=JARGON).jargon == terms


def test_too_few_words_say_nothing_about_an_age():
    found = check("We open at night.")
    assert (found.age, found.is_plain) == (None, True)
    assert found.sentence == "There are too few words to say how hard they are to read. 25 or more are needed."


def test_between_plain_and_hard_the_age_is_said():
    middle = "We are reviewing the appointment letters so that families understand what to expect. " * 3
    assert check(middle).sentence == "These words need a reading age of about 15. Aim for about 11."


def test_the_page_has_four_parts():
    assert [name for name, *_ in PARTS] == ["doing", "why", "told", "next"]


WORDS = st.lists(
    st.sampled_from(["we", "help", "you", "open", "appointment", "information", "at", "night", "community"]),
    min_size=25,
)


@given(WORDS)
def test_the_same_words_in_shorter_sentences_are_never_harder(words):
    long, short = " ".join(words) + ".", ". ".join(words) + "."
    one, other = check(long).age, check(short).age
    assert one is not None
    assert other is not None
    assert YOUNGEST <= other <= one <= OLDEST


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    found = check(text)
    assert found.words == len([word for each in sentences_of(text) for word in words_of(each)])
    assert all(each.words > LONG_SENTENCE for each in found.long_sentences)


@pytest.mark.parametrize("piece", ["a", "ea", "a.", "e.g.", "x-", "’", "\n"])
def test_a_long_text_takes_no_longer_than_it_is_long(piece):
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    check(text, jargon=JARGON)
    assert time.process_time() - began < 2
