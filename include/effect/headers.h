/*
 * headers - the X-Abuse-* fields of a verdict (the contract with Sieve, DESIGN section 6)
 *
 * Values are printable ASCII, folded with LF and a blank at most 78 bytes a
 * line where a blank allows it, at most HEADER_MAX_VALUE bytes, and hold
 * nothing a sender could inject.
 */
#pragma once
#include "value/verdict.h"

#define HEADER_MAX_VALUE 900
#define HEADERS_MAX 24

typedef struct HeaderLine {
    const char *name, *value;
} HeaderLine;

/* A name behind the prefix that we use, in any case. */
gboolean headers_is_ours (const char *name);

/* In the order they are to stand in the mail; returns how many.  `id' is the log's key or NULL. */
guint headers_make (Arena *arena, const Verdict *verdict, const char *prefix, const char *id,
                    HeaderLine ret[HEADERS_MAX]);

/* The case (effect/cases.h) that the mail has joined, behind the others; returns how many there are. */
guint headers_add_case (Arena *arena, const char *prefix, const char *case_id,
                        HeaderLine lines[HEADERS_MAX], guint n);
