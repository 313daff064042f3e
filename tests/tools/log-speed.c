/*
 * log-speed - what questions to a large log take
 *
 *     log-speed REPORTS [MOST-MS [FOLDER]]
 *
 * fills a new log with so many reports of ten incidents each, over a year, then asks what list,
 * show, stats and case ask, from opening the log to the last row, seven times each: the median, the
 * best, and the mean of the CPU time.  Fails when an answer is not what was put, or (MOST-MS not 0)
 * takes more CPU time than that, for a loaded machine's clock says nothing.  The log is kept in
 * FOLDER, and used again when it is there.
 */
#include "../unit/store.h"
#include "effect/logcase.h"
#include "effect/logwrite.h"
#include <stdio.h>
#include <stdlib.h>

#define INCIDENTS 10
#define TIMES 7
#define BEGIN G_GINT64_CONSTANT (1763600000000)
#define YEAR_MS G_GINT64_CONSTANT (31536000000)

static const char *const scenarios[] = { "ssh-bruteforce", "port-scan",  "ddos",     "web-attack",
                                         "email-spam",     "copyright",  "phishing", "voip-abuse",
                                         "comment-spam",   "web-attack", "scraping" };
static const char *const priorities[] = { "normal", "normal", "high", "low", "normal", "normal" };
static const char *const words[] = { "server",  "login",    "attack",  "password",
                                     "network", "firewall", "scan",    "mailbox",
                                     "report",  "customer", "gateway", "relay" };

static guint
mix (guint n) /* some order that is none */
{
    return (n * 2654435761u) >> 7;
}

static void
fill_incidents (LogRow *row, guint n)
{
    row->n_incidents = INCIDENTS;
    row->incident_count = INCIDENTS;
    row->incidents = arena_new0 (row->arena, LogIncident, INCIDENTS);
    for (guint i = 0; i < INCIDENTS; i++) {
        guint m = mix (n / 3 + i);

        row->incidents[i] =
            (LogIncident) { .ip = arena_printf (row->arena, "198.%u.%u.%u", 18 + m % 2, m / 2 % 256,
                                                m / 512 % 256),
                            .dst_ip = arena_printf (row->arena, "203.0.113.%u", m % 256),
                            .dst_port = 22 + m % 3,
                            .src_port = 1024 + m % 50000,
                            .protocol = "tcp",
                            .time = "2025-11-20T03:04:05Z",
                            .time_local = "Nov 20 04:04:05",
                            .time_basis = "hint",
                            .basis = "derived",
                            .rule = "sshd: from",
                            .count = 1,
                            .where = { 1, 14 + i, 3 } };
    }
    row->accused = row->incidents[0].ip;
}

static LogRow *
report (guint n, guint of)
{
    LogRow *row = row_new (n);
    Arena *a = row->arena;
    guint m = mix (n);
    guint8 random[10] = {
        [6] = (guint8)(n >> 24), [7] = (guint8)(n >> 16), [8] = (guint8)(n >> 8), [9] = (guint8)n
    };
    char id[ULID_LEN + 1];

    row->received_unix_ms = BEGIN + YEAR_MS / of * n;
    ulid_make (row->received_unix_ms, random, id);
    row->id = arena_strdup (a, id);
    row->scenario = scenarios[m % G_N_ELEMENTS (scenarios)];
    row->priority = priorities[m / 7 % G_N_ELEMENTS (priorities)];
    row->from_address = row->complainant_address =
        arena_printf (a, "abuse%u@reporter%u.example.org", m % 3, m / 11 % 400);
    row->subject = arena_printf (a, "%s %s at our %s, ticket t%u", words[n % 12],
                                 words[n / 12 % 12], words[m / 3 % 12], n);
    row->relay = n % 4 == 0 ? NULL : arena_printf (a, "quokka%u", m % 40);
    row->case_id = n % 3 == 0 ? row->id : NULL;
    fill_incidents (row, n);
    return row;
}

static void
check (GError *error)
{
    if (error == NULL)
        return;
    fprintf (stderr, "log-speed: %s\n", error->message);
    exit (1);
}

static void
fill (const char *uri, guint reports)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (LogWriter) w = logwriter_open (uri, 5000, &error);
    gint64 begin = g_get_monotonic_time (), middle;
    guint done = 1;

    check (error);
    for (guint n = 0; n < reports;) {
        LogRow *rows[500];
        guint many = 0, bad;

        while (many < G_N_ELEMENTS (rows) && n < reports)
            rows[many++] = report (n++, reports);
        if (!logwriter_store (w, rows, many, &bad, &error))
            check (error);
        for (guint i = 0; i < many; i++)
            logrow_free (rows[i]);
    }
    middle = g_get_monotonic_time ();
    while (done > 0)
        if (!logwriter_index (w, 1000, &done, &error))
            check (error);
    printf ("%u reports, %u incidents: %.1f us each to put, %.1f us to make searchable\n", reports,
            reports * INCIDENTS, (double)(middle - begin) / reports,
            (double)(g_get_monotonic_time () - middle) / reports);
}

/* Questions */

typedef struct Asked {
    LogReader *reader;
    guint reports; /* in the log */
    guint64 seen;
} Asked;

static void
see_row (const LogRow *row, gpointer data)
{
    Asked *a = data;

    a->seen += row->id != NULL;
}

static void
see_count (const LogCount *count, gpointer data)
{
    Asked *a = data;

    a->seen += count->reports;
}

static void
see_case (const LogCase *c, gpointer data)
{
    Asked *a = data;

    a->seen += c->id != NULL;
}

static void
list (Asked *a, const LogFilter *filter, GError **error)
{
    logreader_list (a->reader, filter, see_row, a, error);
}

static void
ask_newest (Asked *a, GError **error)
{
    list (a, &(LogFilter) { 0 }, error);
}

static void
ask_scenario (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .scenario = "phishing" }, error);
}

static void
ask_rare (Asked *a, GError **error) /* nothing has all of this */
{
    list (a, &(LogFilter) { .scenario = "phishing", .demand = "identity", .relay = "quokka1" },
          error);
}

static void
ask_sorted (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .sort = LOGSORT_REPORTER }, error);
}

static void
ask_address (Asked *a, GError **error)
{
    g_autoptr (LogRow) any = report (a->reports / 2, a->reports);

    list (a, &(LogFilter) { .ip = any->incidents[3].ip, .limit = 1000 }, error);
}

static void
ask_network (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .ip = "198.18.0.0/16" }, error);
}

static void
ask_reporter (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .reporter = "reporter7.example.org" }, error);
}

static void
ask_open (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .state = "open", .priority = "high" }, error);
}

static void
ask_word (Asked *a, GError **error)
{
    list (a, &(LogFilter) { .text = "firewall" }, error);
}

static void
ask_phrase (Asked *a, GError **error)
{
    g_autofree char *text = g_strdup_printf ("ticket.t%u our report*", a->reports / 2 + 3);

    list (a, &(LogFilter) { .text = "password.attack" }, error);
    list (a, &(LogFilter) { .text = text }, error);
}

static void
ask_one (Asked *a, GError **error)
{
    g_autoptr (LogRow) any = report (a->reports / 3, a->reports);
    g_autoptr (LogRow) row = logreader_get (a->reader, any->id, error);

    if (row == NULL)
        return;
    a->seen = row->n_incidents == INCIDENTS && strcmp (row->subject, any->subject) == 0;
    logreader_related (a->reader, row, 20, see_row, a, error);
}

static void
count (Asked *a, LogBy by, GError **error)
{
    logreader_count (a->reader, by, &(LogFilter) { .limit = 1000 }, see_count, a, error);
}

static void
ask_stats (Asked *a, GError **error)
{
    count (a, LOGBY_SCENARIO, error);
}

static void
ask_relays (Asked *a, GError **error)
{
    count (a, LOGBY_RELAY, error);
}

static void
ask_reporters (Asked *a, GError **error)
{
    count (a, LOGBY_REPORTER, error);
}

static void
ask_days (Asked *a, GError **error)
{
    count (a, LOGBY_DAY, error);
}

static void
ask_cases (Asked *a, GError **error)
{
    logreader_cases (a->reader, &(LogCaseFilter) { .state = "live", .now_unix_s = BEGIN / 1000 },
                     see_case, a, error);
}

#define ALL G_MAXUINT /* of the reports */

static const struct {
    const char *name;
    void (*ask) (Asked *a, GError **error);
    guint at_least; /* that are seen */
} questions[] = {
    { "list: the newest", ask_newest, 50 },
    { "list: of a scenario", ask_scenario, 50 },
    { "list: that matches nothing", ask_rare, 0 },
    { "list: sorted by reporter", ask_sorted, 50 },
    { "list: an address", ask_address, 1 },
    { "list: a network of many", ask_network, 50 },
    { "list: a reporter", ask_reporter, 1 },
    { "list: of open cases", ask_open, 30 },
    { "search: a frequent word", ask_word, 50 },
    { "search: words of one report, a phrase", ask_phrase, 1 },
    { "show: one, and its relatives", ask_one, 2 },
    { "stats: by scenario", ask_stats, ALL },
    { "stats: by relay", ask_relays, ALL },
    { "stats: by reporter", ask_reporters, 1 },
    { "stats: by day", ask_days, ALL },
    { "case list", ask_cases, 50 },
};

static int
ascending (const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
cpu_ms (void)
{
    struct timespec t;

    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
ask_once (const char *uri, guint which, guint reports)
{
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();
    Asked a = { logreader_open (uri, &error), reports, 0 };
    guint64 least = questions[which].at_least;
    double took;

    check (error);
    questions[which].ask (&a, &error);
    check (error);
    took = (double)(g_get_monotonic_time () - begin) / 1000;
    if (a.seen < (least == ALL ? reports : least)) {
        fprintf (stderr, "log-speed: %s: %" G_GUINT64_FORMAT " of at least %" G_GUINT64_FORMAT "\n",
                 questions[which].name, a.seen, least);
        exit (1);
    }
    logreader_close (a.reader);
    return took;
}

static gboolean
ask_all (const char *uri, guint reports, double most_ms)
{
    gboolean good = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
        double times[TIMES], cpu = cpu_ms ();

        for (guint k = 0; k < TIMES; k++)
            times[k] = ask_once (uri, i, reports);
        cpu = (cpu_ms () - cpu) / TIMES;
        qsort (times, TIMES, sizeof times[0], ascending);
        printf ("%-40s %7.1f ms, at best %7.1f ms, CPU %7.1f ms\n", questions[i].name,
                times[TIMES / 2], times[0], cpu);
        good = good && (most_ms <= 0 || cpu <= most_ms);
    }
    return good;
}

int
main (int argc, char **argv)
{
    guint reports = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 0;
    double most_ms = argc > 2 ? g_ascii_strtod (argv[2], NULL) : 0;
    Scratch scratch;
    gboolean good;

    if (reports < 1000) {
        fputs ("usage: log-speed REPORTS [MOST-MS [FOLDER]], of at least 1000 reports\n", stderr);
        return 2;
    }
    if (argc > 3)
        scratch_in (&scratch, argv[3]);
    else
        scratch_new (&scratch);
    if (!g_file_test (scratch.db, G_FILE_TEST_EXISTS))
        fill (scratch.uri, reports);
    good = ask_all (scratch.uri, reports, most_ms);
    if (argc <= 3)
        scratch_free (&scratch);
    return good ? 0 : 1;
}
