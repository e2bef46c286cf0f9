"""Dates said in updates: what each is about, which speak of one thing, and what is proposed of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import FuzzyDate
from workstreams import narrative, subjects
from workstreams.fuzzydates import Tense
from workstreams.said_dates import NEW, OUT, Known, proposals, said_dates

# -- what two texts speak of -------------------------------------------------------------------------------------------

ONE_THING = [
    ("The heritage bus launches", "Launch of the heritage bus"),
    ("Evening drop-in planned for", "The evening drop in will open"),
    ("The website goes live", "New website will launch"),
    ("The crew will move base to HLC", "Harbour crew to change base to Harbour and Lock Centre"),
    ("Visit by J&P colleagues", "Colleagues of Jones and Pascoe to visit"),
    ("SOP to be agreed", "The standard operating procedure will be signed off"),
    ("Training for the 5 to 11 allotment", "Allotment training (5-11)"),
    ("A follow up open day", "Follow-up open day to be arranged"),
]
TWO_THINGS = [
    ("Room 3 opens", "Room 4 opens"),
    ("Phase one goes live", "Phase two goes live"),
    ("The open day", "A follow up open day"),
    ("A further open day", "The final open day"),
    ("Digital clinic opens in Leeds", "Digital clinic opens in York"),
    ("Riverside hub opens", "Hillside hub opens"),
    ("Rota drafted", "Rota signed off"),
    ("Rota signed off", "Policy signed off"),
    ("Refurbishment of the shed starts", "Refurbishment of the shed finishes"),
    ("The team meets", "The team will meet"),  # nothing but words that every line has
    ("", "Open day"),
    ("…", "…"),
]


@pytest.mark.parametrize(("one", "other"), ONE_THING)
def test_texts_about_one_thing_are_recognised_either_way_round(one, other):
    assert subjects.same(one, other)
    assert subjects.same(other, one)


@pytest.mark.parametrize(("one", "other"), TWO_THINGS)
def test_texts_about_two_things_are_kept_apart_either_way_round(one, other):
    assert not subjects.same(one, other)
    assert not subjects.same(other, one)


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_does_not_depend_on_the_order(one, other):
    alike = subjects.likeness(one, other)

    assert 0 <= alike <= 1
    assert alike == subjects.likeness(other, one)


@given(st.text(max_size=400))
def test_a_text_is_never_unlike_itself_in_part(text):
    assert subjects.likeness(text, text) in {0, 1}


# -- what a date is about ----------------------------------------------------------------------------------------------


def page(*updates):
    """Updates of an invented programme, newest first, each with its bullets."""
    lines = ["Community orchard", "Lead: Jo Fern", ""]
    for month, *bullets in updates:
        lines += [f"{month} update:", *(f"- {bullet}" for bullet in bullets), ""]
    return narrative.parse("\n".join(lines)).workstreams[0].updates


def said(*bullets, month="January 2025"):
    return said_dates(page((month, *bullets)))


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("The heritage bus is due to launch in May.", ["Heritage bus is due to launch"]),
        ("In March a picnic was held and a fair is planned for June", ["Picnic was held", "Fair"]),
        ("The crew will move base in February to the lock.", ["Crew will move base to the lock"]),
        ("Painting is going on and the crew will move in April.", ["Crew will move"]),
        ("The lock closes (planned for March).", ["Lock closes"]),
        ("The Riverside hub opens in June and the Hill hub opens in July.", ["Riverside hub opens", "Hill hub opens"]),
        ("Bus trip – neighbours to visit in March 25. Sets of tools are in place.", ["Bus trip – neighbours to visit"]),
        ("Bus trip: 3 March 2025", ["Bus trip"]),
        ("The bus is to go live in October 2025 as planned.", ["Bus is to go live"]),
    ],
)  # fmt: skip
def test_a_date_is_about_its_own_clause(sentence, about):
    assert [each.about for each in said(sentence)] == about


@pytest.mark.parametrize(
    "sentence",
    [
        "The crew meets weekly.",
        "Numbers rose by 10 to 15 percent in six weeks.",
        "The plan for 2026/27 is being written.",
        "Talks are ongoing.",
        "March 2025.",
    ],
)
def test_what_is_no_date_of_anything_is_not_offered(sentence):
    assert said(sentence) == ()


def test_an_update_whose_month_is_not_settled_has_no_dates():
    updates = (
        narrative.parse("Orchard\nLead: Jo Fern\n\nMay update:\n- The bus launches in June\n").workstreams[0].updates
    )

    assert updates[0].month is None
    assert said_dates(updates) == ()


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("The library opens in March 2025", Tense.PLANNED),
        ("Signs are delayed until July 2025", Tense.PLANNED),
        ("The opening has been pushed back to June", Tense.PLANNED),
        ("The library opened on 3 January", Tense.DONE),
        ("Library, December 2024", Tense.UNKNOWN),
    ],
)
def test_whether_it_is_planned_or_done(sentence, tense):
    assert [each.tense for each in said(sentence)] == [tense]


def test_keys_are_places_on_the_page_and_none_is_given_twice():
    found = said("In March a picnic was held and a fair is planned for June", "A fair in July 2025 will follow")

    assert [each.key for each in found] == ["d5.0", "d5.1", "d6.0"]


# -- what is proposed --------------------------------------------------------------------------------------------------

SLIPPING = page(
    ("May 2025", "The heritage bus will now launch in the summer.", "The tool library opens in September 2025"),
    ("March 2025", "The heritage bus is due to launch in May.", "The open day will be held in April"),
    ("January 2025", "Launch of the heritage bus planned for March 2025", "An open day was held in January"),
)


def proposed(updates, known=()):
    found = said_dates(updates)
    offered = proposals(found, known)
    assert set(offered) == {each.key for each in found}
    return {f"{each.month:%B}: {each.about}": offered[each.key] for each in found}


def test_a_date_said_again_is_another_date_of_what_was_said_first():
    offered = proposed(SLIPPING)

    assert offered["January: Launch of the heritage bus"].choice == NEW
    later = [offered["March: Heritage bus is due to launch"], offered["May: Heritage bus will now launch"]]
    assert [each.choice for each in later] == ["d13.0", "d13.0"]
    assert [each.was.display() for each in later if each.was] == ["March 2025", "May 2025"]


def test_what_is_said_once_is_a_milestone_only_while_it_is_ahead():
    offered = proposed(SLIPPING)

    assert offered["May: Tool library opens"].choice == NEW
    assert offered["March: Open day will be held"].choice == OUT


def test_the_same_date_again_adds_nothing():
    offered = proposed(
        page(
            ("March 2025", "The fair is still planned for June 2025"),
            ("January 2025", "The fair is planned for June 2025"),
        )
    )

    assert [(each.choice, each.of) for each in offered.values()] == [(OUT, "d8.0"), (NEW, "")]


def test_what_was_done_is_for_a_person_to_say():
    offered = proposed(
        page(("May 2025", "Planting was finished in April"), ("January 2025", "Planting to finish by March 2025"))
    )

    assert [(each.choice, each.of) for each in offered.values()] == [(OUT, "d8.0"), (OUT, "")]


def test_a_milestone_that_is_known_comes_first_by_any_of_its_names():
    known = [Known("p7", ("Bus", "Heritage bus launched"), FuzzyDate.month(2025, 2))]

    offered = proposed(SLIPPING, known)

    choices = {name: each.choice for name, each in offered.items() if "bus" in name}
    assert set(choices.values()) == {"p7"}


def test_what_is_done_is_not_planned_again():
    done = Known("p7", ("Heritage bus launched",), FuzzyDate.month(2025, 2), is_done=True)

    assert proposed(SLIPPING, [done])["January: Launch of the heritage bus"].choice == NEW


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The heritage bus launches in {}.",
            "Launch of the bus moved to {}",
            "Fair planned for {}",
            "Open day held in {} and a follow up open day in July 2025",
            "Nothing is new.",
        ]
    ),
    max_size=4,
)


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.sampled_from(["March 2025", "spring 25", "June", "Q3", "TBC"]))
def test_every_said_date_gets_one_proposal_and_none_points_at_what_is_not_made(told, when):
    months = ["June 2025", "May 2025", "March 2025", "January 2025"]
    updates = page(*((month, *(s.format(when) for s in each)) for month, each in zip(months, told, strict=False)))
    found = said_dates(updates)
    offered = proposals(found)

    assert set(offered) == {each.key for each in found}
    assert len({each.key for each in found}) == len(found)
    for proposal in offered.values():
        assert proposal.choice in {NEW, OUT} or offered[proposal.choice].choice == NEW


def test_a_long_page_takes_no_long_time():
    bullets = [f"The number {n} bus of route K{n} launches in {m} 2026." for n in range(40) for m in ("May", "June")]
    updates = page(*((month, *bullets) for month in ("March 2025", "February 2025", "January 2025")))

    started = time.process_time()
    proposals(said_dates(updates))

    assert time.process_time() - started < 4
