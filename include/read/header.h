/*
 * header - header fields as text, without GMime
 */
#pragma once
#include "value/message.h"

/* ASCII without encoded words (RFC 2047): what it says is what it means. */
gboolean header_is_simple (Span raw);

/* A value is one line whatever its folds and encoded words held: controls become one space.  ""
 * when the arena is exhausted. */
const char *header_one_line (Arena *arena, Span value);

/* What looks like an address in a value that is no address list; p is NULL when there is none. */
Span header_word_with_at (Span value);

/* Without the angle brackets. */
const char *header_message_id (Arena *arena, const char *value);

/* The fields as lines again, decoded. */
Span header_lines (Arena *arena, const Header *headers, guint n);

/* Where a mail begins: an mbox "From " line and blanks before the header belong to whoever stored
 * it. */
Span header_start (Span mail);

/* The next field of raw header lines, its value still folded; FALSE at the end. */
gboolean header_next (Span *rest, Span *ret_name, Span *ret_value);
