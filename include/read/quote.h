/*
 * quote - what stands behind a mail client's quote marks
 */
#pragma once
#include "base/arena.h"

/* A line without its "> " marks; blanks without a mark stay. */
Span quote_strip_line (Span line);

/* The text without the marks of its lines. */
Span quote_strip (Arena *arena, Span text);
