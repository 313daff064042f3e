/* What the writer of the log does when it has nothing to write: making what was put searchable
 * (unless too much has gathered, then it does not wait), and following the cases. */
#include "effect/logstore_inner.h"

#define IDLE_MS 500     /* without a row: then what was put is made searchable */
#define INDEX_SLICE 100 /* reports made searchable at once, so that rows need not wait long */
#define CASES_MS 15000  /* between two looks at what operators and other hosts did to cases */
#define CASES_SLICE 50  /* reports learnt at once, so that rows need not wait long */
#define INDEX_RETRY_MS 60000

void
logstore_note_unindexed (LogStore *ls, guint n)
{
    ls->unindexed += n;
    ls->index_at_ms = logstore_now_ms () + (ls->unindexed < LOGINDEX_TAIL_MAX ? IDLE_MS : 0);
}

/* What keeps rows from being stored is told with them. */
static gboolean
is_told_elsewhere (const LogStore *ls, const GError *error)
{
    return ls->index_warned || (error->domain == DB_ERROR && error->code != DB_ERROR_OTHER &&
                                error->code != DB_ERROR_ROW);
}

void
logstore_make_searchable (LogStore *ls)
{
    g_autoptr (GError) error = NULL;
    guint done = 0;

    ls->index_at_ms = logstore_now_ms () + INDEX_RETRY_MS;
    if (ls->db == NULL)
        return;
    if (logwriter_index (ls->db, INDEX_SLICE, &done, &error)) {
        ls->unindexed -= MIN (done, ls->unindexed);
        ls->index_at_ms = done == INDEX_SLICE ? logstore_now_ms () : NEVER;
        return;
    }
    if (!is_told_elsewhere (ls, error)) {
        ls->index_warned = TRUE;
        g_warning ("the log's newest reports cannot be made searchable, they are searched one by "
                   "one: %s",
                   error->message);
    }
}

/* First those that are stored, then what becomes of them.  What hinders it is told with the rows.
 */
void
logstore_care_for_cases (LogStore *ls)
{
    g_autoptr (GError) error = NULL;

    ls->cases_at_ms = logstore_now_ms () + CASES_MS;
    if (ls->db == NULL)
        return;
    if (ls->book_loaded && !logstore_follow_cases (ls, &error))
        g_debug ("the log's cases were not read: %s", error->message);
    if (!ls->book_loaded && logstore_load_cases (ls, CASES_SLICE, &ls->book_loaded, &error) &&
        !ls->book_loaded)
        ls->cases_at_ms = logstore_now_ms ();
}
