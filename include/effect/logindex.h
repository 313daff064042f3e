/*
 * logindex - reports made searchable, some time after they were stored
 *
 * A full-text index costs more than all the rest of a row, so no mail waits
 * for it: the log's writer fills it when it has nothing else to do.  Reports
 * up to the number in table `indexed' are in it; those behind are the tail,
 * which a search reads one by one (effect/logquery.h), so it misses none.
 */
#pragma once
#include "effect/db.h"

#define LOGINDEX_TAIL_MAX 10000 /* a longer tail is shortened even when there is no idle time */

typedef struct LogIndex LogIndex;

LogIndex *logindex_new (Db *db, GError **error);
void      logindex_free (LogIndex *x); /* NULL is fine */

/* The next `max' reports, in a transaction of their own; fewer are done when there are no more. */
gboolean  logindex_more (LogIndex *x, guint max, guint *ret_done, GError **error);

gboolean  logindex_mark (Db *db, gint64 *ret_seq, GError **error); /* up to here all are in it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogIndex, logindex_free)
