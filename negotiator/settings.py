"""All settings, typed, from the environment. Development needs none; production refuses to start without its secrets."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # NAME_FILE names a file that holds NAME: how orchestrators hand over secrets

NEGOTIATOR_ENV: str = env.str("NEGOTIATOR_ENV", "development")
PRODUCTION = NEGOTIATOR_ENV == "production"
DEVELOPMENT_SECRET = "a development secret, refused in production"  # noqa: S105 (it protects nothing)
EXAMPLE = "change-me"  # stands in deploy/env.example wherever a secret belongs

if NEGOTIATOR_ENV not in {"production", "development", "test"}:
    raise ImproperlyConfigured(f"NEGOTIATOR_ENV is '{NEGOTIATOR_ENV}'; it must be production, development or test.")

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".data")))
SECRET_KEY: str = env.str("SECRET_KEY", DEVELOPMENT_SECRET)
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
BASE_URL: str = env.str("BASE_URL", "http://127.0.0.1:8000")
RECORD_KEY_FILE = Path(env.str("RECORD_KEY_FILE", str(DATA_DIR / "record.key")))
CHECKPOINT_DIR = Path(env.str("CHECKPOINT_DIR", str(DATA_DIR / "checkpoints")))
RECORD_ALARM_TO: list[str] = env.list(
    "RECORD_ALARM_TO", default=[]
)  # who is told when a witness has seen another history
KEEPERS_ANYWHERE: bool = env.bool(
    "KEEPERS_ANYWHERE", default=False
)  # whether checkpoints may be sent without encryption, and into private networks
RECORD_ORIGIN: str = env.str("RECORD_ORIGIN", "negotiator.local/log")
OUTBOX_DIR = DATA_DIR / "outbox"

if PRODUCTION:
    if SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a random text of at least 50 characters before running in production."
        )
    needed = ("RECORD_KEY_FILE", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL", "RECORD_ORIGIN")
    for name in needed:
        if not env.str(name, ""):
            raise ImproperlyConfigured(f"Set {name} before running in production.")
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        if EXAMPLE in env.str(name):
            raise ImproperlyConfigured(f"{name} still holds the example's '{EXAMPLE}'. Put a secret of your own there.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "apps.pages",  # before allauth: its sign-in pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_vite",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "apps.common",
    "apps.record",
    "apps.accounts",
    "apps.partnerships",
    "apps.frameworks",
    "apps.proposals",
    "apps.deliberation",
    "apps.measurement",
    "apps.provenance",
    "apps.protection",
    "apps.notifications",
    "apps.api",
    "apps.live",
    "apps.exchange",
    "negotiator",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "negotiator.urls"
ASGI_APPLICATION = "negotiator.asgi.application"
WSGI_APPLICATION = "negotiator.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "apps.pages.context.page",
            ],
        },
    },
]

# The application connects as the role `negotiator_app`, which may add entries to the record and read them, nothing more.
# Migrations run with DATABASE_ROLE=owner.
DATABASE_ROLE: str = env.str("DATABASE_ROLE", "app")
APP_ROLE = "negotiator_app"
DATABASES: dict[str, Any] = {"default": env.db_url("DATABASE_URL", "postgres://negotiator@127.0.0.1:5432/negotiator")}
DATABASES["default"]["ENGINE"] = "apps.common.postgres"
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a folder of sockets is written %2Flike%2Fthis
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {  # ?sslmode=... of the address stays
    "options": f"-c role={APP_ROLE}" if DATABASE_ROLE == "app" else "",
    "connect_timeout": 5,
    "prepare_threshold": None,  # apps.common.sql prepares for itself; the ORM prepares nothing
}
if PRODUCTION and not DATABASES["default"]["HOST"].startswith("/"):
    password = DATABASES["default"]["PASSWORD"]
    if len(password) < 16 or password == DATABASES["default"]["USER"]:
        raise ImproperlyConfigured("Give DATABASE_URL a random password of at least 16 characters.")
DATABASES["default"]["CONN_MAX_AGE"] = env.int(
    "CONN_MAX_AGE", 0
)  # seconds; WSGI workers keep theirs (negotiator/wsgi.py)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

REDIS_URL: str = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
NUDGE_TIMEOUT = 0.2  # seconds after which a nudge is given up when Redis is away

# What live rooms take at most: so many at once, then so many each second.
LIVE_MESSAGES: tuple[int, int] = tuple(env.list("LIVE_MESSAGES", int, [60, 20]))  # of one socket
LIVE_BALLOTS: tuple[int, int] = tuple(env.list("LIVE_BALLOTS", int, [40, 10]))  # of one person

# Sessions, cache and sign-in limits live in PostgreSQL: Redis may vanish at any moment.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
TRUSTED_PROXIES = 1 if PRODUCTION else 0  # ours, which writes X-Forwarded-For anew; limits count people, not the proxy

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
    }
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "apps.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"request_login_code": "300/m/ip,3/m/key", "login": "300/m/ip"}  # a hall shares one address
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Negotiator <negotiator@localhost>")
if PRODUCTION:
    vars().update(env.email_url("EMAIL_URL", "smtp://localhost:25"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(OUTBOX_DIR)

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English")]
TIME_ZONE: str = env.str("TIME_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
VERIFIER_DIST = FRONTEND_DIST / "verifier"  # the page that checks dossiers, as built
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"  # the build's names change with the contents
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND_DIST / "manifest.json"}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "apps.api.schema.Schema",
    "EXCEPTION_HANDLER": "apps.api.problems.handle",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Negotiator",
    "DESCRIPTION": "Negotiate an outcome framework together, and prove how each measure came to be.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/",
    # Choices stay where they are used: several fields called "kind" mean different things.
    "POSTPROCESSING_HOOKS": ["apps.api.schema.tidy"],
}

CELERY_BROKER_URL = REDIS_URL.replace("unix:", "redis+socket:", 1) if REDIS_URL.startswith("unix:") else REDIS_URL
CELERY_TASK_DEFAULT_QUEUE: str = env.str("CELERY_QUEUE", "negotiator")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": NUDGE_TIMEOUT, "visibility_timeout": 300}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "advance what lags": {"task": "apps.record.tasks.advance_lagging", "schedule": 2.0, "options": {"expires": 4}},
    "publish checkpoints": {
        "task": "apps.record.tasks.publish_checkpoints",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "reviews": {"task": "apps.deliberation.tasks.review", "schedule": 30.0, "options": {"expires": 30}},
    "show checkpoints to witnesses": {
        "task": "apps.exchange.tasks.show_checkpoints",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "erase what is over": {
        "task": "apps.protection.tasks.erase_expired",
        "schedule": 86_400.0,
        "options": {"expires": 3600},
    },
    "pulses": {"task": "apps.measurement.tasks.close", "schedule": 60.0, "options": {"expires": 60}},
    "mail": {"task": "apps.notifications.tasks.send_mail", "schedule": 5.0, "options": {"expires": 5}},
    "what is due": {"task": "apps.deliberation.tasks.tick", "schedule": 2.0, "options": {"expires": 4}},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
