/*
 * logquery - reading the log back: what list and show print
 */
#pragma once
#include "effect/logrow.h"

typedef struct LogReader LogReader;

typedef enum LogQueryError {
    LOGQUERY_ERROR_ID,     /* no id, or the beginning of several */
    LOGQUERY_ERROR_NOTHING, /* there is no such report */
    LOGQUERY_ERROR_ADDRESS /* the filter's ip is none */
} LogQueryError;

#define LOGQUERY_ERROR (logquery_error_quark ())
GQuark logquery_error_quark (void); /* beside DB_ERROR */

LogReader *logreader_open (const char *uri, GError **error); /* read-only; the daemon may be writing */
void       logreader_close (LogReader *r);

typedef struct LogFilter { /* NULL or 0: not filtered */
    const char *scenario, *priority;
    const char *ip;          /* accused address, or a network: 198.51.100.0/24 */
    const char *text;        /* in subject or sender; ASCII case is ignored */
    gint64 since_unix_s, until_unix_s; /* received then or later; before then */
    guint limit;             /* newest first; 0: LOGFILTER_LIMIT */
    gboolean whole;          /* with all that logreader_get() reads */
} LogFilter;

#define LOGFILTER_LIMIT 50

/* Calls visit for each report, newest first.  Unless whole it holds what is a column of the log's
 * table: no incidents but `accused', no signals, text, lists but demands.  The row is the reader's. */
gboolean   logreader_list (LogReader *r, const LogFilter *filter,
                           void (*visit) (const LogRow *row, gpointer data), gpointer data,
                           GError **error);

/* A report whole, by its id or a unique beginning of it (at least 6 characters); NULL and an error otherwise. */
LogRow    *logreader_get (LogReader *r, const char *id, GError **error);

/* For `abusectl check': schema version, integrity; one line each way. */
gboolean   logreader_check (LogReader *r, char **ret_summary, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogReader, logreader_close)
