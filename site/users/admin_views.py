"""Accounts in the Wagtail admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel
from wagtail.users.views.users import IndexView, UserViewSet

from users.admin_forms import AccountCreationForm, AccountEditForm, DisplayNameForm


class AccountIndexView(IndexView):
    """The list of accounts, searched by address and by name, sorted by the name shown."""

    search_fields = ["email", "display_name"]

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        direction = {"name": "", "-name": "-"}.get(self.ordering)
        return super().order_queryset(queryset) if direction is None else queryset.order_by(f"{direction}display_name")


class AccountViewSet(UserViewSet):
    """Accounts as the admin lists, creates and edits them."""

    index_view_class = AccountIndexView
    create_template_name = "users/admin/create.html"
    edit_template_name = "users/admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[AccountCreationForm | AccountEditForm]:
        return AccountEditForm if for_update else AccountCreationForm


class DisplayNamePanel(BaseSettingsPanel):
    """How the person is called."""

    name = "display_name"
    title = _("Display name")
    order = 100
    form_class = DisplayNameForm


class OwnAccountView(AccountView):
    """The settings of the person at work in the admin; Wagtail's own panel asks for names our accounts do not have."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
        return [*panels, DisplayNamePanel(self.request, self.request.user, panels[0].profile)]
