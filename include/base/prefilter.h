/*
 * prefilter - which of many regexes can match a text at all, in one pass
 *
 * Every regex is represented by two sets of literals, of each of which one must
 * stand in the text (base/literals); those without any are always candidates.  A candidate may
 * still not match: PCRE2 decides.  Immutable once made, shared by threads.
 */
#pragma once
#include "base/span.h"

typedef struct Prefilter Prefilter;

Prefilter *prefilter_new (const char *const *regexes, guint n); /* numbered from 0 */
void       prefilter_free (Prefilter *f);                       /* NULL is fine */
guint      prefilter_always (const Prefilter *f); /* how many are always candidates */
gsize      prefilter_bits_size (const Prefilter *f); /* bytes of the bits below */

/* Fills `bits', prefilter_bits_size() long, for prefilter_has().  The text is valid UTF-8; `folded' has room for as many bytes. */
void prefilter_scan (const Prefilter *f, Span text, char *folded, guint8 *bits);

static inline gboolean
prefilter_has (const guint8 *bits, guint regex)
{
    return (bits[regex / 4] >> regex % 4 * 2 & 3) == 3; /* two sets of literals, both met */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Prefilter, prefilter_free)
