/*
 * retention - reports that are old: taken out of the log, or without whom they name
 *
 * RETENTION_PRUNE removes a report with all that hangs on it, and a case with
 * its last report.  RETENTION_ANONYMISE takes away who wrote and to whom, all
 * that the mail said in words, its message-ids, the victim's and anybody's
 * address outside our own networks, and the notes made about it by then; what
 * is counted stays: scenario, priority, times, relay, our own accused
 * addresses, ports, demands, verdicts and corrections.  An anonymised report
 * has the subject "", which no mail's is, so that it is not done twice.
 *
 * Some reports at a time, each time in a transaction of its own: the milter
 * may be writing.
 */
#pragma once
#include "effect/db.h"
#include "know/settings.h"

typedef enum RetentionKind { RETENTION_PRUNE, RETENTION_ANONYMISE } RetentionKind;

typedef struct RetentionCounts {
    guint64 reports;
    guint64 texts; /* of the mails, kept with them */
    guint64 cases; /* pruned with them */
    guint64 live;  /* of these the ones that are not closed */
    guint64 notes; /* anonymised: of their cases, made by then */
} RetentionCounts;

typedef struct Retention Retention;

/* A log that exists: reports received before that moment.  `settings' say which networks are ours, and
 * must outlive it. */
Retention *retention_new (const char *uri, RetentionKind kind, gint64 before_unix_s,
                          const Settings *settings, GError **error);
void       retention_free (Retention *r); /* NULL is fine */

gboolean retention_count (Retention *r, RetentionCounts *ret, GError **error);

/* The next `max' reports, the oldest first; *ret_done less: there were no more. */
gboolean retention_step (Retention *r, guint max, guint *ret_done, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Retention, retention_free)
