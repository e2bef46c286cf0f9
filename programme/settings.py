"""Settings, read from the environment only. Every setting is described in docs/operations.md.

`TRACKER_MODE` says what this process is: `production` (the default and the strictest), `demo` or `test`.
A missing or dangerous value stops the process with a sentence that says what to set.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
MODE = env.str("TRACKER_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"TRACKER_MODE is '{MODE}'. Set it to production, demo or test.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"

SHORTEST_SECRET = 50  # characters
DEVELOPMENT_SECRET = "only-for-the-demo-and-the-tests-" + "0" * 32


def required(name: str, what: str) -> str:
    """The environment's value for `name`, or a stop with a sentence saying what it is for."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It is {what}. See docs/operations.md, 'Settings'.")
    return value


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = (
    required("SECRET_KEY", "a long random text that signs sessions and links") if PRODUCTION else DEVELOPMENT_SECRET
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on in production. Remove DEBUG from the environment.")
    if SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"SECRET_KEY is a default or too short. Use at least {SHORTEST_SECRET} random characters."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names of this service; '*' is refused.")
    if env.str("TRACKER_NOW", ""):
        raise ImproperlyConfigured("TRACKER_NOW moves the clock and is refused in production.")

SERVICE_NAME = env.str("SERVICE_NAME", "CYP Programme Tracker")
ORGANISATION_NAME = env.str("ORGANISATION_NAME", "")
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "pgtrigger",
    "pghistory",
    "csp",
    "programme",
    "workstreams",
    "thrive",
    "thrive.maturity",
    "reporting",
]

MIDDLEWARE = [
    "programme.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "programme.middleware.HeadMiddleware",
    "programme.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "programme.middleware.ViewingAsMiddleware",
    "programme.middleware.HistoryContextMiddleware",
    "programme.middleware.CacheControlMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "programme.urls"
WSGI_APPLICATION = "programme.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programme.pages.page_context",
            ],
            "builtins": ["programme.templatetags.nhs", "programme.templatetags.words"],
        },
    }
]
FORM_RENDERER = "programme.templatetags.nhs.NHSFormRenderer"


def database(url: str) -> dict[str, object]:
    """Django's database settings from a postgresql:// URL."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://. The product runs on PostgreSQL only.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "tracker"},
    }


DATABASE_URL = required("DATABASE_URL", "the PostgreSQL address with the app role's name and password")
DATABASES = {"default": database(DATABASE_URL)}
# Who the application is in the database. Migrations run as the owner and take rights away from this role.
DATABASE_APP_ROLE = unquote(urlsplit(env.str("DATABASE_APP_URL", "") or DATABASE_URL).username or "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold when the broker is down, so the shared cache is a table.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "programme_cache"}}

AUTH_USER_MODEL = "programme.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "programme.sign_in.InvitationOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "programme.forms.SignInForm",
    "reset_password": "programme.forms.PasswordResetForm",
    "reset_password_from_key": "programme.forms.NewPasswordForm",
    "change_password": "programme.forms.ChangePasswordForm",
    "set_password": "programme.forms.SetPasswordForm",
}
# A programme page may be pasted whole, and reviewing one has a field for each of its updates and milestones.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "reporting.storage.ReportFolder"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Finished reports. Never served as plain files: each download asks the database who may have it.
MEDIA_ROOT = Path(env.str("REPORTS_DIR", str(BASE_DIR / ".local" / "reports")))
# Or in a bucket that speaks S3, which then is named here; the folder is not used.
if REPORTS_BUCKET := env.str("REPORTS_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "reporting.bucket.ReportBucket",
        "OPTIONS": {
            "bucket_name": REPORTS_BUCKET,
            "endpoint_url": env.str("REPORTS_S3_ENDPOINT", "") or None,
            "region_name": env.str("REPORTS_S3_REGION", "") or None,
            "access_key": env.str("REPORTS_S3_KEY", "") or None,
            "secret_key": env.str("REPORTS_S3_SECRET", "") or None,
            "file_overwrite": True,  # a name stands for one content
            "default_acl": None,
        },
    }

SECURE = env.bool("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "programme.views.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Who and why on every recorded change. The context column refuses null, so a write without a context fails.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(null=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

REDIS_URL = required("REDIS_URL", "the address of Redis or Valkey, such as redis://localhost:6379/0")
RENDER_TIME_LIMIT = env.int("RENDER_TIME_LIMIT", 120)  # seconds one PDF may take
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", 30)  # a worker silent for longer is taken to be dead
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = RENDER_TIME_LIMIT + 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("VISIBILITY_TIMEOUT", 3600),
    "unacked_restore_interval": 5,
    # With the default throttle of 10 the job of a killed worker waits 100 seconds.
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
SWEEP_SECONDS = env.int("SWEEP_SECONDS", 60)
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}}
    for task in ("reporting.sweep", "workstreams.remind", "programme.deliver_mail")
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", str(BASE_DIR / ".local" / "celerybeat-schedule"))

DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "tracker@example.org")
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.str("DEMO_MAILBOX_DIR", str(BASE_DIR / ".local" / "demo" / "mailbox"))
else:
    EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
    EMAIL_PORT = env.int("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
    EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")},
}
