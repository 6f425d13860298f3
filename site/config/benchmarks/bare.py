"""The bare Django view that visitors' pages are compared with: the same bytes, no middleware, no database, under the same server.

`BENCH_BODY` names the file that holds the bytes. gunicorn serves `config.benchmarks.bare:application`.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()

settings.configure(SECRET_KEY="bare" * 15, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
django.setup()


def page(request: HttpRequest) -> HttpResponse:
    """The bytes, and nothing else."""
    return HttpResponse(BODY)


urlpatterns = [path("", page)]
application = WSGIHandler()
