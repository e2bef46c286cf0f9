"""Forms about asks: asking, answering, saying more, withdrawing."""

from typing import Any, ClassVar

from django import forms

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Programme
from workstreams.forms.private import PrivateForm
from workstreams.models import AskEvent, Group

LONGEST_ASK = 500
LONGEST_SENTENCE = 500
Kind = AskEvent.Kind


class AskForm(PrivateForm):
    """What is wanted from above."""

    guarded: ClassVar = ("text",)

    text = forms.CharField(
        label="What do you need?",
        help_text="One thing that can be answered with yes or no, such as: fund two more nurses until March.",
        max_length=LONGEST_ASK,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you need"},
    )
    wanted_by = DatePartsField(
        label="By which day do you need the answer?", required=False, help_text="For example, 24 12 2026."
    )
    is_blocking = forms.BooleanField(
        label="The work cannot go on without it",
        help_text="If a blocking ask stays unanswered for long, the rules rate the workstream Red.",
        required=False,
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="Which group do you ask?",
        help_text="It can be passed up to the group above. Whoever may answer can answer in any case.",
        required=False,
        empty_label="No group: the senior leadership team and the sponsor",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(programme=programme).standing()
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        """What blocks the work names its day."""
        cleaned = super().clean() or {}
        if cleaned.get("is_blocking") and not cleaned.get("wanted_by") and "wanted_by" not in self.errors:
            self.add_error("wanted_by", "Enter the day by which you need the answer")
        return cleaned


class SentenceForm(PrivateForm):
    """A sentence added to an ask. `version` is the event it was typed on."""

    guarded: ClassVar = ("sentence",)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sentence = forms.CharField(
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter a sentence"},
    )


class AnswerForm(SentenceForm):
    """Yes, no or more needed, with a sentence and a day."""

    kind = forms.ChoiceField(
        label="What is your answer?",
        choices=[(Kind.YES, "Yes"), (Kind.NO, "No"), (Kind.MORE_NEEDED, "More is needed before we can answer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select your answer"},
    )
    day = DatePartsField(
        label="Which day goes with it?",
        help_text="For yes, the day from which it holds. For no, the day it was decided. "
        "If more is needed, the day by which you want it.",
        error_messages={"required": "Enter the day that goes with your answer"},
    )
    field_order = ("version", "kind", "sentence", "day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {Kind.YES.value: "It is recorded as a decision.", Kind.MORE_NEEDED.value: "It goes back to the lead."}
        self.fields["kind"].choice_hints = hints  # type: ignore[attr-defined]
        self.fields["sentence"].label = "Say it in a sentence"
        self.fields["sentence"].help_text = "The lead reads this. For no, say why; if more is needed, say what."
        self.fields["day"].initial = today


class ReplyForm(SentenceForm):
    """The more that was needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].label = "What they asked for"
        self.fields["sentence"].error_messages["required"] = "Enter what they asked for"


class WithdrawForm(SentenceForm):
    """Why it is no longer needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].label = "Why is it no longer needed?"
        self.fields["sentence"].error_messages["required"] = "Enter why it is no longer needed"


class PassUpForm(SentenceForm):
    """To which group, and why."""

    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="To which group?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the group"},
    )
    field_order = ("version", "group", "sentence")

    def __init__(self, *args: Any, groups: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Group.objects.none() if groups is None else groups  # type: ignore[attr-defined]
        self.fields["sentence"].label = "Why is it passed up?"
        self.fields["sentence"].help_text = "What this group could not decide, and what the next one is asked to do."
        self.fields["sentence"].error_messages["required"] = "Enter why it is passed up"


class PassDownForm(SentenceForm):
    """Why it goes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].label = "Why does it go back?"
        self.fields["sentence"].help_text = "For example: the group can decide this within its own budget."
        self.fields["sentence"].error_messages["required"] = "Enter why it goes back"
