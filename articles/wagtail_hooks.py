"""Wires the guide into the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.admin_home import add_panel
from articles.models import Author

hooks.register("construct_homepage_panels", add_panel)


class AuthorViewSet(SnippetViewSet):
    """The authors, under their own name in the menu."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 450
    add_to_admin_menu = True
    list_display = ["name", "role"]


register_snippet(AuthorViewSet)
