"""A frozen page: kept as JSON, read back as it was, and compared in sentences."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.staff_content import (
    Block,
    Content,
    Section,
    Stop,
    differences,
    listed_block,
    paragraphs,
    read,
    table,
)  # fmt: skip

STOP = Stop("Rota agreed", "December 2026", "planned", "Planned", "2026-12-01", "2026-12-31", "Begin")
JOURNEY = Block("journey", stops=(STOP,), day="2026-11-04")


def page(*sections: Section, title: str = "Crisis care") -> Content:
    return Content(title, "Own", sections)


PURPOSE = Section("purpose", "What it is for", paragraphs("To help sooner.\n\n At night. "))
PEOPLE = Section("people", "Who to ask", table(("Name", "Role"), [("Ada", "Lead")]))


def test_a_page_is_read_back_as_it_was_kept():
    whole = page(PURPOSE, PEOPLE, Section("journey", "The journey", (JOURNEY, *listed_block(["A", "B"]))))
    again = read(json.loads(json.dumps(whole.as_json)))
    assert again == whole
    assert again.sha256 == whole.sha256
    assert JOURNEY.timeline.title


def test_a_page_of_another_schema_is_not_guessed_at():
    with pytest.raises(ValueError, match="schema 2"):
        read(page().as_json | {"schema": 2})


def test_nothing_to_say_makes_no_block():
    assert (paragraphs("", " \n"), listed_block([]), table(("Name",), [])) == ((), (), ())
    assert PURPOSE.blocks[0].texts == ("To help sooner.", "At night.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (None, page(PURPOSE), []),
        (page(PURPOSE), page(PURPOSE), []),
        (page(), page(PURPOSE), ["“What it is for” is new on the page."]),
        (page(PURPOSE), page(), ["“What it is for” is no longer on the page."]),
        (page(), page(title="Crisis line"), ["“Crisis care” is now called “Crisis line”."]),
        (
            page(PEOPLE),
            page(Section("people", "Who to ask", table(("Name", "Role"), [("Ben", "Lead")]))),
            ["Who to ask: no longer says “Ada, Lead”.", "Who to ask: now says “Ben, Lead”."],
        ),
        (
            page(Section("a", "A", listed_block(["1", "2"]))),
            page(Section("a", "A", listed_block(["2", "1"]))),
            ["A: says the same in another order."],
        ),
    ],
)
def test_what_would_change_for_a_reader_is_said(old, new, said):
    assert differences(old, new) == said


def test_time_alone_changes_nothing_that_has_to_be_published_again():
    later = replace(STOP, state="overdue", state_words="Overdue by 4 days")
    done = replace(STOP, state="done", state_words="Done", when="2 December 2026")
    one, other, last = (
        page(Section("journey", "Journey", (replace(JOURNEY, stops=(stop,)),))) for stop in (STOP, later, done)
    )
    assert differences(one, other) == []
    assert differences(one, last) == [
        "Journey: no longer says “Rota agreed: December 2026”.",
        "Journey: now says “Rota agreed: 2 December 2026, done”.",
    ]


SECTIONS = st.lists(
    st.builds(
        lambda key, texts: Section(key, key.upper(), listed_block(texts)),
        st.sampled_from("abc"),
        st.lists(st.sampled_from(["One", "Two", "Three"]), min_size=1, max_size=4),
    ),
    max_size=3,
    unique_by=lambda section: section.key,
)


@given(SECTIONS, SECTIONS)
def test_pages_differ_in_words_exactly_where_they_say_something_else(old, new):
    def sayings(sections):
        return {each.key: [line for block in each.blocks for line in block.lines] for each in sections}

    before, after = page(*old), page(*new)
    assert bool(differences(before, after)) is (sayings(old) != sayings(new))
    assert (before.sha256 == after.sha256) is (before == after)
