#include "effect/desk_report.h"
#include "base/calendar.h"
#include "effect/desk.h"
#include "effect/desk_chart.h"

#define MAX_ROWS 200 /* of incidents and signals; the command line has all */

static void
entry (GString *page, const char *name, const char *value, const char *more)
{
    if (value == NULL || *value == '\0')
        return;
    desk_printf (page, "<dt>%s</dt><dd>%s", name, value);
    if (more != NULL && *more != '\0')
        desk_printf (page, " <span class=\"soft\">(%s)</span>", more);
    g_string_append (page, "</dd>\n");
}

static void
entry_time (GString *page, const char *name, gint64 unix_s)
{
    if (unix_s == G_MININT64)
        return;
    desk_printf (page, "<dt>%s</dt><dd>", name);
    desk_time (page, unix_s);
    g_string_append (page, "</dd>\n");
}

static void
entry_list (GString *page, const char *name, const char *const *items)
{
    g_autofree char *joined = g_strjoinv (", ", (char **)items);

    entry (page, name, joined, NULL);
}

static void
entry_confidence (GString *page, const char *name, const char *scenario, double confidence)
{
    g_autofree char *percent = g_strdup_printf ("%.0f in 100", confidence * 100);

    entry (page, name, scenario, percent);
}

static void
print_verdict (GString *page, const LogRow *r)
{
    g_string_append (page, "<section><h2>Verdict</h2>\n<dl>\n");
    entry_confidence (page, "About", r->scenario, r->confidence);
    for (guint i = 0; i < r->n_alternatives && i < 3; i++)
        entry_confidence (page, i == 0 ? "Or else" : "", r->alternatives[i].scenario,
                          r->alternatives[i].confidence);
    entry (page, "You say", r->corrected, r->correction_note);
    desk_printf (page, "<dt>Priority</dt><dd><span class=\"priority %s\">%s</span>", r->priority,
                 r->priority);
    if (r->priority_reason != NULL)
        desk_printf (page, " <span class=\"soft\">(%s)</span>", r->priority_reason);
    g_string_append (page, "</dd>\n");
    entry_list (page, "They want", r->demands);
    entry (page, "By", r->deadline, r->deadline_text);
    entry (page, "Format", r->format, NULL);
    if (r->case_id != NULL)
        desk_printf (page, "<dt>Case</dt><dd><a href=\"/case/%s\">%s</a></dd>\n", r->case_id,
                     r->case_id);
    g_string_append (page, "</dl></section>\n");
}

static void
print_sender (GString *page, const LogRow *r)
{
    g_string_append (page, "<section><h2>Sender</h2>\n<dl>\n");
    entry (page, "Who", r->complainant, r->tor_aware ? "knows that it is Tor" : NULL);
    entry (page, "From", r->from_address, r->from_name);
    entry (page, "Reply to", r->reply_to, NULL);
    entry (page, "SPF", r->spf, NULL);
    entry (page, "DKIM", r->dkim, NULL);
    entry (page, "DMARC", r->dmarc, NULL);
    entry_time (page, "Received", r->received_unix_ms / 1000);
    entry (page, "To", r->recipients, NULL);
    entry (page, "Message-ID", r->message_id, NULL);
    entry (page, "Report", r->id, NULL);
    g_string_append (page, "</dl></section>\n");
}

static void
print_standing (GString *page, const LogRow *r)
{
    if (r->standing == NULL && !r->tor_judged)
        return;
    g_string_append (page, "<section><h2>Is it us, and can it be?</h2>\n<dl>\n");
    entry (page, "Address", r->standing, r->relay);
    if (r->tor_judged) {
        entry (page, "Exit then", r->exit, r->exit_reason);
        entry (page, "Exit policy", r->policy, NULL);
        entry (page, "Impossible", r->impossible, NULL);
        if (r->spoofable)
            entry (page, "Spoofable", "yes", "nothing beyond single packets is shown");
    }
    g_string_append (page, "</dl></section>\n");
}

static void
print_end (GString *page, const char *address, guint port)
{
    desk_text (page, address);
    if (port != 0)
        desk_printf (page, address != NULL ? " port %u" : "port %u", port);
}

static void
print_incident (GString *page, const LogIncident *i)
{
    const char *accused = i->ip != NULL ? i->ip : i->masked;

    g_string_append (page, "<tr><td>");
    print_end (page, accused, i->src_port);
    g_string_append (page, "</td><td>");
    desk_text (page, i->time != NULL ? i->time : i->time_local);
    g_string_append (page, "</td><td>");
    print_end (page, i->dst_ip, i->dst_port);
    desk_printf (page,
                 "</td><td>%s</td><td>%" G_GUINT64_FORMAT "</td><td>%s</td><td class=\"text\">",
                 i->protocol, i->count, i->basis);
    desk_text (page, i->url);
    desk_printf (page, i->url != NULL ? " <span class=\"soft\">%s</span>" : "%s", i->rule);
    g_string_append (page, "</td></tr>\n");
}

static void
print_moments (GString *page, const LogRow *r)
{
    g_autofree DeskMoment *moments = g_new (DeskMoment, r->n_incidents);
    guint n = 0;

    for (guint i = 0; i < r->n_incidents; i++) {
        const char *time = r->incidents[i].time;

        if (time != NULL && calendar_parse_rfc3339 (span_of (time), &moments[n].unix_s))
            moments[n++].count = r->incidents[i].count;
    }
    desk_moments (page, moments, n);
}

static void
print_incidents (GString *page, const LogRow *r)
{
    desk_printf (page,
                 "<section class=\"wide\"><h2>What is said to have happened (%" G_GUINT64_FORMAT
                 ")</h2>\n",
                 r->incident_count);
    if (r->n_incidents == 0) {
        g_string_append (page,
                         "<p class=\"none\">No address, host or URL is accused.</p></section>\n");
        return;
    }
    print_moments (page, r);
    g_string_append (
        page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Incidents\"><table>\n"
        "<thead><tr><th scope=\"col\">Accused</th><th scope=\"col\">When</th>"
        "<th scope=\"col\">Against</th><th scope=\"col\">Protocol</th>"
        "<th scope=\"col\">Times</th><th scope=\"col\">Basis</th>"
        "<th scope=\"col\">URL, and why</th></tr></thead><tbody>\n");
    for (guint i = 0; i < r->n_incidents && i < MAX_ROWS; i++)
        print_incident (page, &r->incidents[i]);
    g_string_append (page, "</tbody></table></div>\n");
    if (r->incident_count > MIN (r->n_incidents, MAX_ROWS))
        desk_printf (page, "<p class=\"soft\">Only the first %u are shown.</p>\n",
                     MIN (r->n_incidents, MAX_ROWS));
    g_string_append (page, "</section>\n");
}

static void
print_where (GString *page, Where where)
{
    if (where.line == 0)
        g_string_append (page, "whole mail");
    else if (where.part == 0)
        g_string_append (page, "subject");
    else
        desk_printf (page, "part %u, line %u", where.part, where.line);
}

static void
print_signals (GString *page, const LogRow *r)
{
    if (r->n_signals == 0)
        return;
    g_string_append (
        page,
        "<section class=\"wide\"><h2>Why</h2>\n"
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Signals\"><table>\n"
        "<thead><tr><th scope=\"col\">Speaks for</th><th scope=\"col\">Signal</th>"
        "<th scope=\"col\">Weight</th><th scope=\"col\">Where</th>"
        "<th scope=\"col\">By</th></tr></thead><tbody>\n");
    for (guint i = 0; i < r->n_signals && i < MAX_ROWS; i++) {
        const LogSignal *s = &r->signals[i];

        desk_printf (page, "<tr><td>%s</td><td>%s</td><td>%.1f</td><td>", s->class_id, s->name,
                     s->weight);
        print_where (page, s->where);
        desk_printf (page, "</td><td class=\"text\">%s</td></tr>\n", s->text);
    }
    g_string_append (page, "</tbody></table></div></section>\n");
}

static void
print_defects (GString *page, const LogRow *r)
{
    if (r->defects[0] == NULL)
        return;
    g_string_append (page, "<section class=\"wide\"><h2>Strange about the mail</h2>\n<ul>\n");
    for (guint i = 0; r->defects[i] != NULL; i++)
        desk_printf (page, "<li>%s</li>\n", r->defects[i]);
    g_string_append (page, "</ul></section>\n");
}

char *
desk_report (const DeskReport *report)
{
    const LogRow *r = report->row;
    gboolean named = r->subject != NULL && *r->subject != '\0';
    const DeskFrame frame = { named ? r->subject : "(no subject)", "/reports" };
    GString *page = desk_begin (&frame);

    g_string_append (page, "<div class=\"sheets\">\n");
    print_verdict (page, r);
    print_sender (page, r);
    print_standing (page, r);
    print_incidents (page, r);
    print_signals (page, r);
    print_defects (page, r);
    if (report->facts != NULL)
        desk_marked_text (page, report->facts);
    if (report->draft != NULL) {
        g_string_append (page, "<section class=\"wide\"><h2>Draft of an answer</h2>\n<pre>");
        desk_lines (page, report->draft);
        g_string_append (page, "</pre></section>\n");
    }
    g_string_append (page, "</div>\n");
    return desk_end (page);
}
