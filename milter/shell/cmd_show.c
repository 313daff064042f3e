#include "base/calendar.h"
#include "base/clean.h"
#include "shell/readlog.h"
#include "shell/show_related.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <unistd.h>

#define MAX_VALUE 2000 /* bytes of one value */
#define MAX_ROWS 50    /* of incidents and the like; --json has all */

static const char bold[] = "\033[1m", plain[] = "\033[0m";

static void
print_head (const char *title)
{
    printf ("\n%s%s%s\n", world_colour () ? bold : "", title, world_colour () ? plain : "");
}

static void
print_value (const char *name, const char *value)
{
    g_autofree char *safe = value != NULL ? clean_terminal (span_of (value), MAX_VALUE) : NULL;

    if (safe != NULL && *safe != '\0')
        printf ("  %-14s %s\n", name, safe);
}

static void
print_with (const char *name, const char *value, const char *in_brackets)
{
    g_autofree char *both = value != NULL && in_brackets != NULL
                                ? g_strdup_printf ("%s (%s)", value, in_brackets)
                                : NULL;

    print_value (name, both != NULL ? both : value);
}

static void
print_moment (const char *name, gint64 unix_s)
{
    char text[RFC3339_MAX];

    print_value (name, calendar_rfc3339 (unix_s, text));
}

static void
print_joined (const char *name, const char *const *items)
{
    g_autofree char *joined = g_strjoinv (", ", (char **)items);

    print_value (name, joined);
}

static void
print_auth (const LogRow *r)
{
    g_autofree char *text =
        g_strdup_printf ("spf %s, dkim %s, dmarc %s", r->spf, r->dkim != NULL ? r->dkim : "unknown",
                         r->dmarc != NULL ? r->dmarc : "unknown");

    print_value ("our MTA says", text);
}

static void
print_tor (const LogRow *r)
{
    g_autofree char *reason = r->exit_reason != NULL && r->exit_time != NULL
                                  ? g_strdup_printf ("%s %s", r->exit_reason, r->exit_time)
                                  : g_strdup (r->exit_reason);

    if (!r->tor_judged)
        return;
    print_with ("Tor exit then", r->exit != NULL ? r->exit : "unknown", reason);
    print_value ("exit policy", r->policy);
    print_value ("impossible", r->impossible);
    print_value ("spoofable", r->spoofable ? "nothing beyond single packets is shown" : NULL);
}

static void
print_verdict (const LogRow *r)
{
    g_autofree char *confidence = g_strdup_printf ("%.2f", r->confidence);
    g_autofree char *who = g_strconcat (r->complainant != NULL ? r->complainant : "unknown",
                                        r->tor_aware ? ", knows Tor" : "", NULL);

    print_value ("id", r->id);
    print_with ("scenario", r->scenario, confidence);
    for (guint i = 0; i < r->n_alternatives; i++) {
        g_autofree char *other = g_strdup_printf ("%.2f", r->alternatives[i].confidence);

        print_with (i == 0 ? "or else" : "", r->alternatives[i].scenario, other);
    }
    print_with ("priority", r->priority, r->priority_reason);
    print_value ("format", r->format);
    print_with ("complainant", who, r->complainant_address);
    if (r->spf != NULL)
        print_auth (r);
    print_joined ("wants", r->demands);
    print_with ("deadline", r->deadline, r->deadline_text);
    print_with ("networks", r->standing, r->relay);
    print_tor (r);
    print_with ("corrected", r->corrected, r->corrected_by);
    print_value ("why", r->correction_note);
    print_value ("case", r->case_id);
}

static void
print_mail (const LogRow *r)
{
    print_head ("The mail");
    print_moment ("received", r->received_unix_ms / 1000);
    print_value ("subject", r->subject);
    print_with ("from", r->from_address, r->from_name);
    if (r->date_unix_s != G_MININT64)
        print_moment ("date", r->date_unix_s);
    print_value ("message-id", r->message_id);
    print_value ("envelope from", r->sender);
    print_value ("envelope to", r->recipients);
    print_value ("queue id", r->queue_id);
}

static void
print_table (const Table *t)
{
    guint width = isatty (STDOUT_FILENO) ? world_width () : 0;

    table_print (t, stdout, width, TRUE, world_colour ());
}

/* "14 (part 2)"; nothing for the whole mail. */
static void
add_where (Table *t, Where where)
{
    g_autofree char *text = where.line == 0   ? NULL
                            : where.part == 0 ? g_strdup ("subject")
                                              : g_strdup_printf ("%u:%u", where.part, where.line);

    table_cell (t, text);
}

static void
add_end (Table *t, const char *ip, guint port)
{
    g_autofree char *text =
        port == 0 ? g_strdup (ip) : g_strdup_printf ("%s port %u", ip != NULL ? ip : "-", port);

    table_cell (t, text);
}

static void
add_incident (Table *t, const LogIncident *in)
{
    g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, in->count);
    g_autofree char *local = in->time == NULL && in->time_local != NULL
                                 ? g_strconcat (in->time_local, " local", NULL)
                                 : NULL;

    add_end (t, in->ip != NULL ? in->ip : in->masked, in->src_port);
    table_cell (t, in->time != NULL ? in->time : local);
    add_end (t, in->dst_ip, in->dst_port);
    table_cell (t, in->protocol);
    table_cell (t, count);
    table_cell (t, in->basis);
    add_where (t, in->where);
    table_cell (t, in->url != NULL ? in->url : in->rule);
}

static void
print_more (guint64 shown, guint64 all, const char *what)
{
    if (all > shown)
        printf ("... and %" G_GUINT64_FORMAT " more %s\n", all - shown, what);
}

static void
print_incidents (const LogRow *r)
{
    static const Column columns[] = { { "ACCUSED", 0, 0 },   { "TIME", 0, 0 },
                                      { "OTHER END", 0, 0 }, { "PROTO", 0, 1 },
                                      { "COUNT", 0, 0 },     { "BASIS", 0, 3 },
                                      { "WHERE", 0, 2 },     { "URL OR WHY", 10, 0 },
                                      { NULL, 0, 0 } };
    g_autoptr (Table) t = table_new (columns);
    guint shown = MIN (r->n_incidents, MAX_ROWS);

    print_head ("Incidents");
    for (guint i = 0; i < shown; i++)
        add_incident (t, &r->incidents[i]);
    if (shown > 0)
        print_table (t);
    else
        puts ("  nobody is accused");
    print_more (shown, r->n_incidents, "incidents");
}

static void
print_signals (const LogRow *r)
{
    static const Column columns[] = { { "WEIGHT", 0, 0 }, { "OF", 0, 1 },    { "SIGNAL", 12, 0 },
                                      { "WHERE", 0, 0 },  { "TEXT", 20, 0 }, { NULL, 0, 0 } };
    g_autoptr (Table) t = table_new (columns);
    guint shown = MIN (r->n_signals, MAX_ROWS);

    if (shown == 0)
        return;
    print_head ("What decided");
    for (guint i = 0; i < shown; i++) {
        g_autofree char *weight = g_strdup_printf ("%+.1f", r->signals[i].weight);

        table_cell (t, weight);
        table_cell (t, r->signals[i].class_id);
        table_cell (t, r->signals[i].name);
        add_where (t, r->signals[i].where);
        table_cell (t, r->signals[i].text);
    }
    print_table (t);
    print_more (shown, r->n_signals, "signals");
}

static void
print_list (const char *title, const char *const *items)
{
    if (*items == NULL)
        return;
    print_head (title);
    for (; *items != NULL; items++)
        print_value ("-", *items);
}

/* Line by line, for clean_terminal() makes one line of all it gets. */
static void
print_text (const char *text)
{
    Span rest = span_of (text), line;

    if (text == NULL)
        return;
    print_head ("Text");
    while (span_line (&rest, &line)) {
        g_autofree char *safe = clean_terminal (line, MAX_VALUE);

        printf ("  %s\n", safe);
    }
}

static void
print_page (const LogRow *r)
{
    print_verdict (r);
    print_mail (r);
    print_incidents (r);
    print_list ("URLs", r->urls);
    print_signals (r);
    print_list ("What is strange about the mail", r->defects);
    print_text (r->text);
}

static int
show (const CommandContext *ctx, const char *id, gboolean json)
{
    g_autoptr (LogReader) reader = readlog_open (ctx, "show");
    g_autoptr (GError) error = NULL;
    g_autoptr (LogRow) row = NULL;

    if (reader == NULL)
        return COMMAND_WORLD;
    row = logreader_get (reader, id, &error);
    if (row == NULL) {
        fprintf (stderr, "abusectl show: %s\n", error->message);
        return g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID)        ? COMMAND_USAGE
               : g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING) ? COMMAND_NOTHING
                                                                                 : COMMAND_WORLD;
    }
    if (json)
        readlog_print_json (row);
    else {
        print_page (row);
        if (!show_related (reader, row, &error)) {
            fprintf (stderr, "abusectl show: %s\n", error->message);
            return COMMAND_WORLD;
        }
    }
    return COMMAND_OK;
}

int
cmd_show (int argc, char **argv, const CommandContext *ctx)
{
    gboolean json = FALSE;
    const GOptionEntry options[] = {
        { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object, with everything known", NULL },
        { 0 },
    };
    int status;

    if (!command_options (
            &argc, &argv, options, "ID - show one report of the log whole",
            "ID is the mail's X-Abuse-Id, or as much of its beginning as no other has.\n"
            "WHERE is part:line of the mail.",
            &status))
        return status;
    if (argc != 2)
        return command_usage ("show", argc < 2 ? "no ID given: `abusectl list' has them"
                                               : "one ID at a time");
    return show (ctx, argv[1], json);
}
