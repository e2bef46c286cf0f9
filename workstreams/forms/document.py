"""Forms of links and of questions asked at launch."""

from typing import Any, ClassVar

from django import forms

from programme.links import LONGEST as LONGEST_LINK
from programme.links import checked_link
from programme.models import Person
from workstreams.forms.register import LONGEST_NAME, EndForm, EntryForm, text_field
from workstreams.models import Document


class LinkForm(EntryForm):
    """A document or a page, and when to look whether it still holds."""

    names: tuple[str, ...] = ("text", "url", "kind", "owner", "check_after")
    text = forms.CharField(
        label="Title", max_length=LONGEST_NAME, error_messages={"required": "Enter the title of the document or page"}
    )
    url = forms.CharField(
        label="Link",
        help_text="For example, https://example.nhs.uk/policy. Nobody who may not open the page gets to see it here.",
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none", "inputmode": "url"}),
        error_messages={"required": "Enter the link"},
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Select one"), *Document.Kind.choices],
        error_messages={"required": "Select what it is"},
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Who looks after it?", required=False, empty_label="Nobody yet"
    )
    check_after = forms.TypedChoiceField(
        label="When is it to be looked at again?",
        choices=[("", "Not at all"), *Document.CHECKS],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean_url(self) -> str:
        """Only addresses that can be followed."""
        try:
            return checked_link(self.cleaned_data["url"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class QuestionForm(EntryForm):
    """A question that somebody asked."""

    guarded: ClassVar[tuple[str, ...]] = ("text", "asked_by")
    names: tuple[str, ...] = ("text", "asked_by", "owner")
    text = text_field("What was asked?", "In their words, without names.", "Enter what was asked")
    asked_by = forms.CharField(
        label="Who asked? (optional)",
        help_text="A group or a role, such as ‘staff at the launch event’. Never a name.",
        max_length=LONGEST_NAME,
        required=False,
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label="Who finds the answer?", required=False, empty_label="Nobody yet"
    )


class EndLinkForm(EndForm):
    """A link is taken away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].label = "Why is it taken away?"
        self.fields["how"].error_messages["required"] = "Enter why it is taken away"
        self.fields["on"].label = "From which day?"


class AnswerQuestionForm(EndForm):
    """A question is answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].label = "What is the answer?"
        self.fields["how"].error_messages["required"] = "Enter the answer"
        self.fields["on"].label = "On which day was it answered?"
        self.fields["on"].error_messages["required"] = "Enter the day on which it was answered"
