"""The steps of bin/demo after set-up. This process starts everything, watches it, and stops all it started."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from programme.embedded import Embedded, ServicesError, die_with_parent, last_line, prepare_database, services

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".local" / "demo"
LOGS = FOLDER / "logs"
MAILBOX = "/demo/mailbox/"
PASSWORD = "demo-programme"  # noqa: S105  # printed below for everyone; these accounts exist in the demo only
SIGN_INS = {
    "admin": "imports pages and keeps the programme's page and plans",
    "office": "runs the month: sees who is late, creates and publishes board reports",
    "slt": "reads the dashboard across all workstreams",
    "approver": "approves a board report somebody else built",
    "assurer": "records an assured rating of what others have sent",
    "commissioner": "reads and downloads published reports",
    "reader": "any staff member: reads",
    "mapper": "keeps the THRIVE map: services, needs, gaps",
    "facilitator": "prepares and closes maturity reviews",
    "participation": "keeps the co-production log",
    "lead": "posts the monthly update of a workstream",
    "deputy": "stands in for the lead",
    "sponsor": "backs a workstream: reads the dashboard and the workstream",
}
READY_SECONDS = 60
# Long enough to finish a page; a report half rendered is taken up again at the next start.
STOP_SECONDS = {"web": 8, "beat": 5, "worker": 10}


class Stopped(BaseException):
    """Somebody asked the demo to stop."""


class Demo:
    """The running demo."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Start everything in order and watch it until somebody stops it or a part ends."""
        say("Starting PostgreSQL and Valkey")
        with services(FOLDER) as running:
            environment = os.environ | running.environment(FOLDER, "demo") | {"PUBLIC_URL": self.url}
            environment.setdefault("LOG_LEVEL", "INFO")
            manage = [sys.executable, str(ROOT / "manage.py")]
            say("Bringing the database up to date")
            if not running.embedded:
                prepare_database(running.owner_url, running.app_url)
            self.step([*manage, "migrate", "--verbosity=0"], environment)
            self.step([*manage, "createcachetable"], environment)
            say("Bringing the demo programmes up to today")
            self.step([*manage, "build_demo"], environment)
            # From here on as in production: the running product never knows the owner's password.
            del environment["DATABASE_OWNER_URL"]
            try:
                self.start_processes(environment)
                self.wait_until_ready()
                print(welcome(self.url), flush=True)
                self.watch()
            finally:
                self.stop_processes()

    def step(self, command: Sequence[str], environment: dict[str, str]) -> None:
        """Run one command to its end, with its output in the log."""
        log = LOGS / "setup.log"
        with log.open("ab") as out:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
            )
        if done.returncode:
            raise ServicesError(f"The step '{' '.join(command[1:])}' failed. {last_line(log)}")

    def start_processes(self, environment: dict[str, str]) -> None:
        """Start the web server, the worker and the clock that wakes it."""
        say("Starting the web server, the worker and the clock")
        celery = [sys.executable, "-m", "celery", "-A", "programme"]
        # Threads, because a browser opens connections ahead of need and would block a server without them.
        gunicorn = [sys.executable, "-m", "gunicorn", "programme.wsgi:application", "--workers=2", "--threads=4"]
        gunicorn += [f"--bind=127.0.0.1:{self.port}", "--graceful-timeout=5", "--access-logfile=-"]
        commands = {
            "web": [*gunicorn, "--no-control-socket"],
            "worker": [*celery, "worker", "--concurrency=1", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile="],
        }
        for name, command in commands.items():
            with (LOGS / f"{name}.log").open("ab") as log:
                self.children[name] = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C reaches us only, so that we can stop them in order
                    preexec_fn=die_with_parent,  # noqa: PLW1509  # one system call, and this process has no threads
                )

    def wait_until_ready(self) -> None:
        """Wait until the web server answers that it and the database are well."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self.check_children()
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer:
                if answer.status == 200:  # noqa: PLR2004  # HTTP's number for "all is well"
                    return
            time.sleep(0.1)
        raise ServicesError(f"The web server did not answer within {READY_SECONDS} s. {last_line(LOGS / 'web.log')}")

    def watch(self) -> None:
        """Look every half second whether all parts still run."""
        while True:
            self.check_children()
            time.sleep(0.5)

    def check_children(self) -> None:
        """Stop with the name of the part that ended, if one did."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ServicesError(f"The {name} process ended by itself. {last_line(LOGS / f'{name}.log')}")

    def stop_processes(self) -> None:
        """Stop the web server first, so that nothing new comes in, then the clock, then the worker."""
        for name in ("web", "beat", "worker"):
            child = self.children.get(name)
            if child is None:
                continue
            with suppress(ProcessLookupError):
                child.terminate()
            try:
                child.wait(STOP_SECONDS[name])
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            with suppress(ProcessLookupError):  # what it may have left behind, such as a report being rendered
                os.killpg(child.pid, signal.SIGKILL)


def welcome(url: str) -> str:
    """Return the address and the sign-ins, for a person."""
    lines = ["", f"CYP Programme Tracker is running at {url}/", f"What it would have e-mailed: {url}{MAILBOX}", ""]
    lines += [f"Sign in with the password {PASSWORD} as one of", ""]
    lines += [f"  {f'{name}@demo.example':<28}{does}" for name, does in SIGN_INS.items()]
    return "\n".join([*lines, "", "Ctrl-C stops it; the data stays. bin/demo --fresh begins again."])


def port_is_free(port: int) -> bool:
    """Whether the web server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def say(words: str) -> None:
    """Print one line now."""
    print(f"{words} …", flush=True)


def stop(_number: int, _frame: FrameType | None) -> None:
    """Turn the first Ctrl-C or SIGTERM into an orderly stop; later ones change nothing."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    raise Stopped


def main() -> None:
    """Run bin/demo."""
    parser = argparse.ArgumentParser(prog="bin/demo", description="Run the whole product with demo programmes.")
    parser.add_argument("--port", type=int, default=8000, help="where the web server listens (8000)")
    parser.add_argument("--fresh", action="store_true", help="delete the demo's data first and begin again")
    options = parser.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServicesError("The demo of this clone is already running. Stop it there with Ctrl-C first.") from None
        if not port_is_free(options.port):
            raise ServicesError(
                f"Port {options.port} is taken. Stop what uses it, or choose another one: "
                f"bin/demo --port {options.port + 1}"
            )
        if options.fresh:
            if os.environ.get("DATABASE_URL"):
                raise ServicesError(
                    "--fresh deletes only the embedded data. Empty the database of DATABASE_URL yourself."
                )
            removed = Embedded(FOLDER).erase()
            print(f"Removed from {FOLDER.relative_to(ROOT)}: {', '.join(removed) or 'nothing'}.")
            LOGS.mkdir(exist_ok=True)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if name != signal.SIGHUP or signal.getsignal(name) != signal.SIG_IGN:  # nohup bin/demo stays up
                signal.signal(name, stop)
        with suppress(Stopped):
            Demo(options.port).run()
            return
    print("Stopped.")


if __name__ == "__main__":
    try:
        main()
    except ServicesError as problem:
        sys.exit(str(problem))
    except PermissionError as problem:
        sys.exit(f"{problem.filename} belongs to another user. Run as that user, or in a clone of your own.")
