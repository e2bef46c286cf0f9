"""The steps of bin/test after set-up: checks side by side, then pytest, both on real PostgreSQL and Valkey."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from programme.embedded import ServicesError, services

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
CHECKS = {
    "types (mypy)": ["mypy", "--no-error-summary"],
    "lint (ruff check)": ["ruff", "check", "--quiet"],
    "format (ruff format)": ["ruff", "format", "--check", "--quiet"],
    "layers (lint-imports)": ["lint-imports"],
    "migrations (makemigrations --check)": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
}
# With any of these the caller decides how many processes run the tests.
OWN_PROCESSES = ("-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co", "-p")


def check(name: str, environment: dict[str, str]) -> bool:
    """Run one check, print one line, and its output only when it failed."""
    began = time.monotonic()
    program, *words = CHECKS[name]
    done = subprocess.run(
        [str(PROGRAMS / program), *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    report = f"{'ok    ' if passed else 'FAILED'} {name}, {time.monotonic() - began:.1f} s\n"
    sys.stdout.write(report if passed else f"{report}{done.stdout.rstrip()}\n")
    sys.stdout.flush()
    return passed


def main(arguments: Sequence[str]) -> int:
    """Run the checks and the tests; 0 only when all passed."""
    os.environ.pop("TRACKER_NOW", None)  # tests move the clock themselves
    folder = ROOT / ".local" / "test"
    with services(folder, durable=False) as running:
        environment = os.environ | running.environment(folder, "test")
        with ThreadPoolExecutor(max_workers=2) as pool:
            failed = [
                name
                for name, passed in zip(CHECKS, pool.map(lambda name: check(name, environment), CHECKS), strict=True)
                if not passed
            ]
        command = [str(PROGRAMS / "python"), "-m", "pytest", *arguments]
        if not any(argument.startswith(OWN_PROCESSES) for argument in arguments):
            command += ["-n", "2", "--dist", "worksteal"]
        signal.signal(signal.SIGINT, lambda *_: None)  # pytest hears Ctrl-C too, and finishes with its summary
        tests = subprocess.Popen(command, cwd=ROOT, env=environment | {"FAILED_CHECKS": ", ".join(failed)})
        signal.signal(signal.SIGTERM, lambda *_: tests.terminate())
        code = tests.wait()
    return code or bool(failed)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServicesError as problem:
        sys.exit(str(problem))
