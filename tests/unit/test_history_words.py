"""Changes as entries: what belongs together, and how it reads."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.history_words import LONGEST, Change, action_words, changed, entries, shortened, started
from programme.status import Rag
from workstreams.story import month_sentence, plan_sentence

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)


def change(seconds=0, *, who="Dana", action="Moved the milestone", title="Rota", **more):
    return Change(NOON - timedelta(seconds=seconds), who, action, "milestone", title, **more)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [("", "Sam", "owner: Sam"), ("Jo", "Sam", "owner from Jo to Sam"), ("Jo", "", "owner taken away (was Jo)")],
)
def test_a_value_that_changed_is_said_from_what_it_was(before, after, words):
    assert changed("owner", before, after) == words


@pytest.mark.parametrize(
    ("action", "label", "words"),
    [
        ("Moved the milestone", "update", "Moved the milestone"),
        ("POST /account/password/", "update", "Changed the account"),
        ("", "insert", "Added the account"),
        ("DELETE /x/", "delete", "Removed the account"),
    ],
)
def test_an_address_is_never_told_as_what_somebody_did(action, label, words):
    assert action_words(action, label, "account") == words


def test_the_rows_of_one_action_are_one_entry_and_the_same_title_one_line():
    (entry,) = entries([change(parts=("forecast: March",), href="here"), change(parts=("owner: Sam",))])
    assert entry.only is not None
    assert (entry.only.parts, entry.only.href, entry.names_it) == (("owner: Sam", "forecast: March"), "here", True)


@pytest.mark.parametrize(
    "other",
    [
        change(1, who="Jo"),
        change(1, action="Added the milestone"),
        change(1, subject=7),
        change(60),
        change(1, act="another"),
    ],
)
def test_another_person_action_workstream_or_moment_is_another_entry(other):
    assert len(entries([change(act="one"), other])) == 2


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from("ab"), st.sampled_from("xyz")), max_size=30))
def test_nothing_is_lost_and_nothing_is_told_twice(rows):
    ordered = sorted(rows)
    told = entries([change(seconds, who=who, title=title) for seconds, who, title in ordered])
    assert {(e.who, c.title) for e in told for c in e.changes} == {(who, title) for _, who, title in ordered}
    assert all(len({c.title for c in e.changes}) == len(e.changes) for e in told)


def test_long_texts_are_cut_and_lines_joined():
    assert shortened("one\n two") == "one two"
    assert shortened("x" * (LONGEST + 1)) == "x" * LONGEST + "…"
    assert started("Moved it") == "moved it"


@pytest.mark.parametrize(
    ("rating", "reason", "progress", "words"),
    [
        (Rag.GREEN, "", [], "May 2026: Green, on track."),
        (Rag.NOT_RATED, "", ["Rota agreed"], "May 2026: not rated. Rota agreed."),
        (
            Rag.AMBER,
            "A post is vacant",
            ["Rota", "More"],
            "May 2026: Amber, at risk. A post is vacant. “Rota” and 1 more point.",
        ),
    ],
)
def test_a_month_is_told_in_a_sentence(rating, reason, progress, words):
    assert month_sentence("May 2026", rating, reason, progress) == words


@pytest.mark.parametrize(
    ("done", "ahead", "slipped", "words"),
    [
        (0, 0, [], "No milestone has been added yet."),
        (1, 0, [], "1 milestone is done and 0 to come."),
        (
            2,
            3,
            [("Rota", 2), ("Line", 4)],
            "2 milestones are done and 3 to come. “Rota” has moved twice and “Line” has moved 4 times.",
        ),
    ],
)
def test_a_plan_is_told_in_a_sentence(done, ahead, slipped, words):
    assert plan_sentence(done, ahead, slipped) == words
