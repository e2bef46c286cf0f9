"""Addresses of reports that need no sign-in: a file held against what was published, and signed links."""

from django.urls import path

from reporting.views import report_checks, report_files

urlpatterns = [
    path("verify/", report_checks.verify, name="verify"),
    path("shared-report/<str:token>/", report_files.shared_report, name="shared-report"),
    path("shared-report/<str:token>/file/", report_files.shared_file, name="shared-report-file"),
    path("shared-report/<str:token>/as/<str:kind>/", report_files.shared_as, name="shared-report-as"),
]
