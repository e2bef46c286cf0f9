"""Forms of the co-production log: what was heard, the next step, and the log's filters."""

from datetime import date
from typing import Any, ClassVar, Self

from django import forms

from programme.clock import today
from programme.dates import FuzzyDate
from programme.fields import DatePartsField
from workstreams.actions.voices import Heard
from workstreams.forms.milestone import SaidDateField
from workstreams.forms.private import PrivateForm
from workstreams.hearing import Step
from workstreams.models import Voice, WorkstreamQuerySet
from workstreams.voice_words import AUDIENCES, GROUPS, HOW, LEVELS

NO_NAMES = "Do not name young people or their families, and nothing that others would know them by."
LONGEST = 2_000


class VoiceForm(PrivateForm):
    """What was heard. `workstreams` are those the writer may record for; without `anywhere` one has to be chosen."""

    guarded: ClassVar = ("said", "quote")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    said = forms.CharField(
        label="What did they say?",
        help_text=f"In your words, as a point or two. {NO_NAMES}",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what they said"},
    )
    heard = SaidDateField(
        label="When was it heard?",
        help_text="As you would say it: 14 October 2026, October 2026 or Summer 2026.",
        error_messages={"required": "Enter when it was heard"},
    )
    how = forms.ChoiceField(
        label="How was it heard?",
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it was heard"},
    )
    audience = forms.ChoiceField(
        label="Who said it?",
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who said it"},
    )
    groups = forms.MultipleChoiceField(
        label="Under-served groups among them",
        help_text="Tick those who were there to speak for themselves. Leave empty if that is not known.",
        choices=GROUPS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    level = forms.ChoiceField(
        label="How far did they take part?",
        choices=[(key, words) for key, words, _ in LEVELS],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how far they took part"},
    )
    took_part = forms.IntegerField(
        label="How many took part?",
        help_text="Leave empty if nobody counted. A number under 5 is shown to readers as ‘fewer than 5’.",
        required=False,
        min_value=0,
        max_value=100_000,
        error_messages={"invalid": "Enter a whole number", "min_value": "Enter 0 or more"},
    )
    quote = forms.CharField(
        label="A quote (optional)",
        help_text=f"Their exact words, only if they agreed to have them written down. {NO_NAMES}",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    quote_consent = forms.BooleanField(
        label="Whoever said it agreed to be quoted, and the agreement is on record", required=False
    )
    workstream = forms.ModelChoiceField(
        WorkstreamQuerySet().none(), label="Which workstream is it about?", required=False, empty_label="No single one"
    )

    def __init__(self, *args: Any, workstreams: WorkstreamQuerySet, anywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["workstream"]
        chosen.queryset = workstreams
        if not anywhere:
            chosen.required, chosen.empty_label = True, "Select a workstream"
            chosen.error_messages["required"] = "Select which workstream it is about"
        level: Any = self.fields["level"]
        level.choice_hints = {key: hint for key, _, hint in LEVELS}

    @classmethod
    def of(cls, voice: Voice, **about: Any) -> Self:
        """The form as the record stands."""
        names = ("version", "said", "how", "audience", "groups", "level", "took_part", "quote", "quote_consent")
        initial = {name: getattr(voice, name) for name in names}
        return cls(initial=initial | {"heard": voice.heard_words, "workstream": voice.workstream_id}, **about)

    def clean_heard(self) -> FuzzyDate:
        """A day or a stretch with two ends that has begun."""
        heard: FuzzyDate = self.cleaned_data["heard"]
        if heard.start is None or heard.end is None:
            raise forms.ValidationError("Enter a day, a month or a season, such as 14 October 2026")
        if heard.start > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return heard

    def clean(self) -> dict[str, Any]:
        """A quote only with consent."""
        cleaned = super().clean()
        if cleaned.get("quote") and not cleaned.get("quote_consent"):
            self.add_error("quote_consent", "Confirm that they agreed to be quoted, or take the quote out")
        return cleaned

    @property
    def answers(self) -> Heard:
        """A valid form's answers, for the action."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if not cleaned["quote"]:
            cleaned["quote_consent"] = False
        return Heard(**cleaned, confirmed=self.confirmed)


# What each step asks: its question, its hint, who is asked for, and the question of the day.
_ASKED: dict[Step, tuple[str, str, str, str]] = {
    Step.DECIDED: ("What will be done?", "", "Who decided it?", "When was it decided?"),
    Step.DECLINED: (
        "Why will it not be done?",
        "Write it as you would say it to those who asked.",
        "Who decided it?",
        "When was it decided?",
    ),
    Step.DONE: ("What was done?", "", "Who did it?", "When was it done?"),
    Step.TOLD: (
        "How were they told?",
        "For example: at the next meeting of the group, and by a poster.",
        "Who told them?",
        "On which day were they told?",
    ),
    Step.NOT_TOLD: (
        "Why can they not be told?",
        "For example: the survey had no names and is closed.",
        "Who decided it?",
        "When was that settled?",
    ),
    Step.HEARD: ("Why is it opened again?", "What was recorded before stays in the record.", "", "From which day?"),
}


class StepForm(PrivateForm):
    """One step of the log. Asks for who only where that is part of the step."""

    guarded: ClassVar = ("text", "who")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    who = forms.CharField(max_length=200, help_text="A group or a role, such as ‘programme board’.", required=False)
    on = DatePartsField()

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text, hint, who, day = _ASKED[step]
        self.fields["text"].label, self.fields["text"].help_text = text, f"{hint} {NO_NAMES}".strip()
        self.fields["text"].error_messages["required"] = f"Answer: {text.lower().rstrip('?')}"
        self.fields["who"].label, self.fields["on"].label = who, day
        self.fields["on"].error_messages["required"] = "Enter the day"
        if not who:
            del self.fields["who"]
        elif step in {Step.DECIDED, Step.DECLINED}:
            self.fields["who"].required = True
            self.fields["who"].error_messages["required"] = "Enter who decided it"

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError("Enter a day that is not in the future")
        return on


class VoiceFilterForm(forms.Form):
    """The log's filters. Unknown values mean 'all', so that an old link still opens."""

    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "All states"),
            ("unanswered", "Not answered yet"),
            ("overdue", "Answer overdue"),
            *((step.value, step.state) for step in Step),
        ],
    )
    audience = forms.ChoiceField(label="Who said it", required=False, choices=[("", "Everybody"), *AUDIENCES])
    group = forms.ChoiceField(label="Under-served group", required=False, choices=[("", "All groups"), *GROUPS])
    workstream = forms.ChoiceField(label="Workstream", required=False)

    def __init__(self, *args: Any, workstreams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = [("", "All workstreams"), ("none", "No single one")]
        self.fields["workstream"].choices = [*everywhere, *workstreams]  # type: ignore[attr-defined]
