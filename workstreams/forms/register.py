"""Forms of the registers: what is asked about a risk, an issue, a decision or an action, and how one ends."""

from typing import Any, Self

from django import forms
from django.db.models import Q

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Person, Programme
from workstreams.models import Action, Ask, Decision, Issue, Risk, Workstream

LONGEST_TEXT = 1_000
LONGEST_NAME = 200


def people_of(programme: Programme) -> Any:
    """Those who can own something: everybody with a part in a workstream or a role in the programme."""
    assigned = Q(assignments__workstream__programme=programme)
    member = Q(user__memberships__programme=programme)
    return Person.objects.filter(assigned | member, merged_into=None).distinct()


def _text(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class EntryForm(forms.Form):
    """What every entry has. `version` is the one it was typed on; a new entry has none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    names: tuple[str, ...] = ("text", "owner")

    def __init__(self, *args: Any, workstream: Workstream, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workstream = workstream
        for name in ("owner", "decided_by"):
            if name in self.fields:
                self.fields[name].queryset = people_of(workstream.programme)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, entry: Any, workstream: Workstream) -> Self:
        """The form as an entry stands."""
        stored = {name: getattr(entry, name) for name in cls.names}
        if stored.get("owner"):
            stored["owner"] = entry.who
        return cls(initial=stored | {"version": entry.version}, workstream=workstream)

    @property
    def answers(self) -> dict[str, Any]:
        """What a valid form says, without the version."""
        return {name: self.cleaned_data[name] for name in self.names}


def _owner() -> "forms.ModelChoiceField[Person]":
    return forms.ModelChoiceField(Person.objects.none(), label="Owner", required=False, empty_label="No owner yet")


class RiskForm(EntryForm):
    """Something that may happen."""

    names = ("text", "likelihood", "impact", "owner", "review_on")
    text = _text(
        "What may happen, and what would follow?",
        "For example: two nurses leave before the line opens, so nights are not covered.",
        "Enter what may happen",
    )
    likelihood = forms.TypedChoiceField(
        label="How likely is it?",
        choices=[("", "Select one"), *Risk.Likelihood.choices],
        coerce=int,
        error_messages={"required": "Select how likely it is"},
    )
    impact = forms.TypedChoiceField(
        label="How much would it matter?",
        choices=[("", "Select one"), *Risk.Impact.choices],
        coerce=int,
        error_messages={"required": "Select how much it would matter"},
    )
    owner = _owner()
    review_on = DatePartsField(label="Look at it again on", required=False, help_text="For example, 24 12 2026.")


class IssueForm(EntryForm):
    """Something that has happened."""

    names = ("text", "severity", "owner")
    text = _text(
        "What has gone wrong?", "For example: the phone line has been down since Monday.", "Enter what has gone wrong"
    )
    severity = forms.ChoiceField(
        label="How much does it stand in the way?",
        choices=Issue.Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how much it stands in the way"},
    )
    owner = _owner()


class DecisionForm(EntryForm):
    """Something decided elsewhere, such as in a meeting."""

    names = ("text", "decided_by", "decided_by_words", "decided_on")
    text = _text("What was decided?", "", "Enter what was decided")
    decided_by = forms.ModelChoiceField(
        Person.objects.none(), label="Who decided?", required=False, empty_label="A group, or somebody not listed"
    )
    decided_by_words = forms.CharField(
        label="The group or the name, if not listed",
        help_text="For example: programme board.",
        max_length=LONGEST_NAME,
        required=False,
    )
    decided_on = DatePartsField(
        label="When was it decided?",
        help_text="For example, 24 12 2026.",
        error_messages={"required": "Enter when it was decided"},
    )

    def clean_decided_on(self) -> Any:
        """Only days that have come."""
        day = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody decided it; a person from the list needs no words beside."""
        cleaned = super().clean() or {}
        if not cleaned.get("decided_by") and not cleaned.get("decided_by_words"):
            self.add_error("decided_by", "Select or enter who decided")
        if cleaned.get("decided_by"):
            cleaned["decided_by_words"] = ""
        return cleaned


class ActionForm(EntryForm):
    """Something to do."""

    names = ("text", "owner", "due_on")
    text = _text("What is to be done?", "", "Enter what is to be done")
    owner = _owner()
    due_on = DatePartsField(label="By when?", required=False, help_text="For example, 24 12 2026.")


class NewActionForm(ActionForm):
    """A new action says what it comes from."""

    source = forms.ChoiceField(
        label="What does it come from?",
        help_text="A high risk counts as looked after only while an action against it is open and not late.",
        required=False,
    )

    def __init__(self, *args: Any, workstream: Workstream, **kwargs: Any) -> None:
        super().__init__(*args, workstream=workstream, **kwargs)
        self.sources = {f"{kind}-{row.pk}": row for kind, row in _sources(workstream)}
        named = [(key, f"{key.partition('-')[0].capitalize()}: {row}") for key, row in self.sources.items()]
        self.fields["source"].choices = [("", "Nothing in the registers"), *named]  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        """With the risk, issue, ask or decision itself."""
        return super().answers | {"source": self.sources.get(self.cleaned_data["source"])}


def _sources(workstream: Workstream) -> list[tuple[str, Any]]:
    """What is open in the registers of a workstream, and its decisions."""
    asks = Ask.objects.of_workstream(workstream).with_state()
    return [
        *(("risk", row) for row in Risk.objects.of_workstream(workstream).open_on(today())),
        *(("issue", row) for row in Issue.objects.of_workstream(workstream).open_on(today())),
        *(("ask", row) for row in asks if row.state != "withdrawn"),
        *(("decision", row) for row in Decision.objects.of_workstream(workstream)),
    ]


class EndForm(forms.Form):
    """How an entry ended, and when."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    how = forms.CharField(
        label="How did it end?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter how it ended"},
    )
    on = DatePartsField(
        label="When did it end?",
        help_text="For example, 24 12 2026.",
        error_messages={"required": "Enter when it ended"},
    )

    def clean_on(self) -> Any:
        """Only days that have come."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return day


class EndActionForm(EndForm):
    """An action is done or dropped."""

    ending = forms.ChoiceField(
        label="Was it done?",
        choices=[(Action.Ending.DONE, "Yes, it is done"), (Action.Ending.DROPPED, "No, it is dropped")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it was done"},
    )
    field_order = ("version", "ending", "how", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].label = "What was done, or why is it dropped?"
        self.fields["how"].error_messages["required"] = "Enter what was done, or why it is dropped"
