"""The word list: looking through it, adding to it, trying a word on the last comments before it is saved."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from comments import services
from comments.admin_views.cards import excerpt
from comments.admin_views.discussions import AsideColumn
from comments.admin_views.rules.base import RulesForm, RulesList
from comments.models import ListedWord
from comments.rules.trial import TRIED, Trial, try_on_last_comments
from comments.rules.wordfile import why_not
from comments.rules.wordlist import key_of

SHOWN_CAUGHT = 20


class WordForm(forms.ModelForm):
    """An entry of the list; what could never be found, or is there already, is said at its field."""

    class Meta:
        model = ListedWord
        fields = ["kind", "text", "effect", "note", "active"]
        widgets = {"kind": forms.RadioSelect, "effect": forms.RadioSelect}
        help_texts = {
            "text": _("Whole words, whatever their case and accents. A pattern is a regular expression (RE2)."),
            "active": _("Out of use, it stays in the list and does nothing."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, text = cleaned.get("kind"), cleaned.get("text")
        if kind and text:
            if problem := why_not(kind, text):
                self.add_error("text", problem)
            elif self._is_listed(kind, text):
                self.add_error("text", gettext("Is listed already."))
        return cleaned

    def _is_listed(self, kind: str, text: str) -> bool:
        others = ListedWord.objects.filter(kind=kind).exclude(pk=self.instance.pk).values_list("text", flat=True)
        return key_of(kind, text) in {key_of(kind, other) for other in others}


class WordsView(RulesList):
    """The words and patterns that hold or refuse."""

    screen = "rules_words"
    add_name = "rules_word_new"
    search_fields = ["text", "note"]
    default_ordering = "text"
    verbose_name_plural = _("listed words")
    empty = _("No word is listed. Add one, or import a list.")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("text", label=_("Word or pattern"), sort_key="text", get_url=_address),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("effect", label=_("Effect"), accessor=lambda word: _short(word.effect), sort_key="effect"),
            AsideColumn("note", label=_("Note"), classname="moderation-aside"),
            AsideColumn("created_by", label=_("Added by"), classname="moderation-aside"),
            DateColumn("created_at", label=_("Added"), sort_key="created_at", classname="moderation-aside"),
            BooleanColumn("active", label=_("In use"), sort_key="active"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button(_("Import a list"), url=reverse("moderation:rules_words_import"), icon_name="upload", priority=10),
            Button(_("Download the list (CSV)"), url=reverse("moderation:rules_words_export"), icon_name="download", priority=20),
        ]

    def get_base_queryset(self) -> QuerySet[ListedWord]:
        return ListedWord.objects.select_related("created_by")


class WordView(RulesForm):
    """One entry, new (no key) or changed; "Try it" saves nothing."""

    screen = "rules_words"
    form_class = WordForm
    template_name = "comments/admin/rules/word.html"

    @cached_property
    def word(self) -> ListedWord | None:
        return get_object_or_404(ListedWord, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_page_title(self) -> str:
        return str(self.word) if self.word else gettext("Add a word or a pattern")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.word}

    def form_valid(self, form: WordForm) -> HttpResponse:
        if "try" not in self.request.POST:
            return super().form_valid(form)
        trial = try_on_last_comments(form.instance, self.request.user)
        return self.render_to_response(self.get_context_data(form=form, trial=trial, **_shown(trial)))

    def save(self, form: WordForm) -> str:
        word = services.save_rule(form.instance, by=self.request.user)
        return gettext("“%(word)s” is saved.") % {"word": word}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "tried": TRIED}


def _shown(trial: Trial) -> dict[str, Any]:
    return {
        "caught": [{"comment": comment, "excerpt": excerpt(comment, 160)} for comment in trial.caught[:SHOWN_CAUGHT]],
        "more": max(len(trial.caught) - SHOWN_CAUGHT, 0),
    }


def _address(word: ListedWord) -> str:
    return reverse("moderation:rules_word", args=[word.pk])


def _short(effect: str) -> str:
    return gettext("refuses") if effect == "refuse" else gettext("holds")
