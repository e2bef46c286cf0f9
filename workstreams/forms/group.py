"""Forms of groups: what a group is, who belongs to it, and the minutes of a meeting in one form."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.forms.boundfield import BoundField

from programme.clock import today
from programme.fields import DatePartsField
from programme.links import checked_link
from programme.models import Person, Programme
from workstreams.actions.groups import GroupFacts
from workstreams.actions.meetings import MinutedAction, MinutedDecision, Minutes
from workstreams.forms.private import PrivateForm
from workstreams.forms.register import LONGEST_TEXT, people_of
from workstreams.models import Attendance, Group, GroupMember, Meeting, Workstream, WorkstreamQuerySet

LONGEST_NAME, LONGEST_NOTES, LONGEST_LINK = 200, 10_000, 500
DECISIONS, ACTIONS = range(1, 3), range(1, 5)  # empty rows on a meeting's form; each save brings new ones
NO_NAMES = "Never name young people or their families: say ‘4 young people’ or ‘a parent’."
DAY = "For example, 24 12 2026."


class GroupForm(PrivateForm):
    """A group. `may` says whether the writer keeps groups of that kind about that workstream."""

    guarded: ClassVar = ("terms",)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    name = forms.CharField(
        label="Name",
        help_text="As people call it, such as ‘Crisis steering group’.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Enter the name of the group"},
    )
    kind = forms.ChoiceField(
        label="What kind of group is it?",
        choices=Group.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of group it is"},
    )
    cadence = forms.ChoiceField(
        label="How often does it meet?",
        choices=[("", "Select one"), *Group.Cadence.choices],
        error_messages={"required": "Select how often it meets"},
    )
    workstream = forms.ModelChoiceField(
        Workstream.objects.none(), label="Which workstream is it about?", required=False, empty_label="No single one"
    )
    reports_to = forms.ModelChoiceField(
        Group.objects.none(),
        label="To which group does it report?",
        help_text="An ask that it cannot answer is passed up to that group.",
        required=False,
        empty_label="To none of these",
    )
    terms = forms.CharField(
        label="Terms of reference (optional)",
        help_text="What the group is for, what it decides and what it does not.",
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    terms_url = forms.CharField(
        label="Link to the terms of reference (optional)",
        max_length=LONGEST_LINK,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none", "inputmode": "url"}),
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        workstreams: WorkstreamQuerySet,
        may: Callable[[str, Workstream | None], bool],
        group: Group | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may = may
        above = Group.objects.filter(programme=programme).standing().exclude(pk=group.pk if group else 0)
        self.fields["reports_to"].queryset = above  # type: ignore[attr-defined]
        self.fields["workstream"].queryset = workstreams  # type: ignore[attr-defined]

    @staticmethod
    def start_of(group: Group) -> dict[str, Any]:
        """What the form of a group starts with."""
        names = ("version", "name", "kind", "cadence", "workstream", "reports_to", "terms", "terms_url")
        return {name: getattr(group, name) for name in names}

    def clean_terms_url(self) -> str:
        """Only addresses that can be followed."""
        try:
            return checked_link(self.cleaned_data["terms_url"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Nobody makes a group that they could not keep."""
        cleaned = super().clean()
        asked = cleaned.get("kind") and "workstream" not in self.errors
        if asked and not self.may(cleaned["kind"], cleaned.get("workstream")):
            self.add_error("workstream", "Select one of your own workstreams")
        return cleaned

    @property
    def facts(self) -> GroupFacts:
        """What a valid form says."""
        names = ("name", "kind", "cadence", "workstream", "reports_to", "terms", "terms_url")
        return GroupFacts(**{name: self.cleaned_data[name] for name in names})


class MemberForm(PrivateForm):
    """Somebody who belongs to a group."""

    guarded: ClassVar = ("words",)

    person = forms.ModelChoiceField(
        Person.objects.none(), label="Who?", required=False, empty_label="Somebody not on this list"
    )
    words = forms.CharField(
        label="Who, if not on the list?",
        help_text=f"A role or a number. {NO_NAMES}",
        max_length=LONGEST_NAME,
        required=False,
    )
    role = forms.ChoiceField(
        label="As what?", choices=GroupMember.Role.choices, initial=GroupMember.Role.MEMBER, widget=forms.RadioSelect
    )
    since = DatePartsField(label="From which day?", help_text=DAY, error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(programme)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A person or words, not both."""
        cleaned = super().clean()
        if not cleaned.get("person") and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("person", "Select somebody, or say below who it is")
        if cleaned.get("person"):
            cleaned["words"] = ""
        return cleaned


class EndMemberForm(forms.Form):
    """The last day of somebody in a group."""

    until = DatePartsField(
        label="What is their last day in the group?", help_text=DAY, error_messages={"required": "Enter the day"}
    )


class EndGroupForm(PrivateForm):
    """Why and when a group ended."""

    guarded: ClassVar = ("reason",)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label="Why does it end?",
        help_text="For example: what it was set up for is done.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it ends"},
    )
    on = DatePartsField(
        label="On which day did it end?", help_text=DAY, error_messages={"required": "Enter the day on which it ended"}
    )


class MinutesForm(PrivateForm):
    """A meeting on one page: who came, notes, and rows for decisions and actions. Empty rows say nothing."""

    guarded: ClassVar = (
        "others",
        "notes",
        *(f"decision{n}_text" for n in DECISIONS),
        *(f"decision{n}_options" for n in DECISIONS),
        *(f"action{n}_text" for n in ACTIONS),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = DatePartsField(
        label="On which day was the meeting?",
        help_text=DAY,
        error_messages={"required": "Enter the day of the meeting"},
    )
    came = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Who came?", required=False, widget=forms.CheckboxSelectMultiple
    )
    apologies = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Who sent apologies?", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Who else came? (optional)", help_text=f"Roles or numbers. {NO_NAMES}", max_length=300, required=False
    )
    notes = forms.CharField(
        label="Notes (optional)",
        help_text="What was talked about, in a few lines.",
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, group: Group, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Person.objects.filter(pk__in=[person.pk for person in people])
        for name in ("came", "apologies"):
            self.fields[name].queryset = asked  # type: ignore[attr-defined]
            if not people:
                del self.fields[name]
        owners = people_of(group.programme)
        for number in DECISIONS:
            self.fields |= _decision_fields(f"decision{number}", number)
        for number in ACTIONS:
            self.fields |= _action_fields(f"action{number}", number, owners)

    @classmethod
    def of(cls, meeting: Meeting, people: Sequence[Person]) -> Self:
        """The form as a meeting stands; its decisions and actions are listed beside it."""
        attended = list(meeting.attendance.all())
        start: dict[str, Any] = {name: getattr(meeting, name) for name in ("version", "on", "others", "notes")}
        for name, state in (("came", Attendance.State.CAME), ("apologies", Attendance.State.APOLOGIES)):
            start[name] = [each.person_id for each in attended if each.state == state]
        return cls(initial=start, group=meeting.group, people=people)

    @property
    def decision_rows(self) -> list[list[BoundField]]:
        """The fields of each row for a decision."""
        return [[self[f"decision{number}_{part}"] for part in ("text", "options", "review")] for number in DECISIONS]

    @property
    def action_rows(self) -> list[list[BoundField]]:
        """The fields of each row for an action."""
        return [[self[f"action{number}_{part}"] for part in ("text", "owner", "due")] for number in ACTIONS]

    def clean_on(self) -> Any:
        """Only days that have come."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("Enter a date that is not in the future")
        return day

    def clean(self) -> dict[str, Any]:
        """A row that was begun says what; nobody came and was absent."""
        cleaned = super().clean()
        for name, parts, missing in (
            *((f"decision{n}", ("options", "review"), "Enter what was decided") for n in DECISIONS),
            *((f"action{n}", ("owner", "due"), "Enter what is to be done") for n in ACTIONS),
        ):
            begun = any(cleaned.get(f"{name}_{part}") for part in parts)
            if begun and not cleaned.get(f"{name}_text") and f"{name}_text" not in self.errors:
                self.add_error(f"{name}_text", missing)
        both = set(cleaned.get("came") or ()) & set(cleaned.get("apologies") or ())
        if both:
            names = " and ".join(sorted(person.name for person in both))
            self.add_error("apologies", f"{names} cannot have come and sent apologies")
        return cleaned

    @property
    def minutes(self) -> Minutes:
        """What a valid form says."""
        said = self.cleaned_data
        return Minutes(
            on=said["on"],
            came=list(said.get("came") or ()),
            apologies=list(said.get("apologies") or ()),
            others=said["others"],
            notes=said["notes"],
            decisions=[
                MinutedDecision(said[f"decision{n}_text"], said[f"decision{n}_options"], said[f"decision{n}_review"])
                for n in DECISIONS
                if said[f"decision{n}_text"]
            ],
            actions=[
                MinutedAction(said[f"action{n}_text"], said[f"action{n}_owner"], said[f"action{n}_due"])
                for n in ACTIONS
                if said[f"action{n}_text"]
            ],
        )


def _words(label: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _decision_fields(name: str, number: int) -> dict[str, forms.Field]:
    return {
        f"{name}_text": _words(f"Decision {number}: what was decided?", 2),
        f"{name}_options": _words(f"Decision {number}: what else was considered?", 2),
        f"{name}_review": DatePartsField(label=f"Decision {number}: look at it again on", required=False),
    }


def _action_fields(name: str, number: int, owners: Any) -> dict[str, forms.Field]:
    return {
        f"{name}_text": _words(f"Action {number}: what is to be done?", 2),
        f"{name}_owner": forms.ModelChoiceField(
            owners, label=f"Action {number}: by whom?", required=False, empty_label="Nobody yet"
        ),
        f"{name}_due": DatePartsField(label=f"Action {number}: by when?", required=False),
    }
