"""Forms of the registers: what is asked about a risk, an issue, a decision or an action, and how one ends."""

from typing import Any, ClassVar, Self

from django import forms
from django.db.models import Q

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Person, Programme
from workstreams.forms.private import PrivateForm
from workstreams.models import Action, Ask, Decision, Group, Issue, Meeting, Risk, Workstream

LONGEST_TEXT = 1_000
LONGEST_NAME = 200
MEETINGS_OFFERED = 10


def people_of(programme: Programme) -> Any:
    """Those who can own something: everybody with a part in a workstream or a role in the programme."""
    assigned = Q(assignments__workstream__programme=programme)
    member = Q(user__memberships__programme=programme)
    return Person.objects.filter(assigned | member, merged_into=None).distinct()


def text_field(label: str, hint: str, missing: str) -> forms.CharField:
    """A box for a sentence or two."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class EntryForm(PrivateForm):
    """What every entry has. `version` is the one it was typed on; a new entry has none."""

    guarded: ClassVar[tuple[str, ...]] = ("text",)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    names: tuple[str, ...] = ("text", "owner")

    def __init__(
        self, *args: Any, workstream: Workstream | None = None, programme: Programme | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workstream = workstream
        whole = workstream.programme if workstream else programme
        assert whole is not None, "an entry belongs to a workstream or at least to a programme"
        self.programme = whole
        for name in ("owner", "decided_by"):
            if name in self.fields:
                self.fields[name].queryset = people_of(whole)  # type: ignore[attr-defined]
        if "group" in self.fields:
            groups = Group.objects.filter(programme=whole)
            self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    @classmethod
    def of(cls, entry: Any, workstream: Workstream | None, programme: Programme | None = None) -> Self:
        """The form as an entry stands."""
        stored = {name: getattr(entry, name) for name in cls.names}
        if stored.get("owner"):
            stored["owner"] = entry.who
        return cls(initial=stored | {"version": entry.version}, workstream=workstream, programme=programme)

    @property
    def answers(self) -> dict[str, Any]:
        """What a valid form says, without the version."""
        return {name: self.cleaned_data[name] for name in self.names}


def _owner() -> "forms.ModelChoiceField[Person]":
    return forms.ModelChoiceField(Person.objects.none(), label="Owner", required=False, empty_label="No owner yet")


def _level(label: str, choices: Any, missing: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "Select one"), *choices], coerce=int, error_messages={"required": missing}
    )


def likelihood_field() -> forms.TypedChoiceField:
    """From 1 to 5."""
    return _level("How likely is it?", Risk.Likelihood.choices, "Select how likely it is")


def impact_field() -> forms.TypedChoiceField:
    """From 1 to 5."""
    return _level("How much would it matter?", Risk.Impact.choices, "Select how much it would matter")


class RiskForm(EntryForm):
    """Something that may happen, apart from its score."""

    names: tuple[str, ...] = ("text", "owner", "review_on")
    text = text_field(
        "What may happen, and what would follow?",
        "For example: two nurses leave before the line opens, so nights are not covered.",
        "Enter what may happen",
    )
    owner = _owner()
    review_on = DatePartsField(label="Look at it again on", required=False, help_text="For example, 24 12 2026.")


class NewRiskForm(RiskForm):
    """A new risk is scored at once."""

    names: tuple[str, ...] = ("text", "likelihood", "impact", "owner", "review_on")
    likelihood = likelihood_field()
    impact = impact_field()
    field_order = ("version", "text", "likelihood", "impact", "owner", "review_on")


class ScoreForm(PrivateForm):
    """A risk is scored again, with the reason and the day of the next look at it."""

    guarded: ClassVar[tuple[str, ...]] = ("reason",)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    likelihood = likelihood_field()
    impact = impact_field()
    reason = text_field(
        "Why is it scored like this now?",
        "What has changed since the last score, or what you looked at if nothing has.",
        "Enter why it is scored like this",
    )
    review_on = DatePartsField(label="Look at it again on", required=False, help_text="For example, 24 12 2026.")

    @classmethod
    def of(cls, risk: Risk) -> Self:
        """With the score as it stands. A day that has passed is not offered again."""
        ahead = risk.review_on if risk.review_on and risk.review_on >= today() else None
        return cls(
            initial={
                "version": risk.version,
                "likelihood": risk.likelihood,
                "impact": risk.impact,
                "review_on": ahead,
            }
        )

    def clean_review_on(self) -> Any:
        """Only days to come."""
        day = self.cleaned_data["review_on"]
        if day and day < today():
            raise forms.ValidationError("Enter a date that is not in the past")
        return day


class IssueForm(EntryForm):
    """Something that has happened."""

    names: tuple[str, ...] = ("text", "severity", "owner")
    text = text_field(
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

    guarded: ClassVar[tuple[str, ...]] = ("text", "options")
    names: tuple[str, ...] = ("text", "options", "decided_by", "decided_by_words", "decided_on", "group", "review_on")
    text = text_field("What was decided?", "", "Enter what was decided")
    options = forms.CharField(
        label="What else was considered? (optional)",
        help_text="The options, and why they were not chosen.",
        max_length=2 * LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
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
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="In which group was it decided?",
        required=False,
        empty_label="In none of the groups",
    )
    review_on = DatePartsField(
        label="Look at it again on (optional)", required=False, help_text="For example, 24 12 2026."
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


class NewDecisionForm(DecisionForm):
    """A new decision may take the place of an earlier one, which then points at it."""

    names: tuple[str, ...] = (*DecisionForm.names, "replaces")
    replaces = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Does it replace an earlier decision?",
        help_text="The earlier one stays readable and points at this one.",
        required=False,
        empty_label="No",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Decision.objects.filter(programme=self.programme, superseded_by=None)
        if self.workstream:
            standing = standing.filter(Q(workstream=self.workstream) | Q(workstream=None))
        self.fields["replaces"].queryset = standing  # type: ignore[attr-defined]


class ActionForm(EntryForm):
    """Something to do."""

    names: tuple[str, ...] = ("text", "owner", "due_on")
    text = text_field("What is to be done?", "", "Enter what is to be done")
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
        self.sources: dict[str, Any] = {f"{kind}-{row.pk}": row for kind, row in _sources(workstream)}
        named = [(key, f"{key.partition('-')[0].capitalize()}: {row}") for key, row in self.sources.items()]
        self.fields["source"].choices = [("", "Nothing in the registers"), *named]  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        """With the risk, issue, ask, decision or meeting itself."""
        return super().answers | {"source": self.sources.get(self.cleaned_data["source"])}


def _sources(workstream: Workstream) -> list[tuple[str, Any]]:
    """What is open in the registers of a workstream, and its decisions."""
    asks = Ask.objects.of_workstream(workstream).with_state()
    return [
        *(("risk", row) for row in Risk.objects.of_workstream(workstream).open_on(today())),
        *(("issue", row) for row in Issue.objects.of_workstream(workstream).open_on(today())),
        *(("ask", row) for row in asks if row.state != "withdrawn"),
        *(("decision", row) for row in Decision.objects.of_workstream(workstream).filter(superseded_by=None)),
        *(("meeting", row) for row in _meetings(workstream)),
    ]


def _meetings(workstream: Workstream) -> Any:
    """The latest meetings of the workstream's groups and of the programme's."""
    ours = Q(group__workstream=workstream) | Q(group__workstream=None)
    rows = Meeting.objects.filter(ours, group__programme=workstream.programme_id).select_related("group")
    return rows[:MEETINGS_OFFERED]


class EndForm(PrivateForm):
    """How an entry ended, and when."""

    guarded: ClassVar[tuple[str, ...]] = ("how",)

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
