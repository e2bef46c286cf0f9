"""Forms of stage gates: the gate, its date, its panel, criteria, evidence, outcome and conditions."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django import forms

from programme.clock import today
from programme.dates import FuzzyDate
from programme.fields import DatePartsField
from programme.models import Person, Programme
from workstreams.actions.gate_outcomes import Condition, Decided
from workstreams.actions.gate_parts import CriterionFacts
from workstreams.actions.gates import GateFacts
from workstreams.forms.milestone import LinkField, SaidDateField
from workstreams.forms.register import people_of
from workstreams.gate_rules import (
    MET_CHOICES,
    NO_CONDITION,
    NOT_CONDITIONAL,
    OUTCOMES,
    SECTORS,
    UNNAMED,
    Met,
    Outcome,
    outcome_problem,
)
from workstreams.models import Gate, GateCondition, GateCriterion, WorkstreamQuerySet

LONG, SHORT = 1_000, 200
DATE_HINT = "As you would say it: 24 December 2026, March 2027 or Spring 2027."
CONDITIONS_AT_ONCE = 3
_LINK = forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"})


def _words(label: str, *, missing: str = "", hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class VersionedForm(forms.Form):
    """A form that knows on which version it was typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class GateForm(VersionedForm):
    """A gate apart from its date. `rows` are the programme's gates, to say behind which one it comes."""

    name = forms.CharField(
        label="What is the gate called?",
        help_text="What has to be settled there, such as ‘Clinical model agreed’.",
        max_length=SHORT,
        error_messages={"required": "Enter what the gate is called"},
    )
    purpose = _words("What is decided there? (optional)")
    decided_by = forms.CharField(
        label="Who decides? (optional)",
        help_text="A panel or a board, such as ‘Evaluation panel, then programme board’.",
        max_length=SHORT,
        required=False,
    )
    workstream = forms.ModelChoiceField(
        WorkstreamQuerySet().none(),
        label="Which workstream does it hang on?",
        required=False,
        empty_label="The whole programme",
    )
    after = forms.ModelChoiceField(
        Gate.objects.none(), label="Which gate comes before it?", required=False, empty_label="None: it is the first"
    )

    def __init__(self, *args: Any, workstreams: WorkstreamQuerySet, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = workstreams  # type: ignore[attr-defined]
        self.fields["after"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The gate before it hangs on the same workstream."""
        said = super().clean() or {}
        after, workstream = said.get("after"), said.get("workstream")
        if after is not None and after.workstream_id != (workstream.pk if workstream else None):
            self.add_error("after", "Select a gate of the same workstream, or of the programme where it has none")
        return said

    @property
    def facts(self) -> GateFacts:
        """What a valid form says."""
        said = self.cleaned_data
        return GateFacts(said["name"], said["purpose"], said["decided_by"], said["workstream"], said["after"])


class NewGateForm(GateForm):
    """A new gate, with its date where there is one."""

    version = None  # type: ignore[assignment]  # there is nothing yet that somebody else could have changed
    when = SaidDateField(
        label="When is it held? (optional)",
        help_text=f"{DATE_HINT} Leave empty if there is no date yet.",
        required=False,
    )
    field_order = ("name", "when", "decided_by", "purpose", "workstream", "after")


class GateDateForm(VersionedForm):
    """When a gate is held. A date that is already there needs a reason to move."""

    when = SaidDateField(
        label="When is it held?", help_text=DATE_HINT, error_messages={"required": "Enter when it is held"}
    )
    reason = _words("Why does the date change?", missing="Say why the date changes", rows=2)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]


class RemoveGateForm(VersionedForm):
    """Why a gate is taken out."""

    reason = _words("Why is it taken out?", missing="Say why it is taken out", rows=2)


class SeatForm(forms.Form):
    """A seat on the panel."""

    sector = forms.ChoiceField(
        label="For whom is the seat?",
        choices=SECTORS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select for whom the seat is"},
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who sits there?",
        help_text="Young people, parents and carers have seats without a name.",
        required=False,
        empty_label="A seat without a name",
    )
    words = forms.CharField(
        label="Which seat is it? (optional)",
        help_text="For example: ‘two members of the participation group’. Do not name young people or their families.",
        max_length=SHORT,
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(programme)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Young people and families are never named."""
        said = super().clean() or {}
        if said.get("person") and said.get("sector") in UNNAMED:
            self.add_error("person", "Young people, parents and carers are never named here. Select no name")
        return said


class EvidenceForm(forms.Form):
    """A document of the evidence pack."""

    label = forms.CharField(
        label="What is it?", max_length=SHORT, error_messages={"required": "Enter what the document is"}
    )
    url = LinkField(
        label="Link",
        help_text="Where people can read it, such as a page of your intranet. It is never opened by us.",
        widget=_LINK,
        error_messages={"required": "Enter the link of the document"},
    )


class OfferForm(VersionedForm):
    """What shows that a criterion is met, for those who may not say whether it is."""

    evidence = _words("What shows that it is met?", hint="In a sentence or two.")
    evidence_url = LinkField(label="Link to evidence (optional)", required=False, widget=_LINK)

    @classmethod
    def of(cls, criterion: GateCriterion) -> Self:
        """The form as the criterion stands."""
        names = ("version", "text", "state", "evidence", "evidence_url")
        return cls(initial={name: getattr(criterion, name) for name in names})

    def facts(self, criterion: GateCriterion) -> CriterionFacts:
        """What a valid form says; what it does not ask stays."""
        said = self.cleaned_data
        return CriterionFacts(
            said.get("text", criterion.text),
            said.get("state", criterion.state),
            said["evidence"],
            said["evidence_url"],
        )


class CriterionForm(OfferForm):
    """The whole of a criterion."""

    text = _words("What has to be true?", missing="Enter what has to be true", rows=2)
    state = forms.ChoiceField(
        label="Is it met?",
        choices=MET_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is met"},
    )
    field_order = ("version", "text", "state", "evidence", "evidence_url")


class NewCriterionForm(CriterionForm):
    """A new criterion."""

    version = None  # type: ignore[assignment]  # there is nothing yet that somebody else could have changed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"state": Met.NOT_KNOWN.value}} | kwargs))


_NUMBERS = ("first", "second", "third")


class OutcomeForm(VersionedForm):
    """What was decided, with up to three conditions; more can be added afterwards."""

    kind = forms.ChoiceField(
        label="What was decided?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was decided"},
    )
    decided_by = forms.CharField(
        label="Who decided it?", max_length=SHORT, error_messages={"required": "Enter who decided it"}
    )
    on = SaidDateField(
        label="When was it decided?",
        help_text="2 November 2026, or October 2025 where nobody knows the day any more.",
        error_messages={"required": "Enter when it was decided"},
    )
    reason = _words("Why?", hint="Needed where it is deferred or stopped, or passed although a criterion is not met.")

    def __init__(self, *args: Any, gate: Gate, criteria: Sequence[str], decided_before: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._criteria, self._decided_before = criteria, decided_before
        kind: Any = self.fields["kind"]
        kind.choice_hints = {each.value: each.meaning for each in Outcome}
        for number in range(1, CONDITIONS_AT_ONCE + 1):
            self.fields |= _condition_fields(number, gate.programme)

    @property
    def condition_rows(self) -> list[tuple[str, list[Any]]]:
        """The fields of each condition, with its heading."""
        return [
            (f"{word.capitalize()} condition", [self[f"{name}_{number}"] for name in ("text", "owner", "due_on")])
            for number, word in enumerate(_NUMBERS, start=1)
        ]

    def clean(self) -> dict[str, Any]:
        """Each condition is whole, and the outcome can stand as it is."""
        said = super().clean() or {}
        for number, word in enumerate(_NUMBERS, start=1):
            self._clean_condition(said, number, word)
        if "kind" in said and not self.errors:
            problem = outcome_problem(
                Outcome(said["kind"]),
                reason=said.get("reason", ""),
                conditions=len(self._conditions(said)),
                criteria=self._criteria,
                decided_before=self._decided_before,
            )
            if problem:
                field = "text_1" if problem in {NO_CONDITION, NOT_CONDITIONAL} else "reason"
                self.add_error(field, problem.rstrip("."))
        return said

    def _clean_condition(self, said: dict[str, Any], number: int, word: str) -> None:
        given = {name: said.get(f"{name}_{number}") for name in ("text", "owner", "due_on")}
        if not any(given.values()):
            return
        missing = {
            "text": f"Enter the {word} condition",
            "owner": f"Select who answers for the {word} condition",
            "due_on": f"Enter the day by which the {word} condition is met",
        }
        for name, message in missing.items():
            if not given[name] and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", message)
        on, due = said.get("on"), given["due_on"]
        if on and due and due < _last_day(on):
            self.add_error(f"due_on_{number}", "Enter a day on or after the day of the outcome")

    def clean_on(self) -> Any:
        """A day, or a stretch with two ends that has begun."""
        on: FuzzyDate = self.cleaned_data["on"]
        if on.start is None or on.end is None:
            raise forms.ValidationError("Enter a day or a month, such as 2 November 2026")
        if on.start > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return on

    @staticmethod
    def _conditions(said: dict[str, Any]) -> list[Condition]:
        rows = [
            (said.get(f"text_{n}"), said.get(f"owner_{n}"), said.get(f"due_on_{n}"))
            for n in range(1, CONDITIONS_AT_ONCE + 1)
        ]
        return [Condition(text, owner, due_on) for text, owner, due_on in rows if text and owner and due_on]

    @property
    def decided(self) -> Decided:
        """What a valid form says."""
        said = self.cleaned_data
        on: FuzzyDate = said["on"]
        return Decided(
            kind=Outcome(said["kind"]),
            decided_by=said["decided_by"],
            on=_last_day(on),
            on_words="" if on.start == on.end else on.display(),
            reason=said["reason"],
            conditions=self._conditions(said),
        )


def _condition_fields(number: int, programme: Programme) -> dict[str, forms.Field]:
    return {
        f"text_{number}": forms.CharField(
            label="What is the condition?", max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
        f"owner_{number}": forms.ModelChoiceField(
            people_of(programme), label="Who answers for it?", required=False, empty_label="Select a person"
        ),
        f"due_on_{number}": DatePartsField(label="By when?", required=False),
    }


def _last_day(when: FuzzyDate) -> date:
    """The last day it can mean that has come."""
    return min(when.end or today(), today())


def _past(day: Any) -> Any:
    if day > today():
        raise forms.ValidationError("Enter a day that is not in the future")
    return day


class ConditionForm(VersionedForm):
    """A condition: a new one, or with `change` one whose owner, words or day change, with the reason."""

    text = _words("What is the condition?", missing="Enter the condition", rows=2)
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who answers for it?",
        empty_label="Select a person",
        error_messages={"required": "Select who answers for it"},
    )
    due_on = DatePartsField(label="By when?", error_messages={"required": "Enter the day by which it is met"})
    reason = _words("Why does it change?", missing="Say why it changes", rows=2)

    def __init__(self, *args: Any, programme: Programme, change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(programme)  # type: ignore[attr-defined]
        if not change:
            del self.fields["reason"]

    @property
    def condition(self) -> Condition:
        """What a valid form says."""
        said = self.cleaned_data
        return Condition(said["text"], said["owner"], said["due_on"])


class CloseConditionForm(VersionedForm):
    """What shows that a condition is met."""

    how = _words("What shows that it is met?", missing="Say what shows that it is met")
    evidence_url = LinkField(label="Link to evidence (optional)", required=False, widget=_LINK)
    on = DatePartsField(label="On which day was it met?", error_messages={"required": "Enter the day it was met"})

    def __init__(self, *args: Any, condition: GateCondition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._since = condition.raised_on

    def clean_on(self) -> Any:
        """A day that has come, not before the condition was made."""
        on = _past(self.cleaned_data["on"])
        if on < self._since:
            raise forms.ValidationError("Enter a day on or after the day on which the condition was made")
        return on
