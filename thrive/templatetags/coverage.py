"""The one way to print the state of a cell: a word, a shape of its own, and a tint that nobody needs to see."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thrive.coverage import State

register = template.Library()

# Bars stand for core services, so that the marks say how much even in black and white; none of them is a rating's mark.
_SHAPES: Final = {
    State.NOT_MAPPED: '<path d="M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-dasharray="2.6 2.5"/>',
    State.NONE: '<path d="M3 3l10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="3"/>',
    State.PLANNED: '<path d="M3 2h6v12H3Z" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"/>',
    State.NOT_LIVE: '<path d="M3 2h6v12H3Z" fill="none" stroke="currentColor" stroke-width="2"/>',
    State.PARTIAL: '<path d="M3 2h6v12H3Z" fill="none" stroke="currentColor" stroke-width="2"/><path d="M3 8h6v6H3Z"/>',
    State.ONE: '<path d="M3 1h7v14H3Z"/>',
    State.SEVERAL: '<path d="M1 1h6v14H1Z"/><path d="M9 1h6v14H9Z"/>',
}


@register.simple_tag
def coverage(state: State | str, note: str = "") -> SafeString:
    """{% coverage state %}: 'One core' with its mark. `note` stands after the words."""
    state = State(state)  # templates write it as text
    drawing = mark_safe(_SHAPES[state])  # noqa: S308 - our own constant
    words = f"{state.words}{note}"
    return format_html(
        '<strong class="app-cover app-cover--{}"><svg class="app-shape" viewBox="0 0 16 16" width="14" height="14"'
        ' fill="currentColor" aria-hidden="true" focusable="false">{}</svg>{}</strong>',
        state.value.replace("_", "-"),
        drawing,
        words,
    )
