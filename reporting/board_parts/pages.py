"""A page for each workstream: its rating, the lead's words, milestones, asks, voices and money. Pure."""

from collections.abc import Iterator
from datetime import date

from programme.dates import day_words
from programme.status import PlanState, Rag
from programme.wording import listed
from reporting.board_blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Numbered,
    Said,
    Section,
    Strip,
    Table,
    Text,
    Verdict,
)
from reporting.board_facts import BoardFacts, WorkstreamTold
from reporting.board_parts.money import money_table
from reporting.board_parts.wording import (
    MOST_ROWS,
    capped,
    ended,
    milestone_name,
    milestone_state,
    missing,
    more_words,
    strip_of,
)
from reporting.editions import Edition
from workstreams.reported import MilestoneTold

COLUMNS = (Column("Milestone", 36), Column("When", 20), Column("How it stands", 18), Column("Moved", 26))
NOT_FOR_OUTSIDE = {"risks"}


def pages(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """One for each workstream, in the order of the ratings. They flow, so that no page stays nearly empty."""
    for number, each in enumerate(facts.workstreams, start=1):
        blocks = list(_blocks(facts, each, edition))
        key, is_under = f"workstream-{number}", bool(each.parent)
        yield Section(key, each.name, tuple(blocks), is_under=is_under, is_new_page=False)


def _blocks(facts: BoardFacts, each: WorkstreamTold, edition: Edition) -> Iterator[Block]:
    inside = edition is Edition.FULL
    yield Text(_who(each), "quiet")
    if each.purpose:
        yield Text(each.purpose)
    yield _verdict(facts, each, inside=inside)
    yield Strip(strip_of(each))
    if inside:
        yield from _asks(facts, each)
    yield from _update(facts, each, inside=inside)
    yield from _milestones([m for m in facts.milestones if m.workstream == each.slug], facts.since.day)
    if inside:
        yield from _voices(facts, each)
        yield from _money(facts, each)
    yield Heading("Objectives")
    if each.objectives:
        yield Numbered(tuple((o.number, o.text, o.priority) for o in each.objectives))
    else:
        yield Text("No objectives have been set.")


def _who(each: WorkstreamTold) -> str:
    parts = [f"Part of {each.parent}." if each.parent else ""]
    leads = f"{'Lead' if len(each.leads) == 1 else 'Leads'}: {listed(each.leads)}." if each.leads else ""
    parts.append(leads or "No lead is named.")
    parts.append("" if each.status == "Current" else f"Status: {each.status}.")
    return " ".join(part for part in parts if part)


def _verdict(facts: BoardFacts, each: WorkstreamTold, *, inside: bool) -> Verdict:
    beside = [] if each.rating.meaning == each.rating.word.lower() else [each.rating.meaning]
    if each.previous_rating and each.previous_rating is not each.rating:
        beside.append(f"was {each.previous_rating.word}")
    texts = [_reason(facts, each)]
    told = each.path
    if told.action:
        who = [told.owner if inside else "", f"by {day_words(told.by)}" if told.by else ""]
        texts.append(f"Path to Green: {ended(', '.join(part for part in (told.action.rstrip('.'), *who) if part))}")
    if inside:
        if told.confidence:
            texts.append(f"Delivery of the whole: {told.confidence}.")
        texts += _opinions(each)
    return Verdict(each.rating, tuple(beside), tuple(text for text in texts if text))


def _reason(facts: BoardFacts, each: WorkstreamTold) -> str:
    if each.rating_reason:
        return ended(each.rating_reason)
    if each.rating is Rag.NOT_REPORTED:
        return f"No update was sent for {facts.period.label}, so there is no rating."
    return "No reason was given for this rating." if each.rating in {Rag.RED, Rag.AMBER} else ""


def _opinions(each: WorkstreamTold) -> list[str]:
    """What the rules and the reviewer say, where it differs from the lead."""
    texts = []
    if each.derived and each.derived is not each.rating and each.derived_why:
        texts.append(f"The rules say {each.derived.word}: {'; '.join(each.derived_why)}.")
    if each.assured and each.assured is not each.rating:
        texts.append(f"The assurance reviewer says {each.assured.word}: {ended(each.assured_why)}")
    return texts


def _asks(facts: BoardFacts, each: WorkstreamTold) -> Iterator[Block]:
    asks = [ask for ask in facts.asks if ask.workstream == each.slug]
    if not asks:
        return
    yield Heading("Asked of the board")
    columns = (Column("Ask", 56), Column("When it is wanted", 24), Column("Answer", 20))
    rows = tuple(
        (
            Cell(ask.text, flag="Blocking" if ask.is_blocking else ""),
            missing(ask.age_words, "Answered since the last report"),
            missing(ask.answer, "No answer yet"),
        )
        for ask in capped(asks)
    )
    yield Table(columns, rows)


def _update(facts: BoardFacts, each: WorkstreamTold, *, inside: bool) -> Iterator[Block]:
    month, update = facts.period.label, each.update
    if update is None:
        yield Heading("Update")
        state = f" {ended(each.update_state)}" if inside and each.update_state else ""
        yield Text(f"No update was sent for {month}.{state}")
        return
    yield Heading(f"Update for {update.label}")
    by = f"by {update.sent_by or 'someone not known'} " if inside else ""
    sent = f"sent {by}on {update.sent_label}."
    words = f"S{sent[1:]}"
    if update.label != month:
        words = f"No update was sent for {month}. The latest one is for {update.label}, {sent}"
    if inside and each.update_state:
        words += f" {ended(each.update_state)}"
    yield Text(words, "quiet")
    sections = [part for part in update.sections if inside or part.key not in NOT_FOR_OUTSIDE]
    for part in sections:
        yield Said(part.title, part.items or ("Nothing was written here.",))
    if not sections:
        yield Text("The update was sent without text.")


def _milestones(found: list[MilestoneTold], since: date) -> Iterator[Block]:
    yield Heading("Milestones")
    if not found:
        yield Text("No milestones have been set.")
        return
    earlier = [m for m in found if m.state.is_finished and not (m.done_told_on and m.done_told_on > since)]
    shown = [m for m in found if m not in earlier]
    if shown:
        rows = tuple(
            (milestone_name(m), missing(m.when, "No date"), milestone_state(m), Cell(quiet=m.movement or "Not moved"))
            for m in capped(shown)
        )
        yield Table(COLUMNS, rows)
    if len(shown) > MOST_ROWS:
        yield Text(more_words(len(shown) - MOST_ROWS, "milestone"), "quiet")
    if earlier:
        done = "; ".join(f"{m.title} ({_when_done(m)})" for m in capped(earlier))
        yield Text(f"{'Done' if shown else 'All are done'} before the last report: {done}.", "quiet")


def _when_done(milestone: MilestoneTold) -> str:
    said = "" if milestone.state is PlanState.DONE else f", {milestone.state.word.lower()}"
    return f"{milestone.when or 'no date'}{said}"


def _voices(facts: BoardFacts, each: WorkstreamTold) -> Iterator[Block]:
    heard = [voice for voice in facts.voices.voices if voice.workstream == each.slug]
    if not heard:
        return
    yield Heading("What we heard")
    lines = (f"{v.audience}, {v.heard}: {ended(v.said)} {ended(v.waiting)}" for v in capped(heard))
    yield Bullets(tuple(lines))


def _money(facts: BoardFacts, each: WorkstreamTold) -> Iterator[Block]:
    lines = [line for line in facts.money if line.workstream == each.slug]
    if lines:
        yield Heading("Money")
        yield money_table(lines, facts.day)
