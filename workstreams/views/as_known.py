"""A workstream as it was known on a day that the reader chooses."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.fields import DatePartsField
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams.as_known import as_known
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream


class DayForm(forms.Form):
    """The day, today or earlier."""

    on = DatePartsField(label="On which day?", help_text="For example, 27 3 2026.")

    def clean_on(self) -> object:
        """Nobody knows yet what will be known."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("Enter a day that is today or earlier")
        return day


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def known_on(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The workstream with the names, dates and words that were known by the end of a day."""
    workstream = find_workstream(request, slug)
    chosen = any(name.startswith("on_") for name in request.GET)
    form = DayForm(request.GET if chosen else None, initial={"on": today()})
    known = as_known(workstream, form.cleaned_data["on"]) if chosen and form.is_valid() else None
    context = {
        "workstream": workstream,
        "form": form,
        "form_errors": chosen and bool(form.errors),
        "known": known,
    }
    return page(request, "workstreams/as_known.html", context, part="known")
