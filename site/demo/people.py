"""Who does what in the demo's networks."""

from networks.models import Network, Role
from users.models import User


def facilitator(network: Network) -> User:
    """Who runs a network of the demo."""
    return network.memberships.filter(role=Role.FACILITATOR).select_related("user")[0].user
