#include "effect/desk.h"
#include "effect/desk_list.h"
#include "effect/desk_report.h"
#include "effect/reply.h"
#include "judge/judge.h"
#include "shell/readlog.h"
#include "shell/web_pages.h"

#define DESK_ROWS 50
#define MAX_SKIP 1000000

static gboolean
time_asked (const WebAsked *asked, const char *name, gint64 *ret_unix_s, WebReply *reply)
{
    const char *text = web_param (asked->request, name);

    if (text == NULL || readlog_parse_time (text, asked->now_unix_s, ret_unix_s))
        return TRUE;
    web_refuse (reply, 400,
                "A time is expected as 2026-11-20, 2026-11-20T03:04:05Z, 12h, 7d or 4w.");
    return FALSE;
}

static DeskFilter
filter_asked (const WebAsked *asked)
{
    const WebRequest *r = asked->request;

    return (DeskFilter) { .text = web_param (r, "q"),
                          .scenario = web_param (r, "scenario"),
                          .priority = web_param (r, "priority"),
                          .ip = web_param (r, "ip"),
                          .since = web_param (r, "since"),
                          .until = web_param (r, "until"),
                          .state = web_param (r, "state"),
                          .reporter = web_param (r, "reporter"),
                          .relay = web_param (r, "relay") };
}

typedef struct Listing {
    GString *page;
    guint rows;
} Listing;

static void
list_row (const LogRow *row, gpointer data)
{
    Listing *l = data;

    if (l->rows++ < DESK_ROWS)
        desk_row (l->page, row);
}

static guint
skip_asked (const WebAsked *asked)
{
    const char *text = web_param (asked->request, "skip");
    guint64 n = 0;

    return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, MAX_SKIP, &n, NULL) ? (guint)n
                                                                                        : 0;
}

static void
page_link (GString *page, const DeskFilter *typed, guint skip, const char *text)
{
    g_string_append (page, "<a href=\"/reports?");
    desk_filter_query (page, typed);
    desk_printf (page, "&amp;skip=%u\">%s</a>\n", skip, text);
}

static void
print_pages (GString *page, const DeskFilter *typed, guint skip, gboolean more)
{
    if (skip == 0 && !more)
        return;
    g_string_append (page, "<nav class=\"pages\" aria-label=\"Pages\">\n");
    if (skip > 0)
        page_link (page, typed, skip > DESK_ROWS ? skip - DESK_ROWS : 0, "Newer");
    if (more)
        page_link (page, typed, skip + DESK_ROWS, "Older");
    g_string_append (page, "</nav>\n");
}

static char **
scenario_ids (const Rules *rules)
{
    char **ids = g_new0 (char *, rules->n_scenarios + 1);

    for (guint i = 0; i < rules->n_scenarios; i++)
        ids[i] = g_strdup (rules->classes[i].id);
    return ids;
}

void
web_reports (const WebAsked *asked, WebReply *reply)
{
    static const DeskFrame frame = { "Reports", "/reports" };
    DeskFilter typed = filter_asked (asked);
    LogFilter filter = { .scenario = typed.scenario,
                         .priority = typed.priority,
                         .ip = typed.ip,
                         .text = typed.text,
                         .relay = typed.relay,
                         .reporter = typed.reporter,
                         .state = typed.state,
                         .limit = DESK_ROWS + 1,
                         .skip = skip_asked (asked) };
    g_auto (GStrv) scenarios = scenario_ids (asked->know->rules);
    g_autoptr (LogReader) reader = NULL;
    g_autoptr (GError) error = NULL;
    Listing l = { NULL, 0 };

    if (!time_asked (asked, "since", &filter.since_unix_s, reply) ||
        !time_asked (asked, "until", &filter.until_unix_s, reply) ||
        (reader = web_log (asked, reply)) == NULL)
        return;
    l.page = desk_begin (&frame);
    desk_filter_form (l.page, "/reports", &typed, (const char *const *)scenarios);
    g_string_append (l.page, "<section>\n");
    desk_rows_begin (l.page);
    if (!logreader_list (reader, &filter, list_row, &l, &error)) {
        g_string_free (l.page, TRUE);
        web_refuse (reply, error->domain == LOGQUERY_ERROR ? 400 : 503, error->message);
        return;
    }
    desk_rows_end (l.page, l.rows);
    print_pages (l.page, &typed, filter.skip, l.rows > DESK_ROWS);
    g_string_append (l.page, "</section>\n");
    web_send (reply, l.page);
}

/* The draft's head lines that matter, and its text. */
static char *
draft_of (Arena *arena, const WebAsked *asked, const LogRow *row, const Facts *facts)
{
    ReplyAsk ask = { row, facts, asked->know, asked->now_unix_s };
    Draft *draft = reply_draft (arena, &ask, NULL);

    if (draft == NULL)
        return NULL;
    return g_strdup_printf ("To: %s\nSubject: %s\n\n%s",
                            draft->to_address != NULL ? draft->to_address : "(nobody to write to)",
                            draft->subject, draft->body);
}

static void
send_report (const WebAsked *asked, const LogRow *row, WebReply *reply)
{
    g_autoptr (Arena) arena = arena_new (asked->know->settings->memory_limit_bytes);
    const Facts *facts = NULL;
    g_autofree char *draft = NULL;
    char *page;

    if (row->text != NULL)
        facts = judge_mail (asked->know, arena, span_of (row->text), row->received_unix_ms / 1000)
                    ->facts;
    draft = draft_of (arena, asked, row, facts);
    page = desk_report (&(DeskReport) { .row = row, .facts = facts, .draft = draft });
    web_send_html (reply, page);
}

void
web_report (const WebAsked *asked, WebReply *reply)
{
    g_autoptr (LogReader) reader = web_log (asked, reply);
    g_autoptr (GError) error = NULL;
    g_autoptr (LogRow) row = NULL;

    if (reader == NULL)
        return;
    row = logreader_get (reader, asked->id, &error);
    if (row != NULL)
        send_report (asked, row, reply);
    else
        web_refuse (reply, error->domain == LOGQUERY_ERROR ? 404 : 503, error->message);
}
