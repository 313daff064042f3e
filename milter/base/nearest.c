#include "base/nearest.h"
#include <string.h>

/* Edits between two words, neighbours swapped counting as one (optimal string alignment). */
static guint
edits (const char *a, const char *b)
{
    gsize n = strlen (a), m = strlen (b);
    guint8 rows[3][NEAREST_MAX_WORD + 1];
    guint8 *before = rows[0], *last = rows[1], *now = rows[2];

    for (gsize j = 0; j <= m; j++)
        last[j] = (guint8)j;
    for (gsize i = 1; i <= n; i++) {
        guint8 *oldest = before;

        now[0] = (guint8)i;
        for (gsize j = 1; j <= m; j++) {
            guint change = last[j - 1] + (a[i - 1] != b[j - 1]);
            guint best = MIN (change, 1u + MIN (last[j], now[j - 1]));

            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN (best, before[j - 2] + 1u);
            now[j] = (guint8)best;
        }
        before = last;
        last = now;
        now = oldest;
    }
    return last[m];
}

const char *
nearest_word (const char *word, const char *const *known)
{
    const char *nearest = NULL;
    guint fewest = G_MAXUINT;

    if (strlen (word) > NEAREST_MAX_WORD)
        return NULL;
    for (; *known != NULL; known++) {
        gsize len = strlen (*known);
        guint n = len <= NEAREST_MAX_WORD ? edits (word, *known) : G_MAXUINT;

        if (n < fewest && n <= MAX (1, len / 3)) {
            fewest = n;
            nearest = *known;
        }
    }
    return nearest;
}
