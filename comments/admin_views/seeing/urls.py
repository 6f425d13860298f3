"""The addresses of figures, registers and the yearly report, below those of the workbench."""

from django.urls import path

from comments.admin_views.seeing.dashboard import DashboardView
from comments.admin_views.seeing.register import RegisterView, StatementView
from comments.admin_views.seeing.reports import ReportsView
from comments.admin_views.seeing.transparency import TransparencyView

SEEING = [
    path("dashboard/", DashboardView.as_view(), name="dashboard"),
    path("register/", RegisterView.as_view(), name="register"),
    path("register/results/", RegisterView.as_view(results_only=True), name="register_results"),
    path("register/<int:pk>/", StatementView.as_view(), name="register_statement"),
    path("register/reports/", ReportsView.as_view(), name="register_reports"),
    path("register/reports/results/", ReportsView.as_view(results_only=True), name="register_reports_results"),
    path("transparency/", TransparencyView.as_view(), name="transparency"),
]
