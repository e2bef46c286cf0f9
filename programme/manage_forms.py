"""Forms of setting a programme up: its name, places, partners, months; organisations and places themselves."""

from typing import Any

from django import forms

from programme.models import Organisation, Place
from programme.periods import PeriodRule
from programme.permissions import VIEWABLE

NAME_LENGTH = 200


def name_field(label: str, required: str, *, hint: str = "") -> forms.CharField:
    """A one-line name."""
    return forms.CharField(label=label, help_text=hint, max_length=NAME_LENGTH, error_messages={"required": required})


class AliasesField(forms.CharField):
    """Other names, one on each line. Cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        defaults: dict[str, Any] = {
            "label": "Other names",
            "help_text": "As it is also written or was called before, one on each line.",
        }
        super().__init__(**(defaults | {"required": False, "widget": widget, "max_length": 2000} | kwargs))

    def prepare_value(self, value: object) -> object:
        """A list becomes lines."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The names, each once."""
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if any(len(name) > NAME_LENGTH for name in names):
            raise forms.ValidationError(f"Each name must be {NAME_LENGTH} characters or fewer")
        return names


class VersionForm(forms.Form):
    """A form that knows which version it was typed on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewProgrammeForm(forms.Form):
    """The first question of the journey."""

    name = name_field(
        "What is the programme called?", "Enter the programme’s name", hint="As people speak of it. You can change it."
    )
    mandate = forms.CharField(
        label="What is it to achieve?",
        help_text="Who asked for it and what it is for, in a sentence or two. You can write more later.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProgrammeNameForm(NewProgrammeForm, VersionForm):
    """The same question, asked again."""

    field_order = ("version", "name", "mandate")


class _ChooseOrAdd(forms.Form):
    """Records to tick, and names of new ones."""

    what = ""
    new = AliasesField()

    def clean_new(self) -> list[str]:
        """Names that are not there yet; those that are count as ticked."""
        names: list[str] = self.cleaned_data["new"]
        return names


class PlacesForm(_ChooseOrAdd):
    """Where the programme works."""

    chosen = forms.ModelMultipleChoiceField(
        Place.objects.filter(successor=None).select_related("parent"),
        label="Places already known",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new = AliasesField(
        label="Places that are not in the list",
        help_text="One on each line. You can say later which is part of which.",
    )


class PartnersForm(_ChooseOrAdd):
    """Who takes part."""

    chosen = forms.ModelMultipleChoiceField(
        Organisation.objects.filter(successor=None),
        label="Organisations already known",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new = AliasesField(
        label="Organisations that are not in the list",
        help_text="One on each line. You can say later what kind each is.",
    )


def _days(label: str, hint: str, least: int) -> forms.IntegerField:
    wrong = f"Enter a whole number from {least} to 15"
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=15,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class RuleForm(VersionForm):
    """The monthly rhythm, in working days of England."""

    opens_before_month_end = _days(
        "How many working days before the end of the month does the update open?", "0 is the first day after it.", 0
    )
    due_working_day = _days("On which working day of the next month is it due?", "5 is the fifth working day.", 1)
    closes_after_due = _days("How many working days later does the month close?", "0 is the day it is due.", 0)

    @property
    def rule(self) -> PeriodRule:
        """The rule as typed."""
        data = self.cleaned_data
        return PeriodRule(data["opens_before_month_end"], data["due_working_day"], data["closes_after_due"])


class OrganisationForm(VersionForm):
    """An organisation."""

    name = name_field("Name", "Enter the organisation’s name")
    kind = forms.ChoiceField(label="What kind of organisation is it?", choices=Organisation.Kind.choices)
    aliases = AliasesField()
    successor = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Has it been merged into or replaced by another?",
        required=False,
        empty_label="No, it still stands",
    )

    def __init__(self, *args: Any, besides: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.exclude(pk=besides.pk if besides else 0)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class PlaceForm(VersionForm):
    """A place."""

    name = name_field("Name", "Enter the place’s name")
    kind = forms.ChoiceField(label="How large is it?", choices=Place.Kind.choices)
    parent = forms.ModelChoiceField(
        Place.objects.none(), label="Which place is it part of?", required=False, empty_label="None that is listed"
    )
    aliases = AliasesField()
    successor = forms.ModelChoiceField(
        Place.objects.none(),
        label="Has it been merged into or replaced by another?",
        required=False,
        empty_label="No, it still stands",
    )

    def __init__(self, *args: Any, besides: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Place.objects.exclude(pk=besides.pk if besides else 0)
        for name in ("parent", "successor"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]


class ViewAsForm(forms.Form):
    """Which role to look at the pages as."""

    role = forms.ChoiceField(
        label="As which role?",
        choices=list(VIEWABLE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select a role", "invalid_choice": "Select a role from the list"},
    )
