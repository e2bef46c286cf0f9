"""Forms of board reports: asking for one, publishing, withdrawing, links, schedules, and checking a file."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms

from programme.fields import DatePartsField
from programme.models import User
from programme.roles import Role
from reporting.actions.reading import LINK_DAYS
from reporting.actions.scheduling import Wanted
from reporting.authenticity import LARGEST
from reporting.editions import Edition
from reporting.models import ReportSchedule
from reporting.readers import roles_reading
from reporting.schedule_dates import Basis, hour_words

HOURS = range(5, 21)
READERS = (Role.SLT, Role.COMMISSIONER, Role.READER)
WHO_READS = [
    (each.value, f"{each.words}: {'commissioners read it, too' if each.is_for_outside else 'stays inside the trust'}")
    for each in Edition
]
PEOPLE_HINT = "Anybody with an account who may read it. Permission is asked for again each time they open it."
TELL_HINT = "Each gets an email with a link and nothing of what the report says. They sign in to read it."


class AskForm(forms.Form):
    """Which edition; and where something is missing, why the office goes on."""

    edition = forms.ChoiceField(
        label="Edition", choices=WHO_READS, initial=Edition.FULL.value, widget=forms.RadioSelect, required=False
    )
    decision = forms.CharField(
        label="Why do you report now all the same?",
        help_text="Your sentence is printed in the report, under your name.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_ready: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_ready:
            del self.fields["decision"]
        else:
            self.fields["decision"].required = True
            self.fields["decision"].error_messages["required"] = "Say why you report now, although something is missing"

    def clean_edition(self) -> Edition:
        """The full pack where nothing was chosen."""
        return Edition(self.cleaned_data["edition"] or Edition.FULL)


def _of_roles(field: Any, roles: Iterable[Role]) -> None:
    field.choices = [(role.value, str(role.label)) for role in roles]


def _of_people(field: Any, users: Iterable[User]) -> None:
    field.choices = [(user.pk, user.name) for user in users]


class PublishForm(forms.Form):
    """Who is told by e-mail: whole roles, and single people; only those who may read the edition are offered."""

    tell = forms.MultipleChoiceField(
        label="Who gets an email?", help_text=TELL_HINT, required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.TypedMultipleChoiceField(
        label="And who else, by name?",
        help_text=PEOPLE_HINT,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, edition: Edition, readers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = roles_reading(edition)
        _of_roles(self.fields["tell"], [role for role in READERS if role in able])
        _of_people(self.fields["people"], readers)


class WithdrawForm(forms.Form):
    """Why a published report is taken back."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Everybody who can read reports sees this instead of the report.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the report is withdrawn"},
    )


class LinkForm(forms.Form):
    """A link for somebody without an account."""

    for_whom = forms.CharField(
        label="Who is the link for?",
        help_text="A name you will recognise. It is shown beside each time the link is used.",
        max_length=200,
        error_messages={"required": "Enter who the link is for"},
    )
    days = forms.TypedChoiceField(
        label="How long does it work?",
        choices=[(days, f"{days} days") for days in LINK_DAYS],
        coerce=int,
        initial=LINK_DAYS[1],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long the link works"},
    )
    inside = forms.BooleanField(
        label="They sit on the trust’s board or work for the trust, and may read what stays inside it",
        help_text="For anybody else, make a link to the commissioner report.",
        error_messages={"required": "Say that they may read what stays inside the trust, or choose another report"},
    )

    def __init__(self, *args: Any, stays_inside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stays_inside:
            del self.fields["inside"]


class BoardDateForm(forms.Form):
    """A day on which the board meets."""

    on = DatePartsField(
        label="The board meets on",
        help_text="For example, 24 11 2026",
        error_messages={"required": "Enter the day on which the board meets"},
    )


class VerifyForm(forms.Form):
    """A file to be checked."""

    file = forms.FileField(
        label="The PDF you have",
        help_text="It is only looked at: it is not stored, and nobody sees it.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Choose a PDF", "empty": "The file is empty"},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1_000_000} MB, so it is none of ours")
        return file


class ScheduleForm(forms.Form):
    """What is made when, who approves it, and who is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    edition = forms.ChoiceField(
        label="What is made?",
        choices=WHO_READS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is made"},
    )
    basis = forms.ChoiceField(
        label="Count from",
        choices=[(basis.value, basis.words) for basis in Basis],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the working days are counted from"},
    )
    working_days = forms.IntegerField(
        label="How many working days?",
        min_value=1,
        max_value=20,
        error_messages={
            "required": "Enter how many working days",
            "invalid": "Enter a whole number, such as 2",
            "min_value": "Enter a number from 1 to 20",
            "max_value": "Enter a number from 1 to 20",
        },
    )
    hour = forms.TypedChoiceField(
        label="At what time?", choices=[(hour, hour_words(hour)) for hour in HOURS], coerce=int
    )
    approver = forms.ModelChoiceField(
        User.objects.none(),
        label="Who is asked to approve it?",
        empty_label="Choose a person",
        help_text="Never you: its reports are made in your name.",
        error_messages={"required": "Choose who is asked to approve it"},
    )
    told_roles = forms.MultipleChoiceField(
        label="Who gets an email when it is published?",
        help_text=TELL_HINT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    told_people = forms.TypedMultipleChoiceField(
        label="And who else, by name?",
        help_text=PEOPLE_HINT,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, approvers: Iterable[User], readers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of_roles(self.fields["told_roles"], READERS)
        _of_people(self.fields["told_people"], readers)
        able = User.objects.filter(pk__in=[user.pk for user in approvers]).select_related("person")
        field: Any = self.fields["approver"]
        field.queryset, field.label_from_instance = able, lambda user: user.name

    @classmethod
    def of(cls, schedule: ReportSchedule, approvers: Iterable[User], readers: Iterable[User]) -> Self:
        """The form as the schedule stands."""
        names = ("version", "edition", "basis", "working_days", "hour", "approver", "told_roles", "told_people")
        return cls(approvers=approvers, readers=readers, initial={name: getattr(schedule, name) for name in names})

    @property
    def wanted(self) -> Wanted:
        """The answers, for the action."""
        said = self.cleaned_data
        return Wanted(
            edition=Edition(said["edition"]),
            basis=Basis(said["basis"]),
            working_days=said["working_days"],
            hour=said["hour"],
            told_roles=said["told_roles"],
            approver=said["approver"],
            told_people=sorted(said["told_people"]),
        )
