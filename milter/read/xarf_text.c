/*
 * X-ARF 0.1 and 0.2: "Key: value" lines in a part of their own (report.txt), or in the body
 * without one.  Port is the attacked service.  Schema-URL is never fetched.
 */
#include "read/block.h"
#include "read/readers.h"

static const TakeRow rows[] = {
    { "Source", TAKE_SOURCE, ROLE_OFFENDER, "x-arf: Source" },
    { "Source-Port", TAKE_PORT, ROLE_OFFENDER, "x-arf: Source-Port" },
    { "Port", TAKE_PORT, ROLE_VICTIM, "x-arf: Port" },
    { "Destination", TAKE_SOURCE, ROLE_VICTIM, "x-arf: Destination" },
    { "Destination-Port", TAKE_PORT, ROLE_VICTIM, "x-arf: Destination-Port" },
    { "Date", TAKE_TIME, ROLE_UNKNOWN, "x-arf: Date" },
    { "Occurrences", TAKE_COUNT, ROLE_UNKNOWN, "x-arf: Occurrences" },
    { "Occurances", TAKE_COUNT, ROLE_UNKNOWN, "x-arf: Occurances" }, /* fail2ban's spelling */
    { "Protocol", TAKE_PROTOCOL, ROLE_UNKNOWN, "x-arf: Protocol" },
    { "URL", TAKE_URL, ROLE_OFFENDER, "x-arf: URL" },
    { "Category", TAKE_FIELD, ROLE_UNKNOWN, "category" },
    { "Report-Type", TAKE_TYPE, ROLE_UNKNOWN, "report-type" },
    { "Service", TAKE_FIELD, ROLE_UNKNOWN, "service" },
    { "Source-Type", TAKE_FIELD, ROLE_UNKNOWN, "source-type" },
    { "TLP", TAKE_FIELD, ROLE_UNKNOWN, "tlp" },
};

/* Beside Source, two of these make a run of fields a report: one alone happens in prose. */
static const char *const marks[] = { "Reported-From", "Report-Type", "Report-ID",
                                     "Source-Type",   "Schema-URL",  "Category" };

static gboolean
is_report (const Block *b)
{
    guint n = 0;

    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
        n += block_field (b, marks[i]) != NULL;
    return n >= 2 && block_field (b, "Source") != NULL;
}

static gboolean
has_sign (Span text)
{
    return span_find_nocase (text, "Source:") != NULL &&
           (span_find_nocase (text, "Report-Type:") != NULL ||
            span_find_nocase (text, "Source-Type:") != NULL);
}

static gboolean
says_so (const Message *m)
{
    return message_header (m, "X-ARF") != NULL || message_header (m, "X-XARF") != NULL;
}

gboolean
xarf_text_read (Facts *facts)
{
    const Message *m = facts->message;
    gboolean any = FALSE;

    for (guint i = 0; i < m->n_parts; i++) {
        BlockCursor at = block_cursor (&m->parts[i]);
        Block b;

        if (m->parts[i].spare || !has_sign (m->parts[i].text))
            continue;
        while (block_next (m->arena, &at, &b))
            any |= is_report (&b) && block_take (facts, &b, "x-arf", rows, G_N_ELEMENTS (rows));
    }
    /* Senders of ARF and of XARF, its successor in JSON, set the old header, too. */
    if (!any && says_so (m) && facts->format == NULL)
        message_defect (facts->message, "malformed x-arf: there is no report with a Source");
    return any;
}
