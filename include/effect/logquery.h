/*
 * logquery - reading the log back: what list and show print
 */
#pragma once
#include "effect/logrow.h"

typedef struct LogReader LogReader;

LogReader *logreader_open (const char *uri, GError **error); /* read-only; the daemon may be writing */
void       logreader_close (LogReader *r);

typedef struct LogFilter { /* NULL or 0: not filtered */
    const char *scenario, *priority;
    const char *ip;          /* accused address */
    const char *text;        /* in subject or sender */
    gint64 since_unix_s, until_unix_s;
    guint limit;             /* newest first; 0: 50 */
} LogFilter;

/* Calls visit for each report, newest first, without signals; the row is the reader's. */
gboolean   logreader_list (LogReader *r, const LogFilter *filter,
                           void (*visit) (const LogRow *row, gpointer data), gpointer data,
                           GError **error);

/* A report whole, by its id or a unique beginning of it (at least 6 characters); NULL and an error otherwise. */
LogRow    *logreader_get (LogReader *r, const char *id, GError **error);

/* For `abusectl check': schema version, integrity; one line each way. */
gboolean   logreader_check (LogReader *r, char **ret_summary, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogReader, logreader_close)
