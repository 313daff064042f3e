/*
 * mistakes - everything wrong in the operator's files, in one run
 *
 * Loaders report each mistake and go on, so that all of them show at once.
 * A mistake reads "file:line: what is wrong, what was expected"; line 0 leaves
 * the line out.
 */
#pragma once
#include <glib.h>

typedef struct Mistakes Mistakes;

Mistakes   *mistakes_new (void);
void        mistakes_free (Mistakes *m); /* NULL is fine */
void        mistakes_add (Mistakes *m, const char *file, guint line, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
guint       mistakes_count (const Mistakes *m);
const char *mistakes_get (const Mistakes *m, guint i); /* "file:line: text"; lives as long as `m' */
char       *mistakes_text (const Mistakes *m); /* all, one a line; g_free() it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mistakes, mistakes_free)
