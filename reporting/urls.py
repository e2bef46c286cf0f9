"""Addresses of what readers get, under /p/<programme>/."""

from django.urls import path

from reporting.views import (
    dashboard,
    history,
    periods,
    report_checks,
    report_decisions,
    report_files,
    reports,
    running,
    schedules,
    updates_due,
)

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
    path("reports/compare/", report_checks.compare_reports, name="report-compare"),
    path("reports/schedules/", schedules.schedule_list, name="report-schedules"),
    path("reports/schedules/new/", schedules.add_schedule, name="report-schedule-add"),
    path("reports/schedules/<int:pk>/", schedules.edit_schedule, name="report-schedule-edit"),
    path("reports/schedules/<int:pk>/pause/", schedules.pause_schedule, name="report-schedule-pause"),
    path("reports/schedules/<int:pk>/run/", schedules.run_schedule, name="report-schedule-run"),
    path("reports/schedules/<int:pk>/end/", schedules.end_schedule, name="report-schedule-end"),
    path("reports/board-dates/<int:pk>/remove/", schedules.remove_board_date, name="board-date-remove"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/retry/", report_decisions.retry_report, name="report-retry"),
    path("reports/<int:pk>/cancel/", report_decisions.cancel_report, name="report-cancel"),
    path("reports/<int:pk>/approve/", report_decisions.approve_report, name="report-approve"),
    path("reports/<int:pk>/publish/", report_decisions.publish_report, name="report-publish"),
    path("reports/<int:pk>/withdraw/", report_decisions.withdraw_report, name="report-withdraw"),
    path("reports/<int:pk>/download/", report_files.download_report, name="report-download"),
    path("reports/<int:pk>/links/", report_files.report_links, name="report-links"),
    path("reports/links/<int:pk>/end/", report_files.revoke_link, name="report-link-end"),
]
