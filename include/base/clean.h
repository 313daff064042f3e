/*
 * clean - text made safe at the edges
 *
 * clean_utf8() is the way in: any bytes become valid UTF-8 with LF line ends
 * and without NUL.  clean_header() and clean_terminal() are the ways out:
 * whatever a sender wrote cannot become a header line, a terminal escape, a
 * second log line or text that reads backwards.
 */
#pragma once
#include "base/arena.h"

/* Valid UTF-8: bad bytes become U+FFFD, CRLF and CR become LF, NUL becomes U+FFFD; *ret_bad counts
 * the replaced bytes.  NULL text when the arena is exhausted. */
Span clean_utf8 (Arena *arena, Span bytes, gsize *ret_bad);

/* Printable ASCII only: other code points and controls become '?', runs of white space one space,
 * at most max bytes (cut with "..."). */
char *clean_header (Arena *arena, Span text, gsize max);

/* One line of UTF-8 for a terminal, a log or syslog: no controls (C0, C1, DEL), no bidi controls, no
 * zero-width or other invisible format characters, no lone surrogates; each becomes U+FFFD; LF and tab
 * become a space.  At most max bytes, cut at a character ("..." then ends it).  g_free() it. */
char *clean_terminal (Span text, gsize max);
