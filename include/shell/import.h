/*
 * import - mails that came before there was a log, put into it
 *
 * Each is judged as the milter would have judged it then, and folded into
 * cases as the milter's writer does.  Rows are stored in the order of the
 * mails, some hundred in a transaction.  A mail that the log has already
 * (effect/logpast.h) is passed over, so importing again stores nothing twice.
 */
#pragma once
#include "know/knowledge.h"

typedef struct Import Import;

typedef struct ImportCounts {
    guint64 read, stored;
    guint64 known;   /* were in the log already, or came twice */
    guint64 refused; /* rows that the database can never take; told on standard error */
} ImportCounts;

/* The log of the settings; `know' must outlive it. */
Import *import_new (const Knowledge *know, guint threads, GError **error);
void    import_free (Import *im); /* NULL is fine; what was not finished is not stored */

/* FALSE: the log failed; what was stored by then stays. */
gboolean import_mail (Import *im, Span mail, gint64 now_unix_s, GError **error);
gboolean import_finish (Import *im, GError **error); /* judges and stores what is left */

/* Makes the next stored reports searchable; *ret_more: there may be others. */
gboolean import_index (Import *im, gboolean *ret_more, GError **error);

const ImportCounts *import_counts (const Import *im);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)
