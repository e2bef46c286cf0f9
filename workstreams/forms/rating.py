"""Forms about ratings: a second opinion, and an answer to a question."""

from typing import Any

from django import forms

from programme.status import DECLARABLE
from workstreams.models import RatingThresholds

LONGEST_REASON = 1_000


class AssureForm(forms.Form):
    """A rating by somebody who did not write the update, with the reason."""

    rating = forms.ChoiceField(
        label="How is the workstream going, from the evidence you have seen?",
        choices=[(rag.value, rag.word) for rag in DECLARABLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the workstream is going"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Say which evidence you have seen. Where your rating differs from the lead’s, the lead is asked why.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why, from the evidence you have seen"},
    )

    def __init__(self, *args: Any, rules: RatingThresholds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choice_hints = {rag.value: rules.definition_of(rag) for rag in DECLARABLE}  # type: ignore[attr-defined]


class AnswerQuestionForm(forms.Form):
    """What the lead says."""

    text = forms.CharField(
        label="Your answer",
        help_text="It is shown beside the ratings to everyone who reads the workstream. No rating changes by it.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter your answer"},
    )
