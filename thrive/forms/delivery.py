"""Forms from gap to delivery."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from programme.fields import DatePartsField
from programme.models import Person, Place, Programme
from thrive import groupings, thread
from thrive.actions.delivery import Decision, Shortfall, Target
from thrive.ages import BIRTH, EVERYBODY, OLDEST
from thrive.forms.ages import age_from, age_to, stretch
from thrive.forms.mapping import not_ahead
from thrive.models import GapFinding, TargetOffer
from thrive.thread import Life
from workstreams.forms.private import PrivateForm
from workstreams.forms.register import people_of
from workstreams.models import Milestone, Workstream, WorkstreamQuerySet
from workstreams.voice_words import GROUPS

NEEDS = [("", "No single need"), *groupings.choices()]


def _box(label: str, missing: str, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )  # fmt: skip


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _place(form: forms.Form, places: Sequence[Place]) -> None:
    field: Any = form.fields["place"]
    field.queryset = Place.objects.filter(pk__in=[each.pk for each in places])
    field.choices = [("", "Select a place"), *((each.pk, each.name) for each in places)]


def _place_field(label: str = "Where?") -> "forms.ModelChoiceField[Place]":
    return forms.ModelChoiceField(Place.objects.none(), label=label, error_messages={"required": "Select a place"})


class _OfAges(PrivateForm):
    """Two boxes for ages; empty means from birth to 25."""

    def clean(self) -> dict[str, Any]:
        """Ages in order."""
        cleaned = super().clean()
        cleaned["age_from"] = BIRTH if cleaned.get("age_from") is None else cleaned["age_from"]
        cleaned["age_to"] = OLDEST if cleaned.get("age_to") is None else cleaned["age_to"]
        cleaned["ages"] = stretch(self, cleaned) or EVERYBODY
        return cleaned


class TargetForm(_OfAges):
    """What good looks like."""

    version = _version()
    place = _place_field("Where, with all that lies in it?")
    title = forms.CharField(
        label="What is the target called?", max_length=200, error_messages={"required": "Enter a name"}
    )
    good = _box(
        "What is there when it is met?", "Enter what good looks like", "Two or three sentences that anybody can check."
    )
    grouping = forms.ChoiceField(
        label="Which need is it about?",
        choices=NEEDS,
        required=False,
        help_text="With a need, the map shows what is there now.",
    )
    age_from, age_to = age_from(), age_to()
    source = forms.CharField(label="Where does it come from? (optional)", max_length=200, required=False)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self, places)

    @classmethod
    def start_of(cls, offer: TargetOffer) -> dict[str, Any]:
        """What the boxes of a target begin with."""
        return {name: getattr(offer, name) for name in cls.base_fields}

    @property
    def target(self) -> Target:
        """A valid form's answers."""
        names = ("title", "good", "source", "grouping", "ages")
        return Target(**{name: self.cleaned_data[name] for name in names})


class GapForm(_OfAges):
    """Where a place falls short."""

    guarded: ClassVar = ("title", "now")

    place = _place_field()
    target = forms.ModelChoiceField(
        TargetOffer.objects.none(), label="Of which target?", required=False, empty_label="No target: only the map"
    )
    title = forms.CharField(
        label="What is missing?", max_length=200, error_messages={"required": "Enter what is missing"}
    )
    now = _box("What is there today?", "Enter what is there today", "Nothing is an answer, too.")
    grouping = forms.ChoiceField(label="Which need is it about?", choices=NEEDS, required=False)
    age_from, age_to = age_from(), age_to()
    group = forms.ChoiceField(label="For whom?", choices=[("", "Everybody"), *GROUPS], required=False)

    def __init__(self, *args: Any, places: Sequence[Place], targets: QuerySet[TargetOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self, places)
        target: Any = self.fields["target"]
        target.queryset = targets

    @property
    def lacks(self) -> Shortfall:
        """A valid form's answers."""
        return Shortfall(**{name: self.cleaned_data[name] for name in ("title", "now", "grouping", "ages", "group")})


class GapDecisionForm(PrivateForm):
    """Accept a gap, or not."""

    guarded: ClassVar = ("reason",)

    version = _version()
    accepted = forms.ChoiceField(
        label="Is it to be filled?",
        choices=[("yes", "Yes, accept it"), ("no", "No, do not accept it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    reason = _box("Why?", "Enter why")


class EvidenceForm(PrivateForm):
    """What shows that something is done."""

    guarded: ClassVar = ("evidence",)

    version = _version()
    evidence = _box("What shows it?", "Enter what shows it", "For example a measure, a row of the map, or a document.")


class RecommendationForm(PrivateForm):
    """Something that should be done."""

    guarded: ClassVar = ("text",)

    text = _box("What is recommended?", "Enter what is recommended", "One recommendation, in a sentence or two.")
    place = _place_field("For which place?")
    source_kind = forms.ChoiceField(
        label="What does it come from?",
        choices=thread.SOURCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it comes from"},
    )
    source = forms.CharField(label="Its name (optional)", max_length=200, required=False)
    made_on = DatePartsField(label="When was it made? (optional)", required=False)
    gaps = forms.ModelMultipleChoiceField(
        GapFinding.objects.none(), label="Which gaps would it fill? (optional)", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Place], gaps: QuerySet[GapFinding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self, places)
        offered: Any = self.fields["gaps"]
        offered.queryset = gaps
        offered.label_from_instance = lambda gap: f"{gap.title}, {gap.place.name}"

    def clean_made_on(self) -> Any:
        """Not a day ahead."""
        return not_ahead(self.cleaned_data["made_on"])


class AnswerGapForm(forms.Form):
    """Which other gap a recommendation would fill."""

    gap = forms.ModelChoiceField(
        GapFinding.objects.none(),
        label="Which gap would it fill, too?",
        empty_label="Select a gap",
        error_messages={"required": "Select a gap"},
    )

    def __init__(self, *args: Any, gaps: QuerySet[GapFinding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["gap"]
        offered.queryset = gaps
        offered.label_from_instance = lambda gap: f"{gap.title}, {gap.place.name}"


class DecisionForm(PrivateForm):
    """Accept, adapt or decline."""

    guarded: ClassVar = ("reason", "adapted")

    version = _version()
    decision = forms.ChoiceField(
        label="What is decided?",
        choices=thread.DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is decided"},
    )
    adapted = forms.CharField(
        label="What will be done in its place?",
        help_text="Only where it is accepted in another form.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = _box("Why?", "Enter why")
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Who sees to it?", required=False, empty_label="Choose one, unless it is declined"
    )
    wanted_by = DatePartsField(label="By when?", required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = people_of(programme)

    def clean(self) -> dict[str, Any]:
        """What is taken on has an owner and a day."""
        cleaned = super().clean()
        if cleaned.get("decision") in {thread.ACCEPTED, thread.ADAPTED}:
            if not cleaned.get("owner"):
                self.add_error("owner", "Select who sees to it")
            if not cleaned.get("wanted_by") and "wanted_by" not in self.errors:
                self.add_error("wanted_by", "Enter by when it is wanted")
        if cleaned.get("decision") == thread.ADAPTED and not cleaned.get("adapted"):
            self.add_error("adapted", "Enter what will be done in its place")
        return cleaned

    @property
    def said(self) -> Decision:
        """A valid form's answers."""
        names = ("decision", "reason", "adapted", "owner", "wanted_by")
        return Decision(**{name: self.cleaned_data[name] for name in names})


class WorkForm(forms.Form):
    """Which work will bring it about: a workstream, or better one of its milestones."""

    workstream = forms.ModelChoiceField(
        Workstream.objects.none(),
        label="Which workstream?",
        empty_label="Select a workstream",
        error_messages={"required": "Select a workstream"},
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="Which of its milestones will show it?",
        help_text="Without a milestone nobody can see whether it is coming.",
        required=False,
        empty_label="None yet",
    )

    def __init__(self, *args: Any, workstreams: WorkstreamQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stream: Any = self.fields["workstream"]
        stream.queryset = workstreams
        milestone: Any = self.fields["milestone"]
        theirs = Milestone.objects.filter(workstream__in=workstreams, dropped_on=None)
        milestone.queryset = theirs.select_related("workstream").order_by("workstream__name", "pk")
        milestone.label_from_instance = lambda each: f"{each.workstream.name}: {each.title}"

    def clean(self) -> dict[str, Any]:
        """A milestone of that workstream."""
        cleaned: dict[str, Any] = super().clean() or {}
        workstream, milestone = cleaned.get("workstream"), cleaned.get("milestone")
        if workstream and milestone and milestone.workstream_id != workstream.pk:
            self.add_error("milestone", f"Select a milestone of {workstream}, or none")
        return cleaned


class WhyForm(forms.Form):
    """Why something is taken back."""

    reason = _box("Why?", "Enter why", rows=2)


class ThreadFilterForm(forms.Form):
    """Which gaps or recommendations to show. Unknown values mean all."""

    place = forms.ChoiceField(label="Place", required=False)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, *args: Any, places: Sequence[Place], states: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", "All places"), *((str(each.pk), each.name) for each in places)]
        state: Any = self.fields["state"]
        state.choices = [("", "All"), *states]
        self.is_valid()

    @property
    def place_key(self) -> int | None:
        """The chosen place."""
        said = self.cleaned_data.get("place")
        return int(said) if said else None

    @property
    def chosen_state(self) -> str:
        """The chosen state."""
        return str(self.cleaned_data.get("state") or "")


LIVES = [("lacking", "Accepted without living work"), *((life.value, life.words) for life in Life)]
