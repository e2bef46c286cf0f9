"""Addresses of what readers get, under /p/<programme>/."""

from django.urls import path

from reporting.views import dashboard, history, periods, reports, running, updates_due

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("updates/", updates_due.updates_due, name="updates-due"),
    path("history/", history.programme_history, name="history"),
    path("updates/<str:month>/chase/", running.chase_updates, name="updates-chase"),
    path("updates/<str:month>/close/", running.close_month, name="month-close"),
    path("updates/<str:month>/reopen/", running.reopen_month, name="month-reopen"),
    path("updates/<str:month>/freeze/", running.freeze_month, name="month-freeze"),
    path("updates/<str:month>/<slug:slug>/return/", running.return_update, name="update-return"),
    path("updates/<str:month>/<slug:slug>/acknowledge/", running.acknowledge_update, name="update-acknowledge"),
    path("manage/periods/", periods.period_list, name="periods"),
    path("manage/periods/<str:month>/", periods.edit_period, name="period-edit"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.create_report, name="report-new"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/retry/", reports.retry_report, name="report-retry"),
    path("reports/<int:pk>/approve/", reports.approve_report, name="report-approve"),
    path("reports/<int:pk>/publish/", reports.publish_report, name="report-publish"),
    path("reports/<int:pk>/download/", reports.download_report, name="report-download"),
]
