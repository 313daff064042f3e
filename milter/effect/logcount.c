/* How many reports there are by what. */
#include "base/calendar.h"
#include "effect/logfilter.h"
#include <string.h>

static const struct {
    const char *name, *group;
} groups[N_LOGBYS] = {
    [LOGBY_SCENARIO] = { "scenario", "coalesce (correction_scenario, scenario)" },
    [LOGBY_RELAY] = { "relay", "tor_relay" },
    [LOGBY_REPORTER] = { "reporter", "coalesce (complainant_address, from_address, sender)" },
    [LOGBY_DAY] = { "day", "received_unix_ms / 86400000" },
    [LOGBY_PRIORITY] = { "priority", "priority" },
};

const char *
logby_name (LogBy by)
{
    return groups[by].name;
}

gboolean
logby_from_name (const char *name, LogBy *ret)
{
    for (guint i = 0; i < N_LOGBYS; i++)
        if (strcmp (name, groups[i].name) == 0) {
            *ret = (LogBy)i;
            return TRUE;
        }
    return FALSE;
}

static const char *
day_name (gint64 day, char ret[RFC3339_MAX])
{
    calendar_rfc3339 (day * 86400, ret);
    ret[strlen ("2026-11-20")] = '\0';
    return ret;
}

static void
visit_one (DbStmt *s, LogBy by, void (*visit) (const LogCount *count, gpointer data), gpointer data)
{
    char day[RFC3339_MAX];
    const LogCount count = { .name =
                                 by == LOGBY_DAY ? day_name (db_int (s, 0), day) : db_text (s, 0),
                             .reports = (guint64)db_int (s, 1),
                             .incidents = (guint64)db_int (s, 2),
                             .last_unix_ms = db_int (s, 3) };

    visit (&count, data);
}

/* Of days the last ones, but in their order: asked for backwards, turned round by the outer SELECT.
 */
static void
append_tail (Query *q, LogBy by, guint limit)
{
    g_string_append_printf (q->sql, " GROUP BY 1 ORDER BY %s DESC LIMIT %u",
                            by == LOGBY_DAY ? "1" : "2", limit);
    if (by == LOGBY_DAY) {
        g_string_prepend (q->sql, "SELECT * FROM (");
        g_string_append (q->sql, ") days ORDER BY 1");
    }
}

gboolean
logreader_count (LogReader *r, LogBy by, const LogFilter *filter,
                 void (*visit) (const LogCount *count, gpointer data), gpointer data,
                 GError **error)
{
    g_autoptr (DbStmt) s = NULL;
    gboolean good, more = TRUE;
    Query q;

    query_begin (&q);
    g_string_append_printf (
        q.sql,
        "SELECT %s AS name, count (*) AS reports, CAST (sum (incident_count) AS BIGINT) AS n,"
        " max (received_unix_ms) AS last FROM reports",
        groups[by].group);
    good = query_filter (&q, r, filter, error);
    append_tail (&q, by, filter->limit > 0 ? filter->limit : LOGFILTER_LIMIT);
    s = good ? query_prepare (&q, r, error) : NULL;
    good = s != NULL;
    while (good && (good = db_step (s, &more, error)) && more)
        visit_one (s, by, visit, data);
    query_clear (&q);
    return good;
}
