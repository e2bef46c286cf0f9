"""The embedded PostgreSQL and Valkey: what is written stays, rights are apart, nothing runs on afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import redis

from programme import embedded
from programme.embedded import Embedded, Services, ServicesError, prepare_database, services

if TYPE_CHECKING:
    from collections.abc import Iterator

USES_THEM = """
import sys, time
from pathlib import Path
from programme.embedded import Embedded
Embedded(Path(sys.argv[1])).start()
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("services")


@pytest.fixture
def home(folder: Path) -> Iterator[Embedded]:
    home = Embedded(folder)
    yield home
    home.release()


def state(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "services.json").read_text())
    return found


def postgres_pid(folder: Path) -> int:
    return int((Path(state(folder)["postgres_home"]) / "postgres" / "postmaster.pid").read_text().split()[0])


def wait_until_gone(*pids: int) -> None:
    deadline = time.monotonic() + 20
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        assert time.monotonic() < deadline, f"still running: {pids}"
        time.sleep(0.05)


def write_one_row(running: Services) -> None:
    with psycopg.connect(running.owner_url) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (id int GENERATED ALWAYS AS IDENTITY)")
    with psycopg.connect(running.app_url) as app:
        app.execute("INSERT INTO kept DEFAULT VALUES")


def rows(running: Services) -> int:
    with psycopg.connect(running.app_url) as app:
        (count,) = app.execute("SELECT count(*) FROM kept").fetchone() or (0,)
    return int(count)


def test_a_killed_postgres_and_valkey_come_back_with_every_row_at_the_same_address(
    home: Embedded, folder: Path
) -> None:
    running = home.start()
    write_one_row(running)
    before = rows(running)
    with redis.Redis.from_url(running.redis_url) as valkey:
        valkey.set("wake-up", "1")
    killed = postgres_pid(folder), state(folder)["valkey_pid"]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_until_gone(*killed)

    again = Embedded(folder)
    try:
        restarted = again.start()
        assert restarted == running
        assert rows(restarted) == before
        with redis.Redis.from_url(restarted.redis_url) as valkey:
            assert valkey.get("wake-up") == b"1"
    finally:
        again.release()


def test_a_lock_file_that_names_another_process_does_not_stop_the_start(home: Embedded, folder: Path) -> None:
    write_one_row(home.start())
    data = Path(state(folder)["postgres_home"]) / "postgres"
    killed = postgres_pid(folder)
    lock = (data / "postmaster.pid").read_text()
    os.kill(killed, signal.SIGKILL)
    wait_until_gone(killed)
    (data / "postmaster.pid").write_text(lock.replace(str(killed), str(os.getpid()), 1))

    again = Embedded(folder)
    try:
        assert rows(again.start()) > 0
    finally:
        again.release()


def test_a_second_user_attaches_and_only_the_last_one_out_stops_them(home: Embedded, folder: Path) -> None:
    first = home.start()
    other = Embedded(folder)
    assert other.start() == first
    pids = postgres_pid(folder), state(folder)["valkey_pid"]
    home.release()
    assert all(psutil.pid_exists(pid) for pid in pids)
    other.release()
    wait_until_gone(*pids)


def test_nothing_runs_on_after_its_only_user_was_killed(folder: Path) -> None:
    user = subprocess.Popen([sys.executable, "-c", USES_THEM, str(folder)], stdout=subprocess.PIPE, text=True)
    with user:
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
        pids = postgres_pid(folder), state(folder)["valkey_pid"]
        user.kill()
    wait_until_gone(*pids)


def test_only_this_machine_can_connect_and_only_with_the_password(home: Embedded, folder: Path) -> None:
    running = home.start()
    for pid in (postgres_pid(folder), state(folder)["valkey_pid"]):
        listening = [c.laddr.ip for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN]
        assert listening == ["127.0.0.1"]
    for url in (running.app_url, running.owner_url):
        wrong = urlsplit(url)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(wrong.password or "", "guess"))
    with redis.Redis(port=urlsplit(running.redis_url).port or 0) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    for name in ("services.json", "valkey.conf"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE kept ADD COLUMN more int",
        "DROP TABLE kept",
        "TRUNCATE kept",
        "CREATE TRIGGER mine BEFORE INSERT ON kept EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE kept DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SET ROLE tracker_owner",
        "CREATE DATABASE mine TEMPLATE tracker",
        "CREATE ROLE mine",
        "ALTER ROLE tracker_app SUPERUSER",
        "COPY kept TO PROGRAM 'true'",
    ],
)
def test_the_application_role_may_not(home: Embedded, attempt: str) -> None:
    running = home.start()
    write_one_row(running)
    with (
        psycopg.connect(running.app_url, autocommit=True) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(attempt)


def test_the_application_role_works_with_rows_and_temporary_tables(home: Embedded) -> None:
    running = home.start()
    write_one_row(running)
    with psycopg.connect(running.app_url) as app:
        app.execute("CREATE TEMPORARY TABLE loaded (id int)")
        app.execute("UPDATE kept SET id = DEFAULT")
        app.execute("DELETE FROM kept")
        app.execute("INSERT INTO kept DEFAULT VALUES")


def test_an_application_role_with_more_rights_is_refused(home: Embedded) -> None:
    running = home.start()
    with pytest.raises(ServicesError, match="two different roles"):
        prepare_database(running.owner_url, running.owner_url)
    superuser = running.app_url.replace("tracker_app", "tracker_superuser")
    with pytest.raises(ServicesError, match="more rights than the application may have"):
        prepare_database(running.owner_url, superuser)


def test_some_addresses_without_the_others_are_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in embedded.ADDRESSES:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@127.0.0.1/tracker")
    with (
        pytest.raises(ServicesError, match=r"^DATABASE_URL is set but DATABASE_OWNER_URL and REDIS_URL are not\. "),
        services(tmp_path / "nothing"),
    ):
        pass
    assert not (tmp_path / "nothing").exists()


def test_data_in_use_is_not_erased_and_afterwards_it_is(home: Embedded, folder: Path) -> None:
    home.start()
    with pytest.raises(ServicesError, match="in use"):
        Embedded(folder).erase()
    home.release()
    assert "services.json" in Embedded(folder).erase()
    assert {entry.suffix for entry in folder.iterdir()} == {".lock"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
@pytest.mark.parametrize("way", ["nobody", "unshare", "copy"])
def test_root_has_three_ways_to_run_postgres(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = embedded.Runner.works
    allowed = {
        "nobody": lambda runner: runner.user == "nobody",
        "unshare": lambda runner: bool(runner.prefix),
        "copy": lambda _: False,
    }
    monkeypatch.setattr(embedded, "LAST_RESORT_HOME", Path(f"/var/lib/cyp-programme-tracker-test-{os.getpid()}"))
    monkeypatch.setattr(
        embedded.Runner,
        "works",
        lambda self: (self.home.is_relative_to(embedded.LAST_RESORT_HOME) or allowed[way](self)) and works(self),
    )
    for parent in (tmp_path, *tmp_path.parents):
        if way == "nobody" and parent.stat().st_uid == os.getuid() and parent != Path(parent.anchor):
            parent.chmod(parent.stat().st_mode | 0o011)
    home = Embedded(tmp_path / "data", durable=False)
    try:
        write_one_row(home.start())
        assert Path(state(tmp_path / "data")["postgres_home"]).is_relative_to(
            embedded.LAST_RESORT_HOME if way == "copy" else tmp_path
        )
    finally:
        home.release()
        home.erase()
        shutil.rmtree(embedded.LAST_RESORT_HOME, ignore_errors=True)
