"""The layers of the architecture hold, and the tool that checks them would notice if they did not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = ["programme", "workstreams", "thrive", "reporting"]  # lowest first
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}

# For each contract an import that breaks it: the file it is planted in, and the line.
VIOLATIONS = {
    "apps": ("programme/permissions.py", "import workstreams.models"),
    "inside-programme": ("programme/dates.py", "import programme.permissions"),
    "inside-workstreams": ("workstreams/models/workstream.py", "import workstreams.actions.workstreams"),
    "inside-thrive": ("thrive/models/service.py", "import thrive.actions.directory"),
    "inside-maturity": ("thrive/maturity/models/library.py", "import thrive.maturity.actions.reviews"),
    "inside-reporting": ("reporting/models/__init__.py", "import reporting.actions"),
    "pure-rules": ("programme/status.py", "import django.utils.timezone"),
    "one-door-to-pdf": ("reporting/snapshots.py", "import weasyprint"),
    "one-door-to-tables": ("workstreams/views/roadmap.py", "import openpyxl"),
}

# Modules that are rules by design; each joins the contract in the change that brings it.
RULES = [
    "programme.calendar",
    "programme.charts",
    "programme.dates",
    "programme.gate_strip",
    "programme.history_words",
    "programme.links",
    "programme.mail_kinds",
    "programme.periods",
    "programme.privacy",
    "programme.readability",
    "programme.small_numbers",
    "programme.status",
    "programme.timeline",
    "reporting.authenticity",
    "reporting.board",
    "reporting.board_blocks",
    "reporting.board_facts",
    "reporting.board_parts",
    "reporting.comparison",
    "reporting.editions",
    "reporting.readiness",
    "reporting.report_page",
    "reporting.schedule_dates",
    "reporting.sentences",
    "reporting.what_changed",
    "thrive.ages",
    "thrive.coverage",
    "thrive.groupings",
    "thrive.map_words",
    "thrive.maturity.framework_file",
    "thrive.maturity.reported",
    "thrive.maturity.scoring",
    "thrive.maturity.words",
    "thrive.principles",
    "thrive.reported",
    "thrive.service_words",
    "thrive.thread",
    "workstreams.changes",
    "workstreams.choices",
    "workstreams.closing",
    "workstreams.dependencies",
    "workstreams.escalation",
    "workstreams.fuzzydates",
    "workstreams.gate_rules",
    "workstreams.hearing",
    "workstreams.inconsistency",
    "workstreams.money",
    "workstreams.narrative",
    "workstreams.objectives",
    "workstreams.page_edits",
    "workstreams.plain_words",
    "workstreams.rag",
    "workstreams.reminders",
    "workstreams.risks",
    "workstreams.reported",
    "workstreams.said_dates",
    "workstreams.slippage",
    "workstreams.spc",
    "workstreams.staff_content",
    "workstreams.story",
    "workstreams.subjects",
    "workstreams.voice_words",
]


def check_layers(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([str(program), "--no-cache", *options], cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", root)
    for app in LAYERS:
        if (ROOT / app).exists():
            shutil.copytree(ROOT / app, root / app, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_all_contracts_are_kept() -> None:
    checked = check_layers(ROOT)
    assert checked.returncode == 0, checked.stdout


def test_every_contract_has_a_planted_violation() -> None:
    assert set(VIOLATIONS) == set(CONTRACTS)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_is_caught(copy: Path, contract: str) -> None:
    name, line = VIOLATIONS[contract]
    file = copy / name
    clean = file.read_text()
    file.write_text(f"{clean}\n{line}\n")
    try:
        checked = check_layers(copy, "--contract", contract)
    finally:
        file.write_text(clean)
    assert checked.returncode == 1, checked.stdout
    assert f"{CONTRACTS[contract]['name']} BROKEN" in checked.stdout


def test_every_rule_module_is_held_to_be_pure() -> None:
    existing = [
        rule
        for rule in RULES
        if (ROOT / f"{rule.replace('.', '/')}.py").exists() or (ROOT / rule.replace(".", "/")).is_dir()
    ]
    assert existing
    assert CONTRACTS["pure-rules"]["source_modules"] == existing


def test_no_relation_points_up_a_layer() -> None:
    own = {
        config.label: LAYERS.index(config.name.split(".")[0])
        for config in apps.get_app_configs()
        if is_ours(config.name)
    }
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created
        and field.is_relation
        and field.related_model
        and own.get(model._meta.app_label, len(LAYERS)) < own.get(field.related_model._meta.app_label, -1)
    ]
    assert {"programme", "workstreams", "thrive", "reporting"} <= set(own)
    assert upward == []


def is_ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in LAYERS
