"""An author as their moderators see them: what they wrote, what was decided, and what may be decided now."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets import AdminDateTimeInput

from comments import permissions, services
from comments.admin_permissions import is_moderator
from comments.admin_views.cards import excerpt, moderated_or_404, record_of
from comments.admin_views.decision import GroundsForm
from comments.admin_views.pages import AboutComment, WorkbenchForm, WorkbenchPage
from comments.models import ModeratorNote, Sanction, SanctionKind, Statement, ThreadComment

NEWEST = 20
"""How many of the author's comments, and of the decisions about them, the page shows."""
DURATIONS = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "7d": timedelta(days=7)}

EFFECTS = {
    SanctionKind.WARN: _("The author reads why in a mail, and goes on writing."),
    SanctionKind.SUSPEND: _("The author cannot write for a time, and reads why in a mail. They still read, report and contest."),
    SanctionKind.BAN: _("The author can no longer write, and reads why in a mail. They still read, report and contest."),
}


class AuthorView(WorkbenchPage, TemplateView):
    """The author of a comment, as far as the moderator's scope goes."""

    template_name = "comments/admin/author.html"
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_moderator(request.user):
            self.comment = moderated_or_404(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    comment: ThreadComment

    def get_page_title(self) -> str:
        return self.comment.author_name or gettext("Removed comment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, comment = self.request.user, self.comment
        own = ThreadComment.objects.moderatable_by(user).by_the_author_of(comment).select_related("discussion").order_by("-pk")
        newest = list(own[:NEWEST])
        statements = Statement.objects.moderatable_by(user).about_author_of(comment).select_related("reason", "sanction", "decided_by")
        return {
            **super().get_context_data(**kwargs),
            "comment": comment,
            "record": record_of(comment, user),
            "newest": [(each, excerpt(each)) for each in newest],
            "sanctions": Sanction.objects.moderatable_by(user).of(comment.user_id, comment.user_email).order_by("-pk")[:NEWEST],
            "statements": statements.order_by("-pk")[:NEWEST],
            "notes": ModeratorNote.objects.filter(comment__in=own.values("pk")).select_related("written_by").order_by("-pk")[:NEWEST],
            "kinds": SanctionKind.choices if permissions.can_sanction_author(user, comment) else [],
        }


class SanctionForm(GroundsForm):
    """What is decided about an author, for how long, and where."""

    duration = forms.ChoiceField(
        label=_("For how long"),
        choices=[("1h", _("one hour")), ("1d", _("one day")), ("7d", _("seven days")), ("until", _("until the moment below"))],
        widget=forms.RadioSelect,
        initial="1d",
    )
    until = forms.DateTimeField(label=_("Until"), required=False, widget=AdminDateTimeInput())
    everywhere = forms.BooleanField(
        label=_("Everywhere on this site"), required=False, help_text=_("Otherwise in the space of this network only.")
    )
    field_order = ("duration", "until", "everywhere", "reason", "answer", "words", "note")

    def __init__(self, *args: Any, kind: SanctionKind, may_choose_where: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != SanctionKind.SUSPEND:
            del self.fields["duration"], self.fields["until"]
        if not may_choose_where:
            del self.fields["everywhere"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("duration") == "until" and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", gettext("Say until when: a moment to come."))
        if cleaned.get("until") and cleaned["until"] > services.longest_suspension():
            self.add_error("until", gettext("A suspension lasts ten years at most."))
        return cleaned

    @property
    def end(self) -> datetime | None:
        """When a suspension ends."""
        chosen = self.cleaned_data.get("duration")
        return timezone.now() + DURATIONS[chosen] if chosen in DURATIONS else self.cleaned_data.get("until")


class SanctionView(AboutComment):
    """Warn, suspend or ban the author of a comment."""

    form_class = SanctionForm
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.kind = SanctionKind(kwargs["kind"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return gettext("%(act)s: %(name)s") % {"act": self.kind.label, "name": self.comment.author_name}

    @property
    def intro(self) -> Any:  # type: ignore[override]
        return EFFECTS[self.kind]

    @property
    def button(self) -> Any:  # type: ignore[override]
        return self.kind.label

    def get_default_next(self) -> str:
        return reverse("moderation:author", args=[self.comment.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        in_space = self.comment.discussion.network_id is not None
        may_choose = in_space and permissions.moderates_everything(self.request.user)
        return {**super().get_form_kwargs(), "kind": self.kind, "may_choose_where": may_choose}

    def act(self, form: SanctionForm) -> str:
        everywhere = form.cleaned_data.get("everywhere", False)
        services.sanction(self.comment, self.kind, by=self.request.user, until=form.end, everywhere=everywhere, **form.decided)
        return gettext("It is decided, and the author is told why.")


class LiftForm(forms.Form):
    """Why a decision about an author no longer holds."""

    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LiftView(WorkbenchForm):
    """Let an author write again."""

    form_class = LiftForm
    page_title = _("Lift the decision")
    intro = _("The author can write again, and is told so.")
    header_icon = "undo"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_moderator(request.user):
            self.sanction = get_object_or_404(Sanction.objects.moderatable_by(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.sanction)

    def act(self, form: LiftForm) -> str:
        services.lift(self.sanction, by=self.request.user, note=form.cleaned_data["note"])
        return gettext("The decision is lifted.")
