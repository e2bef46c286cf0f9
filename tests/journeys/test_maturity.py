"""A maturity review from naming participants to release, its re-review, and both side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import MID_MERSEY, follow, press, rows, sees, sees_heading, sign_in
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from tests.journeys.conftest import OpenWindow

HOME = f"{MID_MERSEY}maturity/"
DOMAIN = "Access & Waits"
FIRST = "Waiting standards and milestones"
SECOND = "Safety while waiting"
PEOPLE = {
    "Ward manager": "NHS",
    "Early help lead": "Council",
    "Head of year": "Schools and colleges",
    "Youth worker": "Voluntary sector",
    "Practice nurse": "NHS",
}


def begins(page: Page, title: str, *, follows: str = "") -> None:
    page.goto(f"{HOME}begin/")
    page.get_by_label("Which system or place is it about?").select_option("Halton")
    page.get_by_label("Re-review" if follows else "Self-review").check()
    if follows:
        page.get_by_label("Which review does it follow?").select_option(follows)
    page.get_by_label("What is the review called?").fill(title)
    page.get_by_label("When is it?").fill("November 2026")
    press(page, "Begin the review")
    sees_heading(page, title)


def names(page: Page, name: str, sector: str) -> str:
    """Adds somebody and takes their link down; it is shown once."""
    follow(page, "Add a participant")
    page.get_by_label("Who takes part?").fill(name)
    page.get_by_label(sector, exact=True).check()
    page.get_by_label(DOMAIN).check()
    page.get_by_label("By a personal link that you hand them").check()
    press(page, "Add")
    link = page.get_by_label("The link", exact=True).input_value()
    page.get_by_role("link", name=re.compile("self-review|re-review")).first.click()
    return "/" + link.split("/", 3)[3]


def picks(page: Page, element: str, level: str) -> None:
    page.get_by_role("group", name=element).get_by_label(level, exact=True).check()


def scores(page: Page, link: str, levels: dict[str, str], reason: str = "") -> None:
    page.goto(f"{link}ACC/")
    for element, level in levels.items():
        picks(page, element, level)
    if reason:
        page.get_by_label(f"Why? {FIRST}").fill(reason)


def takes_step(page: Page, name: str) -> None:
    follow(page, name)
    press(page, name)


def agrees(page: Page, element: str, level: str, why: str, dissent: str = "") -> None:
    page.get_by_role("link", name=element).click()
    chosen = page.get_by_role("group", name="Which level was agreed?")
    expect(chosen.get_by_role("radio", checked=True)).to_have_count(0)
    chosen.get_by_label(level, exact=True).check()
    page.get_by_label("Why this level?").fill(why)
    page.get_by_label("Who saw it differently, and why? (optional)").fill(dissent)
    page.get_by_label("Who decided?").fill("The workshop of four partners")
    press(page, "Write it down")


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def scores_at_once(people: dict[str, Page], links: dict[str, str]) -> None:
    """Four type before anybody saves; one of them goes on later; the fifth looks and says nothing."""
    told = {
        "Ward manager": "Leading",
        "Early help lead": "Emerging",
        "Head of year": "Emerging",
        "Youth worker": "Leading",
    }
    for name, level in told.items():
        scores(people[name], links[name], {FIRST: level, SECOND: "Developing"}, f"Seen by the {name.lower()}")
    for name in told:
        press(people[name], "Save")
        sees(people[name], f"{DOMAIN} is saved.")
        sees(people[name], "You have answered 2 of 10.")
    later = people["Head of year"]
    later.goto(f"{links['Head of year']}ACC/")
    expect(later.get_by_text("Seen by the ward manager")).to_have_count(0)
    picks(later, "Communication while waiting", "Cannot say")
    sees(later, "Saved: 3 of 10 answered.")
    people["Practice nurse"].goto(links["Practice nurse"])


def talks(page: Page, inspector: Inspector, review: str) -> None:
    """The workshop: the split comes first, and nothing is agreed by itself."""
    follow(page, "Go to the workshop")
    expect(page.get_by_role("heading", level=3).first).to_have_text(FIRST)
    sees(page, "On 1 element the scores are split.")
    sees(page, "2 Leading and 2 Emerging. 1 person said nothing.")
    inspector.look("the workshop")
    page.get_by_role("link", name=FIRST).click()
    press(page, "Write it down")
    inspector.look("agreeing with nothing chosen")
    page.goto(f"{review}workshop/")
    agrees(page, FIRST, "Developing", "Two services count, two do not", "Schools saw it lower")
    agrees(page, SECOND, "Developing", "Everybody saw it so")
    page.goto(review)
    takes_step(page, "Finish the workshop")


def looks_again(page: Page, partner: Page) -> None:
    """A re-review with one partner, agreed."""
    begins(page, "Halton re-review", follows="Halton self-review")
    again = page.url
    link = names(page, "Ward manager", "NHS")
    takes_step(page, "Open the scoring")
    scores(partner, link, {FIRST: "Leading", SECOND: "Developing"})
    press(partner, "Save")
    sees(partner, f"{DOMAIN} is saved.")
    takes_step(page, "Close the round")
    follow(page, "Go to the workshop")
    agrees(page, FIRST, "Leading", "One list for all")
    agrees(page, SECOND, "Developing", "As before")
    page.goto(again)
    takes_step(page, "Finish the workshop")


def test_five_partners_score_alone_agree_together_and_look_again(page, window: OpenWindow, inspector):
    """Given a facilitator and five participants of four sectors with links, when they score at the same time in
    browsers of their own, and one says nothing, nobody sees anything of another until the round is closed. The workshop
    begins with the split; what is agreed is written down with who saw it differently; a commissioner reads it once it
    is released. A re-review then stands beside it, the biggest difference first.
    """
    sign_in(page, "facilitator", to=HOME)
    begins(page, "Halton self-review")
    review = page.url
    links = {name: names(page, name, sector) for name, sector in PEOPLE.items()}
    takes_step(page, "Open the scoring")
    people = {name: window(width=390) for name in PEOPLE}
    scores_at_once(people, links)
    page.goto(review)
    sees(page, "0 of 5 participants have answered everything; 1 has not begun.")
    expect(page.get_by_text("Seen by the ward manager")).to_have_count(0)
    inspector.look("a review that is being scored")
    youth = Inspector(people["Youth worker"])
    youth.visit(f"{links['Youth worker']}ACC/", links["Youth worker"])

    takes_step(page, "Close the round")
    youth.page.goto(links["Youth worker"])
    sees(youth.page, "The round has closed. Below is what everybody said.")
    youth.look("what everybody said")
    talks(page, inspector, review)
    commissioner = Inspector(window())
    sign_in(commissioner.page, "commissioner", to=HOME)
    expect(commissioner.page.get_by_text("Halton self-review")).to_have_count(0)
    takes_step(page, "Release the review")
    commissioner.page.reload()
    follow(commissioner.page, "Halton self-review")
    sees(commissioner.page, "Released to the programme: its staff and its commissioners.")
    commissioner.page.get_by_role("link", name=re.compile(DOMAIN)).click()
    sees(commissioner.page, "Schools saw it lower")
    commissioner.look("a domain of a released review")

    looks_again(page, people["Ward manager"])
    follow(page, "Compare with Halton self-review")
    expect(rows(page).first).to_contain_text(FIRST)
    expect(rows(page).first).to_contain_text("2 levels apart")
    inspector.look("two reviews side by side")
    assert inspector.found + youth.found + commissioner.found == []


def test_the_other_pages_of_maturity(inspector):
    """Given the demo, when a facilitator reads reviews, the library and the framework, every page can be read by
    everybody, on a desk and on a phone.
    """
    page = inspector.page
    sign_in(page, "facilitator", to=HOME)
    inspector.look("the list of reviews")
    for path in ("library/", "framework/1/", "begin/", "compare/", "library/add/", "framework/load/"):
        page.goto(f"{HOME}{path}")
        inspector.look(path)
    page.goto(HOME)
    follow(page, "Mid Mersey re-review")
    inspector.look("a re-review")
    follow(page, "What people said")
    inspector.look("what people said in a review that is done")
    page.goto(HOME)
    follow(page, "Visit to Camden")
    sees(page, "Published by those who made it. Everybody may read it.")
    inspector.look("a visit from outside")
    assert inspector.found == []


def test_a_finding_is_followed_to_work_and_back(page, inspector):
    """Given a released review, when the facilitator takes an element forward with the framework's own words, it is a
    recommendation that leads back to the review; and what was done of last year's is told with what was scored since.
    """
    sign_in(page, "facilitator", to=HOME)
    follow(page, "Mid Mersey self-review")
    inspector.look("a released review")
    follow(page, "What became of it")
    sees(page, "Scored again: Waiting standards and milestones. From Emerging to Developing.")
    inspector.look("what became of a review")
    page.go_back()
    follow(page, "Where the domains of each change stand")
    inspector.look("high-impact changes")
    page.get_by_role("link", name=DOMAIN).click()
    inspector.look("a domain with what was made of it")
    page.get_by_role("link", name=re.compile("Make it a recommendation.*Safety while waiting")).click()
    page.get_by_text("Begin with words of the framework").click()
    follow(page, "Agree what happens when somebody gets worse while waiting.")
    page.get_by_label("What should be done?").fill("")
    press(page, "Make it a recommendation")
    inspector.look("taking forward with nothing written")
    page.get_by_label("What should be done?").fill("Agree who rings when somebody gets worse")
    press(page, "Make it a recommendation")
    sees(page, "It is a recommendation now. It waits for a decision.")
    follow(page, "Agree who rings when somebody gets worse")
    sees(page, "To lift Safety while waiting")
    inspector.look("a recommendation of a review")
    page.get_by_role("link", name="Mid Mersey self-review").click()
    sees_heading(page, "What became of it")
    page.goto(HOME)
    follow(page, "Access and participation in Halton")
    follow(page, "Pastoral lead")
    sees(page, "Taken by the mail server.")
    inspector.look("a participant whose link was emailed")
    assert inspector.found == []
