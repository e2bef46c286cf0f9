"""Addresses of merged workstreams lead on to the workstream that stands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from programme.permissions import ProgrammeRequest
from workstreams.models import Workstream


def follows_merges(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where a workstream's address leads nowhere because it was merged, go on to the one it was merged into."""

    @wraps(view)
    def followed(request: ProgrammeRequest, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **kwargs)
        except Http404:
            seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme, slug=slug)
            merged = seen.exclude(merged_into=None).select_related("merged_into").first()
            if merged is None:
                raise
            lost = " Nothing was saved." if request.method == "POST" else ""
            messages.info(request, f"{merged} has been merged into {merged.survivor}.{lost}")
            return redirect("workstream", request.programme.slug, merged.survivor.slug)

    return followed
