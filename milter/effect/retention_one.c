/* What is done to one report. */
#include "effect/anonymise.h"
#include "effect/logdetail.h"
#include "effect/logsearch.h"
#include "effect/retention_inner.h"
#include "effect/schema.h"

#define EMPTY " AND NOT EXISTS (SELECT 1 FROM reports WHERE case_id = $1)"

const char *const retention_sqls[N_SQL] = {
    [SQL_ACCUSED] = "DELETE FROM accused WHERE report = $1 AND ip_key = $2",
    [SQL_ACCUSED_ALL] = "DELETE FROM accused WHERE report = $1",
    [SQL_DETAILS] = "DELETE FROM details WHERE report = $1",
    [SQL_TEXT] = "DELETE FROM texts WHERE report = $1",
    [SQL_CORRECTIONS] = "DELETE FROM corrections WHERE report = $1",
    [SQL_SEARCH] = "DELETE FROM search WHERE report = $1",
    [SQL_REPORT] = "DELETE FROM reports WHERE seq = $1",
    [SQL_CASE_COUNT] = "UPDATE cases SET reports ="
                       " (SELECT count (*) FROM reports WHERE case_id = $1) WHERE id = $1",
    [SQL_CASE_NOTES] = "DELETE FROM case_notes WHERE case_id = $1" EMPTY,
    [SQL_CASE] = "DELETE FROM cases WHERE id = $1" EMPTY,
    /* A database may give the number of a deleted last report to the next one, which is not in the
     * index then. */
    [SQL_MARK] = "UPDATE indexed SET report = (SELECT coalesce (max (seq), 0) FROM reports)"
                 " WHERE report > (SELECT coalesce (max (seq), 0) FROM reports)",
    [SQL_HIDE] = "UPDATE reports SET sender = NULL, message_id = NULL, from_address = NULL,"
                 " from_name = NULL, complainant_address = NULL, correction_note = NULL,"
                 " subject = '" ANONYMISED_SUBJECT "', accused = $1 WHERE seq = $2",
    [SQL_HIDE_DETAILS] = "UPDATE details SET detail = $1 WHERE report = $2",
    [SQL_HIDE_CORRECTIONS] = "UPDATE corrections SET note = NULL WHERE report = $1",
    [SQL_HIDE_OFFENDER] = "UPDATE cases SET offender = NULL WHERE id = $1 AND offender = $2",
    [SQL_HIDE_NOTES] = "DELETE FROM case_notes WHERE case_id = $1 AND made_unix_ms < $2",
    [SQL_ACCUSE] = "INSERT INTO accused (report, ip_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [SQL_SEARCHABLE] = "INSERT INTO search (report, text) SELECT CAST ($1 AS BIGINT),"
                       " CAST ($2 AS TEXT)"
                       " WHERE $1 <= (SELECT max (report) FROM indexed)",
};

static gboolean
run (Retention *r, Sql sql, gint64 report, const char *text, GError **error)
{
    db_bind_int (r->statements[sql], 1, report);
    if (text != NULL)
        db_bind_text (r->statements[sql], 2, text);
    return db_run (r->statements[sql], error);
}

static gboolean
run_hide (Retention *r, Sql sql, gint64 report, const char *text, GError **error)
{
    db_bind_text (r->statements[sql], 1, text);
    db_bind_int (r->statements[sql], 2, report);
    return db_run (r->statements[sql], error);
}

static gboolean
run_case (Retention *r, Sql sql, const char *case_id, GError **error)
{
    db_bind_text (r->statements[sql], 1, case_id);
    if (sql == SQL_HIDE_NOTES)
        db_bind_int (r->statements[sql], 2, r->before_unix_ms);
    return db_run (r->statements[sql], error);
}

/* Whom it accuses: by the keys, for there is no index of reports in that table. */
static gboolean
change_accused (Retention *r, Sql sql, const Old *o, GError **error)
{
    const LogIncident *before = NULL;
    char key[SCHEMA_KEY_MAX];

    if (o->row == NULL)
        return sql != SQL_ACCUSED || run (r, SQL_ACCUSED_ALL, o->seq, NULL, error);
    for (guint i = 0; i < o->row->n_incidents; i++) {
        const LogIncident *in = &o->row->incidents[i];

        if (in->ip == NULL || !schema_accused_key (in->ip, in->bits, key) ||
            (before != NULL && before->bits == in->bits && g_str_equal (before->ip, in->ip)))
            continue;
        before = in;
        if (!run (r, sql, o->seq, key, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
retention_prune_one (Retention *r, const Old *o, GError **error)
{
    static const Sql whole[] = { SQL_DETAILS, SQL_TEXT, SQL_CORRECTIONS, SQL_SEARCH, SQL_REPORT };

    if (!change_accused (r, SQL_ACCUSED, o, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
        if (!run (r, whole[i], o->seq, NULL, error))
            return FALSE;
    return TRUE;
}

gboolean
retention_prune_case (Retention *r, const char *case_id, GError **error)
{
    static const Sql of_case[] = { SQL_CASE_COUNT, SQL_CASE_NOTES, SQL_CASE };

    for (gsize i = 0; i < G_N_ELEMENTS (of_case); i++)
        if (!run_case (r, of_case[i], case_id, error))
            return FALSE;
    return TRUE;
}

static gboolean
hide_case (Retention *r, const Old *o, const char *accused, GError **error)
{
    DbStmt *s = r->statements[SQL_HIDE_OFFENDER];

    if (o->case_id == NULL)
        return TRUE;
    if (g_strcmp0 (o->accused, accused) != 0) {
        db_bind_text (s, 1, o->case_id);
        db_bind_text (s, 2, o->accused);
        if (!db_run (s, error))
            return FALSE;
    }
    return run_case (r, SQL_HIDE_NOTES, o->case_id, error);
}

static gboolean
hide_details (Retention *r, const Old *o, GError **error)
{
    g_string_truncate (r->json, 0);
    if (o->row != NULL)
        logdetail_write (o->row, r->json);
    return run_hide (r, SQL_HIDE_DETAILS, o->seq, o->row != NULL ? r->json->str : "{}", error);
}

static gboolean
hide_search (Retention *r, const Old *o, GError **error)
{
    g_autofree char *words = o->row != NULL ? logsearch_row (o->row) : NULL;

    return run (r, SQL_SEARCH, o->seq, NULL, error) &&
           (words == NULL || run (r, SQL_SEARCHABLE, o->seq, words, error));
}

gboolean
retention_anonymise_one (Retention *r, const Old *o, GError **error)
{
    const char *accused;

    if (!change_accused (r, SQL_ACCUSED, o, error))
        return FALSE;
    if (o->row != NULL)
        anonymise_row (o->row, r->settings);
    accused = o->row != NULL ? o->row->accused : NULL;
    return run_hide (r, SQL_HIDE, o->seq, accused, error) && hide_details (r, o, error) &&
           run (r, SQL_TEXT, o->seq, NULL, error) &&
           run (r, SQL_HIDE_CORRECTIONS, o->seq, NULL, error) && hide_search (r, o, error) &&
           change_accused (r, SQL_ACCUSE, o, error) && hide_case (r, o, accused, error);
}
