#include "base/clean.h"
#include "effect/reply.h"

typedef struct Quote {
    GString *out;
    const Facts *mail;
    Where about;
    guint prose, evidence;
    gboolean gap, blank; /* what stands between the last line quoted and the next */
} Quote;

static gboolean
is_about (const Quote *q, const Line *line)
{
    return line->part == q->about.part && line->number == q->about.line;
}

static gboolean
is_spare (const Quote *q, const Line *line)
{
    const Part *part = message_part (q->mail->message, line->part);

    return part != NULL && part->spare;
}

/* The first lines of what the sender says and of what is shown, and the line that accuses us. */
static gboolean
is_wanted (Quote *q, const Line *line)
{
    if (is_spare (q, line))
        return FALSE;
    if (line->zone == ZONE_PROSE)
        return q->prose++ < REPLY_QUOTE_PROSE || is_about (q, line);
    if (line->zone == ZONE_EVIDENCE || line->zone == ZONE_REPORT)
        return q->evidence++ < REPLY_QUOTE_EVIDENCE || is_about (q, line);
    return FALSE;
}

static void
put_between (Quote *q)
{
    if (q->gap)
        g_string_append (q->out, "> [...]\n");
    else if (q->blank && q->out->len > 0)
        g_string_append (q->out, ">\n");
    q->gap = q->blank = FALSE;
}

static void
put_line (Quote *q, const Line *line)
{
    g_autofree char *safe = clean_terminal (line->text, REPLY_QUOTE_BYTES);

    put_between (q);
    g_string_append_printf (q->out, "> %s\n", g_strchomp (safe));
}

void
reply_quote (GString *out, const Facts *mail, Where about)
{
    g_autoptr (GString) lines = g_string_new (NULL);
    Quote q = { .out = lines, .mail = mail, .about = about };

    for (guint i = 0; i < mail->lines.n; i++) {
        const Line *line = &mail->lines.items[i];

        if (line->zone == ZONE_SUBJECT)
            continue;
        if (span_left (span_trim (line->text)) == 0)
            q.blank = TRUE;
        else if (is_wanted (&q, line))
            put_line (&q, line);
        else
            q.gap = q.gap || !is_spare (&q, line);
    }
    if (lines->len > 0)
        put_between (&q);
    g_string_append (out, lines->str);
}
