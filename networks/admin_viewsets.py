"""Networks and memberships in the Wagtail admin, for administrators: facilitators run their space on the site."""

from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from networks.admin_forms import MembershipForm, NetworkForm
from networks.models import Membership, Network


class NetworkIndexView(IndexView):
    """Every network, with the number of its members."""

    def get_base_queryset(self) -> QuerySet[Network]:
        """Count the members in the list's own query."""
        return super().get_base_queryset().annotate(member_count=Count("memberships"))


class NetworkViewSet(ModelViewSet):
    """Creating networks, saying who their space is for, and their history."""

    model = Network
    icon = "group"
    name = "networks_admin"
    url_prefix = "networks"
    menu_label = _("Spaces")
    index_view_class = NetworkIndexView
    list_display = ["name", "acronym", "visibility", Column("member_count", label=_("Members"))]
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
    """Every membership, with its person and its network in the list's own query."""

    def get_base_queryset(self) -> QuerySet[Membership]:
        """Join the person and the network."""
        return super().get_base_queryset().select_related("user", "network")


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
