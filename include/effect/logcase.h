/*
 * logcase - the log's cases, for those who work on them
 *
 * Reading goes through a LogReader, writing through a LogDesk: each call is a
 * transaction of its own, waits for the daemon's, and is seen by it within
 * some seconds.  Moments are UTC milliseconds; LOGCASE_NEVER: not so far.
 */
#pragma once
#include "effect/logquery.h"

#define LOGCASE_NEVER G_MININT64
#define LOGCASE_STATES "open", "answered", "closed"

typedef struct LogCase {
    char *id;                 /* the first report's */
    char *scenario, *offender, *relay; /* offender, relay: NULL unknown */
    char *state;              /* one of LOGCASE_STATES */
    const char *priority;     /* the highest of its reports */
    guint64 reports;
    gint64 opened_unix_ms, last_unix_ms, answered_unix_ms, closed_unix_ms, due_unix_ms;
} LogCase;

typedef struct LogNote {
    gint64 made_unix_ms;
    const char *author, *note; /* author: NULL unknown */
} LogNote;

typedef struct LogCaseFilter { /* NULL or 0: not filtered */
    const char *state;       /* "live": open or answered */
    const char *scenario, *relay;
    const char *ip;          /* accused by one of its reports */
    gboolean overdue;        /* due before now, and not closed */
    gint64 now_unix_s;
    guint limit;             /* 0: LOGFILTER_LIMIT */
} LogCaseFilter;

/* Overdue ones first, the longest due at the top; then open, answered, closed; within these the most
 * urgent and then the newest.  The case is the reader's. */
gboolean logreader_cases (LogReader *r, const LogCaseFilter *filter,
                          void (*visit) (const LogCase *c, gpointer data), gpointer data,
                          GError **error);

/* By its id, that of one of its reports, or a unique beginning of either. */
LogCase *logreader_case (LogReader *r, const char *id, GError **error);
void     logcase_free (LogCase *c); /* NULL is fine */
gboolean logcase_is_overdue (const LogCase *c, gint64 now_unix_s);

gboolean logreader_notes (LogReader *r, const char *case_id,
                          void (*visit) (const LogNote *note, gpointer data), gpointer data,
                          GError **error); /* in the order they were made */

typedef struct LogDesk LogDesk;

/* A log that exists; it may be brought up to this program's schema by it. */
LogDesk *logdesk_open (const char *uri, GError **error);
void     logdesk_close (LogDesk *d); /* NULL is fine */

/* Ids are whole.  An id that is not there is LOGQUERY_ERROR_NOTHING. */
gboolean logdesk_note (LogDesk *d, const char *case_id, const char *author, const char *note, GError **error);
gboolean logdesk_set_answered (LogDesk *d, const char *case_id, gint64 due_unix_ms, GError **error);
gboolean logdesk_set_closed (LogDesk *d, const char *case_id, GError **error);
gboolean logdesk_set_open (LogDesk *d, const char *case_id, GError **error); /* forgets answer and due */
gboolean logdesk_set_due (LogDesk *d, const char *case_id, gint64 due_unix_ms, GError **error); /* or LOGCASE_NEVER */

/* What a report really was; the newest correction counts, all are kept. */
gboolean logdesk_correct (LogDesk *d, const char *report_id, const char *scenario, const char *author,
                          const char *note, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogCase, logcase_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogDesk, logdesk_close)
