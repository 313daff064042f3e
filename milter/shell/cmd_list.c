#include "shell/csv.h"
#include "shell/filter_options.h"
#include "shell/readlog.h"
#include "shell/report_columns.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define LIMIT_MAX 1000000

typedef struct Asked {
    FilterOptions filter;
    char *sort, *columns;
    gint limit;
    gboolean json, csv, reversed;
} Asked;

typedef struct List {
    const ReportColumn **columns; /* NULL-terminated */
    Table *table;                 /* NULL: JSON or CSV */
    GString *csv;                 /* NULL: no CSV */
    gboolean terminal;
    guint rows;
} List;

static void
add_cells (List *l, const LogRow *row)
{
    for (guint i = 0; l->columns[i] != NULL; i++) {
        g_autofree char *text =
            report_column_text (l->columns[i], row, l->terminal && l->csv == NULL);
        const char *ink = report_column_ink (l->columns[i], row);

        if (l->csv != NULL) {
            csv_cell (l->csv, text);
            continue;
        }
        table_cell (l->table, text);
        if (ink != NULL)
            table_ink (l->table, ink);
    }
}

static void
visit (const LogRow *row, gpointer data)
{
    List *l = data;

    l->rows++;
    if (l->table == NULL && l->csv == NULL) {
        readlog_print_json (row);
        return;
    }
    add_cells (l, row);
    if (l->csv != NULL)
        csv_end (l->csv, stdout);
}

static void
print_csv_head (List *l)
{
    for (guint i = 0; l->columns[i] != NULL; i++)
        csv_cell (l->csv, report_column_name (l->columns[i]));
    csv_end (l->csv, stdout);
}

static int
print_list (LogReader *reader, const LogFilter *filter, const Asked *a,
            const ReportColumn **columns)
{
    Column shapes[TABLE_MAX_COLUMNS + 1] = { 0 };
    g_autoptr (Table) table = NULL;
    g_autoptr (GString) csv = a->csv ? g_string_new (NULL) : NULL;
    g_autoptr (GError) error = NULL;
    List l = { columns, NULL, csv, isatty (STDOUT_FILENO) != 0, 0 };

    for (guint i = 0; columns[i] != NULL; i++)
        shapes[i] = report_column_shape (columns[i]);
    l.table = table = a->json || a->csv ? NULL : table_new (shapes);
    if (csv != NULL)
        print_csv_head (&l);
    if (!logreader_list (reader, filter, visit, &l, &error)) {
        fprintf (stderr, "abusectl list: %s\n", error->message);
        return COMMAND_WORLD;
    }
    if (l.rows == 0 && l.terminal)
        fputs ("abusectl list: no report\n", stderr);
    if (l.rows > 0 && table != NULL)
        table_print (table, stdout, l.terminal ? world_width () : 0, l.terminal, world_colour ());
    return l.rows > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

/* FALSE after telling what is wrong. */
static gboolean
filter_of (const Asked *a, LogFilter *ret)
{
    *ret = (LogFilter) { .limit = (guint)a->limit, .whole = a->json, .reversed = a->reversed };
    if (!filter_options_read (&a->filter, "list", ret))
        return FALSE;
    if (a->limit < 1 || a->limit > LIMIT_MAX)
        command_usage ("list", "--limit %d is out of range: expected 1 to %d", a->limit, LIMIT_MAX);
    else if (a->sort != NULL && !logsort_from_name (a->sort, &ret->sort))
        command_usage ("list",
                       "--sort '%s' is unknown: expected received, priority, deadline, confidence, "
                       "incidents, scenario, reporter or relay",
                       a->sort);
    else if (a->json && a->csv)
        command_usage ("list", "--json or --csv, not both");
    else
        return TRUE;
    return FALSE;
}

static int
list (const Asked *a, const CommandContext *ctx)
{
    g_autoptr (LogReader) reader = NULL;
    g_autofree const ReportColumn **columns = NULL;
    g_autofree char *wrong = NULL, *all = report_columns_names ();
    LogFilter filter;

    if (!filter_of (a, &filter))
        return COMMAND_USAGE;
    columns = report_columns_read (a->columns != NULL ? a->columns : REPORT_COLUMNS_USUAL, &wrong);
    if (columns == NULL)
        return command_usage ("list", "there is no column '%s': expected at most %d of %s", wrong,
                              TABLE_MAX_COLUMNS, all);
    reader = readlog_open (ctx, "list");
    return reader != NULL ? print_list (reader, &filter, a, columns) : COMMAND_WORLD;
}

static const char description[] =
    "On a terminal a table; elsewhere one line a report with whole ids and no titles.\n"
    "Columns: id, received, priority, scenario, confidence, incidents, accused, reporter, subject\n"
    "(these when --columns is not given), relay, case, demands, deadline, format, complainant,\n"
    "tor, corrected, message-id.\n"
    "Times are UTC.  Exits with 1 when there is no such report.";

int
cmd_list (int argc, char **argv, const CommandContext *ctx)
{
    Asked a = { .limit = LOGFILTER_LIMIT };
    const GOptionEntry options[] = {
        FILTER_ENTRIES (&a.filter),
        { "sort", 0, 0, G_OPTION_ARG_STRING, &a.sort,
          "By received, priority, deadline, confidence, incidents, scenario, reporter or relay",
          "COLUMN" },
        { "reverse", 0, 0, G_OPTION_ARG_NONE, &a.reversed, "The other way round", NULL },
        { "columns", 'c', 0, G_OPTION_ARG_STRING, &a.columns, "These columns, in this order",
          "NAME,..." },
        { "limit", 'n', 0, G_OPTION_ARG_INT, &a.limit,
          "At most so many (" G_STRINGIFY (LOGFILTER_LIMIT) ")", "N" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &a.json, "One JSON object a line, with everything known",
          NULL },
        { "csv", 0, 0, G_OPTION_ARG_NONE, &a.csv, "Comma-separated values, with a line of names",
          NULL },
        { 0 },
    };
    int status;

    if (command_options (&argc, &argv, options, "- list the reports in the log, newest first",
                         description, &status))
        status = argc > 1 ? command_usage ("list", "'%s' is too much: filters are options", argv[1])
                          : list (&a, ctx);
    filter_options_clear (&a.filter);
    g_free (a.sort);
    g_free (a.columns);
    return status;
}
