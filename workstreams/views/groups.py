"""Groups: all of a programme, one with its members and meetings, and changing them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.dates import day_words
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import counted
from workstreams import access
from workstreams.actions import groups as actions
from workstreams.forms.group import EndGroupForm, EndMemberForm, GroupForm, MemberForm
from workstreams.models import Group, GroupMember, Workstream
from workstreams.views.registers import Facts, posted_again

MEETINGS_SHOWN = 30


def readable(request: ProgrammeRequest) -> Any:
    """The programme's groups, with what a line about one needs."""
    seen = Group.objects.visible_to(request.user).filter(programme=request.programme)
    return seen.select_related("programme", "workstream__merged_into", "reports_to")


def find_group(request: ProgrammeRequest, pk: int) -> Group:
    """A group of this programme."""
    found: Group = get_object_or_404(readable(request), pk=pk)
    return found


def kept_group(request: ProgrammeRequest, pk: int) -> Group:
    """A group that the reader keeps; 403 for other readers."""
    group = find_group(request, pk)
    if not access.keeps_group(request.user, group, request.permissions):
        raise PermissionDenied
    return group


def _led(request: ProgrammeRequest) -> set[int]:
    return set(Workstream.objects.led_by(request.user, today()).values_list("pk", flat=True))


def _makes_groups(request: ProgrammeRequest) -> bool:
    wide = {Permission.EDIT_WORKSTREAMS, Permission.KEEP_VOICES} & request.permissions
    led = Workstream.objects.filter(programme=request.programme).led_by(request.user, today())
    return bool(wide) or led.exists()


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def group_list(request: ProgrammeRequest) -> HttpResponse:
    """The groups that meet, by kind, and those that have ended."""
    groups = list(readable(request).prefetch_related("meetings", "members__person__merged_into"))
    standing = [group for group in groups if group.ended_on is None]
    order = list(Group.Kind.values)
    context = {
        "groups": sorted(standing, key=lambda group: (order.index(group.kind), group.name.lower())),
        "ended": [group for group in groups if group.ended_on],
        "sentence": groups_sentence(standing),
        "can_add": _makes_groups(request),
        "today": today(),
    }
    return page(request, "workstreams/groups.html", context)


def groups_sentence(groups: list[Group]) -> str:
    """The page in one sentence."""
    if not groups:
        return "No group has been recorded yet."
    silent = sum(not group.meetings.all() for group in groups)
    unminuted = f" For {silent} of them no meeting has been written down yet." if silent else ""
    verb = "meets" if len(groups) == 1 else "meet"
    return f"{counted(len(groups), 'group')} {verb} for this programme.{unminuted}"


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def group_page(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What a group is for, who belongs to it, and its meetings."""
    group = find_group(request, pk)
    members = list(group.members.with_people())
    present = [member for member in members if member.until is None or member.until >= today()]
    meetings = list(group.meetings.prefetch_related("decisions", "actions")[:MEETINGS_SHOWN])
    context = {
        "group": group,
        "members": present,
        "former": [member for member in members if member not in present],
        "meetings": meetings,
        "sentence": _group_sentence(group, meetings),
        "below": group.reporting_groups.standing(),
        "decisions": group.decisions.filter(meeting=None, superseded_by=None),
        "keeps": group.ended_on is None and access.keeps_group(request.user, group, request.permissions),
    }
    return page(request, "workstreams/group.html", context)


def _group_sentence(group: Group, meetings: list[Any]) -> str:
    if group.ended_on:
        return f"This group ended on {day_words(group.ended_on)}."
    last = f" It last met on {day_words(meetings[0].on)}." if meetings else " No meeting has been written down yet."
    cadence = group.get_cadence_display()
    meets = f"It meets {cadence[0].lower()}{cadence[1:]}."
    return f"{meets}{last}"


def _group_form(request: ProgrammeRequest, data: Any = None, group: Group | None = None, **options: Any) -> GroupForm:
    """The form of a group, with the workstreams and the rights of whoever fills it in."""
    led, everything = _led(request), Workstream.objects.filter(programme=request.programme, merged_into=None)
    wide = {Permission.EDIT_WORKSTREAMS, Permission.KEEP_VOICES} & request.permissions

    def may(kind: str, workstream: Workstream | None) -> bool:
        roles = {"lead"} if workstream is not None and workstream.pk in led else frozenset[str]()
        return access.can_keep_group(roles, request.permissions, kind)

    workstreams = everything if wide else everything.filter(pk__in=led)
    return GroupForm(data, programme=request.programme, workstreams=workstreams, may=may, group=group, **options)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def add_group(request: ProgrammeRequest) -> HttpResponse:
    """Add a group."""
    if not _makes_groups(request):
        raise PermissionDenied
    words: dict[str, Any] = {"title": "Add a group", "button": "Add group"}
    if request.method == "GET":
        named = Workstream.objects.filter(programme=request.programme, slug=request.GET.get("workstream", "")).first()
        return _form_page(request, _group_form(request, initial={"workstream": named}), **words)
    form = _group_form(request, request.POST)
    if form.is_valid():
        try:
            made = actions.add(programme=request.programme, facts=form.facts, by=request.user)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "The group has been added. Say now who belongs to it.")
            return redirect("group", request.programme.slug, made.pk)
    return _form_page(request, form, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_group(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change what is said of a group. A save that is out of date shows both texts."""
    group = kept_group(request, pk)
    words: dict[str, Any] = {"title": "Change a group", "button": "Save changes", "group": group}
    if request.method == "GET":
        return _form_page(request, _group_form(request, group=group, initial=GroupForm.start_of(group)), **words)
    form = _group_form(request, request.POST, group)
    if not form.is_valid():
        return _form_page(request, form, **words)
    try:
        actions.change(group=group, facts=form.facts, version=form.cleaned_data["version"] or 0, by=request.user)
    except Stale as stale:
        again = _group_form(request, posted_again(request, stale.current.version), group)
        return _form_page(request, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, **words)
    messages.success(request, "The group has been changed.")
    return redirect("group", request.programme.slug, group.pk)


def facts_of(group: Group) -> Facts:
    """A group as it is stored, in words: what somebody else saved in the meantime."""
    above = str(group.reports_to) if group.reports_to else "No group"
    facts = [("Name", group.name), ("Kind", group.get_kind_display()), ("Meets", group.get_cadence_display())]
    facts += [("Reports to", above), ("Terms of reference", group.terms or "Not recorded")]
    return [*facts, ("Ended", day_words(group.ended_on))] if group.ended_on else facts


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def end_group(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that a group no longer meets."""
    group = kept_group(request, pk)
    words: dict[str, Any] = {"title": "End a group", "button": "End the group", "about": group.name, "group": group}
    if request.method == "GET":
        return _form_page(request, EndGroupForm(initial={"version": group.version, "on": today()}), **words)
    form = EndGroupForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, **words)
    try:
        actions.end(group=group, by=request.user, **form.cleaned_data)
    except Stale as stale:
        again = EndGroupForm(posted_again(request, stale.current.version))
        return _form_page(request, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, **words)
    messages.success(request, "The group has ended.")
    return redirect("group", request.programme.slug, group.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def add_member(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say who belongs to a group, as what and since when."""
    group = kept_group(request, pk)
    words: dict[str, Any] = {"title": "Add a member", "button": "Add member", "about": group.name, "group": group}
    if request.method == "GET":
        start = {"since": today(), "role": GroupMember.Role.MEMBER}
        return _form_page(request, MemberForm(programme=request.programme, initial=start), **words)
    form = MemberForm(request.POST, programme=request.programme)
    if form.is_valid():
        try:
            actions.add_member(group=group, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("person", str(refused))
        else:
            messages.success(request, "The member has been added.")
            return redirect("group", request.programme.slug, group.pk)
    return _form_page(request, form, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def end_member(request: ProgrammeRequest, pk: int, member: int) -> HttpResponse:
    """Say until when somebody belongs to a group."""
    group = kept_group(request, pk)
    found = get_object_or_404(group.members.with_people(), pk=member)
    words: dict[str, Any] = {
        "title": "End a membership",
        "button": "Save last day",
        "about": f"{found.name}, {group.name}",
        "group": group,
    }
    if request.method == "GET":
        return _form_page(request, EndMemberForm(initial={"until": today()}), **words)
    form = EndMemberForm(request.POST)
    if form.is_valid():
        try:
            actions.end_member(member=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, f"{found.name} is no longer among the members after that day.")
            return redirect("group", request.programme.slug, group.pk)
    return _form_page(request, form, **words)


def _form_page(request: ProgrammeRequest, form: Any, *, theirs: Facts | None = None, **words: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"form": form, "form_errors": wrong, "theirs": theirs, **words}
    return page(request, "workstreams/group_form.html", context, status=409 if theirs else 422 if wrong else 200)
