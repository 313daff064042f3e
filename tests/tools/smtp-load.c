/*
 * smtp-load - many mails over many sessions to the SMTP server on 127.0.0.1
 *
 *     smtp-load [-c SESSIONS] [-n MAILS] [-m MAILS-A-SESSION] [-w MS] [-r RECIPIENT]
 *               [--first N] PORT FILE...
 *
 * Each mail gets a header of its own, "X-Number: N", N from 1 on (--first).  -w waits between the
 * mails of a session.  Prints one line: mails, seconds, rate (a second), p50_us and p99_us (a whole
 * mail) and errors; each error is told on standard error.  Ends with 1 when there were any.
 */
#include "lib/smtp.h"

typedef struct Mail {
    char *text;
    gsize n;
} Mail;

typedef struct Load {
    gint sessions, mails, per_session, wait_ms, first;
    char *recipient, **rest;
    GArray *samples; /* of Mail */
    gint begun, errors;
} Load;

typedef struct Worker {
    Load *load;
    GArray *took_us; /* of gint64 */
} Worker;

static void
failed (Load *load, gint number, const char *why)
{
    g_atomic_int_inc (&load->errors);
    fprintf (stderr, "mail %d: %s\n", number, why);
}

static void
one_mail (Worker *w, Smtp *s, gint number)
{
    Load *load = w->load;
    const Mail *m = &g_array_index (load->samples, Mail, (guint)number % load->samples->len);
    g_autofree char *head = g_strdup_printf ("X-Number: %d\n", number);
    gint64 begin = g_get_monotonic_time (), took;

    if (!smtp_send (s, "sender@example.org", load->recipient, head, m->text, m->n))
        failed (load, number, s->line);
    took = g_get_monotonic_time () - begin;
    g_array_append_val (w->took_us, took);
    g_usleep ((gulong)load->wait_ms * 1000);
}

static gpointer
work (gpointer data)
{
    Worker *w = data;
    Smtp *s = NULL;
    gint sent = 0, number;

    while ((number = g_atomic_int_add (&w->load->begun, 1)) < w->load->mails) {
        g_autoptr (GError) error = NULL;

        if (sent++ % w->load->per_session == 0) {
            smtp_quit (s);
            s = smtp_open (w->load->rest[0], &error);
        }
        if (s != NULL)
            one_mail (w, s, w->load->first + number);
        else
            failed (w->load, w->load->first + number,
                    error != NULL ? error->message : "no session");
    }
    smtp_quit (s);
    return NULL;
}

static gint
by_size (gconstpointer a, gconstpointer b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

    return x < y ? -1 : x > y;
}

static void
report (const Load *load, const Worker *workers, double seconds)
{
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

    for (gint i = 0; i < load->sessions; i++)
        g_array_append_vals (all, workers[i].took_us->data, workers[i].took_us->len);
    g_array_sort (all, by_size);
    printf ("mails=%u seconds=%.2f rate=%.0f errors=%d", all->len, seconds, all->len / seconds,
            load->errors);
    if (all->len > 0)
        printf (" p50_us=%" G_GINT64_FORMAT " p99_us=%" G_GINT64_FORMAT,
                g_array_index (all, gint64, all->len / 2),
                g_array_index (all, gint64, (guint)((guint64)all->len * 99 / 100)));
    putchar ('\n');
}

static gboolean
read_options (Load *load, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[] = {
        { "sessions", 'c', 0, G_OPTION_ARG_INT, &load->sessions, "at a time (8)", "N" },
        { "mails", 'n', 0, G_OPTION_ARG_INT, &load->mails, "in all (1000)", "N" },
        { "mails-a-session", 'm', 0, G_OPTION_ARG_INT, &load->per_session, "(10)", "N" },
        { "wait", 'w', 0, G_OPTION_ARG_INT, &load->wait_ms, "between mails (0)", "MS" },
        { "first", 0, 0, G_OPTION_ARG_INT, &load->first, "mail's number (1)", "N" },
        { "recipient", 'r', 0, G_OPTION_ARG_STRING, &load->recipient, "(abuse@example.net)", "A" },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &load->rest, NULL,
          "PORT FILE..." },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);

    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, &argc, &argv, error))
        return FALSE;
    for (char **file = load->rest != NULL ? load->rest + 1 : NULL; file != NULL && *file; file++) {
        Mail m;

        if (!g_file_get_contents (*file, &m.text, &m.n, error))
            return FALSE;
        g_array_append_val (load->samples, m);
    }
    if (load->samples->len > 0 && load->sessions > 0 && load->per_session > 0)
        return TRUE;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "PORT and a FILE are needed");
    return FALSE;
}

int
main (int argc, char **argv)
{
    Load load = { .sessions = 8,
                  .mails = 1000,
                  .per_session = 10,
                  .first = 1,
                  .samples = g_array_new (FALSE, FALSE, sizeof (Mail)) };
    g_autoptr (GError) error = NULL;
    g_autofree Worker *workers = NULL;
    g_autofree GThread **threads = NULL;
    gint64 begin;

    if (!read_options (&load, argc, argv, &error)) {
        fprintf (stderr, "smtp-load: %s\n", error->message);
        return 2;
    }
    if (load.recipient == NULL)
        load.recipient = g_strdup ("abuse@example.net");
    workers = g_new0 (Worker, load.sessions);
    threads = g_new0 (GThread *, load.sessions);
    begin = g_get_monotonic_time ();
    for (gint i = 0; i < load.sessions; i++) {
        workers[i] = (Worker) { &load, g_array_new (FALSE, FALSE, sizeof (gint64)) };
        threads[i] = g_thread_new ("session", work, &workers[i]);
    }
    for (gint i = 0; i < load.sessions; i++)
        g_thread_join (threads[i]);
    report (&load, workers, (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
    return load.errors > 0 ? 1 : 0;
}
