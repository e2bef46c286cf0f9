"""From finding to work and back: recommendations made of reviews, and what the next review says of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused
from programme.roles import Role
from tests.factories import filling, matured, people, work
from tests.integration.markup import faults, markup
from thrive.actions import delivery
from thrive.maturity import following
from thrive.maturity.actions import published
from thrive.maturity.models import Finding, Kloe, Review, TakenForward
from thrive.maturity.scoring import Kind, State
from thrive.models import Recommendation

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
def review(place):
    """A year ago: two elements agreed, one finding and one recommendation."""
    return matured.released(
        place, {"ACC05": 1, "ACC06": 3}, when=matured.EARLIER, title="First look",
        found=[("finding", "Lists differ"), ("advice", "Join the lists")],
    )  # fmt: skip


@pytest.fixture
def advice(review):
    return Finding.objects.get(kind="advice")


def done(taken: TakenForward, programme) -> Recommendation:
    """The recommendation accepted, its milestone reached and closed with evidence."""
    named = filling.work_for(taken.recommendation, milestone=work.milestone(work.workstream(programme)))
    current = Recommendation.objects.get(pk=named.recommendation_id)
    return delivery.close(
        recommendation=current, evidence="One list since May", version=current.version, by=None, at=matured.WHEN
    )


# -- actions -----------------------------------------------------------------------------------------------------------


def test_a_finding_becomes_a_recommendation_that_says_where_it_comes_from(review, advice, place, facilitator):
    taken = matured.forward(review, finding=advice, element=matured.element(), by=facilitator)
    made = taken.recommendation
    assert (made.text, made.place, made.source_kind, made.source, made.made_on) == (
        "Agree one list of waits", place, "maturity", "First look, Access & Waits", matured.DAY,
    )  # fmt: skip
    [told] = made.history.values_list("pgh_context__metadata__action", flat=True)  # type: ignore[attr-defined]
    assert told == "Wrote down a recommendation"


def test_nothing_is_taken_forward_before_everybody_may_read_the_review(place):
    running = matured.scored(place, [2])
    with pytest.raises(Refused, match="Release the review first"):
        matured.forward(running, element=matured.element())
    assert not Recommendation.objects.exists()


def test_what_is_taken_forward_is_of_that_review_and_of_its_framework(review, advice, place):
    other = matured.released(place, {"ACC05": 2}, title="Another")
    newer = matured.next_version()
    foreign = newer.domains.get(code="ACC").elements.get(code="ACC05")
    wrong = [
        ({}, "which finding or which element"),
        ({"finding": advice}, "of another review"),
        ({"element": foreign}, "another version"),
    ]
    for about, said in wrong:
        with pytest.raises(Refused, match=said):
            matured.forward(other, **about)
    with pytest.raises(Refused, match="Choose an element of Access"):
        matured.forward(review, finding=advice, element=matured.element("CUL01"))


# -- pages -------------------------------------------------------------------------------------------------------------


def test_one_tap_leads_to_a_form_that_is_filled_in(review, advice, place, client, facilitator):
    home = markup(client.get(f"{HOME}{review.pk}/"))
    address = f"{HOME}{review.pk}/findings/{advice.pk}/forward/"
    assert faults(home) == []
    assert address in {link["href"] for link in home.all("a")}
    assert "Nothing taken forward yet. 1 recommendation of the review is not taken forward." in home.words
    page = markup(client.get(address))
    assert faults(page) == []
    assert page.by_id("id_text").text.strip() == "Join the lists"
    chosen = Kloe.objects.get(code="ACC05-1", element__domain__framework=review.framework)
    begun = markup(client.get(f"{address}?kloe={chosen.pk}"))
    assert begun.by_id("id_text").text.strip() == chosen.action
    answer = client.post(address, {"text": "Join all lists", "place": place.pk, "element": matured.element().pk})
    assert answer.headers["Location"] == f"{HOME}{review.pk}/work/"
    taken = TakenForward.objects.get()
    assert (taken.finding, taken.element, taken.recommendation.text) == (advice, matured.element(), "Join all lists")
    assert "Taken forward already" in markup(client.get(address)).words


def test_what_is_wrong_is_said_and_what_was_typed_stays(review, advice, place, client, facilitator):
    address = f"{HOME}{review.pk}/findings/{advice.pk}/forward/"
    empty = client.post(address, {"text": "", "place": place.pk})
    assert (empty.status_code, faults(markup(empty))) == (422, [])
    named = client.post(address, {"text": "Ring my daughter Emily each week", "place": place.pk})
    page = markup(named)
    assert (named.status_code, b"privacy-warning" in named.content) == (422, True)
    assert page.by_id("id_text").text.strip() == "Ring my daughter Emily each week"
    assert not TakenForward.objects.exists()


def test_every_question_of_the_framework_starts_an_action(db):
    told = dict(Kloe.objects.values_list("code", "action"))
    assert len(told) == 204
    assert all(text.endswith(".") and "?" not in text and text[0].isupper() for text in told.values())
    assert len(set(told.values())) == 204


def test_an_element_is_taken_forward_in_positive_words(review, client, facilitator):
    domain = markup(client.get(f"{HOME}{review.pk}/domains/ACC/"))
    address = f"{HOME}{review.pk}/elements/ACC05/forward/"
    assert address in {link["href"] for link in domain.all("a")}
    page = markup(client.get(address))
    assert faults(page) == []
    assert page.by_id("id_text").text.strip() == "Agree milestones from referral to later stages for each pathway."


def test_the_thread_is_walked_from_the_finding_to_the_milestone_and_back(
    review, advice, programme, client, facilitator
):
    taken = matured.forward(review, finding=advice, element=matured.element())
    hub = work.workstream(programme, "Hub")
    filling.work_for(taken.recommendation, milestone=work.milestone(hub, "One list is live", when="March 2027"))
    told = markup(client.get(f"{HOME}{review.pk}/work/"))
    assert faults(told) == []
    assert "1 recommendation taken forward: 1 is being worked on." in told.words
    assert {"One list is live", "Hub", "Agree one list of waits"} <= {link.text for link in told.all("a")}
    assert "Other findings" in told.words
    recommendation = f"/p/own/thrive/recommendations/{taken.recommendation_id}/"
    page = markup(client.get(recommendation))
    origin = f"{HOME}recommendations/{taken.recommendation_id}/"
    assert origin in {link["href"] for link in page.all("a")}
    part = markup(client.get(origin, headers=HTMX))
    assert faults(part, part=True) == []
    assert "What was recommended: Join the lists" in part.words
    assert "has not been scored again" in part.words
    assert faults(markup(client.get(origin))) == []


def test_the_next_review_points_at_what_was_done_and_says_what_came_of_it(
    review, place, programme, client, facilitator
):
    taken = matured.forward(review, element=matured.element())
    again = matured.begun(place, kind=Kind.AGAIN, follows=review, title="Second look")
    assert following.done_since(again, matured.DAY) == {}, "accepted is not done"
    done(taken, programme)
    assert list(following.done_since(again, matured.DAY)) == ["ACC05"]
    who, token = matured.part(again, "Ann")
    page = markup(client.get(f"{HOME}{again.pk}/"))
    assert faults(page) == []
    assert "Something was recommended for 1 element and has been done. Look at it with fresh eyes." in page.words
    matured.move(again, State.SCORING)
    assert (
        "Done since the review before: Agree one list of waits" in markup(Client().get(f"/maturity/{token}/ACC/")).words
    )
    matured.score(who, {"ACC05": 3})
    matured.move(again, State.WORKSHOP)
    agree = markup(client.get(f"{HOME}{again.pk}/elements/ACC05/"))
    assert "One list since May" in agree.words
    matured.agreed(again, "ACC05", 3)
    matured.move(again, State.AGREED)
    before = markup(client.get(f"{HOME}{review.pk}/work/")).words
    assert "Scored again" not in before, "a page that everybody may read tells nothing that is not released"
    assert "Second look" not in before
    matured.move(again, State.RELEASED)
    told = markup(client.get(f"{HOME}{review.pk}/work/")).words
    assert "Scored again: Waiting standards and milestones. From Emerging to Maturing." in told
    assert "Second look" in told


def test_what_was_done_is_found_again_in_a_newer_version(review, place, programme):
    done(matured.forward(review, element=matured.element()), programme)
    newer = matured.next_version(was={"ACC04": "ACC05"})
    again = matured.begun(place, kind=Kind.AGAIN, follows=review)
    Review.objects.filter(pk=again.pk).update(framework=newer)
    assert list(following.done_since(Review.objects.get(pk=again.pk), matured.DAY)) == ["ACC04"]


def test_what_others_published_can_be_taken_forward_at_home(programme, place, client, facilitator):
    published.load_london(by=None)
    visits = Review.objects.get(title__contains="all together")
    advice = visits.findings.filter(kind="advice").first()
    assert advice
    address = f"{HOME}{visits.pk}/findings/{advice.pk}/forward/"
    page = markup(client.get(address))
    assert faults(page) == []
    assert page.by_id("id_text").text.strip() == advice.text
    assert client.post(address, {"text": advice.text, "place": place.pk}).status_code == 302
    assert Recommendation.objects.get().place == place


def test_only_who_runs_reviews_takes_forward_and_commissioners_read_no_work(review, advice, programme, client):
    taken = matured.forward(review, finding=advice)
    client.force_login(people.member(programme, Role.COMMISSIONER))
    page = client.get(f"{HOME}{review.pk}/")
    assert "Join the lists" in markup(page).words
    assert b"Agree one list" not in page.content
    forbidden = (
        f"{review.pk}/work/",
        f"recommendations/{taken.recommendation_id}/",
        f"{review.pk}/elements/ACC05/forward/",
    )
    assert [client.get(HOME + each).status_code for each in forbidden] == [403, 403, 403]
    client.force_login(people.member(programme, Role.READER))
    assert client.get(f"{HOME}{review.pk}/work/").status_code == 200
    assert client.get(f"{HOME}{review.pk}/elements/ACC05/forward/").status_code == 403


def test_high_impact_changes_are_a_view_over_the_domains(review, client, facilitator):
    page = markup(client.get(f"{HOME}{review.pk}/changes/"))
    assert faults(page) == []
    assert "Proactively manage waiting times at all pathway stages" in page.words
    assert "Lifts it next: Waiting standards and milestones." in page.words
    assert f"{HOME}{review.pk}/domains/ACC/" in {link["href"] for link in page.all("a")}


def test_words_of_others_are_never_markup(place, client, facilitator):
    review = matured.released(place, {"ACC05": 1}, found=[("advice", "<script>alert(1)</script>")])
    matured.forward(review, finding=Finding.objects.get(), text="<script>alert(2)</script>")
    for address in (f"{HOME}{review.pk}/", f"{HOME}{review.pk}/work/"):
        assert b"<script>alert" not in client.get(address).content


def test_pages_ask_as_often_however_much_was_taken_forward(programme, client, facilitator):
    def asked(many: int) -> list[int]:
        place = matured.place_of(programme, f"Place {many}")
        first = matured.released(
            place, {"ACC05": 1}, when=matured.EARLIER, title=f"First {many}",
            found=[("advice", f"Do {n}") for n in range(many)],
        )  # fmt: skip
        for finding in first.findings.all():
            done(matured.forward(first, finding=finding, element=matured.element()), programme)
        again = matured.released(place, {"ACC05": 2}, follows=first, title=f"Again {many}")
        one = f"{HOME}{first.pk}/"
        addresses = [f"{one}work/", one, f"{one}domains/ACC/", f"{one}changes/", f"{HOME}{again.pk}/domains/ACC/"]
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    few, more = asked(1), asked(3)
    assert few == more
    assert max(few) <= 45
