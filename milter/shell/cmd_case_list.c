#include "base/calendar.h"
#include "base/json.h"
#include "shell/cmd_case.h"
#include "shell/csv.h"
#include "shell/readlog.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHORT_ID 12
#define LIMIT_MAX 1000000

char *
case_moment (gint64 unix_ms, gboolean short_form)
{
    char text[RFC3339_MAX];

    if (unix_ms == LOGCASE_NEVER)
        return NULL;
    calendar_rfc3339 (unix_ms / 1000, text);
    if (short_form) {
        text[strlen ("2026-11-20")] = ' ';
        text[strlen ("2026-11-20 03:04")] = '\0';
    }
    return g_strdup (text);
}

void
case_print_line (const LogCase *c)
{
    g_autofree char *due = case_moment (c->due_unix_ms, FALSE);

    printf ("case %s is %s%s%s\n", c->id, c->state, due != NULL ? ", due " : "",
            due != NULL ? due : "");
}

/* list */

static const struct {
    const char *name, *title;
    guint least, miss;
} columns[] = {
    { "id", "ID", 0, 0 },         { "state", "STATE", 0, 0 },        { "due", "DUE", 0, 0 },
    { "priority", "PRIO", 0, 0 }, { "scenario", "SCENARIO", 12, 0 }, { "reports", "REPORTS", 0, 0 },
    { "last", "LAST", 0, 1 },     { "offender", "ACCUSED", 15, 0 },  { "relay", "RELAY", 8, 2 },
    { "opened", "OPENED", 0, 3 },
};

typedef struct Cases {
    Table *table;
    GString *csv;
    gboolean json, terminal;
    guint n;
} Cases;

/* In the order of the columns. */
static void
texts_of (const LogCase *c, gboolean short_form, char *ret[G_N_ELEMENTS (columns)])
{
    gboolean overdue = logcase_is_overdue (c, world_now ());
    guint n = 0;

    ret[n++] = g_strndup (c->id, short_form ? SHORT_ID : ULID_LEN);
    ret[n++] = g_strdup (overdue && short_form ? "OVERDUE" : c->state);
    ret[n++] = case_moment (c->due_unix_ms, short_form);
    ret[n++] = g_strdup (c->priority);
    ret[n++] = g_strdup (c->scenario);
    ret[n++] = g_strdup_printf ("%" G_GUINT64_FORMAT, c->reports);
    ret[n++] = case_moment (c->last_unix_ms, short_form);
    ret[n++] = g_strdup (c->offender);
    ret[n++] = g_strdup (c->relay);
    ret[n++] = case_moment (c->opened_unix_ms, short_form);
}

Json *
case_json (const LogCase *c)
{
    char *texts[G_N_ELEMENTS (columns)];
    Json *j = json_new_object ();

    texts_of (c, FALSE, texts);
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
        gboolean number = strcmp (columns[i].name, "reports") == 0;

        json_put (j, columns[i].name,
                  number ? json_new_int ((gint64)c->reports) : json_new_text (texts[i]));
        g_free (texts[i]);
    }
    json_put (j, "overdue", json_new_bool (logcase_is_overdue (c, world_now ())));
    return j;
}

static void
add_case (const LogCase *c, gpointer data)
{
    Cases *l = data;
    char *texts[G_N_ELEMENTS (columns)];

    l->n++;
    if (l->json) {
        g_autoptr (Json) j = case_json (c);
        g_autofree char *line = json_line (j);

        puts (line);
        return;
    }
    texts_of (c, l->terminal && l->csv == NULL, texts);
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
        if (l->csv != NULL)
            csv_cell (l->csv, texts[i]);
        else
            table_cell (l->table, texts[i]);
        if (l->table != NULL && i == 1 && logcase_is_overdue (c, world_now ()))
            table_ink (l->table, "\033[1;31m");
        g_free (texts[i]);
    }
    if (l->csv != NULL)
        csv_end (l->csv, stdout);
}

static int
print_cases (LogReader *reader, const LogCaseFilter *filter, gboolean json, gboolean csv)
{
    Column shapes[G_N_ELEMENTS (columns) + 1] = { 0 };
    g_autoptr (Table) table = NULL;
    g_autoptr (GString) line = csv ? g_string_new (NULL) : NULL;
    g_autoptr (GError) error = NULL;
    Cases l = { NULL, line, json, isatty (STDOUT_FILENO) != 0, 0 };

    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
        shapes[i] = (Column) { columns[i].title, columns[i].least, columns[i].miss };
        if (csv)
            csv_cell (line, columns[i].name);
    }
    if (csv)
        csv_end (line, stdout);
    l.table = table = json || csv ? NULL : table_new (shapes);
    if (!logreader_cases (reader, filter, add_case, &l, &error))
        return case_failed (error);
    if (l.n == 0 && l.terminal)
        fputs ("abusectl case list: no case\n", stderr);
    if (l.n > 0 && table != NULL)
        table_print (table, stdout, l.terminal ? world_width () : 0, l.terminal, world_colour ());
    return l.n > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

static gboolean
is_state (const char *state)
{
    static const char *const states[] = { LOGCASE_STATES, "live", "all" };

    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
        if (strcmp (state, states[i]) == 0)
            return TRUE;
    return FALSE;
}

int
case_list (int argc, char **argv, const CommandContext *ctx)
{
    g_autofree char *state = NULL, *scenario = NULL, *relay = NULL, *ip = NULL;
    gboolean overdue = FALSE, json = FALSE, csv = FALSE;
    gint limit = LOGFILTER_LIMIT;
    const GOptionEntry options[] = {
        { "state", 0, 0, G_OPTION_ARG_STRING, &state,
          "open, answered, closed, live (open or answered: the default) or all", "STATE" },
        { "overdue", 0, 0, G_OPTION_ARG_NONE, &overdue, "Only those that are overdue", NULL },
        { "scenario", 's', 0, G_OPTION_ARG_STRING, &scenario, "Only of this scenario", "ID" },
        { "relay", 0, 0, G_OPTION_ARG_STRING, &relay, "Only about this relay of ours", "NAME" },
        { "ip", 'i', 0, G_OPTION_ARG_STRING, &ip, "Only those that accuse this address or network",
          "ADDRESS" },
        { "limit", 'n', 0, G_OPTION_ARG_INT, &limit,
          "At most so many (" G_STRINGIFY (LOGFILTER_LIMIT) ")", "N" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a line", NULL },
        { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, "Comma-separated values, with a line of names",
          NULL },
        { 0 },
    };
    g_autoptr (LogReader) reader = NULL;
    LogCaseFilter filter;
    int status;

    if (!command_options (&argc, &argv, options, "- the cases, overdue ones first",
                          "Then open before answered before closed ones, the urgent and the newest "
                          "first.\nExits with 1 when there is none.",
                          &status))
        return status;
    if (argc > 1)
        return command_usage ("case", "'%s' is too much: filters are options", argv[1]);
    if (state != NULL && !is_state (state))
        return command_usage (
            "case", "'%s' is no state: expected open, answered, closed, live or all", state);
    if (limit < 1 || limit > LIMIT_MAX)
        return command_usage ("case", "--limit %d is out of range: expected 1 to %d", limit,
                              LIMIT_MAX);
    filter = (LogCaseFilter) { .state = state == NULL                ? "live"
                                        : strcmp (state, "all") == 0 ? NULL
                                                                     : state,
                               .scenario = scenario,
                               .relay = relay,
                               .ip = ip,
                               .overdue = overdue,
                               .now_unix_s = world_now (),
                               .limit = (guint)limit };
    reader = readlog_open (ctx, "case");
    return reader != NULL ? print_cases (reader, &filter, json, csv) : COMMAND_WORLD;
}

void
case_print_fields (const LogCase *c)
{
    char *texts[G_N_ELEMENTS (columns)];

    texts_of (c, FALSE, texts);
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
        case_print_value (columns[i].name, texts[i]);
        g_free (texts[i]);
    }
}
