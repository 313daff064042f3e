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

typedef enum LogSort {
    LOGSORT_RECEIVED,
    LOGSORT_PRIORITY, /* urgent ones first; like all below, among equals the newest first */
    LOGSORT_DEADLINE, /* the next first, those without one last */
    LOGSORT_CONFIDENCE,
    LOGSORT_INCIDENTS,
    LOGSORT_SCENARIO,
    LOGSORT_REPORTER,
    LOGSORT_RELAY,
    N_LOGSORTS
} LogSort;

typedef struct LogFilter { /* NULL or 0: not filtered */
    const char *scenario;    /* the operator's correction counts */
    const char *priority, *relay, *demand;
    const char *ip;          /* accused address, or a network: 198.51.100.0/24 */
    const char *reporter;    /* an address, or the end of its domain: example.org */
    const char *text;        /* words, see effect/logsearch.h */
    const char *case_id;     /* whole */
    const char *state;       /* of its case: "open", "answered", "closed" */
    gint64 since_unix_s, until_unix_s; /* received then or later; before then */
    gboolean corrected;      /* only what the operator has corrected or confirmed */
    LogSort sort;
    gboolean reversed;
    guint limit;             /* 0: LOGFILTER_LIMIT */
    guint skip;              /* so many of the first */
    gboolean whole;          /* with all that logreader_get() reads */
} LogFilter;

#define LOGFILTER_LIMIT 50

const char *logsort_name (LogSort sort); /* "received", ... */
gboolean    logsort_from_name (const char *name, LogSort *ret);

/* Calls visit for each report.  Unless whole it holds what is a column of the log's table: no
 * incidents but `accused', no signals, text, lists but demands.  The row is the reader's. */
gboolean   logreader_list (LogReader *r, const LogFilter *filter,
                           void (*visit) (const LogRow *row, gpointer data), gpointer data,
                           GError **error);

/* Reports of the same case, then those that accuse one of the same addresses; newest first, without
 * `row' itself. */
gboolean   logreader_related (LogReader *r, const LogRow *row, guint limit,
                              void (*visit) (const LogRow *row, gpointer data), gpointer data,
                              GError **error);

typedef enum LogBy { LOGBY_SCENARIO, LOGBY_RELAY, LOGBY_REPORTER, LOGBY_DAY, LOGBY_PRIORITY, N_LOGBYS } LogBy;

typedef struct LogCount {
    const char *name;        /* NULL: it has none; a day is 2026-11-20, UTC */
    guint64 reports, incidents;
    gint64 last_unix_ms;
} LogCount;

const char *logby_name (LogBy by); /* "scenario", ... */
gboolean    logby_from_name (const char *name, LogBy *ret);

/* The most frequent first, days in their order; at most filter->limit of them; of days the last. */
gboolean   logreader_count (LogReader *r, LogBy by, const LogFilter *filter,
                            void (*visit) (const LogCount *count, gpointer data), gpointer data,
                            GError **error);

#define LOGQUERY_MIN_ID 6 /* characters of the beginning of an id */

/* A report whole, by its id or a unique beginning of it; NULL and an error otherwise. */
LogRow    *logreader_get (LogReader *r, const char *id, GError **error);

/* For `abusectl check': schema version, integrity; one line each way. */
gboolean   logreader_check (LogReader *r, char **ret_summary, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogReader, logreader_close)
