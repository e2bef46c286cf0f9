"""Files in and out: the framework as JSON and XLSX, and a review as a workbook."""

from pathlib import PurePath
from typing import Final

from programme import privacy, tables
from programme.dates import day_words
from programme.refusals import Refused
from thrive.maturity import framework_file, words
from thrive.maturity.framework_file import FrameworkText
from thrive.maturity.models import Crosswalk, Framework, Kloe, Participant, Score
from thrive.maturity.read import Picture, tool_of
from thrive.maturity.scoring import Answer

LARGEST_JSON: Final = 2_000_000
LONGEST_REASON: Final = 1000
LONGEST_EVIDENCE: Final = 500


def text_of(framework: Framework) -> FrameworkText:
    """A stored version as text. Five queries."""
    tool = tool_of(framework)
    kloes: dict[int, list[framework_file.KloeText]] = {}
    for kloe in Kloe.objects.filter(element__domain__framework=framework).order_by("order"):
        kloes.setdefault(kloe.element_id, []).append(framework_file.KloeText(kloe.code, kloe.text, kloe.action))
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


SCORES: Final = ("Domain", "Code", "Element", "Level", "Reason", "Evidence")
CANNOT_SAY: Final = "Cannot say"


def scores_out(who: Participant) -> bytes:
    """What somebody in the room is asked, with what they have said so far, to be filled in."""
    tool = tool_of(who.review.framework)
    said = {s.element_id: s for s in Score.objects.filter(participant=who).last_words().select_related("level")}
    rows: list[tuple[tables.Cell, ...]] = []
    for domain in (d for d in tool.domains if d.code in who.domains):
        for element in tool.of(domain):
            score = said.get(element.pk)
            answer = (str(score), score.reason, score.evidence) if score else ("", "", "")
            rows.append((domain.name, element.code, element.name, *answer))
    levels = [(level.name, level.guidance) for level in tool.levels] + [(CANNOT_SAY, "An answer, too")]
    about = [("Review", who.review.title), ("Whose answers", who.name), ("Who may read this", who.review.audience)]
    return tables.written(
        [
            tables.Sheet("Scores", SCORES, rows, (24, 10, 40, 14, 50, 30)),
            tables.Sheet("Levels", ("Level", "Guidance"), levels, (14, 90)),
            tables.Sheet("About", ("About", "Answer"), about, (24, 80)),
        ]
    )


def scores_in(content: bytes, name: str, who: Participant) -> dict[str, Answer]:
    """The answers in a filled-in sheet; rows without a level are left out. Raises Refused with where it is wrong."""
    sheet = next((each for each in tables.read(content, name) if each.name == "Scores"), None)
    if sheet is None or not {"Code", "Level"} <= set(sheet.columns):
        raise Refused(f"{name} has no sheet “Scores” with the columns Code and Level.")
    if sheet.problems:
        raise Refused(f"{sheet.problems[0].where}: {sheet.problems[0].reason}.")
    tool = tool_of(who.review.framework)
    values = {level.name.lower(): level.value for level in tool.levels}
    asked = {element.code for domain in tool.domains if domain.code in who.domains for element in tool.of(domain)}
    found: dict[str, Answer] = {}
    for row in sheet.rows:
        code, said = row.cells["Code"].strip(), row.cells["Level"].strip().lower()
        if not said:
            continue
        if code not in asked:
            raise Refused(f"Row {row.number}: {who} is not asked about “{code}”.")
        if said != CANNOT_SAY.lower() and said not in values:
            raise Refused(f"Row {row.number}: “{row.cells['Level']}” is no level of this framework.")
        reason, evidence = row.cells.get("Reason", ""), row.cells.get("Evidence", "")
        identifying = privacy.findings(f"{reason}\n{evidence}")
        if identifying:
            raise Refused(f"Row {row.number}: {privacy.warning(identifying)}")
        found[code] = Answer(values.get(said), reason[:LONGEST_REASON], evidence[:LONGEST_EVIDENCE])
    return found


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
