"""The topics of a space."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from networks import chapters, services
from networks.doors import NotAdmitted, topic_in
from networks.forms import TopicActForm, TopicForm
from networks.keys import key_in
from networks.models import Topic
from networks.services import Refused
from networks.views.inside import InsideSpace

_ACTS = {
    "close": (services.close_topic, gettext_lazy("The topic is closed: what was said stays, nothing can be added.")),
    "reopen": (services.reopen_topic, gettext_lazy("The topic is open again.")),
    "archive": (services.archive_topic, gettext_lazy("The topic is archived: it left the list, and is still read.")),
    "pin": (services.pin_topic, gettext_lazy("The topic is pinned above the others.")),
    "unpin": (services.unpin_topic, gettext_lazy("The topic is no longer pinned.")),
}


class NewTopicView(InsideSpace, FormView):
    """A new topic."""

    needs = "can_open_topic"
    section = "topics"
    form_class = TopicForm
    template_name = "networks/topic_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose form it is, and in which network."""
        return {**super().get_form_kwargs(), "user": self.request.user, "network": self.standing.network}

    def get_initial(self) -> dict[str, Any]:
        """The chapter whose page led here (`?chapitre=`), where it is one."""
        return {"chapter": key_in(self.request.GET.get("chapitre", ""))}

    def form_valid(self, form: TopicForm) -> HttpResponse:
        """Open the topic, or say at the form why it is refused."""
        try:
            topic = services.open_topic(self.standing.network, by=self.request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your topic is open. The members can answer it."))
        return redirect(topic)


class _OneTopic(InsideSpace):
    """Something about one topic of the space."""

    section = "topics"
    topic: Topic

    def fetch(self) -> None:
        self.topic = topic_in(self.standing, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The topic, and whether the person may rewrite it."""
        return super().get_context_data(topic=self.topic, can_edit_topic=self.standing.can_edit_topic(self.topic), **kwargs)


class TopicView(_OneTopic, TemplateView):
    """A topic and its discussion."""

    template_name = "networks/topic.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chapter it is about, where the person may read it."""
        topic = self.topic
        chapter = chapters.visible_to(self.request.user).filter(pk=topic.chapter_id).first() if topic.chapter_id else None
        return super().get_context_data(chapter=chapter, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the topic; an address with an old title leads to today's."""
        if kwargs.get("title") != self.topic.slug:
            return self._todays_address(request)
        return super().get(request, *args, **kwargs)

    def _todays_address(self, request: HttpRequest) -> HttpResponse:
        """A permanent redirection that browsers ask again about: a title may change back."""
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(self.topic.get_absolute_url() + (f"?{query}" if query else ""))
        patch_cache_control(response, private=True, no_cache=True)
        return response


class EditTopicView(_OneTopic, FormView):
    """A topic's title and text, rewritten."""

    form_class = TopicForm
    template_name = "networks/topic_form.html"

    def fetch(self) -> None:
        """Let in who may rewrite this very topic."""
        super().fetch()
        if not self.standing.can_edit_topic(self.topic):
            raise NotAdmitted(self.standing, "can_edit_topic")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose form it is, and which topic it is about."""
        return {**super().get_form_kwargs(), "user": self.request.user, "network": self.standing.network, "topic": self.topic}

    def get_initial(self) -> dict[str, Any]:
        """What stands now."""
        topic = self.topic
        return {
            "title": topic.title,
            "text": topic.text,
            "chapter": topic.chapter_id,
            "tags": ", ".join(topic.tags.values_list("name", flat=True)),
        }

    def form_valid(self, form: TopicForm) -> HttpResponse:
        """Keep the new words, or say at the form why they are refused."""
        try:
            topic = services.edit_topic(self.topic, by=self.request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The topic is saved."))
        return redirect(topic)


class TopicStateView(_OneTopic, View):
    """Closing, reopening, pinning and unpinning a topic."""

    needs = "can_close_topic"

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Do what was asked; an act that does not exist changes nothing and says so."""
        form = TopicActForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose what to do with the topic."))
            return redirect(self.topic)
        act, done = _ACTS[form.cleaned_data["act"]]
        self.attempt(lambda: act(self.topic, by=request.user), str(done))
        return redirect(self.topic)
