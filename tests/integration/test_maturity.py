"""Maturity reviews: what each action does and refuses, who sees what when, and every page."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme import tables
from programme.actions import mail
from programme.models import Mail, MailAttempt
from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import matured, people, work
from tests.integration.markup import faults, markup
from thrive.maturity import framework_file, read, sheets
from thrive.maturity.actions import framework, noting, published, reviews, scoring
from thrive.maturity.models import Consensus, Evidence, Finding, Framework, Participant, Practice, Review, Score
from thrive.maturity.scoring import Answer, Kind, Median, NotComparable, State

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
HOME = "/p/own/maturity/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def place(programme):
    return matured.place_of(programme)


@pytest.fixture
def facilitator(programme, client):
    account = people.member(programme, Role.FACILITATOR)
    client.force_login(account)
    return account


@pytest.fixture
def reader(programme):
    client = Client()
    client.force_login(people.member(programme, Role.READER))
    return client


def history_of(row):
    return row.history


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


# -- actions -----------------------------------------------------------------------------------------------------------


def test_a_review_is_begun_with_who_began_it(facilitator, place):
    review = matured.begun(place, by=facilitator)
    told = history_of(review).order_by("-pgh_id").first()
    assert (review.state, review.framework.number, told.pgh_context.metadata["action"]) == (
        "draft", 1, "Began a maturity review",
    )  # fmt: skip
    assert told.pgh_context.metadata["user"] == facilitator.pk


def test_a_re_review_follows_one_of_the_same_place(programme, place):
    first = matured.begun(place)
    with pytest.raises(Refused, match="of the same place"):
        matured.begun(matured.place_of(programme, "Hill"), kind=Kind.AGAIN, follows=first)
    with pytest.raises(Refused, match="follows an earlier review"):
        matured.begun(place, kind=Kind.AGAIN)


def test_no_step_is_skipped_and_none_is_taken_unready(place):
    review = matured.begun(place)
    with pytest.raises(Refused, match="Nobody takes part yet"):
        matured.move(review, State.SCORING)
    with pytest.raises(Refused, match="cannot be done now"):
        matured.move(review, State.AGREED)
    matured.part(review, "Ann")
    matured.move(review, State.SCORING)
    with pytest.raises(Refused, match="Nobody has scored yet"):
        matured.move(review, State.WORKSHOP)


def test_a_closed_round_takes_no_scores_and_never_opens_again(place):
    review = matured.scored(place, [2, 3])
    who = review.participants.get(name="Person 0")
    matured.move(review, State.WORKSHOP)
    with pytest.raises(Refused, match="The round is not open"):
        matured.score(who, {"ACC05": 4})
    with pytest.raises(Refused, match="cannot be done now"):
        matured.move(review, State.SCORING)


def test_scores_are_added_and_a_change_of_mind_is_a_new_row(place):
    review = matured.scored(place, [2])
    who = review.participants.get()
    assert matured.score(who, {"ACC05": 2, "ACC06": None}) == 1, "what did not change is left alone"
    assert matured.score(who, {"ACC05": 3}, reason="New lists") == 1
    assert list(Score.objects.filter(element__code="ACC05").values_list("level__value", "reason")) == [
        (2, ""), (3, "New lists"),
    ]  # fmt: skip
    assert read.picture(review).scores[0].level == 3
    assert Score.objects.get(element__code="ACC06").level is None


def test_nobody_scores_what_they_are_not_asked_about_or_for_somebody_else(place, facilitator):
    review = matured.scored(place, [2])
    who = review.participants.get()
    with pytest.raises(Refused, match="not asked about that element"):
        matured.score(who, {"CUL01": 2})
    with pytest.raises(Refused, match="no such level"):
        matured.score(who, {"ACC05": 9})
    with pytest.raises(Refused, match="scores by themselves"):
        scoring.score(participant=who, answers={"ACC05": Answer(4)}, by=facilitator)
    in_room, _ = matured.part(review, "Bo", in_room=True)
    with pytest.raises(Refused, match="a facilitator writes"):
        scoring.score(participant=in_room, answers={"ACC05": Answer(4)})
    assert scoring.score(participant=in_room, answers={"ACC05": Answer(4)}, by=facilitator) == 1


def test_a_consensus_is_only_ever_what_somebody_wrote_down(place):
    review = matured.scored(place, [3, 3, 3])
    with pytest.raises(Refused, match="in the workshop"):
        matured.agreed(review, "ACC05", 3)
    matured.move(review, State.WORKSHOP)
    picture = read.picture(Review.objects.get(pk=review.pk))
    assert picture.spreads[matured.element().pk].median == Median(3, 3)
    assert set(picture.levels.values()) == {None}, "a median is never a consensus"
    with pytest.raises(Refused, match="Write down why"):
        matured.agreed(review, "ACC05", 3, rationale=" ")
    matured.agreed(review, "ACC05", 2, dissent="Schools saw it higher")
    with pytest.raises(Stale):
        matured.agreed(review, "ACC05", 4)
    assert read.picture(review).levels["ACC05"] == 2


def test_disagreement_is_kept_as_such(place):
    review = matured.scored(place, [1, 4])
    matured.move(review, State.WORKSHOP)
    matured.agreed(review, "ACC05", None, dissent="They live in different towns")
    made = Consensus.objects.get()
    assert (made.level, made.dissent) == (None, "They live in different towns")


def test_what_was_released_stays(place, facilitator):
    review = matured.released(place, {"ACC05": 2})
    found = noting.Found("finding", matured.domain(), "More")
    for refused in (
        lambda: noting.find(review=review, findings=[found], by=facilitator),
        lambda: matured.agreed(review, "ACC06", 2),
        lambda: reviews.change(
            review=review, title="x", purpose="", closes_on=None, version=review.version, by=facilitator
        ),
    ):
        with pytest.raises(Refused, match="has been released"):
            refused()


def test_a_link_is_kept_as_a_hash_works_once_renewed_and_stops_when_it_has_run_out(place, facilitator, monkeypatch):
    review = matured.begun(place)
    who, token = matured.part(review, "Ann")
    assert token not in json.dumps(list(Participant.objects.values()), default=str)
    assert "token_hash" not in {f.name for f in history_of(who).model._meta.get_fields()}
    assert reviews.find_by_link(token) == who
    _, newer = reviews.renew_link(participant=who, version=1, by=facilitator)
    assert (reviews.find_by_link(token), reviews.find_by_link(newer)) == (None, who)
    later = matured.WHEN + timedelta(days=500)
    assert reviews.find_by_link(newer, at=later) is None
    reviews.withdraw(participant=who, version=2, by=facilitator)
    assert reviews.find_by_link(newer) is None


def test_the_database_keeps_reviews_in_order(place):
    review = matured.begun(place)
    for wrong in ({"state": "released"}, {"kind": "visit", "state": "scoring"}, {"is_public": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            with_context(review, wrong)


def with_context(review, wrong):
    from programme.history import recorded

    with recorded(by=None, action="Broke it"):
        Review.objects.filter(pk=review.pk).update(**wrong)


# -- the framework -----------------------------------------------------------------------------------------------------


def test_the_shipped_framework_is_there_and_goes_out_and_in_the_same(facilitator):
    shipped = matured.shipped()
    text = sheets.text_of(shipped)
    assert text == framework.shipped()
    assert sheets.framework_in(sheets.framework_out(shipped), "next.xlsx") == text
    assert sheets.framework_in(framework_file.to_json(text).encode(), "next.json") == text
    with pytest.raises(Refused):
        sheets.framework_in(b"\xff\xff", "next.json")


def test_the_next_version_stands_beside_the_last_one(place, facilitator):
    matured.begun(place)
    text = sheets.text_of(matured.shipped())
    made = framework.load(text=replace(text, name="Next"), by=facilitator)
    assert (made.number, made.elements if hasattr(made, "elements") else 96) == (2, 96)
    assert Review.objects.get().framework.number == 1
    lost = replace(text.domains[0], elements=(replace(text.domains[0].elements[0], was=("XXX01",)),))
    with pytest.raises(Refused, match="has no element XXX01"):
        framework.load(text=replace(text, domains=(lost,), changes=()), by=facilitator)
    assert Framework.objects.count() == 2


def test_versions_are_compared_by_a_crosswalk_or_not_at_all(place):
    first = matured.released(place, {"ACC05": 2})
    matured.next_version(was={"ACC05": "ACC05"})
    newer = Review.objects.get(pk=matured.begun(place, title="Newer").pk)
    newer.framework = Framework.objects.get(number=2)
    tool = read.tool_of(newer.framework)
    rows = {row.code: row.levels for row in read.side_by_side([newer, first], tool)}
    assert (rows["ACC05"], rows["ACC06"]) == ((None, 2), (None, None))
    third = framework.load(text=replace(framework.shipped(), name="Third"), by=None)
    newer.framework = third
    with pytest.raises(NotComparable):
        read.side_by_side([newer, first], read.tool_of(third))


def test_the_london_visits_have_findings_and_no_levels_and_are_loaded_once(programme, reader):
    made = published.load_london(by=None)
    assert published.load_london(by=None) == []
    visits = {review.place.name: review.trailblazer for review in made}
    assert {name for name, yes in visits.items() if yes} == {"Bromley", "Tower Hamlets", "Camden", "Haringey"}
    assert {name for name, yes in visits.items() if yes is False} == {"Lewisham", "Waltham Forest", "Ealing"}
    assert (Score.objects.count(), Consensus.objects.count()) == (0, 0)
    assert Finding.objects.filter(kind="advice").count() > 40
    assert Practice.objects.exclude(link_state="none").count() == 0
    words = markup(reader.get(HOME)).words
    assert "Visit to Camden" in words
    assert "A trailblazer for the four-week wait." in words


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_a_review_is_the_partnerships_until_it_is_released(programme, place, client, facilitator, reader):
    review = matured.scored(place, [2, 3])
    commissioner = Client()
    commissioner.force_login(people.member(programme, Role.COMMISSIONER))
    addresses = [f"{HOME}{review.pk}/", f"{HOME}{review.pk}/domains/ACC/", f"{HOME}{review.pk}/download/"]
    for address in addresses:
        assert [c.get(address).status_code for c in (client, reader, commissioner)] == [200, 404, 404]
    assert review.title not in markup(reader.get(HOME)).words
    matured.move(review, State.WORKSHOP)
    matured.agreed(review, "ACC05", 2)
    matured.move(review, State.AGREED)
    assert reader.get(addresses[0]).status_code == 404
    matured.move(review, State.RELEASED)
    for address in addresses:
        assert [c.get(address).status_code for c in (client, reader, commissioner)] == [200, 200, 200]
    assert "Released to the programme" in markup(commissioner.get(addresses[0])).words
    for page in ("workshop/", "elements/ACC05/", "change/", "history/"):
        assert reader.get(f"{HOME}{review.pk}/{page}").status_code == 403


@pytest.mark.parametrize("level", [1, 4])
def test_nothing_leaks_before_the_round_closes_not_even_to_who_runs_it(place, client, facilitator, level):
    """The pages of the facilitator and of the other participant are the same whatever somebody scored."""
    review = matured.begun(place)
    one, own = matured.part(review, "Ann")
    _, other = matured.part(review, "Bo", "schools")
    matured.move(review, State.SCORING)
    matured.score(one, {"ACC05": level}, reason="A secret reason")
    pages = [
        f"{HOME}{review.pk}/", f"{HOME}{review.pk}/domains/ACC/", f"{HOME}{review.pk}/participants/{one.pk}/",
        f"{HOME}{review.pk}/history/", f"/maturity/{other}/", f"/maturity/{other}/ACC/",
    ]  # fmt: skip
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "secret reason" not in answer.content.decode()
        checked = [e for e in markup(answer).all("input") if e["name"] == "level-ACC05" and "checked" in e.attributes]
        assert checked == []
    for address in ("workshop/", "elements/ACC05/", f"participants/{one.pk}/enter/ACC/"):
        assert client.get(f"{HOME}{review.pk}/{address}").status_code == 404
    assert b"secret" not in client.get(f"{HOME}{review.pk}/download/").content
    mine = markup(client.get(f"/maturity/{own}/ACC/"))
    assert [e["value"] for e in mine.all("input") if e["name"] == "level-ACC05" and "checked" in e.attributes] == [
        str(level)
    ]


def test_after_the_round_everybody_who_takes_part_sees_what_was_said_without_names(place, client):
    review = matured.begun(place)
    one, _ = matured.part(review, "Ann Example")
    _, other = matured.part(review, "Bo", "schools")
    matured.move(review, State.SCORING)
    matured.score(one, {"ACC05": 1}, reason="Nobody counts the weeks")
    matured.move(review, State.WORKSHOP)
    page = markup(client.get(f"/maturity/{other}/"))
    assert faults(page) == []
    assert "NHS: Emerging. Nobody counts the weeks" in page.words
    assert "Ann Example" not in page.words
    assert client.get(f"/maturity/{other}/ACC/").status_code == 404


# -- pages -------------------------------------------------------------------------------------------------------------


def test_a_review_is_begun_on_its_page(place, client, facilitator):
    answer = client.post(f"{HOME}begin/", matured.typed(place))
    made = Review.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{HOME}{made.pk}/")
    assert (made.period_words, made.period_from) == ("March 2027", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Enter what the review is called"),
        ({"place": "999"}, "Select a valid choice"),
        ({"kind": "again"}, "Select which review it follows"),
        ({"when": "some day"}, "Enter a date such as"),
        ({"when": "from March 2027"}, "Enter a month, a season or a day"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(place, client, facilitator, typed, said):
    answer = client.post(f"{HOME}begin/", matured.typed(place, **typed))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert not Review.objects.exists()


def test_a_participant_is_added_and_their_link_is_shown_once(place, client, facilitator):
    review = matured.begun(place)
    typed = {"version": 0, "name": "Ann", "sector": "nhs", "domains": ["ACC", "CUL"], "way": "link"}
    answer = client.post(f"{HOME}{review.pk}/participants/add/", typed)
    who = Participant.objects.get()
    page = markup(client.get(answer.headers["Location"]))
    link = page.by_id("personal-link")["value"]
    assert faults(page) == []
    assert reviews.find_by_link(link.rstrip("/").rpartition("/")[2]) == who
    assert b"personal-link" not in client.get(answer.headers["Location"]).content
    twice = client.post(f"{HOME}{review.pk}/participants/add/", typed)
    assert (twice.status_code, "takes part already" in twice.content.decode()) == (422, True)


def test_somebody_scores_by_their_link_saves_as_they_go_and_finishes(place, client):
    review = matured.begun(place)
    _, token = matured.part(review, "Ann")
    matured.move(review, State.SCORING)
    address = f"/maturity/{token}/ACC/"
    page = markup(client.get(address))
    assert faults(page) == []
    assert "Questions that help" in page.words
    saved = client.post(f"{address}save/", {"level-ACC05": "3"}, headers=HTMX)
    assert "Saved: 1 of 10 answered." in saved.content.decode()
    unsaid = client.post(f"{address}save/", {"reason-ACC06": "Because"}, headers=HTMX)
    assert "Choose a level for" in unsaid.content.decode()
    rest = {f"level-ACC{n:02}": "cannot" for n in range(1, 11)} | {"level-ACC05": "2", "reason-ACC05": "Better lists"}
    assert client.post(address, rest).status_code == 302
    assert "You have answered everything" in markup(client.get(f"/maturity/{token}/")).words
    named = client.post(address, {"level-ACC01": "1", "reason-ACC01": "my daughter Emily waited a year"})
    assert (named.status_code, b"privacy-warning" in named.content) == (422, True)
    assert not Score.objects.filter(reason__contains="Emily").exists()


def test_a_link_that_does_not_work_says_so_and_nothing_else(client):
    answer = client.get("/maturity/nobody-knows-this/")
    assert (answer.status_code, faults(markup(answer))) == (404, [])
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_a_facilitator_writes_for_somebody_in_the_room(place, client, facilitator):
    review = matured.begun(place)
    who, _ = matured.part(review, "Bo", in_room=True)
    matured.move(review, State.SCORING)
    address = f"{HOME}{review.pk}/participants/{who.pk}/enter/ACC/"
    assert faults(markup(client.get(address))) == []
    assert client.post(address, {"level-ACC01": "2"}).status_code == 302
    assert Score.objects.get().by == facilitator
    wrong = client.post(address, {"reason-ACC02": "Because"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])


def test_scores_of_somebody_in_the_room_come_in_as_a_spreadsheet(place, client, facilitator):
    review = matured.begun(place)
    who, _ = matured.part(review, "Bo", in_room=True)
    matured.move(review, State.SCORING)
    address = f"{HOME}{review.pk}/participants/{who.pk}/sheet/"
    assert faults(markup(client.get(address))) == []
    told = tables.read(client.get(f"{address}file/").content, "scores.xlsx")[0]
    assert [row.cells["Code"] for row in told.rows] == [f"ACC{n:02}" for n in range(1, 11)]

    def bring(*rows):
        file = io.BytesIO(tables.written([tables.Sheet("Scores", ("Code", "Level", "Reason"), rows)]))
        file.name = "scores.xlsx"
        return client.post(address, {"file": file})

    wrong = bring(("ACC01", "Brilliant", ""))
    assert (wrong.status_code, faults(markup(wrong)), Score.objects.count()) == (422, [], 0)
    assert "“Brilliant” is no level" in markup(wrong).words
    assert "not asked about “CUL01”" in markup(bring(("CUL01", "Leading", ""))).words
    assert "Emily" in markup(bring(("ACC01", "Leading", "my daughter Emily waited a year"))).words
    assert bring(("ACC01", "leading", "Lists"), ("ACC02", "Cannot say", ""), ("ACC03", "", "")).status_code == 302
    assert [(s.element.code, str(s), s.by) for s in Score.objects.order_by("element__code")] == [
        ("ACC01", "Leading", facilitator), ("ACC02", "Cannot say", facilitator),
    ]  # fmt: skip


TYPED = {
    "number": 0, "level": "2", "rationale": "Most saw it so", "dissent": "Schools saw it higher",
    "decided_by": "The workshop", "ambition": "3",
} | day("decided_on", date(2026, 11, 1)) | day("ambition_by", date(2027, 11, 1))  # fmt: skip


def test_the_workshop_shows_the_spread_first_and_agrees_with_nothing_chosen(place, client, facilitator):
    review = matured.scored(place, [1, 1, 4, 4])
    matured.move(review, State.WORKSHOP)
    page = markup(client.get(f"{HOME}{review.pk}/workshop/"))
    assert faults(page) == []
    assert "On 1 element the scores are split" in page.words
    headings = [" ".join(e.text.split()) for e in page.all("h3")]
    assert headings[0] == matured.element("ACC05").name
    address = f"{HOME}{review.pk}/elements/ACC05/"
    form = markup(client.get(address))
    assert faults(form) == []
    assert [e for e in form.all("input") if e["name"] == "level" and "checked" in e.attributes] == []
    wrong = client.post(address, TYPED | {"level": "", "rationale": ""})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    assert client.post(address, TYPED).status_code == 302
    late = client.post(address, TYPED | {"level": "4", "rationale": "We came late"})
    assert (late.status_code, faults(markup(late))) == (409, [])
    assert "Most saw it so" in markup(late).words
    assert "We came late" in late.content.decode()
    made = Consensus.objects.get()
    assert (str(made.level), str(made.ambition), made.by) == ("Developing", "Maturing", facilitator)


def test_a_step_is_asked_about_taken_and_refused_in_words(place, client, facilitator):
    review = matured.begun(place)
    address = f"{HOME}{review.pk}/step/scoring/"
    assert faults(markup(client.get(address))) == []
    unready = client.post(address, {"version": 1})
    assert (unready.status_code, "Nobody takes part yet" in unready.content.decode()) == (422, True)
    matured.part(review, "Ann")
    stale = client.post(address, {"version": 7})
    assert (stale.status_code, faults(markup(stale))) == (409, [])
    assert client.post(address, {"version": 1}).status_code == 302
    assert Review.objects.get().state == "scoring"
    assert client.get(f"{HOME}{review.pk}/step/nowhere/").status_code == 404


def test_a_domain_says_where_it_stands_what_changed_and_what_lifts_it(place, client, facilitator):
    first = matured.released(place, {"ACC05": 1, "ACC06": 3})
    again = matured.released(place, {"ACC05": 2, "ACC06": 3}, title="Harbour again", follows=first)
    page = markup(client.get(f"{HOME}{again.pk}/domains/ACC/"))
    assert faults(page) == []
    assert "Between Developing and Maturing in the middle. 1 Maturing and 1 Developing. 8 not agreed." in page.words
    assert "Since the review before: From Emerging to Developing." in page.words
    assert "Since the review before: Still Maturing." in page.words
    assert "What lifts it next" in page.words
    compared = markup(client.get(f"{HOME}compare/?review={again.pk}&review={first.pk}"))
    assert faults(compared) == []
    assert "Harbour again: Not at the table: Council, Schools and colleges" in compared.words
    review = markup(client.get(f"{HOME}{again.pk}/"))
    assert "2 of 96 elements are agreed: 1 Maturing and 1 Developing. 94 were not assessed." in review.words
    assert "Since Harbour self-review: 1 higher and 1 the same." in review.words
    assert "1 of 2 elements differ." in compared.words


def test_findings_and_evidence_come_change_and_go(place, client, facilitator):
    review = matured.begun(place)
    domain = f"{HOME}{review.pk}/domains/ACC/"
    assert (
        client.post(f"{domain}finding/", {"version": 0, "kind": "finding", "text": "Lists differ"}).status_code == 302
    )
    made = Finding.objects.get()
    one = f"{HOME}{review.pk}/findings/{made.pk}/"
    assert faults(markup(client.get(one))) == []
    assert client.post(one, {"version": 1, "kind": "advice", "text": "Join the lists"}).status_code == 302
    late = client.post(one, {"version": 1, "kind": "advice", "text": "Mine"})
    assert (late.status_code, "Join the lists" in markup(late).words) == (409, True)
    wrong = client.post(f"{domain}evidence/", {"kind": "link"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    typed = {"element": matured.element().pk, "kind": "link", "title": "Policy", "url": "https://example.nhs.uk/p"}
    assert client.post(f"{domain}evidence/", typed | day("expires_on", date(2026, 1, 1))).status_code == 302
    page = markup(client.get(domain))
    assert faults(page) == []
    assert "No longer counts since 1 January 2026" in page.words
    shown = Evidence.objects.get()
    for address in (f"{HOME}{review.pk}/evidence/{shown.pk}/off/", f"{one}off/"):
        assert faults(markup(client.get(address))) == []
        assert client.post(address).status_code == 302
    assert (Finding.objects.count(), Evidence.objects.count()) == (0, 0)
    assert "took a finding out" in markup(client.get(f"{HOME}{review.pk}/history/")).words


def test_the_library_is_searched_added_to_and_checked(client, facilitator):
    published.load_london(by=None)
    page = markup(client.get(f"{HOME}library/?domain=PRO"))
    assert faults(page) == []
    assert "CReST" in page.words
    assert "Return ticket" not in page.words
    part = client.get(f"{HOME}library/?q=return+ticket", headers=HTMX)
    assert (faults(markup(part), part=True), b"<html" in part.content) == ([], False)
    typed = {"kind": "tool", "domain": "ACC", "text": "A calculator", "url": "https://example.nhs.uk/c"}
    assert client.post(f"{HOME}library/add/", typed).status_code == 302
    made = Practice.objects.get(text="A calculator")
    address = f"{HOME}library/{made.pk}/check/"
    assert faults(markup(client.get(address))) == []
    checked = {"version": 1, "url": made.url, "link_state": "dead"} | day("on", date(2026, 11, 1))
    assert client.post(address, checked).status_code == 302
    assert client.post(address, checked).status_code == 409
    assert "The link no longer works, checked on 1 November 2026" in markup(client.get(f"{HOME}library/")).words


def test_the_framework_is_read_downloaded_and_loaded(client, facilitator):
    page = markup(client.get(f"{HOME}framework/1/"))
    assert faults(page) == []
    assert "10 domains, 96 elements to score, and 204 questions that help." in page.words
    told = client.get(f"{HOME}framework/1/json/").content
    assert client.get(f"{HOME}framework/1/pdf/").status_code == 404
    file = io.BytesIO(told)
    file.name = "next.json"
    assert client.post(f"{HOME}framework/load/", {"file": file}).status_code == 302
    assert Framework.objects.count() == 2
    broken = io.BytesIO(b"{}")
    broken.name = "next.json"
    wrong = client.post(f"{HOME}framework/load/", {"file": broken})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])


def test_a_download_says_who_may_read_it_first(place, client, facilitator):
    review = matured.scored(place, [2])
    answer = client.get(f"{HOME}{review.pk}/download/")
    found = {sheet.name: [row.cells for row in sheet.rows] for sheet in tables.read(answer.content, "review.xlsx")}
    about = {row["About"]: row["Answer"] for row in found["About"]}
    assert about["Who may read this"].startswith("For the partnership only")
    assert {row["Agreed level"] for row in found["Levels"]} == {"Not assessed"}


def pages_of(review, who) -> list[str]:
    one = f"{HOME}{review.pk}/"
    return [
        HOME, one, f"{one}workshop/", f"{one}domains/ACC/", f"{one}elements/ACC05/", f"{one}participants/{who.pk}/",
        f"{one}change/", f"{one}participants/add/", f"{one}domains/ACC/finding/", f"{one}domains/ACC/evidence/",
        f"{HOME}begin/", f"{HOME}library/add/", f"{HOME}framework/load/", f"{one}participants/{who.pk}/off/",
    ]  # fmt: skip


def test_pages_ask_as_often_however_many_score(place, client, facilitator):
    def asked(people: int) -> list[int]:
        review = matured.scored(
            matured.place_of(place.programmes.get(), f"Place {people}"), [1, 4, 2, 3, 1, 2][:people]
        )
        matured.move(review, State.WORKSHOP)
        counts = []
        for address in pages_of(review, review.participants.first()):
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(address)
            assert (address, answer.status_code, faults(markup(answer))) == (address, 200, [])
            counts.append(len(queries))
        return counts

    assert asked(1) == asked(6)


# -- links by e-mail ---------------------------------------------------------------------------------------------------


def letters() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("address", "state"))


def secret_of(letter) -> str:
    return str(letter.link.rstrip("/").rpartition("/")[2])


def test_a_link_is_emailed_once_there_is_something_to_score(place, facilitator, mailoutbox):
    review = matured.begun(place)
    who, token = matured.part(review, "Ann", email="ann@council.example")
    assert (token, letters()) == ("", []), "nobody is written to before the round is open"
    matured.move(review, State.SCORING)
    [letter] = Mail.objects.all()
    assert reviews.find_by_link(secret_of(letter), at=matured.WHEN) == who
    assert letter.link not in letter.body
    assert mail.deliver_waiting(at=matured.WHEN) == 1
    [sent] = mailoutbox
    assert sent.to == ["ann@council.example"]
    assert "/maturity/" in sent.body
    assert "{link}" not in sent.body
    assert [each for each in ("Harbour", "self-review", "Ann", "Access") if each in sent.subject + sent.body] == []
    letter.refresh_from_db()
    assert (letter.state, letter.link) == ("delivered", ""), "the secret is forgotten with the letter"
    _, none = matured.part(review, "Bo", email="bo@school.example")
    assert (none, letters()[-1]) == ("", ("bo@school.example", "queued"))


def test_a_new_letter_calls_the_old_one_back_and_so_does_leaving(place, facilitator):
    review = matured.begun(place)
    who, _ = matured.part(review, "Ann", email="ann@council.example")
    with pytest.raises(Refused, match="emailed by itself"):
        reviews.email_link(participant=who, version=1, by=facilitator)
    matured.move(review, State.SCORING)
    first = secret_of(Mail.objects.get())
    again = reviews.email_link(participant=who, version=2, by=facilitator, at=matured.WHEN)
    assert letters() == [("ann@council.example", "given_up"), ("ann@council.example", "queued")]
    assert reviews.find_by_link(first, at=matured.WHEN) is None
    gone = reviews.withdraw(participant=again, version=again.version, by=facilitator, at=matured.WHEN)
    assert letters()[-1] == ("ann@council.example", "given_up")
    assert not Mail.objects.exclude(link="").exists()
    room, _ = matured.part(review, "Cy", in_room=True, email="cy@nhs.example")
    assert room.email == ""
    with pytest.raises(Refused, match="in the room"):
        reviews.email_link(participant=room, version=1, by=facilitator)
    bare, _ = matured.part(review, "Di")
    with pytest.raises(Refused, match="no address"):
        reviews.email_link(participant=bare, version=1, by=facilitator)
    assert not gone.is_emailed


def test_the_facilitator_sees_what_became_of_the_letter_and_sends_another(place, client, facilitator):
    review = matured.begun(place)
    typed = {"version": 0, "name": "Ann", "sector": "council", "domains": ["ACC"], "way": "email"}
    wrong = client.post(f"{HOME}{review.pk}/participants/add/", typed)
    assert (wrong.status_code, "Enter the email address for the link" in markup(wrong).words) == (422, True)
    answer = client.post(f"{HOME}{review.pk}/participants/add/", typed | {"email": "ann@council.example"})
    address = answer.headers["Location"]
    page = markup(client.get(address))
    assert faults(page) == []
    assert "Their link is emailed to ann@council.example when the scoring is opened." in page.words
    matured.move(review, State.SCORING)
    assert "Waiting to be sent." in markup(client.get(address)).words
    assert "Link emailed: waiting to be sent." in markup(client.get(f"{HOME}{review.pk}/")).words
    letter = Mail.objects.get()
    Mail.objects.filter(pk=letter.pk).update(state="refused", link="")
    MailAttempt.objects.create(mail=letter, number=1, at=matured.WHEN, result="refused", words="No such mailbox.")
    page = markup(client.get(address))
    assert faults(page) == []
    assert "Refused by the mail server. No such mailbox." in page.words
    version = Participant.objects.get().version
    assert client.post(f"{address}email/", {"version": version}).status_code == 302
    assert "Waiting to be sent." in markup(client.get(address)).words
    assert letters()[-1] == ("ann@council.example", "queued")


def test_an_address_is_changed_and_is_left_out_of_history(place, client, facilitator):
    review = matured.begun(place)
    who, _ = matured.part(review, "Ann", email="ann@council.example")
    typed = {"version": 1, "name": "Ann", "sector": "nhs", "domains": ["ACC"], "email": "ann@nhs.example"}
    assert client.post(f"{HOME}{review.pk}/participants/{who.pk}/", typed).status_code == 302
    assert Participant.objects.get().email == "ann@nhs.example"
    assert {"email", "mail", "token_hash"} & {f.name for f in history_of(who).model._meta.get_fields()} == set()


def test_reviews_under_way_are_all_named_with_how_they_stand(place, client, facilitator):
    matured.begun(place, title="Spring")
    matured.scored(place, [2])
    words = markup(client.get(HOME)).words
    assert "2 reviews are under way:" in words
    assert "Spring (being prepared)" in words
    assert "Harbour self-review (everybody scores alone)" in words


def test_history_says_which_steps_were_taken(place, client, facilitator):
    review = matured.scored(place, [1, 4])
    matured.move(review, State.WORKSHOP)
    words = markup(client.get(f"{HOME}{review.pk}/history/")).words
    assert "opened the scoring" in words
    assert "closed the round" in words


def test_evidence_of_the_product_itself_is_a_link(programme, place, client, facilitator):
    review = matured.scored(place, [1, 4])
    hub = work.workstream(programme, "Hub")
    shown = noting.Shown("milestone", "One list", milestone=work.milestone(hub, "List is live"))
    noting.add_evidence(review=review, element=matured.element(), shown=shown, by=facilitator)
    matured.move(review, State.WORKSHOP)
    for address in (f"{HOME}{review.pk}/domains/ACC/", f"{HOME}{review.pk}/elements/ACC05/"):
        page = markup(client.get(address))
        assert faults(page) == []
        assert "List is live" in {link.text for link in page.all("a")}
