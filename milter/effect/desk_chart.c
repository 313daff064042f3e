#include "effect/desk_chart.h"
#include "base/calendar.h"
#include "effect/desk.h"
#include <math.h>

#define DAY_S 86400
#define SLOT 10 /* units of a day's width, of which its bar takes all but a gap */
#define GAP 2
#define HEIGHT 100
#define LINE_WIDTH 1000
#define LINE_MARGIN 20
#define DOT_MAX 14

static void
decimal (GString *page, double v)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append (page, g_ascii_formatd (text, sizeof text, "%.1f", v));
}

static void
bar (GString *page, double share)
{
    g_string_append (page, "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
                           "aria-hidden=\"true\"><rect height=\"10\" rx=\"1\" width=\"");
    decimal (page, share * 100);
    g_string_append (page, "\"/></svg>");
}

void
desk_counts (GString *page, const DeskCount *counts, guint n)
{
    guint64 most = 1;

    if (n == 0) {
        g_string_append (page, "<p class=\"none\">Nothing.</p>\n");
        return;
    }
    for (guint i = 0; i < n; i++)
        most = MAX (most, counts[i].n);
    g_string_append (page, "<ul class=\"counts\">\n");
    for (guint i = 0; i < n; i++) {
        if (counts[i].link != NULL)
            desk_printf (page, "<li><a href=\"%s\">%s</a>", counts[i].link, counts[i].name);
        else
            desk_printf (page, "<li><span class=\"name\">%s</span>", counts[i].name);
        bar (page, (double)counts[i].n / (double)most);
        desk_printf (page, "<span class=\"n\">%" G_GUINT64_FORMAT "</span></li>\n", counts[i].n);
    }
    g_string_append (page, "</ul>\n");
}

static void
day_bar (GString *page, guint i, gint64 day_unix_s, guint64 n, guint64 most)
{
    double height = (double)n / (double)most * HEIGHT;
    char day[RFC3339_MAX];

    calendar_rfc3339 (day_unix_s, day);
    day[strlen ("2026-11-20")] = '\0';
    desk_printf (page, "<rect x=\"%u\" width=\"%u\" y=\"", i * SLOT + GAP / 2, SLOT - GAP);
    decimal (page, HEIGHT - height);
    g_string_append (page, "\" height=\"");
    decimal (page, height);
    desk_printf (page, "\"><title>%s: %" G_GUINT64_FORMAT "</title></rect>\n", day, n);
}

void
desk_days (GString *page, gint64 first_unix_s, const guint64 *counts, guint n)
{
    gint64 day = first_unix_s - first_unix_s % DAY_S;
    guint64 most = 1, sum = 0;

    for (guint i = 0; i < n; i++) {
        most = MAX (most, counts[i]);
        sum += counts[i];
    }
    desk_printf (
        page,
        "<svg class=\"days\" viewBox=\"0 0 %u %u\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"Reports a day: %" G_GUINT64_FORMAT " in %u days, at most %" G_GUINT64_FORMAT
        " in one\">\n<line class=\"axis\" x1=\"0\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>\n",
        n * SLOT, HEIGHT, sum, n, most, n * SLOT, HEIGHT, HEIGHT);
    for (guint i = 0; i < n; i++)
        if (counts[i] > 0)
            day_bar (page, i, day + (gint64)i * DAY_S, counts[i], most);
    g_string_append (page, "</svg>\n<p class=\"scale\"><span>");
    desk_time (page, day);
    desk_printf (page, "</span><span>at most %" G_GUINT64_FORMAT " a day</span></p>\n", most);
}

static void
moment (GString *page, double x, gint64 unix_s, guint64 count)
{
    char text[RFC3339_MAX];

    g_string_append (page, "<circle cy=\"30\" cx=\"");
    decimal (page, x);
    g_string_append (page, "\" r=\"");
    decimal (page, MIN (DOT_MAX, 4 + 2 * log2 ((double)MAX (count, 1))));
    desk_printf (page, "\"><title>%s", calendar_rfc3339 (unix_s, text));
    if (count > 1)
        desk_printf (page, ", %" G_GUINT64_FORMAT " times", count);
    g_string_append (page, "</title></circle>\n");
}

void
desk_moments (GString *page, const DeskMoment *moments, guint n)
{
    gint64 first = G_MAXINT64, last = G_MININT64;

    for (guint i = 0; i < n; i++) {
        first = MIN (first, moments[i].unix_s);
        last = MAX (last, moments[i].unix_s);
    }
    if (n < 2 || first == last)
        return;
    desk_printf (
        page,
        "<svg class=\"line\" viewBox=\"0 0 %u 60\" preserveAspectRatio=\"xMidYMid meet\" "
        "role=\"img\" aria-label=\"When the %u incidents happened; the table below has the "
        "times\">\n<line class=\"axis\" x1=\"0\" x2=\"%u\" y1=\"30\" y2=\"30\"/>\n",
        LINE_WIDTH, n, LINE_WIDTH);
    for (guint i = 0; i < n; i++)
        moment (page,
                LINE_MARGIN + (double)(moments[i].unix_s - first) / (double)(last - first) *
                                  (LINE_WIDTH - 2 * LINE_MARGIN),
                moments[i].unix_s, moments[i].count);
    g_string_append (page, "</svg>\n<p class=\"scale\"><span>");
    desk_time (page, first);
    g_string_append (page, "</span><span>");
    desk_time (page, last);
    g_string_append (page, "</span></p>\n");
}
