"""Which comments a moderator is looking at: their scope, narrowed by what the address asks.

The queue, its export and "select all" of the bulk actions read the same parameters here, so that they mean the same rows.
"""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.search import SearchForm

from comments.admin_views.counts import counts_of
from comments.admin_views.dates import DateRangeFilter
from comments.admin_views.tabs import Tab, tab_named
from comments.models import Discussion, Report, ThreadComment
from comments.states import ReportKind, Status
from networks.keys import key_in
from networks.models import Network

ALL = "all"
SEARCHED = 20_000
"""Words are looked for in this many of the newest comments of the selection, so that a search costs the same in any archive."""

LISTED_DISCUSSIONS = 200


class BoundedChoices(ModelChoiceIterator):
    """Lists the first discussions only; any other is still accepted, from a link."""

    def __iter__(self):
        yield "", self.field.empty_label
        for discussion in self.queryset[:LISTED_DISCUSSIONS]:
            yield self.choice(discussion)

    def __len__(self):
        return LISTED_DISCUSSIONS


class DiscussionField(django_filters.fields.ModelChoiceField):
    """A choice among the discussions that spoke last."""

    iterator = BoundedChoices


class DiscussionFilter(django_filters.ModelChoiceFilter):
    """Narrows to one discussion."""

    field_class = DiscussionField


def _networks(request: HttpRequest) -> QuerySet[Network]:
    moderated = Discussion.objects.moderatable_by(request.user)
    return Network.objects.filter(pk__in=moderated.values("network"))


def _discussions(request: HttpRequest) -> QuerySet[Discussion]:
    return Discussion.objects.moderatable_by(request.user).filter(sequence__gt=0).order_by("-pk")


class CommentFilterSet(WagtailFilterSet):
    """How a moderator narrows the queue."""

    discussion = DiscussionFilter(label=_("Discussion"), queryset=_discussions, empty_label=_("All"))
    network = django_filters.ModelChoiceFilter(
        label=_("Network of the discussion"), field_name="discussion__network", queryset=_networks, empty_label=_("All")
    )
    author = django_filters.ChoiceFilter(
        label=_("Author"),
        choices=[("guest", _("Guests")), ("account", _("People with an account"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="by_kind_of_author",
    )
    submit_date = DateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All"), widget=forms.RadioSelect)

    kind = django_filters.ChoiceFilter(label=_("Reported as"), choices=ReportKind.choices, empty_label=_("All"), method="by_kind_of_report")

    class Meta:
        model = ThreadComment
        fields = ["discussion", "network", "author", "submit_date", "kind", "language"]

    def by_kind_of_report(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Comments with a report of this kind that nobody has decided about."""
        return queryset.reported().filter(pk__in=Report.objects.open().filter(kind=value).values("comment"))

    @property
    def form(self) -> forms.Form:
        """The form, with the networks that the counts of the request name: they cost no query of their own."""
        form = super().form
        networks = sorted(counts_of(self.request).networks.items(), key=lambda named: named[1])
        form.fields["network"].widget.choices = [("", _("All")), *networks]
        return form

    def by_kind_of_author(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(user__isnull=value == "guest")


NARROWING = [name for field in CommentFilterSet.base_filters for name in (field, f"{field}_from", f"{field}_to")]
"""The parameters of the filters; a range of dates has two."""


def chosen_tab(params: QueryDict) -> Tab:
    """The tab asked for."""
    return tab_named(params.get("status", ""))


def author_like(user: Any, params: QueryDict) -> ThreadComment | None:
    """The comment whose author's comments are asked for (`author_of=<id>`), when the moderator may see it."""
    key = key_in(params.get("author_of", ""))
    if key is None:
        return None
    return ThreadComment.objects.moderatable_by(user).exclude(status=Status.REMOVED).filter(pk=key).select_related("user").first()


def with_words(queryset: QuerySet, words: str) -> QuerySet:
    """The comments that hold the words, in their text or in their author's name, among the newest SEARCHED."""
    newest = queryset.order_by("-pk").values("pk")[:SEARCHED]
    return queryset.filter(pk__in=newest).filter(Q(comment__icontains=words) | Q(user_name__icontains=words))


def is_narrowed(request: HttpRequest) -> bool:
    """Whether an address asks for less than all comments of a tab."""
    return any(request.GET.get(name) for name in ("q", "author_of", *NARROWING))


def selected(request: HttpRequest) -> QuerySet[ThreadComment]:
    """The comments that the parameters of a request ask for, of those the person moderates."""
    params = request.GET
    queryset = ThreadComment.objects.moderatable_by(request.user)
    queryset = chosen_tab(params).narrow(queryset, request.user)
    if like := author_like(request.user, params):
        queryset = queryset.by_the_author_of(like)
    filters = CommentFilterSet(params, queryset, request=request)
    if filters.is_valid():
        queryset = filters.filter_queryset(queryset)
    search = SearchForm(params)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    return with_words(queryset, words) if words else queryset
