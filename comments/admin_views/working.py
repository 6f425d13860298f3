"""What moderators do with a comment among themselves: take it on, let go of it, leave a note, take back a decision."""

from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import services
from comments.admin_views.decision import in_place
from comments.admin_views.pages import AboutComment


class UndoView(AboutComment):
    """Take back one's last decision about a comment: asked by a link, done by a button or by the queue's key."""

    form_class = forms.Form
    page_title = _("Undo")
    intro = _("The comment, its reports and its author’s restrictions stand again as before your decision. Nobody is told of it.")
    header_icon = "undo"

    def act(self, form: forms.Form) -> str:
        services.undo(self.comment, by=self.request.user)
        return gettext("Your decision is undone.")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not in_place(self.request):
            return super().form_valid(form)
        try:
            return JsonResponse({"done": self.act(form)})
        except services.Refused as refused:
            return JsonResponse({"problem": str(refused)}, status=409)


class ClaimForm(forms.Form):
    """Whether to take a comment on, to take it over, or to let go of it."""

    wish = forms.ChoiceField(choices=[(wish, wish) for wish in ("claim", "take_over", "unclaim")], widget=forms.HiddenInput)


class ClaimView(AboutComment):
    """Take a comment on so that nobody else works on it, or let go of it."""

    form_class = ClaimForm
    page_title = _("Take it on")
    intro = _("For a quarter of an hour the other moderators see that you work on it, and cannot decide about it.")
    header_icon = "lock"

    def get_initial(self) -> dict[str, Any]:
        return {"wish": "claim"}

    def act(self, form: ClaimForm) -> str:
        wish = form.cleaned_data["wish"]
        if wish == "unclaim":
            services.unclaim(self.comment, by=self.request.user)
            return gettext("The others can work on it again.")
        services.claim(self.comment, by=self.request.user, take_over=wish == "take_over")
        return gettext("It is yours for a quarter of an hour: see “Mine”.")


class NoteForm(forms.Form):
    """What a moderator tells the others."""

    text = forms.CharField(label=_("Note for the moderators"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class NoteView(AboutComment):
    """Leave a note for the other moderators of a comment."""

    form_class = NoteForm
    page_title = _("Leave a note")
    intro = _("The other moderators read it beside the comment; its author never does.")
    header_icon = "edit"

    def act(self, form: NoteForm) -> str:
        services.note(self.comment, by=self.request.user, text=form.cleaned_data["text"])
        return gettext("The note is kept.")
