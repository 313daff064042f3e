/*
 * desk_overview - the desk's first page, and its cases
 */
#pragma once
#include "effect/desk_chart.h"
#include "effect/logcase.h"

typedef struct DeskOverview {
    GArray *scenarios, *relays, *reporters; /* of DeskCount */
    gint64 first_day_unix_s;
    guint64 *days;     /* counts of n_days days from there */
    guint n_days;
    GPtrArray *urgent; /* of LogRow: the newest urgent ones */
    GPtrArray *cases;  /* of LogCase: open ones, overdue first */
    gint64 now_unix_s;
} DeskOverview;

char *desk_overview (const DeskOverview *overview); /* g_free() it */

void  desk_case_row (GString *page, const LogCase *c, gint64 now_unix_s); /* an <li>, like desk_row() */

/* One case with its notes (in order) and the rows of its reports, which stand in `reports' already. */
char *desk_case (const LogCase *c, const GPtrArray *notes, const GString *reports, gint64 now_unix_s);
