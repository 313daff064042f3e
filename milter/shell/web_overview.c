#include "base/calendar.h"
#include "effect/desk.h"
#include "effect/desk_list.h"
#include "effect/desk_overview.h"
#include "shell/web_pages.h"

#define DAY_S ((gint64)86400)
#define DAYS 28
#define URGENT_DAYS 7
#define TOP 12  /* of scenarios, relays, reporters */
#define ROWS 10 /* of urgent reports and open cases */
#define CASES 200

static void
count_free (gpointer data)
{
    DeskCount *c = data;

    g_free ((char *)c->name);
    g_free ((char *)c->link);
}

static GArray *
counts_new (void)
{
    GArray *counts = g_array_new (FALSE, FALSE, sizeof (DeskCount));

    g_array_set_clear_func (counts, count_free);
    return counts;
}

typedef struct Counting {
    GArray *counts;
    const char *filter; /* the parameter of /reports that leads to them */
} Counting;

static void
add_count (const LogCount *count, gpointer data)
{
    Counting *c = data;
    g_autoptr (GString) link = g_string_new (NULL);
    DeskCount one = { .name = g_strdup (count->name != NULL ? count->name : "(none)"),
                      .n = count->reports };

    if (count->name != NULL) {
        g_string_printf (link, "/reports?%s=", c->filter);
        desk_query (link, count->name);
        one.link = g_strdup (link->str);
    }
    g_array_append_val (c->counts, one);
}

static void
add_day (const LogCount *count, gpointer data)
{
    DeskOverview *o = data;
    gint64 day;

    if (!calendar_parse_rfc3339 (span_of (count->name), &day))
        return;
    day = (day - o->first_day_unix_s) / DAY_S;
    if (day >= 0 && day < o->n_days)
        o->days[day] = count->reports;
}

static void
add_urgent (const LogRow *row,
            gpointer data) /* the row is the reader's: what the list shows is kept */
{
    GPtrArray *rows = data;
    g_autoptr (Json) j = logrow_to_json (row);
    LogRow *copy = logrow_from_json (j);

    if (copy != NULL) {
        copy->accused = arena_strdup (copy->arena, row->accused);
        g_ptr_array_add (rows, copy);
    }
}

static LogCase *
case_copy (const LogCase *c)
{
    LogCase *copy = g_new (LogCase, 1);

    *copy = *c;
    copy->id = g_strdup (c->id);
    copy->scenario = g_strdup (c->scenario);
    copy->offender = g_strdup (c->offender);
    copy->relay = g_strdup (c->relay);
    copy->state = g_strdup (c->state);
    return copy;
}

static void
add_case (const LogCase *c, gpointer data)
{
    g_ptr_array_add (data, case_copy (c));
}

static gboolean
gather (LogReader *reader, DeskOverview *o, GError **error)
{
    LogFilter month = { .since_unix_s = o->first_day_unix_s, .limit = TOP };
    LogFilter urgent = { .priority = "urgent",
                         .since_unix_s = o->now_unix_s - URGENT_DAYS * DAY_S,
                         .limit = ROWS };
    LogCaseFilter live = { .state = "live", .now_unix_s = o->now_unix_s, .limit = ROWS };
    Counting scenarios = { o->scenarios, "scenario" }, relays = { o->relays, "relay" };
    Counting reporters = { o->reporters, "reporter" };

    return logreader_count (reader, LOGBY_SCENARIO, &month, add_count, &scenarios, error) &&
           logreader_count (reader, LOGBY_RELAY, &month, add_count, &relays, error) &&
           logreader_count (reader, LOGBY_REPORTER, &month, add_count, &reporters, error) &&
           logreader_count (reader, LOGBY_DAY,
                            &(LogFilter) { .since_unix_s = o->first_day_unix_s, .limit = DAYS },
                            add_day, o, error) &&
           logreader_list (reader, &urgent, add_urgent, o->urgent, error) &&
           logreader_cases (reader, &live, add_case, o->cases, error);
}

static void
overview_clear (DeskOverview *o)
{
    g_array_unref (o->scenarios);
    g_array_unref (o->relays);
    g_array_unref (o->reporters);
    g_ptr_array_unref (o->urgent);
    g_ptr_array_unref (o->cases);
    g_free (o->days);
}

void
web_overview (const WebAsked *asked, WebReply *reply)
{
    g_autoptr (LogReader) reader = web_log (asked, reply);
    g_autoptr (GError) error = NULL;
    gint64 today = asked->now_unix_s - asked->now_unix_s % DAY_S;
    DeskOverview o = { .first_day_unix_s = today - (DAYS - 1) * DAY_S,
                       .n_days = DAYS,
                       .now_unix_s = asked->now_unix_s };

    if (reader == NULL)
        return;
    o.scenarios = counts_new ();
    o.relays = counts_new ();
    o.reporters = counts_new ();
    o.days = g_new0 (guint64, DAYS);
    o.urgent = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    o.cases = g_ptr_array_new_with_free_func ((GDestroyNotify)logcase_free);
    if (gather (reader, &o, &error))
        web_send_html (reply, desk_overview (&o));
    else
        web_refuse (reply, 503, error->message);
    overview_clear (&o);
}

/* Cases */

typedef struct CaseListing {
    GString *page;
    gint64 now_unix_s;
    guint rows;
} CaseListing;

static void
list_case (const LogCase *c, gpointer data)
{
    CaseListing *l = data;

    l->rows++;
    desk_case_row (l->page, c, l->now_unix_s);
}

void
web_cases (const WebAsked *asked, WebReply *reply)
{
    static const DeskFrame frame = { "Cases", "/cases" };
    g_autoptr (LogReader) reader = web_log (asked, reply);
    g_autoptr (GError) error = NULL;
    LogCaseFilter filter = { .now_unix_s = asked->now_unix_s, .limit = CASES };
    CaseListing l = { NULL, asked->now_unix_s, 0 };

    if (reader == NULL)
        return;
    l.page = desk_begin (&frame);
    g_string_append (l.page, "<section>\n<ul class=\"rows\">\n");
    if (!logreader_cases (reader, &filter, list_case, &l, &error)) {
        g_string_free (l.page, TRUE);
        web_refuse (reply, 503, error->message);
        return;
    }
    g_string_append (l.page, "</ul>\n");
    if (l.rows == 0)
        g_string_append (l.page, "<p class=\"none\">No case.</p>\n");
    else if (l.rows == CASES)
        desk_printf (l.page, "<p class=\"soft\">Only the first %u are shown.</p>\n", CASES);
    g_string_append (l.page, "</section>\n");
    web_send (reply, l.page);
}

static void
note_free (gpointer data)
{
    LogNote *n = data;

    g_free ((char *)n->author);
    g_free ((char *)n->note);
    g_free (n);
}

static void
add_note (const LogNote *note, gpointer data)
{
    LogNote *copy = g_new (LogNote, 1);

    *copy = (LogNote) { note->made_unix_ms, g_strdup (note->author), g_strdup (note->note) };
    g_ptr_array_add (data, copy);
}

static void
list_row (const LogRow *row, gpointer data)
{
    desk_row (data, row);
}

void
web_case (const WebAsked *asked, WebReply *reply)
{
    g_autoptr (LogReader) reader = web_log (asked, reply);
    g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (note_free);
    g_autoptr (GString) rows = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (LogCase) c = NULL;
    LogFilter filter = { .limit = CASES };

    if (reader == NULL)
        return;
    c = logreader_case (reader, asked->id, &error);
    if (c == NULL) {
        web_refuse (reply, error->domain == LOGQUERY_ERROR ? 404 : 503, error->message);
        return;
    }
    filter.case_id = c->id;
    desk_rows_begin (rows);
    if (logreader_notes (reader, c->id, add_note, notes, &error) &&
        logreader_list (reader, &filter, list_row, rows, &error)) {
        g_string_append (rows, "</ul>\n");
        web_send_html (reply, desk_case (c, notes, rows, asked->now_unix_s));
    } else
        web_refuse (reply, 503, error->message);
}
