/*
 * pgp - inline PGP read through, not verified
 *
 * Spec: RFC 4880 7 (cleartext signatures; 7.1 dash escapes), 6.2 (armor).  A
 * signed text stays, its armor and signature go; keys go; an encrypted block
 * goes and is noted.  Works behind quote marks too, and on a signature inside
 * a signed text.
 */
#pragma once
#include "base/arena.h"

#define PGP_MAX_LEVELS 4 /* signatures around a text */

typedef struct PgpNote {
    gboolean encrypted; /* a block could not be read */
} PgpNote;

/* `text' itself comes back when there is no PGP in it. */
Span pgp_read_through (Arena *arena, Span text, PgpNote *ret);
