#include "read/quote.h"

Span
quote_strip_line (Span line)
{
    for (;;) {
        Span s = line;

        span_blanks (&s);
        if (!span_lit (&s, ">"))
            return line;
        span_lit (&s, " ");
        line = s;
    }
}

Span
quote_strip (Arena *arena, Span text)
{
    char *out = arena_alloc (arena, span_left (text) + 1), *end = out;
    Span rest = text, line;

    if (out == NULL)
        return text;
    while (span_line (&rest, &line)) {
        line = quote_strip_line (line);
        if (span_left (line) > 0)
            memcpy (end, line.p, span_left (line));
        end += span_left (line);
        if (rest.p[-1] == '\n')
            *end++ = '\n';
    }
    return (Span) { out, end };
}
