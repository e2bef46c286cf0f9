"""Who is covered: states, ages and places, in tables and for any map there could be."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thrive.ages import BANDS, EVERYBODY, OLDEST, YEAR, Ages, age, age_words, ages_of, pieces, typed_words
from thrive.coverage import Absence, Area, Cell, Facts, Offer, Stage, State, turns

SYSTEM, TOWN, VALE, QUAY = 1, 2, 3, 4  # a system with two places, and a neighbourhood of the town
AREA = Area({SYSTEM: None, TOWN: SYSTEM, VALE: SYSTEM, QUAY: TOWN})


def years(start: float, end: float) -> Ages:
    return Ages(round(start * YEAR), round(end * YEAR))


def offer(key: int = 1, *, service: int = 0, place: int = TOWN, ages: Ages = EVERYBODY, **about) -> Offer:
    told: dict[str, Any] = {"grouping": "help", "core": True, "stage": Stage.LIVE} | about
    return Offer(key, service or key, f"Team {service or key}", place, ages, **told)


def absence(ages: Ages = EVERYBODY, place: int = TOWN, group: str = "") -> Absence:
    return Absence(99, place, ages, "help", group)


def cell(offers=(), absences=(), *, place: int = TOWN, ages: Ages = BANDS[2], group: str = "") -> Cell:
    return Facts(AREA, offers, absences).cell(place, "help", ages, group)


# -- ages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("16", 192), ("0", 0), ("birth", 0), ("17½", 210), ("17.5", 210), ("17 and a half", 210), ("6 months", 6),
        ("17 years 6 months", 210), ("18 months", 18), ("16 years", 192), ("25", 300), (" 5  years old", 60),
    ],
)  # fmt: skip
def test_an_age_is_read_as_people_say_it(said, months):
    assert age(said) == months


@pytest.mark.parametrize("said", ["", "26", "-1", "sixteen", "16 to 18", "1000 months", "½", "16.2"])
def test_what_is_no_age_is_not_guessed(said):
    assert age(said) is None


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        (years(16, 18), "16 to 18"), (years(0, 5), "birth to 5"), (Ages(6, 24), "6 months to 2 years"),
        (years(17.5, 25), "17 years 6 months to 25 years"), (years(0, 1), "birth to 1 year"),
        (EVERYBODY, "birth to 25"),
    ],
)  # fmt: skip
def test_ages_are_said_in_words(ages, words):
    assert ages.words == words
    assert ages_of(ages.key) == ages


@pytest.mark.parametrize("key", ["", "16", "216-192", "0-301", "a-b", "1-1", "٣-٩"])
def test_an_address_that_names_no_ages_names_nothing(key):
    assert ages_of(key) is None


def test_the_bands_leave_nobody_out_and_nobody_twice():
    assert BANDS[0].start == 0
    assert BANDS[-1].end == OLDEST
    assert all(one.end == other.start for one, other in pairwise(BANDS))


@given(st.integers(0, OLDEST))
def test_every_age_can_be_typed_as_it_is_printed(months):
    assert age(typed_words(months)) == months
    assert age(age_words(months)) == months


# -- states ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offers", "absences", "state"),
    [
        ([], [], State.NOT_MAPPED),
        ([], [absence()], State.NONE),
        ([offer(stage=Stage.PLANNED)], [], State.PLANNED),
        ([offer(stage=Stage.PLANNED)], [absence()], State.PLANNED),
        ([offer(stage=Stage.PLANNED), offer(2, stage=Stage.NOT_LIVE)], [], State.NOT_LIVE),
        ([offer(core=False)], [], State.PARTIAL),
        ([offer(core=False), offer(2, core=False)], [], State.PARTIAL),
        ([offer(core=False), offer(2, stage=Stage.PLANNED)], [], State.PARTIAL),
        ([offer()], [], State.ONE),
        ([offer()], [absence()], State.ONE),
        ([offer(), offer(2, core=False)], [], State.ONE),
        ([offer(), offer(2, service=1, place=SYSTEM)], [], State.ONE),  # one service, said twice
        ([offer(), offer(2)], [], State.SEVERAL),
        ([offer(place=SYSTEM)], [], State.ONE),  # what the system offers counts in each of its places
        ([offer(place=VALE)], [], State.NOT_MAPPED),  # what the neighbour has does not
        ([offer(place=QUAY)], [], State.PARTIAL),  # a part of the place is not the place
        ([offer(place=QUAY), offer(2, place=QUAY)], [absence()], State.PARTIAL),
        ([], [absence(place=SYSTEM)], State.NONE),
        ([], [absence(place=QUAY)], State.NOT_MAPPED),
    ],
)
def test_the_state_of_a_cell(offers, absences, state):
    assert cell(offers, absences).state is state


def test_a_neighbourhood_has_what_its_place_has_but_not_what_another_part_has():
    other = 5
    area = Area({**AREA.parents, other: TOWN})
    facts = Facts(area, [offer(), offer(2, place=QUAY)], [])
    assert facts.cell(QUAY, "help", BANDS[2]).state is State.SEVERAL
    assert facts.cell(other, "help", BANDS[2]).state is State.ONE
    assert facts.cell(TOWN, "help", BANDS[2]).state is State.ONE


def test_a_cell_is_as_good_as_its_weakest_age_and_says_where_ages_differ():
    found = cell([offer(ages=years(11, 14))], [absence(years(14, 15))])
    assert found.state is State.NONE  # what is known to be missing weighs more than what nobody has looked at
    assert not found.is_even
    assert found.stretches == [
        (years(11, 14), State.ONE),
        (years(14, 15), State.NONE),
        (years(15, 16), State.NOT_MAPPED),
    ]


def test_whoever_has_their_birthday_belongs_to_the_next_stretch():
    found = cell([offer(ages=years(5, 16))], ages=years(11, 18))
    assert found.stretches == [(years(11, 16), State.ONE), (years(16, 18), State.NOT_MAPPED)]


@pytest.mark.parametrize(
    ("group", "state"),
    [("", State.SEVERAL), ("young_carers", State.ONE), ("refugees", State.NONE), ("send", State.NOT_MAPPED)],
)
def test_asked_for_a_group_only_what_reaches_it_counts(group, state):
    offers = [offer(groups=frozenset({"young_carers"})), offer(2)]
    assert cell(offers, [absence(group="refugees")], group=group).state is state


def test_that_nobody_reaches_one_group_says_nothing_about_everybody():
    assert cell([], [absence(group="refugees")]).state is State.NOT_MAPPED
    assert cell([], [absence()], group="refugees").state is State.NONE


# -- for any map -------------------------------------------------------------------------------------------------------

stretches = st.tuples(st.integers(0, OLDEST - 1), st.integers(1, 120)).map(
    lambda pair: Ages(pair[0], min(OLDEST, pair[0] + pair[1]))
)
offers_of = st.lists(
    st.builds(
        lambda key, service, place, ages, core, stage: offer(
            key, service=service, place=place, ages=ages, core=core, stage=stage
        ),
        st.integers(1, 10_000), st.integers(1, 4), st.sampled_from([SYSTEM, TOWN, VALE, QUAY]), stretches,
        st.booleans(), st.sampled_from(list(Stage)),
    ),
    max_size=8, unique_by=lambda each: each.key,
)  # fmt: skip
absences_of = st.lists(st.builds(absence, stretches, st.sampled_from([SYSTEM, TOWN, QUAY])), max_size=3)


@given(offers_of, absences_of, stretches)
def test_pieces_cover_the_cell_exactly_and_one_after_another(offers, absences, ages):
    found = cell(offers, absences, ages=ages).pieces
    assert (found[0].ages.start, found[-1].ages.end) == (ages.start, ages.end)
    assert all(one.ages.end == other.ages.start for one, other in pairwise(found))


@given(offers_of, absences_of, stretches)
def test_each_single_month_gives_what_its_piece_says(offers, absences, ages):
    whole = cell(offers, absences, ages=ages)
    for month in {ages.start, ages.end - 1, (ages.start + ages.end) // 2}:
        one = cell(offers, absences, ages=Ages(month, month + 1))
        piece = next(p for p in whole.pieces if p.ages.start <= month < p.ages.end)
        assert one.state is piece.state
    assert whole.state.rank == min(piece.state.rank for piece in whole.pieces)


@given(offers_of, absences_of, stretches)
def test_a_part_of_a_cell_is_never_worse_than_the_cell(offers, absences, ages):
    whole = cell(offers, absences, ages=ages)
    for part in pieces(ages, [each.ages for each in offers]):
        assert cell(offers, absences, ages=part).state.rank >= whole.state.rank


@given(offers_of, absences_of, stretches, offers_of)
def test_one_more_live_service_never_makes_a_cell_worse(offers, absences, ages, more):
    live = [each for each in more if each.stage is Stage.LIVE and each.key not in {o.key for o in offers}]
    before, after = cell(offers, absences, ages=ages), cell([*offers, *live], absences, ages=ages)
    assert after.state.rank >= before.state.rank


@given(offers_of, absences_of, stretches)
def test_a_neighbourhood_is_never_less_covered_than_its_place_by_core_services(offers, absences, ages):
    facts = Facts(AREA, offers, absences)
    town, quay = facts.cell(TOWN, "help", ages), facts.cell(QUAY, "help", ages)
    if town.state.is_covered:
        assert quay.state.rank >= town.state.rank


@given(offers_of, absences_of, stretches)
def test_only_a_persons_record_makes_a_confirmed_none(offers, absences, ages):
    states = {state for _, state in cell(offers, absences, ages=ages).stretches}
    if not absences:
        assert State.NONE not in states
    assert State.NOT_MAPPED not in {s for _, s in cell(offers, [absence()], ages=ages).stretches}


@given(offers_of, offers_of, absences_of, stretches)
def test_what_changed_is_told_exactly_where_states_differ(before, after, absences, ages):
    old, new = cell(before, absences, ages=ages), cell(after, absences, ages=ages)
    told = turns(old, new)
    assert turns(old, old) == []
    for month in (ages.start, ages.end - 1):
        was, now = (next(p.state for p in each.pieces if p.ages.start <= month < p.ages.end) for each in (old, new))
        here = [turn for turn in told if turn.ages.start <= month < turn.ages.end]
        assert [(turn.before, turn.after) for turn in here] == ([] if was is now else [(was, now)])
