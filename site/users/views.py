"""The pages of one's own account, beside those of sign-in and sign-up."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.messages.views import SuccessMessageMixin
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import override as speaking
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, UpdateView

from users import personal_data, services
from users.forms import DeleteAccountForm, ProfileForm


@method_decorator([login_required, never_cache], name="dispatch")
class ProfileView(SuccessMessageMixin, UpdateView):
    """The display name and the language; saving the language changes what the page speaks at once."""

    form_class = ProfileForm
    template_name = "users/profile.html"
    success_url = reverse_lazy("users:profile")
    success_message = gettext_lazy("Your profile is saved.")

    def get_object(self, queryset: models.QuerySet | None = None) -> Any:
        return self.request.user.__class__.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        self.request.chosen_language = form.cleaned_data["language"]
        with speaking(self.request.chosen_language):
            return super().form_valid(form)


@method_decorator([login_required, never_cache], name="dispatch")
class DataView(TemplateView):
    """What the site holds about the person: to download, or to erase with the account."""

    template_name = "users/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": DeleteAccountForm(user=self.request.user)}


@login_required
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """Everything the site holds about the person, as a JSON file."""
    response = JsonResponse(personal_data.collect(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="palabre.json"'
    return response


@require_POST
@login_required
@sensitive_post_parameters("password")
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account, once its password is typed; as many tries as allauth allows for a sign-in."""
    if limited := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
        return limited
    form = DeleteAccountForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            services.delete_account(request.user)
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, gettext("Your account is deleted, and what it held with it."))
            return redirect("/")
    return render(request, "users/data.html", {"form": form}, status=422)
