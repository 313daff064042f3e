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

enum { IN_WORD = 1, BEGINS = 2 };

/* Of each byte: whether it is a word's, and whether an address may begin with it. */
static const guint8 sorts_of_byte[256] = {
    ['0' ... '9'] = IN_WORD | BEGINS,
    ['a' ... 'f'] = IN_WORD | BEGINS,
    ['A' ... 'F'] = IN_WORD | BEGINS,
    ['x'] = IN_WORD | BEGINS,
    ['X'] = IN_WORD | BEGINS,
    [':'] = BEGINS,
    ['*'] = BEGINS,
    ['g' ... 'w'] = IN_WORD,
    ['G' ... 'W'] = IN_WORD,
    ['y' ... 'z'] = IN_WORD,
    ['Y' ... 'Z'] = IN_WORD,
    ['_'] = IN_WORD,
};

static guint8
sort_of (char c)
{
    return sorts_of_byte[(guchar)c];
}

/* Behind a colon only digits: "access.log:198.51.100.7", but no tail of an IPv6 address. */
static gboolean
may_follow (char before, char c)
{
    return g_ascii_isdigit (c) ? before != '.' && before != '-' : !char_in (before, ".:-");
}

void
line_view (Span line, LineView *ret)
{
    const ShapeSort *address;
    const char *p = line.p;

    ret->text = line;
    ret->n_addresses = 0;
    ret->stamp_tried = FALSE;
    if (!has_address (line))
        return;
    address = shape_sort (SPAN_LIT ("src"));
    while (p < line.end && ret->n_addresses < LINE_MAX_ADDRESSES) {
        guint8 sort_here = sort_of (*p);
        Span s = { p, line.end };

        if ((sort_here & BEGINS) != 0 && may_follow (p > line.p ? p[-1] : ' ', *p) &&
            address->read (&s, '\0')) {
            ret->addresses[ret->n_addresses++] = (Span) { p, s.p };
            p = s.p;
        } else {
            p++;
            if ((sort_here & IN_WORD) == 0)
                continue;
        }
        while (p < line.end && (sort_of (*p) & IN_WORD) != 0) /* to the end of the word */
            p++;
    }
}
