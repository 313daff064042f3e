#include "base/literals.h"
#include "base/pattern.h"
#include "base/prefilter.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gboolean
leftmost (char **parts, Scan *scan, PatternScratch *scratch, Span *ret)
{
    gboolean any = FALSE;
    Span match, stretch;
    Starts starts;

    for (guint i = 0; parts[i] != NULL; i++) {
        g_autoptr (Pattern) p = pattern_new (parts[i], NULL);

        g_assert_nonnull (p);
        if (!scan_has (scan, i))
            continue;
        scan_starts (scan, i, &starts);
        while (starts_next (&starts, &stretch))
            if (pattern_match_within (p, scratch, starts.text, stretch, &match)) {
                if (!any || match.p < ret->p)
                    *ret = match;
                any = TRUE;
                break;
            }
    }
    return any;
}

/* A regex and a text, with LF between: the alternatives that the prefilter lets through find what
 * the whole regex finds. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const char *raw = (const char *)data;
    const char *lf = size > 0 ? memchr (raw, '\n', size) : NULL;
    g_autofree char *regex = NULL, *text = NULL;
    g_autoptr (Arena) arena = arena_new (G_MAXSIZE);
    g_auto (GStrv) parts = NULL;
    g_autoptr (Pattern) whole = NULL;
    g_autoptr (Prefilter) f = NULL;
    g_autoptr (PatternScratch) scratch = pattern_scratch_new ();
    Span want = { NULL, NULL }, got = { NULL, NULL };
    gboolean holds, found;

    if (lf == NULL || memchr (raw, 0, size) != NULL)
        return 0;
    regex = g_strndup (raw, (gsize)(lf - raw));
    text = g_utf8_make_valid (lf + 1, (gssize)(raw + size - lf - 1));
    whole = g_utf8_validate (regex, -1, NULL) ? pattern_new (regex, NULL) : NULL;
    if (whole == NULL)
        return 0;
    parts = regex_alternatives (regex);
    f = prefilter_new ((const char *const *)parts, NULL, g_strv_length (parts));
    holds = pattern_match (whole, scratch, span_of (text), text, &want);
    found = leftmost (parts, prefilter_scan (f, arena, 0, span_of (text)), scratch, &got);
    if (pattern_scratch_limits_hit (scratch) == 0) {
        g_assert_cmpint (found, ==, holds);
        g_assert_true (got.p == want.p && got.end == want.end);
    }
    return 0;
}
