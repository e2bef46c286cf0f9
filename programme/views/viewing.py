"""Seeing the pages as another role would."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme.actions import roles
from programme.manage_forms import ViewAsForm
from programme.permissions import VIEWABLE, VIEWING, ProgrammeRequest, requires
from programme.roles import Permission
from programme.views.asking import Words, ask


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_AS)
def view_as(request: ProgrammeRequest) -> HttpResponse:
    """Choose a role and begin."""
    programme = request.programme
    words = Words(
        caption=programme.name,
        title="See the pages as another role would",
        button="Begin",
        back=reverse("manage", args=[programme.slug]),
        back_text="Manage",
        points=[
            "You see what somebody with that role would see, never more than you may see yourself.",
            (
                "Until you stop, nothing you send is saved. A line at the top of every page says so. That you looked is"
                " recorded."
            ),
        ],
    )

    def act(form: Any) -> HttpResponse:
        role = form.cleaned_data["role"]
        roles.view_as(programme=programme, role=role, began=True, by=request.user)
        request.session[VIEWING] = {"programme": programme.pk, "role": role}
        return redirect("dashboard", programme.slug)

    return ask(request, words, ViewAsForm, act)


@require_POST
@requires(Permission.READ_PROGRAMME)
def stop_viewing(request: ProgrammeRequest) -> HttpResponse:
    """Be oneself again."""
    viewing = request.user.viewing_as
    if viewing is None:
        return redirect("dashboard", request.programme.slug)
    del request.session[VIEWING]
    roles.view_as(programme=request.programme, role=viewing.role, began=False, by=request.user)
    messages.success(request, f"You are no longer viewing as {VIEWABLE[viewing.role]}.")
    return redirect("manage", request.programme.slug)
