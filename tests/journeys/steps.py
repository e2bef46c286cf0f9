"""What people do and see on any page, in words that journeys are written with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from pypdf import PdfReader

from reporting.demo.people import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

MID_MERSEY = "/p/mid-mersey/"
WORKSTREAM = f"{MID_MERSEY}workstreams/access-and-crisis/"


def sign_in(page: Page, role: str, *, to: str = "/") -> None:
    """As the demo's person of that role, on the way to `to`."""
    page.goto(to)
    give_name_and_password(page, role)
    page.wait_for_url(re.compile(r"/(?!sign-in)"))


def give_name_and_password(page: Page, role: str, password: str = PASSWORD) -> None:
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def link(where: Page | Locator, name: str) -> Locator:
    """A link, also one that looks and is announced as a button."""
    as_button = where.get_by_role("button", name=name, exact=True).and_(where.locator("a[href]"))
    return where.get_by_role("link", name=name, exact=True).or_(as_button)


def follow(page: Page | Locator, name: str) -> None:
    link(page, name).click()


def says_why_the_office_reports_now(page: Page) -> None:
    """Somebody is always silent in the demo, so the office has to say why it goes on."""
    page.get_by_label("Why do you report now all the same?").fill("The board meets next week.")


def choose(page: Page, rating: str) -> None:
    """Amber, say; what is said behind the word may change."""
    page.get_by_role("radio", name=re.compile(f"^{rating}")).check()


def reads(pdf: Path) -> str:
    """The words of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def is_accessible(pdf: Path) -> bool:
    """Whether a PDF is tagged and says that it is PDF/UA."""
    root: Any = PdfReader(pdf).root_object
    return bool(root["/MarkInfo"]["/Marked"].value) and b"pdfuaid:part" in root["/Metadata"].get_data()


def sees_heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def sees(page: Page | Locator, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def hears(page: Page, text: str | re.Pattern[str]) -> None:
    """What the one live region says last."""
    expect(page.locator("#app-live")).to_have_text(text)


def is_on(page: Page, path: str) -> None:
    """The address after the host, with its query."""
    expect(page).to_have_url(re.compile(rf"^http://[^/]+{re.escape(path)}$"))


def sees_errors(page: Page, *sentences: str) -> None:
    """The error summary has the focus and says these sentences, each a link to its field."""
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(list(sentences))


def answer(page: Page, question: str) -> Locator:
    """A row of check answers."""
    return page.locator(".nhsuk-summary-list__row").filter(has=page.locator("dt").get_by_text(question, exact=True))


def rows(page: Page | Locator) -> Locator:
    """The rows of the body of a table."""
    return page.locator("tbody tr")
