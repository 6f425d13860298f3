"""Memberships in the Wagtail admin: written by the same services as on the site."""

from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from networks import services
from networks.models import Membership
from networks.services import Refused
from networks.states import Role


class _ByService:
    """Saves a membership as facilitators do on the site, and says at the form why that is refused."""

    def form_valid(self: Any, form: ModelForm) -> HttpResponse:
        """Do it, or refuse it: the last facilitator stays, and every change leaves its row in the history of the network."""
        try:
            return super().form_valid(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)


class MembershipCreateView(_ByService, CreateView):
    """Somebody, made a member by an administrator."""

    def save_instance(self) -> Membership:
        wanted = self.form.instance
        return services.add_member(wanted.network, wanted.user, by=self.request.user, role=Role(wanted.role))


class MembershipEditView(_ByService, EditView):
    """Another role for a member."""

    def save_instance(self) -> Membership:
        wanted = self.form.instance
        return services.set_role(wanted, Role(wanted.role), by=self.request.user)


class MembershipDeleteView(DeleteView):
    """A membership, ended."""

    def form_valid(self, form: Form) -> HttpResponse:
        """End it, or say why the rules refuse that."""
        try:
            services.remove_member(self.object, by=self.request.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())
