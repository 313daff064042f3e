#include "shell/csv.h"
#include "base/clean.h"
#include <string.h>

#define MAX_CELL 4000 /* bytes */

void
csv_cell (GString *line, const char *text)
{
    g_autofree char *safe = clean_terminal (span_of (text != NULL ? text : ""), MAX_CELL);
    char first = safe[strspn (safe, " ")]; /* some take blanks before it off */
    gboolean formula = first != '\0' && strchr ("=+-@", first) != NULL;
    gboolean quoted = strpbrk (safe, ",\"") != NULL;

    if (quoted)
        g_string_append_c (line, '"');
    if (formula)
        g_string_append_c (line, '\'');
    for (const char *p = safe; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c (line, '"');
        g_string_append_c (line, *p);
    }
    if (quoted)
        g_string_append_c (line, '"');
    g_string_append_c (line, ','); /* the last one is csv_end()'s: the first cell may be empty */
}

void
csv_end (GString *line, FILE *out)
{
    g_string_truncate (line, line->len > 0 ? line->len - 1 : 0);
    fprintf (out, "%s\r\n", line->str);
    g_string_truncate (line, 0);
}
