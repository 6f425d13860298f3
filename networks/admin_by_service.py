"""Views of the Wagtail admin that write by a service, as the site does, and say why that is refused."""

from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from networks.services import Refused


class SavedByService:
    """Before CreateView or EditView: `save_instance` writes by a service, and what that refuses is said at the form."""

    refusal: type[Exception] = Refused

    def form_valid(self: Any, form: ModelForm) -> HttpResponse:
        """Save, or say why not."""
        try:
            return super().form_valid(form)
        except self.refusal as refused:
            form.add_error(None, str(refused))
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)


class DeletedByService:
    """Before DeleteView: `delete_instance` deletes by a service, and what that refuses is said on the list."""

    refusal: type[Exception] = Refused

    def delete_instance(self) -> None:
        """Delete `self.object`; may raise `refusal`."""
        raise NotImplementedError

    def form_valid(self: Any, form: Form) -> HttpResponse:
        """Delete, or say why not."""
        try:
            self.delete_instance()
        except self.refusal as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())
