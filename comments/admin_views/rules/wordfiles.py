"""The word list in and out: a file is read line by line and shown before anything is saved."""

import csv
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from comments import services
from comments.admin_views.rules.base import RulesForm, RulesScreen
from comments.models import ListedWord
from comments.rules.wordfile import MOST_LINES, Line, read_lines, rows_of
from comments.spreadsheets import csv_lines

LARGEST = 1_000_000
"""The bytes of a file: five thousand lines as long as they may be."""


class WordFileForm(forms.Form):
    """A file, or its lines pasted; the second time the lines that were shown."""

    file = forms.FileField(label=_("File"), required=False, help_text=_("CSV, in UTF-8."))
    lines = forms.CharField(label=_("Or its lines"), required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 8}))

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than a megabyte: send it in parts."))
        try:
            return file.read().decode("utf-8-sig").replace("\0", "")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is not in UTF-8: save it as “CSV UTF-8” in your spreadsheet.")) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.content:
            self.add_error("file", gettext("Choose a file, or paste its lines."))
        return cleaned

    @property
    def content(self) -> str:
        """What was sent, of the file or else pasted."""
        return self.cleaned_data.get("file") or self.cleaned_data.get("lines") or ""


class ImportWordsView(RulesForm):
    """Read a list, show what each line adds or why it adds nothing, save it when that is confirmed."""

    screen = "rules_words"
    form_class = WordFileForm
    template_name = "comments/admin/rules/import.html"

    def get_page_title(self) -> str:
        return gettext("Import a list")

    def form_valid(self, form: WordFileForm) -> HttpResponse:
        try:
            lines = read_lines(form.content)
        except csv.Error:
            form.add_error("file", gettext("This is no CSV file."))
            return self.form_invalid(form)
        if "save" in self.request.POST:
            self.lines = lines
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, content=form.content, **_shown(lines)))

    def save(self, form: WordFileForm) -> str:
        number = services.import_words([line.word for line in self.lines if line.word], by=self.request.user)
        return ngettext("%(number)d word is added.", "%(number)d words are added.", number) % {"number": number}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "most": MOST_LINES}


class ExportWordsView(RulesScreen, View):
    """The list as a CSV file that no spreadsheet runs."""

    screen = "rules_words"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        rows = rows_of(ListedWord.objects.order_by("kind", "text").iterator(chunk_size=500))
        return StreamingHttpResponse(
            csv_lines(rows), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="words.csv"'}
        )


def _shown(lines: list[Line]) -> dict[str, Any]:
    return {
        "read": lines,
        "good": [line for line in lines if line.word],
        "bad": [line for line in lines if line.problem],
        "is_cut": len(lines) >= MOST_LINES,
    }
