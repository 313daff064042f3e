#include "effect/logpast.h"

struct LogPast {
    DbStmt *by_id, *by_digest, *by_look;
    gint64 newest; /* seq, when this began */
};

static gboolean
newest_of (Db *db, gint64 *ret, GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (db, "SELECT coalesce (max (seq), 0) FROM reports", error);
    gboolean more;

    if (s == NULL || !db_step (s, &more, error))
        return FALSE;
    *ret = db_int (s, 0);
    return TRUE;
}

LogPast *
logpast_new (Db *db, GError **error)
{
    g_autoptr (LogPast) p = g_new0 (LogPast, 1);

    if (!newest_of (db, &p->newest, error))
        return NULL;
    p->by_id = db_prepare (db, "SELECT 1 FROM reports WHERE id = $1", error);
    if (p->by_id == NULL)
        return NULL;
    p->by_digest = db_prepare (db,
                               "SELECT 1 FROM reports WHERE substr (id, " G_STRINGIFY (
                                   MAILID_DIGEST_AT) " + 1) = $1 LIMIT 1",
                               error);
    if (p->by_digest == NULL)
        return NULL;
    p->by_look = db_prepare (db,
                             "SELECT 1 FROM reports WHERE id >= $1 AND id <= $2 AND seq <= $3"
                             " AND message_id = $4 AND coalesce (subject, '') = $5"
                             " AND coalesce (from_address, '') = $6"
                             " AND coalesce (accused, '') = $7 AND incident_count = $8 LIMIT 1",
                             error);
    return p->by_look != NULL ? g_steal_pointer (&p) : NULL;
}

void
logpast_free (LogPast *p)
{
    if (p == NULL)
        return;
    db_finalize (p->by_id);
    db_finalize (p->by_digest);
    db_finalize (p->by_look);
    g_free (p);
}

static gboolean
answer (DbStmt *s, gboolean *ret, GError **error)
{
    gboolean good = db_step (s, ret, error);

    db_reset (s);
    return good;
}

/* One without a time has got another one each time that it was brought. */
gboolean
logpast_has_id (LogPast *p, const MailId *id, gboolean *ret, GError **error)
{
    if (!id->dated) {
        db_bind_text (p->by_digest, 1, id->id + MAILID_DIGEST_AT);
        return answer (p->by_digest, ret, error);
    }
    db_bind_text (p->by_id, 1, id->id);
    return answer (p->by_id, ret, error);
}

static void
bind_or_empty (DbStmt *s, guint i, const char *text)
{
    db_bind_text (s, i, text != NULL ? text : "");
}

gboolean
logpast_has_row (LogPast *p, const LogRow *row, gboolean *ret, GError **error)
{
    static const guint8 lowest[10] = { 0 };
    guint8 highest[10];
    char first[ULID_LEN + 1], last[ULID_LEN + 1];

    *ret = FALSE;
    if (row->message_id == NULL)
        return TRUE;
    memset (highest, 0xff, sizeof highest);
    ulid_make (MAX (row->received_unix_ms - LOGPAST_NEAR_S * 1000, 0), lowest, first);
    ulid_make (row->received_unix_ms + LOGPAST_NEAR_S * 1000, highest, last);
    db_bind_text (p->by_look, 1, first);
    db_bind_text (p->by_look, 2, last);
    db_bind_int (p->by_look, 3, p->newest);
    db_bind_text (p->by_look, 4, row->message_id);
    bind_or_empty (p->by_look, 5, row->subject);
    bind_or_empty (p->by_look, 6, row->from_address);
    bind_or_empty (p->by_look, 7, row->accused);
    db_bind_int (p->by_look, 8, (gint64)MIN (row->incident_count, G_MAXINT64));
    return answer (p->by_look, ret, error);
}
