"""Wires the networks into the Wagtail admin."""

from wagtail import hooks

from networks import audit

hooks.register("register_log_actions", audit.register)
