"""Choosing what the roadmap shows, changing many milestones at once, and bringing a spreadsheet in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from programme.models import Person, Place, Programme
from programme.tables import LARGEST_FILE, LIMITS_IN_WORDS
from workstreams.actions.plan_changes import Change
from workstreams.forms.milestone import SaidDateField
from workstreams.models import Milestone, Workstream, WorkstreamQuerySet, statements_of
from workstreams.roadmap import HORIZONS, Chosen
from workstreams.sheets import details_of


class RoadmapForm(forms.Form):
    """The roadmap's filters. Unknown values mean 'all', so that an old link still opens."""

    workstream = forms.ModelChoiceField(
        Workstream.objects.none(), to_field_name="slug", required=False, empty_label="All workstreams"
    )
    place = forms.ModelChoiceField(Place.objects.none(), required=False, empty_label="All places")
    critical = forms.ChoiceField(
        label="Which milestones?", required=False, choices=[("", "All milestones"), ("1", "Critical ones only")]
    )
    months = forms.ChoiceField(
        label="How far ahead?",
        required=False,
        choices=[("", "Next 12 months"), *((str(n), f"Next {n} months") for n in HORIZONS if n != 12), ("all", "All")],  # noqa: PLR2004 - what an empty choice means
    )

    def __init__(self, *args: Any, workstreams: WorkstreamQuerySet, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = workstreams  # type: ignore[attr-defined]
        self.fields["place"].queryset = programme.places.all()  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen(self) -> Chosen:
        """What was chosen, as far as it makes sense."""
        said = self.cleaned_data
        months = said.get("months") or "12"
        return Chosen(
            said.get("workstream"),
            said.get("place"),
            said.get("critical") == "1",
            None if months == "all" else int(months),
        )


class SheetForm(forms.Form):
    """A spreadsheet to bring in."""

    file = forms.FileField(
        label="Excel file",
        help_text=f"The file you downloaded here, with your changes. {LIMITS_IN_WORDS}",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "max_length": "Give the file a shorter name",
        },
        max_length=200,
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 5 MB")
        return file


class BulkForm(forms.Form):
    """Dates and owners of many milestones, a row of fields each; one reason serves the rows that give none."""

    reason = forms.CharField(
        label="Why do the dates change?",
        help_text="For every row whose date you changed and that gives no reason of its own.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, milestones: Sequence[Milestone], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = list(milestones)
        named = [("", "No owner"), *((str(person.pk), person.name) for person in people)]
        self.people = {str(person.pk): person for person in people}
        for row in self.milestones:
            self._add_row(row, named)
        self.order_fields([name for name in self.fields if name != "reason"])

    def _add_row(self, row: Milestone, named: Sequence[tuple[str, str]]) -> None:
        at = f"r{row.pk}"
        owner = row.owner.survivor if row.owner else None
        choices = [*named]
        if owner and str(owner.pk) not in self.people:
            choices.append((str(owner.pk), owner.name))
            self.people[str(owner.pk)] = owner
        self.fields[f"{at}-version"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.version)
        self.fields[f"{at}-when"] = SaidDateField(
            label=f"Date of {row.title}", required=False, initial=date_words(row), help_text=""
        )
        self.fields[f"{at}-why"] = forms.CharField(label=f"Reason for {row.title}", required=False, max_length=500)
        self.fields[f"{at}-owner"] = forms.ChoiceField(
            label=f"Owner of {row.title}", required=False, choices=choices, initial=str(owner.pk) if owner else ""
        )

    def clean(self) -> dict[str, Any]:
        """A date that changes says why; a date is never taken away."""
        said: dict[str, Any] = super().clean() or {}
        for row in self.milestones:
            at, typed = f"r{row.pk}", str(self.data.get(f"r{row.pk}-when", "")).strip()
            if f"{at}-when" in self.errors or typed == date_words(row):
                continue
            if not typed:
                self.add_error(f"{at}-when", f"Enter the date of “{row.title}”. It cannot be taken away")
            elif not (said.get(f"{at}-why") or said.get("reason")):
                self.add_error(f"{at}-why", f"Say why the date of “{row.title}” changes")
        return said

    @property
    def changes(self) -> list[Change]:
        """What the rows without an error ask for."""
        wrong = self.wrong_rows
        found = (self._change(row) for row in self.milestones if row.pk not in wrong)
        return [change for change in found if change.details or change.when]

    @property
    def wrong_rows(self) -> set[int]:
        """The milestones whose row holds an error."""
        return {row.pk for row in self.milestones if any(name.startswith(f"r{row.pk}-") for name in self.errors)}

    def _change(self, row: Milestone) -> Change:
        at, said = f"r{row.pk}", self.cleaned_data
        change = Change(at, row.workstream, row, said[f"{at}-version"])
        owner = self.people.get(said[f"{at}-owner"])
        before = details_of(row)
        if owner != before.owner:
            change = replace(change, details=replace(before, owner=owner))
        when = said[f"{at}-when"]
        if when is not None and when.display() != date_words(row) and str(self.data[f"{at}-when"]) != date_words(row):
            change = replace(change, when=when, reason=said[f"{at}-why"] or said["reason"])
        return change


def date_words(row: Milestone) -> str:
    """The date a milestone is planned for, in words that can be typed again."""
    stated = statements_of(row)
    planned = stated.forecasts[-1] if stated.forecasts else stated.baseline
    return planned.display() if planned else ""
