#include "base/calendar.h"
#include "base/ip.h"
#include "shell/readlog.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHORT_ID 12 /* tells the millisecond and a little chance: enough for `abusectl show' */
#define LIMIT_MAX 1000000

typedef struct Asked {
    char *scenario, *priority, *ip, *since, *until, *text;
    gint limit;
    gboolean json;
} Asked;

typedef struct List {
    Table *table; /* NULL: JSON */
    gboolean terminal;
    guint rows;
} List;

static const Column columns[] = {
    { "ID", 0, 0 },       { "RECEIVED", 11, 0 }, { "PRIO", 0, 0 },     { "SCENARIO", 12, 0 },
    { "CONF", 0, 4 },     { "COUNT", 0, 2 },     { "ACCUSED", 15, 0 }, { "SENDER", 14, 3 },
    { "SUBJECT", 12, 1 }, { NULL, 0, 0 },
};

static const struct {
    const char *priority, *ink;
} inks[] = { { "urgent", "\033[1;31m" }, { "high", "\033[31m" }, { "low", "\033[2m" } };

static const char *
ink_of (const char *priority)
{
    for (gsize i = 0; i < G_N_ELEMENTS (inks); i++)
        if (strcmp (inks[i].priority, priority) == 0)
            return inks[i].ink;
    return NULL;
}

static void add_number (Table *t, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_number (Table *t, const char *format, ...)
{
    va_list args;
    g_autofree char *text = NULL;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    table_cell (t, text);
}

static void
add_received (Table *t, gint64 unix_ms, gboolean terminal)
{
    char text[RFC3339_MAX];

    calendar_rfc3339 (unix_ms / 1000, text);
    if (terminal) { /* 2026-11-20 03:04 */
        text[strlen ("2026-11-20")] = ' ';
        text[strlen ("2026-11-20 03:04")] = '\0';
    }
    table_cell (t, text);
}

static void
add_row (List *l, const LogRow *row)
{
    add_number (l->table, "%.*s", l->terminal ? SHORT_ID : ULID_LEN, row->id);
    add_received (l->table, row->received_unix_ms, l->terminal);
    table_cell (l->table, row->priority);
    table_ink (l->table, ink_of (row->priority));
    table_cell (l->table, row->scenario);
    add_number (l->table, "%.2f", row->confidence);
    add_number (l->table, "%" G_GUINT64_FORMAT, row->incident_count);
    table_cell (l->table, row->accused);
    table_cell (l->table, row->from_address != NULL ? row->from_address : row->sender);
    table_cell (l->table, row->subject);
}

static void
visit (const LogRow *row, gpointer data)
{
    List *l = data;

    l->rows++;
    if (l->table != NULL)
        add_row (l, row);
    else
        readlog_print_json (row);
}

static int
print_list (LogReader *reader, const LogFilter *filter, gboolean json)
{
    gboolean terminal = isatty (STDOUT_FILENO) != 0;
    g_autoptr (Table) table = json ? NULL : table_new (columns);
    g_autoptr (GError) error = NULL;
    List l = { table, terminal, 0 };

    if (!logreader_list (reader, filter, visit, &l, &error)) {
        fprintf (stderr, "abusectl list: %s\n", error->message);
        return COMMAND_WORLD;
    }
    if (l.rows == 0 && terminal)
        fputs ("abusectl list: no report\n", stderr);
    if (l.rows > 0 && table != NULL)
        table_print (table, stdout, terminal ? world_width () : 0, terminal, world_colour ());
    return l.rows > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

/* FALSE after telling what is wrong. */
static gboolean
filter_of (const Asked *a, LogFilter *ret)
{
    IpNet net;
    Priority priority;

    *ret = (LogFilter) { .scenario = a->scenario,
                         .priority = a->priority,
                         .ip = a->ip,
                         .text = a->text,
                         .limit = (guint)a->limit,
                         .whole = a->json };
    if (a->priority != NULL && !priority_from_name (a->priority, &priority))
        command_usage ("list", "'%s' is no priority: expected low, normal, high or urgent",
                       a->priority);
    else if (a->ip != NULL && !ipnet_parse (span_of (a->ip), &net))
        command_usage ("list",
                       "'%s' is no address or network: expected 198.51.100.7, "
                       "198.51.100.0/24 or 2001:db8::/32",
                       a->ip);
    else if (a->since != NULL && !readlog_parse_time (a->since, world_now (), &ret->since_unix_s))
        command_usage ("list",
                       "--since '%s' is no time: expected 2026-11-20, 2026-11-20T03:04:05Z, "
                       "90m, 12h, 7d or 4w",
                       a->since);
    else if (a->until != NULL && !readlog_parse_time (a->until, world_now (), &ret->until_unix_s))
        command_usage ("list",
                       "--until '%s' is no time: expected 2026-11-20, 2026-11-20T03:04:05Z, "
                       "90m, 12h, 7d or 4w",
                       a->until);
    else if (a->limit < 1 || a->limit > LIMIT_MAX)
        command_usage ("list", "--limit %d is out of range: expected 1 to %d", a->limit, LIMIT_MAX);
    else
        return TRUE;
    return FALSE;
}

static int
list (const Asked *a, const CommandContext *ctx)
{
    g_autoptr (LogReader) reader = NULL;
    LogFilter filter;

    if (!filter_of (a, &filter))
        return COMMAND_USAGE;
    reader = readlog_open (ctx, "list");
    return reader != NULL ? print_list (reader, &filter, a->json) : COMMAND_WORLD;
}

static void
asked_clear (Asked *a)
{
    g_free (a->scenario);
    g_free (a->priority);
    g_free (a->ip);
    g_free (a->since);
    g_free (a->until);
    g_free (a->text);
}

int
cmd_list (int argc, char **argv, const CommandContext *ctx)
{
    Asked a = { .limit = LOGFILTER_LIMIT };
    const GOptionEntry options[] = {
        { "scenario", 's', 0, G_OPTION_ARG_STRING, &a.scenario, "Only of this scenario", "ID" },
        { "priority", 'p', 0, G_OPTION_ARG_STRING, &a.priority, "Only of this priority", "NAME" },
        { "ip", 'i', 0, G_OPTION_ARG_STRING, &a.ip,
          "Only those that accuse this address or network", "ADDRESS" },
        { "since", 0, 0, G_OPTION_ARG_STRING, &a.since,
          "Received then or later: a date, a time, or 12h, 7d ago", "TIME" },
        { "until", 0, 0, G_OPTION_ARG_STRING, &a.until, "Received before then", "TIME" },
        { "text", 't', 0, G_OPTION_ARG_STRING, &a.text,
          "Only those with this text in subject or sender", "TEXT" },
        { "limit", 'n', 0, G_OPTION_ARG_INT, &a.limit,
          "At most so many (" G_STRINGIFY (LOGFILTER_LIMIT) ")", "N" },
        { "json", 0, 0, G_OPTION_ARG_NONE, &a.json, "One JSON object a line, with everything known",
          NULL },
        { 0 },
    };
    int status;

    if (command_options (
            &argc, &argv, options, "- list the reports in the log, newest first",
            "On a terminal a table; elsewhere one line a report with whole ids and no titles.\n"
            "Times are UTC.  "
            "Exits with 1 when there is no such report.",
            &status))
        status = argc > 1 ? command_usage ("list", "'%s' is too much: filters are options", argv[1])
                          : list (&a, ctx);
    asked_clear (&a);
    return status;
}
