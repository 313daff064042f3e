#include "base/clean.h"
#include "shell/cmd_case.h"
#include "shell/readlog.h"
#include "shell/report_columns.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define SHOW_REPORTS 50
#define MAX_NOTE 2000 /* bytes */

void
case_print_value (const char *name, const char *value)
{
    g_autofree char *safe = value != NULL ? clean_terminal (span_of (value), MAX_NOTE) : NULL;

    if (safe != NULL && *safe != '\0')
        printf ("  %-10s %s\n", name, safe);
}

static void
print_head (const LogCase *c)
{
    g_autofree char *answered = case_moment (c->answered_unix_ms, FALSE);
    g_autofree char *closed = case_moment (c->closed_unix_ms, FALSE);

    case_print_fields (c);
    case_print_value ("answered", answered);
    case_print_value ("closed", closed);
    if (logcase_is_overdue (c, world_now ()))
        puts ("  overdue");
}

static void
print_note (const LogNote *note, gpointer data)
{
    g_autofree char *when = case_moment (note->made_unix_ms, FALSE);
    g_autofree char *text = clean_terminal (span_of (note->note), MAX_NOTE);
    g_autofree char *who =
        note->author != NULL ? clean_terminal (span_of (note->author), 80) : NULL;

    (void)data;
    printf ("  %s  %s: %s\n", when, who != NULL ? who : "-", text);
}

static void
add_note_json (const LogNote *note, gpointer data)
{
    g_autofree char *when = case_moment (note->made_unix_ms, FALSE);
    Json *j = json_new_object ();

    json_put (j, "time", json_new_text (when));
    json_put (j, "author", json_new_text (note->author));
    json_put (j, "note", json_new_text (note->note));
    json_add (data, j);
}

static void
add_id_json (const LogRow *row, gpointer data)
{
    json_add (data, json_new_text (row->id));
}

typedef struct Reports {
    Table *table;
    const ReportColumn **columns;
} Reports;

static void
add_report (const LogRow *row, gpointer data)
{
    Reports *l = data;

    for (guint i = 0; l->columns[i] != NULL; i++) {
        g_autofree char *text = report_column_text (l->columns[i], row, TRUE);

        table_cell (l->table, text);
    }
}

static gboolean
print_reports (LogReader *reader, const LogCase *c, GError **error)
{
    g_autofree const ReportColumn **shown =
        report_columns_read ("id,received,priority,incidents,accused,reporter,subject", NULL);
    Column shapes[TABLE_MAX_COLUMNS + 1] = { 0 };
    g_autoptr (Table) table = NULL;
    Reports l = { NULL, shown };
    LogFilter filter = { .case_id = c->id, .limit = SHOW_REPORTS };

    for (guint i = 0; shown[i] != NULL; i++)
        shapes[i] = report_column_shape (shown[i]);
    l.table = table = table_new (shapes);
    if (!logreader_list (reader, &filter, add_report, &l, error))
        return FALSE;
    puts ("\nReports");
    table_print (table, stdout, isatty (STDOUT_FILENO) ? world_width () : 0, TRUE, world_colour ());
    if (c->reports > SHOW_REPORTS)
        printf ("... and %" G_GUINT64_FORMAT " more: abusectl list --case %s\n",
                c->reports - SHOW_REPORTS, c->id);
    return TRUE;
}

static gboolean
print_page (LogReader *reader, const LogCase *c, GError **error)
{
    print_head (c);
    puts ("\nNotes");
    return logreader_notes (reader, c->id, print_note, NULL, error) &&
           print_reports (reader, c, error);
}

static gboolean
print_json (LogReader *reader, const LogCase *c, GError **error)
{
    g_autoptr (Json) j = case_json (c);
    Json *notes = json_new_list (), *reports = json_new_list ();
    LogFilter filter = { .case_id = c->id, .limit = G_MAXINT };
    gboolean good = logreader_notes (reader, c->id, add_note_json, notes, error) &&
                    logreader_list (reader, &filter, add_id_json, reports, error);
    g_autofree char *line = NULL;

    json_put (j, "notes", notes);
    json_put (j, "report_ids", reports);
    line = json_line (j);
    if (good)
        puts (line);
    return good;
}

int
case_show (int argc, char **argv, const CommandContext *ctx)
{
    gboolean json = FALSE;
    const GOptionEntry options[] = {
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
        { 0 },
    };
    g_autoptr (LogReader) reader = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (LogCase) c = NULL;
    int status;

    if (!command_options (&argc, &argv, options, "ID - a case with its notes and reports",
                          "ID is that of the case or of one of its reports, or its beginning.",
                          &status))
        return status;
    if (argc != 2)
        return command_usage ("case", argc < 2 ? "no ID given: `abusectl case list' has them"
                                               : "one ID at a time");
    reader = readlog_open (ctx, "case");
    if (reader == NULL)
        return COMMAND_WORLD;
    c = logreader_case (reader, argv[1], &error);
    if (c == NULL || !(json ? print_json (reader, c, &error) : print_page (reader, c, &error)))
        return case_failed (error);
    return COMMAND_OK;
}
