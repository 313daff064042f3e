/*
 * milter-load - many mails over many connections, and what they cost the milter
 *
 *     milter-load [-c CONNECTIONS] [-n MAILS] [-m MAILS-A-CONNECTION] [-r RECIPIENT] [-p PID]
 *                 [-t SECONDS] [--abort] LISTEN FILE...
 *
 * --abort breaks every second mail off, at each stage in turn.  -p measures that process.  Prints
 * one line: mails, seconds, rate (a second), p50_us and p99_us (a whole mail), errors, and with -p
 * cpu_us (a mail), rss_kb and peak_kb.  Ends with 1 when there were errors.
 */
#include "lib/milter-wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STAGES 8

typedef struct Load {
    gint connections, mails, per_connection, pid, timeout_s;
    char *recipient, **rest;
    gboolean abort;
    GPtrArray *samples; /* of WireMail */
    gint next;          /* mails begun */
    gint errors;
} Load;

typedef struct Worker {
    Load *load;
    Wire *wire;
    GArray *took_us; /* of gint64 */
} Worker;

/* The reply to a step; TRUE: go on with this mail. */
static gboolean
step (Worker *w, guint32 no_reply, gboolean *ret_fine)
{
    int reply;

    if (w->wire->steps & no_reply)
        return TRUE;
    while (wire_is_edit (reply = wire_read (w->wire)))
        ;
    if (reply < 0)
        *ret_fine = FALSE;
    return reply == 'c';
}

static gboolean
stop_here (Worker *w, int at, int stage)
{
    if (at != stage)
        return FALSE;
    wire_packet (w->wire, 'A', "", 0);
    wire_flush (w->wire);
    return TRUE;
}

static gboolean
send_content (Worker *w, const WireMail *m, int abort_at)
{
    gboolean fine = TRUE;

    for (guint i = 0; i < m->headers->len; i++) {
        wire_header (w->wire, &g_array_index (m->headers, WireHeader, i));
        if (!step (w, WIRE_NR_HEADER, &fine) || (i == 2 && stop_here (w, abort_at, 3)))
            return fine;
    }
    wire_packet (w->wire, 'N', "", 0);
    if (!step (w, WIRE_NR_EOH, &fine) || stop_here (w, abort_at, 4))
        return fine;
    for (gsize at = 0; at < m->body->len; at += WIRE_CHUNK) {
        wire_packet (w->wire, 'B', m->body->data + at, MIN (m->body->len - at, WIRE_CHUNK));
        if (!step (w, WIRE_NR_BODY, &fine)) /* skip, or an end */
            break;
    }
    if (!fine || stop_here (w, abort_at, 5))
        return fine;
    wire_packet (w->wire, 'E', "", 0);
    step (w, 0, &fine);
    return fine;
}

static gboolean
send_mail (Worker *w, const WireMail *m, int abort_at)
{
    gboolean fine = TRUE;

    wire_text (w->wire, 'M', "<sender@example.org>");
    if (!step (w, WIRE_NR_MAIL, &fine) || stop_here (w, abort_at, 0))
        return fine;
    wire_text (w->wire, 'R', w->load->recipient);
    if (!step (w, WIRE_NR_RCPT, &fine) || stop_here (w, abort_at, 1))
        return fine;
    wire_packet (w->wire, 'T', "", 0);
    if (!step (w, WIRE_NR_DATA, &fine) || stop_here (w, abort_at, 2))
        return fine;
    return send_content (w, m, abort_at);
}

/* Beyond the last stage that can be aborted the connection just breaks. */
static gboolean
one_mail (Worker *w, gint number)
{
    const WireMail *m = w->load->samples->pdata[(guint)number % w->load->samples->len];
    gint64 begin = g_get_monotonic_time (), took;
    int abort_at = w->load->abort && number % 2 == 0 ? (number / 2) % STAGES : -1;

    if (!send_mail (w, m, abort_at < 6 ? abort_at : abort_at - 5))
        return FALSE;
    if (abort_at >= 6)
        wire_close (w->wire);
    took = g_get_monotonic_time () - begin;
    g_array_append_val (w->took_us, took);
    return TRUE;
}

static gboolean
connection (Worker *w)
{
    if (!wire_connect (w->wire, w->load->rest[0], NULL) ||
        !wire_negotiate (w->wire, 6, WIRE_ALL_ACTIONS, WIRE_ALL_STEPS))
        return FALSE;
    for (gint i = 0; i < w->load->per_connection && w->wire->fd >= 0; i++) {
        gint number = g_atomic_int_add (&w->load->next, 1);

        if (number >= w->load->mails)
            break;
        if (!one_mail (w, number))
            return FALSE;
    }
    if (w->wire->fd >= 0) {
        wire_packet (w->wire, 'Q', "", 0);
        wire_flush (w->wire);
    }
    return TRUE;
}

static gpointer
work (gpointer data)
{
    Worker *w = data;

    while (g_atomic_int_get (&w->load->next) < w->load->mails)
        if (!connection (w))
            g_atomic_int_inc (&w->load->errors);
    return NULL;
}

/* User and system time of a process in microseconds: fields 14 and 15 of its stat. */
static gint64
cpu_us (gint pid)
{
    g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid), *text = NULL;
    const char *p;
    guint64 ticks = 0;

    if (!g_file_get_contents (path, &text, NULL, NULL) || (p = strrchr (text, ')')) == NULL)
        return 0;
    for (int field = 3; field <= 15 && p != NULL; field++) {
        p = strchr (p + 1, ' ');
        if (p != NULL && field >= 14)
            ticks += g_ascii_strtoull (p, NULL, 10);
    }
    return (gint64)(ticks * G_USEC_PER_SEC / (guint64)sysconf (_SC_CLK_TCK));
}

static guint64
status_kb (gint pid, const char *key)
{
    g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid), *text = NULL;
    const char *p;

    if (!g_file_get_contents (path, &text, NULL, NULL) || (p = strstr (text, key)) == NULL)
        return 0;
    return g_ascii_strtoull (p + strlen (key), NULL, 10);
}

static gint
by_size (gconstpointer a, gconstpointer b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

    return x < y ? -1 : x > y;
}

static void
report (const Load *load, Worker *workers, double seconds, gint64 cpu)
{
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

    for (gint i = 0; i < load->connections; i++)
        g_array_append_vals (all, workers[i].took_us->data, workers[i].took_us->len);
    g_array_sort (all, by_size);
    printf ("mails=%u seconds=%.2f rate=%.0f errors=%d", all->len, seconds, all->len / seconds,
            load->errors);
    if (all->len > 0)
        printf (" p50_us=%" G_GINT64_FORMAT " p99_us=%" G_GINT64_FORMAT,
                g_array_index (all, gint64, all->len / 2),
                g_array_index (all, gint64, (guint)((guint64)all->len * 99 / 100)));
    if (load->pid > 0)
        printf (" cpu_us=%.0f rss_kb=%" G_GUINT64_FORMAT " peak_kb=%" G_GUINT64_FORMAT,
                (double)cpu / MAX (all->len, 1), status_kb (load->pid, "VmRSS:"),
                status_kb (load->pid, "VmHWM:"));
    putchar ('\n');
}

static gboolean
read_options (Load *load, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[] = {
        { "connections", 'c', 0, G_OPTION_ARG_INT, &load->connections, "at a time (8)", "N" },
        { "mails", 'n', 0, G_OPTION_ARG_INT, &load->mails, "in all (1000)", "N" },
        { "mails-a-connection", 'm', 0, G_OPTION_ARG_INT, &load->per_connection, "(1)", "N" },
        { "recipient", 'r', 0, G_OPTION_ARG_STRING, &load->recipient, "(<abuse@example.net>)",
          "A" },
        { "pid", 'p', 0, G_OPTION_ARG_INT, &load->pid, "measure this process", "PID" },
        { "timeout", 't', 0, G_OPTION_ARG_INT, &load->timeout_s, "for each reply (60)", "SECONDS" },
        { "abort", 0, 0, G_OPTION_ARG_NONE, &load->abort, "break every second mail off", NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &load->rest, NULL,
          "LISTEN FILE..." },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);

    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, &argc, &argv, error))
        return FALSE;
    for (char **file = load->rest != NULL ? load->rest + 1 : NULL; file != NULL && *file; file++) {
        WireMail *m = wire_mail_read (*file, error);

        if (m == NULL)
            return FALSE;
        g_ptr_array_add (load->samples, m);
    }
    if (load->samples->len > 0 && load->connections > 0)
        return TRUE;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "LISTEN and a FILE are needed");
    return FALSE;
}

int
main (int argc, char **argv)
{
    Load load = { .connections = 8,
                  .timeout_s = 60,
                  .mails = 1000,
                  .per_connection = 1,
                  .samples = g_ptr_array_new () };
    g_autoptr (GError) error = NULL;
    g_autofree Worker *workers = NULL;
    g_autofree GThread **threads = NULL;
    gint64 begin, cpu;

    if (!read_options (&load, argc, argv, &error)) {
        fprintf (stderr, "milter-load: %s\n", error->message);
        return 2;
    }
    if (load.recipient == NULL)
        load.recipient = g_strdup ("<abuse@example.net>");
    workers = g_new0 (Worker, load.connections);
    threads = g_new0 (GThread *, load.connections);
    begin = g_get_monotonic_time ();
    cpu = cpu_us (load.pid);
    for (gint i = 0; i < load.connections; i++) {
        workers[i] = (Worker) { &load, wire_new (), g_array_new (FALSE, FALSE, sizeof (gint64)) };
        workers[i].wire->timeout_s = (guint)load.timeout_s;
        threads[i] = g_thread_new ("connection", work, &workers[i]);
    }
    for (gint i = 0; i < load.connections; i++)
        g_thread_join (threads[i]);
    report (&load, workers, (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC,
            cpu_us (load.pid) - cpu);
    return load.errors > 0 ? 1 : 0;
}
