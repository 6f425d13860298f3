"""What the workbench's pages about one thing share: who may open them, the way back, and how a refusal is told."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from comments import services
from comments.admin_permissions import is_moderator
from comments.admin_views.cards import cards_of, moderated_or_404
from comments.models import ThreadComment


class WorkbenchPage(WagtailAdminTemplateMixin):
    """A page of the workbench, for moderators; the things it is about are fetched within their scope."""

    header_icon = "comment"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs) if is_moderator(request.user) else permission_denied(request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
        workbench = {"url": reverse("moderation:index"), "label": pgettext("menu", "Moderation")}
        return [home, workbench, *self.between, {"url": "", "label": self.get_page_title()}]

    @property
    def between(self) -> list[dict[str, Any]]:
        """What stands between the workbench and this page."""
        return []


class WorkbenchForm(WorkbenchPage, FormView):
    """A page with a form whose act is done by a service; what the service refuses is said above the form, and nothing typed is lost."""

    template_name = "comments/admin/form.html"
    intro: Any = ""
    button: Any = ""

    @cached_property
    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or self.get_default_next()

    def get_default_next(self) -> str:
        """Where the person goes afterwards, unless they came from somewhere else."""
        return reverse("moderation:index")

    def act(self, form: BaseForm) -> str:
        """Do what the form asks, and return the sentence that says so; raises services.Refused."""
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            sentence = self.act(form)
        except services.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return redirect(self.next_url)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        common = {"intro": self.intro, "button": self.button or self.get_page_title(), "next": self.next_url}
        return {**super().get_context_data(**kwargs), **common}


class AboutComment(WorkbenchForm):
    """A form about one comment, which stands above it as its card."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_moderator(request.user):
            self.comment = moderated_or_404(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    comment: ThreadComment

    def get_default_next(self) -> str:
        return reverse("moderation:inspect", args=[self.comment.pk])

    @property
    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("moderation:inspect", args=[self.comment.pk]), "label": str(self.comment)}]

    def get_page_subtitle(self) -> str:
        return str(self.comment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "card": cards_of([self.comment], self.request.user)[0]}
