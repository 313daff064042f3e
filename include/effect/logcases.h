/*
 * logcases - the log's cases, as its writer keeps them
 *
 * A case is a row of table `cases', made with its first report and counted on
 * with each that joins it.  A follow-up opens a case again.
 */
#pragma once
#include "effect/casebook.h"
#include "effect/db.h"

typedef struct LogCases LogCases;

LogCases *logcases_new (Db *db, GError **error);
void      logcases_free (LogCases *c); /* NULL is fine */

/* Of a row that is stored in the same transaction; one without a case is passed over. */
gboolean  logcases_store (LogCases *c, const LogRow *row, GError **error);

typedef void (*CaseRow) (const LogRow *row, gboolean closed, gpointer data); /* closed: its case is */

/* The next `max' stored reports that have a case, the newest first; fewer: these were the last. */
gboolean  logcases_load (LogCases *c, guint max, CaseRow visit, gpointer data, guint *ret_n,
                         GError **error);

/* Cases that were opened, or changed by an operator, since the last call or logcases_new(). */
gboolean  logcases_changed (LogCases *c, void (*visit) (const char *id, gboolean closed, gpointer data),
                            gpointer data, GError **error);

/* The first reports of a case, whole. */
gboolean  logcases_rows (LogCases *c, const char *id, CaseRow visit, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogCases, logcases_free)
