/*
 * judges - mails judged by several threads at once, and their rows taken in the order of the mails
 *
 * As the milter judges them, at the time each was received: with the limits of
 * the settings, and its text kept when they say so.
 */
#pragma once
#include "effect/mailid.h"
#include "know/knowledge.h"

typedef struct Judges Judges;

Judges *judges_new (const Knowledge *know, guint threads); /* `know' must outlive it */
void    judges_free (Judges *j);                           /* NULL is fine */

/* Copies what it needs of the mail.  By one thread, the one that takes. */
void    judges_put (Judges *j, Span mail, const MailId *id);

/* The next row, which is the caller's.  NULL: none was put, or, unless `wait', it is not judged yet. */
LogRow *judges_take (Judges *j, gboolean wait);

gboolean judges_are_full (Judges *j); /* take before another is put */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Judges, judges_free)
