"""The milestone of a service in a spreadsheet: written with its workstream, read back by these words or its title."""

from collections import defaultdict
from collections.abc import Mapping

from programme.models import Programme
from thrive.models import Service
from thrive.sheet_cells import Reading
from workstreams.models import Milestone

Named = Mapping[str, list[Milestone]]


def words(milestone: Milestone | None, programme: Programme) -> str:
    """'Hub: Doors open'; of another programme's only the title."""
    if milestone is None:
        return ""
    if milestone.workstream.programme_id != programme.pk:
        return milestone.title
    return f"{milestone.workstream.name}: {milestone.title}"


def named(programme: Programme) -> Named:
    """Every milestone that a service of the programme may wait for, by its words and by its title. One query."""
    found: dict[str, list[Milestone]] = defaultdict(list)
    own = Milestone.objects.filter(workstream__programme=programme, workstream__merged_into=None)
    for each in own.select_related("workstream"):
        found[each.title.casefold()].append(each)
        found[words(each, programme).casefold()].append(each)
    return found


def read(
    reading: Reading, heading: str, offered: Named, *, service: Service | None, programme: Programme
) -> Milestone | None:
    """What a cell names. The words that were written stand for what the service has already."""
    said = reading.cell(heading)
    held = service.milestone if service else None
    if not said or said == words(held, programme):
        return held if said else None
    found = offered.get(said.casefold(), [])
    if len(found) > 1:
        example = words(found[0], programme)
        reading.wrong(heading, f"{len(found)} milestones are called “{said}”. Write the workstream, too: “{example}”")
    elif not found:
        reading.wrong(heading, f"No milestone of this programme is called “{said}”")
    return found[0] if len(found) == 1 else None
