#include "effect/schema.h"
#include "effect/logfields.h"
#include "effect/schema_old.h"
#include <string.h>

/* SQL that SQLite and PostgreSQL share, but for the dialect's words in braces.
 *
 * reports is narrow, for lists and counts run through it; the rest of a row is one JSON object, for
 * a row of a table for each signal and incident costs a mail more than judging it. */
static const char make_reports[] =
    "CREATE TABLE {reports} ("
    " seq {serial}, id TEXT NOT NULL UNIQUE, received_unix_ms BIGINT NOT NULL,"
    " sender TEXT, message_id TEXT, from_address TEXT, from_name TEXT, subject TEXT,"
    " complaint SMALLINT NOT NULL, scenario TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL,"
    " format TEXT, priority TEXT NOT NULL,"
    " complainant_kind TEXT, complainant_address TEXT, complainant_tor_aware SMALLINT NOT NULL,"
    " deadline TEXT, accused TEXT, incident_count BIGINT NOT NULL,"
    " tor_standing TEXT, tor_relay TEXT, tor_exit TEXT, tor_policy TEXT, tor_impossible TEXT,"
    " tor_spoofable SMALLINT NOT NULL, demands TEXT,"
    " case_id TEXT, correction_scenario TEXT, correction_unix_ms BIGINT, correction_author TEXT,"
    " correction_note TEXT);"

    "CREATE TABLE details ("
    " report {key} REFERENCES reports (seq) ON DELETE CASCADE,"
    " detail {json} NOT NULL);";

/* As they have been since version 1. */
static const char make_others[] =
    "CREATE TABLE accused ("
    " ip_key TEXT NOT NULL, report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE,"
    " PRIMARY KEY (ip_key, report)) {clustered};"

    "CREATE TABLE texts ("
    " report BIGINT NOT NULL PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE,"
    " text TEXT NOT NULL);"

    "CREATE TABLE corrections ("
    " report BIGINT NOT NULL REFERENCES reports (seq) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " made_unix_ms BIGINT NOT NULL, scenario TEXT NOT NULL, author TEXT, note TEXT,"
    " PRIMARY KEY (report, n)) {clustered};";

static const char make_since_3[] =
    "CREATE INDEX reports_of_case ON reports (case_id);"
    "CREATE INDEX accused_by_report ON accused (report);"

    /* The words of each report up to `indexed' (effect/logindex.h). */
    "CREATE TABLE search ("
    " report {key} REFERENCES reports (seq) ON DELETE CASCADE,"
    " text TEXT NOT NULL);"
    "CREATE TABLE indexed (report BIGINT NOT NULL);"
    "INSERT INTO indexed (report) VALUES (0);"

    /* id: of the first report.  changed: when it was opened, or an operator did something. */
    "CREATE TABLE cases ("
    " id TEXT NOT NULL PRIMARY KEY, scenario TEXT NOT NULL, offender TEXT, relay TEXT,"
    " opened_unix_ms BIGINT NOT NULL, last_unix_ms BIGINT NOT NULL, reports BIGINT NOT NULL,"
    " urgency SMALLINT NOT NULL, state TEXT NOT NULL, answered_unix_ms BIGINT,"
    " closed_unix_ms BIGINT, due_unix_ms BIGINT, changed_unix_ms BIGINT NOT NULL) {clustered};"
    "CREATE TABLE case_notes ("
    " case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE, n INTEGER NOT NULL,"
    " made_unix_ms BIGINT NOT NULL, author TEXT, note TEXT NOT NULL,"
    " PRIMARY KEY (case_id, n)) {clustered};";

/* reports: what the table of reports is to be called. */
static gboolean
run (Db *db, const char *sql, const char *reports, GError **error)
{
    const DbDialect *d = &db->is->dialect;
    g_autoptr (GString) text = g_string_new (sql);

    g_string_replace (text, "{reports}", reports, 0);
    g_string_replace (text, "{serial}", d->serial, 0);
    g_string_replace (text, "{key}", d->key, 0);
    g_string_replace (text, "{clustered}", d->clustered, 0);
    g_string_replace (text, "{json}", d->json, 0);
    return db_exec (db, text->str, error);
}

/* What the JSON holds, to be asked like tables. */

static const char *
typed (const DbDialect *d, FieldType type)
{
    switch (type) {
    case FIELD_TEXT:
        return d->json_text;
    case FIELD_REAL:
        return d->json_real;
    case FIELD_BOOL:
        return d->json_bool;
    default:
        return d->json_integer;
    }
}

static void
append_field (GString *sql, const DbDialect *d, const Field *f)
{
    g_autoptr (GString) value = g_string_new (typed (d, f->type));
    g_autofree char *column = field_column (f);

    g_string_replace (value, "{name}", f->name, 0);
    g_string_append_printf (sql, ", %s AS %s", value->str, column);
}

static gboolean
make_array_view (Db *db, const FieldSet *set, GError **error)
{
    const DbDialect *d = &db->is->dialect;
    g_autoptr (GString) sql = g_string_new ("CREATE VIEW {name} AS SELECT report, n");

    for (guint i = 0; i < set->n_fields; i++)
        append_field (sql, d, &set->fields[i]);
    g_string_append_printf (sql, " FROM (%s) items", d->json_array);
    g_string_replace (sql, "{name}", set->name, 0);
    return db_exec (db, sql->str, error);
}

static gboolean
make_list_view (Db *db, const FieldList *l, GError **error)
{
    g_autoptr (GString) sql = g_string_new ("CREATE VIEW {view} AS ");

    g_string_append (sql, db->is->dialect.json_list);
    g_string_replace (sql, "{view}", l->view, 0);
    g_string_replace (sql, "{name}", l->name, 0);
    g_string_replace (sql, "{column}", l->column, 0);
    return db_exec (db, sql->str, error);
}

static gboolean
make_views (Db *db, GError **error)
{
    for (guint i = 0; i < LOG_ARRAYS; i++)
        if (!make_array_view (db, &log_arrays[i], error))
            return FALSE;
    for (guint i = 1; i < LOG_LISTS; i++)
        if (!make_list_view (db, &log_lists[i], error))
            return FALSE;
    return TRUE;
}

static gboolean
refuse_newer (guint version, GError **error)
{
    if (version <= SCHEMA_VERSION)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_VERSION,
                 "the log has schema version %u, this program knows up to %u: "
                 "it was written by a newer abuse-milter; upgrade this one",
                 version, SCHEMA_VERSION);
    return FALSE;
}

static gboolean
make (Db *db, GError **error)
{
    return run (db, make_reports, "reports", error) && run (db, make_others, "", error);
}

static gboolean
move_from_2 (Db *db, GError **error)
{
    return run (db, make_reports, "reports_3", error) && db_exec (db, schema_move_to_3, error);
}

/* An empty database becomes the newest at once. */
static gboolean
migrate_from (Db *db, guint version, GError **error)
{
    if (version == 1 && !db_exec (db, schema_to_2, error))
        return FALSE;
    return (version == 0 ? make (db, error) : move_from_2 (db, error)) &&
           run (db, make_since_3, "", error) && db_exec (db, db->is->dialect.search_make, error) &&
           make_views (db, error) && db_set_version (db, SCHEMA_VERSION, error);
}

gboolean
schema_migrate (Db *db, GError **error)
{
    guint version;

    if (!db_version (db, &version, error) || !refuse_newer (version, error))
        return FALSE;
    if (version == SCHEMA_VERSION)
        return TRUE;
    if (!db_begin (db, error))
        return FALSE;
    /* Asked again under the lock: another process may have been quicker. */
    if (db_version (db, &version, error) && refuse_newer (version, error) &&
        migrate_from (db, version, error) && db_commit (db, error))
        return TRUE;
    db_rollback (db);
    return FALSE;
}

gboolean
schema_accept (Db *db, GError **error)
{
    guint version;

    if (!db_version (db, &version, error) || !refuse_newer (version, error))
        return FALSE;
    if (version == SCHEMA_VERSION)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_VERSION,
                 version == 0 ? "the log is empty: no mail has been logged yet"
                              : "the log has schema version %u, this program reads %u: "
                                "restart abuse-milter, which brings it up to date",
                 version, SCHEMA_VERSION);
    return FALSE;
}
