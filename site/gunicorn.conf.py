"""gunicorn -c site/gunicorn.conf.py"""

import os
from typing import Any

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
max_requests = 10_000
max_requests_jitter = 1_000
forwarded_allow_ips = ""  # config.middleware decides whose X-Forwarded-* to believe


def post_worker_init(worker: Any) -> None:
    """Send what waited while the site was stopped."""
    from comments.outbox import start_delivery

    start_delivery()
