"""Getting in: a forgotten password, a locked door, and a programme that is brought in from its page."""

import subprocess
import sys

import pytest

from tests.conftest import DEMO_DAY, ROOT
from tests.journeys.steps import (
    MID_MERSEY,
    follow,
    give_name_and_password,
    is_on,
    press,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)

PAGE = ROOT / "tests" / "data" / "pages" / "one_workstream.txt"
NEW_PASSWORD = "three-random-words-here"


class TestForgottenPassword:
    @pytest.fixture
    def process_settings(self):
        return {"TRACKER_NOW": f"{DEMO_DAY}T19:00:00", "TRACKER_MODE": "demo"}  # keeps its mails in a folder

    def test_a_new_password_is_set_through_the_email(self, page):
        page.goto("/sign-in/")
        follow(page, "I have forgotten my password")
        page.get_by_label("Your work email address").fill("reader@demo.example")
        press(page, "Send the link")
        sees_heading(page, "Check your email")

        page.goto("/demo/mailbox/")
        sees(page, "reader@demo.example")
        page.locator("a", has_text="/password/reset/").click()
        sees_heading(page, "Set a new password")
        page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
        page.get_by_label("New password again").fill(NEW_PASSWORD)
        press(page, "Save new password")
        sees_heading(page, "Your password has been changed")

        page.goto("/sign-in/")
        give_name_and_password(page, "reader")
        sees_errors(page, "The email address or password is not right. Check both and try again")
        give_name_and_password(page, "reader", NEW_PASSWORD)
        sees_heading(page, "Your programmes")

    def test_an_unknown_address_gets_the_same_answer(self, page):
        page.goto("/password/reset/")
        page.get_by_label("Your work email address").fill("nobody@demo.example")

        press(page, "Send the link")

        sees_heading(page, "Check your email")


def test_wrong_details_get_one_neutral_answer(page):
    page.goto("/sign-in/")

    give_name_and_password(page, "slt", "not-the-password")

    sees_errors(page, "The email address or password is not right. Check both and try again")


def test_signing_in_leads_to_the_page_that_was_asked_for_and_out_again(page):
    sign_in(page, "slt", to=f"{MID_MERSEY}updates/")
    is_on(page, f"{MID_MERSEY}updates/")

    press(page, "Log out")
    page.goto(MID_MERSEY)

    sees_heading(page, "Sign in")


def test_a_page_that_was_imported_is_seen_in_the_browser(page, process_environment):
    command = [sys.executable, "manage.py", "import_page", str(PAGE), "--programme", "mid-mersey"]
    done = subprocess.run(
        command, cwd=ROOT, env=process_environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

    sign_in(page, "reader", to=f"{MID_MERSEY}workstreams/")
    follow(page, "Quiet rooms in schools")

    sees_heading(page, "Quiet rooms in schools")
    sees(page, "Train two members of staff in each school")
    sees(page.get_by_role("region", name="Who to ask"), "Marta Hollowell")
    follow(page.get_by_role("navigation", name="Workstream pages"), "Updates")
    sees(page, "Training was delivered to eighteen members of staff.")
