/* How the writer of the log keeps the book of its cases up to date. */
#include "effect/logstore_inner.h"
#include <sys/random.h>

#define BOOK_FIRST 500    /* reports that are learnt before a mail asks for its case */
#define BOOK_REPORTS 5000 /* in all: each takes a tenth of a millisecond */

CaseBook *
logstore_new_book (void)
{
    guint64 seed = 0;

    if (getrandom (&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = (guint64)g_get_real_time ();
    return casebook_new (seed);
}

static void
learn_one (const LogRow *row, gboolean closed, gpointer data)
{
    LogStore *ls = data;
    gboolean known;

    pthread_mutex_lock (&ls->book_lock);
    known = casebook_knows (ls->book, row->case_id);
    casebook_learn (ls->book, row);
    if (!known)
        casebook_close_case (ls->book, row->case_id, closed);
    pthread_mutex_unlock (&ls->book_lock);
}

gboolean
logstore_load_cases (LogStore *ls, guint max, gboolean *ret_all, GError **error)
{
    guint n = 0;

    if (!logcases_load (logwriter_cases (ls->db), max, learn_one, ls, &n, error))
        return FALSE;
    pthread_mutex_lock (&ls->book_lock);
    ls->book_reports += n;
    *ret_all = n < max || ls->book_reports >= BOOK_REPORTS ||
               casebook_size (ls->book) == CASEBOOK_MAX_CASES;
    ls->book_ready = ls->book_ready || *ret_all || ls->book_reports >= BOOK_FIRST;
    if (ls->book_ready)
        pthread_cond_broadcast (&ls->book_changed);
    pthread_mutex_unlock (&ls->book_lock);
    return TRUE;
}

typedef struct Follow {
    LogStore *ls;
    GPtrArray *unknown; /* ids of cases that somebody else has opened */
} Follow;

static void
follow_one (const char *id, gboolean closed, gpointer data)
{
    Follow *f = data;

    pthread_mutex_lock (&f->ls->book_lock);
    if (casebook_knows (f->ls->book, id))
        casebook_close_case (f->ls->book, id, closed);
    else if (!closed)
        g_ptr_array_add (f->unknown, g_strdup (id));
    pthread_mutex_unlock (&f->ls->book_lock);
}

gboolean
logstore_follow_cases (LogStore *ls, GError **error)
{
    LogCases *cases = logwriter_cases (ls->db);
    g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
    Follow f = { ls, unknown };

    if (!logcases_changed (cases, follow_one, &f, error))
        return FALSE;
    for (guint i = 0; i < unknown->len; i++)
        if (!logcases_rows (cases, g_ptr_array_index (unknown, i), learn_one, ls, error))
            return FALSE;
    return TRUE;
}
