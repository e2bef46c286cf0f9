"""Forms of findings, evidence, the library, and a new version of the framework."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Place
from programme.refusals import Refused
from thrive.maturity import sheets, words
from thrive.maturity.framework_file import FrameworkText, Unreadable
from thrive.maturity.models import Domain, Element
from workstreams.forms.milestone import LinkField
from workstreams.forms.private import PrivateForm
from workstreams.models import Milestone, MonthlyUpdate


class FindingForm(PrivateForm):
    """A finding on a domain."""

    guarded: ClassVar = ("text",)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=words.FINDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    text = forms.CharField(
        label="In one or two sentences",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the finding"},
    )
    element = forms.ModelChoiceField(
        Element.objects.none(), label="Which element is it about? (optional)", required=False, empty_label="The domain"
    )

    def __init__(self, *args: Any, elements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        element: Any = self.fields["element"]
        element.queryset = elements


class EvidenceForm(forms.Form):
    """A piece of evidence for an element of a domain."""

    element = forms.ModelChoiceField(
        Element.objects.none(), label="For which element?", error_messages={"required": "Select the element"}
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=words.EVIDENCE_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label="Which milestone?", required=False, empty_label="None"
    )
    update = forms.ModelChoiceField(
        MonthlyUpdate.objects.none(), label="Which monthly update?", required=False, empty_label="None"
    )
    title = forms.CharField(
        label="What does it show?", max_length=200, error_messages={"required": "Enter what it shows"}
    )
    url = LinkField(label="Link (needed for a web page)", required=False, max_length=500)
    expires_on = DatePartsField(label="After which day should it no longer count? (optional)", required=False)

    def __init__(self, *args: Any, elements: Any, milestones: Any, updates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["element"].queryset, chosen["milestone"].queryset = elements, milestones
        chosen["update"].queryset = updates
        chosen["kind"].reveals = {"milestone": ["milestone"], "update": ["update"]}

    def clean(self) -> dict[str, Any]:
        """Each kind with what it needs."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == "link" and not cleaned.get("url") and not self.has_error("url"):
            self.add_error("url", "Enter the link")
        for name, asked in (("milestone", "Select the milestone"), ("update", "Select the monthly update")):
            if kind != name:
                cleaned[name] = None
            elif not cleaned.get(name):
                self.add_error(name, asked)
        return cleaned


class LibraryForm(forms.Form):
    """The library's filters. Unknown values mean 'all'."""

    domain = forms.ChoiceField(label="Domain", required=False)
    place = forms.ChoiceField(label="Place", required=False)
    kind = forms.ChoiceField(label="What", required=False, choices=[("", "Everything"), *words.PRACTICES])
    q = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, *args: Any, domains: Sequence[Domain], places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["domain"].choices = [("", "All domains"), *((d.code, d.name) for d in domains)]
        chosen["place"].choices = [("", "All places"), *((str(p.pk), p.name) for p in places)]
        self.is_valid()

    @property
    def given(self) -> dict[str, str]:
        """What was chosen."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class PracticeForm(forms.Form):
    """Something for the library."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=words.PRACTICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    domain = forms.ChoiceField(label="Domain", error_messages={"required": "Select a domain"})
    place = forms.ModelChoiceField(
        Place.objects.all(), label="Where is it done? (optional)", required=False, empty_label="No single place"
    )
    text = forms.CharField(
        label="In one sentence", max_length=500, error_messages={"required": "Enter what is done, or what it is"}
    )
    url = LinkField(label="Link (optional)", required=False, max_length=500)
    source = forms.CharField(label="Where is it known from? (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, domains: Sequence[Domain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["domain"]
        chosen.choices = [(domain.code, domain.name) for domain in domains]


class CheckForm(forms.Form):
    """What became of a link."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    url = LinkField(label="Link", required=False, max_length=500)
    link_state = forms.ChoiceField(
        label="What is behind it?",
        choices=[each for each in words.LINK_STATES if each[0] != "unknown"],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is behind the link"},
    )
    on = DatePartsField(label="On which day did you look?", error_messages={"required": "Enter the day"})

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError("Enter a day that is not in the future")
        return on


class FrameworkForm(forms.Form):
    """The next version, as a file."""

    file = forms.FileField(
        label="The framework as a file",
        help_text="A JSON or XLSX file as this page gives it out. It becomes the next version; nothing is replaced.",
        error_messages={"required": "Choose a file"},
    )

    def clean_file(self) -> FrameworkText:
        """The version in the file, or everything that is wrong with it."""
        file = self.cleaned_data["file"]
        try:
            return sheets.framework_in(file.read(), file.name)
        except Unreadable as unreadable:
            raise forms.ValidationError(unreadable.problems) from unreadable
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
