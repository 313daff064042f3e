#include "effect/retention.h"
#include "effect/anonymise.h"
#include "effect/logread.h"
#include "effect/retention_inner.h"
#include "effect/schema.h"

#define BUSY_MS 60000

#define OLD "id < $1"
#define NOT_YET " AND (subject IS NULL OR subject <> '" ANONYMISED_SUBJECT "')"

/* Cases of which no report will be left. */
#define EMPTIED                                                                                    \
    "SELECT case_id FROM reports WHERE case_id IS NOT NULL"                                        \
    " GROUP BY case_id HAVING max (id) < $1"

static const struct {
    const char *which;                                  /* of the reports */
    const char *reports, *texts, *cases, *live, *notes; /* counts; NULL: 0 */
} kinds[] = {
    [RETENTION_PRUNE] = { "", "SELECT count (*) FROM reports WHERE " OLD,
                          "SELECT count (*) FROM texts, reports WHERE seq = report AND " OLD,
                          "SELECT count (*) FROM (" EMPTIED ") emptied",
                          "SELECT count (*) FROM cases WHERE state <> 'closed' AND id IN (" EMPTIED
                          ")",
                          NULL },
    [RETENTION_ANONYMISE] = { NOT_YET, "SELECT count (*) FROM reports WHERE " OLD NOT_YET,
                              "SELECT count (*) FROM texts, reports WHERE seq = report AND " OLD
                                  NOT_YET,
                              NULL, NULL,
                              "SELECT count (*) FROM case_notes WHERE case_id IN"
                              " (SELECT case_id FROM reports WHERE " OLD NOT_YET
                              ") AND made_unix_ms < $2" },
};

static void
old_free (gpointer data)
{
    Old *o = data;

    logrow_free (o->row);
    g_free (o->accused);
    g_free (o->case_id);
    g_free (o);
}

static gboolean
prepare_all (Retention *r, GError **error)
{
    g_autoptr (GString) next = g_string_new (NULL);

    logread_select (next, TRUE);
    g_string_append_printf (next, " WHERE id > $1 AND id < $2%s ORDER BY id LIMIT $3",
                            kinds[r->kind].which);
    r->next = db_prepare (r->db, next->str, error);
    for (guint i = 0; i < N_SQL && r->next != NULL; i++)
        if ((r->statements[i] = db_prepare (r->db, retention_sqls[i], error)) == NULL)
            return FALSE;
    return r->next != NULL;
}

static Old *
old_of (DbStmt *s)
{
    Old *o = g_new0 (Old, 1);

    o->seq = db_int (s, 0);
    o->row = logread_row (s, TRUE, NULL);
    if (o->row != NULL) {
        o->accused = g_strdup (o->row->accused);
        o->case_id = g_strdup (o->row->case_id);
    }
    g_strlcpy (o->id, db_text (s, 2), sizeof o->id);
    return o;
}

static gboolean
read_next (Retention *r, guint max, GPtrArray *ret, GError **error)
{
    gboolean good, more = TRUE;

    db_bind_text (r->next, 1, r->after);
    db_bind_text (r->next, 2, r->before);
    db_bind_int (r->next, 3, max);
    while ((good = db_step (r->next, &more, error)) && more)
        g_ptr_array_add (ret, old_of (r->next));
    db_reset (r->next);
    return good;
}

/* A case may have thousands of them: once for all. */
static gboolean
prune_cases (Retention *r, const GPtrArray *olds, GError **error)
{
    g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < olds->len; i++) {
        const Old *o = olds->pdata[i];

        if (o->case_id != NULL && g_hash_table_add (done, o->case_id) &&
            !retention_prune_case (r, o->case_id, error))
            return FALSE;
    }
    return db_run (r->statements[SQL_MARK], error);
}

static gboolean
change_all (Retention *r, const GPtrArray *olds, GError **error)
{
    gboolean prune = r->kind == RETENTION_PRUNE;

    for (guint i = 0; i < olds->len; i++)
        if (!(prune ? retention_prune_one : retention_anonymise_one) (r, olds->pdata[i], error))
            return FALSE;
    return !prune || prune_cases (r, olds, error);
}

gboolean
retention_step (Retention *r, guint max, guint *ret_done, GError **error)
{
    g_autoptr (GPtrArray) olds = g_ptr_array_new_with_free_func (old_free);

    *ret_done = 0;
    if (!db_begin (r->db, error))
        return FALSE;
    if (!read_next (r, max, olds, error) || !change_all (r, olds, error) ||
        !db_commit (r->db, error)) {
        db_rollback (r->db);
        return FALSE;
    }
    *ret_done = olds->len;
    if (olds->len > 0)
        g_strlcpy (r->after, ((const Old *)olds->pdata[olds->len - 1])->id, sizeof r->after);
    return TRUE;
}

static gboolean
count (Retention *r, const char *sql, guint64 *ret, GError **error)
{
    g_autoptr (DbStmt) s = NULL;
    gboolean more;

    *ret = 0;
    if (sql == NULL)
        return TRUE;
    s = db_prepare (r->db, sql, error);
    if (s == NULL)
        return FALSE;
    db_bind_text (s, 1, r->before);
    if (strstr (sql, "$2") != NULL)
        db_bind_int (s, 2, r->before_unix_ms);
    if (!db_step (s, &more, error))
        return FALSE;
    *ret = (guint64)db_int (s, 0);
    return TRUE;
}

gboolean
retention_count (Retention *r, RetentionCounts *ret, GError **error)
{
    return count (r, kinds[r->kind].reports, &ret->reports, error) &&
           count (r, kinds[r->kind].texts, &ret->texts, error) &&
           count (r, kinds[r->kind].cases, &ret->cases, error) &&
           count (r, kinds[r->kind].live, &ret->live, error) &&
           count (r, kinds[r->kind].notes, &ret->notes, error);
}

Retention *
retention_new (const char *uri, RetentionKind kind, gint64 before_unix_s, const Settings *settings,
               GError **error)
{
    static const guint8 lowest[10] = { 0 };
    g_autoptr (LogReader) there = logreader_open (uri, error); /* it is not made by this */
    g_autoptr (Retention) r = g_new0 (Retention, 1);

    r->kind = kind;
    r->settings = settings;
    r->before_unix_ms = before_unix_s * 1000;
    r->json = g_string_new (NULL);
    ulid_make (MAX (r->before_unix_ms, 0), lowest, r->before);
    r->db = there != NULL ? db_open (uri, DB_WRITE, BUSY_MS, error) : NULL;
    if (r->db == NULL || !schema_migrate (r->db, error) || !prepare_all (r, error))
        return NULL;
    return g_steal_pointer (&r);
}

void
retention_free (Retention *r)
{
    if (r == NULL)
        return;
    db_finalize (r->next);
    for (guint i = 0; i < N_SQL; i++)
        db_finalize (r->statements[i]);
    db_close (r->db);
    g_string_free (r->json, TRUE);
    g_free (r);
}
