"""Networks and memberships in the Wagtail admin, for administrators: facilitators run their space on the site."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.history import HistoryFilterSet, HistoryView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from networks.admin_forms import MembershipForm, NetworkForm
from networks.admin_pages import BoundedPaginator
from networks.admin_views import MembershipCreateView, MembershipDeleteView, MembershipEditView
from networks.journal import find_concerned
from networks.models import Membership, Network
from networks.states import Role

FOUND = 200
"""How many people, and how many networks, a search for memberships looks at."""


class NetworkIndexView(IndexView):
    """Every network, with the number of its members, and of those who run it."""

    def get_base_queryset(self) -> QuerySet[Network]:
        """Count them in the list's own query, for the networks of one page."""
        members = Membership.objects.all()
        runs = members.filter(role=Role.FACILITATOR, user__is_active=True)
        return super().get_base_queryset().annotate(member_count=_number_in_network(members), facilitator_count=_number_in_network(runs))


def _number_in_network(memberships: QuerySet[Membership]) -> Coalesce:
    here = memberships.filter(network=OuterRef("pk")).order_by().values("network")
    return Coalesce(Subquery(here.annotate(number=Count("pk")).values("number")), 0)


def _facilitators(network: Network) -> str:
    """How many run the space, in words where nobody does: deleted or closed accounts may leave it alone."""
    return str(network.facilitator_count or gettext("none: name one"))


class NetworkHistoryFilterSet(HistoryFilterSet):
    """What a history is narrowed by; not by its people: whoever joined stands in it, thousands."""

    def get_users_queryset(self) -> QuerySet:
        """Offer nobody."""
        return get_user_model()._default_manager.none()


class NetworkHistoryView(HistoryView):
    """The history of a network."""

    filterset_class = NetworkHistoryFilterSet

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        """Find the people of a page's rows at once."""
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = list(rows)
        find_concerned(page.object_list)
        return paginator, page, page.object_list, is_paginated


class NetworkViewSet(ModelViewSet):
    """Creating networks, saying who their space is for, and their history."""

    model = Network
    icon = "group"
    name = "networks_admin"
    url_prefix = "networks"
    menu_label = _("Spaces")
    index_view_class = NetworkIndexView
    history_view_class = NetworkHistoryView
    list_display = [
        "name",
        "acronym",
        "visibility",
        Column("member_count", label=_("Members")),
        Column("facilitators", label=_("Facilitators"), accessor=_facilitators),
    ]
    list_filter = ["visibility"]
    search_fields = ["name", "acronym"]
    ordering = ["name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("acronym"), FieldPanel("slug"), FieldPanel("tagline")], heading=_("Name")),
            FieldPanel("visibility"),
            MultiFieldPanel([FieldPanel("presentation"), FieldPanel("website"), FieldPanel("page")], heading=_("Presentation")),
            FieldRowPanel([FieldPanel("logo"), FieldPanel("colour")], heading=_("Look")),
        ],
        base_form_class=NetworkForm,
    )


class MembershipIndexView(IndexView):
    """Memberships, the newest first, with their people and networks in the list's own query; a million of them are narrowed, not paged."""

    paginator_class = BoundedPaginator

    def get_base_queryset(self) -> QuerySet[Membership]:
        """Join the person and the network."""
        return super().get_base_queryset().select_related("user", "network")

    def search_queryset(self, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """Those of the people whose address holds the words, and of the networks that are called so: a number of each."""
        if not self.is_searching:
            return queryset
        people = get_user_model()._default_manager.filter(email__icontains=self.search_query).order_by("pk")
        networks = Network.objects.filter(name__icontains=self.search_query).order_by("pk")
        asked = Q(user__in=list(people.values_list("pk", flat=True)[:FOUND]))
        found = queryset.filter(asked | Q(network__in=list(networks.values_list("pk", flat=True)[:FOUND])))
        return found if self.is_explicitly_ordered else found.order_by("user", "pk")  # as they are found, not as a million are stored


class MembershipFilterSet(WagtailFilterSet):
    """The memberships of a network, or of a role."""

    class Meta:
        model = Membership
        fields = ["network", "role"]


class MembershipViewSet(ModelViewSet):
    """Who belongs to which network, and as what."""

    model = Membership
    icon = "user"
    name = "memberships"
    menu_label = _("Memberships")
    index_view_class = MembershipIndexView
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    copy_view_enabled = False
    ordering = ["-pk"]
    list_display = ["user", "network", "role", "joined_at"]
    filterset_class = MembershipFilterSet
    search_fields = ["user__email", "network__name"]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """The form that names the person by the account's address."""
        return MembershipForm


class NetworksGroup(ModelViewSetGroup):
    """The networks' entry in the menu."""

    menu_label = _("Networks")
    menu_icon = "group"
    menu_order = 220
    items = (NetworkViewSet, MembershipViewSet)
