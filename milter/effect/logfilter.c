#include "effect/logfilter.h"
#include "effect/logindex.h"
#include "effect/logsearch.h"
#include "effect/schema.h"
#include <stdio.h>

#define MANY 2000

void
query_begin (Query *q)
{
    *q = (Query) { .sql = g_string_new (NULL) };
}

void
query_clear (Query *q)
{
    g_string_free (q->sql, TRUE);
    for (guint i = 0; i < q->n; i++)
        g_free (q->texts[i]);
}

guint
query_bind (Query *q, const char *text)
{
    g_assert (q->n < QUERY_MAX_TEXTS);
    q->texts[q->n++] = g_strdup (text);
    return q->n;
}

void
query_and (Query *q)
{
    g_string_append (q->sql, q->any ? " AND " : " WHERE ");
    q->any = TRUE;
}

void
query_compare (Query *q, const char *what, const char *text)
{
    if (text == NULL)
        return;
    query_and (q);
    g_string_append_printf (q->sql, "%s $%u", what, query_bind (q, text));
}

DbStmt *
query_prepare (const Query *q, LogReader *r, GError **error)
{
    DbStmt *s = db_prepare (r->db, q->sql->str, error);

    for (guint i = 0; s != NULL && i < q->n; i++)
        db_bind_text (s, i + 1, q->texts[i]);
    return s;
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

/* A condition that few rows meet is best met by asking for these; one that many do, by asking each
 * of the newest whether it does. */

static gboolean
are_many (LogReader *r, const char *table, const char *where, const char *first, const char *second)
{
    g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %u) some", table, where, MANY);
    g_autoptr (DbStmt) s = db_prepare (r->db, sql, NULL);
    gboolean more = FALSE;

    if (s == NULL)
        return FALSE;
    db_bind_text (s, 1, first);
    if (second != NULL)
        db_bind_text (s, 2, second);
    return db_step (s, &more, NULL) && more && db_int (s, 0) == MANY;
}

/* Addresses: those in the network, and the networks that an address lies in. */

static void
query_networks_around (Query *q, const Ip *ip)
{
    guint most = ip->family == 4 ? 32 : 128, least = ip->family == 4 ? 8 : 16;
    const char *apart = " OR ip_key IN (";

    for (guint bits = least; bits < most; bits++) {
        Ip base = *ip;
        char key[SCHEMA_KEY_MAX], text[IP_TEXT_MAX];

        for (guint bit = bits; bit < most; bit++)
            base.bytes[bit / 8] &= (guint8) ~(0x80 >> bit % 8);
        if (!schema_accused_key (ip_format (&base, text), bits, key))
            continue;
        g_string_append_printf (q->sql, "%s'%s'", apart, key); /* made of digits alone */
        apart = ",";
    }
    g_string_append_c (q->sql, ')');
}

gboolean
query_ip (Query *q, LogReader *r, const char *ip, GError **error)
{
    char first[SCHEMA_IP_KEY_MAX], last[SCHEMA_IP_KEY_MAX];
    IpNet net;
    gboolean many;
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
    many = are_many (r, "accused", "ip_key BETWEEN $1 AND $2", first, last);
    query_and (q);
    from = query_bind (q, first);
    g_string_append_printf (q->sql, "%s (ip_key BETWEEN $%u AND $%u",
                            many ? "EXISTS (SELECT 1 FROM accused WHERE report = seq AND"
                                 : "seq IN (SELECT report FROM accused WHERE",
                            from, query_bind (q, last));
    if (net.bits == (net.base.family == 4 ? 32 : 128))
        query_networks_around (q, &net.base);
    g_string_append (q->sql, "))");
    return TRUE;
}

/* Text: what the index finds, and what of the tail (logindex.h) has the words. */

static gboolean
is_found (const LogSearch *search, DbStmt *s)
{
    const char *const texts[] = { db_text (s, 1), db_text (s, 2), db_text (s, 3),
                                  db_text (s, 4), db_text (s, 5), db_text (s, 6),
                                  db_text (s, 7), db_text (s, 8), db_text (s, 9) };

    return logsearch_may_match (search, texts, G_N_ELEMENTS (texts));
}

/* Of the tail, those that may be what is looked for. */
static gboolean
candidates_in_tail (LogReader *r, const LogSearch *search, gint64 mark, GArray *seqs,
                    GError **error)
{
    g_autoptr (DbStmt) s = db_prepare (
        r->db,
        "SELECT seq, subject, from_address, from_name, sender, complainant_address, message_id,"
        " tor_relay, detail, text FROM reports LEFT JOIN details ON details.report = seq"
        " LEFT JOIN texts ON texts.report = seq WHERE seq > $1",
        error);
    gboolean more = TRUE;

    if (s == NULL)
        return FALSE;
    db_bind_int (s, 1, mark);
    while (db_step (s, &more, error)) {
        gint64 seq = more ? db_int (s, 0) : 0;

        if (!more)
            return TRUE;
        if (is_found (search, s))
            g_array_append_val (seqs, seq);
    }
    return FALSE;
}

static gboolean
has_words (LogReader *r, const LogSearch *search, gint64 seq)
{
    g_autoptr (GString) sql = g_string_new (NULL);
    g_autoptr (DbStmt) s = NULL;
    g_autoptr (LogRow) row = NULL;
    g_autofree char *words = NULL;
    gboolean more = FALSE;

    logread_select (sql, TRUE);
    g_string_append (sql, " WHERE seq = $1");
    s = db_prepare (r->db, sql->str, NULL);
    if (s == NULL)
        return FALSE;
    db_bind_int (s, 1, seq);
    row = db_step (s, &more, NULL) && more ? logread_row (s, TRUE, NULL) : NULL;
    words = row != NULL ? logsearch_row (row) : NULL;
    return words != NULL && logsearch_matches (search, words);
}

static gboolean
query_tail (Query *q, LogReader *r, const LogSearch *search, GError **error)
{
    g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
    gint64 mark = 0;

    if (!logindex_mark (r->db, &mark, error) || !candidates_in_tail (r, search, mark, seqs, error))
        return FALSE;
    g_string_append (q->sql, " OR seq IN (0");
    for (guint i = 0; i < seqs->len; i++)
        if (has_words (r, search, g_array_index (seqs, gint64, i)))
            g_string_append_printf (q->sql, ",%" G_GINT64_FORMAT, g_array_index (seqs, gint64, i));
    g_string_append (q->sql, "))");
    return TRUE;
}

static gboolean
query_text (Query *q, LogReader *r, const char *text, GError **error)
{
    const DbDialect *d = &r->db->is->dialect;
    g_autoptr (LogSearch) search = logsearch_new (text);
    g_autoptr (GString) match = g_string_new (d->search_match);
    g_autofree char *words = NULL, *number = NULL;

    if (text == NULL)
        return TRUE;
    query_and (q);
    if (logsearch_is_empty (search)) {
        g_string_append (q->sql, "1 = 0");
        return TRUE;
    }
    words = logsearch_query (search, d);
    number = g_strdup_printf ("$%u", query_bind (q, words));
    g_string_replace (match, "{seq}", "seq", 0);
    g_string_replace (match, "{query}", number, 0);
    g_string_append_printf (q->sql, "(%s", match->str);
    return query_tail (q, r, search, error);
}

/* The rest */

static void
query_like (Query *q, const char *column, const char *before, const char *text, const char *after)
{
    g_autoptr (GString) like = g_string_new (before);

    for (const char *p = text; *p != '\0'; p++) {
        if (strchr ("%_\\", *p) != NULL)
            g_string_append_c (like, '\\');
        g_string_append_c (like, g_ascii_tolower (*p));
    }
    g_string_append (like, after);
    g_string_append_printf (q->sql, "lower (%s) LIKE $%u ESCAPE '\\'", column,
                            query_bind (q, like->str));
}

/* An address, or what stands behind the @ or a dot in one. */
static void
query_reporter (Query *q, const char *reporter)
{
    static const char column[] = "coalesce (complainant_address, from_address, sender)";

    if (reporter == NULL)
        return;
    query_and (q);
    if (*reporter == '@')
        reporter++;
    if (strchr (reporter, '@') != NULL)
        query_like (q, column, "", reporter, "");
    else {
        g_string_append_c (q->sql, '(');
        query_like (q, column, "%@", reporter, "");
        g_string_append (q->sql, " OR ");
        query_like (q, column, "%.", reporter, "");
        g_string_append_c (q->sql, ')');
    }
}

static void
query_demand (Query *q, const char *demand)
{
    if (demand == NULL)
        return;
    query_and (q);
    query_like (q, "' ' || demands || ' '", "% ", demand, " %");
}

static void
query_state (Query *q, LogReader *r, const char *state)
{
    if (state == NULL)
        return;
    query_and (q);
    g_string_append_printf (q->sql,
                            are_many (r, "cases", "state = $1", state, NULL)
                                ? "EXISTS (SELECT 1 FROM cases WHERE id = case_id AND state = $%u)"
                                : "case_id IN (SELECT id FROM cases WHERE state = $%u)",
                            query_bind (q, state));
}

gboolean
query_filter (Query *q, LogReader *r, const LogFilter *f, GError **error)
{
    query_compare (q, "coalesce (correction_scenario, scenario) =", f->scenario);
    query_compare (q, "priority =", f->priority);
    query_compare (q, "tor_relay =", f->relay);
    query_compare (q, "case_id =", f->case_id);
    query_since (q, "id >=", f->since_unix_s);
    query_since (q, "id <", f->until_unix_s);
    query_reporter (q, f->reporter);
    query_demand (q, f->demand);
    query_state (q, r, f->state);
    if (f->corrected) {
        query_and (q);
        g_string_append (q->sql, "correction_scenario IS NOT NULL");
    }
    return query_ip (q, r, f->ip, error) && query_text (q, r, f->text, error);
}
