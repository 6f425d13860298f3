"""Writing to all members, and reading what was written."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from networks import services
from networks.announcement_forms import AnnouncementForm
from networks.doors import announcement_in
from networks.markup import render
from networks.models import Announcement
from networks.services import Refused
from networks.views.inside import InsideSpace, page_key

ANNOUNCEMENTS_PER_PAGE = 20


class AnnouncementListView(InsideSpace, TemplateView):
    """What was written to all members, the latest first."""

    needs = "can_see_members"
    section = "people"
    template_name = "networks/announcement_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of announcements, each by its subject."""
        key = page_key(self.request)
        every = self.standing.network.announcements.select_related("sent_by").defer("text", "html")
        found = list(every.older_than(key)[: ANNOUNCEMENTS_PER_PAGE + 1])
        shown = found[:ANNOUNCEMENTS_PER_PAGE]
        next_key = shown[-1].pk if len(found) > ANNOUNCEMENTS_PER_PAGE else None
        return super().get_context_data(announcements=shown, next_key=next_key, after=key, people_page="announcements", **kwargs)


class AnnouncementView(InsideSpace, TemplateView):
    """One announcement."""

    needs = "can_see_members"
    section = "people"
    template_name = "networks/announcement.html"
    announcement: Announcement

    def fetch(self) -> None:
        self.announcement = announcement_in(self.standing, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The announcement."""
        return super().get_context_data(announcement=self.announcement, people_page="announcements", **kwargs)


class AnnounceView(InsideSpace, FormView):
    """A message to all members: written, read once more, sent."""

    needs = "can_announce"
    section = "people"
    form_class = AnnouncementForm
    template_name = "networks/announce.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many people it goes to."""
        count = services.recipients_of(self.standing.network).count()
        return super().get_context_data(recipient_count=count, people_page="announcements", **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form again with what was typed (`edit`), or go on with it."""
        if "edit" in request.POST:
            return self.render_to_response(self.get_context_data(form=AnnouncementForm(initial=request.POST.dict())))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AnnouncementForm) -> HttpResponse:
        """Show the message as it will be read; once it was seen (`send`), send it."""
        if "send" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=render(form.cleaned_data["text"])))
        try:
            announcement = services.announce(self.standing.network, by=self.request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        self.say(_("Your message is on its way to every member."))
        return redirect("networks:announcement", self.standing.network.slug, announcement.pk)
