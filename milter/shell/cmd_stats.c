#include "base/calendar.h"
#include "base/clean.h"
#include "base/json.h"
#include "shell/csv.h"
#include "shell/filter_options.h"
#include "shell/readlog.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define PAGE_ROWS 12 /* of each kind, when all kinds are shown */
#define PAGE_DAYS 14
#define LIMIT_MAX 1000000
#define NAME_CELLS 32
#define BAR_LEAST 10
#define MAX_NAME 200 /* bytes */

typedef struct Asked {
    FilterOptions filter;
    char *by;
    gint limit; /* 0: not said */
    gboolean json, csv;
} Asked;

typedef struct Counts {
    LogBy by;
    GArray *items; /* of LogCount; names are own copies */
} Counts;

static void
count_clear (gpointer item)
{
    g_free ((char *)((LogCount *)item)->name);
}

static void
keep (const LogCount *count, gpointer data)
{
    Counts *c = data;
    LogCount copy = *count;

    copy.name = clean_terminal (span_of (count->name != NULL ? count->name : "-"), MAX_NAME);
    g_array_append_val (c->items, copy);
}

/* Bars on a terminal */

static void
print_bar (const LogCount *count, guint64 most, guint cells)
{
    static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    guint64 n = most > 0 ? (count->reports * cells * 8 + most - 1) / most : 0;

    printf ("%s", world_colour () ? "\033[36m" : "");
    for (guint i = 0; i < n / 8; i++)
        fputs ("█", stdout);
    printf ("%s%s\n", eighths[n % 8], world_colour () ? "\033[0m" : "");
}

static guint
bar_cells (void)
{
    guint taken = NAME_CELLS + 12;

    return MAX (world_width (), taken + BAR_LEAST) - taken;
}

static void
print_bars (const Counts *c)
{
    guint64 most = 0;

    for (guint i = 0; i < c->items->len; i++)
        most = MAX (most, g_array_index (c->items, LogCount, i).reports);
    printf ("\n%sReports by %s%s\n", world_colour () ? "\033[1m" : "", logby_name (c->by),
            world_colour () ? "\033[0m" : "");
    for (guint i = 0; i < c->items->len; i++) {
        const LogCount *count = &g_array_index (c->items, LogCount, i);
        guint wide = table_cells_of (count->name);

        printf ("  %s%*s %7" G_GUINT64_FORMAT " ", count->name,
                (int)(wide < NAME_CELLS ? NAME_CELLS - wide : 0), "", count->reports);
        print_bar (count, most, bar_cells ());
    }
}

/* Lines elsewhere */

static void
print_lines (const Counts *c)
{
    for (guint i = 0; i < c->items->len; i++) {
        const LogCount *count = &g_array_index (c->items, LogCount, i);

        printf ("%s  %s  %" G_GUINT64_FORMAT "  %" G_GUINT64_FORMAT "\n", logby_name (c->by),
                count->name, count->reports, count->incidents);
    }
}

static void
print_csv (const Counts *c)
{
    g_autoptr (GString) line = g_string_new (NULL);

    for (guint i = 0; i < c->items->len; i++) {
        const LogCount *count = &g_array_index (c->items, LogCount, i);
        g_autofree char *reports = g_strdup_printf ("%" G_GUINT64_FORMAT, count->reports);
        g_autofree char *incidents = g_strdup_printf ("%" G_GUINT64_FORMAT, count->incidents);

        csv_cell (line, logby_name (c->by));
        csv_cell (line, count->name);
        csv_cell (line, reports);
        csv_cell (line, incidents);
        csv_end (line, stdout);
    }
}

static void
print_json (const Counts *c)
{
    for (guint i = 0; i < c->items->len; i++) {
        const LogCount *count = &g_array_index (c->items, LogCount, i);
        g_autoptr (Json) j = json_new_object ();
        g_autofree char *line = NULL;
        char last[RFC3339_MAX];

        json_put (j, "by", json_new_text (logby_name (c->by)));
        json_put (j, "name", json_new_text (count->name));
        json_put (j, "reports", json_new_int ((gint64)count->reports));
        json_put (j, "incidents", json_new_int ((gint64)count->incidents));
        json_put (j, "last", json_new_text (calendar_rfc3339 (count->last_unix_ms / 1000, last)));
        line = json_line (j);
        puts (line);
    }
}

static gboolean
print_one (LogReader *reader, const Asked *a, LogBy by, LogFilter filter, guint *ret_n)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (LogCount));
    Counts c = { by, items };

    g_array_set_clear_func (items, count_clear);
    filter.limit = a->limit > 0      ? (guint)a->limit
                   : a->by != NULL   ? LOGFILTER_LIMIT
                   : by == LOGBY_DAY ? PAGE_DAYS
                                     : PAGE_ROWS;
    if (!logreader_count (reader, by, &filter, keep, &c, &error)) {
        fprintf (stderr, "abusectl stats: %s\n", error->message);
        return FALSE;
    }
    *ret_n += items->len;
    if (a->json)
        print_json (&c);
    else if (a->csv)
        print_csv (&c);
    else if (isatty (STDOUT_FILENO))
        print_bars (&c);
    else
        print_lines (&c);
    return TRUE;
}

static int
stats (const Asked *a, const CommandContext *ctx)
{
    static const LogBy page[] = { LOGBY_SCENARIO, LOGBY_PRIORITY, LOGBY_RELAY, LOGBY_REPORTER,
                                  LOGBY_DAY };
    g_autoptr (LogReader) reader = NULL;
    LogFilter filter = { 0 };
    LogBy by = LOGBY_SCENARIO;
    guint n = 0;

    if (!filter_options_read (&a->filter, "stats", &filter))
        return COMMAND_USAGE;
    if (a->by != NULL && !logby_from_name (a->by, &by))
        return command_usage ("stats",
                              "--by '%s' is unknown: expected scenario, relay, reporter, "
                              "day or priority",
                              a->by);
    if (a->limit < 0 || a->limit > LIMIT_MAX)
        return command_usage ("stats", "--limit %d is out of range: expected 1 to %d", a->limit,
                              LIMIT_MAX);
    reader = readlog_open (ctx, "stats");
    if (reader == NULL)
        return COMMAND_WORLD;
    if (a->csv)
        printf ("by,name,reports,incidents\r\n");
    for (gsize i = 0; i < (a->by != NULL ? 1 : G_N_ELEMENTS (page)); i++)
        if (!print_one (reader, a, a->by != NULL ? by : page[i], filter, &n))
            return COMMAND_WORLD;
    return n > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

int
cmd_stats (int argc, char **argv, const CommandContext *ctx)
{
    Asked a = { .limit = 0 };
    const GOptionEntry options[] = {
        { "by", 'b', 0, G_OPTION_ARG_STRING, &a.by,
          "By scenario, relay, reporter, day or priority; all of these when not given", "WHAT" },
        FILTER_ENTRIES (&a.filter),
        { "limit", 'n', 0, G_OPTION_ARG_INT, &a.limit, "At most so many of each", "N" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &a.json, "One JSON object a line", NULL },
        { "csv", 0, 0, G_OPTION_ARG_NONE, &a.csv, "Comma-separated values, with a line of names",
          NULL },
        { 0 },
    };
    int status;

    if (command_options (&argc, &argv, options, "- count the reports in the log",
                         "On a terminal bars; elsewhere a line for each, with what it is by, its "
                         "name, the reports\n"
                         "and their incidents.  Days are UTC.  Exits with 1 when there is no "
                         "report.",
                         &status))
        status = argc > 1
                     ? command_usage ("stats", "'%s' is too much: filters are options", argv[1])
                     : stats (&a, ctx);
    filter_options_clear (&a.filter);
    g_free (a.by);
    return status;
}
