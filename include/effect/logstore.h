/*
 * logstore - the log: one writer thread with group commit, and a spool for bad days
 *
 * logstore_put() takes a row from any thread and returns when the commit that
 * holds it is durable (SQLite WAL, synchronous=FULL), or when wait_ms is over:
 * then the row is written to the spool file beside the database (fsynced, one
 * JSON object a line) and taken in later without doubles (the id is the key).
 * A database that is locked, full, read-only, corrupt or gone never delays or
 * loses a mail: while it is, rows go to the spool at once.  Nothing of it is
 * ever thrown away or moved.  Trouble is logged once when it begins and once
 * when it ends.  A file that was deleted or replaced under way is made anew.
 *
 * It has a thread: open it after the last fork().  SIGXFSZ must be ignored, or
 * a limit on the size of files ends the process.
 */
#pragma once
#include "effect/logrow.h"

typedef struct LogStore LogStore;

typedef enum LogPut { LOG_COMMITTED, LOG_SPOOLED, LOG_LOST } LogPut; /* LOST: no disk would take it */

/* uri: "sqlite:/path" or "postgresql://...", whose spool is at spool_elsewhere.  Opens even when the database cannot be (then it spools and keeps trying);
 * NULL only for a uri that means nothing, or when there can be no thread. */
LogStore *logstore_open (const char *uri, const char *spool_elsewhere, guint wait_ms, GError **error);

/* Decides which case the row belongs to (effect/casebook.h) and sets its case_id: from memory, so
 * that no mail waits for the database, but for a moment at start.  TRUE: the case was there already.
 * A row that was not asked about is by logstore_put(). */
gboolean  logstore_fold (LogStore *ls, LogRow *row);
LogPut    logstore_put (LogStore *ls, LogRow *row); /* takes the row */
void      logstore_reopen (LogStore *ls);           /* after a rotation or a replaced file */
guint64   logstore_spooled (LogStore *ls);          /* rows waiting in the spool */
void      logstore_close (LogStore *ls);            /* commits or spools what is left; NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogStore, logstore_close)
