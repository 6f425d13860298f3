"""Memberships in the Wagtail admin: written by the same services as on the site."""

from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from networks import services
from networks.admin_by_service import DeletedByService, SavedByService
from networks.models import Membership
from networks.states import Role


class MembershipCreateView(SavedByService, CreateView):
    """Somebody, made a member by an administrator."""

    def save_instance(self) -> Membership:
        wanted = self.form.instance
        return services.add_member(wanted.network, wanted.user, by=self.request.user, role=Role(wanted.role))


class MembershipEditView(SavedByService, EditView):
    """Another role for a member."""

    def save_instance(self) -> Membership:
        wanted = self.form.instance
        return services.set_role(wanted, Role(wanted.role), by=self.request.user)


class MembershipDeleteView(DeletedByService, DeleteView):
    """A membership, ended."""

    def delete_instance(self) -> None:
        services.remove_member(self.object, by=self.request.user)
