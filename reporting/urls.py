"""Addresses of what readers get, under /p/<programme>/."""

from django.urls import path

from reporting.views import dashboard, history, reports, updates_due

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("updates/", updates_due.updates_due, name="updates-due"),
    path("history/", history.programme_history, name="history"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.create_report, name="report-new"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/retry/", reports.retry_report, name="report-retry"),
    path("reports/<int:pk>/approve/", reports.approve_report, name="report-approve"),
    path("reports/<int:pk>/publish/", reports.publish_report, name="report-publish"),
    path("reports/<int:pk>/download/", reports.download_report, name="report-download"),
]
