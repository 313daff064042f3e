/*
 * anyof - whether any of many words stands in a text, in one pass, ASCII case apart
 *
 * Made once and asked of many lines.  It points to the words; each has two bytes and more.
 */
#pragma once
#include "base/span.h"

#define ANYOF_MAX 96 /* words */

typedef struct AnyOf {
    guint n;
    const char *words[ANYOF_MAX];
    guint64 begins[(1 << 10) / 64]; /* bits: a word begins with such a pair of bytes */
    guint8 first[32], next[ANYOF_MAX]; /* words by first byte, counted from 1; 0: no more */
} AnyOf;

void     anyof_init (AnyOf *a);
void     anyof_add (AnyOf *a, const char *const *words, gsize n); /* at most ANYOF_MAX in all */
gboolean anyof_in (const AnyOf *a, Span text);

/* For few texts. */
static inline gboolean
span_any_nocase (Span text, const char *const *words, gsize n)
{
    AnyOf a;

    anyof_init (&a);
    anyof_add (&a, words, n);
    return anyof_in (&a, text);
}
