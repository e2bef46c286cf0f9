"""Programme pages in every form the product must read, and the documents it was asked to read where at hand."""

import os
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.dates import MONTH_NAMES, Precision
from workstreams.fuzzydates import Tense
from workstreams.narrative import ParsedPage, Workstream, mentions_of, parse

PAGES = Path(__file__).parent.parent / "data" / "pages"
DOCUMENTS = Path(os.environ.get("TRACKER_DOCUMENTS", Path(__file__).parents[2].parent / "shared" / "seeds"))


def page(name: str) -> str:
    """One of our own pages."""
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def document(number: str) -> str:
    """One of the documents the product was asked to read; the test is skipped where they are not at hand."""
    found = sorted(DOCUMENTS.glob(f"{number}_*.txt")) if DOCUMENTS.is_dir() else []
    if not found:
        pytest.skip(f"document {number} is not in {DOCUMENTS}; set TRACKER_DOCUMENTS to its folder")
    return found[0].read_text(encoding="utf-8")


def named(parsed: ParsedPage, name: str) -> Workstream:
    """The workstream of that name."""
    return next(workstream for workstream in parsed.workstreams if workstream.name == name)


def months(workstream: Workstream) -> list[str]:
    """Its months as published."""
    return [update["month"] for update in workstream.as_dict()["updates"]]


def counts(workstream: Workstream) -> list[int]:
    """How many items each update has."""
    return [len(update.items) for update in workstream.updates]


def windows(workstream: Workstream) -> list[tuple[str, str]]:
    """Text and canonical words of each milestone."""
    return [(milestone.text, milestone.date.display()) for milestone in workstream.milestones]


def assert_every_line_counted(text: str, parsed: ParsedPage) -> None:
    """Placed and unused lines together are the lines that are not blank, each once."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    written = {
        number
        for number, line in enumerate(plain.split("\n"), 1)
        if line.strip(" \t\u00a0\u200b\ufeff\x0b\x0c\x1c\x1d\x1e\x1f\x85")
    }
    unused = [each.line for each in parsed.unused]
    assert len(unused) == len(set(unused))
    assert not set(unused) & set(parsed.placed)
    assert written - (set(unused) | set(parsed.placed)) == set()


# Our own pages


def test_one_workstream_newest_first() -> None:
    text = page("one_workstream_newest_first")
    parsed = parse(text, name="Referrals")
    (workstream,) = parsed.workstreams
    assert workstream.name == "Referrals"
    assert [lead.name for lead in workstream.leads] == ["Priya Okafor"]
    assert [item.text for item in workstream.objectives][1] == "Open an evening drop-in"
    assert len(workstream.objectives) == 3
    assert months(workstream) == ["2024-06", "2024-02", "2023-12"]
    assert counts(workstream) == [2, 2, 3]
    assert workstream.updates[0].items[0].text == "Drop-in opened on 3 June with twelve visitors and two volunteers"
    assert workstream.updates[0].items[0].lines == (11, 12)
    assert workstream.updates[1].items[0].text == "Form tested at two clinics the hill clinic; the harbour clinic"
    assert workstream.updates[1].clue == "the order of the months on the page"
    assert "July 2024" in workstream.updates[0].clue
    assert [item.text for item in workstream.description] == ["The group meets in the town hall."]
    assert parsed.unused == ()
    assert_every_line_counted(text, parsed)


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n"])
def test_marks_and_line_ends_make_no_difference(change: str) -> None:
    text = page("one_workstream_newest_first")
    plain = parse(text).as_dict()
    assert parse(change.format(text)).as_dict() == plain
    assert parse(text.replace("\n", "\r\n")).as_dict() == plain
    assert parse(text.replace("\n", "\r")).as_dict() == plain


@pytest.mark.parametrize(
    "bullet", ["•", "◦", "–", "-", "*", "▪", "●", "➢", "o  ", "\uf0b7", "1.", "1)", "(1)", "a.", "a)", "•\t", "-\u00a0"]
)
def test_every_kind_of_bullet(bullet: str) -> None:
    text = f"Lead: Ola Berg\n\nMay 2024 update\n\n{bullet} First thing done\n{bullet} Second thing done\n"
    (workstream,) = parse(text).workstreams
    assert [item.text for item in workstream.updates[0].items] == ["First thing done", "Second thing done"]


def test_many_workstreams_with_a_divided_table() -> None:
    text = page("many_workstreams")
    parsed = parse(text)
    assert [w.name for w in parsed.workstreams] == ["Garden therapy", "Night line", "BLOOM", "Quiet hours"]
    garden, night, bloom, quiet = parsed.workstreams
    assert [lead.name for lead in garden.leads] == ["Moss Adeyemi", "Lena Fox"]
    assert [lead.name for lead in night.leads] == ["Night Team"]
    assert (garden.sections, garden.status, bloom.section) == (("current", "ongoing"), "current", "completed")
    assert windows(bloom) == [
        ("Rooms chosen", "Winter 2022 to 2023"),
        ("Rooms painted", "Spring 2023"),
        ("Opening day scheduled for 12 June 2023", "12 June 2023"),
        ("Rooms handed over to business as usual.", "Summer 2023"),
    ]
    assert bloom.milestones[3].closure
    assert windows(quiet) == [("Trial on two wards", "Autumn 2023"), ("Trial closed", "Winter 2023 to 2024")]
    assert len(garden.objectives) == 2
    assert [phase.date and phase.date.display() for phase in garden.phases] == [
        "March to May 2024",
        "June 2024 onwards",
    ]
    assert [(m.text, m.date.display(), m.phase[:7]) for m in garden.milestones] == [
        ("Plots found", "March 2024", "Phase 1"),
        ("14 March: first dig held", "14 March 2024", "Phase 1"),
        ("First harvest", "June 2024", "Phase 2"),
        ("Show planned for 5 September 2024", "5 September 2024", "Phase 2"),
        ("Weekly digging", "Ongoing", "Phase 2"),
    ]
    assert [m.tense for m in garden.milestones][1] is Tense.DONE
    assert [m.tense for m in garden.milestones][3] is Tense.PLANNED
    assert_every_line_counted(text, parsed)


def test_titled_workstreams_with_year_lines() -> None:
    text = page("titled_workstreams")
    safe, sleep = parse(text).workstreams
    assert (safe.name, sleep.name) == ("Safe at home", "Sleep well")
    assert [(lead.name, lead.role) for lead in safe.leads] == [
        ("Dr Ana Silva", "clinical lead"),
        ("Tom Reed", "Programme Manager"),
    ]
    assert [lead.name for lead in sleep.leads] == ["Kofi Mensah", "Ivy Chen"]
    assert months(safe) == ["2024-03", "2024-01", "2023-11"]
    assert months(sleep) == ["2024-04"]
    assert counts(sleep) == [2]
    assert [len(safe.objectives), len(sleep.objectives)] == [2, 2]
    assert_every_line_counted(text, parse(text))


def test_flattened_table_in_any_column_order() -> None:
    text = page("flattened_table")
    parsed = parse(text)
    assert [w.name for w in parsed.workstreams] == ["River walks", "Kitchen table"]
    kitchen = named(parsed, "Kitchen table")
    assert [lead.name for lead in kitchen.leads] == ["Sam Oyelaran", "Jo March"]
    assert kitchen.sections == ("current", "completed")
    assert windows(kitchen) == [("Recipes chosen", "late 2023"), ("Last session held", "May 2024")]
    assert any("current and the completed" in warning.message for warning in parsed.warnings)
    assert_every_line_counted(text, parsed)


@pytest.mark.parametrize("sign", [" | ", "\t", " / "])
def test_cells_divided_by_any_sign(sign: str) -> None:
    rows = [
        ("Workstream", "Description", "Lead"),
        ("Tea rooms", "Warm places", "Al Moss/Bea Ray"),
        ("Bus pass", "Free rides", "Cy Orr"),
    ]
    text = "Current workstreams\n\n" + "\n".join(sign.join(row) for row in rows)
    parsed = parse(text)
    assert [(w.name, [lead.name for lead in w.leads]) for w in parsed.workstreams] == [
        ("Tea rooms", ["Al Moss", "Bea Ray"]),
        ("Bus pass", ["Cy Orr"]),
    ]
    assert [w.section for w in parsed.workstreams] == ["current", "current"]


def test_gates_and_dates_pair_in_order_when_there_are_as_many() -> None:
    (workstream,) = parse(page("slides_with_gates")).workstreams
    assert [(gate.number, gate.title, gate.date and gate.date.display()) for gate in workstream.gates] == [
        ("1", "Case agreed", "January 2024"),
        ("2", "Outline plan agreed", "April 2024"),
        ("3", "Final plan approved by the board", "September 2024"),
        ("4", "Opening", "December 2024"),
    ]


def test_gates_stay_undated_when_nothing_pairs_them() -> None:
    text = page("slides_with_gates").replace(" Sept 2024", "")
    (workstream,) = parse(text).workstreams
    assert [gate.date for gate in workstream.gates] == [None] * 4


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Hello", "• a\n• b", "2024", "March 2025", "Lead: nobody in particular", "x" * 5000]
)
def test_other_text_gives_no_workstreams(text: str) -> None:
    parsed = parse(text)
    assert parsed.workstreams == ()
    assert_every_line_counted(text, parsed)


def test_news_is_no_programme() -> None:
    text = page("not_a_programme")
    parsed = parse(text)
    assert parsed.workstreams == ()
    assert len(parsed.unused) == len([line for line in text.splitlines() if line.strip()])


# Months


def test_a_stated_year_needs_no_clue() -> None:
    text = "Lead: A Bee\n\nSept 2023 update\n- one\n\nUpdate: May 23\n- two\n"
    (workstream,) = parse(text).workstreams
    assert months(workstream) == ["2023-09", "2023-05"]
    assert workstream.updates[0].clue == "the year is stated"


def test_no_clue_gives_no_year_and_a_question() -> None:
    parsed = parse("Lead: A Bee\n\nMay update\n- one\n\nApril update\n- two\n")
    assert months(parsed.workstreams[0]) == [None, None]
    assert all(update.ambiguous for update in parsed.workstreams[0].updates)
    assert len(parsed.warnings) == 2


def test_the_day_the_page_was_taken_settles_years_only_as_a_last_resort() -> None:
    (workstream,) = parse(
        "Lead: A Bee\n\nMay update\n- one\n\nJune update\n- two\n", reference=date(2024, 7, 1)
    ).workstreams
    assert months(workstream) == ["2024-05", "2023-06"]
    assert all(update.ambiguous for update in workstream.updates)


def test_oldest_first_is_seen_from_the_clues() -> None:
    text = (
        "Lead: A Bee\n\nNovember update\n- Event held October 2022\n\nJanuary update\n- Talk planned for"
        " February 2023\n\n"
        "March update\n- Visit in March 2023\n"
    )
    assert months(parse(text).workstreams[0]) == ["2022-11", "2023-01", "2023-03"]


def test_contradicting_clues_give_no_year() -> None:
    text = "Lead: A Bee\n\nMay update\n- Visit in May 2021\n\nApril update\n- Visit in April 2024\n"
    assert months(parse(text).workstreams[0]) == [None, None]


def test_text_on_the_heading_line_is_an_item() -> None:
    (workstream,) = parse("Lead: A Bee\n\nMay 2024 update: The hall is open.\n").workstreams
    assert [item.text for item in workstream.updates[0].items] == ["The hall is open."]


def test_recent_leans_on_what_the_page_says_of_the_same_thing() -> None:
    text = """Orchard
Lead: Jo Fern

February 2025 update
- There has been a recent learning visit to Harbourton to see the beds.
- A recent picnic brought many neighbours.

December 2024 update
- Partnership visit to Harbourton with three schools, Nov 24.
"""
    (workstream,) = parse(text).workstreams

    vague = [m.date for found in mentions_of(workstream.updates).values() for m in found if m.vague]

    assert [(each.start, each.end) for each in vague] == [
        (date(2024, 11, 1), date(2024, 11, 30)),
        (date(2025, 2, 1), date(2025, 2, 28)),
    ]
    assert all(each.ambiguous and each.precision is Precision.RELATIVE for each in vague)
    assert date(2025, 2, 1) in {reading.start for reading in vague[0].alternatives}


# Names at the top


SUBTITLED = [
    "Community orchard\nGrowing together\nLead: Jo Fern",
    "Community orchard\n\nGrowing together\n\nLead: Jo Fern",
    "Community orchard\nFruit and friends for every street.\nLead: Jo Fern",
    "# Community orchard\n\nGrowing together\n\nLead: Jo Fern\nSRO: Al Moss",
    "Community orchard\n=================\nGrowing together\n\nLead: Jo Fern",
]


@pytest.mark.parametrize("top", SUBTITLED)
def test_a_page_is_called_by_its_name_and_not_by_its_subtitle(top: str) -> None:
    text = f"{top}\n\nMay 2024 update\n- one\n"
    parsed = parse(text)
    (workstream,) = parsed.workstreams

    assert workstream.name == "Community orchard"
    assert len(workstream.description) == 1
    assert parsed.unused == ()
    assert_every_line_counted(text, parsed)


def test_on_a_page_of_several_the_second_line_is_the_title_of_the_first() -> None:
    text = (
        "Town programme\n\nOrchard\n\nLead: Jo Fern\n\nMay 2024 update\n- one\n\n"
        "Night line\n\nLead: Al Moss\n\nMay 2024 update\n- two\n"
    )

    assert [workstream.name for workstream in parse(text).workstreams] == ["Orchard", "Night line"]


# Parts of a year below it


def test_a_part_alone_below_a_year_is_that_part_of_it() -> None:
    text = (
        "Orchard\n\nA garden for the town.\n\nLead: Jo Fern\n\nMilestones\n\n2025\nEarly\n- trees bought\n"
        "Mid:\n- planting\nLate\n- harvest\n2026\nEarly\n- cider\n"
    )
    (workstream,) = parse(text).workstreams

    assert windows(workstream) == [
        ("trees bought", "early 2025"),
        ("planting", "mid 2025"),
        ("harvest", "late 2025"),
        ("cider", "early 2026"),
    ]
    assert not any(milestone.date.ambiguous for milestone in workstream.milestones)


def test_a_part_alone_below_no_year_is_no_date() -> None:
    (workstream,) = parse("Orchard\n\nLead: Jo Fern\n\nMilestones\n\nMay 2025\n- one\n\nEarly\n- two\n").workstreams

    assert {milestone.date.display() for milestone in workstream.milestones} == {"May 2025"}


# Leads


LEADS = [
    ("Lead: Ada Byron", [("Ada Byron", "")]),
    ("Leads: Ada Byron / Max Ray", [("Ada Byron", ""), ("Max Ray", "")]),
    ("Workstream lead – Ada Byron", [("Ada Byron", "")]),
    ("The leads for this workstream are Ada Byron and Max Ray.", [("Ada Byron", ""), ("Max Ray", "")]),
    ("Ada Byron is the lead for this workstream.", [("Ada Byron", "")]),
    ("Ada Byron and Max Ray jointly lead this workstream", [("Ada Byron", ""), ("Max Ray", "")]),
    ("Led by Ada Byron, Associate Director", [("Ada Byron", "Associate Director")]),
    ("SRO: Ada Byron (Chief Nurse)", [("Ada Byron", "Chief Nurse")]),
    ("Lead: The Improvement Team", [("Improvement Team", "")]),
    ("Lead: TBC", []),
]


@pytest.mark.parametrize(("line", "expected"), LEADS)
def test_leads(line: str, expected: list[tuple[str, str]]) -> None:
    (workstream,) = parse(f"{line}\n\nMay 2024 update\n- one\n").workstreams
    assert [(lead.name, lead.role) for lead in workstream.leads] == expected


# Always


PIECES = st.sampled_from(
    [
        "Current workstreams", "Completed workstreams", "Workstream", "Description", "Lead", "Key milestones",
        "Objectives", "March 2025", "Winter 2024", "Phase 1: Start (May 2024)", "May update:", "2024",
        "• a thing", "  ◦ nested", "1. one",
        "", "", "Lead: A/B", "The alpha project was created to help people.", "Some title", "a | b", "Gate 1: Go",
        "Ongoing", "wrapped line", "Updates", "---", "Milestone | Date", "Workstream | Lead",
    ]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=25).map("\n".join), st.text(max_size=300)))
@settings(max_examples=400, deadline=None)
def test_never_raises_and_counts_every_line(text: str) -> None:
    parsed = parse(text, reference=date(2025, 6, 1))
    assert_every_line_counted(text, parsed)
    published = parsed.as_dict()
    assert set(published) == {"workstreams", "unused", "warnings"}
    for workstream in published["workstreams"]:
        assert workstream["name"]


HOSTILE = {
    "one line": "a " * 2_500_000,
    "lines": "x\n" * 100_000,
    "bullets": "• a\n" * 30_000,
    "leads": "Lead: A/B\n" * 20_000,
    "headings": "Key milestones\n" + "Winter 2025\n• x\n" * 5_000,
    "updates": "September update\n• x\n" * 10_000,
    "titles": "Some Title\n\n" * 20_000,
    "empty lines": "\n" * 5_000_000,
    "recent": "Lead: A Bee\n\nMay 2024 update\n" + "- a recent event in the hall\n- event in May 2024\n" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_take_linear_time(text: str) -> None:
    began = time.process_time()
    parse(text)
    assert time.process_time() - began < 10


# The documents


def test_document_of_one_workstream() -> None:
    text = document("000")
    parsed = parse(text)
    (workstream,) = parsed.workstreams
    assert len(workstream.leads) == 1
    assert len(workstream.objectives) == 8
    assert months(workstream) == [
        "2023-09",
        "2023-05",
        "2023-03",
        "2023-01",
        "2022-11",
        "2022-10",
        "2022-09",
        "2022-08",
    ]
    assert counts(workstream) == [3, 2, 7, 4, 6, 3, 2, 4]
    assert not any(update.ambiguous for update in workstream.updates)
    assert parsed.unused == ()
    assert_every_line_counted(text, parsed)


def shifted(text: str, by: int) -> str:
    """Every month a number of months later, years with it."""
    short = {name[:3].lower(): at for at, name in enumerate(MONTH_NAMES)}

    def later(match: re.Match[str]) -> str:
        at = short[match["month"][:3].lower()] + by
        year = match["year"]
        word = MONTH_NAMES[at % 12] if len(match["month"]) > 3 or match["month"] == "May" else MONTH_NAMES[at % 12][:3]
        if not year:
            return word
        return f"{word} {int(year) + at // 12:0{len(year)}d}"

    form = (
        rf"\b(?P<month>{'|'.join(MONTH_NAMES)}|{'|'.join(m[:3] for m in MONTH_NAMES)})\b(?:[ ](?P<year>20\d\d|\d\d)\b)?"
    )
    return re.sub(form, later, text)


@pytest.mark.parametrize("by", [0, 1, 2, 4, 12])
def test_document_of_one_workstream_with_other_names_and_months(by: int) -> None:
    text = shifted(document("000"), by)
    text = re.sub(r"is [A-Z]\w+ [A-Z]\w+\.", "is Zed Quill.", text)
    for word, other in {
        "crisis": "garden",
        "Crisis": "Garden",
        "CRT": "GRD",
        "CYPMHS": "PLANTS",
        "recruit": "appoint",
        "iThrive": "Bloomwell",
    }.items():
        text = text.replace(word, other)
    (workstream,) = parse(text).workstreams
    assert [lead.name for lead in workstream.leads] == ["Zed Quill"]
    start = ["2023-09", "2023-05", "2023-03", "2023-01", "2022-11", "2022-10", "2022-09", "2022-08"]
    expected = [date(int(m[:4]) + (int(m[5:]) - 1 + by) // 12, (int(m[5:]) - 1 + by) % 12 + 1, 1) for m in start]
    if by in {0, 1, 12}:  # the spring date in the text does not move with the months
        assert [update.month for update in workstream.updates] == expected
    assert counts(workstream) == [3, 2, 7, 4, 6, 3, 2, 4]
    assert len(workstream.objectives) == 8


def test_document_of_twelve_workstreams() -> None:
    text = document("002")
    parsed = parse(text)
    assert len(parsed.workstreams) == 12
    assert [w.section for w in parsed.workstreams] == ["current"] * 5 + ["completed"] * 6 + ["ongoing"]
    assert [len(w.leads) for w in parsed.workstreams][:5] == [1, 1, 2, 1, 2]
    assert [len(w.milestones) for w in parsed.workstreams] == [5, 7, 12, 16, 19, 11, 0, 0, 13, 17, 13, 20]
    assert parsed.workstreams[4].sections == ("current", "completed")
    winters = [
        (m.date.start, m.date.end)
        for w in parsed.workstreams
        for m in w.milestones
        if m.heading.startswith("Winter") and m.date.ambiguous
    ]
    assert set(winters) == {
        (date(2023, 12, 1), date(2024, 2, 29)),
        (date(2024, 12, 1), date(2025, 2, 28)),
        (date(2025, 12, 1), date(2026, 2, 28)),
        (date(2025, 11, 3), date(2026, 2, 28)),
    }
    assert [phase.date and phase.date.display() for phase in parsed.workstreams[11].phases] == [
        "January to November 2024",
        "January to March 2025",
        "April 2025 onwards",
    ]
    assert_every_line_counted(text, parsed)


def test_document_of_twelve_workstreams_with_other_words() -> None:
    text = document("002")
    plain = parse(text)
    others = {
        "Care processes": "Tide tables", "care processes": "tide tables", "care process": "tide table", "Older"
        " adults": "Young sailors",
        "older adults": "young sailors", "older adult": "young sailor", "CERT": "BRINE",
        "Lived Experience": "Harbour Light",
        "lived experience": "harbour light", "Mersey": "Solent", "Andy Williams": "Nia Pugh",
        "Waiting list": "Mooring list",
        "Communications, engagement": "Signals, bunting", "Access and egress": "Slipways and steps", "5"
        " Questions": "7 Knots",
    }  # fmt: skip
    changed = text
    for word, other in others.items():
        changed = changed.replace(word, other)
    moved = re.sub(r"\b(202\d)\b", lambda m: str(int(m.group()) + 3), changed)
    moved = re.sub(r"\b(202\d)/(2\d)\b", lambda m: f"{m[1]}/{int(m[2]) + 3}", moved)
    parsed = parse(moved)
    assert len(parsed.workstreams) == 12
    assert [len(w.milestones) for w in parsed.workstreams] == [len(w.milestones) for w in plain.workstreams]
    assert [w.sections for w in parsed.workstreams] == [w.sections for w in plain.workstreams]
    assert parsed.workstreams[0].name == "Tide tables"
    assert [lead.name for lead in parsed.workstreams[0].leads] == ["Nia Pugh"]
    years_before = [m.date.start.year for w in plain.workstreams for m in w.milestones if m.date.start]
    years_after = [m.date.start.year for w in parsed.workstreams for m in w.milestones if m.date.start]
    assert years_after == [year + 3 for year in years_before]


def test_document_of_gates() -> None:
    text = document("001")
    parsed = parse(text)
    (workstream,) = parsed.workstreams
    assert [gate.number for gate in workstream.gates] == list("12345678")
    stated = [gate.date.start.strftime("%Y-%m") if gate.date and gate.date.start else None for gate in workstream.gates]
    assert stated == ["2017-10", "2018-04", "2018-08", None, "2019-07", "2019-09", "2020-04", "2020-07"]
    assert_every_line_counted(text, parsed)


@pytest.mark.parametrize("number", ["003", "004"])
def test_documents_that_are_no_programme_pages(number: str) -> None:
    text = document(number)
    parsed = parse(text)
    assert parsed.workstreams == ()
    assert parsed.placed == {}
    assert_every_line_counted(text, parsed)
