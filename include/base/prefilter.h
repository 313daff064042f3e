/*
 * prefilter - which of many regexes can match a text at all, and where, in one pass
 *
 * Every regex is represented by two sets of literals, of each of which one must
 * stand in the text (base/literals); those without any are always candidates.  A candidate may
 * still not match: PCRE2 decides, near the literals when it is known how far
 * before them a match may begin.  A Prefilter is immutable once made, shared by
 * threads; a Scan belongs to one text and its arena.
 */
#pragma once
#include "base/arena.h"

typedef struct Prefilter Prefilter;
typedef struct Scan Scan;

#define PREFILTER_MAX_KINDS 16 /* of texts: a header need not be searched for what only bodies are asked for */

/* Regexes are numbered from 0; `kinds' has for each the kinds of text that it is tried on, as bits 1u << kind
 * (NULL: all on kind 0). */
Prefilter *prefilter_new (const char *const *regexes, const guint *kinds, guint n);
void       prefilter_free (Prefilter *f);                       /* NULL is fine */
guint      prefilter_always (const Prefilter *f); /* how many are always candidates */

/* Looks in a text of valid UTF-8 for the literals of the regexes of its kind; about the others nothing is
 * said.  NULL when the arena is exhausted. */
Scan *prefilter_scan (const Prefilter *f, Arena *arena, guint kind, Span text);
guint scan_next (const Scan *s, guint from, guint end); /* the next candidate before `end', or `end' */

static inline gboolean
scan_has (const Scan *s, guint regex)
{
    return scan_next (s, regex, regex + 1) == regex;
}

/* The stretches of the text, first to last, in which a match of a candidate may begin (at the end of one,
 * too).  Trying them in turn finds the same first match as trying the whole text. */
typedef struct Starts {
    Span text;
    const guint32 *literals; /* where they stand; NULL: anywhere */
    guint n, next;
    gsize reach;             /* bytes before a literal */
} Starts;

void     scan_starts (Scan *s, guint regex, Starts *ret); /* holds until the next one of this scan */
gboolean starts_next (Starts *s, Span *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Prefilter, prefilter_free)
