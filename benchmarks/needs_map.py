"""CPU time and queries of the THRIVE map with thousands of services: each maps two needs in each place it serves."""

import sys
from datetime import date

from django.db import connection
from django.test import Client

from benchmarks.pages import measure, reader  # sets Django up
from programme.actions import programmes
from programme.history import recorded
from programme.models import Organisation, Place, Programme, User
from programme.roles import Role
from thrive.groupings import CODES
from thrive.models import ConfirmedNone, Mapping, Service, ServicePlace

PLACES, PLACES_SERVED, YEAR = 9, 3, 12
WORDS = ("crisis", "school", "family", "talking", "online", "outreach")


def programme_of(size: int, user: User) -> Programme:
    """A programme of nine places with `size` services, made once."""
    found = Programme.objects.filter(slug=f"map-{size}").first()
    if found:
        return found
    made = programmes.create(name=f"Map {size}", slug=f"map-{size}", by=None)
    programmes.give_role(programme=made, user=user, role=Role.OFFICE, since=date(2020, 1, 1), by=None)
    with recorded(by=None, action="Benchmark"):
        fill(made, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def fill(programme: Programme, size: int) -> None:
    """Services, the places they serve and two rows for each of them, in bulk."""
    system = Place.objects.create(name=f"System {size}", kind="system")
    places = Place.objects.bulk_create(Place(name=f"Place {size}-{n}", parent=system) for n in range(PLACES))
    programme.places.set(places)
    trust = Organisation.objects.create(name=f"Trust {size}")
    services = Service.objects.bulk_create(
        Service(
            name=f"{WORDS[n % len(WORDS)].title()} service {n}", provider=trust, offer="Helps young people. " * 5,
            age_from=n % 20 * YEAR, age_to=min(25, n % 20 + 7) * YEAR, reaches=["send"] if n % 4 else [],
        )
        for n in range(size)
    )  # fmt: skip
    served = [(s, places[(n + k) % PLACES]) for n, s in enumerate(services) for k in range(PLACES_SERVED)]
    ServicePlace.objects.bulk_create(ServicePlace(service=s, place=p) for s, p in served)
    Mapping.objects.bulk_create(
        Mapping(
            service=s, place=p, age_from=s.age_from, age_to=s.age_to, grouping=CODES[(s.pk + k) % len(CODES)],
            contribution="partial" if s.pk % 3 else "core",
        )
        for s, p in served
        for k in range(2)
    )  # fmt: skip
    ConfirmedNone.objects.bulk_create(
        ConfirmedNone(place=p, grouping=CODES[n % 5], age_from=0, age_to=6, evidence="x", on=date(2026, 1, 1))
        for n, p in enumerate(places)
    )


def main(sizes: list[int]) -> None:
    """Print one row a page and size, as Markdown."""
    user = reader()
    client = Client()
    client.force_login(user)
    sys.stdout.write("| page | services | CPU ms | wall ms | queries | kB |\n|---|---|---|---|---|---|\n")
    for size in sizes:
        programme = programme_of(size, user)
        root = f"/p/{programme.slug}/thrive/"
        place = programme.places.first()
        assert place is not None
        for name, address in (
            ("services, first page", f"{root}services/"),
            ("services by word, place, age and need", f"{root}services/?q=crisis&place={place.pk}&age=16&need=help"),
            ("services by group, sorted by wait", f"{root}services/?group=send&sort=-wait"),
            ("services, page 40", f"{root}services/?page=40"),
            ("map of one place", root),
            ("map of one place for a group", f"{root}?group=send"),
            ("one cell", f"{root}cells/{place.pk}/help/132-192/"),
            ("across nine places", f"{root}levels/"),
            ("where help ends, nine places", f"{root}words/"),
            ("what changed in a quarter", f"{root}changes/"),
            ("rows to change", f"{root}rows/"),
        ):
            cpu, wall, queries, kilobytes = measure(client, address)
            sys.stdout.write(f"| {name} | {size:,} | {cpu:.1f} | {wall:.1f} | {queries} | {kilobytes} |\n")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [2_000])
