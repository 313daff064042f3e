/*
 * desk_chart - counts and times drawn in plain SVG
 *
 * What a chart shows stands beside it as text too, or in its label, for those
 * who do not see it.  No script, no style attribute: the page's policy allows
 * neither.
 */
#pragma once
#include <glib.h>

typedef struct DeskCount {
    const char *name;
    const char *link; /* where the name leads, a path with its query; NULL: nowhere */
    guint64 n;
} DeskCount;

/* A list: name, bar, number. */
void desk_counts (GString *page, const DeskCount *counts, guint n);

/* One upright bar a day; counts[0] is that of the day `first_unix_s' lies in (UTC). */
void desk_days (GString *page, gint64 first_unix_s, const guint64 *counts, guint n);

typedef struct DeskMoment {
    gint64 unix_s;
    guint64 count; /* events then */
} DeskMoment;

/* Moments on a line, in any order; nothing for fewer than two different ones. */
void desk_moments (GString *page, const DeskMoment *moments, guint n);
