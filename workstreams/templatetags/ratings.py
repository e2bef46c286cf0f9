"""The three ratings side by side: the one way to print them, wherever they are read."""

from typing import Any

from django import template

from workstreams.ratings import ThreeRatings

register = template.Library()


@register.inclusion_tag("workstreams/_three_ratings.html")
def three_ratings(three: ThreeRatings, *, short: bool = False) -> dict[str, Any]:
    """{% three_ratings three %}: all three with their reasons; with short=True the marks alone, for a row."""
    return {"three": three, "short": short}
