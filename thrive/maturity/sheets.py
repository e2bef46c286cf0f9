"""Files in and out: the framework as JSON and XLSX, and a review as a workbook."""

from pathlib import PurePath
from typing import Final

from programme import tables
from programme.dates import day_words
from programme.refusals import Refused
from thrive.maturity import framework_file, words
from thrive.maturity.framework_file import FrameworkText
from thrive.maturity.models import Crosswalk, Framework, Kloe
from thrive.maturity.read import Picture, tool_of

LARGEST_JSON: Final = 2_000_000


def text_of(framework: Framework) -> FrameworkText:
    """A stored version as text. Five queries."""
    tool = tool_of(framework)
    kloes: dict[int, list[framework_file.KloeText]] = {}
    for kloe in Kloe.objects.filter(element__domain__framework=framework).order_by("order"):
        kloes.setdefault(kloe.element_id, []).append(framework_file.KloeText(kloe.code, kloe.text))
    was: dict[int, list[str]] = {}
    for each in Crosswalk.objects.filter(newer__domain__framework=framework).select_related("older"):
        was.setdefault(each.newer_id, []).append(each.older.code)
    return FrameworkText(
        framework.name,
        framework.note,
        tuple(framework_file.LevelText(level.value, level.name, level.guidance) for level in tool.levels),
        tuple(
            framework_file.DomainText(
                d.number,
                d.code,
                d.name,
                d.indicator,
                tuple(
                    framework_file.ElementText(
                        e.code, e.name, e.gist, tuple(kloes.get(e.pk, ())), tuple(was.get(e.pk, ()))
                    )
                    for e in tool.of(d)
                ),
            )
            for d in tool.domains
        ),
        tuple(
            framework_file.ChangeText(c["number"], c["title"], tuple(c["actions"]), tuple(c["domains"]))
            for c in framework.changes
        ),
    )


def framework_out(framework: Framework) -> bytes:
    """A stored version as a workbook."""
    rows = framework_file.to_rows(text_of(framework))
    about = tables.Sheet("About", ("Name", "Note"), [(framework.name, framework.note)])
    return tables.written(
        [about, *(tables.Sheet(name, columns, rows[name]) for name, columns in framework_file.SHEETS.items())]
    )


def framework_in(content: bytes, name: str) -> FrameworkText:
    """The version in a file. Raises Refused or Unreadable."""
    if PurePath(name).suffix.lower() == ".json":
        if len(content) > LARGEST_JSON:
            raise Refused(f"{name} is larger than 2 MB.")
        try:
            return framework_file.from_json(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Refused(f"{name} is not text in UTF-8.") from error
    found = {sheet.name: sheet for sheet in tables.read(content, name)}
    problems = [problem for sheet in found.values() for problem in sheet.problems]
    if problems:
        raise Refused(f"{problems[0].where}: {problems[0].reason}.")
    about = next((row.cells for row in found["About"].rows), {}) if "About" in found else {}
    rows = {title: [row.cells for row in sheet.rows] for title, sheet in found.items()}
    return framework_file.from_rows(about.get("Name", ""), about.get("Note", ""), rows)


LEVELS: Final = ("Domain", "Code", "Element", "Agreed level", "Why", "Seen differently", "Decided by", "On", "Ambition")


def review_out(picture: Picture) -> bytes:
    """What was agreed, what was found and who was there, with the audience first. Single scores stay inside."""
    review = picture.review
    about = [
        ("Review", review.title),
        ("Place", review.place.name),
        ("When", review.period_words),
        ("Who may read this", review.audience),
        ("Framework", str(review.framework)),
        ("Sectors", words.absent_words(picture.absent)),
        ("How to read it", "Levels were agreed by people and are not an average. This is not a ranking."),
    ]
    found = review.findings.select_related("domain")
    return tables.written(
        [
            tables.Sheet("About", ("About", "Answer"), about, (24, 80)),
            tables.Sheet("Levels", LEVELS, [_level_row(picture, key) for key in range(len(picture.tool.elements))]),
            tables.Sheet(
                "Findings",
                ("Domain", "Kind", "Finding", "Who may read this"),
                [(f.domain.name, f.get_kind_display(), f.text, review.audience) for f in found],
            ),
        ]
    )


def _level_row(picture: Picture, index: int) -> tuple[tables.Cell, ...]:
    element = picture.tool.elements[index]
    domain = next(d for d in picture.tool.domains if d.pk == element.domain_id)
    agreed = picture.agreed.get(element.pk)
    if agreed is None:
        return (domain.name, element.code, element.name, "Not assessed", "", "", "", "", "")
    ambition = f"{agreed.ambition} by {day_words(agreed.ambition_by)}" if agreed.ambition_by else ""
    return (
        domain.name, element.code, element.name, str(agreed), agreed.rationale, agreed.dissent, agreed.decided_by,
        day_words(agreed.decided_on), ambition,
    )  # fmt: skip
