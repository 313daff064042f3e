#include "base/addrspec.h"
#include <string.h>

static gboolean
is_plain (char c)
{
    return g_ascii_isgraph (c) && strchr ("<>()[],;:\\\"", c) == NULL;
}

gboolean
addrspec_is_plain (const char *text)
{
    const char *at = text != NULL ? strchr (text, '@') : NULL;

    if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL)
        return FALSE;
    for (const char *p = text; *p != '\0'; p++)
        if (!is_plain (*p) || p - text >= ADDRSPEC_MAX)
            return FALSE;
    return TRUE;
}
