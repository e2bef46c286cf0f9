"""The bridge to the NHS macros: strict about names, safe with words, and right about ids."""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import mark_safe

from programme.fields import BulletsField, DatePartsField
from programme.status import Rag
from programme.templatetags import nhs

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Ids, tags and links of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.anchors: list[str] = []
        self.pointers: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.anchors += [found["href"][1:]] if (found.get("href") or "").startswith("#") else []
        for name in ("for", "aria-describedby", "aria-controls"):
            self.pointers |= set((found.get(name) or "").split())


def template(text, **context):
    return engines["django"].from_string(text).render(context)


class EveryKind(forms.Form):
    """One field of every kind we print."""

    title = forms.CharField(max_length=100, help_text="A hint")
    points = BulletsField(max_length=1000)
    note = forms.CharField(widget=forms.Textarea, max_length=100)
    rating = forms.ChoiceField(choices=[("green", "Green"), ("red", "Red")], widget=forms.RadioSelect)
    places = forms.MultipleChoiceField(
        choices=[("h", "Halton"), ("k", "Knowsley")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="I agree", help_text="A hint")
    phase = forms.ChoiceField(choices=[("", "None"), ("1", "Design")])
    when = DatePartsField()
    staff = forms.IntegerField()
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    page = forms.FileField()
    version = forms.IntegerField(widget=forms.HiddenInput)


def whole(form):
    return nhs.nhs_errors(form) + "".join(bound.as_field_group() for bound in form)


@pytest.mark.parametrize("name", sorted(nhs.COMPONENTS))
def test_every_component_we_name_exists_and_prints(name):
    assert nhs.parameters_of(name)
    nhs.component(name)


def test_an_unknown_component_stops_the_page():
    with pytest.raises(TemplateSyntaxError, match="There is no component 'buton'"):
        template('{% nhs "buton" text="Save" %}')


@pytest.mark.parametrize(
    "params",
    [
        {"txet": "Save"},
        {"text": "Save", "prevent_double_click": True},
    ],
)
def test_an_unknown_parameter_stops_the_page(params):
    with pytest.raises(TemplateSyntaxError, match="'button' has no parameter"):
        nhs.component("button", **params)


def test_a_misspelt_name_deep_inside_a_parameter_stops_the_page():
    with pytest.raises(TemplateSyntaxError, match="inside 'items'"):
        nhs.component("radios", name="x", items=[{"value": "1", "txet": "One"}])
    with pytest.raises(TemplateSyntaxError, match="inside 'label'"):
        nhs.component("input", name="x", id="x", label={"texts": "One"})


def test_attributes_are_a_mapping_never_text():
    with pytest.raises(TemplateSyntaxError, match="takes a mapping"):
        nhs.component("button", text="Save", attributes=mark_safe('onclick="x()"'))


@pytest.mark.parametrize("key", ["text", "html"])
def test_hostile_words_stay_words_in_a_component(key):
    page = Page(nhs.component("inset-text", **{key: HOSTILE}))
    assert "script" not in page.tags
    assert "img" not in page.tags


def test_text_is_escaped_even_when_django_calls_it_safe():
    assert "<b>" not in nhs.component("tag", text=mark_safe("<b>A</b>"))
    assert "<b>A</b>" in nhs.component("tag", html=mark_safe("<b>A</b>"))


def test_hostile_words_stay_words_in_every_field_and_in_the_summary():
    form = EveryKind(dict.fromkeys(EveryKind.base_fields, HOSTILE) | {"when_day": HOSTILE})
    form.add_error("title", HOSTILE)
    tags = Page(whole(form)).tags
    assert "script" not in tags
    assert "img" not in tags


@pytest.mark.parametrize("data", [None, {}, {"when_day": "3", "rating": "blue", "version": "x"}])
def test_ids_are_unique_and_everything_that_points_finds_its_target(data):
    page = Page(whole(EveryKind(data)))
    assert len(page.ids) == len(set(page.ids))
    assert page.pointers <= set(page.ids)
    assert set(page.anchors) <= set(page.ids)


def test_the_error_of_radios_links_to_the_first_radio():
    html = whole(EveryKind({}))
    assert '<a href="#id_rating">' in html
    assert re.search(r'<input class="nhsuk-radios__input" id="id_rating" name="rating" type="radio"', html)


def test_the_error_of_a_date_links_to_its_day_and_that_of_a_hidden_field_to_the_first_field():
    html = nhs.nhs_errors(EveryKind({"title": "x"}))
    assert '<a href="#id_when-day">' in html
    assert "#id_version" not in html


def test_an_error_of_the_whole_form_links_to_its_first_field():
    form = EveryKind({})
    form.add_error(None, "The two do not go together")
    assert re.search(r'<a href="#id_title">\s+The two do not go together', nhs.nhs_errors(form))


def test_there_is_no_summary_without_errors():
    assert nhs.nhs_errors(EveryKind(), None) == ""


def test_errors_are_sentences_not_python_lists():
    html = whole(EveryKind({}))
    assert "['" not in html
    assert html.count("nhsuk-error-message") >= len(EveryKind.base_fields) - 1


def test_what_was_typed_comes_back_unchanged():
    form = EveryKind({"points": "one\n  two\n\tthree", "when_day": "31", "when_month": "2", "when_year": "2026"})
    html = whole(form)
    assert "one\n  two\n\tthree</textarea>" in html
    assert [f'value="{part}"' in html for part in ("31", "2", "2026")] == [True] * 3


def test_a_password_never_comes_back():
    assert "secret words" not in whole(EveryKind({"password": "secret words"}))


def test_fields_carry_what_browsers_and_keyboards_need():
    html = whole(EveryKind())
    assert 'autocomplete="new-password"' in html
    assert 'inputmode="numeric"' in html
    assert 'data-app-bullets=""' in html
    assert 'spellcheck="true"' in html
    assert 'type="number"' not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_looks_are_chosen_by_known_names_only():
    form = EveryKind()
    assert "nhsuk-label--m" in nhs.nhs_field(form["title"], size="m")
    assert "nhsuk-radios--inline" in nhs.nhs_field(form["rating"], inline=True)
    with pytest.raises(TemplateSyntaxError, match="'nhs_field' has no parameter 'sise'"):
        nhs.nhs_field(form["title"], sise="m")


def test_hints_of_choices_stand_under_them():
    form = EveryKind()
    form.fields["rating"].choice_hints = {"red": "Off track"}  # type: ignore[attr-defined]
    assert "Off track" in form["rating"].as_field_group()


def test_a_chosen_value_is_chosen():
    html = whole(EveryKind({"rating": "red", "places": ["k"], "agreed": "on", "phase": "1"}))
    assert re.search(r'value="red" checked', html)
    assert re.search(r'value="k" checked', html)
    assert re.search(r'value="on" checked', html)
    assert re.search(r'<option value="1" selected', html)


def test_nothing_chosen_is_said_in_words():
    form = EveryKind()
    form.fields["phase"].choices = [*BLANK_CHOICE_DASH, ("1", "Design")]  # type: ignore[attr-defined]
    html = form["phase"].as_field_group()
    assert "Choose one" in html
    assert "---" not in html


@pytest.mark.parametrize("rating", list(Rag))
def test_a_rating_is_always_a_word_and_a_shape(rating):
    html = nhs.rag(rating)
    assert f">{rating.word}<" in html.replace("</svg>", ">")
    assert Page(html).tags.count("svg") == 1
    assert nhs.rag(rating.value) == html


def test_every_rating_has_a_shape_of_its_own():
    shapes = {nhs.rag(rating).partition("<svg")[2].partition("</svg>")[0] for rating in Rag}
    assert len(shapes) == len(Rag)


def test_nothing_stored_is_not_rated_and_an_unknown_word_is_a_fault():
    assert nhs.rag(None) == nhs.rag("") == nhs.rag(Rag.NOT_RATED)
    with pytest.raises(ValueError, match="blue"):
        nhs.rag("blue")


def test_the_note_of_a_rating_is_escaped():
    assert "&lt;b&gt;" in nhs.rag(Rag.AMBER, note="<b>48 days old")


def test_an_empty_cell_says_why():
    assert "Not recorded" in template('{% missing "Not recorded" %}')
    for dash in ("", " ", "-", "–"):
        with pytest.raises(TemplateSyntaxError):
            nhs.missing(dash)


@dataclass
class Cell:
    label: str
    rating: Rag | None


def test_a_strip_is_letters_for_eyes_and_a_sentence_for_ears():
    html = nhs.strip([Cell("September 2026", Rag.GREEN), Cell("October 2026", Rag.RED)])
    assert "September 2026: Green; October 2026: Red." in html
    assert re.sub(r"<[^>]+>", "", html).endswith(".GR")
    assert 'aria-hidden="true"' in html


def test_a_strip_without_months_says_so():
    assert "No months yet" in nhs.strip([])


@dataclass
class Standing:
    state: Rag
    state_words: str


def test_a_milestones_state_is_a_mark_and_escaped_words():
    html = nhs.plan_state(Standing(Rag.COMPLETE, "<b>Overdue by 12 days"))
    assert "svg" in Page(html).tags
    assert "&lt;b&gt;Overdue by 12 days" in html


def test_the_styles_and_the_macros_are_the_pair_that_belongs_together():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]["node_modules/nhsuk-frontend"]["version"] == "10.6.1"
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^nhsuk-frontend-jinja==0\.10\.2\b", requirements, re.MULTILINE)
