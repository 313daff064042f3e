/*
 * logwrite - rows into the database, a batch at a time
 *
 * The statements are prepared once a connection.  Used by one thread.  A row
 * whose id the log has already is passed over, so anything may be stored again.
 */
#pragma once
#include "effect/logcases.h"

typedef struct LogWriter LogWriter;

/* Makes or migrates the database; busy_ms: how long to wait for another's lock. */
LogWriter *logwriter_open (const char *uri, guint busy_ms, GError **error);
void logwriter_close (LogWriter *w); /* NULL is fine */

/* In one transaction: all rows are durable, or none is and there is an error.  When that is
 * DB_ERROR_ROW, *ret_bad is the row that can never be stored. */
gboolean logwriter_store (LogWriter *w, LogRow *const *rows, guint n, guint *ret_bad,
                          GError **error);

/* Makes the next `max' reports searchable; *ret_done: how many there were. */
gboolean logwriter_index (LogWriter *w, guint max, guint *ret_done, GError **error);
LogCases *logwriter_cases (LogWriter *w);                 /* the writer's own, as is: */
Db       *logwriter_db (LogWriter *w);
gboolean logwriter_moved (LogWriter *w); /* the file was deleted or replaced */
gboolean logwriter_rests (LogWriter *w); /* then: it is kept elsewhere, with all that was stored */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogWriter, logwriter_close)
