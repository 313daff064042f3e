/*
 * progress - how far long work has come, on standard error when that is a terminal
 *
 *     import  [############------------------]  41 %  4100 of 10000, 12 s left
 */
#pragma once
#include <glib.h>

#define PROGRESS_MAX 200 /* bytes of a line */

typedef struct Progress Progress;

gboolean  progress_is_shown (void); /* standard error is a terminal */
Progress *progress_new (const char *what, guint64 total); /* total 0: not known; NULL: not shown */
void      progress_to (Progress *p, guint64 done);        /* NULL is fine; draws some times a second */
void      progress_free (Progress *p);                    /* takes the line away; NULL is fine */

/* The line itself; elapsed_ms since the beginning.  Returns ret. */
const char *progress_line (const char *what, guint64 done, guint64 total, gint64 elapsed_ms,
                           char ret[PROGRESS_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Progress, progress_free)
