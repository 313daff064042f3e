#include "base/anyof.h"

/* Ten bits of two bytes, the same for a letter's two cases. */
static inline guint
pair_with (guint pair, char next)
{
    return (pair << 5 | ((guchar)next & 31u)) & 1023u;
}

void
anyof_init (AnyOf *a)
{
    a->n = 0;
    memset (a->begins, 0, sizeof a->begins);
    memset (a->first, 0, sizeof a->first);
}

void
anyof_add (AnyOf *a, const char *const *words, gsize n)
{
    g_assert (a->n + n <= ANYOF_MAX);
    for (gsize i = 0; i < n; i++) {
        guint bucket = (guchar)words[i][0] & 31u, pair = pair_with (bucket, words[i][1]);

        a->begins[pair / 64] |= G_GUINT64_CONSTANT (1) << pair % 64;
        a->next[a->n] = a->first[bucket];
        a->words[a->n] = words[i];
        a->first[bucket] = (guint8)++a->n;
    }
}

static gboolean
stands_at (const AnyOf *a, Span s)
{
    for (guint i = a->first[(guchar)*s.p & 31u]; i != 0; i = a->next[i - 1])
        if (span_starts_nocase (s, a->words[i - 1]))
            return TRUE;
    return FALSE;
}

gboolean
anyof_in (const AnyOf *a, Span text)
{
    guint pair = text.p < text.end ? (guchar)*text.p & 31u : 0;

    for (const char *p = text.p; text.end - p >= 2; p++) {
        pair = pair_with (pair, p[1]);
        if ((a->begins[pair / 64] >> pair % 64 & 1) != 0 && stands_at (a, (Span) { p, text.end }))
            return TRUE;
    }
    return FALSE;
}
