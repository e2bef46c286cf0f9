"""An action that is told when it happened says so in history, too: otherwise history would tell when it was written."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = sorted(
    path
    for app in ("programme", "workstreams", "thrive", "thrive/maturity", "reporting")
    for path in [*(ROOT / app).glob("actions.py"), *(ROOT / app).glob("actions/**/*.py")]
)


def recordings(function: ast.AST) -> list[ast.Call]:
    return [
        node for node in ast.walk(function) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "recorded"
    ]


def forgetful(source: str) -> list[str]:
    """Functions with an argument `at` that open a recording without it."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            takes = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
            silent = [call for call in recordings(function) if "at" not in {word.arg for word in call.keywords}]
            if "at" in takes and silent:
                found.append(function.name)
    return found


def test_every_action_that_takes_a_moment_passes_it_on():
    assert len(ACTIONS) > 5
    assert {str(path): forgetful(path.read_text(encoding="utf-8")) for path in ACTIONS} == {
        str(path): [] for path in ACTIONS
    }


def test_a_forgetful_action_is_noticed():
    assert forgetful("def move(*, at):\n    with recorded(by=None, action='Moved'):\n        pass\n") == ["move"]
    assert forgetful("def move(*, at):\n    with recorded(by=None, action='Moved', at=at):\n        pass\n") == []
