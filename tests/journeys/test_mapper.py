"""A mapper's whole job: a service, its needs, a gap, levelling up, a spreadsheet with a mistake, then right, undone."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from playwright.sync_api import Page, expect

from tests.journeys.steps import MID_MERSEY, follow, hears, link, press, sees, sees_errors, sees_heading, sign_in
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from pathlib import Path

MAP = f"{MID_MERSEY}thrive/"


def adds_a_service(page: Page) -> None:
    follow(page, "Add a service")
    page.get_by_label("Name of the service").fill("Allotment mornings")
    page.get_by_label("Who provides it?").select_option("Lantern Youth Partnership (demo)")
    page.get_by_label("What does it do?").fill("Growing things together, and somebody to talk to.")
    page.get_by_label("Up to the birthday").fill("11")
    press(page, "Save")
    sees_errors(page, "Select at least one place")
    for place in ("Halton", "St Helens"):
        page.get_by_label(place, exact=True).check()
    press(page, "Save")
    sees_heading(page, "Allotment mornings")


def maps_it(page: Page) -> None:
    follow(page, "Map it to needs")
    page.get_by_label("Thriving").check()
    page.get_by_label("St Helens", exact=True).uncheck()
    page.get_by_label("Partial").check()
    page.get_by_label("From age").fill("5")
    press(page, "Put it on the map")
    sees(page, "1 row is on the map.")


def confirms_a_gap_in_place(page: Page) -> None:
    page.goto(MAP)
    cell = link(page, "Getting Risk Support, birth to 5, Halton: Not yet mapped")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Getting Risk Support, birth to 5, Halton")).to_be_focused()
    follow(page, "Confirm that nothing is offered")
    press(page, "Confirm")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter how it is known")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.get_by_label("How is it known that nothing is offered?").fill("All partners were asked at the workshop")
    press(page, "Confirm")
    hears(page, "Confirmed: nothing is offered. It is a gap now.")
    expect(link(page, "Getting Risk Support, birth to 5, Halton: Confirmed none")).to_be_visible()


def levels_up(page: Page) -> None:
    page.goto(f"{MAP}copy/")
    page.get_by_label("Copy what is mapped in").select_option("Halton")
    page.get_by_label("To", exact=True).select_option("St Helens")
    press(page, "Continue")
    page.get_by_role("checkbox", name=re.compile("^Allotment mornings")).check()
    for box in page.get_by_role("checkbox", checked=True).all():
        if "Allotment" not in str(box.evaluate("each => each.labels[0].textContent")):
            box.uncheck()
    press(page, "Copy the ticked rows")
    sees(page, "1 row copied to St Helens")


def brings_in(page: Page, change: dict[str, str]) -> None:
    """The map's own file with cells of the first row of the mapping changed."""
    page.goto(f"{MAP}sheet/")
    with page.expect_download() as taken:
        follow(page, "Download the map as a spreadsheet")
    path: Path = taken.value.path()
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    sheet = book["Mapping"]
    headings = [cell.value for cell in sheet[1]]
    for heading, value in change.items():
        sheet.cell(2, headings.index(heading) + 1, value)
    out = BytesIO()
    book.save(out)
    file = {"name": "map.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    press(page, "Continue")


def holds_a_place_against_the_principles(page: Page) -> None:
    """A second opinion on one principle: it saves as it goes, and the difference stands on the page."""
    page.goto(f"{MAP}principles/")
    page.get_by_label("Place").select_option("Halton")
    follow(page, "Begin a baseline")
    press(page, "Begin")
    for name, score in (("School nurses", "3"), ("Parents’ forum", "2")):
        follow(page, "Add a rater")
        page.get_by_label("Who answers?").fill(name)
        press(page, "Save and answer")
        sees_heading(page, "Common language")
        macro = page.get_by_role("region", name="Macro")
        macro.get_by_role("radio", name=f"{score}. ").check()
        macro.get_by_label("Why? (macro)").fill("Plans of all partners were read")
        macro.get_by_label(re.compile("What shows it")).focus()  # leaving the box saves
        expect(page.locator("#autosave")).to_contain_text("Saved: 1 of 3 levels.")
        page.reload()
        expect(page.get_by_label("Why? (macro)")).to_have_value("Plans of all partners were read")
        follow(page, "Back to the assessment")
    sees(page, "2 raters differ on 1 of 1 statement; some say THRIVE-like and some not yet.")
    follow(page, "Show only what raters scored differently")
    expect(page.get_by_role("row", name=re.compile("^Macro"))).to_contain_text("Raters differ")


def test_a_mapper_maps_a_service_confirms_a_gap_levels_up_and_undoes_a_spreadsheet(page):
    """Given the map of Mid Mersey, when its mapper adds a service and maps it, confirms a gap with the keyboard alone,
    copies the service's row to another place, and brings in a spreadsheet first with a mistake and then right, each is
    on the map at once, the mistake is told by its cell, and the spreadsheet can be undone. Two raters who see
    a principle differently stand side by side. The wide tables can be scrolled with the keyboard and keep the rules of
    accessibility, on a desk and on a phone.
    """
    sign_in(page, "mapper", to=f"{MAP}services/")
    adds_a_service(page)
    maps_it(page)
    confirms_a_gap_in_place(page)
    levels_up(page)

    brings_in(page, {"From age": "eleven"})
    sees(page, "Sheet Mapping, row 2, column E (From age)")
    sees(page, "“eleven” is not an age such as 16 or 6 months.")
    brings_in(page, {"Where it can be found": "Page 7"})
    press(page, "Save 1 change")
    sees(page, "Brought in: 1 row changed. You can undo it below.")
    page.get_by_role("link", name=re.compile("^Undo")).first.click()
    press(page, "Undo it")
    sees(page, "map.xlsx has been undone.")

    holds_a_place_against_the_principles(page)
    inspector = Inspector(page)
    inspector.look(page.url)
    for address, region in (
        (f"{MAP}?as=table", "Map of Halton, ages by need"),
        (f"{MAP}levels/?as=table", "Places by need"),
    ):
        page.goto(address)
        inspector.look(address)
        page.set_viewport_size({"width": 320, "height": 900})
        table = page.get_by_role("region", name=region)
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.activeElement.scrollLeft > 0")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 900})
    assert inspector.found == []
