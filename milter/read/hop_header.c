#include "read/hop_header.h"
#include "base/anyof.h"

Span
hop_text (Span line)
{
    while (line.p < line.end && strchr (">|* \t", *line.p) != NULL)
        line.p++;
    return line;
}

/* "Name:", as the next header begins. */
static gboolean
is_field (Span text)
{
    const char *p = text.p;

    while (p < text.end && (g_ascii_isalnum (*p) || *p == '-'))
        p++;
    return p > text.p && p < text.end && *p == ':' && g_ascii_isalpha (*text.p);
}

/* A Received goes on until its date, however it was wrapped. */
static gboolean
lacks_date (Span sofar, Span text)
{
    Span stamp = hop_stamp (sofar);

    return span_starts_nocase (hop_text (sofar), "Received:") &&
           memchr (stamp.p, ':', span_left (stamp)) == NULL && span_left (hop_text (text)) > 0 &&
           !is_field (hop_text (text));
}

static gboolean
is_folded (Span text)
{
    const char *start = text.p;

    while (text.p < text.end && *text.p == '>')
        text.p++;
    if (text.p > start && text.p < text.end && *text.p == ' ') /* "> " of a quote, then the fold */
        text.p++;
    return text.p < text.end && (*text.p == ' ' || *text.p == '\t');
}

Span
hop_header (const Facts *facts, guint first, gboolean unread, guint *ret_last)
{
    const Line *head = &facts->lines.items[first];
    Span header = head->text;
    guint last = first;

    for (guint i = first + 1; i < facts->lines.n && i - first <= HOP_MAX_FOLDED; i++) {
        const Line *line = &facts->lines.items[i];
        gboolean blank = span_left (hop_text (line->text)) == 0;

        if (line->part != head->part || (unread && line->record != RECORD_NONE))
            break;
        if (blank && last == i - 1) /* some programs double every line end */
            continue;
        if (blank ||
            (!is_folded (line->text) && (last < i - 1 || !lacks_date (header, line->text))))
            break;
        header.end = line->text.end; /* the lines of a part lie side by side */
        last = i;
    }
    *ret_last = last;
    return header;
}

/* The name after "from" or "by", cut to its last two labels: who runs that host. */
static Span
domain_after (Span header, const char *word)
{
    const char *at = span_find_nocase (header, word);
    Span name = { at, at };
    int dots = 0;

    if (at == NULL)
        return name;
    for (name.p = at + strlen (word); name.p < header.end && g_ascii_isspace (*name.p);)
        name.p++;
    name.end = name.p;
    while (name.end < header.end &&
           (g_ascii_isalnum (*name.end) || strchr (".-_", *name.end) != NULL))
        name.end++;
    for (const char *p = name.end; p > name.p; p--)
        if (p[-1] == '.' && ++dots == 2) {
            name.p = p;
            break;
        }
    return dots > 0 ? name : (Span) { NULL, NULL };
}

gboolean
hop_is_internal (Span received)
{
    Span from = domain_after (received, "from "), by = domain_after (received, "by ");

    return span_left (from) > 0 && span_left (from) == span_left (by) &&
           g_ascii_strncasecmp (from.p, by.p, span_left (from)) == 0;
}

/* Between two servers of a house it is HTTP, too. */
gboolean
hop_is_submission (Span received)
{
    static const char *const marks[] = { "ESMTPSA", "ESMTPA", "Authenticated sender",
                                         "(authenticated" };
    static const char *const web[] = { "with HTTP", "via HTTP" };

    return span_any_nocase (received, marks, G_N_ELEMENTS (marks)) ||
           (span_any_nocase (received, web, G_N_ELEMENTS (web)) && !hop_is_internal (received));
}

gboolean
hop_is_sending (Span received, const char *at)
{
    const char *by = span_find (received, " by ");

    by = by != NULL ? by : span_find (received, "\tby ");
    return by == NULL || at < by;
}

Span
hop_stamp (Span received)
{
    const char *semicolon = NULL;

    for (const char *p = received.p; p < received.end; p++)
        if (*p == ';')
            semicolon = p;
    return semicolon != NULL ? (Span) { semicolon + 1, received.end }
                             : (Span) { received.end, received.end };
}
