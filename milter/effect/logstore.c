#include "effect/logstore_inner.h"
#include <time.h>

#define BOOK_WAIT_MS 500 /* for the stored cases to be read, at start */
#define QUEUE_MAX 1024   /* rows that wait for the writer; more go to the spool at once */

gint64
logstore_now_ms (void)
{
    return g_get_monotonic_time () / 1000;
}

/* CLOCK_MONOTONIC; FALSE when the time is over. */
gboolean
logstore_wait_us (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_us)
{
    struct timespec at = { (time_t)(at_us / 1000000), (long)(at_us % 1000000) * 1000 };

    return pthread_cond_timedwait (cond, lock, &at) == 0;
}

gboolean
logstore_wait (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_ms)
{
    if (at_ms == NEVER)
        return pthread_cond_wait (cond, lock) == 0;
    return logstore_wait_us (cond, lock, at_ms * 1000);
}

static void
cond_init (pthread_cond_t *cond)
{
    pthread_condattr_t attr;

    pthread_condattr_init (&attr);
    pthread_condattr_setclock (&attr, CLOCK_MONOTONIC);
    pthread_cond_init (cond, &attr);
    pthread_condattr_destroy (&attr);
}

static Slot *
slot_new (LogRow *row)
{
    Slot *slot = g_new0 (Slot, 1);

    slot->row = row;
    slot->refs = 2;
    slot->link.data = slot;
    cond_init (&slot->done);
    return slot;
}

void
logstore_slot_unref (Slot *slot) /* under the lock */
{
    if (--slot->refs > 0)
        return;
    pthread_cond_destroy (&slot->done);
    logrow_free (slot->row);
    g_free (slot);
}

/* Putting: any thread */

LogPut
logstore_spool (LogStore *ls, LogRow *const *rows, guint n)
{
    g_autoptr (GError) error = NULL;
    gboolean good = n == 0 || logspool_add (ls->spool, rows, n, &error), first;

    pthread_mutex_lock (&ls->lock);
    first = !good && ls->lost == 0;
    ls->lost += good ? 0 : n;
    pthread_cond_signal (&ls->work); /* so that it is taken in soon when all is well */
    pthread_mutex_unlock (&ls->lock);
    if (first)
        g_warning ("the log's spool cannot take rows either, they are lost: %s", error->message);
    return good ? LOG_SPOOLED : LOG_LOST;
}

/* The time is over.  A row still queued is taken back; one in the writer's hands may yet be
 * committed, and is spooled all the same: its id keeps it from being there twice. */
static LogPut
give_up (LogStore *ls, Slot *slot)
{
    LogPut outcome;

    ls->stuck = TRUE;
    if (slot->state == SLOT_QUEUED) {
        g_queue_unlink (&ls->queue, &slot->link);
        slot->refs--;
    }
    slot->left = TRUE;
    pthread_mutex_unlock (&ls->lock);
    outcome = logstore_spool (ls, &slot->row, 1);
    pthread_mutex_lock (&ls->lock);
    return slot->state == SLOT_DONE && slot->outcome == LOG_COMMITTED ? LOG_COMMITTED : outcome;
}

static LogPut
put_queued (LogStore *ls, LogRow *row)
{
    Slot *slot = slot_new (row);
    gint64 until = logstore_now_ms () + ls->wait_ms;
    LogPut outcome;

    g_queue_push_tail_link (&ls->queue, &slot->link);
    if (ls->queue.length == MAX (ls->wanted, 1))
        pthread_cond_signal (&ls->work);
    while (slot->state != SLOT_DONE && logstore_wait (&slot->done, &ls->lock, until))
        continue;
    outcome = slot->state == SLOT_DONE ? slot->outcome : give_up (ls, slot);
    logstore_slot_unref (slot);
    return outcome;
}

/* Without the stored cases a new mail would open a case beside the one it belongs to. */
static gboolean
await_book (LogStore *ls)
{
    while (!ls->book_ready && logstore_wait (&ls->book_changed, &ls->book_lock, ls->book_by_ms))
        continue;
    return ls->book_ready;
}

gboolean
logstore_fold (LogStore *ls, LogRow *row)
{
    gboolean joined;

    pthread_mutex_lock (&ls->book_lock);
    joined = await_book (ls) && casebook_fold (ls->book, row);
    pthread_mutex_unlock (&ls->book_lock);
    return joined;
}

LogPut
logstore_put (LogStore *ls, LogRow *row)
{
    LogPut outcome;

    if (row->case_id == NULL)
        logstore_fold (ls, row);
    pthread_mutex_lock (&ls->lock);
    if (!ls->trouble && !ls->stuck && ls->queue.length < QUEUE_MAX) {
        outcome = put_queued (ls, row);
        pthread_mutex_unlock (&ls->lock);
        return outcome;
    }
    pthread_mutex_unlock (&ls->lock);
    outcome = logstore_spool (ls, &row, 1);
    logrow_free (row);
    return outcome;
}

/* Life */

static void
logstore_free (LogStore *ls)
{
    logspool_free (ls->spool);
    casebook_free (ls->book);
    pthread_cond_destroy (&ls->book_changed);
    pthread_mutex_destroy (&ls->book_lock);
    pthread_cond_destroy (&ls->work);
    pthread_mutex_destroy (&ls->lock);
    g_free (ls->uri);
    g_free (ls);
}

LogStore *
logstore_open (const char *uri, const char *spool_elsewhere, guint wait_ms, GError **error)
{
    g_autofree char *spool = logspool_path_of (uri, spool_elsewhere);
    const char *where;
    LogStore *ls;
    int failed;

    if (db_backend (uri, &where, error) == NULL)
        return NULL;
    g_return_val_if_fail (spool != NULL, NULL);
    ls = g_new0 (LogStore, 1);
    ls->uri = g_strdup (uri);
    ls->wait_ms = MAX (wait_ms, 1);
    ls->retry_ms = RETRY_MIN_MS;
    ls->spool = logspool_new (spool);
    g_queue_init (&ls->queue);
    pthread_mutex_init (&ls->lock, NULL);
    cond_init (&ls->work);
    pthread_mutex_init (&ls->book_lock, NULL);
    cond_init (&ls->book_changed);
    ls->book = logstore_new_book ();
    ls->book_by_ms = logstore_now_ms () + BOOK_WAIT_MS;
    failed = pthread_create (&ls->thread, NULL, logstore_writer, ls);
    if (failed == 0)
        return ls;
    g_set_error (error, DB_ERROR, DB_ERROR_OTHER, "no thread for the log: %s", g_strerror (failed));
    logstore_free (ls);
    return NULL;
}

void
logstore_reopen (LogStore *ls)
{
    pthread_mutex_lock (&ls->lock);
    ls->reopen = TRUE;
    pthread_cond_signal (&ls->work);
    pthread_mutex_unlock (&ls->lock);
}

guint64
logstore_spooled (LogStore *ls)
{
    return logspool_waiting (ls->spool);
}

void
logstore_close (LogStore *ls)
{
    if (ls == NULL)
        return;
    pthread_mutex_lock (&ls->lock);
    ls->quit = TRUE;
    pthread_cond_signal (&ls->work);
    pthread_mutex_unlock (&ls->lock);
    pthread_join (ls->thread, NULL);
    logstore_free (ls);
}
