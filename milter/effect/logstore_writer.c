#include "effect/logstore_inner.h"

#define BATCH_MAX 128  /* rows in one commit */
#define GATHER_US 1000 /* that a commit may wait for as many rows as the last one had */
#define RETRY_MAX_MS 5000

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

/* When the file was deleted under the commit, the commit went nowhere: once more, into the new one.
 * When it was moved, the rows are in it. */
static gboolean
try_store (LogStore *ls, LogRow *const *rows, guint n, guint *ret_bad, GError **error)
{
    do {
        if (!is_open (ls, error) || !logwriter_store (ls->db, rows, n, ret_bad, error))
            return FALSE;
    } while (logwriter_moved (ls->db) && !logwriter_rests (ls->db));
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
    ls->spool_at_ms = logstore_now_ms () + ls->retry_ms;
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
        logstore_slot_unref (slot);
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
    outcome = logstore_spool (ls, ours, kept);
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
        logstore_note_unindexed (ls, n);
        return;
    }
    set_trouble (ls, error);
    spool_batch (ls, b, rows, b->n);
}

/* What waits in the spool, a batch at a time; in trouble also the question whether it is over. */

/* It was put before the stored cases were known, or by a program that knew none. */
static void
fold_late (LogStore *ls, LogRow *row)
{
    if (row->case_id == NULL)
        logstore_fold (ls, row);
}

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
    for (guint i = 0; i < n; i++)
        fold_late (ls, rows->pdata[i]);
    if (!store_rows (ls, (LogRow **)rows->pdata, &n, &error)) {
        if (rows->len > 0)
            logspool_again (ls->spool);
        set_trouble (ls, error);
        return;
    }
    end_trouble (ls);
    if (rows->len > 0) {
        logspool_taken (ls->spool);
        logstore_note_unindexed (ls, rows->len);
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
           logstore_wait_us (&ls->work, &ls->lock, until))
        continue;
    ls->wanted = 0;
}

static gint64
next_due (const LogStore *ls, gint64 spool)
{
    return MIN (spool, MIN (ls->index_at_ms, ls->cases_at_ms));
}

/* Sleeps until there is a row, or the spool is due. */
static void
next_batch (LogStore *ls, Batch *ret, gboolean *ret_spool, gboolean *ret_quit)
{
    guint last = ret->n;
    gint64 due = NEVER;

    ret->n = 0;
    pthread_mutex_lock (&ls->lock);
    ls->stuck = FALSE;
    for (;;) {
        due = ls->trouble || logspool_waiting (ls->spool) > 0 ? ls->spool_at_ms : NEVER;
        if (ls->queue.length > 0 || ls->quit || ls->reopen ||
            logstore_now_ms () >= next_due (ls, due))
            break;
        logstore_wait (&ls->work, &ls->lock, next_due (ls, due));
    }
    gather (ls, last);
    while (ret->n < BATCH_MAX && ls->queue.length > 0) {
        Slot *slot = g_queue_pop_head_link (&ls->queue)->data;

        slot->state = SLOT_TAKEN;
        ret->slots[ret->n++] = slot;
    }
    *ret_spool = logstore_now_ms () >= due || ls->reopen;
    *ret_quit = ls->quit && ret->n == 0;
    pthread_mutex_unlock (&ls->lock);
}

void *
logstore_writer (void *data)
{
    LogStore *ls = data;
    g_autoptr (GError) error = NULL;
    gboolean spool, quit;
    Batch b = { .n = 0 };

    if (!is_open (ls, &error)) /* tell it at start, not with the first mail */
        set_trouble (ls, error);
    logstore_note_unindexed (ls, 0);
    do {
        next_batch (ls, &b, &spool, &quit);
        if (b.n > 0)
            store_batch (ls, &b);
        if (spool && !quit)
            take_from_spool (ls);
        if (!quit && logstore_now_ms () >= ls->index_at_ms)
            logstore_make_searchable (ls);
        if (!quit && logstore_now_ms () >= ls->cases_at_ms)
            logstore_care_for_cases (ls);
    } while (!quit);
    logwriter_close (ls->db);
    return NULL;
}
