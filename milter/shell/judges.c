#include "shell/judges.h"
#include "base/clean.h"
#include "judge/judge.h"
#include <pthread.h>

#define MAX_MAILS 512 /* put and not taken */
#define MAX_BYTES ((gsize)64 << 20)

typedef struct Job {
    char *mail;
    gsize kept, all; /* bytes; what is above the settings' limit is not kept */
    MailId id;
    LogRow *row; /* NULL: not judged yet */
} Job;

struct Judges {
    const Knowledge *know;
    GPtrArray *threads;
    gsize bytes; /* of mails that were put and not taken */

    pthread_mutex_t lock; /* guards: */
    pthread_cond_t work, judged;
    GQueue waiting, all; /* of Job; the first: not begun */
    gboolean quit;
};

static gint64
monotonic_us (gpointer data)
{
    (void)data;
    return g_get_monotonic_time ();
}

static const char *
as_utf8 (Arena *arena, Span bytes)
{
    gsize bad;
    Span text = clean_utf8 (arena, bytes, &bad);

    return text.p != NULL ? arena_span_dup (arena, text) : NULL;
}

static LogRow *
row_of (const Verdict *verdict, const Job *job, Span mail, gboolean keep_text)
{
    Envelope envelope;
    LogRow *row;

    mailid_envelope (verdict->facts->message, &envelope);
    row = logrow_new (verdict, &envelope, job->id.id, job->id.received_unix_ms);
    if (keep_text && !verdict->urls_withheld)
        row->text = as_utf8 (row->arena, mail);
    return row;
}

static LogRow *
judge (const Knowledge *know, const Job *job)
{
    const Settings *s = know->settings;
    g_autoptr (Arena) arena = arena_new (s->memory_limit_bytes);
    Budget budget = budget_new (monotonic_us, NULL, s->time_limit_ms);
    Span mail = { job->mail, job->mail + job->kept };
    const Verdict *v = judge_mail_with (know, arena, mail, job->id.received_unix_ms / 1000,
                                        &(JudgeOptions) { .budget = &budget });

    if (job->kept < job->all)
        message_bound (v->facts->message,
                       "only the first %" G_GSIZE_FORMAT " of the mail's bytes were read",
                       job->kept);
    return row_of (v, job, mail, s->keep_text);
}

static gpointer
judge_all (gpointer data)
{
    Judges *j = data;

    pthread_mutex_lock (&j->lock);
    while (!j->quit) {
        Job *job = g_queue_pop_head (&j->waiting);
        LogRow *row;

        if (job == NULL) {
            pthread_cond_wait (&j->work, &j->lock);
            continue;
        }
        pthread_mutex_unlock (&j->lock);
        row = judge (j->know, job);
        pthread_mutex_lock (&j->lock);
        job->row = row;
        pthread_cond_signal (&j->judged);
    }
    pthread_mutex_unlock (&j->lock);
    return NULL;
}

Judges *
judges_new (const Knowledge *know, guint threads)
{
    Judges *j = g_new0 (Judges, 1);

    j->know = know;
    j->threads = g_ptr_array_new ();
    g_queue_init (&j->waiting);
    g_queue_init (&j->all);
    pthread_mutex_init (&j->lock, NULL);
    pthread_cond_init (&j->work, NULL);
    pthread_cond_init (&j->judged, NULL);
    for (guint i = 0; i < MAX (threads, 1); i++)
        g_ptr_array_add (j->threads, g_thread_new ("judge", judge_all, j));
    return j;
}

static void
job_free (gpointer data)
{
    Job *job = data;

    logrow_free (job->row);
    g_free (job->mail);
    g_free (job);
}

void
judges_free (Judges *j)
{
    if (j == NULL)
        return;
    pthread_mutex_lock (&j->lock);
    j->quit = TRUE;
    pthread_cond_broadcast (&j->work);
    pthread_mutex_unlock (&j->lock);
    for (guint i = 0; i < j->threads->len; i++)
        g_thread_join (j->threads->pdata[i]);
    g_ptr_array_unref (j->threads);
    g_queue_clear (&j->waiting);
    g_queue_clear_full (&j->all, job_free);
    pthread_cond_destroy (&j->judged);
    pthread_cond_destroy (&j->work);
    pthread_mutex_destroy (&j->lock);
    g_free (j);
}

void
judges_put (Judges *j, Span mail, const MailId *id)
{
    Job *job = g_new0 (Job, 1);

    job->all = span_left (mail);
    job->kept = MIN (job->all, j->know->settings->message_limit_bytes);
    job->mail = g_memdup2 (mail.p, job->kept);
    job->id = *id;
    j->bytes += job->kept;
    pthread_mutex_lock (&j->lock);
    g_queue_push_tail (&j->waiting, job);
    g_queue_push_tail (&j->all, job);
    pthread_cond_signal (&j->work);
    pthread_mutex_unlock (&j->lock);
}

static Job *
take_judged (Judges *j, gboolean wait)
{
    Job *job = g_queue_peek_head (&j->all);

    while (job != NULL && job->row == NULL && wait)
        pthread_cond_wait (&j->judged, &j->lock);
    return job != NULL && job->row != NULL ? g_queue_pop_head (&j->all) : NULL;
}

LogRow *
judges_take (Judges *j, gboolean wait)
{
    LogRow *row;
    Job *job;

    pthread_mutex_lock (&j->lock);
    job = take_judged (j, wait);
    pthread_mutex_unlock (&j->lock);
    if (job == NULL)
        return NULL;
    j->bytes -= job->kept;
    row = g_steal_pointer (&job->row);
    job_free (job);
    return row;
}

gboolean
judges_are_full (Judges *j)
{
    gboolean full;

    pthread_mutex_lock (&j->lock);
    full = j->all.length >= MAX_MAILS || j->bytes >= MAX_BYTES;
    pthread_mutex_unlock (&j->lock);
    return full;
}
