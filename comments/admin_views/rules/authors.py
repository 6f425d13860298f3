"""Authors whom moderators trust or watch: named from one of their comments, everywhere or in one network."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from comments import services
from comments.admin_views.cards import moderated_or_404
from comments.admin_views.discussions import AsideColumn
from comments.admin_views.rules.base import RulesForm, RulesList
from comments.models import AuthorStanding, AuthorTrust, ThreadComment
from comments.permissions import sets_rules
from networks.models import Network

EVERYWHERE = "everywhere"
HERE = "here"


def standings_for(user: Any) -> QuerySet[AuthorStanding]:
    """The standings that a person may set: all, or those of the networks they moderate."""
    if sets_rules(user):
        return AuthorStanding.objects.all()
    return AuthorStanding.objects.filter(network__in=Network.objects.moderated_by(user))


class StandingForm(forms.Form):
    """How an author's comments are met, where, and why."""

    trust = forms.ChoiceField(
        label=_("Standing"), choices=[*AuthorTrust.choices, ("", _("Neither: as anybody"))], required=False, widget=forms.RadioSelect
    )
    where = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("For the other moderators: why it is here."))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = places


class AuthorsView(RulesList):
    """Who is trusted or watched, where, and why."""

    screen = "rules_authors"
    search_fields = ["name", "note"]
    default_ordering = "-pk"
    verbose_name_plural = _("authors’ standing")
    empty = _("Nobody is trusted or watched. “Trust or watch” beside an author in the queue leads there.")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Author"), sort_key="name", get_url=_address),
            Column("trust", label=_("Standing"), accessor=_short, sort_key="trust"),
            Column("network", label=_("Where"), accessor=lambda standing: standing.network or gettext("everywhere")),
            AsideColumn("note", label=_("Note"), classname="moderation-aside"),
            AsideColumn(
                "created_by", label=_("Added by"), accessor=lambda standing: standing.created_by or "", classname="moderation-aside"
            ),
            DateColumn("created_at", label=_("Added"), classname="moderation-aside"),
        ]

    def get_base_queryset(self) -> QuerySet[AuthorStanding]:
        return standings_for(self.request.user).select_related("network", "created_by")


class StandingView(RulesForm):
    """Trust or watch the author of a comment that the person moderates."""

    screen = "rules_authors"
    form_class = StandingForm
    intro = _("A watched author’s comments wait for a moderator. A trusted one’s are held neither for links or words nor for being new.")

    @cached_property
    def comment(self) -> ThreadComment:
        comment = moderated_or_404(self.request.user, self.kwargs["pk"])
        if not comment.author_key:
            raise Http404
        return comment

    @cached_property
    def places(self) -> dict[str, Network | None]:
        """Where the person may decide about this author."""
        places: dict[str, Network | None] = {EVERYWHERE: None} if sets_rules(self.request.user) else {}
        return {**places, HERE: self.comment.discussion.network} if self.comment.discussion.network else places

    def get_page_title(self) -> str:
        return gettext("Trust or watch %(author)s") % {"author": self.comment.author_name}

    def get_form_kwargs(self) -> dict[str, Any]:
        labels = {EVERYWHERE: gettext("Everywhere"), HERE: str(self.comment.discussion.network)}
        return {**super().get_form_kwargs(), "places": [(place, labels[place]) for place in self.places]}

    def get_initial(self) -> dict[str, Any]:
        known = standings_for(self.request.user).filter(author_key=self.comment.author_key)
        here = {standing.network_id: standing for standing in known}
        for place, network in self.places.items():
            if standing := here.get(network and network.pk):
                return {"where": place, "trust": standing.trust, "note": standing.note}
        return {"where": next(iter(self.places)), "trust": ""}

    def save(self, form: StandingForm) -> str:
        told, author = form.cleaned_data, self.comment.author_name
        network = self.places[told["where"]]
        services.set_standing(self.comment.author_key, told["trust"], by=self.request.user, network=network, note=told["note"], name=author)
        sentences = {
            AuthorTrust.TRUSTED: gettext("%(author)s is trusted."),
            AuthorTrust.WATCHED: gettext("%(author)s is watched."),
            "": gettext("%(author)s is met as anybody."),
        }
        return sentences[told["trust"]] % {"author": author}


class EndStandingView(RulesForm):
    """One standing, as it was noted, and the button that ends it."""

    screen = "rules_authors"
    form_class = forms.Form
    template_name = "comments/admin/rules/standing.html"

    @cached_property
    def standing(self) -> AuthorStanding:
        return get_object_or_404(standings_for(self.request.user).select_related("network", "created_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.standing.name or gettext("Author")

    def save(self, form: forms.Form) -> str:
        services.withdraw_rule(self.standing, by=self.request.user)
        return gettext("%(author)s is met as anybody.") % {"author": self.standing.name}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "standing": self.standing}


def _address(standing: AuthorStanding) -> str:
    return reverse("moderation:rules_standing", args=[standing.pk])


def _short(standing: AuthorStanding) -> str:
    return gettext("trusted") if standing.trust == AuthorTrust.TRUSTED else gettext("watched")
