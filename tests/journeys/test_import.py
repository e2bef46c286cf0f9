"""The programme office brings its page in: from an empty programme to workstreams, and back again.

The programme is empty and the people are its own, so this journey stands on a fresh database, not on the demo.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from programme.actions import periods, programmes
from programme.models import User
from programme.roles import Role
from tests.conftest import ROOT, Database, Databases, django_uses
from tests.factories import people

pytestmark = pytest.mark.journey

TODAY = date(2026, 11, 18)
IMPORT = "/p/greener-vale/import/"
PAGE = """Current workstreams

Garden groups
Lead: Olumide Farrow

The garden groups workstream helps young people grow food together.

May update:
- The shed is built.

March 2024 update:
- Two allotments were rented.

Key milestones

April 2024
- Seeds bought.

Winter 2025
- Greenhouse opens.

Reading circles
Lead: Bronwen Castellane

The reading circles workstream brings people together over books.

Key milestones

June 2024
- First circle met.
"""


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases, template_db: Database
):
    """An empty programme, on a database of its own."""
    database = databases.clone(template_db)
    with django_db_blocker.unblock(), django_uses(database):
        yield database
    databases.drop(database)


@pytest.fixture
def process_settings() -> dict[str, str]:
    return {"TRACKER_NOW": f"{TODAY}T10:00:00"}


@pytest.fixture
def office(committed_db: Database) -> User:
    vale = programmes.create(name="Greener Vale", slug="greener-vale", by=None)
    periods.make_ahead(programme=vale, today=TODAY)
    return people.member(vale, Role.OFFICE, "Ife Marrow")


@pytest.fixture
def at_import(office: User, page: Page) -> Page:
    page.goto("/p/greener-vale/workstreams/")
    page.get_by_label("Email address").fill(office.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Add them by importing the programme’s page").click()
    expect(page).to_have_url(re.compile(f"{IMPORT}$"))
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def is_accessible(page: Page) -> None:
    """No fault that axe finds, and nothing that scrolls sideways on a phone; once the page is all there."""
    page.wait_for_load_state("load")
    expect(page.locator("footer")).to_be_visible()
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"rules": {"region": {"enabled": False}}})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_office_imports_a_page_corrects_it_sees_it_and_undoes_it(at_import: Page):
    page = at_import
    is_accessible(page)
    page.get_by_label("Paste the page").fill(PAGE)
    page.get_by_label("Where is the page from?").fill("Intranet")
    press(page, "Read the page")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check what was understood")
    expect(page.locator("#line-4")).to_contain_text("Lead: Olumide Farrow")
    expect(page.locator("#line-4")).to_contain_text("Lead")
    is_accessible(page)

    garden = page.locator(".app-import__workstream").filter(has=page.get_by_role("heading", name="Garden groups"))
    garden.get_by_label("Name", exact=True).fill("Growing together")
    garden.get_by_text("2 monthly updates of “Garden groups”").click()
    garden.get_by_label("Month of “May update:”").fill("May")
    page.get_by_label("What to do with “Reading circles”").select_option("Leave out")
    press(page, "Import this page")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter a month with its year for “May”")
    expect(garden.get_by_label("Name", exact=True)).to_have_value("Growing together")

    garden.get_by_label("Month of “May update:”").fill("May 2024")
    garden.get_by_role("radio", name="Winter 2025 to 2026").check()
    press(page, "Save choices and look again")
    expect(page.locator("#would-add")).to_contain_text("1 workstream, 1 person, 1 lead")
    page.reload()
    expect(garden.get_by_label("Name", exact=True)).to_have_value("Growing together")
    press(page, "Import this page")

    expect(page.get_by_role("heading", level=1)).to_have_text("Intranet")
    expect(page.get_by_text("Added 1 workstream")).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="Growing together").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Growing together")
    expect(page.get_by_text("Olumide Farrow").first).to_be_visible()
    page.go_back()

    page.get_by_role("link", name="Undo this import").click()
    is_accessible(page)
    press(page, "Undo this import")
    expect(page.get_by_text("The import of “Intranet” is undone")).to_be_visible()
    page.goto("/p/greener-vale/workstreams/")
    expect(page.get_by_text("No workstreams yet")).to_be_visible()


def test_the_office_puts_a_line_right_and_splits_a_workstream_without_losing_its_choices(at_import: Page):
    page = at_import
    page.get_by_label("Paste the page").fill(PAGE)
    press(page, "Read the page")
    garden = page.locator(".app-import__workstream").filter(has=page.get_by_role("heading", name="Garden groups"))
    garden.get_by_label("Name", exact=True).fill("Growing together")
    page.get_by_role("button", name="Correct line 17: Seeds bought.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Correct what was understood")
    is_accessible(page)
    page.get_by_label("Words").fill("Seeds bought and sown")
    page.get_by_label("Date").fill("May 2024")
    press(page, "Save")
    expect(page.locator("#at-m17")).to_contain_text("Seeds bought and sown")
    expect(page.locator("#at-m17")).to_contain_text("Corrected")

    page.get_by_role("button", name="Split the workstream Garden groups").click()
    press(page, "Split it")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter the name of the second workstream")
    is_accessible(page)
    page.get_by_label("Where does the second workstream begin?").select_option(label="Line 20: Greenhouse opens.")
    page.get_by_label("Name of the second workstream").fill("Greenhouses")
    press(page, "Split it")
    expect(page.get_by_role("heading", name="2. Greenhouses")).to_be_visible()
    page.get_by_role("button", name="Put back together the workstream Greenhouses").click()
    press(page, "Put it back together")
    expect(page.get_by_role("heading", name="2. Reading circles")).to_be_visible()
    expect(garden.get_by_label("Name", exact=True)).to_have_value("Growing together")


def documents() -> Path:
    return Path(os.environ.get("TRACKER_DOCUMENTS") or ROOT.parent / "shared" / "seeds")


def shows_its_silent_slips(page: Page) -> None:
    """The plan of the workstream just imported says what its page never did: two starts that moved."""
    page.locator("main .nhsuk-list--bullet a").first.click()
    page.locator(".app-tabs").get_by_role("link", name="Plan").click()
    start = page.get_by_role("row").filter(has_text="0-25")
    expect(start).to_contain_text("Spring 2023")
    expect(start).to_contain_text("Moved once: was January 2023")
    base = page.get_by_role("row").filter(has_text="move base")
    expect(base).to_contain_text("March 2023")
    expect(base).to_contain_text("Moved once: was February 2023")
    is_accessible(page)


@pytest.mark.parametrize("number", ["000", "002"])
def test_a_real_page_is_read_imported_and_undone(at_import: Page, number: str):
    found = sorted(documents().glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"There is no document {number} in {documents()}; TRACKER_DOCUMENTS names the folder.")
    page = at_import
    page.set_default_timeout(60_000)  # reading and trying out a hundred milestones takes a while on a busy machine
    page.locator("input[type=file]").set_input_files(found[0])
    press(page, "Read the page")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what was understood")
    is_accessible(page)

    press(page, "Import this page")
    expect(page.get_by_role("heading", level=1)).to_have_text(found[0].name)
    if number == "000":
        shows_its_silent_slips(page)
    page.goto(IMPORT)
    page.locator("input[type=file]").set_input_files(found[0])
    press(page, "Read the page")
    expect(page.locator("#would-add")).to_have_text("It adds nothing.")

    page.goto(IMPORT)
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Undo this import").click()
    press(page, "Undo this import")
    expect(page.get_by_text("is undone")).to_be_visible()
