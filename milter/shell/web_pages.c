#include "shell/web_pages.h"
#include "effect/desk.h"
#include "effect/logquery.h"
#include <string.h>

static const char html[] = "text/html; charset=utf-8", plain[] = "text/plain; charset=utf-8";

static const char icon[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"#23568f\" "
    "d=\"M1 3h14v10H1z\"/><path fill=\"none\" stroke=\"#fff\" stroke-width=\"1.5\" "
    "d=\"M1.5 3.5 8 9l6.5-5.5\"/></svg>\n";

static void
send_text (WebReply *reply, const char *type, char *body)
{
    *reply = (WebReply) { 200, type, body, strlen (body), FALSE };
}

void
web_send_html (WebReply *reply, char *text)
{
    send_text (reply, html, text);
}

void
web_send (WebReply *reply, GString *page)
{
    web_send_html (reply, desk_end (page));
}

static void
send_constant (WebReply *reply, const char *type, const char *body)
{
    send_text (reply, type, g_strdup (body));
    reply->cacheable = TRUE;
}

void
web_refuse (WebReply *reply, guint status, const char *sentence)
{
    const DeskFrame frame = { status == 404 ? "Not found" : "Sorry", NULL };
    GString *page = desk_begin (&frame);

    desk_printf (page, "<p>%s</p>\n", sentence);
    send_text (reply, html, desk_end (page));
    reply->status = status;
}

void
web_health (const WebAsked *asked, WebReply *reply)
{
    (void)asked;
    send_text (reply, plain, g_strdup ("ok\n"));
}

void
web_style (const WebAsked *asked, WebReply *reply)
{
    (void)asked;
    send_constant (reply, "text/css; charset=utf-8", desk_style);
}

void
web_icon (const WebAsked *asked, WebReply *reply)
{
    (void)asked;
    send_constant (reply, "image/svg+xml", icon);
}

LogReader *
web_log (const WebAsked *asked, WebReply *reply)
{
    g_autoptr (GError) error = NULL;
    const char *uri = asked->know->settings->log;
    LogReader *reader = uri != NULL ? logreader_open (uri, &error) : NULL;

    if (reader == NULL)
        web_refuse (reply, 503, uri == NULL ? "No log is kept (log: none)." : error->message);
    return reader;
}

static MetricsNow
now_of (const WebAsked *asked, guint64 failures[N_FAILURES], char digest[RULES_DIGEST_LEN + 1])
{
    LogStore *log = daemon_log (asked->daemon);

    rules_digest (asked->know->rules, digest);
    for (guint i = 0; i < N_FAILURES; i++)
        failures[i] = daemon_failures (asked->daemon, (Failure)i);
    return (MetricsNow) { .version = ABUSE_MILTER_VERSION,
                          .scenarios = asked->know->rules->n_scenarios,
                          .scenario_set = digest,
                          .mails_in_progress = daemon_mails (asked->daemon),
                          .spooled_rows = log != NULL ? logstore_spooled (log) : 0,
                          .started_unix_s = asked->started_unix_s,
                          .failures = failure_names,
                          .failure_counts = failures };
}

void
web_metrics (const WebAsked *asked, WebReply *reply)
{
    GString *out = g_string_new (NULL);
    char digest[RULES_DIGEST_LEN + 1];
    guint64 failures[N_FAILURES];
    MetricsNow now = now_of (asked, failures, digest);

    metrics_print (daemon_metrics (asked->daemon), &now, out);
    send_text (reply, "text/plain; version=0.0.4; charset=utf-8", g_string_free (out, FALSE));
}
