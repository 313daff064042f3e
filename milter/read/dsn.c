/*
 * Notices from mail systems about mail: delivery status (RFC 3464), disposition (RFC 8098), the
 * bounces of older programs, automatic replies.  Nobody is accused in them.  Auto-Submitted alone
 * does not make one: ticket systems set it on complaints, too; it is kept as a field.
 */
#include "read/block.h"
#include "read/readers.h"

#define FORMAT "dsn"

static const struct {
    const char *type, *notice;
} report_types[] = {
    { "message/delivery-status", "delivery-status" },
    { "message/global-delivery-status", "delivery-status" }, /* RFC 6533 */
    { "message/disposition-notification", "disposition" },
    { "message/global-disposition-notification", "disposition" },
};

/* How bounces without a machine-readable part begin, by the program that writes them. */
static const char *const openings[] = {
    "Hi. This is the qmail-send program",                      /* QSBMF */
    "This is the mail system at host",                         /* Postfix */
    "The original message was received at",                    /* Sendmail */
    "This message was created automatically by mail delivery", /* Exim */
};

static const TakeRow rows[] = {
    { "Action", TAKE_FIELD, ROLE_UNKNOWN, "action" },
    { "Status", TAKE_FIELD, ROLE_UNKNOWN, "status" },
    { "Disposition", TAKE_FIELD, ROLE_UNKNOWN, "disposition" },
};

/* Of the mail itself, also when intake has read the part as a mail: some have a header's look. */
static gboolean
is_own (const Part *p)
{
    return p->mail == 0 || (p->mail == p->number && p->depth <= 1);
}

static const char *
notice_of (const Part *p)
{
    for (guint i = 0; i < G_N_ELEMENTS (report_types); i++)
        if (is_own (p) && (g_strcmp0 (p->type, report_types[i].type) == 0 ||
                           g_strcmp0 (p->declared, report_types[i].type) == 0))
            return report_types[i].notice;
    return NULL;
}

static gboolean
add_notice (Facts *facts, const char *notice, Where where)
{
    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where))
        return FALSE;
    build_field (facts, "notice", span_of (notice), where);
    return TRUE;
}

static gboolean
read_part (Facts *facts, const Part *part)
{
    const char *notice = notice_of (part);
    BlockCursor at = block_cursor (part);
    Block b;

    if (notice == NULL || !add_notice (facts, notice, (Where) { part->number, 1, 0 }))
        return FALSE;
    while (block_next (facts->message->arena, &at, &b))
        if (!block_take (facts, &b, FORMAT, rows, G_N_ELEMENTS (rows)))
            break;
    build_claim (facts, part->number, 1, G_MAXUINT);
    return TRUE;
}

/* RFC 5321 4.5.5: notices have no sender to answer to.  Scripts that complain do so, too. */
static gboolean
has_null_sender (const Message *m)
{
    const char *path = message_header (m, "Return-Path");

    return path != NULL && span_is (span_trim (span_of (path)), "<>");
}

static gboolean
from_mail_system (const Message *m)
{
    return span_starts_nocase (span_of (m->from_address), "mailer-daemon@") ||
           span_is_nocase (span_of (m->from_address), "mailer-daemon") || has_null_sender (m);
}

static gboolean
read_bounce (Facts *facts)
{
    const Message *m = facts->message;

    if (message_header (m, "X-Failed-Recipients") != NULL) /* Exim's */
        return add_notice (facts, "bounce", (Where) { 0, 1, 0 });
    for (guint i = 0; i < m->n_parts && from_mail_system (m); i++)
        for (guint k = 0; k < G_N_ELEMENTS (openings); k++)
            if (m->parts[i].mail == 0 &&
                span_starts_nocase (span_trim (m->parts[i].text), openings[k]))
                return add_notice (facts, "bounce", (Where) { m->parts[i].number, 1, 0 });
    return FALSE;
}

static gboolean
read_auto_reply (Facts *facts)
{
    static const char *const headers[] = { "X-Autoreply", "X-Autorespond", "X-Autoresponder" };
    const char *precedence = message_header (facts->message, "Precedence");

    for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
        if (message_header (facts->message, headers[i]) != NULL)
            return add_notice (facts, "auto-reply", (Where) { 0, 1, 0 });
    return precedence != NULL && take_same_name (span_of (precedence), "auto_reply") &&
           add_notice (facts, "auto-reply", (Where) { 0, 1, 0 });
}

/* What a mail says of itself in its header, for scenarios to weigh. */
static void
note_header (Facts *facts)
{
    const Where where = { 0, 1, 0 };
    const char *value = message_header (facts->message, "Auto-Submitted");
    gboolean null_sender = has_null_sender (facts->message);
    Span rest = span_of (value), keyword;

    if ((value == NULL && !null_sender) ||
        !build_record (facts, RECORD_FORMAT, ZONE_REPORT, "header", where))
        return;
    if (span_until (&rest, ';', &keyword)) /* RFC 3834 5: a keyword, then parameters */
        build_field (facts, "auto-submitted", keyword, where);
    if (null_sender)
        build_field (facts, "return-path", SPAN_LIT ("<>"), where);
}

gboolean
dsn_read (Facts *facts)
{
    const Message *m = facts->message;
    gboolean any = FALSE;

    note_header (facts);
    for (guint i = 0; i < m->n_parts; i++)
        any |= read_part (facts, &m->parts[i]);
    return any || read_bounce (facts) || read_auto_reply (facts);
}
