#include "read/block.h"
#include "read/quote.h"

#define KEY_MAX 40 /* bytes: the longest key of the formats has 26 */

BlockCursor
block_cursor (const Part *part)
{
    return (BlockCursor) { part->number, part->text, 1 };
}

static guint
indentation (Span line)
{
    Span s = line;

    span_blanks (&s);
    return (guint)(s.p - line.p);
}

/* "Source-IP: 198.51.100.7", but not "http://..." or "Nov 20 03:04:05". */
static gboolean
read_field (Span line, Field *ret)
{
    Span s = span_trim (line), name = s;

    if (s.p == s.end || !g_ascii_isalpha (*s.p))
        return FALSE;
    while (s.p < s.end && (g_ascii_isalnum (*s.p) || strchr ("-_ .", *s.p) != NULL))
        s.p++;
    name.end = s.p;
    if (span_left (name) > KEY_MAX || !span_lit (&s, ":") || span_starts_nocase (s, "//") ||
        (g_ascii_isdigit (name.end[-1]) && s.p < s.end && g_ascii_isdigit (*s.p)))
        return FALSE;
    ret->name = span_trim (name);
    ret->value = span_trim (s);
    return TRUE;
}

static void
unquote (Field *f)
{
    Span v = f->value;

    if (span_left (v) >= 2 && (*v.p == '"' || *v.p == '\'') && v.end[-1] == *v.p)
        f->value = (Span) { v.p + 1, v.end - 1 };
}

static void
unfold (Arena *arena, Field *f, Span more, guint line)
{
    char *joined;

    f->last = line;
    more = span_trim (more);
    if (span_left (f->value) + span_left (more) > BLOCK_MAX_VALUE)
        return;
    if (span_left (f->value) == 0) {
        f->value = more;
        return;
    }
    joined = arena_printf (arena, "%.*s %.*s", (int)span_left (f->value), f->value.p,
                           (int)span_left (more), more.p);
    if (joined != NULL)
        f->value = span_of (joined);
}

/* A mail client that doubles line ends does so from the first line on: an empty line goes on with
 * the run only there, and only if a field follows. */
static gboolean
goes_on (const Block *b, Span rest)
{
    guint n = b->fields.n;
    Span line;
    Field f;

    return (n == 1 || (n > 1 && b->fields.items[1].line - b->fields.items[0].last > 1)) &&
           span_line (&rest, &line) && read_field (quote_strip_line (line), &f);
}

static gboolean
take_line (Arena *arena, Block *b, Span raw, guint number, guint *indent)
{
    Field f = { .line = number, .last = number }, *kept;
    Span line = quote_strip_line (raw);
    guint blanks = indentation (line);
    gboolean is_field = read_field (line, &f);

    if (b->fields.n > 0 && blanks > *indent && span_left (span_trim (line)) > 0) {
        unfold (arena, &b->fields.items[b->fields.n - 1], line, number);
        return TRUE;
    }
    if (!is_field)
        return FALSE;
    f.column = (guint)(f.value.p - raw.p);
    if (b->fields.n == 0)
        *indent = blanks;
    kept = list_push (arena, &b->fields, BLOCK_MAX_FIELDS);
    if (kept == NULL)
        return FALSE;
    *kept = f;
    return TRUE;
}

gboolean
block_next (Arena *arena, BlockCursor *at, Block *ret)
{
    Span line;
    guint indent = 0;

    *ret = (Block) { .part = at->part };
    while (span_line (&at->rest, &line)) {
        guint number = at->line++;

        if (take_line (arena, ret, line, number, &indent)) {
            ret->first = ret->first == 0 ? number : ret->first;
            ret->last = number;
        } else if (ret->fields.n > 0 && !(span_left (span_trim (quote_strip_line (line))) == 0 &&
                                          goes_on (ret, at->rest))) {
            break;
        }
    }
    for (guint i = 0; i < ret->fields.n; i++)
        unquote (&ret->fields.items[i]);
    return ret->fields.n > 0;
}

const Field *
block_field (const Block *b, const char *name)
{
    for (guint i = 0; i < b->fields.n; i++)
        if (take_same_name (b->fields.items[i].name, name))
            return &b->fields.items[i];
    return NULL;
}

gboolean
block_take (Facts *facts, const Block *b, const char *format, const TakeRow *rows, guint n_rows)
{
    Where where = { b->part, b->first, 0 };

    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, format, where))
        return FALSE;
    for (guint i = 0; i < n_rows; i++)
        for (guint k = 0; k < b->fields.n; k++) {
            const Field *f = &b->fields.items[k];

            where.line = f->line;
            where.column = f->column;
            if (take_same_name (f->name, rows[i].name))
                take_value (facts, &rows[i], f->value, where);
        }
    build_claim (facts, b->part, b->first, b->last);
    return TRUE;
}
