/*
 * failures - what went wrong with mails: each counted, the first of its kind told at once
 *
 * What follows is summed up once in FAILURES_QUIET_S, with the last one's queue id and reason.
 * Every function may be called from any thread.
 */
#pragma once
#include <glib.h>
#include <stdarg.h>

#define FAILURES_QUIET_S 60

typedef enum Failure {
    FAILURE_TURN,      /* not judged: too many others were */
    FAILURE_MEMORY,    /* not, or not wholly, read: others held the memory */
    FAILURE_LOG,       /* neither the log nor its spool took the row */
    FAILURE_HEADERS,   /* the MTA did not take our headers */
    FAILURE_ACTION,    /* the MTA did not do what `actions' asks for */
    FAILURE_NEGOTIATE, /* the MTA cannot change headers */
    FAILURE_STOPPED,   /* a mail came too late: we were stopping */
    N_FAILURES
} Failure;

extern const char *const failure_names[N_FAILURES + 1]; /* "turn", ...; NULL at the end */

typedef struct Failures Failures;

Failures *failures_new (void);
void      failures_free (Failures *f); /* NULL is fine */

void failures_add (Failures *f, Failure kind, const char *queue_id, const char *format, va_list args)
    G_GNUC_PRINTF (4, 0);
guint64 failures_count (Failures *f, Failure kind);

/* Tells what was counted and not told, of each kind that was quiet long enough; all, at the end. */
void     failures_sum_up (Failures *f, gboolean all);
gboolean failures_waiting (Failures *f); /* something is left to sum up */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Failures, failures_free)
