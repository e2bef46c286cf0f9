"""What production refuses, and what it says to every browser. Each case is a process of its own, as in deployment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "correct-horse-battery-staple-and-then-some-more-words-9"
MODES = ("production", "demo", "test")
GIVEN = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "PYTHONPATH")
SOUND = {
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "tracker.example.nhs.uk",
    "PUBLIC_URL": "https://tracker.example.nhs.uk",
    "DATABASE_URL": "postgresql://tracker_app:x@127.0.0.1:1/tracker",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def run(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python with production's settings, some of them changed, and nothing else in the environment."""
    environment = {name: os.environ[name] for name in GIVEN if name in os.environ} | SOUND
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def settings(expression: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    return run("-c", f"import programme.settings as s; print({expression})", **changes)


def test_sound_settings_start():
    done = settings("s.MODE, s.DEBUG")
    assert (done.returncode, done.stdout) == (0, "production False\n"), done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "1"}, "DEBUG is on in production. Remove DEBUG from the environment."),
        ({"DEBUG": "true"}, "DEBUG is on in production."),
        ({"SECRET_KEY": None}, "SECRET_KEY is not set. It is a long random text that signs sessions and links."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a default or too short. Use at least 50 random characters."),
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY is a default or too short."),
        ({"SECRET_KEY": "only-for-the-demo-and-the-tests-" + "0" * 32}, "SECRET_KEY is a default or too short."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the host names of this service; '*' is refused."),
        ({"ALLOWED_HOSTS": "tracker.example.nhs.uk,*"}, "'*' is refused."),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the host names of this service"),
        ({"TRACKER_NOW": "2026-11-04"}, "TRACKER_NOW moves the clock and is refused in production."),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set. It is the PostgreSQL address with the app role's name"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL must start with postgresql://."),
        ({"REDIS_URL": None}, "REDIS_URL is not set. It is the address of Redis or Valkey"),
        ({"TRACKER_MODE": "staging"}, "TRACKER_MODE is 'staging'. Set it to production, demo or test."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_dangerous_or_missing_setting_stops_the_process_with_a_sentence(changes, sentence):
    done = settings("s.MODE", **changes)
    assert (done.returncode, done.stdout) == (1, "")
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in last


def test_production_is_what_a_process_is_when_nobody_says():
    assert settings("s.PRODUCTION, s.DEMO", TRACKER_MODE=None).stdout == "True False\n"


def test_secrets_are_not_printed_when_a_setting_is_wrong():
    done = settings("s.MODE", ALLOWED_HOSTS="*", DATABASE_URL="postgresql://app:hidden-word@127.0.0.1/x")
    assert "hidden-word" not in done.stderr
    assert SECRET not in done.stderr


def test_djangos_own_deployment_check_has_nothing_to_say():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_cookies_belong_to_this_host_are_sent_over_https_only_and_are_hidden_from_scripts():
    names = ("SESSION_COOKIE", "CSRF_COOKIE")
    said = ", ".join(f"(s.{n}_NAME, s.{n}_SECURE, getattr(s, '{n}_DOMAIN', None))" for n in names)
    done = settings(f"{said}, s.CSRF_COOKIE_HTTPONLY, getattr(s, 'SESSION_COOKIE_HTTPONLY', True)")
    assert done.stdout == "('__Host-session', True, None) ('__Host-csrf', True, None) True True\n"


ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/help/", secure={secure}, headers={{"host": "{host}"}})
print(answer.status_code, *(answer.headers.get(name) for name in {names}), sep="|")
"""


def asked(names: tuple[str, ...], *, secure: bool, host: str = "tracker.example.nhs.uk") -> list[str]:
    """What production answers to one request for a page that needs neither database nor sign-in."""
    environment = {"DJANGO_SETTINGS_MODULE": "programme.settings", "LOG_LEVEL": "CRITICAL"}
    # Assets are fingerprinted when the image is built; here their plain names will do.
    plain = "import django.conf; django.conf.settings.STORAGES['staticfiles']['BACKEND'] = "
    plain += "'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    done = run("-W", "ignore", "-c", plain + ASK.format(secure=secure, host=host, names=names), **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")


def test_every_answer_says_that_it_is_https_only_is_what_it_says_and_tells_nobody_where_it_came_from():
    names = ("Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
    assert asked(names, secure=True) == [
        "200", "max-age=31536000; includeSubDomains; preload", "nosniff", "same-origin", "DENY",
    ]  # fmt: skip


def test_plain_http_is_sent_to_https_and_unknown_hosts_are_refused():
    assert asked(("Location",), secure=False) == ["301", "https://tracker.example.nhs.uk/help/"]
    assert asked(("Location",), secure=True, host="elsewhere.example")[0] == "400"


DEMO_ACCOUNT = """
import django
django.setup()
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from programme.models import User
from programme.sign_in import InvitationOnlyAdapter
request = RequestFactory().post("/sign-in/")
adapter = InvitationOnlyAdapter(request)
for is_demo in (True, False):
    options = dict(email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=None)
    answer = adapter.pre_login(request, User(email="a@example.org", is_demo=is_demo, is_active=True), **options)
    print(is_demo, answer and (answer.status_code, answer.headers["Location"]))
print(adapter.is_open_for_signup(request))
"""


@pytest.mark.parametrize(
    ("mode", "said"),
    [("production", "(302, '/account/inactive/')"), ("demo", "None"), ("test", "None")],
)
def test_the_demos_published_accounts_are_refused_in_production_and_nobody_signs_up(mode, said):
    done = run("-c", DEMO_ACCOUNT, TRACKER_MODE=mode, DJANGO_SETTINGS_MODULE="programme.settings")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"True {said}", "False None", "False"]


def test_the_demos_mailbox_exists_in_the_demo_only():
    ask = "import django; django.setup(); from django.urls import get_resolver; "
    ask += "print('demo-mailbox' in get_resolver().reverse_dict)"
    found = {m: run("-c", ask, TRACKER_MODE=m, DJANGO_SETTINGS_MODULE="programme.settings").stdout for m in MODES}
    assert found == {"production": "False\n", "demo": "True\n", "test": "False\n"}
