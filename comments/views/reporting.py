"""Reporting a comment to the moderators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import access, rate_limit, section, services
from comments.conf import absolute
from comments.models import ThreadComment
from comments.reading import key_of_page_with
from comments.report_form import ReportForm
from comments.section import Notice
from comments.services import Refused, Reported
from comments.states import ReportKind, Status
from comments.views.landing import lead_to
from comments.views.reading import address_of
from comments.views.tokens import visitors_need_no_token


@never_cache
@visitors_need_no_token
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is wrong with a published comment, and pass it on to the moderators."""
    comment = access.public_comment(request, pk)
    if comment.status != Status.PUBLISHED:
        raise Http404
    if request.method != "POST":
        return _page(request, comment, ReportForm(request, comment))
    form, status = ReportForm(request, comment, request.POST), 422
    if form.is_valid():
        if wait := rate_limit.seconds_to_wait(request, "report"):
            form.add_error(None, rate_limit.please_wait_to_report(wait))
            status = 429
        else:
            try:
                return _thank(request, comment, _report(comment, form))
            except Refused as refusal:
                form.add_error(None, str(refusal))
    return _page(request, comment, form, status=status)


def _report(comment: ThreadComment, form: ReportForm) -> Reported:
    said = form.cleaned_data
    kind = ReportKind(said["kind"])
    return services.report(comment, by=form.reporter(), kind=kind, words=said["words"], good_faith=said["good_faith"])


def _thank(request: HttpRequest, comment: ThreadComment, reported: Reported) -> HttpResponse:
    if reported.joined:
        sentence = gettext("Thank you. What you say is added to your first report, %(reference)s.")
    else:
        sentence = gettext("Thank you. A moderator will read the comment. Your report has the reference %(reference)s.")
    notice = Notice(sentence % {"reference": reported.report.reference}, comment_id=comment.pk)
    discussion = comment.discussion
    return lead_to(request, discussion, discussion.target, notice, after=key_of_page_with(comment), anchor=f"c{comment.pk}")


def _page(request: HttpRequest, comment: ThreadComment, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "address": absolute(comment.get_absolute_url()),
        "back_url": address_of(comment),
        "charter_url": section.charter_url(comment.discussion),
    }
    return render(request, "comments/report.html", context, status=status)
