#include "read/hops.h"
#include "find/address.h"
#include "find/time.h"
#include "read/build.h"
#include "read/hop_header.h"

#define MAX_HEADER_LINES 300 /* of a pasted header, up and down from one of its fields */
#define MAX_WAY_LINES 80     /* of one header; what is farther down is another mail's */

typedef enum HopSort {
    HOP_RECEIVED,
    HOP_PASSED,  /* a mail provider's own passing on */
    HOP_CHECKED, /* what the receiver's SPF check saw (RFC 7208 9.1, RFC 8601 2.7.3) */
    HOP_ORIGIN   /* the client of a web mailer */
} HopSort;

static const struct {
    const char *name;
    HopSort sort;
} fields[] = {
    { "Received:", HOP_RECEIVED },
    { "X-Received:", HOP_PASSED },
    { "Received-SPF:", HOP_CHECKED },
    { "Authentication-Results:", HOP_CHECKED },
    { "ARC-Authentication-Results:", HOP_PASSED },
    { "X-ClientProxiedBy:", HOP_PASSED },
    { "X-Originating-IP:", HOP_ORIGIN },
    { "X-Source-IP:", HOP_ORIGIN },
    { "X-Sender-IP:", HOP_ORIGIN },
    { "X-Client-IP:", HOP_ORIGIN },
    { "X-Remote-IP:", HOP_ORIGIN },
    { "X-Sender-Address-IP:", HOP_ORIGIN },
    { "X-Real-IP:", HOP_ORIGIN },
    { "X-Forwarded-For:", HOP_ORIGIN },
    { "X-PHP-Originating-IP:", HOP_ORIGIN },
    { "X-Abuse-Source-IP:", HOP_ORIGIN },
};

/* How the result of a check names the client. */
static const char *const checked[] = { "client-ip=", "sender IP is",
                                       "smtp.remote-ip=", "policy.iprev=", "designates " };

static gboolean
sort_of (Span text, HopSort *ret)
{
    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        if (span_starts_nocase (text, fields[i].name)) {
            *ret = fields[i].sort;
            return TRUE;
        }
    return FALSE;
}

gboolean
hops_known (const Facts *facts, const Line *line, const char *rule)
{
    for (guint i = facts->facts.n; i > 0; i--) {
        const Fact *f = &facts->facts.items[i - 1];

        if (f->where.part != line->part || f->where.line + MAX_WAY_LINES < line->number)
            return FALSE;
        if (f->rule != NULL && strcmp (f->rule, rule) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The stamp may be wrapped as the rest of its header is. */
static Span
unfolded (Facts *facts, Span text)
{
    char *copy;

    if (memchr (text.p, '\n', span_left (text)) == NULL)
        return text;
    copy = arena_span_dup (facts->message->arena, text);
    for (char *p = copy; p != NULL && *p != '\0'; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    return span_of (copy);
}

static gboolean
add_stamp (Facts *facts, const Line *line, Span text)
{
    TimeContext context = { .mail_date = facts->message->date };
    Span rest = unfolded (facts, text);
    Stamp stamp;
    Fact *fact;
    When when;

    if (!time_next (rest.p, &rest, &stamp) || !stamp.has_date ||
        !stamp_resolve (&stamp, &context, &when))
        return FALSE;
    fact = build_fact (facts, FACT_TIME, ROLE_UNKNOWN, BASIS_DERIVED,
                       (Where) { line->part, line->number, 0 }, stamp.original, "Received");
    if (fact != NULL)
        fact->v.when = when;
    return TRUE;
}

/* When who is named elsewhere was there: the stamp of the Received that names him, or, of the
 * client of a web mailer, when the mail was written. */
static void
add_arrival (Facts *facts, guint at, const char *address, gboolean or_date)
{
    guint part = facts->lines.items[at].part, date = G_MAXUINT;
    guint from = at > MAX_HEADER_LINES ? at - MAX_HEADER_LINES : 0;

    for (guint i = from, last; i < MIN (facts->lines.n, at + MAX_HEADER_LINES); i++) {
        const Line *line = &facts->lines.items[i];
        Span text = hop_text (line->text), header, stamp;

        if (line->part != part)
            continue;
        if (date == G_MAXUINT && span_starts_nocase (text, "Date:"))
            date = i;
        if (!span_starts_nocase (text, "Received:"))
            continue;
        header = hop_header (facts, i, FALSE, &last);
        stamp = hop_stamp (header);
        if (span_find (header, address) != NULL &&
            hop_is_sending (header, span_find (header, address)) &&
            add_stamp (facts, &facts->lines.items[at], stamp))
            return;
    }
    if (or_date && date != G_MAXUINT) {
        Span text = hop_text (facts->lines.items[date].text);

        text.p += strlen ("Date:");
        add_stamp (facts, &facts->lines.items[date], text);
    }
}

/* One header and what has been found in it. */
typedef struct Hop {
    Facts *facts;
    HopSort sort;
    Span header;
    gboolean submitted;     /* handed in there: its client is who sent it */
    gboolean may_hand_over; /* nobody was handed over by yet */
    gboolean handed_over, accused;
} Hop;

static gboolean
is_checked (const Hop *h, const Address *a)
{
    for (gsize i = 0; i < G_N_ELEMENTS (checked); i++) {
        const char *before = a->original.p;

        while (before > h->header.p && strchr (" \t[(\"", before[-1]) != NULL)
            before--;
        if (span_ends_nocase ((Span) { h->header.p, before }, checked[i]) ||
            span_ends_nocase ((Span) { h->header.p, a->original.p }, checked[i]))
            return TRUE;
    }
    return FALSE;
}

/* Why the address is who sent the mail; NULL when it is a hop. */
static const char *
accuses (Hop *h, const Address *a)
{
    if (h->sort == HOP_CHECKED)
        return h->may_hand_over && !h->accused && ip_scope (&a->ip) == IP_PUBLIC &&
                       is_checked (h, a)
                   ? HOP_RULE_CHECKED
                   : NULL;
    if (h->sort != HOP_ORIGIN && !h->submitted)
        return NULL;
    if (!hop_is_sending (h->header, a->original.p))
        return NULL;
    return h->submitted ? HOP_RULE_SUBMITTED : HOP_RULE_ORIGIN;
}

static void
add_address (Hop *h, const Line *line, const Address *a)
{
    const char *rule = accuses (h, a);
    gboolean hands = rule == NULL && h->sort == HOP_RECEIVED && h->may_hand_over &&
                     !h->handed_over && !h->submitted && ip_scope (&a->ip) == IP_PUBLIC &&
                     hop_is_sending (h->header, a->original.p);
    Fact *fact = build_fact (
        h->facts, FACT_ADDRESS, rule != NULL ? ROLE_OFFENDER : ROLE_RELAY, BASIS_DERIVED,
        (Where) { line->part, line->number, (guint)(a->original.p - line->text.p) }, a->original,
        rule != NULL ? rule
        : hands      ? HOP_RULE_HANDED_OVER
                     : HOP_RULE_RELAY);

    if (fact != NULL)
        fact->v.ip = a->ip;
    h->handed_over |= hands;
    h->accused |= rule != NULL;
}

static void
add_addresses (Hop *h, guint first, guint last)
{
    Address a;

    for (guint i = first; i <= last; i++) {
        Line *line = &h->facts->lines.items[i];
        Span rest = line->text;

        while (address_next (line->text.p, &rest, &a)) {
            gboolean accused = h->accused;

            if (a.kind != ADDRESS_IP)
                continue;
            add_address (h, line, &a);
            if (h->accused && !accused && h->sort != HOP_RECEIVED) {
                char text[IP_TEXT_MAX];

                add_arrival (h->facts, i, ip_format (&a.ip, text), h->sort == HOP_ORIGIN);
            }
        }
        line->record = h->facts->records.n - 1;
    }
}

gboolean
hops_read (Facts *facts, guint first)
{
    const Line *line = &facts->lines.items[first];
    Hop h = { .facts = facts };
    guint last;

    if (!sort_of (hop_text (line->text), &h.sort))
        return FALSE;
    if (!build_record (facts, RECORD_BLOCK, line->zone, HOP_SHAPE,
                       (Where) { line->part, line->number, 0 }))
        return FALSE;
    h.header = hop_header (facts, first, TRUE, &last);
    h.submitted = h.sort == HOP_RECEIVED && hop_is_submission (h.header);
    h.may_hand_over = h.sort == HOP_CHECKED ? !hops_known (facts, line, HOP_RULE_CHECKED)
                                            : !hops_known (facts, line, HOP_RULE_HANDED_OVER) &&
                                                  !hop_is_internal (h.header);
    add_addresses (&h, first, last);
    if (h.handed_over || (h.submitted && h.accused))
        add_stamp (facts, line, hop_stamp (h.header));
    return TRUE;
}
