/* Log lines that a mail program wrapped, or that stand in a frame. */
#include "find/address.h"
#include "read/reader.h"

#define MIN_PAIRS 3       /* "key=value" of a line that is nothing else */
#define MAX_WRAPPED 14    /* lines of one */
#define MAX_PLAIN_LINES 3 /* of one without pairs */
#define MIN_WIDTH 64      /* bytes that mail programs wrap at, at least */

/* Without the frame that some draw around: "|date=2026-11-20 ...   |". */
static Span
unframed (Span text)
{
    return span_unwrap (span_trim (text), "||");
}

static gboolean
is_key (char c)
{
    return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '.';
}

/* How many "key=value" the text has; what the first one's key is. */
static guint
count_pairs (Span text, Span *ret_key)
{
    guint n = 0;

    for (const char *p = text.p; (p = memchr (p, '=', (gsize)(text.end - p))) != NULL; p++) {
        Span key = { p, p };

        while (key.p > text.p && is_key (key.p[-1]))
            key.p--;
        if (span_left (key) == 0 || !g_ascii_isalpha (*key.p) ||
            (key.p > text.p && strchr (" \t|,;[(", key.p[-1]) == NULL))
            continue;
        if (n++ == 0)
            *ret_key = key;
    }
    return n;
}

static gboolean
starts_with_address (Span text)
{
    Span rest = span_to (text, MIN (text.end, text.p + 64));
    Address address;

    return address_next (text.p, &rest, &address) && address.original.p == text.p;
}

/* The line so many below, when it may be the rest of this one: it begins no record of its own. */
static gboolean
line_below (const Reader *r, guint back, Span *ret)
{
    const Line *line = reader_line (r), *next = line + back;

    if (r->at + back >= r->facts->lines.n || next->part != line->part ||
        next->record != RECORD_NONE)
        return FALSE;
    *ret = unframed (next->text);
    return span_left (*ret) > 0 && !reader_stamped (*ret) &&
           !(starts_with_address (line->text) && starts_with_address (*ret));
}

/* The next line's first word had no room any more. */
static gboolean
is_full (Span text, Span more)
{
    const char *blank = memchr (more.p, ' ', span_left (more));

    return span_left (text) + 1 + (gsize)((blank != NULL ? blank : more.end) - more.p) >= MIN_WIDTH;
}

static Span
joined (const Reader *r, Span text, Span more)
{
    char *copy;

    if (span_left (text) + span_left (more) >= SHAPE_MAX_LINE)
        return text;
    copy = arena_printf (r->facts->message->arena, "%.*s %.*s", (int)span_left (text), text.p,
                         (int)span_left (more), more.p);
    return copy != NULL ? span_of (copy) : text;
}

/* Of the lines below, which go on with pairs as this one does; the same first key begins the next.
 */
static Span
whole_pairs (const Reader *r, Span text, Span first, guint *ret_lines)
{
    Span more, key = { NULL, NULL };

    for (*ret_lines = 1; *ret_lines < MAX_WRAPPED && line_below (r, *ret_lines, &more);
         ++*ret_lines) {
        if (count_pairs (more, &key) == 0 ||
            (span_left (key) == span_left (first) && memcmp (key.p, first.p, span_left (key)) == 0))
            break;
        text = joined (r, text, more);
    }
    return text;
}

static void
take_lines (Reader *r, guint lines)
{
    Line *line = reader_line (r);

    for (guint i = 0; i < lines; i++) {
        set_evidence (&line[i]);
        line[i].record = r->facts->records.n - 1;
    }
    r->is_open = FALSE;
}

/* Pairs say themselves what they are, in whatever order. */
gboolean
wrapped_pairs_read (Reader *r)
{
    Line *line = reader_line (r);
    Span text = unframed (line->text), key;
    const char *shape;
    ShapeMatch match;
    guint lines;
    Gather g;

    if (memchr (text.p, '=', span_left (text)) == NULL || count_pairs (text, &key) < MIN_PAIRS)
        return FALSE;
    text = whole_pairs (r, text, key, &lines);
    if (lines == 1)
        return FALSE;
    shape = shape_match (r->shapes, text, &match) ? match.shape->name : NULL;
    set_evidence (line);
    if (!reader_begin (r, RECORD_LOG, shape))
        return FALSE;
    take_lines (r, lines);
    g = reader_gather (r);
    gather_text (&g, text);
    return TRUE;
}

gboolean
wrapped_line_read (Reader *r)
{
    Line *line = reader_line (r);
    Span text = line->text, more;
    ShapeMatch match;

    if (line->part == 0 || (!reader_stamped (text) && !starts_with_address (text)))
        return FALSE;
    for (guint lines = 1; lines < MAX_PLAIN_LINES && line_below (r, lines, &more) &&
                          is_full (line[lines - 1].text, more);
         lines++) {
        text = joined (r, text, more);
        if (!shape_match (r->shapes, text, &match))
            continue;
        set_evidence (line);
        if (!reader_begin (r, RECORD_LOG, match.shape->name))
            return FALSE;
        take_lines (r, lines + 1);
        logline_take (r, text, &match);
        return TRUE;
    }
    return FALSE;
}
