"""Addresses of what people decide about their own e-mails, under /account/."""

from django.urls import path

from workstreams.views import notifications

urlpatterns = [
    path("notifications/", notifications.choose_notifications, name="account_notifications"),
    path("leave/", notifications.leave_list, name="account_leave"),
    path("leave/<int:pk>/cancel/", notifications.cancel_leave, name="account_leave_cancel"),
]
