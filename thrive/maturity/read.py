"""What pages say of a review, in a fixed number of queries however many people score however much."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from thrive.maturity import scoring, words
from thrive.maturity.models import Consensus, Crosswalk, Domain, Element, Framework, Level, Participant, Review, Score
from thrive.maturity.scoring import Completeness, Spread, Standing


@dataclass(frozen=True)
class Tool:
    """A version of the framework at hand: three queries."""

    levels: tuple[Level, ...]
    domains: tuple[Domain, ...]
    by_domain: Mapping[int, tuple[Element, ...]]

    @cached_property
    def names(self) -> dict[int, str]:
        """What each level is called."""
        return {level.value: level.name for level in self.levels}

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in order."""
        return [element for domain in self.domains for element in self.of(domain)]

    def of(self, domain: Domain) -> tuple[Element, ...]:
        """The elements of one domain."""
        return self.by_domain.get(domain.pk, ())

    def asked(self, codes: Collection[str]) -> list[int]:
        """The keys of the elements of some domains."""
        return [element.pk for domain in self.domains if domain.code in codes for element in self.of(domain)]


def tool_of(framework: Framework) -> Tool:
    """Three queries."""
    domains = tuple(Domain.objects.filter(framework=framework))
    grouped: dict[int, list[Element]] = defaultdict(list)
    for element in Element.objects.filter(domain__framework=framework).order_by("order"):
        grouped[element.domain_id].append(element)
    levels = tuple(Level.objects.filter(framework=framework))
    return Tool(levels, domains, {key: tuple(found) for key, found in grouped.items()})


@dataclass(frozen=True)
class Bar:
    """One stretch of a bar: how many of how many, and where it begins in hundredths."""

    words: str
    count: int
    start: float
    width: float
    shade: int


def bars(counts: Mapping[int, int], total: int, names: Mapping[int, str]) -> list[Bar]:
    """A row of stretches, the highest level first, on a line of a hundred."""
    found, start = [], 0.0
    for level, count in sorted(counts.items(), reverse=True):
        width = round(100 * count / total, 2) if total else 0
        found.append(Bar(names[level], count, round(start, 2), width, level))
        start += width
    return found


@dataclass(frozen=True)
class DomainLine:
    """One domain of a review, as its page and the list of domains show it."""

    domain: Domain
    standing: Standing
    names: Mapping[int, str]
    change: str = ""

    @property
    def median_words(self) -> str:
        """The median in words."""
        return words.level_words(self.standing.median, self.names)

    @property
    def sentence(self) -> str:
        """How many elements stand where."""
        return words.standing_words(self.standing, self.names)

    @property
    def bars(self) -> list[Bar]:
        """The same as a picture."""
        return bars(self.standing.counts, self.standing.elements, self.names)


@dataclass(frozen=True)
class PartLine:
    """A participant and how far they have come. Never what they said."""

    participant: Participant
    done: Completeness

    @property
    def words(self) -> str:
        """How far, in words."""
        return words.completeness_words(self.done)

    @property
    def letter(self) -> str:
        """What became of the e-mail with their link, or when it will be sent; empty without an address."""
        who = self.participant
        if who.mail:
            return words.letter_words(str(who.mail.get_state_display()))
        return words.LETTER_LATER if who.is_emailed else ""


@dataclass(frozen=True)
class Picture:
    """A review with everything that counts in it. Seven queries."""

    review: Review
    tool: Tool
    participants: tuple[Participant, ...]
    scores: tuple[scoring.Score, ...]
    agreed: Mapping[int, Consensus]

    @property
    def open_scores(self) -> list[scoring.Score]:
        """The single scores that may be seen by others: none before the round has closed."""
        return list(self.scores) if scoring.scores_are_shown(self.review.stands) else []

    @cached_property
    def _answered(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for score in self.scores:
            found[score.participant].add(score.element)
        return found

    @cached_property
    def parts(self) -> list[PartLine]:
        """Everybody who takes part and how far they have come."""
        return [
            PartLine(who, scoring.completeness(self._answered[who.pk], self.tool.asked(who.domains)))
            for who in self.participants
        ]

    @cached_property
    def absent(self) -> list[str]:
        """Sectors of which nobody takes part, or nobody has said anything once the round has closed."""
        closed = scoring.scores_are_shown(self.review.stands)
        there = [p.participant.sector for p in self.parts if not (closed and p.done.is_silent)]
        return scoring.absent_sectors(words.SECTOR_WORDS, there)

    @cached_property
    def asked(self) -> dict[int, list[int]]:
        """For each element, the participants who were asked about it."""
        found: dict[int, list[int]] = defaultdict(list)
        for who in self.participants:
            for key in self.tool.asked(who.domains):
                found[key].append(who.pk)
        return found

    @cached_property
    def said(self) -> dict[int, list[scoring.Score]]:
        """For each element, the levels given; nothing before the round has closed."""
        found: dict[int, list[scoring.Score]] = defaultdict(list)
        for score in self.open_scores:
            found[score.element].append(score)
        return found

    @cached_property
    def spreads(self) -> dict[int, Spread]:
        """For each element, how its scores lie; nothing before the round has closed."""
        return {e.pk: scoring.spread_of(self.said[e.pk], self.asked[e.pk]) for e in self.tool.elements}

    def level(self, element: Element) -> int | None:
        """The agreed level, or None."""
        found = self.agreed.get(element.pk)
        return found.level.value if found and found.level else None

    @cached_property
    def levels(self) -> dict[str, int | None]:
        """The agreed level of every element by its code."""
        return {element.code: self.level(element) for element in self.tool.elements}

    @cached_property
    def domains(self) -> list[DomainLine]:
        """Where each domain stands."""
        names = self.tool.names
        return [
            DomainLine(domain, scoring.standing_of(self.level(e) for e in self.tool.of(domain)), names)
            for domain in self.tool.domains
        ]

    def sentence(self, findings: int) -> str:
        """What a reader needs to know now."""
        return words.review_sentence(
            kind=self.review.sort,
            state=self.review.stands,
            progress=[part.done for part in self.parts],
            agreed=sum(level is not None for level in self.levels.values()),
            elements=len(self.levels),
            split=sum(spread.is_split for spread in self.spreads.values()),
            findings=findings,
            stands=words.counts_words(scoring.standing_of(self.levels.values()).counts, self.tool.names),
        )


def words_of(picture: "Picture", elements: Iterable[Element]) -> dict[int, list[Score]]:
    """What was said of some elements, with reasons; nothing before the round has closed. One query."""
    found: dict[int, list[Score]] = defaultdict(list)
    if scoring.scores_are_shown(picture.review.stands):
        people = [who.pk for who in picture.participants]
        last = Score.objects.filter(participant__in=people, element__in=elements).last_words()
        for score in last.select_related("level", "participant__organisation"):
            found[score.element_id].append(score)
    return found


def picture(review: Review) -> Picture:
    """Seven queries."""
    participants = list(
        Participant.objects.filter(review=review, withdrawn_at=None).select_related("organisation", "mail")
    )
    order = list(words.SECTOR_WORDS)
    participants.sort(key=lambda who: (order.index(who.sector), who.name))
    scores = Score.objects.filter(participant__in=[p.pk for p in participants]).last_words()
    return Picture(
        review,
        tool_of(review.framework),
        tuple(participants),
        tuple(scoring.Score(*row) for row in scores.values_list("participant_id", "element_id", "level__value")),
        agreed_of([review.pk]).get(review.pk, {}),
    )


def agreed_of(reviews: Iterable[int]) -> dict[int, dict[int, Consensus]]:
    """For each review, what stands agreed of each element. One query."""
    found: dict[int, dict[int, Consensus]] = defaultdict(dict)
    latest = Consensus.objects.filter(review__in=reviews).standing()
    for each in latest.select_related("level", "ambition", "element__domain"):
        found[each.review_id][each.element_id] = each
    return found


def absent_from(reviews: Sequence[Review]) -> dict[int, list[str]]:
    """For each review whose round has closed, the sectors that said nothing. One query."""
    there: dict[int, set[str]] = defaultdict(set)
    spoke = Participant.objects.filter(review__in=reviews, withdrawn_at=None, scores__isnull=False)
    for review, sector in spoke.values_list("review_id", "sector").distinct():
        there[review].add(sector)
    return {review.pk: scoring.absent_sectors(words.SECTOR_WORDS, there[review.pk]) for review in reviews}


def levels_of(reviews: Sequence[Review]) -> dict[int, dict[str, int | None]]:
    """For each review, the agreed level of each element by its code. One query."""
    agreed = agreed_of([review.pk for review in reviews])
    return {
        review.pk: {c.element.code: c.level.value if c.level else None for c in agreed.get(review.pk, {}).values()}
        for review in reviews
    }


def crosswalks(versions: Collection[int], into: int) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """The declared pairs from some versions into one, in either direction. One query."""
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    columns = ("older__domain__framework", "newer__domain__framework", "older__code", "newer__code")
    for older, newer, old, new in Crosswalk.objects.values_list(*columns):
        if newer == into and older in versions:
            found[older, into].append((old, new))
        if older == into and newer in versions:
            found[newer, into].append((new, old))
    return found


def side_by_side(reviews: Sequence[Review], tool: Tool) -> list[scoring.Row]:
    """The elements of the first review's version in each review. Two queries. Raises NotComparable."""
    into = reviews[0].framework_id
    levels = levels_of(reviews)
    columns = [scoring.Column(review.framework_id, levels[review.pk]) for review in reviews]
    pairs = crosswalks({review.framework_id for review in reviews}, into)
    return scoring.compare(columns, [element.code for element in tool.elements], into, pairs)
