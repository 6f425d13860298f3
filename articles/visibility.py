"""Who may read a page: Wagtail's view restrictions as a condition for lists, and its twin for one page.

A list cannot know what passwords somebody has typed, so a page behind a password is in no list.
"""

from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from networks.prepared import Parameter, PreparedQuery


def restrictions_against(user: Any) -> Any:
    """The view restrictions that keep a person out."""
    if not user.is_authenticated:
        return PageViewRestriction.objects.all()
    password = Q(restriction_type=PageViewRestriction.PASSWORD)
    if user.is_superuser:
        return PageViewRestriction.objects.filter(password)
    admitted = PageViewRestriction.objects.filter(groups__in=user.groups.all())
    other_groups = Q(restriction_type=PageViewRestriction.GROUPS) & ~Q(pk__in=admitted.values("pk"))
    return PageViewRestriction.objects.filter(password | other_groups)


def readable(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Of some pages, those that are published and behind no restriction that keeps the person out; adds no query.

    As in Wagtail, a restriction holds for the page, for what lies below it, and for the aliases of both.
    """
    restricted = restrictions_against(user).values("page")
    closed = Q(pk__in=restricted) | Q(alias_of__in=restricted) | Q(alias_of__alias_of__in=restricted)
    return pages.live().filter(~_is_below(closed))


def noting_restrictions(pages: PageQuerySet) -> PageQuerySet:
    """The same pages, each knowing by `may_be_restricted` whether Wagtail has any restriction to look for; adds no query."""
    restricted = PageViewRestriction.objects.values("page")
    return pages.annotate(may_be_restricted=_is_below(Q(pk__in=restricted) | Q(alias_of__isnull=False)))


def _is_below(condition: Q) -> Exists:
    """Whether a page, or one above it, meets a condition."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(Page.objects.filter(condition).order_by().annotate(here=here).filter(here__startswith=F("path")))


def may_read(user: Any, page: Page) -> bool:
    """Whether one page is among those `readable` keeps; one query where nothing is restricted."""
    return page.live and all(_admits(restriction, user) for restriction in _restrictions_of(page))


def _restrictions_of(page: Page) -> list[PageViewRestriction]:
    """The restrictions of a page and of those above it, and of what any of these is an alias of."""
    steps = range(page.steplen, len(page.path) + 1, page.steplen)
    return _restrictions_at_depth(len(steps)).all(**{f"above_{end}": page.path[:end] for end in steps})


@cache
def _restrictions_at_depth(depth: int) -> PreparedQuery:
    here = [Parameter(f"above_{step * Page.steplen}") for step in range(1, depth + 1)]
    through = ["page__path__in", "page__aliases__path__in", "page__aliases__aliases__path__in"]
    return PreparedQuery(lambda: PageViewRestriction.objects.filter(reduce(or_, [Q(**{name: here}) for name in through])).distinct())


def _admits(restriction: PageViewRestriction, user: Any) -> bool:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return user.is_authenticated
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return user.is_authenticated and (user.is_superuser or restriction.groups.filter(user=user).exists())
    return False
