"""Forms of managing people and workstreams."""

from collections.abc import Iterable
from typing import Any

from django import forms

from programme.fields import DatePartsField
from programme.manage_forms import AliasesField, VersionForm, name_field
from programme.models import Organisation, Person
from programme.names import may_be_same
from programme.roles import Role
from programme.wording import listed
from workstreams.models import Assignment, Workstream, WorkstreamStatus

EMAIL_ERRORS = {
    "required": "Enter the email address",
    "invalid": "Enter an email address in the correct format, like name@example.com",
}
NO_ROLE = [("", "None: they lead, deputise for or sponsor a workstream")]


def _email(*, required: bool = True, label: str = "Email address", hint: str = "") -> forms.EmailField:
    attrs = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.EmailInput(attrs=attrs),
        error_messages=EMAIL_ERRORS,
    )


def _organisation() -> Any:
    return forms.ModelChoiceField(
        Organisation.objects.filter(successor=None),
        label="Organisation",
        required=False,
        empty_label="Not recorded",
    )


def role_choices(*, administrator: bool) -> list[tuple[str, str]]:
    """The roles somebody may give."""
    return [(r.value, str(r.label)) for r in Role if administrator or r is not Role.ADMINISTRATOR]


class _RoleChoice(forms.Form):
    """A form whose roles are those that its user may give."""

    role: forms.ChoiceField

    def __init__(self, *args: Any, administrator: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [*field.choices, *role_choices(administrator=administrator)]

    @property
    def chosen_role(self) -> Role | None:
        """The role of a valid form."""
        value = self.cleaned_data["role"]
        return Role(value) if value else None


class _NewPerson(_RoleChoice):
    """Somebody new, who is not entered a second time by accident: names like theirs among `among` are asked about."""

    name = name_field("Name", "Enter the person’s name")
    anyway = forms.BooleanField(label="Add anyway: this is somebody else", required=False)

    def __init__(self, *args: Any, among: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get("name", ""))
        self.alike = [each for each in among if any(may_be_same(typed, name) for name in (each.name, *each.aliases))]
        if not self.alike:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        """Somebody with a name like that is here already, unless the reader has said that this is somebody else."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.alike and not cleaned.get("anyway"):
            names = listed([_described(each) for each in self.alike])
            words = f"{names} may be the same person. Use their page, or say below that this is somebody else"
            self.add_error("name", words)
        return cleaned


class PersonForm(_NewPerson):
    """Somebody new: named only, or invited at once."""

    organisation = _organisation()
    email = _email(
        required=False,
        label="Email address, to invite them now",
        hint="Leave it empty for somebody who is only to be named. You can invite them later.",
    )
    role = forms.ChoiceField(label="Role in the programme, if they are invited", required=False, choices=NO_ROLE)
    field_order = ("name", "organisation", "email", "role", "anyway")


def _described(person: Person) -> str:
    return f"{person.name} ({person.organisation})" if person.organisation else person.name


class PersonEditForm(VersionForm):
    """Name, other names and organisation."""

    name = name_field("Name", "Enter the person’s name")
    aliases = AliasesField()
    organisation = _organisation()


class InviteForm(_RoleChoice):
    """Where to send the invitation, and as what."""

    email = _email()
    role = forms.ChoiceField(label="Role in the programme", required=False, choices=NO_ROLE)


class AddressForm(forms.Form):
    """A new address for an account."""

    email = _email(label="New email address")


class RoleForm(_RoleChoice):
    """A programme-wide role from a day on."""

    role = forms.ChoiceField(label="Role", choices=[], error_messages={"required": "Select a role"})
    since = DatePartsField(label="From which day?", error_messages={"required": "Enter the first day"})


class LastDayForm(forms.Form):
    """The last day of something."""

    until = DatePartsField(
        label="What is the last day?",
        help_text="They can do everything until the end of that day. To end it at once, enter yesterday.",
        error_messages={"required": "Enter the last day"},
    )


class WorkstreamForm(forms.Form):
    """A new workstream."""

    name = name_field("Name", "Enter the workstream’s name")
    purpose = forms.CharField(
        label="What is it for?", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    parent = forms.ModelChoiceField(
        Workstream.objects.none(), label="Is it part of another workstream?", required=False, empty_label="No"
    )

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = among  # type: ignore[attr-defined]


class NewWorkstreamForm(WorkstreamForm):
    """A new workstream, running or only proposed."""

    running = forms.BooleanField(
        label="It is running now, and owes a monthly update",
        help_text="Leave this empty for one that is only proposed.",
        required=False,
    )


class WorkstreamEditForm(WorkstreamForm, VersionForm):
    """A workstream renamed or described."""

    aliases = AliasesField()
    field_order = ("version", "name", "purpose", "aliases", "parent")


# Merging has a page of its own.
SET_BY_HAND = [s for s in WorkstreamStatus.Status if s is not WorkstreamStatus.Status.MERGED]


class StatusForm(forms.Form):
    """How a workstream stands from a day on."""

    status = forms.ChoiceField(
        label="How does it stand?",
        choices=[(s.value, str(s.label)) for s in SET_BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it stands"},
    )
    since = DatePartsField(label="From which day?", error_messages={"required": "Enter the day"})
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason"},
    )


class _People(forms.Form):
    """A form that chooses among the people of a programme."""

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = among  # type: ignore[attr-defined]


def _person() -> Any:
    return forms.ModelChoiceField(
        Person.objects.none(),
        label="Who?",
        help_text="Add somebody on the page People first if they are not in the list.",
        empty_label="Select a person",
        error_messages={"required": "Select a person", "invalid_choice": "Select a person from the list"},
    )


class AppointForm(_People):
    """Somebody with a part in a workstream."""

    person = _person()
    role = forms.ChoiceField(
        label="As what?",
        choices=Assignment.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select lead, deputy lead or sponsor"},
    )
    since = DatePartsField(label="From which day?", error_messages={"required": "Enter the first day"})


class ReplaceForm(_People):
    """Who comes next, and from when."""

    person = _person()
    on = DatePartsField(label="What is their first day?", error_messages={"required": "Enter their first day"})


class FirstPeopleForm(_NewPerson):
    """One person of the journey: invited with a role, or as lead of a workstream."""

    email = _email(
        required=False,
        hint="They get a link to choose a password. Leave it empty for somebody who is only to be named.",
    )
    leads = forms.ModelChoiceField(
        Workstream.objects.none(), label="Do they lead a workstream?", required=False, empty_label="No"
    )
    role = forms.ChoiceField(label="Do they have a role in the programme?", required=False, choices=[("", "No")])
    field_order = ("name", "email", "leads", "role", "anyway")

    def __init__(self, *args: Any, workstreams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads"].queryset = workstreams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role needs an account, and so an address."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("role") and not cleaned.get("email"):
            self.add_error("email", "Enter the email address: somebody with a role needs an account")
        return cleaned


class NamesForm(forms.Form):
    """Workstreams by name, one on each line."""

    names = AliasesField(
        label="Names of the first workstreams",
        help_text="One on each line, as people call them. You can add more, and describe them, at any time.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
