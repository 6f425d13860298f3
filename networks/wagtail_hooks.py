"""Wires the networks into the Wagtail admin."""

from wagtail import hooks

from networks import audit
from networks.admin_viewsets import NetworksGroup

hooks.register("register_log_actions", audit.register)


@hooks.register("register_admin_viewset")
def register_networks() -> NetworksGroup:
    """The networks and their memberships, for administrators."""
    return NetworksGroup()
