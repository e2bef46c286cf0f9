"""A version of the framework as a file: JSON, or the rows of a spreadsheet. Pure.

Both ways in end in the same check, which finds everything that is wrong at once and says it in sentences.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

LONGEST_CODE: Final = 12
Rows = Sequence[Mapping[str, str]]

SHEETS: Final = {
    "Levels": ("Level", "Name", "Guidance"),
    "Domains": ("Number", "Code", "Name", "Indicator"),
    "Elements": ("Domain", "Code", "Name", "Gist", "Was"),
    "Questions": ("Element", "Code", "Question", "Action"),
    "Changes": ("Number", "Title", "Actions", "Domains"),
}


class Unreadable(Exception):
    """What stands in the way, in sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class LevelText:
    """One level of the scale."""

    value: int
    name: str
    guidance: str


@dataclass(frozen=True)
class KloeText:
    """A question, and in positive language what to do about it."""

    code: str
    text: str
    action: str = ""


@dataclass(frozen=True)
class ElementText:
    """An element. `was` names the elements of the version before that it is the same as: the crosswalk."""

    code: str
    name: str
    gist: str
    kloes: tuple[KloeText, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True)
class DomainText:
    """A domain with its elements."""

    number: int
    code: str
    name: str
    indicator: str
    elements: tuple[ElementText, ...] = ()


@dataclass(frozen=True)
class ChangeText:
    """A high-impact change, running through some domains."""

    number: int | None
    title: str
    actions: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class FrameworkText:
    """A whole version."""

    name: str
    note: str
    levels: tuple[LevelText, ...]
    domains: tuple[DomainText, ...]
    changes: tuple[ChangeText, ...] = field(default=())

    @property
    def elements(self) -> list[ElementText]:
        """All elements in order."""
        return [element for domain in self.domains for element in domain.elements]


def to_json(framework: FrameworkText) -> str:
    """The version as JSON that `from_json` reads back to the same."""
    return json.dumps(asdict(framework), ensure_ascii=False, indent=1)


def from_json(text: str) -> FrameworkText:
    """A version from JSON. Raises Unreadable."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise Unreadable(["The file is not JSON."]) from error
    return _checked(lambda: _from_told(told))


def _from_told(told: Any) -> FrameworkText:
    return FrameworkText(
        name=str(told["name"]),
        note=str(told.get("note", "")),
        levels=tuple(LevelText(int(e["value"]), str(e["name"]), str(e["guidance"])) for e in told["levels"]),
        domains=tuple(
            DomainText(
                int(d["number"]),
                str(d["code"]),
                str(d["name"]),
                str(d["indicator"]),
                tuple(_element(e) for e in d["elements"]),
            )
            for d in told["domains"]
        ),
        changes=tuple(
            ChangeText(
                int(c["number"]) if c.get("number") is not None else None,
                str(c["title"]),
                tuple(map(str, c["actions"])),
                tuple(map(str, c["domains"])),
            )
            for c in told.get("changes", ())
        ),
    )


def _element(told: Any) -> ElementText:
    kloes = tuple(KloeText(str(k["code"]), str(k["text"]), str(k.get("action", ""))) for k in told.get("kloes", ()))
    return ElementText(str(told["code"]), str(told["name"]), str(told["gist"]), kloes, tuple(told.get("was", ())))


def _checked(make: Callable[[], FrameworkText]) -> FrameworkText:
    try:
        made = make()
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable([f"Something is missing: {error}."]) from error
    except ValueError as error:
        raise Unreadable(["A number is not a whole number."]) from error
    problems = list(problems_of(made))
    if problems:
        raise Unreadable(problems)
    return made


def to_rows(framework: FrameworkText) -> dict[str, list[tuple[str | int, ...]]]:
    """The version as rows for each sheet of SHEETS."""
    elements = [(domain, element) for domain in framework.domains for element in domain.elements]
    return {
        "Levels": [(level.value, level.name, level.guidance) for level in framework.levels],
        "Domains": [(d.number, d.code, d.name, d.indicator) for d in framework.domains],
        "Elements": [(d.code, e.code, e.name, e.gist, ", ".join(e.was)) for d, e in elements],
        "Questions": [(e.code, k.code, k.text, k.action) for _, e in elements for k in e.kloes],
        "Changes": [
            (c.number if c.number is not None else "", c.title, " | ".join(c.actions), ", ".join(c.domains))
            for c in framework.changes
        ],
    }


def from_rows(name: str, note: str, sheets: Mapping[str, Rows]) -> FrameworkText:
    """A version from the rows of a spreadsheet. Raises Unreadable."""
    missing = [sheet for sheet in ("Levels", "Domains", "Elements") if sheet not in sheets]
    if missing:
        raise Unreadable([f"The sheet {sheet} is missing." for sheet in missing])
    return _checked(lambda: _from_rows(name, note, sheets))


def _parts(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(mark) if (part := each.strip()))


def _from_rows(name: str, note: str, sheets: Mapping[str, Rows]) -> FrameworkText:
    questions: dict[str, list[KloeText]] = {}
    for row in sheets.get("Questions", ()):
        questions.setdefault(row["Element"], []).append(KloeText(row["Code"], row["Question"], row.get("Action", "")))
    elements: dict[str, list[ElementText]] = {}
    for row in sheets["Elements"]:
        kloes = tuple(questions.pop(row["Code"], ()))
        made = ElementText(row["Code"], row["Name"], row["Gist"], kloes, _parts(row.get("Was", ""), ","))
        elements.setdefault(row["Domain"], []).append(made)
    domains = tuple(
        DomainText(int(r["Number"]), r["Code"], r["Name"], r["Indicator"], tuple(elements.pop(r["Code"], ())))
        for r in sheets["Domains"]
    )
    lost = [f"There is no domain {code}, which an element names." for code in elements]
    lost += [f"There is no element {code}, which a question names." for code in questions]
    if lost:
        raise Unreadable(lost)
    levels = tuple(LevelText(int(r["Level"]), r["Name"], r["Guidance"]) for r in sheets["Levels"])
    changes = tuple(
        ChangeText(
            int(r["Number"]) if r.get("Number") else None,
            r["Title"],
            _parts(r["Actions"], "|"),
            _parts(r["Domains"], ","),
        )
        for r in sheets.get("Changes", ())
    )
    return FrameworkText(name, note, levels, domains, changes)


def problems_of(framework: FrameworkText) -> Iterable[str]:
    """Everything that is wrong with a version."""
    if not framework.name.strip():
        yield "The framework has no name."
    values = [level.value for level in framework.levels]
    if len(values) < 2 or values != list(range(1, len(values) + 1)):  # noqa: PLR2004 - one level is no scale
        yield "Levels must be numbered 1, 2, 3 and so on, at least two of them."
    yield from (f"Level {each.value} has no name or no guidance." for each in framework.levels if not _said(each))
    domains, elements = framework.domains, framework.elements
    kloes = [kloe for element in elements for kloe in element.kloes]
    yield from _twice("domain", [each.code for each in domains])
    yield from _twice("domain number", [str(each.number) for each in domains])
    yield from _twice("element", [each.code for each in elements])
    yield from _twice("question", [each.code for each in kloes])
    yield from (f"Domain {each.code} has no elements." for each in domains if not each.elements)
    yield from (f"Element {each.code} has no name or no gist." for each in elements if not (each.name and each.gist))
    yield from (f"Question {each.code} says nothing." for each in kloes if not each.text)
    codes = [*(each.code for each in domains), *(each.code for each in elements)]
    yield from (f"The code “{code}” is empty or too long." for code in codes if not 0 < len(code) <= LONGEST_CODE)
    known = {each.code for each in domains}
    for change in framework.changes:
        yield from (f"“{change.title}” names a domain {c} that is not there." for c in change.domains if c not in known)


def _said(level: LevelText) -> bool:
    return bool(level.name.strip() and level.guidance.strip())


def _twice(what: str, codes: Sequence[str]) -> Iterable[str]:
    yield from (f"The {what} {code} is there more than once." for code, count in Counter(codes).items() if count > 1)
