"""What a space says of itself: its presentation, its logo and its documents."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from networks import files, services
from networks.models import SpaceDocument
from networks.presentation_forms import DocumentForm, LinkFormSet, PresentationForm
from networks.services import Refused
from networks.views.inside import InsideSpace, page_key

DOCUMENTS_PER_PAGE = 30


class PresentationView(InsideSpace, FormView):
    """The presentation, rewritten by who runs the space."""

    needs = "can_edit_presentation"
    section = "presentation"
    form_class = PresentationForm
    template_name = "networks/presentation_form.html"

    def get_initial(self) -> dict[str, Any]:
        """What stands now."""
        return {name: getattr(self.standing.network, name) for name in services.PRESENTATION_FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose presentation it is."""
        return {**super().get_form_kwargs(), "network": self.standing.network}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The links, as they stand or as they were just filled in."""
        kwargs.setdefault("links", LinkFormSet(prefix="liens", initial=list(self.standing.network.links.values("label", "url"))))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was decided, or show what cannot be kept."""
        form, links = self.get_form(), LinkFormSet(request.POST, prefix="liens")
        if not (form.is_valid() & links.is_valid()):
            return self.render_to_response(self.get_context_data(form=form, links=links))
        pairs = [pair for link in links if (pair := link.pair)]
        self.attempt(
            lambda: services.save_presentation(self.standing.network, by=request.user, links=pairs, logo=form.logo_wanted, **form.values),
            _("The presentation is saved."),
        )
        return self.to("space")


class LogoView(InsideSpace, View):
    """The logo that a facilitator sent, for whoever may know of the space."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The picture, which a browser keeps: another one has another address."""
        logo = self.standing.network.own_logo
        try:
            opened = logo.open("rb") if logo else None
        except FileNotFoundError:
            opened = None
        if opened is None:
            raise Http404
        headers = {"Cache-Control": "private, max-age=604800", "X-Content-Type-Options": "nosniff"}
        return FileResponse(opened, content_type="image/png", headers=headers)


class DocumentListView(InsideSpace, FormView):
    """The documents of a space, and for who runs it the form to add one."""

    section = "documents"
    form_class = DocumentForm
    template_name = "networks/document_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of documents, the newest first."""
        found = SpaceDocument.objects.readable_with(self.standing).following(page_key(self.request))
        documents = list(found.select_related("network")[: DOCUMENTS_PER_PAGE + 1])
        shown = documents[:DOCUMENTS_PER_PAGE]
        next_key = shown[-1].pk if len(documents) > DOCUMENTS_PER_PAGE else None
        return super().get_context_data(documents=shown, next_key=next_key, **kwargs)


class AddDocumentView(DocumentListView):
    """A new document."""

    needs = "can_edit_presentation"

    def form_valid(self, form: DocumentForm) -> HttpResponse:
        """Keep the document, or say at the form why it is refused."""
        given = form.cleaned_data
        try:
            services.add_document(
                self.standing.network, by=self.request.user, title=given["title"], upload=given["file"], for_members=given["for_members"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The document is in its place."))
        return self.to("documents")


class _OneDocument(InsideSpace):
    """Something about one document of the space, which exists for those who may read it."""

    section = "documents"
    document: SpaceDocument

    def fetch(self) -> None:
        self.document = get_object_or_404(SpaceDocument.objects.readable_with(self.standing), pk=self.kwargs["pk"])
        self.document.network = self.standing.network


class DocumentView(_OneDocument, View):
    """A document itself."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """The file, as a download."""
        return files.serve(self.document.file, self.document.name)


class RemoveDocumentView(_OneDocument, TemplateView):
    """Removing a document, asked once before it is done."""

    needs = "can_edit_presentation"
    template_name = "networks/remove_document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document in question."""
        return super().get_context_data(document=self.document, **kwargs)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Remove it."""
        done = _("“%(title)s” is removed.") % {"title": self.document.title}
        self.attempt(lambda: services.remove_document(self.document, by=request.user), done)
        return self.to("documents")
