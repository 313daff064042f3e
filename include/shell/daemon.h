/*
 * daemon - what all sessions share, without libmilter
 *
 * The current snapshot, the log, the gate that lets work in until it is shut,
 * the ration of memory and turns, and the counters of what went wrong.  Every function may be called from any
 * thread.  session.h has the rest of Daemon's life.
 */
#pragma once
#include "effect/metrics.h"
#include "shell/failures.h"
#include "shell/ration.h"
#include "shell/session.h"

/* Counts it, and tells the first of its kind; the others are summed up by daemon_sum_up(). */
void    daemon_failed (Daemon *d, Failure kind, const char *queue_id, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
guint64 daemon_failures (Daemon *d, Failure kind);

/* To be called now and then, at least once in FAILURES_QUIET_S while it is TRUE that there is more. */
gboolean daemon_sum_up (Daemon *d);

Ration *daemon_ration (Daemon *d);
Metrics *daemon_metrics (Daemon *d);
guint   daemon_mails (Daemon *d); /* under way */

/* A mail is between MAIL FROM and its end: what a drain waits for. */
void daemon_mail_begins (Daemon *d);
void daemon_mail_ends (Daemon *d);

/* Around judging and logging.  FALSE: the daemon is stopping, leave the log alone. */
gboolean daemon_enter (Daemon *d);
void     daemon_leave (Daemon *d);

/* Waits until no mail is under way, at most `mail_wait_s', then shuts the gate, waits, at most
 * `work_wait_s', for those inside, and closes the log.  FALSE: somebody still is inside, and may be
 * using the log. */
gboolean daemon_drain (Daemon *d, guint mail_wait_s, guint work_wait_s);

LogStore *daemon_log (Daemon *d); /* NULL: no log is kept */

void     daemon_broke (Daemon *d); /* serving has ended by itself */
gboolean daemon_wait (Daemon *d);  /* until daemon_stop(); FALSE when it broke */
