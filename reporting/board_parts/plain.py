"""The young person's page: what is happening, what people told us and what we did, in plain words. Pure.

Only pages that somebody wrote in plain language are printed, and only what was heard from young people, parents and
carers and has been answered. Ratings are said in words that everybody knows.
"""

from collections.abc import Iterator
from typing import Final

from programme.status import Rag
from programme.wording import counted, listed
from reporting.board_blocks import Block, Bullets, Heading, Section, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import ended
from reporting.editions import Edition

PLAIN: Final = {
    Rag.GREEN: "Going to plan",
    Rag.COMPLETE: "Finished",
    Rag.AMBER: "Some problems, but we know what to do",
    Rag.RED: "Not going to plan, so the people in charge need to help",
    Rag.NOT_REPORTED: "No news this month",
    Rag.NOT_RATED: "Under way, and nobody has said yet how well it is going",
}
HEARD_FROM: Final = ("Young people", "Parents and carers")
MOST_HEARD, MOST_PIECES = 6, 8


def how_it_goes(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """How all of it is going, in a few sentences."""
    reporting = [each for each in facts.workstreams if each.is_expected]
    points = []
    for rag, words in PLAIN.items():
        found = [each.name for each in (facts.workstreams if rag is Rag.COMPLETE else reporting) if each.rating is rag]
        if found:
            points.append(f"{words}: {listed(found)}.")
    blocks: tuple[Block, ...] = (Text("Nothing has started yet."),)
    if points:
        intro = f"We do {counted(len(reporting), 'piece')} of work to make help better for children and young people."
        blocks = (Text(intro, "lead"), Bullets(tuple(points)))
    yield Section("going", "How is it going?", blocks, is_new_page=False)


def told_us(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What people said, and what was done about it or why not."""
    heard = [v for v in facts.voices.voices if v.audience in HEARD_FROM and v.is_answered]
    waiting = sum(v.audience in HEARD_FROM and not v.is_answered for v in facts.voices.voices)
    blocks: list[Block] = []
    for voice in heard[:MOST_HEARD]:
        done = f"What we did: {voice.answer}" if voice.answer else "We have told them what we did"
        blocks += [Heading(f"{voice.audience} said: {voice.said}"), Text(ended(done))]
    if not blocks:
        blocks.append(Text("We have not yet told people what we did with what they said."))
    if waiting:
        blocks.append(Text(f"We still owe you an answer to {counted(waiting, 'other thing')} that you told us."))
    yield Section("told", "What you told us, and what we did", tuple(blocks), is_new_page=False)


def work(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """Each piece of work that has a page in plain language."""
    pages = [page for page in facts.plain if page.parts]
    if not pages:
        nothing = Text("Nobody has written about the work in plain words yet. You can ask us to.")
        yield Section("work", "What we are doing", (nothing,), is_new_page=False)
        return
    blocks: list[Block] = []
    for page in pages[:MOST_PIECES]:
        blocks.append(Heading(facts.name_of(page.workstream)))
        for title, text in page.parts:
            blocks += [Heading(title, 4), *(Text(line.strip()) for line in text.splitlines() if line.strip())]
    left = len(pages) - MOST_PIECES
    if left > 0:
        blocks.append(
            Text(
                f"{counted(left, 'more page')} in plain words {'is' if left == 1 else 'are'} on the pages of the work."
            )
        )
    yield Section("work", "What we are doing", tuple(blocks), is_new_page=False)
