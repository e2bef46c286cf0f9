"""The wordings programme pages share: headings, labels, leads, phases, gates. General English; no page's own words."""

import re
from dataclasses import dataclass
from typing import Final

from workstreams.fuzzydates import MONTHS

_MOST_WORDS: Final = 9
_CONTAINERS: Final = (
    r"(?:work\s?streams?|projects?|programmes?|work\s?packages?|initiatives?|schemes?|areas? of work|pieces? of work"
    r"|work areas?)"
)
CONTAINER_WORDS: Final = frozenset(
    [
        "workstream",
        "workstreams",
        "project",
        "projects",
        "programme",
        "programmes",
        "initiative",
        "initiatives",
        "scheme",
        "schemes",
        "intervention",
        "pilot",
        "package",
    ]
)

# Updates

_UPDATE_WORDS: Final = frozenset({"update", "updates", "progress", "highlight", "highlights"})
_AROUND_UPDATE: Final = _UPDATE_WORDS | frozenset(
    [
        "monthly",
        "month",
        "report",
        "reports",
        "summary",
        "for",
        "the",
        "of",
        "our",
        "latest",
        "in",
        "to",
        "and",
        "workstream",
        "project",
        "programme",
        "status",
        "news",
        "from",
    ]
)
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_INLINE_UPDATE: Final = re.compile(r"(?P<head>[^:]{4,60}?)\s*(?::|\s[-\u2013\u2014])\s+(?P<rest>\S.*)")


@dataclass(frozen=True)
class UpdateHeading:
    """The month an update's heading names, its year if it does, and any text on the same line."""

    month: int
    year: int | None
    rest: str = ""
    doubtful: bool = False


def update_heading(text: str) -> UpdateHeading | None:
    """'September update:', 'Update - Sept 2023', 'Monthly progress report: May 23'; else None."""
    whole = _update_words(text.rstrip(":"))
    if whole:
        return whole
    inline = _INLINE_UPDATE.fullmatch(text)
    found = _update_words(inline["head"]) if inline else None
    return UpdateHeading(found.month, found.year, inline["rest"], found.doubtful) if found and inline else None


def _update_words(text: str) -> UpdateHeading | None:
    words = [word.lower() for word in _WORD.findall(text[:120])]
    if not 1 < len(words) <= _MOST_WORDS or not _UPDATE_WORDS & set(words):
        return None
    named = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdecimal()]
    others = [word for word in words if word not in MONTHS and not word.isdecimal() and word not in _AROUND_UPDATE]
    if not named or others or len(numbers) > 1 or len(named) > 2:  # noqa: PLR2004 - at most "July/August"
        return None
    year = _year(numbers[0]) if numbers else None
    if numbers and year is None:
        return None
    return UpdateHeading(named[-1], year, doubtful=len(named) > 1)


def _year(digits: str) -> int | None:
    if len(digits) == 2:  # noqa: PLR2004 - a two-digit year
        return 2000 + int(digits)
    return int(digits) if re.fullmatch(r"(?:19|20)\d\d", digits) else None


_RULING_YEAR: Final = re.compile(
    r"(?P<year>20\d\d)(?:\s+(?:updates?|progress|news|milestones?))?|updates?\s+(?P<other>20\d\d)", re.IGNORECASE
)


def ruling_year(text: str) -> int | None:
    """The year of a line that is only a year: it rules the headings below it."""
    found = _RULING_YEAR.fullmatch(text)
    return int(found["year"] or found["other"]) if found else None


_PART_OF_YEAR: Final = re.compile(r"(?:early|mid|middle|late|later|beginning):?", re.IGNORECASE)


def is_part_of_year(text: str) -> bool:
    """Whether a line is only 'Early', 'Mid' or 'Late', which the year above it completes."""
    return bool(_PART_OF_YEAR.fullmatch(text))


# Sections and labels

_STATUS_WORDS: Final = {
    "current": "current", "active": "current", "live": "current",
    "ongoing": "ongoing", "on-going": "ongoing", "continuing": "ongoing",
    "completed": "completed", "complete": "completed", "closed": "completed", "past": "completed",
    "previous": "completed", "finished": "completed", "concluded": "completed",
    "future": "planned", "planned": "planned", "proposed": "planned", "upcoming": "planned", "pipeline": "planned",
    "paused": "paused",
}  # fmt: skip
_SECTION: Final = re.compile(
    rf"(?:our\s+|the\s+)?(?P<status>{'|'.join(map(re.escape, _STATUS_WORDS))})\s+(?:\w+\s+)?{_CONTAINERS}"
    rf"|{_CONTAINERS}\s*[-\u2013:(]?\s*(?P<after>{'|'.join(map(re.escape, _STATUS_WORDS))})\)?",
    re.IGNORECASE,
)


def section_status(text: str) -> str | None:
    """'completed' for 'Completed workstreams' and 'Workstreams (closed)'; None for any other line."""
    found = _SECTION.fullmatch(text)
    return _STATUS_WORDS[(found["status"] or found["after"]).lower()] if found else None


def status_word(text: str) -> str | None:
    """'completed' for the cell 'Closed'; None for words that are no status."""
    return _STATUS_WORDS.get(text.strip().lower())


MILESTONES, OBJECTIVES, UPDATES, LEADS, DESCRIPTION, LINKS = (
    "milestones",
    "objectives",
    "updates",
    "leads",
    "description",
    "links",
)

_LABELS: Final = (
    (
        MILESTONES,
        re.compile(
            r"(?:(?:our|the|key|main|major|project|planned|delivery|programme|workstream)\s+)*(?:milestones?"
            r"|key dates|timelines?"
            r"|timescales?|road\s?map|delivery plan|deliverables)(?:\s+(?:to date|so far|and (?:dates"
            r"|deliverables|timescales)"
            r"|achieved|include|ahead))?|(?:our|the)(?:\s+\w+)?\s+journey(?:\s+so far)?",
            re.IGNORECASE,
        ),
    ),
    (
        OBJECTIVES,
        re.compile(
            r"(?:(?:our|the|key|main|strategic|workstream|project|programme)\s+)*(?:objectives?|aims?|goals?|priorities"
            r"|aims (?:and|&) objectives|goals (?:and|&) objectives)(?:\s+(?:include|are|are to|for this \w+|of"
            r" this \w+|of the \w+))?",
            re.IGNORECASE,
        ),
    ),
    (
        UPDATES,
        re.compile(
            r"(?:(?:our|the|monthly|latest|recent|progress|workstream|project)\s+)*(?:updates?|progress"
            r"|progress to date)",
            re.IGNORECASE,
        ),
    ),
    (LEADS, re.compile(r"(?:(?:work\s?stream|project|programme|clinical)\s+)?(?:leads?|owners?|SRO)", re.IGNORECASE)),
    (
        DESCRIPTION,
        re.compile(
            r"description|overview|background|summary|introduction|about(?: (?:us|this \w+|the \w+))?|purpose"
            r"|scope|context|what we do",
            re.IGNORECASE,
        ),
    ),
    (
        LINKS,
        re.compile(
            r"(?:useful |related )?links|resources|documents|downloads|further (?:information|reading)|more"
            r" information|find out more"
            r"|see also|related pages",
            re.IGNORECASE,
        ),
    ),
)
_LINK_LINE: Final = re.compile(
    r"(?:follow|see|use|click|visit|go to|read|find)\b.*\b(?:links?|more|below|information)\b.*:", re.IGNORECASE
)
_OBJECTIVE_LINE: Final = re.compile(
    r".*\b(?:objectives?|aims?|goals?|priorities|ambitions?)\b.*:|.*\b(?:will|focus(?:es|ed)? on"
    r"|purpose\b.*\bto|aims? to|seeks? to):",
    re.IGNORECASE,
)


def label(text: str) -> str | None:
    """What a short line announces: one of the names above, or None."""
    words = text.rstrip(":").strip()
    if len(words.split()) <= _MOST_WORDS:
        for name, form in _LABELS:
            if form.fullmatch(words):
                return name
    return LINKS if _LINK_LINE.fullmatch(text) else None


def announces_objectives(text: str) -> bool:
    """Whether a sentence that ends in a colon opens a list of objectives."""
    return text.endswith(":") and bool(_OBJECTIVE_LINE.fullmatch(text[-200:]))


GENERIC_TITLES: Final = re.compile(
    r"(?:our|my|your|we|why|how|what|when|who|where|about|background|overview|introduction|summary|contents?"
    r"|governance|risks?|issues?"
    r"|next steps|contacts?|links?|resources|documents|feedback|conclusions?|questions\??|appendix|presentation"
    r"|watch|read|download"
    r"|further|more|find|see|click|follow|view|chart|figure|table|image|photo|video|news|page|slide|supporting"
    r"|key|about)\b.*",
    re.IGNORECASE,
)

# Leads

_LEAD_ROLE: Final = (
    r"(?:(?:work\s?stream|project|programme|clinical|operational|executive|senior|joint|co-?|service|overall"
    r"|delivery)\s*)*"
    r"(?:leads?|owners?|SROs?|sponsors?|senior responsible (?:owner|officer)s?|lead officers?|lead directors?"
    r"|(?:project|programme) managers?)"
)
_LEAD_LINES: Final = (
    re.compile(
        rf"(?:the\s+)?{_LEAD_ROLE}(?:\s+(?:for|of|on)\s+(?:this|the|our)\s+[\w\s,&-]{{3,60}}?)?\s*(?::|\s(?:is"
        rf"|are)\s|\s[-\u2013\u2014]\s)\s*(?P<who>\S.*)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:this\s+{_CONTAINERS}\s+is\s+)?(?:jointly\s+|co-)?led\s+by\s*:?\s*(?P<who>\S.*)", re.IGNORECASE),
    re.compile(
        rf"(?P<who>\S.*?)\s+(?:is|are)\s+(?:the\s+)?(?:joint\s+|co-)?{_LEAD_ROLE}\s+(?:for|of|on)\s+(?:this|the"
        rf"|our)\s+[\w\s&-]{{0,40}}{_CONTAINERS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<who>\S.*?)\s+(?:jointly\s+|co-)?leads?\s+(?:on\s+)?(?:this|the|our)\s+{_CONTAINERS}", re.IGNORECASE
    ),
)
_LONGEST_LEAD_LINE: Final = 300


def lead_words(text: str) -> str | None:
    """The words that name who leads: 'Lead: A/B', 'The lead for this workstream is A.', 'Led by A and B'."""
    if len(text) > _LONGEST_LEAD_LINE:
        return None
    for form in _LEAD_LINES:
        found = form.fullmatch(text.rstrip(". "))
        if found and len(found["who"].split()) <= _MOST_LEAD_WORDS:
            return str(found["who"]).strip()
    return None


_MOST_LEAD_WORDS: Final = 24

# Phases and gates

_PHASE: Final = re.compile(
    r"(?:phase|stage|tranche|wave)\s+(?:\d{1,2}|[IVX]{1,4}|one|two|three|four|five|six|seven|eight|nine"
    r"|ten)\b(?P<rest>.{0,120})",
    re.IGNORECASE,
)
_GATE: Final = re.compile(
    r"\(?(?:\d{1,2}\s+)?(?:checkpoint|(?:stage[\s-])?gate(?:way)?|decision (?:point|gate))\s+(?P<number>\d{1,2}"
    r"|[A-Z])\b\s*[:.)\-\u2013]?\s*(?P<title>.*)",
    re.IGNORECASE,
)


def is_phase(text: str) -> bool:
    """'Phase 1: Foundation (January 2024 to November 2024)', 'Stage two'."""
    return bool(_PHASE.fullmatch(text))


def phase_label(text: str) -> str | None:
    """The phase a bullet names at its start, as written: 'Phase One'."""
    found = _PHASE.match(text)
    return text[: found.start("rest")].strip() if found else None


def gate_heading(text: str) -> tuple[str, str] | None:
    """Number and title of 'Checkpoint 3: Outline model' or '3 Gate 3'."""
    found = _GATE.fullmatch(text)
    return (found["number"], found["title"].strip()) if found else None


_DATE_LABEL: Final = re.compile(
    r"(?:(?:milestone|step|item|target|due|deadline|date|when|by when|month)\s*\d{0,2}\s*[:\-\u2013]\s*)", re.IGNORECASE
)


def without_date_label(text: str) -> str:
    """The text without 'Target date:' and the like in front."""
    found = _DATE_LABEL.match(text)
    return text[found.end() :] if found else text


_MONTH_OR_SEASON: Final = re.compile(
    rf"\b(?:{'|'.join(MONTHS)}|spring|summer|autumn|winter|easter|christmas|q[1-4])\b", re.IGNORECASE
)


def names_month_or_season(text: str) -> bool:
    """Whether a part of a year is named."""
    return bool(_MONTH_OR_SEASON.search(text))


CLOSES: Final = re.compile(
    r"\b(?:(?:formally |now )?closed(?!\s+(?:\w+\s+)?groups?)|closure|close[sd]? down|closing down|wound (?:up|down)"
    r"|(?:transition\w*|embedded|embed|integrat\w+|moved?|moving|handed over)\b.{0,20}\b(?:in)?to (?:business"
    r" as usual|BAU))\b",
    re.IGNORECASE,
)


def month_number(word: str) -> int | None:
    """9 for 'September' and 'Sept'."""
    return MONTHS.get(word.lower())
