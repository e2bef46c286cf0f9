"""What tests/conftest.py promises to every other test."""

from __future__ import annotations

import socket
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Database, Process

CALLS_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"


def who() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        row: tuple[str, str] = cursor.fetchone()
    return row


@pytest.mark.django_db
def test_tests_run_as_the_application_on_a_clone() -> None:
    role, database = who()
    assert role == "tracker_app"
    assert database.startswith("tracker_test_")


@pytest.mark.parametrize("_again", [1, 2])
def test_a_committed_database_is_fresh_and_seen_by_others(committed_db: Database, _again: int) -> None:
    assert not ContentType.objects.filter(app_label="made-here").exists()
    ContentType.objects.create(app_label="made-here", model="thing")
    with psycopg.connect(committed_db.app_url) as other:
        seen = other.execute("SELECT model FROM django_content_type WHERE app_label = 'made-here'").fetchall()
    assert seen == [("thing",)]
    assert who() == (urlsplit(committed_db.app_url).username, committed_db.name)


@pytest.mark.parametrize("wish", [{"transaction": True}, {"reset_sequences": True}])
def test_a_test_that_would_flush_is_refused_in_one_sentence(
    request: pytest.FixtureRequest, wish: dict[str, bool]
) -> None:
    ground = next(plugin for plugin in request.config.pluginmanager.get_plugins() if hasattr(plugin, "NO_FLUSH"))
    mark = pytest.mark.django_db(**wish).mark
    test = SimpleNamespace(nodeid="test_that_flushes", get_closest_marker=lambda _: mark)
    with pytest.raises(pytest.UsageError, match=r"^test_that_flushes: .* Use the fixture committed_db instead"):
        ground.pytest_collection_modifyitems([test])


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as outside, pytest.raises(PermissionError, match="tried to reach 192"):
        outside.connect(("192.0.2.1", 80))


def test_the_network_is_out_of_reach_of_the_processes_too(process_environment: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", CALLS_OUT], env=process_environment, capture_output=True, text=True, check=False
    )
    assert "A test tried to reach 192.0.2.1. Tests use this machine only." in run.stderr


@pytest.mark.journey
def test_server_worker_and_browser_work_on_the_tests_own_database(
    server: Process, worker: Process, page: Page, committed_db: Database
) -> None:
    answer = page.goto("/health/")
    assert answer is not None
    assert answer.text() == "ok\n"
    assert worker.children()
    assert committed_db.name in server.environment["DATABASE_URL"]
    assert "DATABASE_OWNER_URL" not in server.environment

    worker.kill()
    worker.start()
    assert worker.log_text.count(" ready.") == 2
