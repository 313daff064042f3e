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

static void
drop (Cut *cut, const char *from, const char *to, gsize size)
{
    if (cut->out == NULL)
        cut->out = g_string_sized_new (size);
    g_string_append_len (cut->out, cut->from, from - cut->from);
    cut->from = to;
}

GString *
tame_headers (Span mail)
{
    Cut cut = { .from = mail.p, .top = TRUE };
    Span rest = mail, line;

    if (span_left (mail) < TAME_FROM_BYTES)
        return NULL;
    while (span_until (&rest, '\n', &line)) {
        gsize keep = room (&cut, line);

        if (keep == 0 && span_left (line) > 0)
            drop (&cut, line.p, rest.p, span_left (mail)); /* with its line end */
        else if (keep < span_left (line))
            drop (&cut, line.p + keep, line.end, span_left (mail));
    }
    if (cut.out != NULL)
        drop (&cut, mail.end, mail.end, 0);
    return cut.out;
}
