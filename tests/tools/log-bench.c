/* rows/s and CPU a row of the log store, by the number of putting threads:
 *
 *     log-bench [SECONDS [INCIDENTS [FOLDER]]]
 *
 * of reports with so many incidents of one address (76 as in `make bench', when not said). */
#include "../unit/store.h"
#include <stdio.h>
#include <sys/resource.h>

typedef struct Putter {
    LogStore *log;
    GThread *thread;
    guint first, step, put, committed, n_incidents;
    const LogIncident *incidents;
    gint64 until_us, slowest_us;
} Putter;

/* As a complaint with a log excerpt: a line, a time and a port each.  They are made once, for what
 * a row costs the one who makes it is not the log's. */
static LogIncident *
incidents_new (Arena *a, guint n)
{
    LogIncident *made = arena_new0 (a, LogIncident, n);
    g_autoptr (LogRow) row = row_new (0);

    for (guint i = 0; i < n; i++) {
        LogIncident *in = &made[i];

        *in = row->incidents[0];
        in->ip = arena_strdup (a, in->ip);
        in->src_port = 40000 + i;
        in->where.line = 14 + i;
        in->time = arena_printf (a, "2025-11-20T03:%02u:%02uZ", i / 60 % 60, i % 60);
        in->time_local = arena_printf (a, "Nov 20 04:%02u:%02u", i / 60 % 60, i % 60);
    }
    return made;
}

static LogRow *
row_with (guint n, const Putter *p)
{
    LogRow *row = row_new (n);

    row->incidents = arena_new0 (row->arena, LogIncident, p->n_incidents);
    row->n_incidents = p->n_incidents;
    row->incident_count = p->n_incidents;
    memcpy (row->incidents, p->incidents, p->n_incidents * sizeof *p->incidents);
    return row;
}

static gpointer
put_rows (gpointer data)
{
    Putter *p = data;

    for (guint n = p->first; g_get_monotonic_time () < p->until_us; n += p->step) {
        LogRow *row = row_with (n, p);
        gint64 start = g_get_monotonic_time ();

        p->committed += logstore_put (p->log, row) == LOG_COMMITTED;
        p->put++;
        p->slowest_us = MAX (p->slowest_us, g_get_monotonic_time () - start);
    }
    return NULL;
}

static double
cpu_us (void)
{
    struct rusage u;

    getrusage (RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void
run (const Scratch *scratch, guint threads, gint64 seconds, guint n_incidents)
{
    g_autofree Putter *putters = g_new0 (Putter, threads);
    g_autoptr (Arena) a = arena_new (64 << 20);
    const LogIncident *incidents = incidents_new (a, n_incidents);
    g_autofree char *uri = scratch->pg_schema != NULL
                               ? g_strdup (scratch->uri)
                               : g_strdup_printf ("%s.%u", scratch->uri, threads);
    LogStore *log = logstore_open (uri, scratch->spool, 2000, NULL);
    gint64 start = g_get_monotonic_time (), took, slowest = 0;
    double cpu = cpu_us ();
    guint put = 0, committed = 0;

    for (guint i = 0; i < threads; i++) {
        putters[i] = (Putter) { .log = log,
                                .first = threads * 10000000 + i,
                                .step = threads,
                                .n_incidents = n_incidents,
                                .incidents = incidents };
        putters[i].until_us = start + seconds * G_USEC_PER_SEC;
        putters[i].thread = g_thread_new ("put", put_rows, &putters[i]);
    }
    for (guint i = 0; i < threads; i++) {
        g_thread_join (putters[i].thread);
        put += putters[i].put;
        committed += putters[i].committed;
        slowest = MAX (slowest, putters[i].slowest_us);
    }
    took = g_get_monotonic_time () - start;
    cpu = cpu_us () - cpu;
    logstore_close (log);
    printf ("%2u threads: %8.0f rows/s, %6.1f us CPU a row, slowest %4.0f ms, %u of %u committed\n",
            threads, put * 1e6 / (double)took, cpu / put, (double)slowest / 1000, committed, put);
}

int
main (int argc, char **argv)
{
    gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 3;
    guint incidents = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 76;
    Scratch scratch;

    if (argc > 3)
        scratch_in (&scratch, argv[3]);
    else
        scratch_new (&scratch);
    run (&scratch, 1, seconds, incidents);
    run (&scratch, 8, seconds, incidents);
    run (&scratch, 64, seconds, incidents);
    if (argc <= 3)
        scratch_free (&scratch);
    return 0;
}
