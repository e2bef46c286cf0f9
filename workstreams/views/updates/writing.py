"""One month of one workstream as its writer has it: who writes, what has been typed, what the form asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from programme.clock import now, today
from programme.models import Person, ReportingPeriod
from programme.permissions import ProgrammeRequest
from programme.status import DECLARABLE, Rag
from workstreams import access, promises, sent_updates
from workstreams.actions.updates import DraftWords
from workstreams.derived import derived_ratings
from workstreams.forms.declaring import RatingFacts
from workstreams.forms.update import Asked, OnBehalfForm, UpdateForm, words_typed
from workstreams.models import UpdateDraft, UpdateRevision, Workstream, thresholds_of
from workstreams.sent_updates import SentUpdate
from workstreams.views.workstreams import find_workstream


def find_period(request: ProgrammeRequest, month: str) -> ReportingPeriod:
    """The period at this address: a month written 2026-10."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(ReportingPeriod.objects.visible_to(request.user), programme=request.programme, month=first)


@dataclass(frozen=True)
class Writing:
    """One month of one workstream as its writer has it: their own, or in the name of one of `writers`."""

    workstream: Workstream
    period: ReportingPeriod
    on_behalf: bool = False
    writers: list[Person] = field(default_factory=list)

    @property
    def draft(self) -> UpdateDraft | None:
        """What has been typed so far, by anybody."""
        drafts = UpdateDraft.objects.select_related("on_behalf_of__merged_into", "saved_by__person")
        return drafts.filter(update__workstream=self.workstream, update__period=self.period).first()

    @cached_property
    def earlier(self) -> list[SentUpdate]:
        """The updates sent before, the newest first."""
        return sent_updates.newest(self.workstream, before=self.period)

    @property
    def before(self) -> SentUpdate | None:
        """The update before this one."""
        return self.earlier[0] if self.earlier else None

    @cached_property
    def asked(self) -> Asked:
        """What the form asks beside the sections."""
        return Asked(promises.open_before(self.workstream, self.period), self.facts)

    @cached_property
    def facts(self) -> RatingFacts:
        """What the programme and the months before say about the rating."""
        return rating_facts(self.workstream, self.before.rating if self.before else None)

    @property
    def looks_worse(self) -> bool:
        """Whether the rules say worse than the last rating, so that it cannot simply stand."""
        return self.before is not None and self.facts.is_better(self.before.rating)

    def words(self, data: Mapping[str, Any]) -> DraftWords:
        """What has been typed just now."""
        return words_typed(data, self.writers)

    def form(self) -> UpdateForm:
        """The form as the draft stands."""
        return self._kind.of(self.draft, asked=self.asked, **self._names)

    def checking(self, draft: UpdateDraft) -> UpdateForm:
        """The draft's words, checked."""
        return self._kind.checking(draft, asked=self.asked, **self._names)

    def may_recall(self, revision: UpdateRevision) -> bool:
        """The office takes back only what the office typed."""
        return bool(revision.on_behalf_of_id) or not self.on_behalf

    @property
    def here(self) -> tuple[str, str, str]:
        """What every address of this month is made from."""
        return self.workstream.programme.slug, self.workstream.slug, self.period.key

    @property
    def _kind(self) -> type[UpdateForm]:
        return OnBehalfForm if self.on_behalf else UpdateForm

    @property
    def _names(self) -> dict[str, Any]:
        return {"writers": self.writers} if self.on_behalf else {}


def rating_facts(workstream: Workstream, before: Rag | None, *, questioned: bool = True) -> RatingFacts:
    """What the programme says about the choice, and unless `questioned` is false, what its rules say today."""
    programme = workstream.programme
    rules = thresholds_of(programme)
    derived = derived_ratings(programme, now(), only=[workstream]).get(workstream.pk) if questioned else None
    said = derived.facts_say if derived else None
    return RatingFacts(
        definitions={rag: rules.definition_of(rag) for rag in DECLARABLE},
        before=before,
        derived=said,
        derived_reasons=[r.words for r in derived.reasons if r.rating is said] if derived else [],
        team=access.writers_of(workstream),
    )


def writing_of(request: ProgrammeRequest, slug: str, month: str) -> Writing:
    """The workstream and month, for those who write its update; 403 for others, 404 for months not open yet."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    workstream.programme = request.programme
    roles = access.assignment_roles(request.user, workstream)
    if period.opens_on > today():
        if access.can_write_update(roles) or access.writes_on_behalf(roles, request.permissions):
            raise Http404
        raise PermissionDenied
    if access.can_write_update(roles):
        return Writing(workstream, period)
    if access.writes_on_behalf(roles, request.permissions):
        return Writing(workstream, period, on_behalf=True, writers=access.writers_of(workstream))
    raise PermissionDenied


def rating_word(rating: str) -> str:
    """The word of a rating that was chosen, or nothing."""
    return Rag(rating).word if rating else ""
