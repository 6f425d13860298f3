"""gunicorn -c site/gunicorn.conf.py"""

import gc
import os
from typing import Any

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
max_requests = 500_000  # a page that is kept takes a quarter of a millisecond: fewer would have workers born all the time
max_requests_jitter = 50_000
forwarded_allow_ips = ""  # config.middleware decides whose X-Forwarded-* to believe


def post_worker_init(worker: Any) -> None:
    """Tune the interpreter to short requests in threads; send what waited while the site was stopped."""
    from django.apps import apps

    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)

    if apps.is_installed("comments"):
        from comments.outbox import start_delivery

        start_delivery()
