"""Start services of its own, migrate, and measure in a child process that has them in its environment."""

import os
import subprocess
import sys
from pathlib import Path

from programme.embedded import services

ROOT = Path(__file__).resolve().parent.parent


KILLS = "20"


def kills() -> int:
    """Kill worker and renderer at each stage twenty times, and see that nothing is lost and nothing made twice."""
    command = [str(ROOT / "bin" / "test"), "tests/integration/test_exactly_once.py", "-k", "kill", "--durations=0"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"TRACKER_KILLS": KILLS}, check=False).returncode


def main(sizes: list[str]) -> int:
    """Measure with each number of workstreams (12, 200 and 1,000), or, after `map`, the map with services.

    `maturity` measures maturity reviews, and `kills` kills workers instead.
    """
    if sizes == ["kills"]:
        return kills()
    folder = ROOT / ".local" / "bench"
    with services(folder, durable=False) as running:
        environment = os.environ | running.environment(folder, "test")
        for command in (["migrate", "-v0"], ["createcachetable"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        if sizes[:1] in (["map"], ["maturity"]):
            module = {"map": "needs_map", "maturity": "maturity"}[sizes[0]]
            pages = [sys.executable, "-m", f"benchmarks.{module}", *sizes[1:]]
            return subprocess.run(pages, cwd=ROOT, env=environment, check=False).returncode
        pages = [sys.executable, "-m", "benchmarks.pages", *(sizes or ["12", "200", "1000"])]
        status = subprocess.run(pages, cwd=ROOT, env=environment, check=False).returncode
        reports = [sys.executable, "-m", "benchmarks.reports"]
        return subprocess.run(reports, cwd=ROOT, env=environment, check=False).returncode or status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
