/*
 * tame - header fields of a size no mail has, cut before GMime sees them
 *
 * GMime reads parameters and address lists of any length, at a microsecond a
 * dozen bytes: 25 MB of them would take seconds.  Only mails above
 * TAME_FROM_BYTES are looked at; smaller ones cannot hold so much.
 */
#pragma once
#include "base/span.h"

#define TAME_FROM_BYTES (1024 * 1024)
#define TAME_FIELD_BYTES (64 * 1024)    /* of one field, folds included */
#define TAME_HEADER_BYTES (1024 * 1024) /* of the mail's whole header */

/* NULL when nothing had to be cut; else the mail without what was too much. */
GString *tame_headers (Span mail);
