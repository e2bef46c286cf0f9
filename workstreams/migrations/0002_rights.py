"""What was sent, rated, stated, decided or happened is only ever added to, by the database's own rights."""

from django.db import migrations

from programme.protection import RevokeChanges

HISTORY = [
    "workstreams_actionevent",
    "workstreams_assignmentevent",
    "workstreams_attendanceevent",
    "workstreams_decisionevent",
    "workstreams_documentevent",
    "workstreams_fundinglineevent",
    "workstreams_gateconditionevent",
    "workstreams_gatecriterionevent",
    "workstreams_gateevent",
    "workstreams_gateevidenceevent",
    "workstreams_gateseatevent",
    "workstreams_groupevent",
    "workstreams_groupmemberevent",
    "workstreams_issueevent",
    "workstreams_launchquestionevent",
    "workstreams_meetingevent",
    "workstreams_milestonedependencyevent",
    "workstreams_milestoneevent",
    "workstreams_milestoneplaceevent",
    "workstreams_monthlyupdateevent",
    "workstreams_objectiveevent",
    "workstreams_phaseevent",
    "workstreams_pilotevent",
    "workstreams_ratingthresholdsevent",
    "workstreams_riskevent",
    "workstreams_staffpageevent",
    "workstreams_voiceevent",
    "workstreams_workstreamevent",
]

# What is only ever added to by its nature: words sent, dates stated, judgements, answers, statuses.
APPEND_ONLY = [
    "workstreams_ask",
    "workstreams_askevent",
    "workstreams_baselinedecision",
    "workstreams_baselinerequest",
    "workstreams_closingstep",
    "workstreams_gatedate",
    "workstreams_gateoutcome",
    "workstreams_handovernote",
    "workstreams_milestonedate",
    "workstreams_milestonerehoming",
    "workstreams_phasedate",
    "workstreams_plainpage",
    "workstreams_promiseoutcome",
    "workstreams_rating",
    "workstreams_ratinganswer",
    "workstreams_ratingquestion",
    "workstreams_reminder",
    "workstreams_riskscore",
    "workstreams_staffpagestep",
    "workstreams_staffpageversion",
    "workstreams_sustainmentanswer",
    "workstreams_updateevent",
    "workstreams_updateitem",
    "workstreams_updaterevision",
    "workstreams_voicestep",
    "workstreams_workstreamstatus",
]


class Migration(migrations.Migration):
    """Rights, not tables."""

    replaces = [("workstreams", "0002_protection")]

    dependencies = [("workstreams", "0001_tables"), ("programme", "0002_rights")]

    operations = [RevokeChanges(HISTORY), RevokeChanges(APPEND_ONLY)]
