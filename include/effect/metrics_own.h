/*
 * metrics_own - what metrics.c counts and metrics_print.c prints
 */
#pragma once
#include "effect/metrics.h"

#define N_BUCKETS 15
extern const gint64 metrics_buckets_us[N_BUCKETS]; /* upper bounds, inclusive; above them +Inf */

typedef struct Histogram {
    guint64 n[N_BUCKETS + 1]; /* of each bucket alone */
    guint64 sum_us;
} Histogram;

typedef struct ReportCount {
    char *scenario;
    guint64 n[N_PRIORITIES];
} ReportCount;

struct Metrics {
    GMutex lock;         /* guards all below */
    guint64 mails[N_MAIL_OUTCOMES], rows[N_ROW_OUTCOMES], reloads[2];
    guint64 incidents, defects, bounds;
    GArray *reports;     /* of ReportCount */
    Histogram stages[N_STAGES];
    gboolean reload_good;
    gint64 reloaded_unix_s; /* 0: never */
};
