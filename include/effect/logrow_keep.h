/*
 * logrow_keep - how a LogRow comes by its own copies
 *
 * Text that a sender wrote may be of any length; what the log keeps of it is
 * cut at LOGROW_MAX_TEXT bytes, between two characters.
 */
#pragma once
#include "effect/logrow.h"

const char *logrow_keep (Arena *a, const char *text);      /* NULL stays NULL */
const char *logrow_keep_some (Arena *a, const char *text); /* NULL for "", too */
const char *logrow_keep_moment (Arena *a, gint64 unix_s);  /* RFC 3339 */

/* NULL-terminated, never NULL, at most LOGROW_MAX_LIST. */
const char *const *logrow_keep_list (Arena *a, const char *const *items, guint n);

/* Who sent the mail that is complained about; NULL unknown. */
const char *logrow_keep_reported (Arena *a, const Message *m);

/* What the mail's header says; logrow_mail.c. */
void logrow_keep_message (LogRow *row, const Message *m);
