#include "effect/desk_overview.h"
#include "effect/desk.h"
#include "effect/desk_list.h"

static void
print_counts (GString *page, const char *title, const GArray *counts)
{
    desk_printf (page, "<section><h2>%s</h2>\n", title);
    desk_counts (page, (const DeskCount *)(gconstpointer)counts->data, counts->len);
    g_string_append (page, "</section>\n");
}

void
desk_case_row (GString *page, const LogCase *c, gint64 now_unix_s)
{
    desk_printf (page,
                 "<li><span class=\"priority %s\">%s</span><span>%s</span><span class=\"main\">"
                 "<a href=\"/case/%s\">%s</a><span class=\"who\">%s, %" G_GUINT64_FORMAT
                 " report%s",
                 c->priority, c->priority, c->scenario, c->id,
                 c->offender != NULL ? c->offender : "(nobody named)", c->state, c->reports,
                 c->reports == 1 ? "" : "s");
    if (c->relay != NULL)
        desk_printf (page, ", %s", c->relay);
    if (c->due_unix_ms != LOGCASE_NEVER) {
        g_string_append (page, logcase_is_overdue (c, now_unix_s)
                                   ? ", <strong class=\"urgent\">overdue since "
                                   : ", <strong>due ");
        desk_time (page, c->due_unix_ms / 1000);
        g_string_append (page, "</strong>");
    }
    g_string_append (page, "</span></span>");
    desk_time (page, c->last_unix_ms / 1000);
    g_string_append (page, "</li>\n");
}

static void
print_cases (GString *page, const DeskOverview *o)
{
    g_string_append (page, "<section class=\"wide\"><h2>Open cases</h2>\n<ul class=\"rows\">\n");
    for (guint i = 0; i < o->cases->len; i++)
        desk_case_row (page, o->cases->pdata[i], o->now_unix_s);
    g_string_append (page, "</ul>\n");
    g_string_append (page, o->cases->len == 0 ? "<p class=\"none\">None.</p>\n"
                                              : "<p><a href=\"/cases\">All cases</a></p>\n");
    g_string_append (page, "</section>\n");
}

static void
print_urgent (GString *page, const DeskOverview *o)
{
    if (o->urgent->len == 0)
        return;
    g_string_append (page, "<section class=\"wide\"><h2>Urgent, in the last week</h2>\n");
    desk_rows_begin (page);
    for (guint i = 0; i < o->urgent->len; i++)
        desk_row (page, o->urgent->pdata[i]);
    desk_rows_end (page, o->urgent->len);
    g_string_append (page, "</section>\n");
}

char *
desk_overview (const DeskOverview *o)
{
    static const DeskFrame frame = { "Overview", "/" };
    GString *page = desk_begin (&frame);

    g_string_append (page, "<div class=\"sheets\">\n");
    print_urgent (page, o);
    print_cases (page, o);
    g_string_append (page, "<section class=\"wide\"><h2>Reports a day, the last four weeks</h2>\n");
    desk_days (page, o->first_day_unix_s, o->days, o->n_days);
    g_string_append (page, "</section>\n");
    print_counts (page, "By scenario", o->scenarios);
    print_counts (page, "By reporter", o->reporters);
    print_counts (page, "By relay", o->relays);
    g_string_append (page, "</div>\n");
    return desk_end (page);
}

static void
entry_time (GString *page, const char *name, gint64 unix_ms)
{
    if (unix_ms == LOGCASE_NEVER)
        return;
    desk_printf (page, "<dt>%s</dt><dd>", name);
    desk_time (page, unix_ms / 1000);
    g_string_append (page, "</dd>\n");
}

static void
print_notes (GString *page, const GPtrArray *notes)
{
    if (notes->len == 0)
        return;
    g_string_append (page, "<section><h2>Notes</h2>\n<dl>\n");
    for (guint i = 0; i < notes->len; i++) {
        const LogNote *n = notes->pdata[i];

        g_string_append (page, "<dt>");
        desk_time (page, n->made_unix_ms / 1000);
        desk_printf (page, " %s</dt><dd>%s</dd>\n", n->author, n->note);
    }
    g_string_append (page, "</dl></section>\n");
}

char *
desk_case (const LogCase *c, const GPtrArray *notes, const GString *reports, gint64 now_unix_s)
{
    g_autofree char *title =
        g_strdup_printf ("%s: %s", c->scenario, c->offender != NULL ? c->offender : "nobody named");
    const DeskFrame frame = { title, "/cases" };
    GString *page = desk_begin (&frame);

    g_string_append (page, "<div class=\"sheets\">\n<section><h2>Case</h2>\n<dl>\n");
    desk_printf (page,
                 "<dt>State</dt><dd>%s%s</dd>\n<dt>Priority</dt><dd><span class=\"priority %s\">%s"
                 "</span></dd>\n<dt>Reports</dt><dd>%" G_GUINT64_FORMAT "</dd>\n",
                 c->state, logcase_is_overdue (c, now_unix_s) ? ", overdue" : "", c->priority,
                 c->priority, c->reports);
    if (c->relay != NULL)
        desk_printf (page, "<dt>Relay</dt><dd>%s</dd>\n", c->relay);
    entry_time (page, "Opened", c->opened_unix_ms);
    entry_time (page, "Last report", c->last_unix_ms);
    entry_time (page, "Answered", c->answered_unix_ms);
    entry_time (page, "Closed", c->closed_unix_ms);
    entry_time (page, "Due", c->due_unix_ms);
    desk_printf (page, "<dt>Case</dt><dd>%s</dd>\n</dl></section>\n", c->id);
    print_notes (page, notes);
    g_string_append (page, "<section class=\"wide\"><h2>Its reports</h2>\n");
    g_string_append_len (page, reports->str, (gssize)reports->len);
    g_string_append (page, "</section>\n</div>\n");
    return desk_end (page);
}
