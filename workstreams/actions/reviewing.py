"""Bringing a page in through the browser: begin a review, keep what is chosen, import it, or throw it away."""

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Max, Model

from programme.clock import LONDON, now, today
from programme.history import recorded
from programme.models import ImportBatch, Person, Programme, ReportingPeriod, User
from programme.refusals import Refused, Stale
from workstreams import fuzzydates, narrative, page_edits
from workstreams.actions.importing import ImportSummary, import_page
from workstreams.choices import Choices
from workstreams.models import (
    Assignment,
    ImportReview,
    Milestone,
    MonthlyUpdate,
    Objective,
    Phase,
    Workstream,
)

SOURCE_LENGTH = 300
MOST_WORKSTREAMS, MOST_THINGS = 100, 1_500
IMPORTED_ALREADY = "This page has been imported already. Undo that import if you want to import it in another way."


# Changes of a part are kept among the choices, under these names and the part's line or key.
SPLIT, TEXT, WHEN = "split:", "text:", "when:"


def understood(review: ImportReview) -> narrative.ParsedPage:
    """What the page says, with what was changed since.

    It is read as on the day it was brought in, so that a later look finds the same.
    """
    read = narrative.parse(review.text, reference=_day(review))
    splits = {int(line): name for line, name in _changes(review, SPLIT).items() if line.isdecimal()}
    return page_edits.edited(read, splits, corrections(review))


def corrections(review: ImportReview) -> page_edits.Corrections:
    """Words and dates that a person put right, by the key of the part."""
    texts, dates = _changes(review, TEXT), _changes(review, WHEN)
    return {
        key: page_edits.Correction(texts.get(key, ""), fuzzydates.parse(dates.get(key, ""), _day(review)))
        for key in texts.keys() | dates.keys()
    }


def _changes(review: ImportReview, kind: str) -> dict[str, str]:
    return {name.removeprefix(kind): said for name, said in review.choices.items() if name.startswith(kind) and said}


def _day(review: ImportReview) -> date:
    return review.created_at.astimezone(LONDON).date()


@transaction.atomic
def begin(*, programme: Programme, source: str, text: str, by: User) -> ImportReview:
    """Keep a page to be looked at. The same page again is the same review; one imported before lends its choices.

    Raises Refused where the page has no workstream, or more than anybody could look through.
    """
    _refuse_unless_reviewable(narrative.parse(text))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    same = ImportReview.objects.filter(programme=programme, sha256=sha256)
    waiting = same.filter(batch=None).first()
    if waiting:
        return waiting
    before = same.exclude(batch=None).first()
    with recorded(by=by, action="Began to import a page"):
        return ImportReview.objects.create(
            programme=programme,
            by=by,
            source=source[:SOURCE_LENGTH],
            text=text,
            sha256=sha256,
            choices=before.choices if before else {},
            created_at=now(),
        )


def _refuse_unless_reviewable(page: narrative.ParsedPage) -> None:
    if not page.workstreams:
        raise Refused("No workstream was found in this text, so there is nothing to import.")
    things = sum(len(each.updates) + len(each.milestones) for each in page.workstreams)
    if len(page.workstreams) > MOST_WORKSTREAMS or things > MOST_THINGS:
        raise Refused(
            f"This page describes {len(page.workstreams):,} workstreams with {things:,} updates and milestones. "
            f"Up to {MOST_WORKSTREAMS} workstreams and {MOST_THINGS:,} updates and milestones can be looked through "
            "at once, so bring it in in parts."
        )


def _locked(review: ImportReview, version: int) -> ImportReview:
    current = ImportReview.objects.select_for_update().get(pk=review.pk)
    if current.batch_id:
        raise Refused(IMPORTED_ALREADY)
    if current.version != version:
        raise Stale(current)
    return current


@transaction.atomic
def save_choices(*, review: ImportReview, choices: dict[str, str], version: int, by: User) -> ImportReview:
    """Keep what stands in the form, right or wrong. Raises Stale where somebody else saved, Refused once imported."""
    current = _locked(review, version)
    changes = {name: said for name, said in current.choices.items() if name.startswith((SPLIT, TEXT, WHEN))}
    return _kept(current, changes | choices, by)


@transaction.atomic
def edit(*, review: ImportReview, edits: dict[str, str], version: int, by: User) -> ImportReview:
    """Change a part of the page: split a workstream, put words or a date right. Empty takes a change back.

    Raises Stale where somebody else saved, Refused once imported.
    """
    current = _locked(review, version)
    return _kept(
        current, {name: said for name, said in (current.choices | edits).items() if said or ":" not in name}, by
    )


def _kept(current: ImportReview, choices: dict[str, str], by: User) -> ImportReview:
    with recorded(by=by, action="Chose how to import a page"):
        current.choices = choices
        current.version += 1
        current.by = by
        current.save(update_fields=["choices", "version", "by"])
    return current


def try_out(*, review: ImportReview, page: narrative.ParsedPage, choices: Choices, by: User) -> ImportSummary:
    """What importing would do now: the import itself, taken back at the end."""
    return import_page(
        programme=review.programme, parsed=page, source=review.source, text=review.text, by=by, choices=choices,
        dry_run=True,
    )  # fmt: skip


# An import asks the database as often as the page has lines. What it would do is therefore kept, with what it was found
# on, and a look at the review asks only whether anything has changed since.


def look_ahead(*, review: ImportReview, page: narrative.ParsedPage, choices: Choices, by: User) -> ImportSummary:
    """Try it out and keep the answer for those who look at the review next. Raises Refused as the import would."""
    found_on = _as_it_stands(review)
    summary = try_out(review=review, page=page, choices=choices, by=by)
    kept = {"counts": summary.counts, "skipped": list(summary.skipped), "to_check": list(summary.to_check)}
    # Not where somebody has saved other choices or imported it meanwhile.
    waiting = ImportReview.objects.filter(pk=review.pk, version=review.version, batch=None)
    waiting.update(outcome=kept | {"found_on": found_on})
    return summary


def looked_ahead(review: ImportReview) -> ImportSummary | None:
    """What was found when it was last tried out, unless anything has changed since."""
    kept = review.outcome
    if not kept or kept.get("found_on") != _as_it_stands(review):
        return None
    return ImportSummary(None, kept["counts"], tuple(kept["skipped"]), tuple(kept["to_check"]))


_COUNTS: tuple[type[Model], ...] = (
    ImportBatch, Person, ReportingPeriod, Workstream, Assignment, Objective, Phase, Milestone, MonthlyUpdate
)  # fmt: skip


def _as_it_stands(review: ImportReview) -> str:
    """The choices, the day, and the newest change of every kind that an import looks at."""
    changes = (kind.pgh_event_model.objects.aggregate(last=Max("pgh_id"))["last"] for kind in _COUNTS)  # type: ignore[attr-defined]
    return f"{review.version} {today()} {' '.join(map(str, changes))}"


@transaction.atomic
def confirm(
    *, review: ImportReview, page: narrative.ParsedPage, choices: Choices, version: int, by: User
) -> ImportSummary:
    """Import the page as chosen. Raises Stale, or Refused where nothing is new."""
    current = _locked(review, version)
    summary = import_page(
        programme=current.programme, parsed=page, source=current.source, text=current.text, by=by, choices=choices
    )
    if summary.batch is None:
        raise Refused("Nothing on this page is new, so nothing was imported.")
    current.batch = summary.batch
    current.outcome = {"skipped": list(summary.skipped), "to_check": list(summary.to_check)}
    current.save(update_fields=["batch", "outcome"])
    return summary


@transaction.atomic
def discard(*, review: ImportReview, by: User) -> None:
    """Throw a review away with its text. Raises Refused once it is imported."""
    current = ImportReview.objects.select_for_update().get(pk=review.pk)
    if current.batch_id:
        raise Refused(IMPORTED_ALREADY)
    with recorded(by=by, action="Threw away a page that was not imported"):
        current.delete()
