#include "read/hops.h"
#include "find/address.h"
#include "read/build.h"

#define MAX_FOLDED 12 /* lines of one header that are looked at */

static const char *const origins[] = { "X-Originating-IP:", "X-Source-IP:",     "X-Sender-IP:",
                                       "X-Client-IP:",      "X-Remote-IP:",     "X-Sender-Address-IP:",
                                       "X-Real-IP:",        "X-Forwarded-For:", "X-PHP-Originating-IP:",
                                       "X-Abuse-Source-IP:" };

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
    if (text.p > line->text.p && text.p < text.end && *text.p == ' ') /* "> " of a quote, then the fold */
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

/* What stands after "by" is the receiving server, not the sending one. */
static gboolean
is_before_by (Span line, const char *at)
{
    const char *by = span_find (line, " by ");

    return by == NULL || at < by;
}

static void
add_hops (Facts *facts, const Line *line, gboolean origin, gboolean head, gboolean *handed_over)
{
    Span rest = line->text;
    Address a;

    while (address_next (line->text.p, &rest, &a)) {
        const char *rule = origin ? HOP_RULE_ORIGIN : HOP_RULE_RELAY;
        Role role = origin ? ROLE_OFFENDER : ROLE_RELAY;
        Fact *fact;

        if (a.kind != ADDRESS_IP)
            continue;
        if (!origin && head && !*handed_over && ip_scope (&a.ip) == IP_PUBLIC &&
            is_before_by (line->text, a.original.p)) {
            rule = HOP_RULE_HANDED_OVER;
            *handed_over = TRUE;
        }
        fact = build_fact (facts, FACT_ADDRESS, role, BASIS_DERIVED,
                           (Where){ line->part, line->number, (guint) (a.original.p - line->text.p) },
                           a.original, rule);
        if (fact != NULL)
            fact->v.ip = a.ip;
    }
}

gboolean
hops_read (Facts *facts, guint first)
{
    Line *line = &facts->lines.items[first];
    Span text = without_quote (line->text);
    gboolean origin = is_origin (text), handed_over, before_by = TRUE;

    if (!origin && !span_starts_nocase (text, "Received:"))
        return FALSE;
    if (!build_record (facts, RECORD_BLOCK, line->zone, NULL, (Where){ line->part, line->number, 0 }))
        return FALSE;
    handed_over = handed_over_known (facts, line->part);
    for (guint i = first; i < facts->lines.n && i < first + MAX_FOLDED; i++) {
        line = &facts->lines.items[i];
        if (i > first && !is_folded (facts, first, i))
            break;
        add_hops (facts, line, origin, before_by, &handed_over);
        before_by = before_by && span_find (line->text, " by ") == NULL;
        line->record = facts->records.n - 1;
    }
    return TRUE;
}
