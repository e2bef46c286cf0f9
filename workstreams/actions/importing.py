"""Saving a programme page that was read: one batch, one transaction, and every row knows the line it came from.

Importing the same page again adds only what is new. A dry run is the same work, taken back at the end.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from programme.actions import periods
from programme.clock import now
from programme.dates import FuzzyDate, month_words
from programme.history import recorded
from programme.models import ImportBatch, Person, Programme, ReportingPeriod, User
from programme.refusals import Refused
from programme.wording import listed
from workstreams import choices as chosen
from workstreams import narrative
from workstreams.actions import import_plans, updates
from workstreams.actions import workstreams as work
from workstreams.actions.import_run import NAME_LENGTH, ImportRun, fitted
from workstreams.fuzzydates import Tense
from workstreams.models import Assignment, Workstream, WorkstreamStatus
from workstreams.sections import Section

Status = WorkstreamStatus.Status
STATUSES = {"completed": Status.COMPLETED, "planned": Status.PROPOSED, "paused": Status.PAUSED}
# What is counted, in the order it is told: one, several.
COUNTED = {
    "workstream": ("workstream", "workstreams"),
    "person": ("person", "people"),
    "lead": ("lead", "leads"),
    "status": ("status", "statuses"),
    "objective": ("objective", "objectives"),
    "phase": ("phase", "phases"),
    "update": ("monthly update", "monthly updates"),
    "bullet": ("bullet", "bullets"),
    "milestone": ("milestone", "milestones"),
    "move": ("changed date", "changed dates"),
    "done": ("milestone recorded as done", "milestones recorded as done"),
}


@dataclass(frozen=True)
class ImportSummary:
    """What an import did, or would do. The batch is None where nothing was saved."""

    batch: ImportBatch | None
    counts: dict[str, int]
    skipped: tuple[str, ...]
    to_check: tuple[str, ...]

    @property
    def added(self) -> str:
        """'1 workstream, 8 objectives and 8 monthly updates', or 'nothing'."""
        return in_words(self.counts)


def in_words(counts: Mapping[str, int]) -> str:
    """What an import added, or 'nothing'; also for counts that were stored and lost their order."""
    parts = [f"{counts[kind]:,} {words[counts[kind] != 1]}" for kind, words in COUNTED.items() if counts.get(kind)]
    return listed(parts) or "nothing"


def import_page(
    *,
    programme: Programme,
    parsed: narrative.ParsedPage,
    source: str,
    text: str,
    by: User | None,
    workstream: Workstream | None = None,
    choices: chosen.Choices | None = None,
    dry_run: bool = False,
    at: datetime | None = None,
) -> ImportSummary:
    """Save a page as one batch, all or nothing, as it was read or as `choices` say.

    `workstream` takes the place of the only one the page describes. Raises Refused where the page describes no
    workstream, or several and `workstream` is given, or where a chosen workstream is there no more.
    """
    if not parsed.workstreams:
        raise Refused("No workstream was found in this text, so there is nothing to import.")
    if workstream and len(parsed.workstreams) > 1:
        raise Refused(f"This page describes {len(parsed.workstreams)} workstreams, so it cannot go into one of yours.")
    wanted = chosen.apply(parsed, choices or {})
    targets = _targets(programme, wanted)
    moment = at or now()
    with transaction.atomic(), recorded(by=by, action="Imported a page", reason=source, at=moment):
        batch = ImportBatch.objects.create(
            programme=programme,
            source=source[:300],
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
            by=by,
            at=moment,
        )
        saving = _Saving(programme, batch, by, moment)
        for each in wanted:
            saving.save(each, workstream or targets.get(each.into))
        import_plans.state_said_dates(saving)
        kept = bool(saving.counts) and not dry_run
        if kept:
            batch.counts = dict(saving.counts)
            batch.save()
        else:
            transaction.set_rollback(True)
    counts = {kind: saving.counts[kind] for kind in COUNTED if saving.counts[kind]}
    return ImportSummary(batch if kept else None, counts, tuple(saving.skipped), tuple(saving.to_check))


def _targets(programme: Programme, wanted: Sequence[chosen.Chosen]) -> dict[int | None, Workstream]:
    """The programme's workstreams that were chosen for what is on the page."""
    keys = {each.into for each in wanted if each.into is not None}
    found: dict[int | None, Workstream] = {}
    found.update((w.pk, w) for w in programme.workstreams.filter(pk__in=keys, merged_into=None))
    if keys - set(found):
        raise Refused("A workstream you chose is no longer there. Choose again where the page's parts should go.")
    return found


class _Saving(ImportRun):
    """One import on its way through the workstreams of a page."""

    def save(self, wanted: chosen.Chosen, into: Workstream | None) -> None:
        """One workstream of the page with all that stands under it."""
        page, name = wanted.workstream, fitted(wanted.workstream.name, NAME_LENGTH)
        workstream = into or self._known(name) or self._add(page, name, wanted.aliases)
        self._say_status(workstream, page)
        self._assign_leads(workstream, page)
        self._add_objectives(workstream, page.objectives)
        for update in page.updates:
            self._record_month(workstream, update)
        import_plans.add_plan(self, workstream, page.phases, wanted.deliverables)
        self._mention_gates(workstream, page.gates)
        self.saved.append((workstream, wanted))

    # The workstream, how it stands and who leads it

    def _known(self, name: str) -> Workstream | None:
        """The programme's workstream of that name or alias; a merged one gives the one it became."""
        named = self.programme.workstreams.filter(Q(name__iexact=name) | Q(aliases__contains=[name]))
        found = named.select_related("merged_into").order_by("pk").first()
        return found.merged_into or found if found else None

    def _add(self, page: narrative.Workstream, name: str, aliases: Sequence[str]) -> Workstream:
        self.counts["workstream"] += 1
        return work.add(
            programme=self.programme,
            name=name,
            aliases=[fitted(alias, NAME_LENGTH) for alias in aliases],
            purpose="\n".join(item.text for item in page.description),
            by=self.by,
            batch=self.batch,
            source_line=page.line,
        )

    def _say_status(self, workstream: Workstream, page: narrative.Workstream) -> None:
        """As the page says; a workstream that has a status already only learns that it was closed."""
        status = STATUSES.get(page.status, Status.CURRENT)
        known = list(workstream.statuses.values_list("status", flat=True))
        if status in known or (known and status is not Status.COMPLETED):
            return
        closed = _closing_date(page) if status is Status.COMPLETED else None
        since = (closed and (closed.start or closed.end)) or self._begun(page)
        if status is Status.COMPLETED and not known and self._begun(page) < since:
            self._set_status(workstream, Status.CURRENT, self._begun(page), "", page.line)
        words = closed.display() if closed else ""
        self._set_status(workstream, status, min(since, self.today), words, page.line)

    def _set_status(self, workstream: Workstream, status: Status, since: date, words: str, line: int) -> None:
        self.counts["status"] += 1
        work.set_status(
            workstream=workstream,
            status=status,
            since=since,
            since_words=fitted(words or "Not stated on the page", 100),
            by=self.by,
            at=self.at,
            batch=self.batch,
            source_line=line,
        )

    def _begun(self, page: narrative.Workstream) -> date:
        """The earliest day anything on the page happened; today where it says none."""
        months = [update.month for update in page.updates if update.month]
        starts = [milestone.date.start for milestone in page.milestones if milestone.date.start]
        return min([*months, *starts, self.today])

    def _assign_leads(self, workstream: Workstream, page: narrative.Workstream) -> None:
        held = {each.who.pk for each in workstream.assignments.filter(until=None).with_people()}
        for lead in page.leads:
            person = self._person(fitted(lead.name, NAME_LENGTH))
            if person.pk in held:
                continue
            held.add(person.pk)
            self.counts["lead"] += 1
            work.assign(
                workstream=workstream,
                person=person,
                role=_role(lead.role),
                since=self._begun(page),
                by=self.by,
                batch=self.batch,
                source_line=lead.line or None,
            )

    def _person(self, name: str) -> Person:
        """Somebody already known by that name or alias, or a new person without an account."""
        known = list(Person.objects.named(name).order_by("pk"))
        if len(known) > 1:
            self.to_check.append(f"{len(known)} people are called {name}; the one known longest was taken.")
        if known:
            return known[0]
        self.counts["person"] += 1
        return Person.objects.create(name=name, batch=self.batch)

    # What stands under it

    def _add_objectives(self, workstream: Workstream, items: Sequence[narrative.Item]) -> None:
        """Numbered on from the highest number there is."""
        known = set(workstream.objectives.values_list("text", flat=True))
        number = workstream.objectives.aggregate(highest=Max("number"))["highest"] or 0
        for item in items:
            if item.text not in known:
                known.add(item.text)
                number += 1
                self.counts["objective"] += 1
                work.add_objective(
                    workstream=workstream,
                    number=number,
                    text=item.text,
                    by=self.by,
                    batch=self.batch,
                    source_line=item.line,
                )

    def _record_month(self, workstream: Workstream, update: narrative.Update) -> None:
        """One month, unless its year is not settled, it has not come yet, or it is there already."""
        if update.month is None:
            self.to_check.append(
                f"Line {update.line}: the year of “{update.heading}” is not clear, so the month was left out."
            )
            return
        month = month_words(update.month)
        if update.month > self.today:
            self.to_check.append(f"Line {update.line}: {month} has not come yet, so it was left out.")
            return
        period, _ = periods.history_period(programme=self.programme, month=update.month, batch=self.batch, by=self.by)
        own_or_merged = Q(workstream=workstream) | Q(workstream__merged_into=workstream)
        if period.updates.filter(own_or_merged).exists():
            self.skipped.append(f"{workstream}, {month}: there is an update already.")
        elif period.closed_at:
            self.skipped.append(f"{workstream}, {month}: the month is closed and takes corrections only.")
        else:
            self._record(workstream, update, period)
            if update.ambiguous:
                self.to_check.append(f"Line {update.line}: “{update.heading}” was read as {month} ({update.clue}).")

    def _record(self, workstream: Workstream, update: narrative.Update, period: ReportingPeriod) -> None:
        """A page does not say which bullet is a risk or a next step, so all of them are progress."""
        self.counts["update"] += 1
        self.counts["bullet"] += len(update.items)
        updates.record_history(
            workstream=workstream,
            period=period,
            items={Section.PROGRESS: [item.text for item in update.items]},
            lines={(Section.PROGRESS, place): item.line for place, item in enumerate(update.items)},
            batch=self.batch,
            by=self.by,
            by_name=self.by.name if self.by else "",
            at=self.at,
            source_line=update.line,
        )

    def _mention_gates(self, workstream: Workstream, gates: Sequence[narrative.Gate]) -> None:
        if gates:
            self.to_check.append(f"{workstream}: {len(gates)} decision gates were read but are not kept yet.")


def _closing_date(page: narrative.Workstream) -> FuzzyDate | None:
    """When the page says the workstream closed: rather what was done than what was planned."""
    order = (Tense.DONE, Tense.UNKNOWN, Tense.PLANNED)
    dated = [each for each in page.closures if each.date and each.date.has_window]
    dated.sort(key=lambda each: order.index(each.tense))
    return dated[0].date if dated else None


def _role(written: str) -> str:
    """Everybody named as lead is one, unless the page says deputy or sponsor."""
    words = written.lower()
    for role in (Assignment.Role.DEPUTY, Assignment.Role.SPONSOR):
        if role.value in words:
            return role
    return Assignment.Role.LEAD
