/* Where the addresses of a line are. */
#include "find/chars.h"
#include "find/shape_template.h"

static gboolean
number_or_mask (char c)
{
    return g_ascii_isdigit (c) || char_in (c, "xX*[](){}");
}

/* Two dots as in an IPv4 address, or colons as in an IPv6 one. */
static gboolean
has_address (Span line)
{
    guint colons = 0;

    for (const char *p = line.p;
         p < line.end && (p = memchr (p, '.', (gsize)(line.end - p))) != NULL; p++) {
        const char *q = p + 1;

        if (p == line.p || q == line.end || !number_or_mask (p[-1]) || !number_or_mask (*q))
            continue;
        while (q < line.end && number_or_mask (*q))
            q++;
        if (q + 1 < line.end && *q == '.' && number_or_mask (q[1]))
            return TRUE;
    }
    for (const char *p = line.p;
         p < line.end && (p = memchr (p, ':', (gsize)(line.end - p))) != NULL; p++) {
        if (p + 1 < line.end && p[1] == ':')
            return TRUE;
        colons += p + 1 < line.end && g_ascii_isxdigit (p[1]);
    }
    return colons >= 6;
}

/* Behind a colon only digits: "access.log:198.51.100.7", but no tail of an IPv6 address. */
static gboolean
may_start (char before, char c)
{
    if (g_ascii_isdigit (c))
        return before != '.' && before != '-';
    return (g_ascii_isxdigit (c) || char_in (c, ":xX*")) && !char_in (before, ".:-");
}

void
line_view (Span line, LineView *ret)
{
    const ShapeSort *sort;
    const char *p = line.p;

    ret->text = line;
    ret->n_addresses = 0;
    ret->stamp_tried = FALSE;
    if (!has_address (line))
        return;
    sort = shape_sort (SPAN_LIT ("src"));
    while (p < line.end && ret->n_addresses < LINE_MAX_ADDRESSES) {
        Span s = { p, line.end };

        if (may_start (p > line.p ? p[-1] : ' ', *p) && sort->read (&s, '\0')) {
            ret->addresses[ret->n_addresses++] = (Span) { p, s.p };
            p = s.p;
        } else if (!char_in_word (*p++)) {
            continue;
        }
        while (p < line.end && char_in_word (*p)) /* to the end of the word */
            p++;
    }
}
