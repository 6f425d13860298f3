"""What the screens of the rules share: who may open them, the tabs between them, a list and a form of one look."""

from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from comments import services
from comments.admin_permissions import is_moderator
from comments.models import ThreadComment
from comments.permissions import sets_rules

SCREENS = {
    "rules_words": _("Words"),
    "rules_senders": _("Senders"),
    "rules_authors": _("Authors"),
    "rules_spaces": _("Spaces"),
    "rules_numbers": _("Numbers"),
}
OF_NETWORKS = ("rules_authors", "rules_spaces")
"""The screens on which moderators of a network find their own network's part."""


def screens_for(user: Any) -> dict[str, str]:
    """The names and labels of the screens that a moderator may open."""
    everywhere = sets_rules(user)
    return {name: str(label) for name, label in SCREENS.items() if everywhere or name in OF_NETWORKS}


def first_screen(user: Any) -> str:
    """Where the rules begin for a moderator."""
    return reverse(f"moderation:{next(iter(screens_for(user)))}")


class RulesScreen(WagtailAdminTemplateMixin):
    """A screen of the rules: for those who set them on the whole site, and for moderators where it is open to networks."""

    screen = ""
    header_icon = "sliders"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowed = is_moderator(request.user) and self.screen in screens_for(request.user)
        return super().dispatch(request, *args, **kwargs) if allowed else permission_denied(request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("moderation:index"), "label": pgettext("menu", "Moderation")},
        ]
        own = {"url": reverse(f"moderation:{self.screen}"), "label": SCREENS[self.screen]}
        return [*above, own] if self.is_list else [*above, own, {"url": "", "label": self.get_page_title()}]

    is_list = False

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {"label": label, "url": reverse(f"moderation:{name}"), "current": name == self.screen}
            for name, label in screens_for(self.request.user).items()
        ]
        return {**super().get_context_data(*args, **kwargs), "tabs": tabs}


class RulesList(RulesScreen, IndexView):
    """A list of rules, with a search."""

    model = ThreadComment
    any_permission_required = ["view"]
    is_list = True
    template_name = "comments/admin/rules/list.html"
    results_template_name = "comments/admin/rules/list_results.html"
    is_searchable = True
    search_backend_name = None
    paginate_by = 50
    add_name = ""
    empty = ""

    @property
    def index_url_name(self) -> str:
        return f"moderation:{self.screen}"

    @property
    def index_results_url_name(self) -> str:
        return f"moderation:{self.screen}_results"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Add"), url=reverse(f"moderation:{self.add_name}"), icon_name="plus")] if self.add_name else []

    def get_page_title(self) -> str:
        return str(SCREENS[self.screen])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "empty": self.empty}


class RulesForm(RulesScreen, FormView):
    """A form of the rules; what it saves is written by a service."""

    template_name = "comments/admin/rules/form.html"
    intro = ""

    def save(self, form: Form | ModelForm) -> str:
        """Write what the form holds, and return the sentence that says so; raises Refused."""
        raise NotImplementedError

    def form_valid(self, form: Form | ModelForm) -> HttpResponse:
        try:
            sentence = self.save(form)
        except services.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse(f"moderation:{self.screen}")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "intro": self.intro, "back": self.get_success_url()}
