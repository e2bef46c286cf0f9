"""Assessments against the principles: what is refused, what is kept, and pages that show every rater's own answer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import mapped, people, principled, work
from tests.factories.principled import LANGUAGE, language
from tests.integration.markup import faults, markup
from thrive.actions import principles as actions
from thrive.actions.principles import Answer
from thrive.models import PrincipleAnswer, PrincipleAssessment, PrincipleRater, PrincipleSet

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
BASE = "/p/own/thrive/principles/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def town(programme):
    return mapped.place(programme, "Harbour")


@pytest.fixture
def rater(town):
    return principled.rater(principled.assessment(town))


@pytest.fixture
def page_of(rater):
    return f"{BASE}{rater.assessment_id}/raters/{rater.pk}/{LANGUAGE}/"


def enter(client, programme, role) -> None:
    client.force_login(people.member(programme, role))


def cells(page) -> list[str]:
    return [" ".join(each.text.split()) for each in page.all("th", "td")]


def history(row) -> list[str]:
    events = type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("pgh_id")
    return [event.pgh_context.metadata["action"] for event in events]


# -- actions -----------------------------------------------------------------------------------------------------------


def test_every_answer_stays_and_the_last_one_counts(rater):
    seen = principled.answered(rater, language(2))
    assert principled.answered(rater, language(2), after=seen) == seen  # nothing is different, so nothing is added
    principled.answered(rater, language(3, 2, 2), after=seen)
    assert list(PrincipleAnswer.objects.values_list("score", flat=True)) == [2, 2, 2, 3]
    assert [each.score for each in actions.last_words(rater, {LANGUAGE})] == [3, 2, 2]


@pytest.mark.parametrize(
    ("said", "why"),
    [(Answer(3), "Say why"), (Answer(5, "Very"), "from 1 to 4"), (Answer(0, "Nothing"), "from 1 to 4")],
)
def test_a_score_is_from_one_to_four_and_has_a_reason(rater, said, why):
    with pytest.raises(Refused, match=why):
        actions.answer(rater=rater, answers={(LANGUAGE, "macro"): said}, after=0, by=None)
    assert not PrincipleAnswer.objects.exists()


def test_whoever_has_not_seen_the_last_answer_saves_nothing(rater):
    principled.answered(rater, language(2))
    with pytest.raises(Stale) as stale:
        principled.answered(rater, language(4))
    assert {each.score for each in stale.value.current.values()} == {2}
    assert PrincipleAnswer.objects.count() == 3


def test_what_is_finished_moves_no_more_until_it_is_reopened_with_a_reason(rater):
    assessment = rater.assessment
    with pytest.raises(Refused, match="Nobody has scored"):
        principled.finished(assessment)
    seen = principled.answered(rater, language(2))
    done = principled.finished(assessment)
    for refused in (
        lambda: principled.answered(rater, language(4), after=seen),
        lambda: principled.rater(assessment, "Others"),
        lambda: actions.change_rater(rater=rater, name="Others", sees_from="", version=1, by=None),
    ):
        with pytest.raises(Refused, match="is finished"):
            refused()
    with pytest.raises(Refused, match="Say why"):
        actions.reopen(assessment=done, reason=" ", version=2, by=None)
    with pytest.raises(Stale):
        actions.reopen(assessment=done, reason="A rater was ill", version=1, by=None)
    actions.reopen(assessment=done, reason="A rater was ill", version=2, by=None, at=principled.WHEN)
    principled.answered(rater, language(4), after=seen)
    assert history(assessment) == [
        "Began an assessment against the principles", "Finished an assessment against the principles",
        "Reopened an assessment against the principles",
    ]  # fmt: skip


def test_a_follow_up_asks_what_its_finished_baseline_asked(town):
    baseline = principled.assessment(town)
    with pytest.raises(Refused, match="Finish the baseline"):
        principled.assessment(town, follows=baseline)
    principled.answered(principled.rater(baseline), language(2))
    baseline = principled.finished(baseline)
    newer = actions.change_items(texts={}, scale=list("abcd"), note="Other words", number=1, by=None)
    follow_up = principled.assessment(town, follows=baseline)
    assert (follow_up.items.number, principled.assessment(town).items) == (1, newer)
    with pytest.raises(Refused, match="not against another follow-up"):
        principled.assessment(town, follows=follow_up)
    with pytest.raises(Refused, match="baseline is of Harbour"):
        principled.assessment(mapped.place(None, "Hill"), follows=baseline)
    with pytest.raises(Refused, match="stays as it is"):
        actions.reopen(assessment=baseline, reason="Why not", version=2, by=None)
    with pytest.raises(Refused, match="after its baseline"):
        actions.begin(place=town, begun_on=date(2025, 1, 1), follows=baseline, by=None)


def test_raters_are_told_apart_by_their_names(rater):
    with pytest.raises(Refused, match="of that name"):
        principled.rater(rater.assessment, "school NURSES")
    changed = actions.change_rater(rater=rater, name="School nurse team", sees_from="", version=1, by=None)
    with pytest.raises(Stale):
        actions.change_rater(rater=rater, name="Others", sees_from="", version=1, by=None)
    assert (changed.name, history(rater)) == ("School nurse team", ["Added a rater", "Changed a rater"])


def test_what_is_asked_changes_only_as_a_new_version_with_its_reason():
    for note, scale, why in (("", list("abcd"), "what is different"), ("So", list("abc"), "each score means")):
        with pytest.raises(Refused, match=why):
            actions.change_items(texts={}, scale=scale, note=note, number=1, by=None)
    first = PrincipleSet.objects.get()
    with pytest.raises(Refused, match="Nothing is different"):
        actions.change_items(texts={}, scale=first.scale, note="Again", number=1, by=None)
    made = actions.change_items(texts={(LANGUAGE, "macro"): " Words "}, scale=first.scale, note="So", number=1, by=None)
    with pytest.raises(Stale):
        actions.change_items(texts={}, scale=first.scale, note="So", number=1, by=None)
    assert (made.number, made.items.count()) == (2, 24)
    assert made.items.get(principle=LANGUAGE, level="macro").text == "Words"
    assert first.items.exclude(text="").count() == 0


# -- pages -------------------------------------------------------------------------------------------------------------


def test_a_baseline_stands_beside_its_follow_up(town, programme, client):
    enter(client, programme, Role.READER)
    empty = markup(client.get(BASE))
    assert faults(empty) == []
    assert "Harbour has not been held against the eight principles yet." in empty.words
    assert f"{BASE}begin/" not in empty.links(BASE)
    baseline, follow_up = principled.series(town)
    page = markup(client.get(BASE))
    assert faults(page) == []
    assert cells(page)[:8] == [
        "Principle", "Baseline, September 2025", "Follow-up, September 2026", "What changed",
        "Principle Common language", "Baseline Not yetMacro 2, meso 2, micro 2",
        "Follow-up Raters differMacro 3, meso 2 and 3, micro 3 and 4", "What changed Up at every level",
    ]  # fmt: skip
    assert {f"{BASE}{baseline.pk}/", f"{BASE}{follow_up.pk}/"} <= page.links(BASE)
    assert f"{BASE}" in markup(client.get("/p/own/thrive/")).links("/p/own/thrive/")


def test_raters_stand_side_by_side_and_what_they_score_differently_can_be_seen_alone(town, programme, client):
    enter(client, programme, Role.READER)
    _, follow_up = principled.series(town)
    page = markup(client.get(f"{BASE}{follow_up.pk}/"))
    assert faults(page) == []
    assert "2 raters differ on 2 of 3 statements; on 1 of them some say THRIVE-like and some not yet." in page.words
    assert {
        "School nurses 3. Teams were askedShown by: Survey",
        "Young advisers 2. Teams were askedShown by: Survey",
    } < set(cells(page))
    assert "Needs-led" in page.words
    apart = markup(client.get(f"{BASE}{follow_up.pk}/?only=apart"))
    assert faults(apart) == []
    assert "Needs-led" not in apart.words
    assert [each for each in cells(apart) if each.startswith("Level ")] == ["Level Meso", "Level Micro"]
    assert f"{BASE}{follow_up.pk}/raters/add/" not in page.links(BASE)


def test_a_mapper_begins_adds_a_rater_answers_and_finishes_without_scripts(town, programme, client):
    enter(client, programme, Role.MAPPER)
    day = {"begun_on_day": "1", "begun_on_month": "9", "begun_on_year": "2026"}
    assert client.post(f"{BASE}begin/", {"place": ""} | day).status_code == 422
    answer = client.post(f"{BASE}begin/", {"place": town.pk} | day)
    made = PrincipleAssessment.objects.get()
    assert answer.headers["Location"] == f"{BASE}{made.pk}/"
    answer = client.post(f"{BASE}{made.pk}/raters/add/", {"version": 0, "name": "School nurses"})
    rater = PrincipleRater.objects.get()
    first = f"{BASE}{made.pk}/raters/{rater.pk}/{LANGUAGE}/"
    assert answer.headers["Location"] == first
    page = markup(client.get(first))
    assert faults(page) == []
    assert "principle 1 of 8" in page.words
    answer = client.post(first, principled.typed())
    assert answer.headers["Location"] == first.replace(LANGUAGE, "needs_led")
    assert "3 of 24 answered" in markup(client.get(f"{BASE}{made.pk}/")).words
    assert client.post(f"{BASE}{made.pk}/finish/", {"version": 1}).status_code == 302
    assert client.get(first).status_code == 404
    assert client.get(f"{BASE}{made.pk}/finish/").status_code == 404


def test_a_score_without_a_reason_comes_back_with_what_was_typed(rater, page_of, programme, client):
    enter(client, programme, Role.MAPPER)
    answer = client.post(page_of, principled.typed() | {"reason-meso": "", "reason-macro": "Plans say so"})
    assert answer.status_code == 422
    page = markup(answer)
    assert "Enter why, for meso" in page.words
    assert page.by_id("id_reason-macro").text.strip() == "Plans say so"
    odd = client.post(page_of, {"after": "0", "reason-micro": "I heard so"})
    assert "Select a score for micro, or ‘Cannot say’" in markup(odd).words
    named = client.post(page_of, principled.typed(reason="Patient born 3 May 2010 said so"))
    assert "These words may identify somebody" in markup(named).words
    assert not PrincipleAnswer.objects.exists()


def test_it_saves_what_is_complete_while_the_rest_is_typed(rater, page_of, programme, client):
    enter(client, programme, Role.MAPPER)
    typed = principled.typed() | {"reason-meso": ""}
    part = client.post(f"{page_of}save/", typed, headers=HTMX).content.decode()
    assert "Saved: 2 of 3 levels." in part
    assert "Not saved yet: Enter why, for meso." in part
    seen = max(PrincipleAnswer.objects.values_list("pk", flat=True))
    assert f'id="id_after" value="{seen}" hx-swap-oob="true"' in part
    assert "Somebody else has saved" in client.post(f"{page_of}save/", typed, headers=HTMX).content.decode()
    assert PrincipleAnswer.objects.count() == 2
    whole = client.post(f"{page_of}save/", typed | {"after": seen})
    assert faults(markup(whole)) == []


def test_whoever_saves_second_sees_both(rater, page_of, programme, client):
    enter(client, programme, Role.MAPPER)
    principled.answered(rater, language(2))
    answer = client.post(page_of, principled.typed("4", "We all say so"))
    assert answer.status_code == 409
    page = markup(answer)
    assert faults(page) == []
    assert "Macro: 2. Teams were asked (Survey)" in page.words
    assert page.by_id("id_reason-macro").text.strip() == "We all say so"
    again = principled.typed("4", "We all say so") | {"after": page.by_id("id_after")["value"]}
    assert client.post(page_of, again).status_code == 302
    assert PrincipleAnswer.objects.count() == 6


def test_what_is_asked_is_read_by_all_and_changed_as_a_new_version(rater, programme, client):
    enter(client, programme, Role.READER)
    page = markup(client.get(f"{BASE}items/"))
    assert faults(page) == []
    assert "None has wording of its own yet" in page.words
    assert client.get(f"{BASE}items/?version=9").status_code == 404
    assert client.get(f"{BASE}items/change/").status_code == 403
    enter(client, programme, Role.MAPPER)
    assert faults(markup(client.get(f"{BASE}items/change/"))) == []
    assert client.post(f"{BASE}items/change/", principled.typed_items(note="")).status_code == 422
    assert client.post(f"{BASE}items/change/", principled.typed_items()).status_code == 302
    stale = client.post(f"{BASE}items/change/", principled.typed_items("Mine"))
    assert stale.status_code == 409
    page = markup(stale)
    assert faults(page) == []
    assert "Version 2 stands now: “Plainer words”" in page.words
    assert page.by_id("id_note").text.strip() == "Mine"
    newest = markup(client.get(f"{BASE}items/"))
    assert "1 has wording of its own; the others ask by the meaning of the principle." in newest.words
    assert "1 assessment asks this version" in markup(client.get(f"{BASE}items/?version=1")).words


def test_assessments_of_other_places_do_not_exist(programme, client):
    elsewhere = mapped.place(work.programme("Elsewhere"), "Hill")
    other = principled.rater(principled.assessment(elsewhere))
    enter(client, programme, Role.OFFICE)
    for path in ("", "raters/add/", f"raters/{other.pk}/{LANGUAGE}/", "finish/"):
        assert client.get(f"{BASE}{other.assessment_id}/{path}").status_code == 404
    own = principled.assessment(mapped.place(programme, "Quay"))
    assert client.get(f"{BASE}{own.pk}/raters/{other.pk}/{LANGUAGE}/").status_code == 404


def test_a_page_asks_as_often_for_three_raters_as_for_one(town, programme, client):
    enter(client, programme, Role.MAPPER)
    baseline, follow_up = principled.series(town)
    paths = ("", "items/", f"{follow_up.pk}/", f"{follow_up.pk}/raters/{follow_up.raters.all()[0].pk}/{LANGUAGE}/")
    counts = []
    for number in range(2):
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{BASE}{path}").status_code == 200
            counts.append(len(asked))
        if not number:
            for name in ("Parents", "Teachers", "Wardens"):
                principled.answered(principled.rater(follow_up, name), language(1))
            principled.assessment(town, follows=baseline)
            principled.series(town)
    assert counts[:4] == counts[4:]
