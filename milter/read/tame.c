#include "read/tame.h"

/* Fields that GMime takes apart, in the header of any part. */
static const char *const taken_apart[] = { "Content-",    "From:",       "To:",       "Cc:",
                                           "Bcc:",        "Sender:",     "Reply-To:", "Subject:",
                                           "References:", "Message-ID:", "Resent-",   "Date:" };

typedef struct Cut {
    GString *out;        /* NULL until something is cut */
    const char *from;    /* what is not yet copied */
    gboolean top;        /* still in the mail's own header */
    gboolean field;      /* the line before belonged to a field that is watched */
    gsize header, bytes; /* read of the header, of the field */
    guint boundaries, fields, pieces;
} Cut;

static gboolean
is_watched (const Cut *cut, Span line)
{
    for (gsize i = 0; i < G_N_ELEMENTS (taken_apart); i++)
        if (span_starts_nocase (line, taken_apart[i]))
            return TRUE;
    return cut->top;
}

/* How much of a line is kept. */
static gsize
room (Cut *cut, Span line)
{
    gsize n = span_left (line), left = TAME_FIELD_BYTES;
    gboolean folded = n > 0 && (*line.p == ' ' || *line.p == '\t');

    if (n == 0 || *line.p == '\r')
        cut->top = cut->field = FALSE;
    if (!folded) {
        cut->field = is_watched (cut, line);
        cut->bytes = 0;
    }
    if (!cut->field)
        return n;
    left -= MIN (cut->bytes, left);
    if (cut->top)
        left = MIN (left, TAME_HEADER_BYTES - MIN (cut->header, TAME_HEADER_BYTES));
    cut->bytes += n;
    cut->header += cut->top ? MIN (n, left) : 0;
    return MIN (n, left);
}

/* RFC 5322 2.2: printable ASCII but the colon, up to it. */
static gboolean
begins_field (Span line)
{
    const char *p = line.p;

    while (p<line.end && * p> ' ' && *p < 0x7f && *p != ':')
        p++;
    return p > line.p && p < line.end && *p == ':';
}

static guint
pieces_of (Span line)
{
    guint n = 0;

    for (const char *p = line.p; p < line.end; p++)
        n += *p == ';' || *p == ',';
    return n;
}

static gboolean
is_too_much (Cut *cut, Span line)
{
    if (span_left (line) >= 2 && line.p[0] == '-' && line.p[1] == '-')
        return ++cut->boundaries > TAME_BOUNDARIES;
    if (cut->field)
        cut->pieces += pieces_of (line);
    if (begins_field (line))
        cut->fields++;
    return cut->fields > TAME_FIELDS || cut->pieces > TAME_PIECES;
}

static void
drop (Cut *cut, const char *from, const char *to, gsize size)
{
    if (cut->out == NULL)
        cut->out = g_string_sized_new (size);
    g_string_append_len (cut->out, cut->from, from - cut->from);
    cut->from = to;
}

GString *
tame_mail (Span mail, TameNote *ret_note)
{
    Cut cut = { .from = mail.p, .top = TRUE };
    Span rest = mail, line;

    *ret_note = (TameNote) { FALSE, FALSE };
    if (span_left (mail) < TAME_FROM_BYTES)
        return NULL;
    while (span_until (&rest, '\n', &line)) {
        gsize keep = room (&cut, line);

        ret_note->cut |= keep < span_left (line);
        ret_note->ended = is_too_much (&cut, (Span) { line.p, line.p + keep });
        if (ret_note->ended) {
            drop (&cut, line.p, mail.end, span_left (mail));
            break;
        }
        if (keep == 0 && span_left (line) > 0)
            drop (&cut, line.p, rest.p, span_left (mail)); /* with its line end */
        else if (keep < span_left (line))
            drop (&cut, line.p + keep, line.end, span_left (mail));
    }
    if (cut.out != NULL)
        drop (&cut, mail.end, mail.end, 0);
    return cut.out;
}
