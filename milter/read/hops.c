#include "read/hops.h"
#include "find/address.h"
#include "find/time.h"
#include "read/build.h"

#define MAX_FOLDED 12 /* lines of one header that are looked at */

static const char *const origins[] = {
    "X-Originating-IP:",     "X-Source-IP:",         "X-Sender-IP:", "X-Client-IP:",
    "X-Remote-IP:",          "X-Sender-Address-IP:", "X-Real-IP:",   "X-Forwarded-For:",
    "X-PHP-Originating-IP:", "X-Abuse-Source-IP:"
};

static Span
without_quote (Span text)
{
    while (text.p < text.end && strchr (">|* \t", *text.p) != NULL)
        text.p++;
    return text;
}

static gboolean
is_origin (Span text)
{
    for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
        if (span_starts_nocase (text, origins[i]))
            return TRUE;
    return FALSE;
}

static gboolean
is_folded (const Facts *facts, guint first, guint i)
{
    const Line *line = &facts->lines.items[i], *head = &facts->lines.items[first];
    Span text = line->text;

    if (line->part != head->part || line->record != RECORD_NONE)
        return FALSE;
    while (text.p < text.end && *text.p == '>')
        text.p++;
    if (text.p > line->text.p && text.p < text.end &&
        *text.p == ' ') /* "> " of a quote, then the fold */
        text.p++;
    return text.p < text.end && (*text.p == ' ' || *text.p == '\t');
}

/* Whether an earlier Received of the same mail has already named who handed it over. */
static gboolean
handed_over_known (const Facts *facts, guint part)
{
    for (guint i = facts->facts.n; i > 0; i--) {
        const Fact *f = &facts->facts.items[i - 1];

        if (f->where.part != part)
            return FALSE;
        if (f->rule != NULL && strcmp (f->rule, HOP_RULE_HANDED_OVER) == 0)
            return TRUE;
    }
    return FALSE;
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

/* Passed on within one house: both ends bear the same domain. */
static gboolean
is_internal (Span header)
{
    Span from = domain_after (header, "from "), by = domain_after (header, "by ");

    return span_left (from) > 0 && span_left (from) == span_left (by) &&
           g_ascii_strncasecmp (from.p, by.p, span_left (from)) == 0;
}

static void
add_stamp (Facts *facts, const Line *line, const char *start, Span rest)
{
    TimeContext context = { .mail_date = facts->message->date };
    Stamp stamp;
    Fact *fact;
    When when;

    if (!time_next (start, &rest, &stamp) || !stamp.has_date ||
        !stamp_resolve (&stamp, &context, &when))
        return;
    fact = build_fact (facts, FACT_TIME, ROLE_UNKNOWN, BASIS_DERIVED,
                       (Where) { line->part, line->number, 0 }, stamp.original, "Received");
    if (fact != NULL)
        fact->v.when = when;
}

/* Who handed a mail over, and when: the stamp after the semicolon. */
static void
add_time (Facts *facts, const Line *line, Span header)
{
    Span rest = header;

    while (memchr (rest.p, ';', span_left (rest)) != NULL)
        rest.p = (const char *)memchr (rest.p, ';', span_left (rest)) + 1;
    if (rest.p != header.p)
        add_stamp (facts, line, header.p, rest);
}

/* What stands after "by" is the receiving server, not the sending one. */
static gboolean
is_sending (Span header, const char *at)
{
    const char *by = span_find (header, " by ");

    by = by != NULL ? by : span_find (header, "\tby ");
    return by == NULL || at < by;
}

/* The client of a web mailer has no Received of his own: when the mail was written is when he was
 * there. */
static void
add_date (Facts *facts, guint origin)
{
    guint part = facts->lines.items[origin].part;

    for (guint i = 0; i < facts->lines.n; i++) {
        const Line *line = &facts->lines.items[i];
        Span text = without_quote (line->text);

        if (line->part != part || !span_lit_nocase (&text, "Date:"))
            continue;
        add_stamp (facts, line, line->text.p, text);
        return;
    }
}

static gboolean
add_hops (Facts *facts, const Line *line, Span header, gboolean origin, gboolean may_hand_over)
{
    gboolean handed_over = FALSE;
    Span rest = line->text;
    Address a;

    while (address_next (line->text.p, &rest, &a)) {
        gboolean hands = !origin && may_hand_over && !handed_over &&
                         ip_scope (&a.ip) == IP_PUBLIC && is_sending (header, a.original.p);
        Fact *fact;

        if (a.kind != ADDRESS_IP)
            continue;
        origin = origin && is_sending (header, a.original.p);
        fact = build_fact (
            facts, FACT_ADDRESS, origin ? ROLE_OFFENDER : ROLE_RELAY, BASIS_DERIVED,
            (Where) { line->part, line->number, (guint)(a.original.p - line->text.p) }, a.original,
            origin  ? HOP_RULE_ORIGIN
            : hands ? HOP_RULE_HANDED_OVER
                    : HOP_RULE_RELAY);
        if (fact != NULL)
            fact->v.ip = a.ip;
        handed_over |= hands;
    }
    return handed_over;
}

/* A mail handed in with a password (RFC 3848) or by a web form: its client is who sent it. */
static gboolean
is_submission (Span header)
{
    static const char *const marks[] = { "with ESMTPSA", "with ESMTPA", "Authenticated sender",
                                         "(authenticated", "with HTTP" };

    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (span_find_nocase (header, marks[i]) != NULL)
            return TRUE;
    return FALSE;
}

gboolean
hops_read (Facts *facts, guint first)
{
    Line *line = &facts->lines.items[first];
    Span text = without_quote (line->text), header = line->text;
    gboolean origin = is_origin (text), submitted, may_hand_over;
    guint last = first;

    if (!origin && !span_starts_nocase (text, "Received:"))
        return FALSE;
    if (!build_record (facts, RECORD_BLOCK, line->zone, HOP_SHAPE,
                       (Where) { line->part, line->number, 0 }))
        return FALSE;
    while (last + 1 < facts->lines.n && last - first < MAX_FOLDED &&
           is_folded (facts, first, last + 1))
        last++;
    header.end = facts->lines.items[last].text.end; /* the lines of a part lie side by side */
    submitted = !origin && is_submission (header);
    may_hand_over = !origin && !handed_over_known (facts, line->part) && !is_internal (header);
    for (guint i = first; i <= last; i++) {
        line = &facts->lines.items[i];
        if (add_hops (facts, line, header, origin || submitted, may_hand_over)) {
            add_time (facts, line, header);
            may_hand_over = FALSE;
        }
        line->record = facts->records.n - 1;
    }
    if (submitted)
        add_time (facts, &facts->lines.items[first], header);
    if (origin)
        add_date (facts, first);
    return TRUE;
}
