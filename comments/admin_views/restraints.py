"""Calming one discussion down, and moving a thread to where it belongs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import services
from comments.admin_permissions import is_moderator
from comments.admin_views.cards import history_of
from comments.admin_views.pages import AboutComment, WorkbenchForm
from comments.models import Discussion, ThreadComment

LISTED = 200
"""How many discussions are offered to move a thread to, the newest first; any other is named by its number."""


class RestraintForm(forms.Form):
    """How a discussion is calmed down."""

    lock = forms.ChoiceField(
        label=_("Who may write"),
        choices=[
            ("open", _("as the discussion’s settings say")),
            ("1h", _("nobody for one hour")),
            ("1d", _("nobody for one day")),
            ("7d", _("nobody for seven days")),
            ("closed", _("nobody until a moderator opens it again")),
        ],
        widget=forms.RadioSelect,
    )
    slow = forms.TypedChoiceField(
        label=_("How often one person may write"),
        coerce=int,
        choices=[
            (0, _("as often as they like")),
            (60, _("once a minute")),
            (600, _("once in ten minutes")),
            (3600, _("once an hour")),
            (86_400, _("once a day")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the discussion’s history for the moderators."),
    )


DURATIONS = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "7d": timedelta(days=7)}


class RestraintView(WorkbenchForm):
    """Lock a discussion for a time or for good, or slow it down."""

    template_name = "comments/admin/restraint.html"
    form_class = RestraintForm
    page_title = _("Calm a discussion down")
    intro = _("What was said stays, and everybody who could read it still can. Its history keeps who did this, and why.")
    button = _("Save")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_moderator(request.user):
            self.discussion = get_object_or_404(Discussion.objects.moderatable_by(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("moderation:discussions"), "label": gettext("Discussions")}]

    def get_page_subtitle(self) -> str:
        return str(self.discussion)

    def get_default_next(self) -> str:
        return reverse("moderation:restraint", args=[self.discussion.pk])

    def get_form(self, form_class: Any = None) -> forms.Form:
        form = super().get_form(form_class)
        if self.discussion.is_locked() and self.discussion.locked_until:
            form.fields["lock"].choices = [("as_it_is", gettext("nobody until the moment above")), *form.fields["lock"].choices]
        return form

    def get_initial(self) -> dict[str, Any]:
        locked = "as_it_is" if self.discussion.locked_until else "closed"
        return {"lock": locked if self.discussion.is_locked() else "open", "slow": self.discussion.slow_seconds}

    def act(self, form: RestraintForm) -> str:
        said, user = form.cleaned_data, self.request.user
        if said["lock"] == "open":
            services.unlock_discussion(self.discussion, by=user, note=said["note"])
        elif said["lock"] == "closed":
            services.lock_discussion(self.discussion, by=user, note=said["note"])
        elif said["lock"] in DURATIONS:
            services.lock_discussion(self.discussion, by=user, until=timezone.now() + DURATIONS[said["lock"]], note=said["note"])
        services.slow_down(self.discussion, seconds=said["slow"], by=user, note=said["note"])
        return gettext("The discussion is as you wish.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"discussion": self.discussion, "is_locked": self.discussion.is_locked(), "history": history_of([self.discussion])}
        return {**super().get_context_data(**kwargs), **context}


def _places_for(comment: ThreadComment, user: Any) -> QuerySet[Discussion]:
    """The discussions of the same network, of which `services.can_move_to` says the last word."""
    others = Discussion.objects.moderatable_by(user).filter(network=comment.discussion.network_id).exclude(pk=comment.discussion_id)
    return others.order_by("-pk")


class MoveForm(forms.Form):
    """Where a thread goes."""

    to = forms.ModelChoiceField(Discussion.objects.none(), label=_("To which discussion"))
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, places: QuerySet[Discussion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = places
        field.choices = [("", "—"), *((place.pk, str(place)) for place in places[:LISTED])]


class MoveView(AboutComment):
    """Move a comment and all that answers it to another discussion that the same people read."""

    form_class = MoveForm
    page_title = _("Move the thread")
    intro = _("The comment and the replies below it start a thread there. Their addresses still lead to them; nobody is told.")
    header_icon = "arrow-right"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "places": _places_for(self.comment, self.request.user)}

    def act(self, form: MoveForm) -> str:
        services.move_thread(self.comment, form.cleaned_data["to"], by=self.request.user, note=form.cleaned_data["note"])
        return gettext("The thread is moved.")
