"""What a page for staff would say now, gathered from what has been sent, stated and answered. Few queries."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from programme.models import Programme
from programme.status import PlanState
from workstreams import sent_updates
from workstreams.hearing import Step
from workstreams.models import (
    Assignment,
    Milestone,
    MonthlyUpdate,
    PlainPage,
    Voice,
    VoiceQuerySet,
    Workstream,
    statements_of,
)  # fmt: skip
from workstreams.sections import Section as UpdateSection
from workstreams.sent_updates import SentUpdate
from workstreams.slippage import standing
from workstreams.staff_content import (
    OF_PROGRAMME,
    OF_WORKSTREAM,
    Block,
    Content,
    Section,
    Stop,
    listed_block,
    paragraphs,
    table,
)  # fmt: skip

UPDATES_SHOWN = 3
VOICES_SHOWN = 10
NEXT_MILESTONES = 12
Gather = Callable[[], tuple[Block, ...]]
FINISHED = frozenset({PlanState.DONE, PlanState.SAID_DONE})


def of_workstream(workstream: Workstream, chosen: Iterable[str], day: date) -> Content:
    """The page of a workstream with the chosen sections."""
    gather: dict[str, Gather] = {
        "purpose": lambda: _purpose(workstream),
        "people": lambda: _people(workstream, day),
        "journey": lambda: _journey(_milestones(workstream), day),
        "updates": lambda: _updates(workstream),
        "voices": lambda: _voices(Voice.objects.of_workstream(workstream)),
        "plain": lambda: _plain(workstream),
    }
    return Content(workstream.name, workstream.programme.name, _sections(OF_WORKSTREAM, gather, chosen))


def of_programme(programme: Programme, chosen: Iterable[str], day: date) -> Content:
    """The page of a programme with the chosen sections."""
    running = Workstream.objects.filter(programme=programme).reporting_on(day)
    gather: dict[str, Gather] = {
        "about": lambda: paragraphs(programme.mandate, programme.scope),
        "workstreams": lambda: _workstreams(running, day),
        "journey": lambda: _next_milestones(running, day),
        "updates": lambda: _latest_of_each(running),
        "voices": lambda: _voices(Voice.objects.filter(programme=programme)),
    }
    return Content(programme.name, programme.name, _sections(OF_PROGRAMME, gather, chosen))


def _sections(
    known: Sequence[tuple[str, str, str]], gather: dict[str, Gather], chosen: Iterable[str]
) -> tuple[Section, ...]:
    """The chosen sections in their own order. A section with nothing to say is left out."""
    wanted = set(chosen)
    found = (Section(key, heading, gather[key]()) for key, heading, _ in known if key in wanted)
    return tuple(section for section in found if section.blocks)


def _purpose(workstream: Workstream) -> tuple[Block, ...]:
    objectives = workstream.objectives.filter(ended_on=None)
    return (*paragraphs(workstream.purpose), *listed_block(objective.text for objective in objectives))


def _people(workstream: Workstream, day: date) -> tuple[Block, ...]:
    held = Assignment.objects.in_force(day).of_workstream(workstream).with_people().order_by("since", "pk")
    rows = dict.fromkeys((each.who.name, str(each.get_role_display())) for each in held)
    return table(("Name", "Role"), rows)


def _milestones(workstream: Workstream) -> list[Milestone]:
    return list(workstream.milestones.filter(dropped_on=None).select_related("phase").with_dates())


def _stop(milestone: Milestone, day: date) -> Stop:
    stands = standing(statements_of(milestone), day)
    when = stands.when
    return Stop(
        title=milestone.title,
        when=when.display() if when else "No date",
        state=stands.state.value,
        state_words=stands.state_words,
        start=when.start.isoformat() if when and when.start else None,
        end=when.end.isoformat() if when and when.end else None,
        phase=milestone.phase.name if milestone.phase else "",
    )


def _by_date(stop: Stop) -> tuple[str, str]:
    return (stop.start or stop.end or "9999", stop.end or "9999")


def _journey(milestones: Iterable[Milestone], day: date) -> tuple[Block, ...]:
    ordered = sorted(milestones, key=lambda each: each.phase.order if each.phase else 10_000)
    places = {each.phase.name if each.phase else "": place for place, each in reversed(list(enumerate(ordered)))}
    stops = sorted((_stop(each, day) for each in ordered), key=lambda stop: (places[stop.phase], _by_date(stop)))
    return (Block("journey", stops=tuple(stops), day=day.isoformat()),) if stops else ()


def _updates(workstream: Workstream) -> tuple[Block, ...]:
    sent = MonthlyUpdate.objects.filter(workstream=workstream).sent().select_related("period")
    shown = sent_updates.in_full(sent.order_by("-period__month")[:UPDATES_SHOWN])
    return tuple(block for update in shown for block in _update(update))


def _update(shown: SentUpdate) -> tuple[Block, ...]:
    parts = dict(shown.parts)
    progress, following = parts[UpdateSection.PROGRESS], parts[UpdateSection.NEXT_STEPS]
    if not progress and not following:
        return ()
    blocks = (Block("heading", texts=(str(shown.update.period),)), *listed_block(progress))
    return (*blocks, *paragraphs("Next steps:"), *listed_block(following)) if following else blocks


def _voices(voices: VoiceQuerySet) -> tuple[Block, ...]:
    answered = voices.newest_answers()[:VOICES_SHOWN]
    rows = [(voice.said, _answer(voice), f"{voice.get_audience_display()}, {voice.heard_words}") for voice in answered]
    return table(("You said", "We did", "Who said it"), rows)


def _answer(voice: Voice) -> str:
    """What was done, or why it was not."""
    steps = list(voice.steps.all())
    told = [step.text for step in steps if step.step in {Step.DONE, Step.DECLINED}]
    return told[-1] if told else steps[-1].text


def _plain(workstream: Workstream) -> tuple[Block, ...]:
    current = PlainPage.objects.of_workstream(workstream).first()
    parts = current.parts if current else []
    return tuple(block for heading, text in parts for block in (Block("heading", texts=(heading,)), *paragraphs(text)))


def _workstreams(running: Iterable[Workstream], day: date) -> tuple[Block, ...]:
    every = list(running)
    leads: dict[int, list[str]] = {each.pk: [] for each in every}
    for each in Assignment.objects.in_force(day).leads().filter(workstream__in=every).with_people():
        leads[each.workstream_id].append(each.who.name)
    rows = [
        (each.name, each.purpose or "Not recorded", ", ".join(dict.fromkeys(leads[each.pk])) or "No lead named")
        for each in every
    ]
    return table(("Workstream", "What it is for", "Lead"), rows)


def _next_milestones(running: Iterable[Workstream], day: date) -> tuple[Block, ...]:
    planned = Milestone.objects.filter(workstream__in=running).select_related("phase", "workstream").with_dates()
    stops = [(_stop(each, day), each.workstream.name) for each in planned]
    to_come = [
        (stop, name)
        for stop, name in stops
        if PlanState(stop.state) not in FINISHED and (stop.end or "") >= day.isoformat()
    ]
    to_come.sort(key=lambda pair: (_by_date(pair[0]), pair[1]))
    rows = [(stop.title, name, stop.when) for stop, name in to_come[:NEXT_MILESTONES]]
    return table(("Milestone", "Workstream", "When"), rows)


def _latest_of_each(running: Iterable[Workstream]) -> tuple[Block, ...]:
    sent = MonthlyUpdate.objects.filter(workstream__in=running).sent().select_related("period", "workstream")
    newest = sent.order_by("workstream_id", "-period__month").distinct("workstream_id")
    blocks: list[Block] = []
    for shown in sorted(sent_updates.in_full(newest), key=lambda each: each.update.workstream.name):
        progress = dict(shown.parts)[UpdateSection.PROGRESS]
        if progress:
            title = f"{shown.update.workstream.name}, {shown.update.period}"
            blocks += [Block("heading", texts=(title,)), *listed_block(progress)]
    return tuple(blocks)
