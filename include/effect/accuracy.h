/*
 * accuracy - how the rules did against what the operator said
 *
 * Of each corrected report the log knows both: the scenario that the rules
 * found when it came, and the operator's.  Where both are the same the rules
 * were right.
 */
#pragma once
#include <glib.h>

typedef struct Accuracy Accuracy;

typedef struct AccuracyLine {
    const char *scenario;
    guint right;  /* found, and so it was */
    guint wrong;  /* found, but it was another */
    guint missed; /* it was, but another was found */
} AccuracyLine;

Accuracy *accuracy_new (void);
void      accuracy_free (Accuracy *a); /* NULL is fine */
void      accuracy_add (Accuracy *a, const char *found, const char *is);
guint     accuracy_reports (const Accuracy *a);
guint     accuracy_right (const Accuracy *a);

/* Those that occur, by id; the lines are the Accuracy's.  g_ptr_array_unref() it. */
GPtrArray *accuracy_lines (const Accuracy *a);

/* 0 to 1; -1 where nothing was found as it, or nothing was it. */
double accuracy_precision (const AccuracyLine *l);
double accuracy_recall (const AccuracyLine *l);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Accuracy, accuracy_free)
