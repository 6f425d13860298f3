"""Wires the discussions into the Wagtail admin."""

from wagtail import hooks

from comments import audit

hooks.register("register_log_actions", audit.register)
