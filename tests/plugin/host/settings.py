"""A Wagtail site that is not Palabre's, with the least it must say to have discussions and networks: docs/plugin.md."""

SECRET_KEY = "host-" + "k" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEBUG = False

INSTALLED_APPS = [
    "tests.plugin.host",
    "networks",
    "comments",
    "comments.xtd.XtdWithoutReceivers",
    "django_comments",
    "django.contrib.sites",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comments.middleware.NetworkModeratorsMiddleware",
]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "networks.auth.NetworkModeratorBackend"]

ROOT_URLCONF = "tests.plugin.host.urls"
STATIC_URL = "/static/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {"transaction_mode": "IMMEDIATE"}},
}
LANGUAGE_CODE = "en"
USE_TZ = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}

SITE_ID = 1
COMMENTS_APP = "comments"
COMMENTS_XTD_MODEL = "comments.models.ThreadComment"
COMMENTS_XTD_FORM_CLASS = "comments.forms.CommentForm"
WAGTAILADMIN_BASE_URL = "https://host.example.org"
WAGTAIL_SITE_NAME = "Host"
