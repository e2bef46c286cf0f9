"""What a board report says of maturity reviews that were released, as plain values. Pure.

A field that a later release adds needs a default, so that reports frozen before it still open.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MaturityDomainTold:
    """Where a domain stands, in words: the level in the middle, how many elements stand where, what has changed."""

    name: str
    middle: str
    sentence: str
    change: str = ""


@dataclass(frozen=True)
class MaturityAdviceTold:
    """What the review recommended or what was made of it, and how that stands."""

    text: str
    state: str
    domain: str = ""


@dataclass(frozen=True)
class MaturityReviewTold:
    """The latest released review of a place."""

    title: str
    place: str
    kind: str
    period: str
    audience: str
    sentence: str
    absent: str = ""
    is_example: bool = False
    before: str = ""
    domains: tuple[MaturityDomainTold, ...] = ()
    changes: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    advice: tuple[MaturityAdviceTold, ...] = ()


@dataclass(frozen=True)
class MaturityTold:
    """All of it; empty where nothing was released."""

    reviews: tuple[MaturityReviewTold, ...] = ()
