/* rows/s and CPU a row of the log store, by the number of putting threads: bench-logstore [SECONDS
 * [FOLDER]] */
#include "../unit/store.h"
#include <stdio.h>
#include <sys/resource.h>

typedef struct Putter {
    LogStore *log;
    GThread *thread;
    guint first, step, put, committed;
    gint64 until_us, slowest_us;
} Putter;

static gpointer
put_rows (gpointer data)
{
    Putter *p = data;

    for (guint n = p->first; g_get_monotonic_time () < p->until_us; n += p->step) {
        LogRow *row = row_new (n);
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
run (const Scratch *scratch, guint threads, gint64 seconds)
{
    g_autofree Putter *putters = g_new0 (Putter, threads);
    LogStore *log = logstore_open (scratch->uri, 2000, NULL);
    gint64 start = g_get_monotonic_time (), took, slowest = 0;
    double cpu = cpu_us ();
    guint put = 0, committed = 0;

    for (guint i = 0; i < threads; i++) {
        putters[i] = (Putter) { .log = log, .first = threads * 10000000 + i, .step = threads };
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
    Scratch scratch;

    if (argc > 2)
        scratch_in (&scratch, argv[2]);
    else
        scratch_new (&scratch);
    run (&scratch, 1, seconds);
    run (&scratch, 8, seconds);
    run (&scratch, 64, seconds);
    if (argc <= 2)
        scratch_free (&scratch);
    return 0;
}
