"""Addresses of maturity reviews, under /p/<programme>/maturity/."""

from django.urls import path

from thrive.maturity.views import compare, domains, following, library, participants, reviews, workshop

ONE = "<int:pk>/"
WHO = f"{ONE}participants/<int:who>/"
DOMAIN = f"{ONE}domains/<slug:code>/"

urlpatterns = [
    path("", reviews.review_list, name="maturity"),
    path("begin/", reviews.begin_review, name="maturity-begin"),
    path("compare/", compare.compare, name="maturity-compare"),
    path("library/", library.library, name="maturity-library"),
    path("library/add/", library.add_practice, name="maturity-practice-add"),
    path("library/<int:pk>/check/", library.check_practice, name="maturity-practice-check"),
    path("framework/load/", library.load_framework, name="maturity-framework-load"),
    path("framework/<int:number>/", library.show_framework, name="maturity-framework"),
    path("framework/<int:number>/<slug:form>/", library.download_framework, name="maturity-framework-download"),
    path(ONE, reviews.show_review, name="maturity-review"),
    path(f"{ONE}change/", reviews.change_review, name="maturity-change"),
    path(f"{ONE}history/", reviews.review_history, name="maturity-history"),
    path(f"{ONE}download/", compare.download_review, name="maturity-download"),
    path(f"{ONE}step/<slug:step>/", reviews.take_step, name="maturity-step"),
    path(f"{ONE}participants/add/", participants.add_participant, name="maturity-participant-add"),
    path(WHO, participants.show_participant, name="maturity-participant"),
    path(f"{WHO}link/", participants.renew_link, name="maturity-participant-link"),
    path(f"{WHO}email/", participants.email_link, name="maturity-participant-email"),
    path(f"{WHO}off/", participants.withdraw, name="maturity-participant-off"),
    path(f"{WHO}sheet/", participants.enter_sheet, name="maturity-enter-sheet"),
    path(f"{WHO}sheet/file/", participants.download_sheet, name="maturity-enter-file"),
    path(f"{WHO}enter/<slug:code>/", participants.enter_scores, name="maturity-enter"),
    path(f"{ONE}workshop/", workshop.workshop, name="maturity-workshop"),
    path(f"{ONE}elements/<slug:code>/", workshop.agree, name="maturity-agree"),
    path(f"{ONE}work/", following.show_work, name="maturity-work"),
    path(f"{ONE}changes/", following.show_changes, name="maturity-changes"),
    path(f"{ONE}findings/<int:finding>/forward/", following.forward_finding, name="maturity-forward"),
    path(f"{ONE}elements/<slug:code>/forward/", following.forward_element, name="maturity-forward-element"),
    path("recommendations/<int:pk>/", following.origin, name="maturity-origin"),
    path(DOMAIN, domains.show_domain, name="maturity-domain"),
    path(f"{DOMAIN}finding/", domains.add_finding, name="maturity-finding-add"),
    path(f"{DOMAIN}evidence/", domains.add_evidence, name="maturity-evidence-add"),
    path(f"{ONE}findings/<int:finding>/", domains.change_finding, name="maturity-finding"),
    path(f"{ONE}findings/<int:finding>/off/", domains.drop_finding, name="maturity-finding-off"),
    path(f"{ONE}evidence/<int:evidence>/off/", domains.drop_evidence, name="maturity-evidence-off"),
]
