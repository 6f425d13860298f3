"""Blocked senders, ready to be looked up: addresses, domains with what is below them, and ranges of machines."""

import ipaddress
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.utils import timezone

from comments.addresses import fold
from comments.models import BlockedSender, SenderKind

Machines = ipaddress.IPv4Network | ipaddress.IPv6Network


class BlockList:
    """Blocked senders by what they are known by."""

    def __init__(self, senders: Iterable[BlockedSender]) -> None:
        self._named: dict[str, BlockedSender] = {}
        self._machines: list[tuple[Machines, BlockedSender]] = []
        for sender in senders:
            if sender.kind == SenderKind.MACHINES:
                with suppress(ValueError):
                    self._machines.append((ipaddress.ip_network(sender.value), sender))
            else:
                self._named[sender.value] = sender

    def matches(self, address: str, ip: str) -> list[BlockedSender]:
        """The blocked senders that an address and a machine belong to, whose time is not over."""
        now = timezone.now()
        found = [*self._by_name(address), *self._by_machine(ip)]
        return [sender for sender in found if sender.expires_at is None or sender.expires_at > now]

    def _by_name(self, address: str) -> Iterator[BlockedSender]:
        mailbox, at, host = address.rpartition("@")
        labels = domain_key(host).split(".") if at else []
        names = [fold(address), f"{fold(mailbox)}@{'.'.join(labels)}", *(".".join(labels[place:]) for place in range(len(labels)))]
        for name in dict.fromkeys(names):
            if name in self._named:
                yield self._named[name]

    def _by_machine(self, ip: str) -> Iterator[BlockedSender]:
        if not self._machines:
            return
        with suppress(ValueError):
            machine = ipaddress.ip_address(ip)
            machine = getattr(machine, "ipv4_mapped", None) or machine
            yield from (sender for machines, sender in self._machines if machine in machines)


def domain_key(domain: str) -> str:
    """A domain as mail servers know it: lower case, letters beyond ASCII in their xn-- form."""
    lowered = domain.strip().strip(".").lower()
    try:
        return lowered.encode("idna").decode("ascii")
    except UnicodeError:
        return lowered


def sender_value(kind: str, typed: str) -> str:
    """What is kept of a sender as it was typed; raises ValueError for what is no sender of this kind."""
    typed = typed.strip()
    if kind == SenderKind.MACHINES:
        return str(ipaddress.ip_network(typed, strict=False))
    if kind == SenderKind.DOMAIN:
        domain = domain_key(typed.removeprefix("*.").removeprefix("@"))
        if "." not in domain or any(character in domain for character in " @/:"):
            raise ValueError(typed)
        return domain
    mailbox, at, host = typed.rpartition("@")
    if not at or not mailbox or " " in typed:
        raise ValueError(typed)
    return f"{fold(mailbox)}@{domain_key(host)}"
