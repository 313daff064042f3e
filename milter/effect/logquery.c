#include "effect/logquery.h"
#include "effect/logread.h"
#include "effect/logspool.h"
#include "effect/schema.h"

#define BUSY_MS 2000
#define MIN_ID_LEN 6
#define MAX_TEXT 64 /* texts bound to one query */

G_DEFINE_QUARK (abuse_milter_logquery_error, logquery_error)

LogReader *
logreader_open (const char *uri, GError **error)
{
    g_autoptr (Db) db = db_open (uri, DB_READ, BUSY_MS, error);
    const char *where;
    LogReader *r;

    if (db == NULL || !schema_accept (db, error) || db_backend (uri, &where, error) == NULL)
        return NULL;
    r = g_new0 (LogReader, 1);
    r->db = g_steal_pointer (&db);
    r->spool = g_strconcat (where, ".spool", NULL);
    return r;
}

void
logreader_close (LogReader *r)
{
    if (r == NULL)
        return;
    db_close (r->db);
    g_free (r->spool);
    g_free (r);
}

/* Queries */

typedef struct Query {
    GString *sql;
    char *texts[MAX_TEXT]; /* of $1, $2, ... */
    guint n;
    gboolean any; /* a condition stands already */
} Query;

static void
query_begin (Query *q, gboolean whole)
{
    *q = (Query) { .sql = g_string_new (NULL) };
    logread_select (q->sql, whole);
}

static void
query_clear (Query *q)
{
    g_string_free (q->sql, TRUE);
    for (guint i = 0; i < q->n; i++)
        g_free (q->texts[i]);
}

static guint
query_bind (Query *q, const char *text)
{
    g_assert (q->n < MAX_TEXT);
    q->texts[q->n++] = g_strdup (text);
    return q->n;
}

static void
query_and (Query *q)
{
    g_string_append (q->sql, q->any ? " AND " : " WHERE ");
    q->any = TRUE;
}

static void
query_compare (Query *q, const char *what, const char *text)
{
    if (text == NULL)
        return;
    query_and (q);
    g_string_append_printf (q->sql, "%s $%u", what, query_bind (q, text));
}

static void
query_since (Query *q, const char *what, gint64 unix_s) /* the id tells the time */
{
    static const guint8 first[10] = { 0 };
    char id[ULID_LEN + 1];

    if (unix_s == 0)
        return;
    ulid_make (unix_s * 1000, first, id);
    query_compare (q, what, id);
}

static void
query_text (Query *q, const char *text)
{
    static const char *const columns[] = { "subject", "from_address", "from_name", "sender" };
    g_autoptr (GString) like = g_string_new ("%");

    if (text == NULL)
        return;
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr ("%_\\", *p) != NULL)
            g_string_append_c (like, '\\');
        g_string_append_c (like, g_ascii_tolower (*p));
    }
    g_string_append_c (like, '%');
    query_and (q);
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        g_string_append_printf (q->sql, "%slower (%s) LIKE $%u ESCAPE '\\'", i > 0 ? " OR " : "(",
                                columns[i], query_bind (q, like->str));
    g_string_append_c (q->sql, ')');
}

static gboolean
query_ip (Query *q, const char *ip, GError **error)
{
    char first[SCHEMA_IP_KEY_MAX], last[SCHEMA_IP_KEY_MAX];
    IpNet net;
    guint from;

    if (ip == NULL)
        return TRUE;
    if (!ipnet_parse (span_of (ip), &net)) {
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ADDRESS,
                     "'%s' is no address: expected 198.51.100.7, 198.51.100.0/24 or 2001:db8::/32",
                     ip);
        return FALSE;
    }
    schema_net_keys (&net, first, last);
    query_and (q);
    from = query_bind (q, first);
    g_string_append_printf (q->sql,
                            "seq IN (SELECT report FROM accused WHERE ip_key BETWEEN $%u AND $%u)",
                            from, query_bind (q, last));
    return TRUE;
}

static DbStmt *
query_prepare (LogReader *r, const Query *q, GError **error)
{
    DbStmt *s = db_prepare (r->db, q->sql->str, error);

    for (guint i = 0; s != NULL && i < q->n; i++)
        db_bind_text (s, i + 1, q->texts[i]);
    return s;
}

static gboolean
visit_all (LogReader *r, const Query *q, gboolean whole,
           void (*visit) (const LogRow *row, gpointer data), gpointer data, GError **error)
{
    g_autoptr (DbStmt) s = query_prepare (r, q, error);
    gboolean more = TRUE;

    while (s != NULL && db_step (s, &more, error)) {
        g_autoptr (LogRow) row = NULL;

        if (!more)
            return TRUE;
        row = logread_row (s, whole, error);
        if (row == NULL)
            return FALSE;
        visit (row, data);
    }
    return FALSE;
}

gboolean
logreader_list (LogReader *r, const LogFilter *filter,
                void (*visit) (const LogRow *row, gpointer data), gpointer data, GError **error)
{
    gboolean good;
    Query q;

    query_begin (&q, filter->whole);
    query_compare (&q, "scenario =", filter->scenario);
    query_compare (&q, "priority =", filter->priority);
    query_since (&q, "id >=", filter->since_unix_s);
    query_since (&q, "id <", filter->until_unix_s);
    query_text (&q, filter->text);
    good = query_ip (&q, filter->ip, error);
    g_string_append_printf (q.sql, " ORDER BY id DESC LIMIT %u",
                            filter->limit > 0 ? filter->limit : LOGFILTER_LIMIT);
    good = good && visit_all (r, &q, filter->whole, visit, data, error);
    query_clear (&q);
    return good;
}

/* The first two whose id begins so: more than one is one too many. */
static LogRow *
get_only (LogReader *r, const Query *q, const char *id, GError **error)
{
    g_autoptr (DbStmt) s = query_prepare (r, q, error);
    g_autoptr (LogRow) row = NULL;
    gboolean more;

    if (s == NULL || !db_step (s, &more, error))
        return NULL;
    if (!more) {
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING,
                     "no report has an id that begins with %s", id);
        return NULL;
    }
    row = logread_row (s, TRUE, error);
    if (row == NULL || !db_step (s, &more, error))
        return NULL;
    if (more) {
        g_set_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID,
                     "several reports have an id that begins with %s, %s and %s among them: "
                     "give more of it",
                     id, row->id, db_text (s, 2));
        return NULL;
    }
    return g_steal_pointer (&row);
}

LogRow *
logreader_get (LogReader *r, const char *id, GError **error)
{
    g_autofree char *first = g_ascii_strup (id, -1), *last = NULL;
    gsize n = strlen (first);
    LogRow *row;
    Query q;

    if (n < MIN_ID_LEN || n > ULID_LEN || strspn (first, ULID_ALPHABET) != n) {
        g_set_error (
            error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID,
            "no id: expected the %d letters and digits of X-Abuse-Id, or the first %d or more",
            ULID_LEN, MIN_ID_LEN);
        return NULL;
    }
    last = g_strnfill (ULID_LEN, 'Z');
    memcpy (last, first, n);
    query_begin (&q, TRUE);
    query_compare (&q, "id >=", first);
    query_compare (&q, "id <=", last);
    g_string_append (q.sql, " ORDER BY id LIMIT 2");
    row = get_only (r, &q, first, error);
    query_clear (&q);
    return row;
}

static char *
summary_of (const LogReader *r, gint64 reports)
{
    guint64 waiting = logspool_count (r->spool), bad = logspool_count_bad (r->spool);
    GString *out = g_string_new (NULL);

    g_string_printf (out, "schema version %d, %" G_GINT64_FORMAT " reports, undamaged",
                     SCHEMA_VERSION, reports);
    if (waiting > 0)
        g_string_append_printf (out, "; %" G_GUINT64_FORMAT " rows wait in %s", waiting, r->spool);
    if (bad > 0)
        g_string_append_printf (
            out, "; %" G_GUINT64_FORMAT " lines that are no rows were put into %s.bad", bad,
            r->spool);
    return g_string_free (out, FALSE);
}

gboolean
logreader_check (LogReader *r, char **ret_summary, GError **error)
{
    g_autoptr (DbStmt) s = NULL;
    gboolean more;

    if (!db_check (r->db, error))
        return FALSE;
    s = db_prepare (r->db, "SELECT count (*) FROM reports", error);
    if (s == NULL || !db_step (s, &more, error))
        return FALSE;
    *ret_summary = summary_of (r, db_int (s, 0));
    return TRUE;
}
