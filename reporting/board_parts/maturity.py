"""Maturity reviews that were released: how partners see themselves. Words and no colours. Pure."""

from collections.abc import Iterator

from reporting.board_blocks import Block, Bullets, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import capped, more_words
from reporting.editions import Edition
from thrive.maturity.reported import MaturityDomainTold, MaturityReviewTold

TITLE = "Maturity: how partners see themselves"
HOW_TO_READ = (
    "Levels were agreed by people who scored themselves. They are not a rating of performance and not a ranking, and "
    "nothing is averaged."
)
MOST_POINTS = 12
COLUMNS = (
    Column("Domain", 24),
    Column("In the middle", 20),
    Column("How many elements stand where", 34),
    Column("Since the review before", 22),
)
ADVICE = (Column("Recommendation", 70), Column("How it stands", 30))


def maturity(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """The latest released review of each place. Nothing where none is released."""
    reviews = facts.maturity.reviews
    if not reviews:
        return
    blocks: list[Block] = [Text(HOW_TO_READ, "quiet")]
    for review in reviews:
        blocks += _review(review, edition)
    yield Section("maturity", TITLE, tuple(blocks), is_new_page=False)


def _review(review: MaturityReviewTold, edition: Edition) -> Iterator[Block]:
    example = " Example: the levels are invented." if review.is_example else ""
    yield Heading(f"{review.title}, {review.period}")
    yield Text(" ".join(filter(None, [f"{review.kind}: {review.place}.", review.sentence, review.absent])), "lead")
    yield Text(f"Who may read this: {review.audience}{example}", "quiet")
    if review.domains:
        yield Table(COLUMNS, tuple(_domain(each) for each in review.domains))
    if review.changes:
        yield Heading(f"What has changed since {review.before}", 4)
        yield Bullets(capped(review.changes, MOST_POINTS))
        more = more_words(len(review.changes) - MOST_POINTS, "element", where="the review itself")
        if more:
            yield Text(more, "quiet")
    if review.strengths:
        yield Heading("What works well", 4)
        yield Bullets(capped(review.strengths, MOST_POINTS))
    # What is decided about work is internal; a commissioner reads where the place stands.
    if review.advice and edition is Edition.FULL:
        yield Heading("What was recommended", 4)
        yield Table(ADVICE, tuple((Cell(e.text, e.domain), Cell(e.state)) for e in capped(review.advice)))


def _domain(each: MaturityDomainTold) -> tuple[Cell, ...]:
    change = Cell(each.change) if each.change else Cell(quiet="No earlier review")
    return Cell(each.name), Cell(each.middle), Cell(each.sentence), change
