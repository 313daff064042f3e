/*
 * chars - small questions about one byte, for the finders
 */
#pragma once
#include "base/span.h"

/* The sets are short: a loop is done before strchr() is called.  NUL is in none. */
static inline gboolean
char_in (char c, const char *set)
{
    while (*set != '\0' && *set != c)
        set++;
    return *set != '\0';
}

static inline gboolean
char_in_word (char c)
{
    return g_ascii_isalnum (c) || c == '_';
}

/* span_lit_nocase() for long lists, of which nearly all fail on the first letter. */
static inline gboolean
char_lit_nocase (Span *s, const char *lit)
{
    return s->p < s->end && ((*s->p ^ *lit) & ~0x20) == 0 && span_lit_nocase (s, lit);
}
