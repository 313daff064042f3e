#include "base/glob.h"

/* On a mismatch only the last '*' takes one byte more: earlier ones need not be tried again. */
gboolean
glob_match (const char *glob, Span text)
{
    const char *star = NULL, *retry = NULL;
    const char *p = text.p;

    while (p < text.end) {
        if (*glob == '*') {
            star = ++glob;
            retry = p;
        } else if (*glob != '\0' &&
                   (*glob == '?' || g_ascii_tolower (*glob) == g_ascii_tolower (*p))) {
            glob++;
            p++;
        } else if (star != NULL) {
            glob = star;
            p = ++retry;
        } else {
            return FALSE;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}
