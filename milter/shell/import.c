#include "shell/import.h"
#include "effect/logpast.h"
#include "effect/logwrite.h"
#include "shell/judges.h"
#include <stdio.h>
#include <sys/random.h>

#define BATCH 256           /* rows in one transaction */
#define BUSY_MS 60000       /* that another writer may hold the database */
#define BOOK_REPORTS 5000   /* stored reports whose cases may be joined */
#define INDEX_SLICE 100     /* reports made searchable in one transaction */
#define INDEX_PAUSE_US 2000 /* between two, for the milter */

struct Import {
    LogWriter *log;
    LogPast *past;
    CaseBook *book;
    Judges *judges;
    GHashTable *seen; /* ids of this run */
    GPtrArray *batch;
    ImportCounts counts;
};

static CaseBook *
book_new (void)
{
    guint64 seed = 0;

    if (getrandom (&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = (guint64)g_get_real_time ();
    return casebook_new (seed);
}

static void
learn (const LogRow *row, gboolean closed, gpointer data)
{
    CaseBook *book = data;
    gboolean known = casebook_knows (book, row->case_id);

    casebook_learn (book, row);
    if (!known)
        casebook_close_case (book, row->case_id, closed);
}

static void
row_free (gpointer row)
{
    logrow_free (row);
}

Import *
import_new (const Knowledge *know, guint threads, GError **error)
{
    g_autoptr (Import) im = g_new0 (Import, 1);
    guint n;

    im->book = book_new ();
    im->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    im->batch = g_ptr_array_new_with_free_func (row_free);
    im->log = logwriter_open (know->settings->log, BUSY_MS, error);
    if (im->log == NULL ||
        !logcases_load (logwriter_cases (im->log), BOOK_REPORTS, learn, im->book, &n, error))
        return NULL;
    im->past = logpast_new (logwriter_db (im->log), error);
    if (im->past == NULL)
        return NULL;
    im->judges = judges_new (know, threads);
    return g_steal_pointer (&im);
}

void
import_free (Import *im)
{
    if (im == NULL)
        return;
    judges_free (im->judges);
    logpast_free (im->past);
    logwriter_close (im->log);
    casebook_free (im->book);
    g_hash_table_unref (im->seen);
    g_ptr_array_unref (im->batch);
    g_free (im);
}

const ImportCounts *
import_counts (const Import *im)
{
    return &im->counts;
}

/* Storing */

static gboolean
store_batch (Import *im, GError **error)
{
    GPtrArray *b = im->batch;

    while (b->len > 0) {
        g_autoptr (GError) failed = NULL;
        guint bad = 0;

        if (logwriter_store (im->log, (LogRow *const *)b->pdata, b->len, &bad, &failed)) {
            im->counts.stored += b->len;
            g_ptr_array_set_size (b, 0);
        } else if (g_error_matches (failed, DB_ERROR, DB_ERROR_ROW)) {
            const LogRow *row = b->pdata[bad];

            fprintf (stderr, "abusectl import: %s cannot be stored: %s\n", row->id,
                     failed->message);
            im->counts.refused++;
            g_ptr_array_remove_index (b, bad);
        } else {
            g_propagate_error (error, g_steal_pointer (&failed));
            return FALSE;
        }
    }
    return TRUE;
}

/* Takes the row. */
static gboolean
keep (Import *im, LogRow *row, GError **error)
{
    gboolean known = FALSE;

    if (!logpast_has_row (im->past, row, &known, error) || known) {
        im->counts.known += known;
        logrow_free (row);
        return known;
    }
    casebook_fold (im->book, row);
    g_ptr_array_add (im->batch, row);
    return im->batch->len < BATCH || store_batch (im, error);
}

/* What is judged by now; `until_room': and as much more as is needed for another. */
static gboolean
keep_judged (Import *im, gboolean until_room, GError **error)
{
    LogRow *row;

    while ((row = judges_take (im->judges, until_room && judges_are_full (im->judges))) != NULL)
        if (!keep (im, row, error))
            return FALSE;
    return TRUE;
}

gboolean
import_mail (Import *im, Span mail, gint64 now_unix_s, GError **error)
{
    gboolean known;
    MailId id;

    im->counts.read++;
    mailid_make (mail, now_unix_s, &id);
    known = g_hash_table_contains (im->seen, id.id + (id.dated ? 0 : MAILID_DIGEST_AT));
    if (!known && !logpast_has_id (im->past, &id, &known, error))
        return FALSE;
    im->counts.known += known;
    if (known)
        return keep_judged (im, FALSE, error);
    g_hash_table_add (im->seen, g_strdup (id.id + (id.dated ? 0 : MAILID_DIGEST_AT)));
    judges_put (im->judges, mail, &id);
    return keep_judged (im, TRUE, error);
}

gboolean
import_finish (Import *im, GError **error)
{
    LogRow *row;

    while ((row = judges_take (im->judges, TRUE)) != NULL)
        if (!keep (im, row, error))
            return FALSE;
    return store_batch (im, error);
}

gboolean
import_index (Import *im, gboolean *ret_more, GError **error)
{
    guint done = 0;

    if (!logwriter_index (im->log, INDEX_SLICE, &done, error))
        return FALSE;
    *ret_more = done == INDEX_SLICE;
    g_usleep (INDEX_PAUSE_US);
    return TRUE;
}
