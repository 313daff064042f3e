/*
 * The Abuse Reporting Format: RFC 5965, with auth-failure (RFC 6591) and Source-Port (RFC 6692).
 * Feedback loops are sparse: what part 2 does not say is read from the attached mail's header.
 */
#include "read/block.h"
#include "read/readers.h"
#include "read/trail.h"

#define TYPE "message/feedback-report"

static const TakeRow rows[] = {
    { "Source-IP", TAKE_ADDRESS, ROLE_OFFENDER, "arf: Source-IP" },
    { "Source-Port", TAKE_PORT, ROLE_OFFENDER, "arf: Source-Port" }, /* RFC 6692 */
    { "Arrival-Date", TAKE_TIME, ROLE_UNKNOWN, "arf: Arrival-Date" },
    { "Incidents", TAKE_COUNT, ROLE_UNKNOWN, "arf: Incidents" },
    { "Reported-URI", TAKE_URL, ROLE_OFFENDER, "arf: Reported-URI" },
    { "Reported-Domain", TAKE_HOST, ROLE_OFFENDER, "arf: Reported-Domain" },
    { "Feedback-Type", TAKE_TYPE, ROLE_UNKNOWN, "feedback-type" },
    { "Auth-Failure", TAKE_FIELD, ROLE_UNKNOWN, "auth-failure" },
    { "Delivery-Result", TAKE_FIELD, ROLE_UNKNOWN, "delivery-result" },
};

/* RFC 5965 3.2: the name that drafts had. */
static const TakeRow received_date = { "Received-Date", TAKE_TIME, ROLE_UNKNOWN,
                                       "arf: Received-Date" };

/* RFC 5965 3.1 */
static const char *const required[] = { "Feedback-Type", "User-Agent", "Version" };

typedef struct Attached {
    guint part;
    const Header *headers;
    guint n_headers;
    guint lines; /* of a header that stands as text: to be claimed */
} Attached;

static gboolean
is_report (const Part *p)
{
    return g_strcmp0 (p->type, TYPE) == 0 || g_strcmp0 (p->declared, TYPE) == 0;
}

/* A report's part may have been encoded twice over: then it is base64 and nothing else. */
static Part
decoded (Arena *arena, const Part *p)
{
    Part plain = *p;
    char *text;
    gsize n;

    if (span_left (p->text) < 2 || span_find (p->text, ":") != NULL ||
        (text = arena_span_dup (arena, p->text)) == NULL)
        return plain;
    g_base64_decode_inplace (text, &n);
    if (g_utf8_validate (text, (gssize)n, NULL))
        plain.text = (Span) { text, text + n };
    return plain;
}

static gboolean
find_block (Arena *arena, const Part *part, Block *ret)
{
    Part plain = decoded (arena, part);
    BlockCursor at = block_cursor (&plain);

    while (block_next (arena, &at, ret))
        if (block_field (ret, "Feedback-Type") != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
header_in_text (const Message *m, const Part *p, Attached *ret)
{
    BlockCursor at = block_cursor (p);
    Header *headers;
    Block b;

    if (p->kind == PART_REPORT || !block_next (m->arena, &at, &b) ||
        block_field (&b, "Received") == NULL || block_field (&b, "From") == NULL)
        return FALSE;
    headers = arena_new0 (m->arena, Header, b.fields.n);
    for (guint i = 0; headers != NULL && i < b.fields.n; i++) {
        headers[i].name = arena_span_dup (m->arena, b.fields.items[i].name);
        headers[i].value = arena_span_dup (m->arena, b.fields.items[i].value);
    }
    *ret = (Attached) { p->number, headers, b.fields.n, b.last };
    return !arena_exhausted (m->arena);
}

/* The mail that is complained about: behind the report.  Some send its header as plain text. */
static gboolean
attached_mail (const Message *m, guint behind, Attached *ret)
{
    for (guint i = 0; i < m->n_parts; i++) {
        const Part *p = &m->parts[i];

        *ret = (Attached) { p->number, p->headers, p->n_headers, 0 };
        if (p->number > behind && (p->kind == PART_MAIL_HEAD || header_in_text (m, p, ret)))
            return TRUE;
    }
    return FALSE;
}

/* What the report leaves out, from the attached mail. */
static gboolean
derive (Facts *facts, const Attached *mail)
{
    const Where where = { mail->part, 1, 0 };
    Trail trail;
    Span time;

    build_claim (facts, mail->part, 1, mail->lines);
    if (!build_has (facts, FACT_TIME, ROLE_UNKNOWN) &&
        trail_time (mail->headers, mail->n_headers, &time))
        build_time (facts, time, BASIS_DERIVED, where, "attached mail: Received");
    return build_has (facts, FACT_ADDRESS, ROLE_OFFENDER) ||
           (trail_source (mail->headers, mail->n_headers, &trail) &&
            build_address (facts, trail.address, ROLE_OFFENDER, BASIS_DERIVED, where, trail.rule));
}

static void
check_required (Facts *facts, const Block *b)
{
    for (guint i = 0; i < G_N_ELEMENTS (required); i++)
        if (block_field (b, required[i]) == NULL)
            message_defect (facts->message, "malformed arf: %s is missing", required[i]);
    if (block_field (b, "Arrival-Date") != NULL && block_field (b, "Received-Date") != NULL)
        message_defect (facts->message, "malformed arf: both Arrival-Date and Received-Date");
}

static gboolean
read_block (Facts *facts, const Block *b)
{
    const Field *old_date = block_field (b, "Received-Date");
    Attached mail;

    /* An X-ARF or XARF report in ARF's clothes: those readers know the rest of it. */
    if (span_is_nocase (block_field (b, "Feedback-Type")->value, "xarf"))
        return FALSE;
    if (!block_take (facts, b, "arf", rows, G_N_ELEMENTS (rows)))
        return FALSE;
    if (old_date != NULL && block_field (b, "Arrival-Date") == NULL)
        take_value (facts, &received_date, old_date->value,
                    (Where) { b->part, old_date->line, old_date->column });
    if (attached_mail (facts->message, b->part, &mail))
        derive (facts, &mail);
    check_required (facts, b);
    return TRUE;
}

/* A feedback loop's mail without its part 2: a multipart/report of that type, or a mail attached by
 * the Junk Mail Reporting Program, which marks it with a field of its own. */
static gboolean
read_sparse (Facts *facts)
{
    const Message *m = facts->message;
    const char *type = message_header (m, "Content-Type");
    Attached mail;
    Where where;
    Trail trail;

    if (!attached_mail (m, 0, &mail) ||
        ((type == NULL || span_find_nocase (span_of (type), "feedback-report") == NULL) &&
         header_find (mail.headers, mail.n_headers, "X-HmXmrOriginalRecipient") == NULL))
        return FALSE;
    where = (Where) { mail.part, 1, 0 };
    if (!trail_source (mail.headers, mail.n_headers, &trail) ||
        !build_record (facts, RECORD_FORMAT, ZONE_REPORT, "arf", where))
        return FALSE;
    derive (facts, &mail);
    take_type (facts, SPAN_LIT ("abuse"), where);
    message_defect (facts->message, "malformed arf: there is no " TYPE " part");
    return TRUE;
}

static gboolean
read_part (Facts *facts, const Part *part)
{
    Block b;

    if (!find_block (facts->message->arena, part, &b)) {
        message_defect (facts->message, "malformed arf: Feedback-Type is missing");
        return FALSE;
    }
    if (!read_block (facts, &b))
        return FALSE;
    build_claim (facts, part->number, 1, G_MAXUINT);
    return TRUE;
}

/* In the body, as mail clients forward it. */
static gboolean
read_inline (Facts *facts, const Part *part)
{
    Block b;

    return part->mail == 0 && span_find_nocase (part->text, "Feedback-Type:") != NULL &&
           find_block (facts->message->arena, part, &b) && block_field (&b, "User-Agent") != NULL &&
           read_block (facts, &b);
}

gboolean
arf_read (Facts *facts)
{
    const Message *m = facts->message;
    gboolean any = FALSE;

    for (guint i = 0; i < m->n_parts; i++)
        any |= is_report (&m->parts[i]) && read_part (facts, &m->parts[i]);
    for (guint i = 0; i < m->n_parts && !any; i++)
        any = read_inline (facts, &m->parts[i]);
    return any || read_sparse (facts);
}
