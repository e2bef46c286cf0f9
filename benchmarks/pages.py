"""CPU time and queries of the main pages at several sizes: 48 sent updates and 15 milestones a workstream."""

import os
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
django.setup()

from django.db import connection  # noqa: E402 - models need Django
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from programme.actions import periods, programmes  # noqa: E402
from programme.clock import today  # noqa: E402
from programme.history import recorded  # noqa: E402
from programme.models import Person, Programme, User  # noqa: E402
from programme.periods import add_months  # noqa: E402
from programme.roles import Role  # noqa: E402
from workstreams.models import (  # noqa: E402
    Assignment,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Rating,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
    Workstream,
    WorkstreamStatus,
)

MONTHS, MILESTONES, BULLETS, RUNS = 48, 15, 4, 20
NOW = datetime.now(tz=UTC)


def reader() -> User:
    """Somebody who may read the dashboard."""
    found = User.objects.filter(email="bench@demo.example").first()
    if found:
        return found
    with recorded(by=None, action="Benchmark"):
        return User.objects.create_user("bench@demo.example", "bench-password", person=Person.objects.create(name="B"))


def programme_of(size: int, user: User) -> Programme:
    """A programme with `size` workstreams, made once."""
    found = Programme.objects.filter(slug=f"bench-{size}").first()
    if found:
        return found
    made = programmes.create(name=f"Bench {size}", slug=f"bench-{size}", by=None)
    programmes.give_role(programme=made, user=user, role=Role.OFFICE, since=date(2020, 1, 1), by=None)
    periods.make_ahead(programme=made, today=today(), since=add_months(today(), -MONTHS))
    with recorded(by=None, action="Benchmark"):
        fill(made, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def fill(programme: Programme, size: int) -> None:
    """Workstreams with leads, statuses, updates and milestones, in bulk."""
    lead = Person.objects.create(name="Benchmark lead")
    made = Workstream.objects.bulk_create(
        Workstream(programme=programme, slug=f"w-{n}", name=f"Workstream {n}", purpose="Purpose " * 20)
        for n in range(size)
    )
    since = date(2020, 1, 1)
    WorkstreamStatus.objects.bulk_create(
        WorkstreamStatus(workstream=w, status="current", since=since, at=NOW) for w in made
    )
    Assignment.objects.bulk_create(Assignment(workstream=w, person=lead, role="lead", since=since) for w in made)
    months = list(programme.periods.filter(due_on__lt=today()))
    updates = MonthlyUpdate.objects.bulk_create(MonthlyUpdate(workstream=w, period=p) for w in made for p in months)
    revisions = UpdateRevision.objects.bulk_create(UpdateRevision(update=u, number=1, at=NOW) for u in updates)
    UpdateEvent.objects.bulk_create(UpdateEvent(update=u, kind="submitted", at=NOW) for u in updates)
    UpdateItem.objects.bulk_create(
        UpdateItem(revision=r, section="progress", order=n, text="Words " * 15)
        for r in revisions
        for n in range(1, BULLETS + 1)
    )
    Rating.objects.bulk_create(
        Rating(
            workstream_id=r.update.workstream_id,
            period_id=r.update.period_id,
            rating="amber",
            reason="x",
            revision=r,
            at=NOW,
        )
        for r in revisions
    )
    milestones = Milestone.objects.bulk_create(
        Milestone(workstream=w, title=f"Milestone {n}") for w in made for n in range(MILESTONES)
    )
    MilestoneDate.objects.bulk_create(
        MilestoneDate(milestone=m, statement="baseline", words="x", start=day, end=day, precision="day", at=NOW)
        for n, m in enumerate(milestones)
        for day in [today() + timedelta(days=60 + n % MILESTONES * 20)]
    )


def measure(client: Client, address: str) -> tuple[float, float, int, int]:
    """Median CPU and wall milliseconds, queries and kilobytes of one page."""
    client.get(address)
    cpu, wall = [], []
    for _ in range(RUNS):
        began, clock = time.process_time(), time.perf_counter()
        response = client.get(address)
        cpu.append(1000 * (time.process_time() - began))
        wall.append(1000 * (time.perf_counter() - clock))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(cpu), statistics.median(wall), len(queries), len(response.content) // 1024


def main(sizes: list[int]) -> None:
    """Print one row a page and size, as Markdown."""
    user = reader()
    client = Client()
    client.force_login(user)
    sys.stdout.write("| page | workstreams | CPU ms | wall ms | queries | kB |\n|---|---|---|---|---|---|\n")
    for size in sizes:
        programme = programme_of(size, user)
        root = f"/p/{programme.slug}/"
        for name, address in (
            ("dashboard", root),
            ("workstream", f"{root}workstreams/w-1/"),
            ("updates of a workstream", f"{root}workstreams/w-1/updates/"),
            ("whose update is in", f"{root}updates/"),
            ("plan of a workstream", f"{root}workstreams/w-1/plan/"),
            ("roadmap, next 12 months", f"{root}roadmap/"),
            ("roadmap, everything", f"{root}roadmap/?months=all"),
            ("many milestones to change", f"{root}roadmap/edit/?months=all"),
            ("plan as a spreadsheet", f"{root}roadmap/file/"),
        ):
            cpu, wall, queries, size_kb = measure(client, address)
            sys.stdout.write(f"| {name} | {size:,} | {cpu:.1f} | {wall:.1f} | {queries} | {size_kb} |\n")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
