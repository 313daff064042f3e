#include "effect/export.h"
#include "effect/xarf.h"
#include "shell/csv.h"
#include "shell/filter_options.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>

#define COMMAND "export"
#define LIMIT_MAX 1000000000

typedef struct Export {
    const Knowledge *know;
    gboolean lenient;
    GString *csv;
    guint64 written;
    guint64 bare;        /* reports that accuse nobody */
    guint64 lacking;     /* incidents that lack something */
    GHashTable *reasons; /* of these: guint64 by what it is */
} Export;

static void
csv_titles (Export *e)
{
    for (guint i = 0; i < export_n_columns (); i++)
        csv_cell (e->csv, export_column (i));
    csv_end (e->csv, stdout);
}

static void
csv_report (Export *e, const LogRow *row)
{
    for (guint i = 0; i < row->n_incidents; i++) {
        for (guint c = 0; c < export_n_columns (); c++) {
            g_autofree char *text = export_cell (row, &row->incidents[i], c);

            csv_cell (e->csv, text);
        }
        csv_end (e->csv, stdout);
        e->written++;
    }
    e->bare += row->n_incidents == 0;
}

static void
json_report (Export *e, const LogRow *row)
{
    readlog_print_json (row);
    e->written++;
}

static void
count_reason (Export *e, const char *reason)
{
    guint64 *n = g_hash_table_lookup (e->reasons, reason);

    if (n == NULL) {
        n = g_new0 (guint64, 1);
        g_hash_table_insert (e->reasons, g_strdup (reason), n);
    }
    ++*n;
    e->lacking++;
}

static void
xarf_report (Export *e, const LogRow *row)
{
    for (guint i = 0; i < row->n_incidents; i++) {
        g_autofree char *missing = NULL, *line = NULL;
        g_autoptr (Json) j = xarf_object (e->know, row, i, e->lenient, &missing);

        if (missing != NULL)
            count_reason (e, missing);
        if (j == NULL)
            continue;
        line = json_line (j);
        puts (line);
        e->written++;
    }
    e->bare += row->n_incidents == 0;
}

static const struct {
    const char *name;
    void (*begin) (Export *e); /* NULL: nothing to do */
    void (*report) (Export *e, const LogRow *row);
} formats[] = {
    { "csv", csv_titles, csv_report },
    { "json", NULL, json_report },
    { "xarf", NULL, xarf_report },
};

typedef struct Visit {
    Export *e;
    guint format;
} Visit;

static void
visit (const LogRow *row, gpointer data)
{
    const Visit *v = data;
    g_autoptr (Arena) arena = arena_new (LOGROW_LIMIT_BYTES);

    formats[v->format].report (v->e, export_row (v->e->know, arena, row));
}

static void
tell_left_out (const Export *e)
{
    g_autoptr (GList) reasons =
        g_list_sort (g_hash_table_get_keys (e->reasons), (GCompareFunc)strcmp);

    if (e->bare > 0)
        fprintf (stderr,
                 "abusectl " COMMAND ": reports that accuse nobody, and so have no row: "
                 "%" G_GUINT64_FORMAT "\n",
                 e->bare);
    if (e->lacking > 0)
        fprintf (stderr, "abusectl " COMMAND ": incidents %s: %" G_GUINT64_FORMAT "\n",
                 e->lenient ? "that lack what XARF requires"
                            : "left out, for XARF requires what is not known",
                 e->lacking);
    for (const GList *l = reasons; l != NULL; l = l->next)
        fprintf (stderr, "  %" G_GUINT64_FORMAT "  %s\n",
                 *(const guint64 *)g_hash_table_lookup (e->reasons, l->data),
                 (const char *)l->data);
}

static int
run (const CommandContext *ctx, guint format, gboolean lenient, const LogFilter *filter)
{
    g_autoptr (Knowledge) know = world_knowledge (ctx);
    g_autoptr (LogReader) reader = know != NULL ? readlog_open (ctx, COMMAND) : NULL;
    g_autoptr (GHashTable) reasons =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr (GString) csv = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    Export e = { .know = know, .lenient = lenient, .csv = csv, .reasons = reasons };
    Visit v = { &e, format };

    if (reader == NULL)
        return COMMAND_WORLD;
    if (formats[format].begin != NULL)
        formats[format].begin (&e);
    if (!logreader_list (reader, filter, visit, &v, &error)) {
        fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
        return COMMAND_WORLD;
    }
    tell_left_out (&e);
    return e.written > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

static const char description[] =
    "csv: a row for each incident, with a line of names; what a spreadsheet would take for a "
    "formula\n"
    "gets an apostrophe before it.  json: an object a line for each report, as of list --json.\n"
    "xarf: an XARF " XARF_VERSION " object a line for each incident, by the scenario's `xarf' and\n"
    "`xarf_fields'.  Nothing is invented: an incident of which something that XARF requires is "
    "not\n"
    "known is left out, and standard error says how many were, and for want of what; --lenient "
    "writes\n"
    "it without.  URLs of scenarios that withhold them are in none of the three.\n"
    "Exits with 1 when nothing was written.";

static int
export_as (const CommandContext *ctx, const char *format, gboolean lenient, const LogFilter *filter)
{
    if (format == NULL)
        return command_usage (COMMAND, "which --format: csv, json or xarf?");
    if (filter->limit > LIMIT_MAX || filter->limit == 0)
        return command_usage (COMMAND, "--limit is out of range: expected 1 to %d", LIMIT_MAX);
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
        if (strcmp (formats[i].name, format) != 0)
            continue;
        else if (lenient && formats[i].report != xarf_report)
            return command_usage (COMMAND, "--lenient is for --format xarf");
        else
            return run (ctx, i, lenient, filter);
    return command_usage (COMMAND, "'%s' is no format: expected csv, json or xarf", format);
}

int
cmd_export (int argc, char **argv, const CommandContext *ctx)
{
    FilterOptions asked = { 0 };
    g_autofree char *format = NULL;
    gint limit = LIMIT_MAX;
    gboolean lenient = FALSE;
    LogFilter filter = { .whole = TRUE };
    const GOptionEntry options[] = {
        { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "csv, json or xarf", "FORMAT" },
        { "lenient", 0, 0, G_OPTION_ARG_NONE, &lenient,
          "XARF objects also where something that they must have is not known", NULL },
        FILTER_ENTRIES (&asked),
        { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "At most so many reports, the newest (all)",
          "N" },
        { 0 },
    };
    int status;

    if (command_options (&argc, &argv, options, "- the log's incidents for other programs",
                         description, &status)) {
        filter.limit = (guint)MAX (limit, 0);
        status = argc > 1
                     ? command_usage (COMMAND, "'%s' is too much: filters are options", argv[1])
                 : filter_options_read (&asked, COMMAND, &filter)
                     ? export_as (ctx, format, lenient, &filter)
                     : COMMAND_USAGE;
    }
    filter_options_clear (&asked);
    return status;
}
