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
from workstreams import access, sent_updates
from workstreams.actions.updates import DraftWords
from workstreams.derived import derived_of
from workstreams.forms.declaring import RatingFacts
from workstreams.forms.update import Asked, OnBehalfForm, UpdateForm, words_typed
from workstreams.gathering import Gathered
from workstreams.models import RatingThresholds, UpdateDraft, UpdateRevision, Workstream
from workstreams.rag import Derived
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
    """One month of one workstream as its writer has it: their own, or in the name of one of its `team`."""

    workstream: Workstream
    period: ReportingPeriod
    on_behalf: bool = False
    team: list[Person] = field(default_factory=list)

    @property
    def writers(self) -> list[Person]:
        """In whose name it can be written, where it is not one's own."""
        return self.team if self.on_behalf else []

    @cached_property
    def draft(self) -> UpdateDraft | None:
        """What has been typed so far, by anybody, as it stands when it is first asked for."""
        drafts = UpdateDraft.objects.select_related("update__period", "on_behalf_of__merged_into", "saved_by__person")
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
        return Asked(sent_updates.promises_open_in(self.period, self.workstream, self.earlier), self.facts)

    @cached_property
    def facts(self) -> RatingFacts:
        """What the programme and the months before say about the rating."""
        before = self.before.rating if self.before else None
        derived = derived_of(self.known).get(self.workstream.pk)
        return rating_facts(self.known.rules, self.team, before, derived)

    @cached_property
    def known(self) -> Gathered:
        """What the rules know of the workstream now."""
        return Gathered(self.workstream.programme, now(), rows=[self.workstream])

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


def rating_facts(
    rules: RatingThresholds, team: list[Person], before: Rag | None, derived: Derived | None = None
) -> RatingFacts:
    """What the programme says about the choice, and what its rules say today where that is asked about."""
    said = derived.facts_say if derived else None
    return RatingFacts(
        definitions={rag: rules.definition_of(rag) for rag in DECLARABLE},
        before=before,
        derived=said,
        derived_reasons=[r.words for r in derived.reasons if r.rating is said] if derived else [],
        team=team,
    )


def writing_of(request: ProgrammeRequest, slug: str, month: str) -> Writing:
    """The workstream and month, for those who write its update; 403 for others, 404 for months not open yet."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    held = access.team_on(workstream, today())
    roles, team = access.roles_among(held, request.user, workstream), access.writers_among(held)
    if period.opens_on > today():
        if access.can_write_update(roles) or access.writes_on_behalf(roles, request.permissions):
            raise Http404
        raise PermissionDenied
    if access.can_write_update(roles):
        return Writing(workstream, period, team=team)
    if access.writes_on_behalf(roles, request.permissions):
        return Writing(workstream, period, on_behalf=True, team=team)
    raise PermissionDenied


def rating_word(rating: str) -> str:
    """The word of a rating that was chosen, or nothing."""
    return Rag(rating).word if rating else ""
