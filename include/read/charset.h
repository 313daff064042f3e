/*
 * charset - bytes of any charset become UTF-8
 *
 * A declared charset is used when the bytes fit it; where it is absent,
 * unknown or does not fit, the one that fits best is taken: by its own marks
 * (BOM, ISO-2022 escapes), by validity (UTF-8), then by how plausible the
 * letters are that it gives.  Names of charsets are taken as the WHATWG
 * Encoding Standard does: iso-8859-1 is windows-1252, ks_c_5601-1987 is cp949.
 * Never fails: what is no character becomes U+FFFD.
 */
#pragma once
#include "base/arena.h"

#define CHARSET_GUESS_BYTES 16384 /* looked at when guessing */

typedef struct CharsetNote {
    const char *used;  /* "UTF-8", "CP949", ...; lives as long as the arena */
    gboolean replaced; /* a charset was declared and another was used */
    gsize bad;         /* bytes that are no character */
} CharsetNote;

/* `declared' may be NULL.  The result is as clean_utf8() makes it, without BOM. */
Span charset_to_utf8 (Arena *arena, Span bytes, const char *declared, CharsetNote *ret);
