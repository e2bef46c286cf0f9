"""What the map has to tell a board report, in a fixed number of queries."""

from datetime import datetime

from programme.clock import day_of
from programme.dates import day_words
from programme.models import Programme
from thrive import thread, threads
from thrive.reported import FilledTold, GapsTold, GapTold
from thrive.thread import Life
from thrive.threads import Thread


def gaps(programme: Programme, at: datetime) -> GapsTold:
    """Accepted gaps, and accepted recommendations with the work for them; as they stand when the report is made."""
    told, found = threads.of_programme(programme, day_of(at))
    if not told.rows and not found:
        return GapsTold()
    check = thread.check_sentence(each.life for each in found)
    accepted = [each for each in found if each.life not in {Life.UNDECIDED, Life.DECLINED}]
    return GapsTold(
        f"{told.sentence} {check}".strip(),
        tuple(
            GapTold(row.title, row.place.name, row.pk not in told.unanswered)
            for row in told.rows
            if row.state == thread.KEPT
        ),
        tuple(_filled(each, programme) for each in sorted(accepted, key=lambda each: not each.life.lacks_work)),
    )


def _filled(each: Thread, programme: Programme) -> FilledTold:
    said = each.recommendation
    own = [work for work in each.works if work.workstream.programme_id == programme.pk]
    return FilledTold(
        str(said),
        said.place.name,
        each.life.words,
        each.life.lacks_work,
        said.owner.survivor.name if said.owner else "",
        day_words(said.wanted_by) if said.wanted_by else "",
        tuple(f"{work.named.milestone} ({work.workstream}), {work.when}" for work in own if work.named.milestone),
    )
