/*
 * quote - what stands behind a mail client's quote marks
 */
#pragma once
#include "base/arena.h"

/* A line without its "> " marks; blanks without a mark stay. */
Span quote_strip_line (Span line);

/* The text without the marks of its lines; itself when it has none.  Dash escapes (RFC 4880 7.1)
 * go as well when `dashes' says so. */
Span quote_strip (Arena *arena, Span text, gboolean dashes);
