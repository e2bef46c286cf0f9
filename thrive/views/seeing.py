"""What the pages of the map share: which places, which service, and who keeps it."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode

from programme.models import Place
from programme.permissions import ProgrammeRequest
from programme.roles import Permission
from thrive import the_map
from thrive.ages import Ages, ages_of
from thrive.groupings import Grouping, grouping
from thrive.models import Mapping, Service, ServiceQuerySet
from thrive.the_map import Lands
from workstreams.voice_words import GROUP_WORDS


def keeps(request: ProgrammeRequest) -> bool:
    """Whether this reader keeps the map."""
    return Permission.KEEP_MAP in request.permissions


def services(lands: Lands) -> ServiceQuerySet:
    """The services of the places that a programme works in. Whoever reads its map reads them all."""
    return Service.objects.in_places(lands.around(lands.own))


def find_service(request: ProgrammeRequest, pk: int) -> Service:
    """A service of the programme's places, or 404."""
    found = Service.objects.of_programme(request.programme).select_related(
        "provider", "commissioner", "assured_by__person", "milestone__workstream"
    )
    return get_object_or_404(found, pk=pk)


def find_row(request: ProgrammeRequest, pk: int) -> Mapping:
    """A row of the map of the programme's places, or 404."""
    rows = Mapping.objects.of_programme(request.programme)
    return get_object_or_404(rows.select_related("service", "place", "reviewed_by__person"), pk=pk)


def place_among(lands: Lands, key: int) -> Place:
    """A place that the programme works in, or lies in; else 404."""
    found = lands.by_key.get(key)
    if found is None or key not in lands.around(lands.own):
        raise Http404
    return found


@dataclass(frozen=True)
class Where:
    """What the address of a cell names, and for whom it is looked at."""

    lands: Lands
    place: Place
    need: Grouping
    ages: Ages
    group: str

    @property
    def query(self) -> str:
        """The part of an address that keeps the group."""
        return f"?{urlencode({'group': self.group})}" if self.group else ""

    @property
    def whom(self) -> str:
        """The group in words, or nothing."""
        return GROUP_WORDS.get(self.group, "")

    @property
    def names(self) -> dict[int, str]:
        """Every place's name."""
        return {key: each.name for key, each in self.lands.by_key.items()}


def find_cell(request: ProgrammeRequest, place: int, need: str, ages: str) -> Where:
    """The cell at an address, or 404. Two queries."""
    lands, found, stretch = the_map.lands_of(request.programme), grouping(need), ages_of(ages)
    if found is None or stretch is None:
        raise Http404
    asked = request.GET.get("group", "")
    return Where(lands, place_among(lands, place), found, stretch, asked if asked in GROUP_WORDS else "")
