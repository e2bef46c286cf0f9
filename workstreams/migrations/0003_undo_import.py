"""Undoing an import: the one way in which sent words and stated dates may leave, and only while nothing builds on them."""

from django.db import migrations

from programme.protection import OwnersFunction

# Children before parents. A table may hold rows of a batch without anything else of it.
TABLES = [
    "workstreams_updateitem",
    "workstreams_updateevent",
    "workstreams_updaterevision",
    "workstreams_monthlyupdate",
    "workstreams_milestonedate",
    "workstreams_milestone",
    "workstreams_phasedate",
    "workstreams_phase",
    "workstreams_objective",
    "workstreams_assignment",
    "workstreams_workstreamstatus",
    "workstreams_workstream",
    "programme_reportingperiod",
    "programme_person",
]

# Runs with its owner's rights, because the application role may delete none of these rows itself. It deletes whole
# batches only: where anything later points at a row of the batch, the foreign key stops it and nothing is deleted.
UNDO = """
CREATE FUNCTION undo_import(batch bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE in_the_way text;
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    BEGIN
        {deletions}
        DELETE FROM programme_importbatch WHERE id = batch;
        RETURN '';
    EXCEPTION WHEN foreign_key_violation THEN
        GET STACKED DIAGNOSTICS in_the_way = TABLE_NAME;
        RETURN in_the_way;
    END;
END $$;
"""
DELETIONS = "\n        ".join(f"DELETE FROM {table} WHERE batch_id = batch;" for table in TABLES)  # noqa: S608 - ours


class Migration(migrations.Migration):
    """A function, not tables."""

    dependencies = [("workstreams", "0002_protection")]

    operations = [OwnersFunction("undo_import(bigint)", UNDO.format(deletions=DELETIONS))]
