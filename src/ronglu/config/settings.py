"""Django's settings: everything comes from the environment, with defaults that run on one machine."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from ronglu.config.database import database

HOME = Path(os.environ.get("RONGLU_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
PACKAGE = Path(__file__).resolve().parent.parent


def _secret() -> str:
    """The key of this installation: from the environment, or kept beside the data, made once."""
    if key := os.environ.get("RONGLU_SECRET_KEY"):
        return key
    path = HOME / "secret.key"
    try:
        with path.open("x") as new:
            new.write(secrets.token_urlsafe(50))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = _secret()
DEBUG = os.environ.get("RONGLU_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("RONGLU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("RONGLU_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("RONGLU_HTTPS") == "1"
# a plant that has no certificates on its intranet says so itself
PLAIN_HTTP = os.environ.get("RONGLU_PLAIN_HTTP") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
# a page left open logs itself out (等保 8.1.4.1)
IDLE_MINUTES = int(os.environ.get("RONGLU_IDLE_MINUTES", "30"))
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# RONGLU_TODAY sets the clock of a demo or a test (09-6); RONGLU_PLANTS picks the packs of this installation
TODAY = os.environ.get("RONGLU_TODAY", "")
PLANTS = [p for p in os.environ.get("RONGLU_PLANTS", "qinglan,yunling,baishi,changhe").split(",") if p]

# how people reach this installation, for links in messages; and the mail server for persons' own boxes, as
# smtps://account:password@server:465 (smtp+tls://, smtp:// inside the plant); without it nobody is written to
SITE = os.environ.get("RONGLU_SITE", "").rstrip("/")
SMTP = os.environ.get("RONGLU_SMTP", "").rstrip("/")

INSTALLED_APPS = [
    "ronglu.store",
    "ronglu.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    # cotton and template-partials break each other unless both use their SimpleAppConfig
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "rules",
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
    "django_htmx.middleware.HtmxMiddleware",
    "ronglu.web.middleware.ScopeMiddleware",
    "ronglu.web.burden.meter.BurdenMiddleware",
    "axes.middleware.AxesMiddleware",
    "ronglu.web.english.EnglishMiddleware",
]

ROOT_URLCONF = "ronglu.web.urls"
WSGI_APPLICATION = "ronglu.config.wsgi.application"
LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # web/<noun>/ keeps its templates beside its views: {% extends %} names them "board/page.html"
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "web"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ronglu.web.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django_cotton.cotton_loader.Loader", *LOADERS])],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ronglu.web.formats",
                "ronglu.web.tags",
                "ronglu.web.words",
                "ronglu.web.said",
                "ronglu.web.org.told",
            ],
        },
    }
]

DATABASES = {"default": database(url=os.environ.get("DATABASE_URL", ""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("staff_no", "label")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# five wrong passwords lock for a quarter of an hour (等保 8.1.4.1); by account and address, so that nobody locks a colleague out from afar
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# else axes looks for our column name in the form, finds none, and locks the whole terminal instead of the account
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "ronglu.web.account.lockout.locked"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# one clock: plant local time; China has one zone and no summer time (docs/adr/0002)
USE_TZ = False
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    # the hashed names exist only once `ronglu serve` has collected them
    "staticfiles": {"BACKEND": _HASHED if os.environ.get("RONGLU_COLLECTED") == "1" else _PLAIN},
}
WHITENOISE_USE_FINDERS = os.environ.get("RONGLU_COLLECTED") != "1"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {
    "default": {"BACKEND": os.environ.get("RONGLU_TASKS", "django_tasks_db.DatabaseBackend"), "QUEUES": ["default"]}
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
