"""Networks and memberships in the Wagtail admin, for administrators: facilitators run their space on the site."""

from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from networks.admin_forms import MembershipForm, NetworkForm
from networks.admin_views import MembershipCreateView, MembershipDeleteView, MembershipEditView
from networks.models import Membership, Network
from networks.states import Role


class NetworkIndexView(IndexView):
    """Every network, with the number of its members, and of those who run it."""

    def get_base_queryset(self) -> QuerySet[Network]:
        """Count them in the list's own query."""
        runs = Q(memberships__role=Role.FACILITATOR, memberships__user__is_active=True)
        counts = {"member_count": Count("memberships"), "facilitator_count": Count("memberships", filter=runs)}
        return super().get_base_queryset().annotate(**counts)


def _facilitators(network: Network) -> str:
    """How many run the space, in words where nobody does: deleted or closed accounts may leave it alone."""
    return str(network.facilitator_count or gettext("none: name one"))


class NetworkViewSet(ModelViewSet):
    """Creating networks, saying who their space is for, and their history."""

    model = Network
    icon = "group"
    name = "networks_admin"
    url_prefix = "networks"
    menu_label = _("Spaces")
    index_view_class = NetworkIndexView
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
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    copy_view_enabled = False
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
