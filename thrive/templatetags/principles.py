"""The one way to print what raters' scores say together: a word with a shape of its own. Never a rating's colours."""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thrive.principles import Verdict

register = template.Library()

# Full, half and empty say the same as the words; two halves apart are two opinions.
_SHAPES: Final = {
    Verdict.LIKE: '<circle cx="8" cy="8" r="7"/>',
    Verdict.NOT_YET: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>',
    Verdict.SPLIT: '<path d="M6.5 1.5a6.5 6.5 0 0 0 0 13Z"/><path d="M9.5 1.5a6.5 6.5 0 0 1 0 13Z" fill="none"'
    ' stroke="currentColor" stroke-width="2"/>',
    Verdict.UNKNOWN: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-dasharray="2.6 2.5"/>',
}


@register.simple_tag
def verdict(of: Verdict | str) -> SafeString:
    """{% verdict standing.verdict %}: 'THRIVE-like' with its mark."""
    found = Verdict(of)
    drawing = mark_safe(_SHAPES[found])  # noqa: S308 - our own constant
    return format_html(
        '<strong class="app-cover{}"><svg class="app-shape" viewBox="0 0 16 16" width="14"'
        ' height="14" fill="currentColor" aria-hidden="true" focusable="false">{}</svg>{}</strong>',
        " app-cover--not-mapped" if found is Verdict.UNKNOWN else "",  # as quiet as a cell nobody has looked at
        drawing,
        found.words,
    )
