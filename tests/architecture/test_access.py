"""Who reaches which address. The tables below are written by hand from the descriptions of the roles.

Every page and every form of the product is asked for by everybody, in their own programme and in another one; with
every other method, and as a part of a page, by some of each kind of reader. An address without a row fails. The rules
for whoever a row does not name:

* not signed in: sent to sign-in, whatever the address and whether or not it exists;
* a programme in which somebody has no part: 404, so that one programme learns nothing of another;
* one's own programme without the right: 403, or the status after 'else';
* a method that an address does not know: 405, whoever asks;
* HEAD: the status of GET, and nothing else.
"""

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from programme import tables
from programme.actions import invitations, organisations, periods, programmes, roles
from programme.history import recorded
from programme.models import ImportBatch, Person, Programme, ReportingPeriod, User
from programme.roles import Role
from programme.status import Rag
from reporting.actions import reading, scheduling
from reporting.editions import Edition
from tests.factories import (
    closing,
    filling,
    gates,
    heard,
    mapped,
    matured,
    money,
    pages,
    people,
    principled,
    reports,
    work,
)
from tests.factories.groups import group, link, meeting
from thrive.actions import importing
from thrive.maturity.scoring import State
from thrive.models import MapImport
from workstreams import narrative
from workstreams.actions import asks, assuring, baselines, reviewing, sheets
from workstreams.actions import workstreams as actions
from workstreams.actions.importing import import_page
from workstreams.actions.meetings import MinutedAction
from workstreams.models import Assignment, Milestone, Workstream, thresholds_of

EVERYBODY = """
    administrator office slt approver assurer commissioner reader mapper facilitator participation
    lead deputy sponsor other-lead
"""

WHO = {
    # Everybody with a role in the programme or a part in one of its workstreams.
    "everybody": EVERYBODY,
    # Commissioners read the programme's page and the published reports made for them, and nothing else.
    "staff": EVERYBODY.replace("commissioner", ""),
    # Those who run, steer or check the programme: whose update is late, and reports before they are published.
    "oversight": "administrator office slt approver assurer",
    # The administrator sets the programme up, the office runs it.
    "keepers": "administrator office",
    "office": "office",
    # Accounts, and other programmes, are the administrator's alone.
    "administrator": "administrator",
    "approver": "approver",
    # Leads and deputies write an update; the office enters what a lead has told it, under the lead's name.
    "writers": "office lead deputy",
    # What a lead has sent, only the lead's side takes back.
    "leads": "lead deputy",
    # The plan of a workstream is kept by its lead and deputy, and by the office for any workstream.
    "planners": "administrator office lead deputy",
    # What a workstream asks for is answered by the senior leadership team and by the workstream's sponsor.
    "answerers": "slt sponsor",
    "gap-deciders": "office slt",
    "assurer": "assurer",
    # Those who see the dashboard: who steers or checks the programme, and who has a part in its workstreams.
    "watchers": "administrator office slt approver assurer lead deputy sponsor other-lead",
    # Those who work on a workstream, back it or keep it.
    "team": "administrator office lead deputy sponsor",
    "note-writers": "administrator office lead",
    # The same for any plan at all: who leads another workstream keeps that one's plan.
    "any-planners": "administrator office lead deputy other-lead",
    # A new baseline is agreed to by those who answer for the programme, never by who keeps the plan.
    "deciders": "slt approver",
    # That a workstream closes is agreed to by the senior leadership team alone.
    "slt": "slt",
    # What was heard is kept by the participation lead and the office, and for their own workstream by its leads.
    "listeners": "office participation lead deputy",
    # Who keeps or decides stage gates, and the team of the workstream on which one hangs, offer evidence.
    "gate-provers": "administrator office slt lead deputy sponsor",
    "gate-deciders": "office slt",
    "gate-closers": "office slt deputy",
    # Services and needs are kept by the mapper and the office.
    "mappers": "office mapper",
    # Maturity reviews are run by the facilitator and the office; until one is released it is theirs to read.
    "runners": "office facilitator",
    # Groups: the office keeps all, the participation lead those of participation, leads those of their workstream.
    "any-group-keepers": "administrator office participation lead deputy other-lead",
    "listening-office": "administrator office participation",
    "passers": "administrator office slt lead deputy sponsor",
    # Something may be recorded by whoever leads any workstream.
    "all-listeners": "office participation lead deputy other-lead",
}

IN_A_PROGRAMME = """
    dashboard                          GET 200 everybody
    programme                          GET 200 everybody
    programme-edit                     GET 200 keepers               POST 302 keepers

    workstreams                        GET 200 staff
    workstream                         GET 200 staff
    # Who leads, stands in, sponsors or keeps the workstream; last words are the lead's, or the office's for them.
    handover                           GET 200 team
    handover-note                      GET 200 note-writers          POST 302 note-writers
    workstream-history                 GET 200 staff
    as-known                           GET 200 staff
    history                            GET 200 staff
    updates                            GET 200 staff
    update                             GET 200 staff
    update-edit                        GET 200 writers               POST 302 writers
    update-autosave                                                  POST 200 writers
    update-check                       GET 200 writers               POST 302 writers
    update-sent                        GET 200 writers
    update-history                     GET 200 staff
    update-recall                      GET 200 leads                 POST 302 leads
    # One says for oneself that nothing has changed; what was sent is corrected by the lead's side and by the office.
    update-no-change                   GET 200 leads                 POST 302 leads
    update-correct                     GET 200 writers               POST 302 writers
    update-recall/told                 GET 200 writers               POST 302 writers
    plan                               GET 200 staff
    milestone                          GET 200 staff
    milestone-history                  GET 200 staff
    milestone-add                      GET 200 planners              POST 302 planners
    milestone-move                     GET 200 planners              POST 302 planners
    milestone-done                     GET 200 planners              POST 302 planners
    registers                          GET 200 staff
    register-add/risks                 GET 200 planners              POST 302 planners
    register-add/issues                GET 200 planners              POST 302 planners
    register-add/actions               GET 200 planners              POST 302 planners
    register-add/decisions             GET 200 planners              POST 302 planners
    register-edit                      GET 200 planners              POST 302 planners
    register-end                       GET 200 planners              POST 302 planners
    register-add/links                 GET 200 planners              POST 302 planners
    register-add/questions             GET 200 planners              POST 302 planners
    risk                               GET 200 staff
    risk-score                         GET 200 planners              POST 302 planners
    risk-history                       GET 200 staff
    link-check                                                       POST 302 planners
    programme-registers                GET 200 staff
    registers-download                 GET 200 staff
    decisions                          GET 200 staff
    decision                           GET 200 staff
    decision-add                       GET 200 keepers               POST 302 keepers
    decision-change                    GET 200 planners              POST 302 planners
    decision-replace                   GET 200 planners              POST 302 planners
    actions                            GET 200 staff
    action                             GET 200 staff
    action-change                      GET 200 planners              POST 302 planners
    # An action is also ended by its owner: here the sponsor.
    action-end                         GET 200 team                  POST 302 team
    groups                             GET 200 staff
    group                              GET 200 staff
    group-history                      GET 200 staff
    # Sent empty: each may add other groups, so no one form is right for all of them.
    group-add                          GET 200 any-group-keepers     POST 422 any-group-keepers
    group-change                       GET 200 planners              POST 302 planners
    group-end                          GET 200 planners              POST 302 planners
    group-change/participation         GET 200 listening-office      POST 302 listening-office
    member-add                         GET 200 planners              POST 302 planners
    member-end                         GET 200 planners              POST 302 planners
    meeting                            GET 200 staff
    meeting-add                        GET 200 planners              POST 302 planners
    meeting-change                     GET 200 planners              POST 302 planners
    ask-up                             GET 200 passers               POST 302 passers
    ask-down                           GET 200 passers               POST 302 passers
    ask-add                            GET 200 planners              POST 302 planners
    asks                               GET 200 staff
    ask                                GET 200 staff
    ask-answer                         GET 200 answerers             POST 302 answerers
    ask-reply                          GET 200 planners              POST 302 planners
    ask-withdraw                       GET 200 planners              POST 302 planners
    ratings                            GET 200 staff
    # Only who writes the update answers a question about its rating; nobody assures what they wrote.
    rating-answer                      GET 200 leads                 POST 302 leads
    rating-answer-rules                GET 200 leads                 POST 302 leads
    update-assure                      GET 200 assurer               POST 302 assurer
    thresholds                         GET 200 keepers               POST 302 keepers
    milestone-edit                     GET 200 planners              POST 302 planners
    milestone-needs                    GET 200 planners              POST 302 planners
    milestone-baseline                 GET 200 planners              POST 302 planners
    pilot-add                          GET 200 planners              POST 302 planners
    roadmap                            GET 200 staff
    plan-file                          GET 200 staff
    milestones-edit                    GET 200 any-planners          POST 302 any-planners
    sheet                              GET 200 any-planners          POST 422 any-planners
    # A sheet that waits is its sender's own.
    sheet-check                        GET 200 office else 404       POST 302 office else 404
    baselines                          GET 200 staff
    baseline-decide                    GET 200 deciders              POST 302 deciders
    # Only who asked for a new baseline takes the request back; here it was the office.
    baseline-withdraw                  GET 200 office                POST 302 office
    # What does not fit together is for those who follow the programme's work.
    inconsistencies                    GET 200 watchers
    objectives                         GET 200 staff
    closing                            GET 200 staff
    closing-prepare                    GET 200 planners              POST 302 planners
    closing-decide                     GET 200 slt                   POST 302 slt
    closing-check                      GET 200 planners              POST 302 planners
    closing-reopen                     GET 200 keepers               POST 302 keepers

    voices                             GET 200 staff
    voices-download                    GET 200 staff
    workstream-voices                  GET 200 staff
    voice                              GET 200 staff
    # Sent empty: each may record for other workstreams, so no one form is right for all of them.
    voice-new                          GET 200 all-listeners         POST 422 all-listeners
    voice-change                       GET 200 listeners             POST 302 listeners
    voice-step                         GET 200 listeners             POST 302 listeners

    workstream-plain                   GET 200 staff
    plain-edit                         GET 200 listeners             POST 302 listeners

    # Leads propose the page that staff read; the office publishes it, and only the office switches a link on.
    staff-page                         GET 200 staff
    staff-page-html                    GET 200 staff
    staff-page-prepare                 GET 200 writers               POST 302 writers
    staff-page-act                     GET 200 office                POST 302 office
    programme-staff-page               GET 200 staff
    programme-staff-page-html          GET 200 staff
    programme-staff-page-prepare       GET 200 office                POST 302 office
    programme-staff-page-act           GET 200 office                POST 302 office

    # The map is read by staff and kept by the mapper and the office.
    thrive                             GET 200 staff
    thrive-cell                        GET 200 staff
    thrive-cell-map                    GET 200 mappers               POST 302 mappers
    thrive-cell-none                   GET 200 mappers               POST 302 mappers
    thrive-none-withdraw               GET 200 mappers               POST 302 mappers
    thrive-row                         GET 200 mappers               POST 302 mappers
    thrive-row-remove                  GET 200 mappers               POST 302 mappers
    thrive-levels                      GET 200 staff
    thrive-words                       GET 200 staff
    thrive-changes                     GET 200 staff
    thrive-file                        GET 200 staff
    thrive-open-data                   GET 200 staff
    thrive-rows                        GET 200 mappers
    thrive-rows-change                 GET 302 mappers               POST 302 mappers
    thrive-copy                        GET 200 mappers               POST 302 mappers
    thrive-sheet                       GET 200 mappers               POST 422 mappers
    # A sheet that waits is its sender's own.
    thrive-sheet-check                 GET 200 office else 404       POST 302 office else 404
    thrive-import-undo                 GET 200 mappers               POST 302 mappers
    thrive-services                    GET 200 staff
    thrive-service                     GET 200 staff
    thrive-service-add                 GET 200 mappers               POST 302 mappers
    thrive-service-change              GET 200 mappers               POST 302 mappers
    thrive-service-check               GET 200 mappers               POST 302 mappers
    thrive-service-map                 GET 200 mappers               POST 302 mappers
    thrive-service-history             GET 200 staff
    thrive-targets                     GET 200 staff
    thrive-target-add                  GET 200 mappers               POST 302 mappers
    thrive-target-change               GET 200 mappers               POST 302 mappers
    thrive-gaps                        GET 200 staff
    thrive-gap                         GET 200 staff
    thrive-gap-add                     GET 200 mappers               POST 302 mappers
    thrive-gap-fill                    GET 200 mappers               POST 302 mappers
    thrive-recommendations             GET 200 staff
    thrive-recommendation              GET 200 staff
    thrive-recommend                   GET 200 mappers               POST 302 mappers
    thrive-recommendation-gap          GET 200 mappers               POST 302 mappers
    thrive-recommendation-work         GET 200 mappers               POST 302 mappers
    thrive-recommendation-close        GET 200 mappers               POST 302 mappers
    thrive-work-remove                 GET 200 mappers               POST 302 mappers
    # What is to be filled, and how, is decided by the senior leadership team; the office writes it down for them.
    thrive-gap-decide                  GET 200 gap-deciders          POST 302 gap-deciders
    thrive-recommendation-decide       GET 200 gap-deciders          POST 302 gap-deciders
    thrive-plan                        GET 200 staff
    thrive-answers                     GET 200 staff
    thrive-principles                  GET 200 staff
    thrive-assessment                  GET 200 staff
    thrive-items                       GET 200 staff
    thrive-assessment-begin            GET 200 mappers               POST 302 mappers
    thrive-assessment-finish           GET 200 mappers               POST 302 mappers
    thrive-assessment-reopen           GET 200 mappers               POST 302 mappers
    thrive-rater-add                   GET 200 mappers               POST 302 mappers
    thrive-rater-change                GET 200 mappers               POST 302 mappers
    thrive-rater                       GET 200 mappers               POST 302 mappers
    thrive-rater-save                                                POST 200 mappers
    thrive-items-change                GET 200 mappers               POST 302 mappers

    # What is released everybody reads; what is not stays with those who run it, and with participants by their links.
    maturity                           GET 200 everybody
    maturity-begin                     GET 200 runners               POST 302 runners
    maturity-compare                   GET 200 everybody
    maturity-library                   GET 200 everybody
    maturity-practice-add              GET 200 runners               POST 302 runners
    maturity-practice-check            GET 200 runners               POST 302 runners
    maturity-framework                 GET 200 everybody
    maturity-framework-download        GET 200 everybody
    maturity-framework-load            GET 200 runners               POST 422 runners
    maturity-review/released           GET 200 everybody
    maturity-review/running            GET 200 runners else 404
    maturity-domain/released           GET 200 everybody
    maturity-domain/running            GET 200 runners else 404
    maturity-download/released         GET 200 everybody
    maturity-download/running          GET 200 runners else 404
    maturity-change                    GET 200 runners               POST 302 runners
    maturity-history                   GET 200 runners
    maturity-step                      GET 200 runners               POST 302 runners
    maturity-participant-add           GET 200 runners               POST 302 runners
    maturity-participant               GET 200 runners               POST 302 runners
    maturity-participant-link                                        POST 302 runners
    maturity-participant-email                                       POST 302 runners
    maturity-participant-off           GET 200 runners               POST 302 runners
    maturity-enter                     GET 200 runners               POST 302 runners
    maturity-enter-sheet               GET 200 runners               POST 422 runners
    maturity-enter-file                GET 200 runners
    maturity-workshop                  GET 200 runners
    maturity-agree                     GET 200 runners               POST 302 runners
    maturity-finding-add               GET 200 runners               POST 302 runners
    maturity-finding                   GET 200 runners               POST 302 runners
    maturity-finding-off               GET 200 runners               POST 302 runners
    maturity-evidence-add              GET 200 runners               POST 302 runners
    maturity-evidence-off              GET 200 runners               POST 302 runners
    maturity-work                      GET 200 staff
    maturity-changes                   GET 200 everybody
    maturity-forward                   GET 200 runners               POST 302 runners
    maturity-forward-element           GET 200 runners               POST 302 runners
    maturity-origin                    GET 200 staff

    money                              GET 200 staff
    workstream-money                   GET 200 staff
    funding                            GET 200 staff
    funding-add                        GET 200 planners              POST 302 planners
    funding-change                     GET 200 planners              POST 302 planners
    funding-remove                     GET 200 planners              POST 302 planners

    gates                              GET 200 staff
    gate                               GET 200 staff
    gate-history                       GET 200 staff
    gate-new                           GET 200 keepers               POST 302 keepers
    gate-change                        GET 200 keepers               POST 302 keepers
    gate-date                          GET 200 keepers               POST 302 keepers
    gate-remove                        GET 200 keepers               POST 302 keepers
    gate-seat                          GET 200 keepers               POST 302 keepers
    gate-criterion-add                 GET 200 keepers               POST 302 keepers
    gate-take-out                      GET 200 keepers               POST 302 keepers
    gate-criterion                     GET 200 gate-provers          POST 302 gate-provers
    gate-evidence                      GET 200 gate-provers          POST 302 gate-provers
    gate-outcome                       GET 200 gate-deciders         POST 302 gate-deciders
    gate-condition-add                 GET 200 gate-deciders         POST 302 gate-deciders
    gate-condition                     GET 200 gate-deciders         POST 302 gate-deciders
    # Its owner, the deputy here, closes a condition, and who decides gates.
    gate-condition-close               GET 200 gate-closers          POST 302 gate-closers

    import                             GET 200 keepers               POST 302 keepers
    import-review                      GET 200 keepers               POST 302 keepers
    import-change                      GET 200 keepers               POST 302 keepers
    import-discard                                                   POST 302 keepers
    import-done                        GET 200 keepers
    import-undo                        GET 200 keepers               POST 302 keepers
    # What was filed wrongly is put right by the office alone.
    people                             GET 200 office
    person-merge                       GET 200 office                POST 302 office
    person-unmerge                     GET 200 office                POST 302 office
    update-move                        GET 200 office                POST 302 office
    workstream-merge                   GET 200 office                POST 302 office
    workstream-unmerge                 GET 200 office                POST 302 office
    workstream-merged                  GET 200 staff
    workstream/merged                  GET 302 staff

    # Setting up: by the administrator and the office; programmes and accounts by the administrator alone.
    manage                             GET 200 keepers
    programme-new                      GET 200 administrator         POST 302 administrator
    setup-name                         GET 200 keepers               POST 302 keepers
    setup-places                       GET 200 keepers               POST 302 keepers
    setup-partners                     GET 200 keepers               POST 302 keepers
    setup-months                       GET 200 keepers               POST 302 keepers
    setup-workstreams                  GET 200 keepers               POST 302 keepers
    setup-people                       GET 200 keepers               POST 302 keepers
    setup-ready                        GET 200 keepers               POST 302 keepers
    manage-places                      GET 200 keepers
    manage-places-add                  GET 200 keepers               POST 302 keepers
    manage-place                       GET 200 keepers               POST 302 keepers
    manage-organisations               GET 200 keepers
    manage-organisations-add           GET 200 keepers               POST 302 keepers
    manage-organisation                GET 200 keepers               POST 302 keepers
    manage-people                      GET 200 keepers
    manage-person-add                  GET 200 keepers               POST 302 keepers
    manage-person                      GET 200 keepers
    manage-person-edit                 GET 200 keepers               POST 302 keepers
    manage-person-invite               GET 200 keepers               POST 302 keepers
    manage-person-address              GET 200 administrator         POST 302 administrator
    manage-person-close                GET 200 administrator         POST 302 administrator
    manage-person-reopen               GET 200 administrator         POST 302 administrator
    manage-role-give                   GET 200 keepers               POST 302 keepers
    manage-role-end                    GET 200 keepers               POST 302 keepers
    invitation-resend                  GET 200 keepers               POST 302 keepers
    invitation-withdraw                GET 200 keepers               POST 302 keepers
    manage-workstreams                 GET 200 keepers
    manage-workstream-add              GET 200 keepers               POST 302 keepers
    manage-workstream                  GET 200 keepers
    manage-workstream-edit             GET 200 keepers               POST 302 keepers
    manage-workstream-status           GET 200 keepers               POST 302 keepers
    manage-part-add                    GET 200 keepers               POST 302 keepers
    manage-part-end                    GET 200 keepers               POST 302 keepers
    manage-part-replace                GET 200 keepers               POST 302 keepers
    view-as                            GET 200 keepers               POST 302 keepers
    # Whoever views as a role must be able to stop; for anybody else it does nothing.
    view-as-stop                                                     POST 302 everybody

    updates-due                        GET 200 oversight
    # The office runs the month; its days are set by whoever keeps the programme.
    updates-chase                      GET 200 office                POST 302 office
    update-return                      GET 200 office                POST 302 office
    update-acknowledge                                               POST 302 office
    month-close                        GET 200 office                POST 302 office
    month-reopen                       GET 200 office                POST 302 office
    month-freeze                       GET 200 office                POST 302 office
    periods                            GET 200 keepers
    period-edit                        GET 200 keepers               POST 302 keepers
    reports                            GET 200 everybody
    report-new                         GET 200 office                POST 302 office
    # What was ever published is known to everybody; what was withdrawn is opened by nobody but those who read drafts.
    # The full pack stays inside the trust: for commissioners it does not exist, published or not.
    report/published                   GET 200 staff else 404
    report/withdrawn                   GET 200 staff else 404
    report/for-commissioners           GET 200 everybody
    report/not-published               GET 200 oversight else 404
    report/failed                      GET 200 oversight else 404
    report-download/published          GET 200 staff else 404
    report-download/for-commissioners  GET 200 everybody
    report-download/withdrawn          GET 200 oversight else 404
    report-download/not-published      GET 200 oversight else 404
    report-as/published                GET 200 staff else 404
    report-as/for-commissioners        GET 200 everybody
    report-as/withdrawn                GET 200 oversight else 404
    report-as/not-published            GET 200 oversight else 404
    report-compare                     GET 200 everybody
    report-retry                                                     POST 302 office
    report-cancel                                                    POST 302 office
    report-approve                     GET 200 approver              POST 302 approver
    report-publish                     GET 200 office                POST 302 office
    report-withdraw                    GET 200 office                POST 302 office
    report-links                       GET 200 office                POST 302 office
    report-link-end                    GET 200 office                POST 302 office
    report-schedules                   GET 200 office                POST 302 office
    report-schedule-add                GET 200 office                POST 302 office
    report-schedule-edit               GET 200 office                POST 302 office
    report-schedule-pause                                            POST 302 office
    report-schedule-run                GET 200 office                POST 302 office
    report-schedule-end                GET 200 office                POST 302 office
    board-date-remove                  GET 200 office                POST 302 office
"""

# Outside a programme everyone who is signed in gets the same. First not signed in, then signed in.
OUTSIDE_PROGRAMMES = """
    home                               GET sign-in 200/302
    account                            GET sign-in 200
    account_notifications              GET sign-in 200               POST sign-in 302
    account_leave                      GET sign-in 200               POST sign-in 422
    account_leave_cancel               GET sign-in 404               POST sign-in 404
    # A link that does not exist, or works no longer: not found, for everybody alike.
    invitation                         GET 404 404                   POST 404 404
    help                               GET 200 200
    glossary                           GET 200 200
    roles                              GET 200 200
    accessibility                      GET 200 200
    # A page that the office published with a public link; nobody without the link finds it.
    public-page                        GET 200 200
    # A participant's personal link: whoever holds it, with an account or without.
    maturity-link                      GET 200 200
    maturity-link-domain               GET 200 200                   POST 302 302
    maturity-link-save                                               POST 200 200
    # Anybody may ask whether a file is genuine; without a file there is nothing to answer.
    verify                             GET 200 200                   POST 422 422
    shared-report                      GET 200 200
    shared-report-file                 GET 200 200
    shared-report-as                   GET 200 200
    account_login                      GET 200 302                   POST 422 302
    account_logout                     GET 302 200                   POST 302 302
    account_signup                     GET 200 302                   POST 200 302
    account_change_password            GET sign-in 200               POST sign-in 422
    # A password is chosen once; who has one is sent to the page that changes it.
    account_set_password               GET sign-in 302               POST sign-in 302
    account_reset_password             GET 200 200                   POST 422 422
    account_reset_password_done        GET 200 200
    account_reset_password_from_key    GET 200 200                   POST 422 422
    account_reset_password_from_key_done  GET 200 200
    account_inactive                   GET 200 200
"""


def table_lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines() if line.strip() and not line.strip().startswith("#")]


# Answers an HTMX request gets instead of a redirect: the row that was changed, or where to go on.
IN_PLACE = {
    "milestone-move",
    "milestone-done",
    "baseline-withdraw",
    "closing-check",
    "closing-reopen",
    "thrive-cell-map",
    "thrive-cell-none",
}
# allauth's own pages answer other methods like the form itself, whose fields are then empty: they change nothing.
# What people choose about their own e-mails stands under /account/, too, and takes forms.
# A personal link to a maturity review takes scores.
ASKING = ("account_", "invitation", "maturity-link", "verify")
SIGN_IN_PAGES = {words[0] for words in table_lines(OUTSIDE_PROGRAMMES) if words[0].startswith(ASKING)}
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
OUTSIDERS = ("nobody", "other-programme")


@dataclass(frozen=True)
class Answer:
    """What one method of one address gives: a status for those named, another for the rest of the programme."""

    status: int
    named: frozenset[str]
    otherwise: int = 403

    def to(self, who: str) -> int:
        if who in OUTSIDERS:
            return 404
        return self.status if who in self.named else self.otherwise


def read(words: list[str]) -> dict[str, Answer]:
    found = {}
    while words:
        method, status, group, *words = words
        otherwise = 403
        if words[:1] == ["else"]:
            otherwise, words = int(words[1]), words[2:]
        found[method] = Answer(int(status), frozenset(WHO[group].split()), otherwise)
    return found


ROWS = {name: read(words) for name, *words in table_lines(IN_A_PROGRAMME)}
OUTSIDE = {
    name: {words[at]: (words[at + 1], words[at + 2]) for at in range(0, len(words), 3)}
    for name, *words in table_lines(OUTSIDE_PROGRAMMES)
}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every pattern of the product with its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern)
        else:
            assert isinstance(entry, URLPattern)
            yield str(entry.name), pattern


@dataclass
class Side:
    """One programme with something at each of its addresses."""

    programme: Programme
    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    public: str = ""
    personal: str = ""
    shared: str = ""
    page_version: int = 0
    groups: dict[str, int] = field(default_factory=dict)

    def address(self, row: str) -> str:
        keys = {"programme": self.programme.slug} | self.keys.get(row, {})
        return reverse(row.partition("/")[0], kwargs=keys)


PAGE = "Night care\nLead: Jo Bramley\n\nMarch 2024 update:\n- Rota agreed.\n"


def imported(text: str, **page: Any) -> ImportBatch:
    batch = import_page(parsed=narrative.parse(text), text=text, **page).batch
    assert batch is not None
    return batch


def on(name: str, day: dict[str, str]) -> dict[str, str]:
    """A day as its three boxes."""
    return {f"{name}_{part}": text for part, text in day.items()}


def days_of(period: ReportingPeriod) -> dict[str, Any]:
    """What the form of a month's days is sent with."""
    typed: dict[str, Any] = {"version": period.version, "reason": "A bank holiday"}
    for name in ("opens_on", "due_on", "closes_on"):
        day = getattr(period, name)
        typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return typed


def typed_day(field: str) -> dict[str, Any]:
    """4 November 2026, the day of the tests, in three boxes."""
    return {f"{field}_day": "4", f"{field}_month": "11", f"{field}_year": "2026"}


def asked_and_doubted(side: Side, begun: Workstream, waiting: Workstream) -> dict[str, Any]:
    """Asks, a risk and a doubted rating, and the keys of their addresses."""
    here = {"slug": begun.slug}
    asked, unclear = work.ask(begun), work.ask(begun, "Find a room")
    asks.answer(ask=unclear, kind="more_needed", sentence="Where?", day=work.TODAY, version=1, by=side.people["slt"])
    risk = work.risk(begun)
    doubted = assuring.assure(
        update=waiting.updates.get(period__month=work.OCTOBER), rating=Rag.RED, reason="Seen", by=side.people["assurer"]
    )
    registers = ("risks", "issues", "actions", "decisions", "links", "questions")
    return {
        **dict.fromkeys(("registers", "ask-add", "ratings"), here),
        **{f"register-add/{name}": here | {"register": name} for name in registers},
        **dict.fromkeys(("risk", "risk-score", "risk-history"), here | {"pk": risk.pk}),
        **dict.fromkeys(("register-edit", "register-end"), here | {"register": "risks", "pk": risk.pk}),
        **{key: {"pk": asked.pk} for key in ("ask", "ask-answer")},
        **{key: {"pk": unclear.pk} for key in ("ask-reply", "ask-withdraw")},
        "rating-answer": {"slug": waiting.slug, "pk": doubted.questions.get().pk},
        "rating-answer-rules": {"slug": waiting.slug},
        "update-assure": {"slug": waiting.slug, "month": "2026-10"},
    }


def met(side: Side, begun: Workstream) -> dict[str, Any]:
    """Groups, a meeting, a link and an ask that was passed up, and the keys of their addresses."""
    own, office = side.programme, side.people["office"]
    steering = group(own, "Steering group", kind="steering")
    team = group(own, "Rota group", workstream=begun, reports_to=steering)
    heard_group = group(own, "Young people’s group", kind="participation")
    sponsor = side.people["sponsor"].person
    held = meeting(team, actions=[MinutedAction("Ring round", owner=sponsor)])
    low, high = (work.ask(begun, text) for text in ("Borrow a room", "Buy a room"))
    for each in (low, high):
        asks.pass_up(ask=each, group=team, sentence="Asked", version=1, by=office)
    asks.pass_up(ask=high, group=steering, sentence="Too much money", version=2, by=office)
    side.groups = {"up": steering.pk}
    one, the_meeting = {"pk": team.pk}, {"pk": team.pk, "meeting": held.pk}
    action, decision = {"pk": held.actions.get().pk}, {"pk": held.decisions.get().pk}
    return {
        **dict.fromkeys(("group", "group-history", "group-change", "group-end", "member-add", "meeting-add"), one),
        "group-change/participation": {"pk": heard_group.pk},
        "member-end": one | {"member": team.members.get().pk},
        **dict.fromkeys(("meeting", "meeting-change"), the_meeting),
        **dict.fromkeys(("action", "action-change", "action-end"), action),
        **dict.fromkeys(("decision", "decision-change", "decision-replace"), decision),
        "link-check": {"slug": begun.slug, "pk": link(begun).pk},
        "ask-up": {"pk": low.pk},
        "ask-down": {"pk": high.pk},
    }


def managed(side: Side, begun: Workstream, known: Person) -> dict[str, Any]:
    """An invitation, a closed account, a place and an organisation, and the keys of the addresses that manage them."""
    own, office, here = side.programme, side.people["office"], {"slug": begun.slug}
    slt, lead_part = side.people["slt"].person, begun.assignments.leads().get()
    assert slt is not None
    closed = people.member(own, Role.READER)
    roles.close_account(user=closed, by=office, reason="Left")
    letter, _ = invitations.invite(programme=own, person=known, email=f"known@{own.slug}.example", by=office)
    place = organisations.add_place(name=f"{own.name} Weir", kind="place", by=office)
    body = organisations.add_organisation(name=f"{own.name} Trust", kind="council", by=office)
    one = {"pk": slt.pk}
    the_part = {"slug": begun.slug, "pk": lead_part.pk}
    return {
        **dict.fromkeys(("manage-person", "manage-person-address", "manage-person-close", "manage-role-give"), one),
        **{key: {"pk": known.pk} for key in ("manage-person-edit", "manage-person-invite")},
        "manage-person-reopen": {"pk": closed.person_id},
        "manage-role-end": one | {"membership": side.people["slt"].memberships.get().pk},
        **{key: {"pk": letter.pk} for key in ("invitation-resend", "invitation-withdraw")},
        "manage-place": {"pk": place.pk},
        "manage-organisation": {"pk": body.pk},
        **dict.fromkeys(("manage-workstream", "manage-workstream-edit", "manage-workstream-status"), here),
        "manage-part-add": here,
        **dict.fromkeys(("manage-part-end", "manage-part-replace"), the_part),
    }


def planned(side: Side, begun: Workstream, milestone: Milestone) -> dict[str, Any]:
    """A new baseline that is asked for and a spreadsheet that waits, and the keys of their addresses."""
    own, office = side.programme, side.people["office"]
    again = work.milestone(begun, when="December 2026")
    asked = baselines.ask(milestone=again, when=work.said("May 2027"), reason="Grew", version=1, by=office)
    unchanged = (milestone.pk, "Crisis care", milestone.title, "December 2026", milestone.version)
    sheet = tables.written([tables.Sheet("Plan", ("ID", "Workstream", "Milestone", "Due", "Version"), [unchanged])])
    kept_sheet = sheets.begin(programme=own, content=sheet, name="plan.xlsx", by=office)
    return {
        "pilot-add": {"slug": begun.slug},
        "sheet-check": {"pk": kept_sheet.pk},
        "baseline-decide": {"pk": asked.pk},
        "baseline-withdraw": {"pk": asked.pk},
    }


def closing_of(side: Side, begun: Workstream) -> dict[str, Any]:
    """A workstream whose closing pack waits, one that has closed, and the keys of their addresses."""
    lead, deputy = side.people["lead"], side.people["deputy"]
    waits, gone = (work.workstream(side.programme, name, lead=lead) for name in ("Recovery house", "Night house"))
    work.assign(gone, deputy, Assignment.Role.DEPUTY)
    closing.sent(waits)
    closing.closed(gone, by=people.member(side.programme, Role.SLT, "Another member"))
    here, there = {"slug": begun.slug}, {"slug": gone.slug}
    return {
        **dict.fromkeys(("closing", "closing-prepare", "objectives", "as-known"), here),
        "closing-decide": {"slug": waits.slug},
        "closing-check": there | {"months": 3},
        "closing-reopen": there,
    }


def on_the_map(side: Side) -> dict[str, Any]:
    """A place, a service, a row and a confirmed none, what is typed about them, and the keys of their addresses."""
    own, office = side.programme, side.people["office"]
    place = mapped.place(own, f"{own.name} Harbour")
    team = mapped.service(f"{own.name} night team", place, by=office)
    row = mapped.row(team, place, "help", 11, 16, by=office)
    hill = mapped.place(own, f"{own.name} Hill")
    sheet = tables.written([tables.Sheet("Mapping", ("ID",), [(row.pk,)])])
    kept_sheet = importing.begin(programme=own, content=sheet, name="map.xlsx", by=office)
    with recorded(by=office, action="Brought in a spreadsheet"):
        batch = MapImport.objects.create(programme=own, source="map.xlsx", by=office, at=mapped.WHEN)
    other = mapped.service(f"{own.name} day team", place, by=office)
    none = mapped.none(place, "risk_support", 16, 18, by=office)
    cell = {"place": place.pk, "need": "thriving", "ages": "0-60"}
    service = mapped.typed(team, place) | {"version": 1}
    side.typed |= {
        "thrive-cell-map": mapped.HELP | {"service": other.pk},
        "thrive-cell-none": {"evidence": "All teams were asked"} | typed_day("on"),
        "thrive-none-withdraw": {"version": 1, "reason": "A team was found"},
        "thrive-row": mapped.HELP | {"version": 1, "grouping": "help"},
        "thrive-row-remove": {"version": 1, "reason": "It has closed"},
        "thrive-service-add": service | {"name": "Evening team"},
        "thrive-service-change": service,
        "thrive-service-check": typed_day("on"),
        "thrive-rows-change": {"row": row.pk, "deed": "review"} | typed_day("on"),
        "thrive-copy": {"source": place.pk, "target": hill.pk, "row": row.pk},
        "thrive-sheet-check": {"discard": "1"},
        "thrive-service-map": mapped.HELP | {"needs": "advice", "places": place.pk},
    }
    return {
        **dict.fromkeys(("thrive-cell", "thrive-cell-map", "thrive-cell-none"), cell),
        "thrive-none-withdraw": {"pk": none.pk},
        "thrive-sheet-check": {"pk": kept_sheet.pk},
        "thrive-import-undo": {"pk": batch.pk},
        **{key: {"pk": row.pk} for key in ("thrive-row", "thrive-row-remove")},
        **{f"thrive-service{each}": {"pk": team.pk} for each in ("", "-change", "-check", "-map", "-history")},
    }


def filled_in(side: Side, begun: Workstream) -> dict[str, Any]:
    """A target, a gap, a recommendation and its work, what is typed about them, and the keys of their addresses."""
    own, office = side.programme, side.people["office"]
    place = mapped.place(own, f"{own.name} Quay")
    target = filling.target(place)
    gap, done = filling.gap(place, target), filling.gap(place, title="No panel meets")
    said, work_ = filling.recommendation(place, gap), filling.work_for(filling.recommendation(place), begun)
    typed = {"place": place.pk, "title": "One panel", "age_from": "0", "age_to": "25"}
    side.typed |= {
        "thrive-target-add": typed | {"version": 0, "good": "A panel meets each week"},
        "thrive-target-change": typed | {"version": 1, "good": "A panel meets each week"},
        "thrive-gap-add": typed | {"target": filling.target(place).pk, "now": "Nothing"},
        "thrive-gap-decide": {"version": 1, "accepted": "yes", "reason": "It matters"},
        "thrive-gap-fill": {"version": 2, "evidence": "The panel has met"},
        "thrive-recommend": {"text": "Set up a panel", "place": place.pk, "source_kind": "report"},
        "thrive-recommendation-decide": {"version": 1, "decision": "declined", "reason": "Too dear"},
        "thrive-recommendation-work": {"workstream": begun.pk},
        "thrive-recommendation-gap": {"gap": gap.pk},
        "thrive-recommendation-close": {"version": 2, "evidence": "The panel has met"},
        "thrive-work-remove": {"reason": "It was another one"},
    }
    filling.accepted_gap(done, by=office)
    taken = filling.accepted(filling.recommendation(place), by=office)
    return {
        "thrive-target-change": {"pk": target.pk},
        **{key: {"pk": gap.pk} for key in ("thrive-gap", "thrive-gap-decide")},
        "thrive-gap-fill": {"pk": done.pk},
        **{key: {"pk": said.pk} for key in ("thrive-recommendation", "thrive-recommendation-decide")},
        **{f"thrive-recommendation-{each}": {"pk": taken.pk} for each in ("gap", "work", "close")},
        "thrive-work-remove": {"pk": work_.pk},
        "thrive-answers": {"slug": begun.slug},
    }


def held_to_principles(side: Side) -> dict[str, Any]:
    """Assessments that are open and finished, what is typed about them, and the keys of their addresses."""
    office = side.people["office"]
    place = mapped.place(side.programme, f"{side.programme.name} Strand")
    begun = principled.assessment(place, by=office)
    rater = principled.rater(begun, by=office)
    principled.answered(principled.rater(begun, "Parents", by=office), principled.language(2), by=office)
    done = principled.assessment(place, by=office)
    principled.answered(principled.rater(done, by=office), principled.language(3), by=office)
    principled.finished(done, by=office)
    side.typed |= {
        "thrive-assessment-begin": {"place": place.pk} | typed_day("begun_on"),
        "thrive-assessment-finish": {"version": 1},
        "thrive-assessment-reopen": {"version": 2, "reason": "A rater was ill"},
        "thrive-rater-add": {"version": 0, "name": "Teachers"},
        "thrive-rater-change": {"version": 1, "name": "School nurse team"},
        "thrive-rater": principled.typed(),
        "thrive-rater-save": principled.typed(),
        "thrive-items-change": principled.typed_items(),
    }
    who = {"pk": begun.pk, "who": rater.pk}
    return {
        **{key: {"pk": begun.pk} for key in ("thrive-assessment", "thrive-assessment-finish", "thrive-rater-add")},
        "thrive-assessment-reopen": {"pk": done.pk},
        "thrive-rater-change": who,
        **{key: who | {"code": principled.LANGUAGE} for key in ("thrive-rater", "thrive-rater-save")},
    }


def matured_by(side: Side) -> dict[str, Any]:
    """Reviews at every stage, what is typed about them, and the keys of their addresses."""
    own, office = side.programme, side.people["office"]
    place = mapped.place(own, f"{own.name} Moor")
    released = matured.released(
        place, {"ACC05": 2}, title=f"{own.name} self-review", by=office, found=[("advice", "Join the lists")]
    )
    taken = matured.forward(released, finding=released.findings.get(), by=office)
    running = matured.scored(place, [2, 3], by=office)
    side.personal = matured.part(running, "By link", by=office)[1]
    linked = running.participants.get(name="Person 0")
    in_room, _ = matured.part(running, "In the room", in_room=True, by=office)
    talked = matured.scored(place, [1, 4], by=office)
    matured.move(talked, State.WORKSHOP, by=office)
    drafted = matured.begun(place, by=office)
    matured.part(drafted, "Person 1", by=office)
    finding, evidence, practice = matured.noted(drafted, by=office)
    one, of_domain = {"pk": drafted.pk}, {"pk": drafted.pk, "code": "ACC"}
    who = {"pk": running.pk, "who": linked.pk}
    part = {"version": 1, "name": "Ann", "sector": "nhs", "domains": ["ACC"]}
    found = {"version": 1, "kind": "finding", "text": "Lists differ"}
    side.typed |= {
        "maturity-begin": matured.typed(place),
        "maturity-practice-add": {"kind": "tool", "domain": "ACC", "text": "A calculator"},
        "maturity-practice-check": {"version": 1, "link_state": "none"} | typed_day("on"),
        "maturity-change": {"version": 1, "title": "Another title"},
        "maturity-step": {"version": 1},
        "maturity-participant-add": part | {"way": "link"},
        "maturity-participant": part,
        "maturity-participant-link": {"version": 1},
        "maturity-participant-email": {"version": 1},
        "maturity-participant-off": {"version": 1},
        "maturity-forward": {"text": "Join", "place": place.pk},
        "maturity-forward-element": {"text": "Join", "place": place.pk},
        "maturity-enter": {"level-ACC05": "2"},
        "maturity-agree": {"number": 0, "level": "2", "rationale": "So it is", "decided_by": "All"}
        | typed_day("decided_on"),
        "maturity-finding-add": found,
        "maturity-finding": found,
        "maturity-evidence-add": {"element": matured.element().pk, "kind": "document", "title": "Policy"},
    }
    pages = ("maturity-review", "maturity-download")
    return {
        "maturity-practice-check": {"pk": practice.pk},
        "maturity-framework": {"number": 1},
        "maturity-framework-download": {"number": 1, "form": "json"},
        **{f"{name}/released": {"pk": released.pk} for name in pages},
        **{f"{name}/running": {"pk": running.pk} for name in pages},
        "maturity-domain/released": {"pk": released.pk, "code": "ACC"},
        "maturity-domain/running": {"pk": running.pk, "code": "ACC"},
        **dict.fromkeys(("maturity-change", "maturity-history", "maturity-participant-add"), one),
        "maturity-step": one | {"step": "scoring"},
        **{f"maturity-participant{each}": who for each in ("", "-link", "-email", "-off")},
        "maturity-work": {"pk": released.pk},
        "maturity-changes": {"pk": released.pk},
        "maturity-forward": {"pk": released.pk, "finding": taken.finding_id},
        "maturity-forward-element": {"pk": released.pk, "code": "ACC05"},
        "maturity-origin": {"pk": taken.recommendation_id},
        "maturity-enter": {"pk": running.pk, "who": in_room.pk, "code": "ACC"},
        **{key: {"pk": running.pk, "who": in_room.pk} for key in ("maturity-enter-sheet", "maturity-enter-file")},
        "maturity-workshop": {"pk": talked.pk},
        "maturity-agree": {"pk": talked.pk, "code": "ACC05"},
        **dict.fromkeys(("maturity-finding-add", "maturity-evidence-add"), of_domain),
        **dict.fromkeys(("maturity-finding", "maturity-finding-off"), one | {"finding": finding.pk}),
        "maturity-evidence-off": one | {"evidence": evidence.pk},
    }


def told_of(side: Side, begun: Workstream) -> dict[str, Any]:
    """Money, a voice, plain words and pages for staff, and the keys of their addresses."""
    own, office, here = side.programme, side.people["office"], {"slug": begun.slug}
    funded = here | {"pk": money.line(begun).pk}
    side.page_version = pages.published(own, begun, by=office).page.version
    pages.published(own, None, by=office)
    side.public = pages.public_token(own)
    voice = {"pk": heard.voice(own, workstream=begun).pk}
    return {
        **dict.fromkeys(("workstream-voices", "workstream-money", "funding-add"), here),
        **dict.fromkeys(("workstream-plain", "plain-edit"), here),
        **dict.fromkeys(("staff-page", "staff-page-prepare", "staff-page-html"), here),
        "staff-page-act": here | {"act": "link-on"},
        "programme-staff-page-act": {"act": "link-off"},
        **dict.fromkeys(("funding", "funding-change", "funding-remove"), funded),
        **dict.fromkeys(("voice", "voice-change"), voice),
        "voice-step": voice | {"step": "decided"},
    }


def gated(side: Side, begun: Workstream) -> dict[str, Any]:
    """A gate to come and one passed on a condition of the deputy's, and the keys of their addresses."""
    ahead = gates.gate(side.programme, workstream=begun)
    passed = gates.conditional(side.programme, owner=side.people["deputy"].person)
    one = {"pk": ahead.pk}
    criterion = one | {"key": gates.criterion(ahead).pk}
    names = ("gate", "gate-history", "gate-change", "gate-date", "gate-remove", "gate-seat", "gate-criterion-add")
    return {
        **dict.fromkeys((*names, "gate-evidence", "gate-outcome"), one),
        "gate-criterion": criterion,
        "gate-take-out": criterion | {"kind": "criterion"},
        "gate-condition-add": {"pk": passed.gate_id},
        **{key: {"pk": passed.gate_id, "key": passed.pk} for key in ("gate-condition", "gate-condition-close")},
    }


def build(name: str) -> Side:
    side = Side(work.programme(name))
    own, month = side.programme, "2026-10"
    side.people = {role.value: people.member(own, role) for role in Role}
    side.people |= {who: people.user(who) for who in ("lead", "deputy", "sponsor", "other-lead")}
    begun = work.workstream(own, "Crisis care", lead=side.people["lead"])
    waiting = work.workstream(own, "Waiting lists", lead=side.people["lead"])
    work.workstream(own, "Schools", lead=side.people["other-lead"])
    for each in (begun, waiting):
        work.assign(each, side.people["deputy"], Assignment.Role.DEPUTY)
        work.assign(each, side.people["sponsor"], Assignment.Role.SPONSOR)
        work.sent_update(each, work.SEPTEMBER)
    draft = work.draft(begun, work.OCTOBER, told="Email, 3 November")
    told_by_office = work.workstream(own, "Told by its lead", lead=side.people["lead"])
    work.assign(told_by_office, side.people["deputy"], Assignment.Role.DEPUTY)
    work.told_update(told_by_office, work.OCTOBER, by=side.people["office"])
    work.sent_update(waiting, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    first, milestone = (work.milestone(begun, when=f"{month} 2026") for month in ("November", "December"))
    work.milestone(waiting, when="August 2026")
    misfiled = work.workstream(own, "Misfiled")
    work.sent_update(misfiled, work.SEPTEMBER)
    twice = work.workstream(own, "Crisis care again")
    merged = work.workstream(own, "Crisis line")
    office = side.people["office"]
    actions.merge(duplicate=merged, into=begun, by=office, reason="Entered twice")
    double, known = people.person("Dana Whitlock"), people.person("D. Whitlock")
    for record in (double, known):
        work.assign(begun, record, Assignment.Role.SPONSOR)
    gone = people.person("Ms D Whitlock")
    programmes.merge_people(duplicate=gone, into=known, by=office, reason="Entered twice")
    september = work.period(own, work.SEPTEMBER)
    approver = side.people["approver"]
    published = {"pk": reports.published(september, office, approver).pk}
    for_them = {"pk": reports.published(september, office, approver, edition=Edition.COMMISSIONER).pk}
    unpublished = {"pk": reports.draft(september, office).pk}
    failed = {"pk": reports.failed(september, office).pk}
    page: dict[str, Any] = {"programme": own, "source": "Our page", "by": office}
    waiting_page = {"pk": reviewing.begin(text=PAGE, **page).pk}
    imported_page = {"pk": imported(PAGE.replace("Rota", "Line"), **page).pk}
    elsewhere, that_month = {"slug": merged.slug}, {"month": month}
    periods.close(period=work.period(own, work.FIRST_MONTH.replace(month=4)), by=office)
    here, sent = {"slug": begun.slug}, {"slug": waiting.slug, "month": month}
    side.keys = {
        **dict.fromkeys(("workstream", "workstream-history", "updates", "plan", "milestone-add"), here),
        **dict.fromkeys(("handover", "handover-note"), here),
        **dict.fromkeys(
            ("update", "update-history", "update-edit", "update-autosave", "update-check"), here | {"month": month}
        ),
        **dict.fromkeys(("update-sent", "update-recall"), sent),
        **dict.fromkeys(
            (
                "milestone",
                "milestone-history",
                "milestone-move",
                "milestone-done",
                "milestone-edit",
                "milestone-needs",
                "milestone-baseline",
            ),
            here | {"pk": milestone.pk},
        ),
        **planned(side, begun, milestone),
        "update-no-change": here | {"month": month},
        "update-correct": {"slug": waiting.slug, "month": "2026-09"},
        **dict.fromkeys(("report/published", "report-download/published"), published),
        **dict.fromkeys(("report/not-published", "report-download/not-published", "report-approve"), unpublished),
        **dict.fromkeys(("report/for-commissioners", "report-download/for-commissioners"), for_them),
        "report-as/for-commissioners": for_them | {"kind": "html"},
        "report-as/published": published | {"kind": "html"},
        "report-as/not-published": unpublished | {"kind": "html"},
        **dict.fromkeys(("report/failed", "report-retry"), failed),
        **lifecycle(side, september),
        **dict.fromkeys(("import-review", "import-discard"), waiting_page),
        "import-change": waiting_page | {"key": "i5"},
        **dict.fromkeys(("import-done", "import-undo"), imported_page),
        **dict.fromkeys(("updates-chase", "month-close", "month-freeze", "period-edit"), that_month),
        **dict.fromkeys(("update-return", "update-acknowledge"), sent),
        "month-reopen": {"month": "2026-04"},
        **asked_and_doubted(side, begun, waiting),
        **managed(side, begun, known),
        **told_of(side, begun),
        **gated(side, begun),
        **on_the_map(side),
        **filled_in(side, begun),
        **matured_by(side),
        **held_to_principles(side),
        **closing_of(side, begun),
        **met(side, begun),
        "update-move": {"slug": misfiled.slug, "month": "2026-09"},
        "workstream-merge": {"slug": twice.slug},
        **dict.fromkeys(("workstream-merged", "workstream-unmerge", "workstream/merged"), elsewhere),
        "update-recall/told": {"slug": told_by_office.slug, "month": month},
        "person-merge": {"pk": double.pk},
        "person-unmerge": {"pk": gone.pk},
        "report-publish": {"pk": reports.approved(september, office, approver).pk},
    }
    answers = {"version": draft.version, "progress": "More", "next_steps": "Train", "rating": "green"}
    told = {"on_behalf_of": side.people["lead"].person_id, "source_note": "Email, 3 November"}
    surely = {"confirm": "1", "reason": "Filed wrongly"}
    day = {"day": "1", "month": "11", "year": "2026"}
    rules = thresholds_of(own)
    words = {"text": "Nights are covered", "version": 1}
    condition = {"text": "Agree the rota", "owner": side.people["deputy"].person_id} | typed_day("due_on")
    side.typed |= {
        "register-add/risks": words | {"likelihood": 3, "impact": 3},
        "register-add/issues": words | {"severity": "low"},
        "register-add/actions": words,
        "register-add/decisions": words | {"decided_by_words": "Board"} | on("decided_on", day),
        "register-edit": words | {"likelihood": 3, "impact": 3},
        "register-end": {"version": 1, "how": "Over"} | on("on", day),
        "register-add/links": words | {"url": "https://example.nhs.uk/rota", "kind": "policy"},
        "register-add/questions": words,
        "risk-score": {"version": 1, "likelihood": 4, "impact": 4, "reason": "A nurse leaves"},
        "decision-add": words | {"decided_by_words": "Board"} | on("decided_on", day),
        "decision-change": words | {"decided_by_words": "Board"} | on("decided_on", day),
        "decision-replace": words | {"decided_by_words": "Board"} | on("decided_on", day),
        "action-change": words,
        "action-end": {"version": 1, "ending": "done", "how": "Rung"} | typed_day("on"),
        "group-change": {"version": 1, "name": "Rota", "kind": "task", "cadence": "monthly", "workstream": begun.pk},
        "group-change/participation": {"version": 1, "name": "Us", "kind": "participation", "cadence": "monthly"},
        "group-end": {"version": 1, "reason": "Done"} | typed_day("on"),
        "member-add": {"words": "4 young people", "role": "member"} | typed_day("since"),
        "member-end": typed_day("until"),
        "meeting-add": {"version": 0, "notes": "Short"} | on("on", day),
        "meeting-change": {"version": 1, "notes": "Long"} | on("on", day),
        "ask-up": {"version": 2, "group": side.groups["up"], "sentence": "Too much money"},
        "ask-down": {"version": 3, "sentence": "Within your budget"},
        "ask-add": words,
        "ask-answer": {"version": 1, "kind": "yes", "sentence": "Yes"} | on("day", day),
        "ask-reply": {"version": 2, "sentence": "In the hall"},
        "ask-withdraw": {"version": 2, "sentence": "Found"},
        "rating-answer": words,
        "rating-answer-rules": words,
        "update-assure": {"rating": "amber", "reason": "Seen"},
        "thresholds": {name: getattr(rules, name) for name in (*rules.NUMBERS, *rules.WORDS, "version")},
        "import": {"text": PAGE},
        "import-review": {"version": 1, "save": "1"},
        "import-change": {"version": 1, "text": "Better words", "when": "March 2026"},
        "programme-edit": {"version": 1, "mandate": "A new mandate"},
        "programme-new": {"name": "Brand new"},
        "setup-name": {"version": 1, "name": f"{name} renamed"},
        "setup-months": {"version": 1, "opens_before_month_end": 5, "due_working_day": 6, "closes_after_due": 2},
        "setup-workstreams": {"names": "Day care"},
        "setup-people": {"name": "Robin Hale"},
        "manage-places-add": {"version": 0, "name": "North Vale", "kind": "place"},
        "manage-place": {"version": 1, "name": "North Vale", "kind": "place"},
        "manage-organisations-add": {"version": 0, "name": "North Council", "kind": "council"},
        "manage-organisation": {"version": 1, "name": "North Council", "kind": "council"},
        "manage-person-add": {"name": "Robin Hale"},
        "manage-person-edit": {"version": 1, "name": "Dana Whitlock-Hale"},
        "manage-person-invite": {"email": "robin@example.org"},
        "manage-person-address": {"email": "robin@example.org"},
        **{key: {"reason": "On leave"} for key in ("manage-person-close", "manage-person-reopen")},
        "manage-role-give": {"role": "reader"} | typed_day("since"),
        **dict.fromkeys(("manage-role-end", "manage-part-end"), typed_day("until")),
        "manage-workstream-add": {"name": "Day care"},
        "manage-workstream-edit": {"version": 1, "name": "Day care"},
        "manage-workstream-status": {"status": "paused", "reason": "No staff"} | typed_day("since"),
        "manage-part-add": {"role": "sponsor", "person": side.people["slt"].person_id} | typed_day("since"),
        "manage-part-replace": {"person": side.people["slt"].person_id} | typed_day("on"),
        "view-as": {"role": "reader"},
        "update-edit": answers | told,
        "update-autosave": answers | told,
        "update-check": {"version": draft.version},
        "handover-note": {"person": side.people["lead"].person_id, "text": "Ring the ward first"},
        "update-correct": {"number": 1, "progress": "More", "rating": "green", "because": "A slip of the pen"},
        "update-no-change": {"version": draft.version},
        "update-move": surely | {"to": "2026-10"},
        "workstream-merge": surely | {"into": begun.pk},
        "workstream-unmerge": surely,
        "person-merge": surely | {"into": known.pk},
        "person-unmerge": surely,
        "update-return": surely,
        "month-close": {"confirm": "1", "note": "Two will report next month"},
        "month-reopen": surely,
        "period-edit": days_of(work.period(own, work.OCTOBER)),
        "milestone-add": {"title": "Rota agreed", "when": "March 2027"},
        "milestone-move": {"version": 1, "when": "March 2027", "reason": "The supplier is late"},
        "milestone-done": {"version": 1, "when": "1 November 2026"},
        "milestone-edit": {"version": 1, "title": "Rota agreed"},
        "milestone-needs": {"needs": first.pk},
        "milestone-baseline": {"version": 1, "when": "May 2027", "reason": "Grew"},
        "pilot-add": {"name": "Text line", "pilot": "May 2027", "evaluation": "June 2027", "roll_out": "July 2027"},
        "sheet-check": {"discard": "1"},
        "baseline-decide": {"version": 1, "outcome": "agreed"},
        "closing-prepare": closing.TYPED,
        "closing-decide": {"version": 1, "outcome": "agreed", "sentence": "Well done"},
        "closing-check": {"version": 0, "held": "held", "words": "It runs", "evidence": "The report"},
        "closing-reopen": {"sentence": "Calls have doubled"},
        "report-new": {"month": "2026-09", "decision": "The board meets tomorrow"},
        "report-withdraw": {"reason": "A wrong figure"},
        "report-links": {"for_whom": "The council", "days": "30", "inside": "on"},
        "report-schedules": {f"on_{part}": value for part, value in (("day", 1), ("month", 12), ("year", 2026))},
        "report-schedule-add": schedule_typed(side),
        "report-schedule-edit": schedule_typed(side),
        "funding-add": money.TYPED | {"source": "Council"},
        "funding-change": money.TYPED | {"version": 1, "reason": "A post stays empty"},
        "funding-remove": {"version": 1, "reason": "Entered twice"},
        "plain-edit": {"version": 0, "doing": "We open the line at night."},
        "staff-page-prepare": pages.typed(own, begun, version=side.page_version),
        "staff-page-act": {"version": side.page_version},
        "programme-staff-page-prepare": pages.typed(own, None, version=2),
        "programme-staff-page-act": {"version": 2},
        "gate-new": {"name": "Sign off", "when": "May 2027"},
        "gate-change": {"version": 1, "name": "Sign off", "workstream": begun.pk},
        "gate-date": {"version": 1, "when": "May 2027", "reason": "The supplier is late"},
        "gate-remove": {"version": 1, "reason": "Entered twice"},
        "gate-seat": {"sector": "young_people"},
        "gate-criterion-add": {"text": "Staff are in post", "state": "met"},
        "gate-criterion": {"version": 1, "text": "It is costed", "state": "met", "evidence": "The plan"},
        "gate-evidence": {"label": "Plan", "url": "https://example.nhs.uk/plan"},
        "gate-outcome": {
            "version": 1,
            "kind": "stopped",
            "decided_by": "Board",
            "reason": "No money",
            "on": "4 November 2026",
        },
        "gate-condition-add": condition | {"version": 2},
        "gate-condition": condition | {"version": 1, "reason": "Grew"},
        "gate-condition-close": {"version": 1, "how": "Agreed by the board"} | typed_day("on"),
        "voice-change": heard.TYPED | {"version": 1, "workstream": begun.pk},
        "voice-step": {"version": 1, "text": "Open later", "who": "Board", **heard.day("on", 2, 11, 2026)},
    }
    return side


def lifecycle(side: Side, september: Any) -> dict[str, dict[str, Any]]:
    """Reports on their way and at their end, a schedule, a board date and a link."""
    office, approver = side.people["office"], side.people["approver"]
    august = work.period(side.programme, work.FIRST_MONTH.replace(month=8))
    standing = reports.published(august, office, approver)
    link = reading.make_link(report=standing, for_whom="The council", days=30, by=office, inside=True)
    side.shared = reading.address_of(link).rstrip("/").rpartition("/")[2]
    schedule = {"pk": reports.schedule(september, office, approver).pk}
    day = scheduling.add_board_date(programme=side.programme, on=work.TODAY.replace(day=24), by=office)
    july = work.period(side.programme, work.FIRST_MONTH.replace(month=7))
    withdrawn = {"pk": reports.withdrawn(july, office, approver).pk}
    return {
        "report-withdraw": {"pk": standing.pk},
        "report-links": {"pk": standing.pk},
        "report-link-end": {"pk": link.pk},
        **dict.fromkeys(("report/withdrawn", "report-download/withdrawn"), withdrawn),
        "report-as/withdrawn": withdrawn | {"kind": "html"},
        "report-cancel": {"pk": reports.queued(july, office).pk},
        **{f"report-schedule-{what}": schedule for what in ("edit", "pause", "run", "end")},
        "board-date-remove": {"pk": day.pk},
    }


def schedule_typed(side: Side) -> dict[str, Any]:
    plan = {"edition": "full", "basis": "after_close", "working_days": 3, "hour": 8, "version": 1}
    return plan | {"approver": side.people["approver"].pk}


class World:
    """Two programmes that know nothing of each other, and one client that is everybody in turn."""

    def __init__(self) -> None:
        self.own, self.other = build("Own"), build("Other")
        self.client = Client()
        self.nobody = people.user("nobody")
        self.sessions = {who: self._session(user) for who, user in self.own.people.items()}
        self.sessions["nobody"] = self._session(self.nobody)
        self.sessions["other-programme"] = self._session(self.other.people["office"])

    def _session(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return str(client.cookies[settings.SESSION_COOKIE_NAME].value)

    def ask(
        self, who: str, method: str, address: str, data: dict[str, Any] | None = None, **headers: str
    ) -> HttpResponse:
        """One request, of which nothing stays."""
        session = self.sessions.get(who)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        ask = getattr(self.client, method.lower())
        with transaction.atomic():
            answer: HttpResponse = ask(address, data if method == "POST" else None, headers=headers)
            transaction.set_rollback(True)
        return answer


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are expected; their warnings would only cost time."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Made once for the whole table; every request is rolled back by itself, and the world at the end."""
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch, override_settings(MEDIA_ROOT=folder), quiet():
        patch.setenv("TRACKER_NOW", work.NOW)
        with django_db_blocker.unblock(), transaction.atomic():
            yield World()
            transaction.set_rollback(True)


def said(answer: HttpResponse) -> SimpleNamespace:
    """Where an answer sends its reader: to sign-in, by redirect or by HTMX, or nowhere."""
    place = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    return SimpleNamespace(status=answer.status_code, sign_in=place.startswith("/sign-in/?next="))


def programme_scoped() -> set[str]:
    return {name for name, pattern in addresses() if pattern.startswith("p/<slug:programme>/")}


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row.split("/")[0] for row in ROWS} == programme_scoped()
    assert set(OUTSIDE) == {name for name, _ in addresses()} - programme_scoped()


def test_the_tables_name_every_role_there_is():
    assert set(EVERYBODY.split()) == {role.value for role in Role} | {"lead", "deputy", "sponsor", "other-lead"}


REFUSALS = frozenset({403, 404})


def some(row: str, wanted: dict[str, int]) -> list[str]:
    """Two people for each answer, others from row to row, so that the whole table tries everybody.

    Whoever must not get in is asked for at every page and form. Those who may, and what differs by request and not by
    right (HEAD, a part of a page, a method nobody may use), are tried by these: everybody for everything would take
    most of the suite's time.
    """
    start = zlib.crc32(row.encode())
    chosen: list[str] = []
    for status in sorted(set(wanted.values())):
        alike = [who for who, other in wanted.items() if other == status]
        chosen += {alike[(start + step) % len(alike)] for step in (0, 1 + start % 5)}
    return sorted(chosen)


@pytest.mark.parametrize("row", ROWS)
def test_pages_and_forms_answer_as_the_table_says(world, row):
    address = world.own.address(row)
    given, wanted = {}, {}
    for method in ("GET", "HEAD", "POST"):
        answer = ROWS[row].get(method.replace("HEAD", "GET"))
        statuses = {who: answer.to(who) if answer else 405 for who in world.sessions}
        refused = [who for who, status in statuses.items() if status in REFUSALS and method != "HEAD"]
        for who in sorted({*refused, *some(row, statuses)}):
            given[method, who] = world.ask(who, method, address, world.own.typed.get(row)).status_code
            wanted[method, who] = statuses[who]
    assert given == wanted


@pytest.mark.parametrize("row", ROWS)
def test_nobody_learns_anything_of_another_programme(world, row):
    """404 for each role, exactly as for a programme that does not exist."""
    address = world.other.address(row)
    nowhere = address.replace("/p/other/", "/p/no-such-programme/")
    asking = {"administrator", "office", "lead", "nobody"} | {*some(row, dict.fromkeys(EVERYBODY.split(), 404))}
    for method in ROWS[row]:
        for who in sorted(asking):
            given = world.ask(who, method, address, world.other.typed.get(row))
            missing = world.ask(who, method, nowhere, world.other.typed.get(row)) if who == "office" else given
            assert (method, who, given.status_code, missing.status_code) == (method, who, 404, 404)
            assert b"Other" not in given.content


@pytest.mark.parametrize("row", ROWS)
def test_parts_of_pages_obey_the_same_table(world, row):
    address = world.own.address(row)
    given, wanted = {}, {}
    for method, answer in ROWS[row].items():
        statuses = {who: answer.to(who) for who in world.sessions}
        for who in some(row, statuses):
            given[method, who] = world.ask(who, method, address, world.own.typed.get(row), **{"HX-Request": "true"})
            in_place = method == "POST" and row in IN_PLACE and answer.to(who) == 302
            wanted[method, who] = 200 if in_place else answer.to(who)
    assert {key: _status(key[0], answer, row) for key, answer in given.items()} == wanted


def _status(method: str, answer: HttpResponse, row: str) -> int:
    """A form that may open in place sends the browser on by HTMX's own header, which is its redirect.

    A page that HTMX is told to load whole (a board report, under its own content policy) is a page still.
    """
    sent_on = method == "POST" and row not in IN_PLACE and answer.status_code == 200 and "HX-Redirect" in answer.headers
    return 302 if sent_on else answer.status_code


@pytest.mark.parametrize("row", ROWS)
def test_who_is_not_signed_in_is_sent_to_sign_in(world, row):
    """Whatever the method, and whether or not the programme exists."""
    for address in (world.own.address(row), world.own.address(row).replace("/p/own/", "/p/no-such-programme/")):
        for method in ("GET", "HEAD", "POST", *OTHER_METHODS):
            answer = said(world.ask("anonymous", method, address, world.own.typed.get(row)))
            assert (method, answer) == (method, SimpleNamespace(status=302, sign_in=True))


@pytest.mark.parametrize("row", ROWS)
def test_a_part_asked_for_after_the_session_ended_sends_the_whole_page_to_sign_in(world, row):
    """Except autosaves, which leave the page and what is typed on it where they are."""
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{world.own.address('plan')}"}
    for method in ROWS[row]:
        answer = world.ask("anonymous", method, world.own.address(row), world.own.typed.get(row), **headers)
        if row in {"update-autosave", "thrive-rater-save"}:
            assert (answer.status_code, answer.headers.get("HX-Redirect")) == (200, None)
            assert "You have been signed out. Your text is still on this page." in answer.content.decode()
        else:
            back = f"/sign-in/?next={world.own.address('plan').replace('/', '%2F')}"
            assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, back)


@pytest.mark.parametrize("row", ROWS)
def test_methods_an_address_does_not_know_are_refused_to_everybody(world, row):
    """The same for those with the right, those without, and other programmes, so that nothing is learnt from it."""
    unknown = {"GET", "POST", *OTHER_METHODS} - set(ROWS[row])
    for method in sorted(unknown):
        known = next(iter(ROWS[row].values()))
        asking = some(row, {who: known.to(who) for who in world.sessions})
        given = {who: world.ask(who, method, world.own.address(row)).status_code for who in asking}
        assert (method, given) == (method, dict.fromkeys(asking, 405))


def outside(world: World, name: str) -> str:
    """The address of a page outside programmes."""
    reset = {"uidb36": "1", "key": "no-such-key"}
    keys: dict[str, dict[str, Any]] = {
        "account_reset_password_from_key": reset,
        "account_leave_cancel": {"pk": 1},
        "invitation": {"token": "no-such-link"},
        "public-page": {"token": world.own.public},
        "maturity-link": {"token": world.own.personal},
        **{key: {"token": world.own.personal, "code": "ACC"} for key in ("maturity-link-domain", "maturity-link-save")},
        "shared-report": {"token": world.own.shared},
        "shared-report-file": {"token": world.own.shared},
        "shared-report-as": {"token": world.own.shared, "kind": "html"},
    }
    return reverse(name, kwargs=keys.get(name, {}))


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_pages_outside_programmes_answer_as_their_table_says(world, name, headers):
    address = outside(world, name)
    for method, (stranger, signed_in) in OUTSIDE[name].items():
        for who in ("anonymous", "administrator", "commissioner", "lead", "nobody"):
            given = said(world.ask(who, method, address, {}, **headers))
            wanted = stranger if who == "anonymous" else signed_in
            if wanted == "sign-in":
                assert given == SimpleNamespace(status=200 if headers else 302, sign_in=True), (method, who)
            elif wanted == "200/302":  # with one programme straight to it, with none a page that says so
                assert given.status == (200 if who == "nobody" else 302), (method, who)
            else:
                assert (method, who, given.status, given.sign_in) == (method, who, int(wanted), False)


@pytest.mark.parametrize("name", sorted(set(OUTSIDE) - SIGN_IN_PAGES))
def test_our_own_pages_outside_programmes_can_only_be_read(world, name):
    needs_sign_in = "sign-in" in OUTSIDE[name]["GET"]
    for method in ("POST", *OTHER_METHODS):
        for who in ("anonymous", "office"):
            sent_away = needs_sign_in and who == "anonymous"
            given = said(world.ask(who, method, outside(world, name)))
            assert given == SimpleNamespace(status=302 if sent_away else 405, sign_in=sent_away), (method, who)


OF_A_MILESTONE = [
    row for row in ROWS if row == "milestone" or (row.startswith("milestone-") and row != "milestone-add")
]


@pytest.mark.parametrize("row", OF_A_MILESTONE)
def test_an_address_put_together_from_two_programmes_or_workstreams_leads_nowhere(world, row):
    own, other = world.own, world.other
    strange = other.keys[row] | {"slug": own.keys[row]["slug"]}
    mixed = [reverse(row, kwargs={"programme": own.programme.slug, **strange})]
    mixed += [reverse(row, kwargs={"programme": own.programme.slug, **own.keys[row] | {"slug": "schools"}})]
    for address in mixed:
        for method in ROWS[row]:
            given = world.ask("administrator", method, address, own.typed.get(row))
            assert (address, given.status_code) == (address, 404)


OF_ALL_REPORTS = {"report-new", "report-compare", "report-schedules", "report-schedule-add"}


@pytest.mark.parametrize("row", [r for r in ROWS if r.startswith(("report/", "report-")) and r not in OF_ALL_REPORTS])
def test_a_report_is_found_under_its_own_programme_only(world, row):
    own, other = world.own, world.other
    address = reverse(row.split("/")[0], kwargs={"programme": own.programme.slug, **other.keys[row]})
    who = "approver" if row == "report-approve" else "office"
    given = {method: world.ask(who, method, address).status_code for method in ROWS[row]}
    assert given == dict.fromkeys(ROWS[row], 404)


@pytest.mark.parametrize(
    ("who", "end"),
    [
        ("office", lambda user: user.memberships),
        ("deputy", lambda user: user.person.assignments),
    ],
)
def test_a_right_that_ended_yesterday_is_gone_at_the_next_request(world, who, end):
    address = world.own.address("workstreams")
    assert world.ask(who, "GET", address).status_code == 200
    with transaction.atomic():
        with recorded(by=None, action="Ended a role"):
            end(world.own.people[who]).update(until=work.TODAY.replace(day=3))
        assert world.ask(who, "GET", address).status_code == 404
        assert world.ask(who, "GET", world.own.address("report-download/published")).status_code == 404
        transaction.set_rollback(True)


def test_an_account_that_was_closed_is_signed_out_at_the_next_request(world):
    with transaction.atomic():
        with recorded(by=None, action="Closed an account"):
            User.objects.filter(pk=world.own.people["slt"].pk).update(is_active=False)
        answer = said(world.ask("slt", "GET", world.own.address("dashboard")))
        assert answer == SimpleNamespace(status=302, sign_in=True)
        transaction.set_rollback(True)
