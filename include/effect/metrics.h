/*
 * metrics - what the daemon counts about its own work, for Prometheus
 *
 * Every call may come from any thread.  Counters begin at 0 with the process.
 * The text is that of the Prometheus exposition format 0.0.4: UTF-8, one
 * sample a line, each family with its HELP and TYPE.
 */
#pragma once
#include "value/verdict.h"

typedef enum MailOutcome { /* how a mail left us: each counts once */
    MAIL_UNWATCHED,        /* no watched recipient: accepted unread */
    MAIL_TAGGED,
    MAIL_UNTAGGED,         /* something failed: accepted as it was */
    MAIL_DEFERRED,         /* something failed, and on_error says tempfail */
    MAIL_ABORTED,          /* the MTA or its client went away first */
    N_MAIL_OUTCOMES
} MailOutcome;

typedef enum Stage { /* of one watched mail, in their order */
    STAGE_READ,      /* bytes to facts */
    STAGE_JUDGE,     /* facts to the verdict */
    STAGE_LOG,       /* until its row is on disk */
    STAGE_REPLY,     /* until the MTA has our headers */
    N_STAGES
} Stage;

typedef enum RowOutcome { ROW_COMMITTED, ROW_SPOOLED, ROW_LOST, N_ROW_OUTCOMES } RowOutcome;

typedef struct Metrics Metrics;

Metrics *metrics_new (void);
void     metrics_free (Metrics *m); /* NULL is fine */

void     metrics_mail (Metrics *m, MailOutcome outcome);
void     metrics_verdict (Metrics *m, const Verdict *verdict); /* its scenario, priority, defects, bounds */
void     metrics_stage (Metrics *m, Stage stage, gint64 us);
void     metrics_row (Metrics *m, RowOutcome outcome);
void     metrics_reload (Metrics *m, gboolean good, gint64 now_unix_s);

guint64  metrics_mails (Metrics *m, MailOutcome outcome);

/* What is so at this moment, and not counted here. */
typedef struct MetricsNow {
    const char *version;
    guint scenarios;           /* how many are loaded */
    const char *scenario_set;  /* a hash of them: two hosts with the same judge alike */
    guint mails_in_progress;
    guint64 spooled_rows;      /* that wait to be taken into the log */
    gint64 started_unix_s;
    const char *const *failures; /* their kinds, NULL-terminated */
    const guint64 *failure_counts;
} MetricsNow;

void     metrics_print (Metrics *m, const MetricsNow *now, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Metrics, metrics_free)
