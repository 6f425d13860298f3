"""Consultations in the Wagtail admin: planned by those who publish the chapters they are about."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from comments import services
from comments.models import Consultation
from comments.services import Plan
from comments.targets import registered_models
from networks import chapters
from networks.admin_by_service import DeletedByService, SavedByService


class ConsultationForm(WagtailAdminModelForm):
    """A consultation; the chapters are those that the person may publish, and those it asks about already,
    which may have been unpublished or restricted since: saving it takes out none of them unasked."""

    chapters = forms.ModelMultipleChoiceField(
        label=_("Chapters"),
        queryset=Page.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each chapter is part of one consultation at a time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = chapters_for(self.for_user)
        if self.instance.pk:
            asked = Page.objects.filter(pk__in=[int(key) for key in self.instance.discussions.values_list("object_id", flat=True)])
            offered = Page.objects.filter(Q(pk__in=offered.order_by().values("pk")) | Q(pk__in=asked.values("pk"))).order_by("path")
            self.initial["chapters"] = asked
        self.fields["chapters"].queryset = offered

    def clean(self) -> dict[str, Any]:
        """What cannot be is said at its field."""
        cleaned = super().clean()
        if {"title", "opens_at", "closes_at"} <= cleaned.keys():
            for name, sentence in self.told.flaws.items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    @property
    def told(self) -> Plan:
        """What `comments.services.plan` takes."""
        names = ("title", "words", "opens_at", "closes_at", "only_between", "remind_days")
        chosen = self.cleaned_data.get("chapters")
        columns = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Plan(**columns, chapters=tuple(chosen.specific()) if chosen else ())


def chapters_for(user: Any) -> QuerySet[Page]:
    """The chapters a person may ask about, in the order of the guide: those that carry discussions and are theirs to publish."""
    kinds = [model for model in registered_models() if issubclass(model, Page)]
    publishable = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return chapters.visible_to(user).type(*kinds).filter(pk__in=publishable.order_by().values("pk"))


class _OfOwnChapters:
    """Only for who may publish all of its chapters."""

    def get_object(self: Any, queryset: QuerySet | None = None) -> Consultation:
        """Raises PermissionDenied for others."""
        consultation = super().get_object(queryset)
        if not self.user_has_permission_for_instance(self.permission_required, consultation):
            raise PermissionDenied
        return consultation


class ConsultationCreateView(SavedByService, CreateView):
    """A new one."""

    refusal = services.Refused

    def save_instance(self) -> Consultation:
        return services.plan(self.form.told, by=self.request.user)


class ConsultationEditView(SavedByService, _OfOwnChapters, EditView):
    """Other words, dates or chapters."""

    refusal = services.Refused

    def save_instance(self) -> Consultation:
        return services.replan(self.object, self.form.told, by=self.request.user)


class ConsultationDeleteView(DeletedByService, _OfOwnChapters, DeleteView):
    """One called off."""

    refusal = services.Refused

    def delete_instance(self) -> None:
        services.call_off(self.object, by=self.request.user)


class ConsultationViewSet(ModelViewSet):
    """Planning consultations."""

    model = Consultation
    icon = "calendar-alt"
    name = "consultations"
    url_prefix = "consultations"
    menu_label = _("Consultations")
    menu_order = 225
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = ConsultationCreateView
    edit_view_class = ConsultationEditView
    delete_view_class = ConsultationDeleteView
    list_display = ["title", Column("stage", label=_("State"), accessor=lambda one: one.stage.label), "opens_at", "closes_at"]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("words"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]), FieldPanel("only_between"), FieldPanel("remind_days")],
                heading=_("Dates"),
            ),
            FieldPanel("chapters"),
        ],
        base_form_class=ConsultationForm,
    )
