"""The choices about a page that was read: one field for everything that can be chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django import forms

from programme.clock import today
from programme.dates import FuzzyDate, Precision, month_words
from programme.fields import BulletsField
from workstreams import fuzzydates
from workstreams.actions.import_plans import known_milestones, planned_on_page, said_before, statement_of
from workstreams.choices import Choices, SaidChoice, WorkstreamChoice, of_programme
from workstreams.forms.importing import LONGEST_NAME
from workstreams.fuzzydates import Tense
from workstreams.models import Milestone, Workstream
from workstreams.narrative import Milestone as ReadMilestone
from workstreams.narrative import ParsedPage, Update
from workstreams.page_edits import Corrections, Placed, corrected_said, placed
from workstreams.said_dates import NEW, OUT, Proposal, SaidDate, proposals, said_dates

LEFT_OUT: Final = "out"
STATUSES: Final = (
    ("current", "Current"),
    ("planned", "Planned"),
    ("paused", "Paused"),
    ("completed", "Closed to business as usual"),
)
SAID_DONE: Final = "said"  # the page's word for it, which nobody has confirmed
TENSES: Final = (
    (SAID_DONE, "Said to be done, not confirmed"),
    (Tense.DONE.value, "Done, I confirm it"),
    (Tense.PLANNED.value, "Planned"),
    (LEFT_OUT, "Leave out"),
)
SAID_TENSES: Final = ((Tense.PLANNED.value, "Planned for then"), (Tense.DONE.value, "Done then, I confirm it"))
LONGEST_ANSWER: Final = 4_000
MOST_OFFERED: Final = 40  # milestones a said date can be chosen to be another date of, besides the likeliest


class MonthField(forms.CharField):
    """A month as people say it. Cleans to its first day, or to None where the update is left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The month; its year has to be there."""
        text = super().clean(value)
        if not text:
            return None
        stated = fuzzydates.parse(text)
        if stated is None or stated.start is None or stated.ambiguous or stated.precision is not Precision.MONTH:
            raise forms.ValidationError(f"Enter a month with its year for “{text}”, such as March 2024")
        return stated.start


@dataclass(frozen=True)
class Offer:
    """A date said in an update with what the rules make of it; `known` where it was taken over before."""

    said: SaidDate
    proposal: Proposal
    known: bool = False


@dataclass(frozen=True)
class Told:
    """A workstream of the page with its said dates, in the months that were chosen."""

    placed: Placed
    offers: tuple[Offer, ...] = ()
    found: list[Milestone] = field(default_factory=list)  # of the workstream it is put into


class ReviewForm(forms.Form):
    """One field for everything that can be chosen about a page. Always bound: it opens as the page was read.

    Fields are named by place: w4 is the workstream of line 4, u8 the update of line 8, m12 the milestone of line 12,
    d9.0 the first date said in line 9.
    """

    def __init__(
        self,
        page: ParsedPage,
        existing: list[Workstream],
        answers: Mapping[str, Any],
        corrections: Corrections | None = None,
    ) -> None:
        self.page = page
        self.existing = existing
        self.corrections = corrections or {}
        self.placed = placed(page)
        self.told = self._told(answers)
        fields, defaults = {}, {}
        for told in self.told:
            for name, made, default in self._of_workstream(told):
                fields[name], defaults[name] = made, default
        self.answers = defaults | {k: str(v)[:LONGEST_ANSWER] for k, v in answers.items() if k in defaults}
        super().__init__(self.answers)
        self.fields.update(fields)

    # What is said in the months as chosen

    def _told(self, answers: Mapping[str, Any]) -> list[Told]:
        said = {each.key: self._said(each, answers) for each in self.placed}
        into = {each.key: target(str(answers.get(f"{each.key}-do") or self._default(each))) for each in self.placed}
        wanted = {pk for key, pk in into.items() if pk and said[key]}
        found: dict[int, list[Milestone]] = {}
        if wanted:
            for milestone in Milestone.objects.filter(workstream__in=wanted).with_dates():
                found.setdefault(milestone.workstream_id, []).append(milestone)
        return [
            Told(each, tuple(_offers(each, said[each.key], found.get(into[each.key] or 0, []), self.corrections)),
                 found.get(into[each.key] or 0, []))
            for each in self.placed
        ]  # fmt: skip

    def _said(self, each: Placed, answers: Mapping[str, Any]) -> tuple[SaidDate, ...]:
        return said_dates([replace(u, month=_month_chosen(u, answers.get(key))) for key, u in each.updates])

    # The fields

    def _of_workstream(self, told: Told) -> Iterator[tuple[str, forms.Field, str]]:
        at, read = told.placed.key, told.placed.workstream
        yield f"{at}-do", self._target(told.placed), self._default(told.placed)
        yield f"{at}-name", _name_field(), read.name[:LONGEST_NAME]
        status = forms.ChoiceField(label="How it stands", choices=STATUSES)
        yield f"{at}-status", status, read.status if read.status in dict(STATUSES) else "current"
        leads = BulletsField(label="Leads", help_text="One on each line.", required=False, rows=2)
        yield f"{at}-leads", leads, "\n".join(dict.fromkeys(lead.name for lead in read.leads))
        for key, update in told.placed.updates:
            yield key, _month_field(update), month_words(update.month) if update.month else ""
        for key, milestone in told.placed.milestones:
            yield key, _tense_field(milestone), _likely(milestone.tense)
            if milestone.date.ambiguous and milestone.date.alternatives:
                yield f"{key}-reading", _reading_field(milestone), str(_reading_taken(milestone))
        if any(milestone.tense is Tense.DONE for _, milestone in told.placed.milestones):
            yield f"{at}-confirm", _confirm_field(), ""
        yield from self._of_said(told)

    def _of_said(self, told: Told) -> Iterator[tuple[str, forms.Field, str]]:
        begun = [(offer.said.key, offer.said) for offer in told.offers if not offer.proposal.of]
        for offer in told.offers:
            key = offer.said.key
            options = [
                (LEFT_OUT, "Leave out"),
                (NEW, "A new milestone"),
                *_milestone_options(told, offer.proposal.of),
                *((other, _another(said.about, said.date)) for other, said in begun[:MOST_OFFERED] if other != key),
            ]
            label = f"What to do with “{offer.said.date.text[:60]}”: {offer.said.about[:80]}"
            yield key, forms.ChoiceField(label=label, choices=options), offer.proposal.choice or LEFT_OUT
            tense = forms.ChoiceField(label=f"Planned or done: {offer.said.about[:80]}", choices=SAID_TENSES)
            yield f"{key}-tense", tense, (Tense.DONE if offer.said.tense is Tense.DONE else Tense.PLANNED).value

    def _known(self, name: str) -> Workstream | None:
        """By name or alias, or by those of a duplicate that was merged into it."""
        wanted = name.casefold()
        called = ((w, each) for w in self.existing for each in (w, *w.duplicates.all()))
        return next((w for w, each in called if each.name.casefold() == wanted or name in each.aliases), None)

    def _default(self, each: Placed) -> str:
        known = self._known(each.workstream.name)
        return f"to:{known.pk}" if known else NEW

    def _target(self, told: Placed) -> forms.ChoiceField:
        name = told.workstream.name
        others = [(f"with:{w.key}", f"Merge with “{w.workstream.name[:80]}” of this page") for w in self.placed]
        choices = [
            (NEW, "Add as a new workstream"),
            (LEFT_OUT, "Leave out"),
            *((f"to:{w.pk}", f"Put into {w.name}") for w in self.existing),
            *(other for other in others if other[0] != f"with:{told.key}"),
        ]
        label = f"What to do with “{name[:80]}”"
        return forms.ChoiceField(label=label, choices=choices, error_messages={"required": f"Choose {label.lower()}"})

    # What was chosen, checked

    def clean(self) -> dict[str, Any]:
        """Nothing is merged with, or dated after, what is not kept itself; names are not shared."""
        cleaned = super().clean() or {}
        for each in self.placed:
            do = cleaned.get(f"{each.key}-do", "")
            if do.startswith("with:") and not _stands(cleaned.get(f"{do[5:]}-do", "")):
                self.add_error(f"{each.key}-do", "Choose a workstream of this page that is kept and not merged itself")
        self._refuse_shared_names(cleaned)
        for told in self.told:
            if _stands(cleaned.get(f"{told.placed.key}-do", "")):
                self._check_done(told, cleaned)
            for offer in told.offers:
                self._check_said(offer, cleaned)
        return cleaned

    def _refuse_shared_names(self, cleaned: dict[str, Any]) -> None:
        seen: set[str] = set()
        for told in self.placed:
            name = str(cleaned.get(f"{told.key}-name", "")).casefold()
            if cleaned.get(f"{told.key}-do") == NEW and name and name in seen:
                self.add_error(f"{told.key}-name", "Two workstreams have this name. Change one, or merge them")
            seen.add(name)

    def _check_done(self, told: Told, cleaned: dict[str, Any]) -> None:
        for key, milestone in told.placed.milestones:
            if cleaned.get(key) == Tense.DONE.value and not _has_begun(milestone.date):
                self.add_error(key, f"“{milestone.text[:80]}” has no date that has come, so it cannot be done yet")

    def _check_said(self, offer: Offer, cleaned: dict[str, Any]) -> None:
        key = offer.said.key
        choice = cleaned.get(key, LEFT_OUT)
        if choice.startswith("d") and cleaned.get(choice) != NEW:
            self.add_error(key, f"Choose a new milestone for what “{offer.said.about[:80]}” is another date of")
        if choice.startswith("m") and cleaned.get(choice) == LEFT_OUT:
            self.add_error(key, f"“{offer.said.about[:80]}” cannot be another date of a milestone that is left out")
        done = cleaned.get(f"{key}-tense") == Tense.DONE.value
        if choice != LEFT_OUT and done and not _has_begun(offer.said.date):
            self.add_error(f"{key}-tense", f"“{offer.said.date.text}” is still to come, so it cannot be done yet")

    @property
    def choices(self) -> Choices:
        """What was chosen, of a valid form."""
        return {told.placed.key: self._choice(told) for told in self.told}

    def _choice(self, told: Told) -> WorkstreamChoice:
        at, said = told.placed.key, self.cleaned_data
        do: str = said[f"{at}-do"]
        tenses = {key: said[key] for key, _ in told.placed.milestones}
        return WorkstreamChoice(
            kept=do != LEFT_OUT,
            into=target(do),
            merged_with=do[5:] if do.startswith("with:") else None,
            name=said[f"{at}-name"],
            status=said[f"{at}-status"],
            leads=tuple(said[f"{at}-leads"]),
            months=dict(self._months(told.placed)),
            tenses={key: _tense_chosen(tense) for key, tense in tenses.items()},
            confirmed=frozenset(self._confirmed(told)),
            readings={key: int(said[f"{key}-reading"]) for key in tenses if f"{key}-reading" in self.fields},
            said={offer.said.key: self._said_choice(offer) for offer in told.offers},
        )

    def _said_choice(self, offer: Offer) -> SaidChoice:
        choice, tense = self.cleaned_data[offer.said.key], self.cleaned_data[f"{offer.said.key}-tense"]
        correction = self.corrections.get(offer.said.key)
        return SaidChoice(OUT if choice == LEFT_OUT else choice, Tense(tense), correction)

    def _confirmed(self, told: Told) -> Iterator[str]:
        """Those confirmed one by one, and with the box for all those that are said to be done and can be."""
        all_of_them = self.cleaned_data.get(f"{told.placed.key}-confirm", False)
        for key, milestone in told.placed.milestones:
            chosen = self.cleaned_data[key]
            said = chosen == SAID_DONE and all_of_them and _has_begun(milestone.date)
            if chosen == Tense.DONE.value or said:
                yield key

    def _months(self, told: Placed) -> Iterator[tuple[str, date | None]]:
        """Only where something was chosen: a month that nobody could tell stays a question for the import to tell."""
        for key, update in told.updates:
            month = self.cleaned_data[key]
            if month != update.month or update.ambiguous:
                yield key, month


def target(do: str) -> int | None:
    """The workstream of the programme that 'to:12' means."""
    return int(do[3:]) if do.startswith("to:") and do[3:].isdecimal() else None


def _stands(do: str) -> bool:
    return do == NEW or do.startswith("to:")


def _has_begun(stated: FuzzyDate) -> bool:
    return stated.has_window and (stated.start is None or stated.start <= today())


def _month_chosen(update: Update, answer: object) -> date | None:
    """The month as it stands in the form; what cannot be read is a problem told elsewhere."""
    if answer is None:
        return update.month
    try:
        month: date | None = MonthField().clean(str(answer)[:LONGEST_ANSWER])
    except forms.ValidationError:
        return None
    return month


def _offers(
    told: Placed, said: Iterable[SaidDate], found: list[Milestone], corrections: Corrections
) -> Iterator[Offer]:
    before = said_before(found)
    better = [corrected_said(each, corrections.get(each.key)) for each in said]
    fresh = [each for each in better if statement_of(each) not in before]
    offered = proposals(fresh, [*known_milestones(found), *planned_on_page(told.milestones)])
    for each in better:
        there = before.get(statement_of(each))
        known = Proposal(OUT, of_programme(there.pk), there.title) if there else None
        yield Offer(each, known or offered[each.key], known=bool(known))


def _milestone_options(told: Told, likeliest: str) -> Iterator[tuple[str, str]]:
    """What the programme has, then what the page plans; where there is much, what is likeliest is always there."""
    for place, milestone in enumerate(told.found):
        key = of_programme(milestone.pk)
        if place < MOST_OFFERED or key == likeliest:
            yield key, f"Another date of “{milestone.title[:80]}” in the plan"
    for place, (key, read) in enumerate(told.placed.milestones):
        if place < MOST_OFFERED or key == likeliest:
            yield key, _another(read.text, read.date)


def _another(about: str, stated: FuzzyDate) -> str:
    return f"Another date of “{about[:80]}” ({stated.display()})"


def _name_field() -> forms.CharField:
    return forms.CharField(label="Name", max_length=LONGEST_NAME - 1, error_messages={"required": "Enter a name"})


def _month_field(update: Update) -> MonthField:
    hint = f"Line {update.line}. {_sentence(update.clue)}" if update.clue else f"Line {update.line}."
    return MonthField(label=f"Month of “{update.heading[:80]}”", help_text=hint)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _confirm_field() -> forms.BooleanField:
    return forms.BooleanField(label="I confirm that all milestones said to be done are done", required=False)


def _tense_field(milestone: ReadMilestone) -> forms.ChoiceField:
    return forms.ChoiceField(label=f"Done or planned: {milestone.text[:120]}", choices=TENSES)


def _tense_chosen(answer: str) -> Tense | None:
    if answer == LEFT_OUT:
        return None
    return Tense.PLANNED if answer == Tense.PLANNED.value else Tense.DONE


def _likely(tense: Tense) -> str:
    return SAID_DONE if tense is Tense.DONE else Tense.PLANNED.value


def _reading_taken(milestone: ReadMilestone) -> int:
    """The reading the page's order or headings decided for; the first where none is the same."""
    taken = (milestone.date.start, milestone.date.end)
    same = (n for n, each in enumerate(milestone.date.alternatives) if (each.start, each.end) == taken)
    return next(same, 0)


def _reading_field(milestone: ReadMilestone) -> forms.ChoiceField:
    readings = [(str(n), reading.display()) for n, reading in enumerate(milestone.date.alternatives)]
    label = f"What does “{milestone.date.text[:60]}” mean?"
    return forms.ChoiceField(label=label, choices=readings, widget=forms.RadioSelect)
