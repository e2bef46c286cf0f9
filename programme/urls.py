"""Addresses. Programme-scoped pages live under /p/<programme>/; every page needs sign-in unless its view says not.

allauth's views are mounted one by one, so that nothing it might add later (sign-up among it) appears by itself.
"""

from allauth.account import views as sign_in
from django.conf import settings
from django.urls import include, path, re_path

from programme.sign_in import refuses_plainly
from programme.views import invitations
from programme.views import pages as views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", refuses_plainly(sign_in.login), name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    # Closed by the adapter; allauth's sign-in page needs the name to exist.
    path("sign-up/", sign_in.signup, name="account_signup"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("account/", views.account, name="account"),
    path("account/", include("workstreams.account_urls")),
    path("account/password/", refuses_plainly(sign_in.password_change), name="account_change_password"),
    # Where the page above sends somebody whose account has no password yet.
    path("account/password/set/", refuses_plainly(sign_in.password_set), name="account_set_password"),
    path("password/reset/", refuses_plainly(sign_in.password_reset), name="account_reset_password"),
    path("password/reset/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        refuses_plainly(sign_in.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", sign_in.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("help/", views.help_page, name="help"),
    path("help/glossary/", views.glossary, name="glossary"),
    path("help/who-can-do-what/", views.who_can_do_what, name="roles"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("p/<slug:programme>/programme/", views.programme_page, name="programme"),
    path("p/<slug:programme>/programme/edit/", views.edit_programme, name="programme-edit"),
    path("p/<slug:programme>/manage/", include("programme.manage_urls")),
    path("p/<slug:programme>/manage/", include("workstreams.manage_urls")),
    path("p/<slug:programme>/people/", include("workstreams.people_urls")),
    path("p/<slug:programme>/workstreams/", include("workstreams.urls")),
    path("p/<slug:programme>/asks/", include("workstreams.ask_urls")),
    path("p/<slug:programme>/groups/", include("workstreams.group_urls")),
    path("p/<slug:programme>/", include("workstreams.register_urls")),
    path("p/<slug:programme>/actions/", include("reporting.action_urls")),
    path("p/<slug:programme>/manage/", include("workstreams.rule_urls")),
    path("p/<slug:programme>/roadmap/", include("workstreams.roadmap_urls")),
    path("page/<str:token>/", include("workstreams.public_urls")),
    path("p/<slug:programme>/page/", include("workstreams.staff_page_urls")),
    path("p/<slug:programme>/inconsistencies/", include("workstreams.inconsistency_urls")),
    path("p/<slug:programme>/money/", include("workstreams.money_urls")),
    path("p/<slug:programme>/gates/", include("workstreams.gate_urls")),
    path("p/<slug:programme>/coproduction/", include("workstreams.voice_urls")),
    path("p/<slug:programme>/thrive/", include("thrive.urls")),
    path("p/<slug:programme>/maturity/", include("thrive.maturity.urls")),
    path("maturity/<str:token>/", include("thrive.maturity.link_urls")),
    path("p/<slug:programme>/import/", include("workstreams.import_urls")),
    path("", include("reporting.shared_urls")),
    path("p/<slug:programme>/", include("reporting.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/mailbox/", views.demo_mailbox, name="demo-mailbox"))
