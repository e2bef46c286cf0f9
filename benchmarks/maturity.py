"""CPU time and queries of maturity pages: 10 systems, each with 96 elements scored by 30 participants and agreed."""

import os
import sys
from datetime import UTC, date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
django.setup()

from django.db import connection  # noqa: E402 - models need Django
from django.test import Client  # noqa: E402

from benchmarks.pages import measure, reader  # noqa: E402
from programme.actions import programmes  # noqa: E402
from programme.history import recorded  # noqa: E402
from programme.models import Place, Programme, User  # noqa: E402
from programme.roles import Role  # noqa: E402
from thrive.maturity import words  # noqa: E402
from thrive.maturity.actions.reviews import hashed  # noqa: E402
from thrive.maturity.models import Consensus, Domain, Element, Framework, Level, Participant, Review, Score  # noqa: E402

SYSTEMS, PARTICIPANTS = 10, 30
NOW = datetime.now(tz=UTC)
DAY = date(2026, 10, 1)


def programme_of(user: User) -> Programme:
    """A programme that works in ten systems, each with an agreed review; made once."""
    found = Programme.objects.filter(slug="bench-maturity").first()
    if found:
        return found
    made = programmes.create(name="Bench maturity", slug="bench-maturity", by=None)
    programmes.give_role(programme=made, user=user, role=Role.OFFICE, since=date(2020, 1, 1), by=None)
    with recorded(by=None, action="Benchmark"):
        for number in range(SYSTEMS):
            place = Place.objects.create(name=f"Bench system {number}")
            made.places.add(place)
            fill(place, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def fill(place: Place, number: int) -> None:
    """A review with everybody's scores of everything, and everything agreed."""
    framework = Framework.objects.get(number=1)
    review = Review.objects.create(
        framework=framework, place=place, kind="self", title=f"Review {number}", period_words="October 2026",
        period_from=DAY, period_until=DAY, state="agreed",
    )  # fmt: skip
    codes = list(Domain.objects.filter(framework=framework).values_list("code", flat=True))
    people = Participant.objects.bulk_create(
        Participant(
            review=review, name=f"Person {n}", sector=words.SECTORS[n % len(words.SECTORS)][0], domains=codes,
            token_hash=hashed(f"{number} {n}"), expires_at=NOW + timedelta(days=60),
        )
        for n in range(PARTICIPANTS)
    )  # fmt: skip
    elements = list(Element.objects.filter(domain__framework=framework))
    levels = list(Level.objects.filter(framework=framework))
    Score.objects.bulk_create(
        Score(participant=p, element=e, level=levels[(n * 7 + k * 3 + number) % 4], reason="Reason " * 8, at=NOW)
        for n, p in enumerate(people)
        for k, e in enumerate(elements)
    )
    Consensus.objects.bulk_create(
        Consensus(
            review=review, element=e, number=1, level=levels[(k + number) % 4], rationale="Words " * 20,
            decided_by="The workshop", decided_on=DAY, at=NOW,
        )
        for k, e in enumerate(elements)
    )  # fmt: skip


def main() -> None:
    """Print one row a page, as Markdown."""
    user = reader()
    client = Client()
    client.force_login(user)
    root = f"/p/{programme_of(user).slug}/maturity/"
    keys = list(Review.objects.filter(title__startswith="Review ").values_list("pk", flat=True))
    compared = "&".join(f"review={key}" for key in keys[:4])
    sys.stdout.write("| page | CPU ms | wall ms | queries | kB |\n|---|---|---|---|---|\n")
    for name, address in (
        ("reviews", root),
        ("one review", f"{root}{keys[0]}/"),
        ("one domain", f"{root}{keys[0]}/domains/ACC/"),
        ("workshop", f"{root}{keys[0]}/workshop/"),
        ("agreeing on one element", f"{root}{keys[0]}/elements/ACC05/"),
        ("four reviews side by side", f"{root}compare/?{compared}"),
    ):
        cpu, wall, queries, size_kb = measure(client, address)
        sys.stdout.write(f"| {name} | {cpu:.1f} | {wall:.1f} | {queries} | {size_kb} |\n")


if __name__ == "__main__":
    main()
