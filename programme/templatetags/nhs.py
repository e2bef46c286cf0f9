"""The bridge from Django templates to the official NHS.UK macros, and the marks of ratings.

The macros are Jinja and swallow misspelt parameters without a word. Here every name is held against what the
component's own template reads, at every depth, and an unknown one stops the page in every mode.

Parameters carry text. Only one called `html` may carry markup, and then only what Django already counts as safe;
anything else is escaped, so a user's words cannot become a page's markup by this way.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from django import forms, template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeData, SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, nodes
from markupsafe import Markup

from programme.fields import DateParts
from programme.status import Rag

register = template.Library()

# The components we use, by their name in the NHS design system, and the macro each is printed by.
COMPONENTS = {
    "action-link": "actionLink",
    "back-link": "backLink",
    "breadcrumb": "breadcrumb",
    "button": "button",
    "card": "card",
    "character-count": "characterCount",
    "checkboxes": "checkboxes",
    "contents-list": "contentsList",
    "date-input": "dateInput",
    "details": "details",
    "error-message": "errorMessage",
    "error-summary": "errorSummary",
    "fieldset": "fieldset",
    "file-upload": "fileUpload",
    "input": "input",
    "inset-text": "insetText",
    "notification-banner": "notificationBanner",
    "pagination": "pagination",
    "panel": "panel",
    "password-input": "passwordInput",
    "radios": "radios",
    "select": "select",
    "skip-link": "skipLink",
    "summary-list": "summaryList",
    "tag": "tag",
    "task-list": "taskList",
    "textarea": "textarea",
    "warning-callout": "warningCallout",
}
# Mappings whose keys are the page's own: HTML attributes, and values by field name.
FREE_KEYS = frozenset({"attributes", "values"})


class UnknownName(template.TemplateSyntaxError):
    """A component or a parameter that does not exist, probably misspelt."""


# ---- Components -----------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    module = _environment().get_template(f"nhsuk/components/{component}/macro.jinja").module
    macro: Callable[[Mapping[str, Any]], str] = getattr(module, COMPONENTS[component])
    return macro


@cache
def _parsed(path: str) -> nodes.Template:
    loader = _environment().loader
    assert loader is not None
    return _environment().parse(loader.get_source(_environment(), path)[0])


def _names_read(tree: nodes.Template, *, of: str = "") -> set[str]:
    """Names read as attributes (`x.name`) or by `x.get("name")`; with `of`, only from the variable of that name."""
    wanted = [n for n in tree.find_all(nodes.Getattr) if not of or getattr(n.node, "name", "") == of]
    names = {node.attr for node in wanted if node.attr != "get"}
    for call in tree.find_all(nodes.Call):
        if call.node in wanted and getattr(call.node, "attr", "") == "get" and isinstance(call.args[0], nodes.Const):
            names.add(str(call.args[0].value))
    return names


def _template_path(macro_path: str) -> str:
    return macro_path.replace("macro.jinja", "template.jinja")


@cache
def parameters_of(component: str) -> frozenset[str]:
    """What the component takes at the top: every parameter its own template reads."""
    return frozenset(_names_read(_parsed(f"nhsuk/components/{component}/template.jinja"), of="params"))


@cache
def _vocabulary(path: str) -> frozenset[str]:
    """Every name that this template, or a component inside it, reads: what may stand in nested parameters."""
    tree = _parsed(path)
    names = _names_read(tree)
    for imported in tree.find_all(nodes.FromImport):
        inner = getattr(imported.template, "value", "")
        if inner.startswith("nhsuk/components/"):
            names |= _vocabulary(_template_path(inner))
    return frozenset(names)


def _check(component: str, names: Iterable[str], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(names) - known)
    if unknown:
        raise UnknownName(f"'{component}' has no parameter '{unknown[0]}'{where}. It has: {', '.join(sorted(known))}.")


def _checked(component: str, value: object, key: str) -> object:
    """One parameter made ready for the macros: names known, markup only where it may be, no lazy texts, no None."""
    if isinstance(value, Mapping):
        if key not in FREE_KEYS:
            known = _vocabulary(f"nhsuk/components/{component}/template.jinja")
            _check(component, value, known, f" inside '{key}'")
        return {k: _checked(component, v, k) for k, v in value.items() if v is not None}
    if key == "attributes":
        raise UnknownName(f"'attributes' of '{component}' takes a mapping of names and values, not text.")
    if key == "html" or key.endswith("Html"):
        return Markup(conditional_escape(str(value) if not isinstance(value, SafeString) else value))  # noqa: S704 - safe already, or escaped here
    if isinstance(value, list | tuple):
        return [_checked(component, v, key) for v in value if v is not None]
    return value if isinstance(value, bool | int) else _plain(value)


def _plain(value: object) -> str:
    """Text that the macros will escape, whatever Django thought of it."""
    text = str(value)
    return text + "" if isinstance(text, SafeData) else text  # adding plain text takes the mark of safety off


def component(name: str, /, **params: Any) -> SafeString:
    """Print a component of the NHS design system."""
    if name not in COMPONENTS:
        raise UnknownName(f"There is no component '{name}'. There are: {', '.join(COMPONENTS)}.")
    _check(name, params, parameters_of(name), "")
    ready = {key: _checked(name, value, key) for key, value in params.items() if value is not None}
    return SafeString(_macro(name)(ready))  # Jinja escaped every text, and _checked every html


@register.simple_tag(name="nhs")
def nhs(component_name: str, /, **params: Any) -> SafeString:
    """{% nhs "button" text="Save" %}."""
    return component(component_name, **params)


# ---- Form fields ----------------------------------------------------------------------------------------------------

# Attributes that the macros take as parameters of their own, or that the NHS pattern leaves out.
_OWN_PARAMETERS = frozenset({"autocomplete", "autocapitalize", "inputmode", "spellcheck", "pattern"})
_LEFT_OUT = _OWN_PARAMETERS | {"class", "cols", "rows", "maxlength", "minlength", "min", "max", "step", "type", "id"}
_COUNT_FROM = 75  # the per cent of a long text after which the count of what is left appears
_LONG = 200  # a limit below this belongs to an ordinary box and needs no count


def field_id(bound: BoundField) -> str:
    """The id of the field's first control, which is where an error links to."""
    plain = bound.auto_id or bound.html_name
    return f"{plain}-day" if isinstance(bound.field.widget, DateParts) else plain


def _text(value: object) -> dict[str, Any]:
    """A label or hint, keeping markup that the programme itself wrote."""
    return {"html": value} if isinstance(value, SafeData) else {"text": value}


def _error(bound: BoundField) -> dict[str, Any] | None:
    if not bound.errors:
        return None
    # The line break is ours; format_html_join escapes each error.
    return {"html": format_html_join(mark_safe("<br>"), "{}", ((error,) for error in bound.errors))}


def _common(bound: BoundField) -> dict[str, Any]:
    attrs = bound.field.widget.attrs
    return {
        "name": bound.html_name,
        "hint": _text(bound.help_text) if bound.help_text else None,
        "errorMessage": _error(bound),
        "attributes": {k: v for k, v in attrs.items() if k not in _LEFT_OUT and v is not None and v is not False},
        "classes": attrs.get("class"),
        "disabled": bound.field.disabled or None,
    }


def _label(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    size = options.get("size", "s")
    classes = "nhsuk-u-visually-hidden" if options.get("hide_label") else None
    return {**_text(bound.label), "size": size, "classes": classes, "isPageHeading": options.get("page_heading")}


def _keyboard(bound: BoundField, accepted: Iterable[str]) -> dict[str, Any]:
    """autocomplete, inputmode and the like, where the component takes them."""
    attrs = bound.field.widget.attrs
    found = {name: attrs[name] for name in _OWN_PARAMETERS & set(accepted) if name in attrs}
    if "spellcheck" in found:
        found["spellcheck"] = str(found["spellcheck"]).lower() == "true"
    return found


def _value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _input(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    widget = bound.field.widget
    kind = str(getattr(widget, "input_type", "text"))
    params = _common(bound) | {"id": field_id(bound), "label": _label(bound, options)}
    params |= {"width": options.get("width"), "suffix": options.get("suffix")}
    params |= _keyboard(bound, parameters_of("input"))
    if kind == "number":  # a text box with a number pad: a number box changes its value under the mouse wheel
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(bound.field, forms.DecimalField)
        params = {"inputmode": "numeric" if whole else "decimal", "spellcheck": False, **params}
        kind = "text"
    return component("input", type=kind, value=_value(bound), **params)


def _password(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    params = _common(bound) | _keyboard(bound, {"autocomplete"})
    return component("password-input", id=field_id(bound), label=_label(bound, options), **params)


def _textarea(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    params = _common(bound) | _keyboard(bound, {"autocomplete"})
    params |= {"id": field_id(bound), "label": _label(bound, options), "value": _value(bound)}
    if "spellcheck" in bound.field.widget.attrs:  # the textarea macro would print True with a capital
        params["attributes"]["spellcheck"] = str(bound.field.widget.attrs["spellcheck"]).lower()
    params["rows"] = int(bound.field.widget.attrs.get("rows", 5))
    limit = getattr(bound.field, "max_length", None) or 0
    if limit < _LONG:
        return component("textarea", **params)
    return component("character-count", maxlength=limit, threshold=_COUNT_FROM, **params)


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    """The choices as Django would print them, each chosen or not."""
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()), {})
    return [option for _, options, _ in groups for option in options]


def _select(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    told = {BLANK_CHOICE_DASH[0][1]: "Choose one"}  # dashes say nothing to a reader, and less to a screen reader
    items = [
        {"value": str(c["value"]), "text": told.get(c["label"], c["label"]), "selected": c["selected"]}
        for c in _choices(bound)
    ]
    return component("select", id=field_id(bound), label=_label(bound, options), items=items, **_common(bound))


def _revealed(bound: BoundField, value: str) -> dict[str, Any] | None:
    """The fields that choosing `value` reveals; without scripts they are there all the time."""
    names: Iterable[str] = getattr(bound.field, "reveals", {}).get(value, ())
    printed = format_html_join("", "{}", ((nhs_field(bound.form[name]),) for name in names))
    return {"html": printed} if printed else None


def _choice_items(bound: BoundField) -> list[dict[str, Any]]:
    hints: Mapping[str, str] = getattr(bound.field, "choice_hints", {})
    return [
        {
            "value": str(choice["value"]),
            "text": choice["label"],
            "checked": choice["selected"],
            "hint": {"text": hints[str(choice["value"])]} if str(choice["value"]) in hints else None,
            "conditional": _revealed(bound, str(choice["value"])),
        }
        for choice in _choices(bound)
        if str(choice["value"])
    ]


def _choice_group(name: str) -> Callable[[BoundField, Mapping[str, Any]], SafeString]:
    def group(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
        params = _common(bound) | {"idPrefix": field_id(bound), "fieldset": {"legend": _label(bound, options)}}
        compact = getattr(bound.field, "is_compact", False)  # smaller marks; what can be touched stays as large
        return component(name, items=_choice_items(bound), inline=options.get("inline"), small=compact, **params)

    return group


def _checkbox(bound: BoundField, _options: Mapping[str, Any]) -> SafeString:
    """One box to tick: its label is the statement, so there is no legend."""
    params = _common(bound)
    hint = params.pop("hint")
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value()), "hint": hint}
    return component("checkboxes", idPrefix=field_id(bound), items=[item], **params)


def _date_parts(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    prefix = bound.auto_id or bound.html_name
    value = bound.value()
    texts = value if isinstance(value, list) else DateParts().decompress(value)
    parts = [
        {"id": f"{prefix}-{part}", "name": f"{bound.html_name}_{part}", "label": {"text": part.capitalize()},
         "value": texts[i] or "", "width": 4 if part == "year" else 2}
        for i, part in enumerate(DateParts.PARTS)
    ]  # fmt: skip
    params = _common(bound) | {"id": prefix, "fieldset": {"legend": _label(bound, options), "role": "group"}}
    del params["name"]
    return component("date-input", items=parts, **params)


def _file(bound: BoundField, options: Mapping[str, Any]) -> SafeString:
    return component("file-upload", id=field_id(bound), label=_label(bound, options), **_common(bound))


# The first kind that fits prints the field, so the special ones stand before those they are made from.
_PRINTERS: tuple[tuple[type[forms.Widget], Callable[[BoundField, Mapping[str, Any]], SafeString]], ...] = (
    (DateParts, _date_parts),
    (forms.CheckboxSelectMultiple, _choice_group("checkboxes")),
    (forms.RadioSelect, _choice_group("radios")),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.widgets.Input, _input),
)
_OPTIONS = frozenset({"size", "width", "suffix", "inline", "hide_label", "page_heading"})


@register.simple_tag
def nhs_field(bound: BoundField, **options: Any) -> SafeString:
    """{% nhs_field form.title size="m" width=20 %}: a field with other than the usual looks."""
    _check("nhs_field", options, _OPTIONS, "")
    if bound.is_hidden:
        return bound.as_hidden()
    for kind, printer in _PRINTERS:
        if isinstance(bound.field.widget, kind):
            return printer(bound, options)
    raise UnknownName(f"No NHS component prints the widget {type(bound.field.widget).__name__} of '{bound.name}'.")


class NHSFormRenderer(TemplatesSetting):
    """Django's form renderer, with NHS components for {{ form.x.as_field_group }}."""

    field_template_name = "nhs/field"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Print a field ourselves; everything else is Django's."""
        if template_name == self.field_template_name:
            return nhs_field(context["field"])
        return super().render(template_name, context, request)


def _error_items(form: forms.BaseForm) -> Iterable[dict[str, Any]]:
    """Every error of a form in the order of its fields. An error of the whole form links to its first field."""
    visible = form.visible_fields()
    first = {"href": f"#{field_id(visible[0])}"} if visible else {}
    for error in form.non_field_errors():
        yield {"text": error, **first}
    for bound in form:
        target = first if bound.is_hidden else {"href": f"#{field_id(bound)}"}
        yield from ({"text": error, **target} for error in bound.errors)


@register.simple_tag
def nhs_errors(*forms_of_page: forms.BaseForm | None) -> SafeString:
    """{% nhs_errors form %}: the error summary, which takes the focus. Nothing where there is no error."""
    items = [item for form in forms_of_page if form is not None and form.is_bound for item in _error_items(form)]
    if not items:
        return SafeString("")
    return component("error-summary", heading="There is a problem", errorList=items)


# ---- Ratings and empty cells ----------------------------------------------------------------------------------------

# Drawn marks, because a background may not be printed and is dropped where the reader chooses the colours.
_SHAPES = {
    "diamond": '<path d="M8 0 16 8 8 16 0 8Z"/>',
    "triangle": '<path d="M8 1 16 15H0Z"/>',
    "circle": '<circle cx="8" cy="8" r="7"/>',
    "tick": '<path d="M1.6 8.2 4 5.8l2.7 2.8L12.2 2.6l2.4 2.3L6.7 13.4Z"/>',
    "square": '<path d="M2 2h12v12H2Z" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    "dash": '<path d="M1 6.5h14v3H1Z"/>',
    "clock": '<path fill-rule="evenodd" d="M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM7 3v6l4 3 1.2-1.6L9 8V3Z"/>',
    "half": '<path fill-rule="evenodd" d="M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Zm0 2a6 6 0 0 0 0 12Z"/>',
    "ring": '<circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "ring-tick": '<path d="M4.5 8.2 7 10.7l4.5-5M15 8A7 7 0 1 1 1 8a7 7 0 0 1 14 0Z" fill="none"'
    ' stroke="currentColor" stroke-width="2"/>',
}


def _rag_of(rating: Rag | str | None) -> Rag:
    """The rating of a stored value. Nothing stored means not rated; an unknown word is a fault and stops the page."""
    return Rag(rating) if rating else Rag.NOT_RATED


def _shape(name: str) -> SafeString:
    drawing = mark_safe(_SHAPES[name])  # noqa: S308 - our own constant
    return format_html(
        '<svg class="app-shape" viewBox="0 0 16 16" width="14" height="14" fill="currentColor"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        drawing,
    )


@register.simple_tag
def rag(rating: Rag | str | None, note: str = "") -> SafeString:
    """{% rag rating %} or {% rag rating note="48 days old" %}: the only way to print a rating. Word, shape, tint."""
    value = _rag_of(rating)
    spoken = "" if value.meaning == value.word.lower() else f": {value.meaning}"
    hidden = format_html('<span class="nhsuk-u-visually-hidden">{}</span>', spoken) if spoken else ""
    css = value.value.replace("_", "-")
    mark = format_html(
        '<strong class="app-rag app-rag--{}">{}{}{}</strong>', css, _shape(value.shape), value.word, hidden
    )
    return format_html('{} <span class="app-rag-note">{}</span>', mark, note) if note else mark


class Standing(Protocol):
    """How a milestone stands: a state, and the same in words with the days it is late."""

    @property
    def state(self) -> StrEnum:
        """The state."""

    @property
    def state_words(self) -> str:
        """'Overdue by 12 days', 'Done'."""


# Shapes of their own kind, so that a milestone's state is never taken for a rating.
_STATE_SHAPES = {"overdue": "clock", "due_soon": "half", "planned": "ring", "said_done": "ring-tick", "done": "tick"}
# A stage gate stands in words of its own; what is left of them looks as a milestone does.
_STATE_SHAPES |= {"passed": "tick", "conditions": "ring-tick", "deferred": "dash", "stopped": "diamond"}


@register.simple_tag
def plan_state(standing: Standing) -> SafeString:
    """{% plan_state standing %}: where a milestone stands, as a mark and words."""
    state = str(standing.state.value)
    mark = _shape(_STATE_SHAPES.get(state, "square"))
    css = state.replace("_", "-")
    return format_html('<span class="app-state app-state--{}">{}{}</span>', css, mark, standing.state_words)


@register.simple_tag
def missing(words: str) -> SafeString:
    """{% missing "Not recorded" %}: what a cell without a value says. Never blank, never a dash."""
    if len(words.strip()) < 2:  # noqa: PLR2004 - a dash is not a word
        raise UnknownName("{% missing %} needs words that say why there is nothing, such as 'Not recorded'.")
    return format_html('<span class="app-missing">{}</span>', words)


@register.simple_tag
def strip(cells: Iterable[Any]) -> SafeString:
    """{% strip cells %}: ratings of the last months as letters, with a sentence for those who hear the page.

    Cells have `label` (the month) and `rating`; the last one is the latest.
    """
    rated = [(str(cell.label), _rag_of(cell.rating)) for cell in cells]
    if not rated:
        return missing("No months yet")
    sentence = "; ".join(f"{label}: {rating.word}" for label, rating in rated)
    letters = format_html_join(
        "", '<span class="app-strip__cell app-strip__cell--{}">{}</span>',
        ((rating.value.replace("_", "-"), rating.letter) for _, rating in rated),
    )  # fmt: skip
    return format_html(
        '<span class="app-strip"><span class="nhsuk-u-visually-hidden">{}.</span>'
        '<span class="app-strip__cells" aria-hidden="true">{}</span></span>',
        sentence,
        letters,
    )
