"""Every address of the site, read from the URL resolver, and the objects that each is tried with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, get_resolver, reverse

from comments.models import ThreadComment
from comments.states import ONCE_PUBLIC, Status
from comments.unsubscribing import Link, path_of
from networks.invitation_tokens import path_of as path_of_invitation
from tests.leaks.conftest import COMMON, EVERYBODY, INSIDE_SECRET, World

MISSING = 999_999

NOT_ASKED = {"/admin/logout/", "/admin/failwhale/"}
"""In the admin: what would end the session, and Wagtail's own test of its error page."""


@dataclass(frozen=True)
class Try:
    """One address of an object, and who may know that the object exists: to anybody else it answers 404, or `denial`."""

    path: str
    known_to: frozenset[str] = EVERYBODY
    denial: frozenset[int] = frozenset()


def names(under: str = "", *, outside: str = "\x00") -> list[str]:
    """The full names of the addresses whose pattern begins with `under` and not with `outside`."""
    rows = _walk(get_resolver().url_patterns)
    return sorted({name for name, route in rows if route.startswith(under) and not route.startswith(outside)})


def _walk(patterns: list, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            yield f"{namespace}{pattern.name or route}", route


def plain(name: str) -> Callable[[World], list[Try]]:
    """An address that is about no object."""
    return lambda world: [Try(reverse(name))]


def space(name: str, **more: Callable[[World, str], object]) -> Callable[[World], list[Try]]:
    """An address inside a network's space; `more` are the other parts of the address."""

    def tries(world: World) -> list[Try]:
        known = {"public": EVERYBODY, "members": EVERYBODY, "secret": INSIDE_SECRET}
        return [
            Try(reverse(name, kwargs={"slug": network.slug, **{key: value(world, kind) for key, value in more.items()}}), known[kind])
            for kind, network in world.networks.items()
        ]

    return tries


def documents(name: str) -> Callable[[World], list[Try]]:
    """An address of a document: it exists for those who may read it; to who may not remove it, the refusal is the space's."""

    def tries(world: World) -> list[Try]:
        found = []
        for (kind, for_members), document in world.documents.items():
            path = reverse(name, args=[world.networks[kind].slug, document.pk])
            found.append(
                Try(
                    path,
                    world.readers_of[f"{kind}zzdocument{for_members}"],
                    denial=frozenset({403}) if name.endswith("remove") else frozenset(),
                )
            )
        return found

    return tries


def discussion(name: str) -> Callable[[World], list[Try]]:
    """An address of a discussion: it exists for those who may read it."""
    return lambda world: [
        Try(reverse(name, args=[comment.discussion_id]), world.readers_of[word_of(world, comment)])
        for (_kind, status), comment in world.comments.items()
        if status == Status.PUBLISHED
    ]


def permalinks(world: World) -> list[Try]:
    """A comment's address: it exists for those who read its discussion, hidden ones too, which lead to their place."""
    return [
        Try(reverse("comments:permalink", args=[comment.pk]), _readers_of_discussion(world, kind) if status in ONCE_PUBLIC else frozenset())
        for (kind, status), comment in world.comments.items()
    ]


ACTED_ON = (Status.PUBLISHED, Status.PENDING, Status.HIDDEN)
"""Comments that acts are tried with: one that is read, one that never was, one that no longer is; `permalinks` tries all."""


def acts(name: str) -> Callable[[World], list[Try]]:
    """What is done to a comment by those who know of it; a visitor signs in first, whatever they ask for."""
    return lambda world: [
        Try(reverse(name, args=[comment.pk]), tried.known_to, denial=frozenset({302}))
        for ((_kind, status), comment), tried in zip(world.comments.items(), permalinks(world), strict=True)
        if status in ACTED_ON
    ]


def acted_on(world: World) -> list[ThreadComment]:
    """The comments that acts are tried with."""
    return [comment for (_kind, status), comment in world.comments.items() if status in ACTED_ON]


def reading_marks(world: World) -> list[Try]:
    """Saying that a discussion is read; a visitor signs in first."""
    return [Try(tried.path, tried.known_to, denial=frozenset({302})) for tried in discussion("comments:read")(world)]


def _readers_of_discussion(world: World, kind: str) -> frozenset[str]:
    return world.readers_of[word_of(world, world.comments[kind, Status.PUBLISHED])]


def removals(world: World) -> list[Try]:
    """A comment exists here for its author alone, and these are guests'; a visitor signs in, whatever they ask for."""
    return [Try(reverse("comments:remove", args=[comment.pk]), frozenset(), denial=frozenset({302})) for comment in acted_on(world)]


def changes(world: World) -> list[Try]:
    """A comment's words are changed by its author alone, and these are guests' whom no browser remembers."""
    return [Try(reverse("comments:edit", args=[comment.pk]), frozenset()) for comment in acted_on(world)]


def reports(world: World) -> list[Try]:
    """A published comment is reported by those who read it; any other has no such address."""
    return [
        Try(
            reverse("comments:report", args=[comment.pk]),
            _readers_of_discussion(world, kind) if status == Status.PUBLISHED else frozenset(),
        )
        for (kind, status), comment in world.comments.items()
        if status in ACTED_ON
    ]


def rephrasings(world: World) -> list[Try]:
    """Better words are found by a comment's author alone, and these are guests' whom no browser remembers."""
    return [Try(reverse("comments:rephrase", args=[comment.pk]), frozenset()) for comment in acted_on(world)]


def wishes(world: World) -> list[Try]:
    """A comment of a space is wished for elsewhere by the members of its network alone; a visitor signs in first, whatever they ask for."""
    members = {"members": frozenset({"member", "facilitator", "network_moderator"}), "secret": frozenset({"other_moderator"})}
    signs_in = frozenset({302})
    said = [
        Try(reverse("comments:propose", args=[proposal.comment_id]), members.get(kind, frozenset()), denial=signs_in)
        for kind, proposal in world.proposals.items()
    ]
    of_guests = [
        Try(reverse("comments:propose", args=[comment.pk]), denial=signs_in, known_to=frozenset()) for comment in _published(world)
    ]
    return [*said, *of_guests]


def _published(world: World) -> list[ThreadComment]:
    return [comment for (_kind, status), comment in world.comments.items() if status == Status.PUBLISHED]


def proposals(name: str) -> Callable[[World], list[Try]]:
    """What is asked of an author, or withdrawn by who asked, is nobody else's; a visitor signs in first."""
    return lambda world: [
        Try(reverse(name, args=[proposal.pk]), frozenset(), denial=frozenset({302})) for proposal in world.proposals.values()
    ]


def word_of(world: World, comment: ThreadComment) -> str:
    """The one word of a comment's text."""
    return comment.comment.removeprefix(f"{COMMON.capitalize()} ")


def pages(world: World) -> list[Try]:
    """The guide's pages, as Wagtail serves them: a restricted one asks to sign in, and says nothing else."""
    return [
        Try("/"),
        Try("/guide/"),
        Try(world.articles["public"].url),
        Try(world.articles["restricted"].url, frozenset({"admin"}), denial=frozenset({302})),
        Try(world.articles["draft"].url, frozenset()),
    ]


CASES: dict[str, Callable[[World], list[Try]]] = {
    **{
        name: plain(name)
        for name in names(outside="admin/")
        if name.startswith(("account_", "mfa_", "users:")) and name not in {"account_confirm_email", "account_reset_password_from_key"}
    },
    "account_confirm_email": lambda world: [Try(reverse("account_confirm_email", args=["nonsense"]))],
    "account_reset_password_from_key": lambda world: [Try(reverse("account_reset_password_from_key", args=["1", "a-b"]))],
    "appearance": plain("appearance"),
    "door": plain("door"),
    "health": plain("health"),
    "media": lambda world: [Try("/media/nothing.png")],
    "robots": plain("robots"),
    "search:results": lambda world: [Try(f"{reverse('search:results')}?q={query}") for query in [COMMON, "", '"', "ève"]],
    "set_language": plain("set_language"),
    "sitemap": plain("sitemap"),
    "comments:start": plain("comments:start"),
    "comments:post": discussion("comments:post"),
    "comments:preview": discussion("comments:preview"),
    "comments:confirm": lambda world: [Try(reverse("comments:confirm", args=["nonsense"]))],
    "comments:state": discussion("comments:state"),
    "comments:challenge": plain("comments:challenge"),
    "comments:new_link": plain("comments:new_link"),
    "comments:forget": plain("comments:forget"),
    "comments:forget_everywhere": lambda world: [Try(reverse("comments:forget_everywhere", args=["nonsense"]))],
    "comments:notices": lambda world: [
        Try(reverse("comments:notices", args=["nonsense"])),
        Try(path_of(Link("eve@guest.example.org", "fr"))),
    ],
    "comments:permalink": permalinks,
    "comments:edit": changes,
    "comments:remove": removals,
    "comments:read": reading_marks,
    "comments:report": reports,
    "comments:rephrase": rephrasings,
    "comments:statement": lambda world: [Try(reverse("comments:statement", args=["nonsense"]))],
    "comments:useful": acts("comments:useful"),
    "comments:pin": acts("comments:pin"),
    "comments:feature": acts("comments:feature"),
    "comments:home": plain("comments:home"),
    "comments:consultations": plain("comments:consultations"),
    "comments:consultation": lambda world: [Try(world.consultation.get_absolute_url())],
    "comments:coverage": lambda world: [Try(f"{reverse('comments:coverage')}{query}") for query in ("", "?format=csv", "?consultation=1")],
    "comments:evolution": lambda world: [
        Try(f"{reverse('comments:evolution')}?{query}") for query in ("", "format=csv", f"consultation={world.consultation.pk}")
    ],
    "comments:space_export": lambda world: [
        Try(f"{tried.path}{query}", tried.known_to)
        for tried in space("comments:space_export")(world)
        for query in ("", "?format=csv", "?format=html")
    ],
    "networks:list": plain("networks:list"),
    "networks:space": space("networks:space"),
    "networks:presentation": space("networks:presentation"),
    "networks:run": space("networks:run"),
    "networks:logo": space("networks:logo"),
    "networks:visibility": space("networks:visibility"),
    "networks:documents": space("networks:documents"),
    "networks:document_new": space("networks:document_new"),
    "networks:document": documents("networks:document"),
    "networks:document_remove": documents("networks:document_remove"),
    "networks:agenda": space("networks:agenda"),
    "networks:date_new": space("networks:date_new"),
    "networks:date_edit": space("networks:date_edit", pk=lambda world, kind: world.dates[kind].pk),
    "networks:date_remove": space("networks:date_remove", pk=lambda world, kind: world.dates[kind].pk),
    "networks:date_file": space("networks:date_file", pk=lambda world, kind: world.dates[kind].pk),
    "networks:join": space("networks:join"),
    "networks:leave": space("networks:leave"),
    "networks:requests": space("networks:requests"),
    "networks:decide": space("networks:decide", pk=lambda world, kind: world.requests[kind].pk),
    "networks:members": space("networks:members"),
    "networks:role": space("networks:role", pk=lambda world, kind: world.memberships[kind].pk),
    "networks:remove_member": space("networks:remove_member", pk=lambda world, kind: world.memberships[kind].pk),
    "networks:invitation": lambda world: [
        Try(reverse("networks:invitation", args=["nonsense"]), frozenset()),
        Try(path_of_invitation(world.links["public"])),
    ],
    "networks:invite": space("networks:invite"),
    "networks:invite_list": space("networks:invite_list"),
    "networks:invitations": space("networks:invitations"),
    "networks:resend": space("networks:resend", pk=lambda world, kind: world.invitations[kind].pk),
    "networks:revoke": space("networks:revoke", pk=lambda world, kind: world.invitations[kind].pk),
    "networks:link_new": space("networks:link_new"),
    "networks:link_revoke": space("networks:link_revoke", pk=lambda world, kind: world.links[kind].pk),
    "networks:guests": space("networks:guests", pk=lambda world, kind: world.topics[kind].pk),
    "networks:end_visit": space(
        "networks:end_visit", pk=lambda world, kind: world.topics[kind].pk, guest=lambda world, kind: world.guests[kind].pk
    ),
    "networks:announcements": space("networks:announcements"),
    "networks:announce": space("networks:announce"),
    "networks:announcement": space("networks:announcement", pk=lambda world, kind: world.announcements[kind].pk),
    "networks:journal": space("networks:journal"),
    "networks:topic_new": space("networks:topic_new"),
    "networks:topic": space("networks:topic", pk=lambda world, kind: world.topics[kind].pk, title=lambda world, kind: "titre"),
    "networks:topic_short": space("networks:topic_short", pk=lambda world, kind: world.topics[kind].pk),
    "networks:topic_edit": space("networks:topic_edit", pk=lambda world, kind: world.topics[kind].pk),
    "networks:topic_state": space("networks:topic_state", pk=lambda world, kind: world.topics[kind].pk),
    "comments:file": lambda world: [Try(reverse("comments:file", args=[comment.pk]), frozenset()) for comment in _published(world)],
    "comments:propose": wishes,
    "comments:proposal": proposals("comments:proposal"),
    "comments:proposal_withdraw": proposals("comments:proposal_withdraw"),
    "contributions:list": space("contributions:list"),
    "contributions:new": space("contributions:new"),
    **{
        f"contributions:{name}": space(f"contributions:{name}", pk=lambda world, kind: world.contributions[kind].pk)
        for name in ("one", "rewrite", "act", "file")
    },
    "wagtail_serve": pages,
    "wagtailcore_authenticate_with_password": lambda world: [
        Try(reverse("wagtailcore_authenticate_with_password", args=[MISSING, world.articles["restricted"].pk]))
    ],
    "wagtailcore_login": plain("wagtailcore_login"),
    "wagtaildocs_authenticate_with_password": lambda world: [Try(reverse("wagtaildocs_authenticate_with_password", args=[MISSING]))],
    "wagtaildocs_serve": lambda world: [Try(reverse("wagtaildocs_serve", args=[MISSING, "etude.pdf"]))],
}


def admin_paths(world: World) -> list[str]:
    """Every address of the admin, tried with what is most private of each kind."""
    keys = [world.comments["secret", Status.PENDING].pk, world.articles["draft"].pk, world.statements["secret"].pk]
    texts = {"app_label": "comments", "app_name": "comments", "model_name": "threadcomment"}
    found = []
    for name, parameters in _admin_parameters():
        for key in keys if parameters else [None]:
            try:
                found.append(reverse(name, kwargs={parameter: texts.get(parameter, key) for parameter in parameters}))
            except NoReverseMatch:
                continue
    return sorted({path for path in found if path not in NOT_ASKED})


def _admin_parameters() -> Iterator[tuple[str, list[str]]]:
    def walk(patterns: list, namespace: str, parameters: list[str]) -> Iterator[tuple[str, list[str]]]:
        for pattern in patterns:
            inner = [*parameters, *pattern.pattern.converters, *getattr(pattern.pattern, "regex", None).groupindex]
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, inner)
            elif pattern.name:
                yield f"{namespace}{pattern.name}", list(dict.fromkeys(inner))

    admin = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern).startswith("admin/")]
    return walk(admin, "", [])
