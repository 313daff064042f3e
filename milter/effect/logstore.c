#include "effect/logstore.h"
#include "effect/db.h"
#include "effect/logspool.h"
#include "effect/logwrite.h"
#include <pthread.h>
#include <time.h>

#define QUEUE_MAX 1024 /* rows that wait for the writer; more go to the spool at once */
#define BATCH_MAX 128  /* rows in one commit */
#define GATHER_US 1000 /* that a commit may wait for as many rows as the last one had */
#define RETRY_MIN_MS 200
#define RETRY_MAX_MS 5000
#define NEVER G_MAXINT64

typedef enum SlotState { SLOT_QUEUED, SLOT_TAKEN, SLOT_DONE } SlotState;

/* One waiting logstore_put().  It and the queue (or the writer) hold a reference each. */
typedef struct Slot {
    LogRow *row; /* only read until the last reference goes */
    guint refs;
    SlotState state;
    LogPut outcome;
    gboolean left; /* the putter waits no longer and spools the row itself */
    pthread_cond_t done;
    GList link;
} Slot;

struct LogStore {
    char *uri;
    guint wait_ms;
    LogSpool *spool;
    pthread_t thread;

    pthread_mutex_t lock; /* guards the slots but for their rows, and: */
    pthread_cond_t work;
    GQueue queue;
    gboolean trouble; /* the database cannot: rows go to the spool at once */
    gboolean stuck;   /* the writer is at one commit for longer than wait_ms: so they do, too */
    gboolean reopen, quit;
    guint wanted; /* rows in the queue that the writer waits for; 0: any */
    guint64 lost; /* since the trouble began */

    /* the writer's own */
    LogWriter *db;
    gint64 spool_at_ms; /* when to look into the spool, and after trouble at the database, again */
    guint retry_ms;
};

static gint64
now_ms (void)
{
    return g_get_monotonic_time () / 1000;
}

/* CLOCK_MONOTONIC; FALSE when the time is over. */
static gboolean
wait_until_us (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_us)
{
    struct timespec at = { (time_t)(at_us / 1000000), (long)(at_us % 1000000) * 1000 };

    return pthread_cond_timedwait (cond, lock, &at) == 0;
}

static gboolean
wait_until (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_ms)
{
    if (at_ms == NEVER)
        return pthread_cond_wait (cond, lock) == 0;
    return wait_until_us (cond, lock, at_ms * 1000);
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

static void
slot_unref (Slot *slot) /* under the lock */
{
    if (--slot->refs > 0)
        return;
    pthread_cond_destroy (&slot->done);
    logrow_free (slot->row);
    g_free (slot);
}

/* Putting: any thread */

static LogPut
spool_rows (LogStore *ls, LogRow *const *rows, guint n)
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
    outcome = spool_rows (ls, &slot->row, 1);
    pthread_mutex_lock (&ls->lock);
    return slot->state == SLOT_DONE && slot->outcome == LOG_COMMITTED ? LOG_COMMITTED : outcome;
}

static LogPut
put_queued (LogStore *ls, LogRow *row)
{
    Slot *slot = slot_new (row);
    gint64 until = now_ms () + ls->wait_ms;
    LogPut outcome;

    g_queue_push_tail_link (&ls->queue, &slot->link);
    if (ls->queue.length == MAX (ls->wanted, 1))
        pthread_cond_signal (&ls->work);
    while (slot->state != SLOT_DONE && wait_until (&slot->done, &ls->lock, until))
        continue;
    outcome = slot->state == SLOT_DONE ? slot->outcome : give_up (ls, slot);
    slot_unref (slot);
    return outcome;
}

LogPut
logstore_put (LogStore *ls, LogRow *row)
{
    LogPut outcome;

    pthread_mutex_lock (&ls->lock);
    if (!ls->trouble && !ls->stuck && ls->queue.length < QUEUE_MAX) {
        outcome = put_queued (ls, row);
        pthread_mutex_unlock (&ls->lock);
        return outcome;
    }
    pthread_mutex_unlock (&ls->lock);
    outcome = spool_rows (ls, &row, 1);
    logrow_free (row);
    return outcome;
}

/* The one thread that writes */

static gboolean
is_open (LogStore *ls, GError **error)
{
    gboolean again;

    pthread_mutex_lock (&ls->lock);
    again = ls->reopen;
    ls->reopen = FALSE;
    pthread_mutex_unlock (&ls->lock);
    if (ls->db != NULL && !again && logwriter_moved (ls->db)) {
        g_message ("the log's file was moved away: it is made anew");
        again = TRUE;
    }
    if (again)
        g_clear_pointer (&ls->db, logwriter_close);
    if (ls->db == NULL)
        ls->db = logwriter_open (ls->uri, MAX (ls->wait_ms / 2, 1), error);
    return ls->db != NULL;
}

/* When the file was taken away under the commit, the commit went nowhere: once more, into the new
 * one. */
static gboolean
try_store (LogStore *ls, LogRow *const *rows, guint n, guint *ret_bad, GError **error)
{
    do {
        if (!is_open (ls, error) || !logwriter_store (ls->db, rows, n, ret_bad, error))
            return FALSE;
    } while (logwriter_moved (ls->db));
    return TRUE;
}

/* Rows that can never be stored end up behind the first *n. */
static gboolean
store_rows (LogStore *ls, LogRow **rows, guint *n, GError **error)
{
    for (;;) {
        g_autoptr (GError) failed = NULL;
        LogRow *row;
        guint bad = 0;

        if (try_store (ls, rows, *n, &bad, &failed))
            return TRUE;
        if (!g_error_matches (failed, DB_ERROR, DB_ERROR_ROW)) {
            g_propagate_error (error, g_steal_pointer (&failed));
            return FALSE;
        }
        g_warning ("a row cannot be stored: %s", failed->message);
        row = rows[bad];
        logspool_keep_bad (ls->spool, row);
        rows[bad] = rows[--*n];
        rows[*n] = row;
    }
}

static void
try_later (LogStore *ls)
{
    ls->spool_at_ms = now_ms () + ls->retry_ms;
    ls->retry_ms = MIN (ls->retry_ms * 2, RETRY_MAX_MS);
}

static void
set_trouble (LogStore *ls, const GError *error)
{
    gboolean first;

    if (error->code != DB_ERROR_BUSY) /* what is wrong may be in the connection */
        g_clear_pointer (&ls->db, logwriter_close);
    pthread_mutex_lock (&ls->lock);
    first = !ls->trouble;
    ls->trouble = TRUE;
    ls->lost = first ? 0 : ls->lost;
    pthread_mutex_unlock (&ls->lock);
    if (first)
        g_warning ("the log cannot be written, rows go to %s until it can: %s",
                   logspool_path (ls->spool), error->message);
    try_later (ls);
}

static void
end_trouble (LogStore *ls)
{
    gboolean was;
    guint64 lost;

    pthread_mutex_lock (&ls->lock);
    was = ls->trouble;
    lost = ls->lost;
    ls->trouble = FALSE;
    ls->lost = 0;
    pthread_mutex_unlock (&ls->lock);
    if (was && lost > 0)
        g_message ("the log can be written again; %" G_GUINT64_FORMAT " rows were lost", lost);
    else if (was)
        g_message ("the log can be written again");
}

/* A batch from the queue */

typedef struct Batch {
    Slot *slots[BATCH_MAX];
    guint n;
} Batch;

static LogPut
outcome_of (const Slot *slot, LogRow *const *rows, guint n, LogPut outcome)
{
    for (guint i = 0; i < n; i++)
        if (rows[i] == slot->row)
            return outcome;
    return LOG_LOST;
}

static void
settle (LogStore *ls, Batch *b, LogRow *const *rows, guint n, LogPut outcome)
{
    pthread_mutex_lock (&ls->lock);
    for (guint i = 0; i < b->n; i++) {
        Slot *slot = b->slots[i];

        slot->outcome = n == b->n ? outcome : outcome_of (slot, rows, n, outcome);
        slot->state = SLOT_DONE;
        pthread_cond_signal (&slot->done);
        slot_unref (slot);
    }
    pthread_mutex_unlock (&ls->lock);
}

static void
spool_batch (LogStore *ls, Batch *b, LogRow *const *rows, guint n)
{
    LogRow *ours[BATCH_MAX];
    guint kept = 0;
    LogPut outcome;

    pthread_mutex_lock (&ls->lock);
    for (guint i = 0; i < b->n; i++)
        if (!b->slots[i]->left)
            ours[kept++] = b->slots[i]->row;
    pthread_mutex_unlock (&ls->lock);
    outcome = spool_rows (ls, ours, kept);
    settle (ls, b, rows, n, outcome);
}

static void
store_batch (LogStore *ls, Batch *b)
{
    g_autoptr (GError) error = NULL;
    LogRow *rows[BATCH_MAX];
    guint n = b->n;

    for (guint i = 0; i < b->n; i++)
        rows[i] = b->slots[i]->row;
    if (store_rows (ls, rows, &n, &error)) {
        ls->retry_ms = RETRY_MIN_MS;
        settle (ls, b, rows, n, LOG_COMMITTED);
        return;
    }
    set_trouble (ls, error);
    spool_batch (ls, b, rows, b->n);
}

/* What waits in the spool, a batch at a time; in trouble also the question whether it is over. */

static void
take_from_spool (LogStore *ls)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    g_autoptr (GError) error = NULL;
    guint n;

    if (!logspool_take (ls->spool, rows, BATCH_MAX, &error)) {
        g_warning ("the log's spool cannot be read: %s", error->message);
        try_later (ls);
        return;
    }
    n = rows->len;
    if (!store_rows (ls, (LogRow **)rows->pdata, &n, &error)) {
        if (rows->len > 0)
            logspool_again (ls->spool);
        set_trouble (ls, error);
        return;
    }
    end_trouble (ls);
    if (rows->len > 0) {
        logspool_taken (ls->spool);
        ls->retry_ms = RETRY_MIN_MS;
        return;
    }
    try_later (ls); /* nothing waits, or another process is taking it in */
}

/* A commit costs several times what a row does.  Those whose rows the last one held were let go
 * together, and the next of them are likely to come together, too. */
static void
gather (LogStore *ls, guint wanted)
{
    gint64 until = g_get_monotonic_time () + GATHER_US;

    ls->wanted = MIN (wanted, BATCH_MAX);
    while (ls->queue.length > 0 && ls->queue.length < ls->wanted && !ls->quit &&
           wait_until_us (&ls->work, &ls->lock, until))
        continue;
    ls->wanted = 0;
}

/* Sleeps until there is a row, or the spool is due. */
static void
next_batch (LogStore *ls, Batch *ret, gboolean *ret_spool, gboolean *ret_quit)
{
    guint last = ret->n;
    gint64 due;

    ret->n = 0;
    pthread_mutex_lock (&ls->lock);
    ls->stuck = FALSE;
    for (;;) {
        due = ls->trouble || logspool_waiting (ls->spool) > 0 ? ls->spool_at_ms : NEVER;
        if (ls->queue.length > 0 || ls->quit || ls->reopen || now_ms () >= due)
            break;
        wait_until (&ls->work, &ls->lock, due);
    }
    gather (ls, last);
    while (ret->n < BATCH_MAX && ls->queue.length > 0) {
        Slot *slot = g_queue_pop_head_link (&ls->queue)->data;

        slot->state = SLOT_TAKEN;
        ret->slots[ret->n++] = slot;
    }
    *ret_spool = now_ms () >= due || ls->reopen;
    *ret_quit = ls->quit && ret->n == 0;
    pthread_mutex_unlock (&ls->lock);
}

static void *
writer (void *data)
{
    LogStore *ls = data;
    g_autoptr (GError) error = NULL;
    gboolean spool, quit;
    Batch b = { .n = 0 };

    if (!is_open (ls, &error)) /* tell it at start, not with the first mail */
        set_trouble (ls, error);
    do {
        next_batch (ls, &b, &spool, &quit);
        if (b.n > 0)
            store_batch (ls, &b);
        if (spool && !quit)
            take_from_spool (ls);
    } while (!quit);
    logwriter_close (ls->db);
    return NULL;
}

/* Life */

static void
logstore_free (LogStore *ls)
{
    logspool_free (ls->spool);
    pthread_cond_destroy (&ls->work);
    pthread_mutex_destroy (&ls->lock);
    g_free (ls->uri);
    g_free (ls);
}

LogStore *
logstore_open (const char *uri, guint wait_ms, GError **error)
{
    const char *where;
    LogStore *ls;
    g_autofree char *spool = NULL;
    int failed;

    if (db_backend (uri, &where, error) == NULL)
        return NULL;
    spool = g_strconcat (where, ".spool", NULL);
    ls = g_new0 (LogStore, 1);
    ls->uri = g_strdup (uri);
    ls->wait_ms = MAX (wait_ms, 1);
    ls->retry_ms = RETRY_MIN_MS;
    ls->spool = logspool_new (spool);
    g_queue_init (&ls->queue);
    pthread_mutex_init (&ls->lock, NULL);
    cond_init (&ls->work);
    failed = pthread_create (&ls->thread, NULL, writer, ls);
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
