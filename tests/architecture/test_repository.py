"""Rules about the repository itself."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
GRAB_BAGS = {"utils.py", "helpers.py", "common.py", "misc.py", "services.py"}


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


@pytest.mark.parametrize("record", DECISIONS, ids=lambda record: record.stem)
def test_a_decision_says_its_own_number_and_its_day(record: Path):
    heading, day = record.read_text().splitlines()[:2]
    number = record.stem.split("-")[0]
    assert re.match(rf"# {number} \S", heading), heading
    assert re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}$", day), day


def test_no_two_decisions_share_a_number():
    numbers = [record.stem.split("-")[0] for record in DECISIONS]
    assert sorted(set(numbers)) == numbers


def test_every_room_has_a_name_of_its_own():
    assert [name for name in tracked_files() if name.rsplit("/", 1)[-1] in GRAB_BAGS] == []


def test_nothing_built_or_run_is_committed():
    built = ("node_modules/", "static/dist/", "static/collected/", ".local/", ".venv/")
    assert [name for name in tracked_files() if name.startswith(built) or name.endswith((".pyc", ".pdf"))] == []


def test_lock_files_name_no_download_address():
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text()
        assert re.findall(r'"resolved"|index-url|https?://(?!opencollective|github|paulmillr|tidelift)\S+', text) == []
