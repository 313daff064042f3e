/*
 * logcopy - one log into another that is empty, on whatever database either is
 *
 * Table by table, some hundred rows in a transaction, with the numbers they
 * have.  Of a log that is being written to, what was there at the beginning is
 * copied.
 */
#pragma once
#include "effect/db.h"

typedef struct LogCopy LogCopy;

/* Makes the other's tables.  An error when it holds anything. */
LogCopy *logcopy_new (const char *from, const char *to, GError **error);
void     logcopy_free (LogCopy *c); /* NULL is fine */

guint64  logcopy_total (const LogCopy *c); /* rows of all tables */
guint64  logcopy_done (const LogCopy *c);
guint64  logcopy_reports (const LogCopy *c); /* there are to copy */

gboolean logcopy_step (LogCopy *c, gboolean *ret_more, GError **error);

/* At the end: both have as many rows in each table, and the other goes on counting behind the last. */
gboolean logcopy_finish (LogCopy *c, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogCopy, logcopy_free)
