/* The envelope sender of a reported mail: ARF's field (RFC 5965 3.2), else its Return-Path (RFC
 * 5321 4.4). */
#include "base/addrspec.h"
#include "effect/logrow_keep.h"

/* "<spam@example.org>" or bare; NULL for what is no address, so also for the null sender. */
static const char *
address_of (Arena *a, Span text)
{
    const char *address;

    text = span_trim (text);
    if (span_left (text) > 2 && *text.p == '<' && text.end[-1] == '>')
        text = (Span) { text.p + 1, text.end - 1 };
    if (span_left (text) == 0 || span_left (text) > ADDRSPEC_MAX)
        return NULL;
    address = arena_span_dup (a, text);
    return address != NULL && addrspec_is_plain (address) ? address : NULL;
}

static const char *
of_report (Arena *a, const Part *p)
{
    Span rest = p->text, line;

    while (span_line (&rest, &line))
        if (span_starts_nocase (line, "Original-Mail-From:")) {
            line.p += strlen ("Original-Mail-From:");
            return address_of (a, line);
        }
    return NULL;
}

static const char *
of_part (Arena *a, const Part *p)
{
    const char *path = NULL;

    if (p->mail == 0 && p->kind == PART_REPORT)
        return of_report (a, p);
    if (p->kind == PART_MAIL_HEAD && p->mail == 0)
        path = header_find (p->headers, p->n_headers, "Return-Path");
    return path != NULL ? address_of (a, span_of (path)) : NULL;
}

/* Of several mails that differ it is not said which is meant. */
const char *
logrow_keep_reported (Arena *a, const Message *m)
{
    const char *one = NULL;

    for (guint i = 0; i < m->n_parts; i++) {
        const char *address = of_part (a, &m->parts[i]);

        if (address != NULL && one != NULL && g_ascii_strcasecmp (address, one) != 0)
            return NULL;
        one = one != NULL ? one : address;
    }
    return one;
}
