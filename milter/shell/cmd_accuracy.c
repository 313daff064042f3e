#include "base/calendar.h"
#include "base/json.h"
#include "effect/accuracy.h"
#include "shell/filter_options.h"
#include "shell/readlog.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define COMMAND "accuracy"
#define SHARE_DECIMALS 3

static const Column line_columns[] = { { "SCENARIO", 0, 0 },  { "RIGHT", 0, 0 },
                                       { "WRONG", 0, 0 },     { "MISSED", 0, 0 },
                                       { "PRECISION", 0, 0 }, { "RECALL", 0, 0 },
                                       { NULL, 0, 0 } };

static const Column mail_columns[] = { { "ID", 0, 0 },       { "FOUND", 0, 0 }, { "CONF", 0, 1 },
                                       { "IS", 0, 0 },       { "BY", 8, 3 },    { "NOTE", 12, 2 },
                                       { "SUBJECT", 12, 4 }, { NULL, 0, 0 } };

typedef struct Work {
    Accuracy *accuracy;
    Table *mails;   /* NULL: JSON */
    Json *mistakes; /* a list */
} Work;

static void
add_json (Json *list, const LogRow *row)
{
    Json *j = json_new_object ();
    char at[RFC3339_MAX];

    json_put (j, "id", json_new_text (row->id));
    json_put (j, "received", json_new_text (calendar_rfc3339 (row->received_unix_ms / 1000, at)));
    json_put (j, "found", json_new_text (row->scenario));
    json_put (j, "confidence", json_new_real (row->confidence, SHARE_DECIMALS));
    json_put (j, "is", json_new_text (row->corrected));
    json_put (j, "author", json_new_text (row->corrected_by));
    json_put (j, "note", json_new_text (row->correction_note));
    json_put (j, "subject", json_new_text (row->subject));
    json_add (list, j);
}

static void
add_mail (Table *t, const LogRow *row)
{
    g_autofree char *confidence = g_strdup_printf ("%.2f", row->confidence);
    const char *const cells[] = { row->id,        row->scenario,     confidence,
                                  row->corrected, row->corrected_by, row->correction_note,
                                  row->subject };

    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
        table_cell (t, cells[i]);
}

static void
visit (const LogRow *row, gpointer data)
{
    Work *w = data;

    accuracy_add (w->accuracy, row->scenario, row->corrected);
    if (strcmp (row->scenario, row->corrected) == 0)
        return;
    if (w->mails != NULL)
        add_mail (w->mails, row);
    else
        add_json (w->mistakes, row);
}

static char *
share_text (double share)
{
    return share >= 0 ? g_strdup_printf ("%.2f", share) : NULL;
}

static Json *
share_json (double share)
{
    return share >= 0 ? json_new_real (share, SHARE_DECIMALS) : json_new_null ();
}

static void
print_table (const Table *t)
{
    table_print (t, stdout, isatty (STDOUT_FILENO) ? world_width () : 0, TRUE, world_colour ());
}

static void
print_lines (const Accuracy *a)
{
    g_autoptr (GPtrArray) lines = accuracy_lines (a);
    g_autoptr (Table) t = table_new (line_columns);

    for (guint i = 0; i < lines->len; i++) {
        const AccuracyLine *l = lines->pdata[i];
        const guint counts[] = { l->right, l->wrong, l->missed };
        g_autofree char *precision = share_text (accuracy_precision (l));
        g_autofree char *recall = share_text (accuracy_recall (l));

        table_cell (t, l->scenario);
        for (gsize k = 0; k < G_N_ELEMENTS (counts); k++) {
            g_autofree char *count = g_strdup_printf ("%u", counts[k]);

            table_cell (t, count);
        }
        table_cell (t, precision);
        table_cell (t, recall);
    }
    print_table (t);
}

static void
print_text (const Work *w)
{
    guint reports = accuracy_reports (w->accuracy), right = accuracy_right (w->accuracy);

    printf ("%u of %u corrected or confirmed reports were right (%.1f %%)\n\n", right, reports,
            100.0 * right / reports);
    print_lines (w->accuracy);
    if (right == reports)
        return;
    puts ("");
    print_table (w->mails);
}

static void
print_json (Work *w)
{
    g_autoptr (GPtrArray) lines = accuracy_lines (w->accuracy);
    g_autoptr (Json) j = json_new_object ();
    g_autofree char *text = NULL;
    Json *list = json_new_list ();

    for (guint i = 0; i < lines->len; i++) {
        const AccuracyLine *l = lines->pdata[i];
        Json *line = json_new_object ();

        json_put (line, "scenario", json_new_text (l->scenario));
        json_put (line, "right", json_new_int (l->right));
        json_put (line, "wrong", json_new_int (l->wrong));
        json_put (line, "missed", json_new_int (l->missed));
        json_put (line, "precision", share_json (accuracy_precision (l)));
        json_put (line, "recall", share_json (accuracy_recall (l)));
        json_add (list, line);
    }
    json_put (j, "reports", json_new_int (accuracy_reports (w->accuracy)));
    json_put (j, "right", json_new_int (accuracy_right (w->accuracy)));
    json_put (j, "scenarios", list);
    json_put (j, "mistakes", g_steal_pointer (&w->mistakes));
    text = json_line (j);
    puts (text);
}

static int
run (const CommandContext *ctx, const LogFilter *filter, gboolean json)
{
    g_autoptr (LogReader) reader = readlog_open (ctx, COMMAND);
    g_autoptr (Accuracy) accuracy = accuracy_new ();
    g_autoptr (Table) mails = json ? NULL : table_new (mail_columns);
    g_autoptr (Json) mistakes = json_new_list ();
    g_autoptr (GError) error = NULL;
    Work w = { accuracy, mails, mistakes };

    if (reader == NULL)
        return COMMAND_WORLD;
    if (!logreader_list (reader, filter, visit, &w, &error)) {
        fprintf (stderr, "abusectl " COMMAND ": %s\n", error->message);
        return COMMAND_WORLD;
    }
    if (accuracy_reports (accuracy) == 0) {
        fputs ("abusectl " COMMAND ": no such report was corrected or confirmed: "
               "`abusectl correct ID --scenario X' does that\n",
               stderr);
        return COMMAND_NOTHING;
    }
    if (!json) {
        print_text (&w);
        return COMMAND_OK;
    }
    (void)g_steal_pointer (&mistakes); /* becomes a part of what is printed */
    print_json (&w);
    return COMMAND_OK;
}

static const char description[] =
    "Holds the scenario that the rules found when a report came against what `abusectl correct'\n"
    "says it is.  RIGHT: found, and so it was.  WRONG: found, but it was another.  MISSED: it was\n"
    "this, but another was found.  PRECISION is the share of what was found that was right, "
    "RECALL\n"
    "the share of what it was that was found.  The mails that they got wrong follow.  --scenario "
    "is\n"
    "what the operator says.  Exits with 1 when no such report was corrected.";

int
cmd_accuracy (int argc, char **argv, const CommandContext *ctx)
{
    FilterOptions asked = { 0 };
    LogFilter filter = { .corrected = TRUE, .limit = G_MAXINT };
    gboolean json = FALSE;
    const GOptionEntry options[] = {
        FILTER_ENTRIES (&asked),
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object", NULL },
        { 0 },
    };
    int status;

    if (command_options (&argc, &argv, options, "- how the rules did against your corrections",
                         description, &status))
        status = argc > 1
                     ? command_usage (COMMAND, "'%s' is too much: filters are options", argv[1])
                 : filter_options_read (&asked, COMMAND, &filter) ? run (ctx, &filter, json)
                                                                  : COMMAND_USAGE;
    filter_options_clear (&asked);
    return status;
}
