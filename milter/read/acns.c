/*
 * ACNS 0.6 to 1.3: copyright notices in XML, attached or in the body, several in one mail.  The
 * namespaces differ, the elements do not.  Source/Port is the offender's.
 */
#include "read/elements.h"
#include "read/readers.h"

#define FORMAT "acns"
#define ROOT "Infringement"
#define MAX_REPORTS 500

static const TakeRow rows[] = {
    { "Source.IP_Address", TAKE_ADDRESS, ROLE_OFFENDER, "acns: Source/IP_Address" },
    { "Source.Port", TAKE_PORT, ROLE_OFFENDER, "acns: Source/Port" },
    { "Source.TimeStamp", TAKE_TIME, ROLE_UNKNOWN, "acns: Source/TimeStamp" },
    { "Source.Protocol", TAKE_PROTOCOL, ROLE_UNKNOWN, "acns: Source/Protocol" },
    { "Source.Type", TAKE_FIELD, ROLE_UNKNOWN, "source-type" },
    { "Source.Deja_Vu", TAKE_FIELD, ROLE_UNKNOWN, "deja-vu" },
    { "Case.Severity", TAKE_FIELD, ROLE_UNKNOWN, "severity" },
};

/* What is accused when no address is: a host, or what it serves. */
static const TakeRow second_best[] = {
    { "Source.URL_Base", TAKE_URL, ROLE_OFFENDER, "acns: Source/URL_Base" },
    { "Item.URL", TAKE_URL, ROLE_OFFENDER, "acns: Content/Item/URL" },
    { "Source.DNS_Name", TAKE_HOST, ROLE_OFFENDER, "acns: Source/DNS_Name" },
    { "Source.IP_Block", TAKE_ADDRESS, ROLE_OFFENDER, "acns: Source/IP_Block" },
};

static const TakeRow item_time = { "Item.TimeStamp", TAKE_TIME, ROLE_UNKNOWN,
                                   "acns: Content/Item/TimeStamp" };

static gboolean
is_report (const Elements *e)
{
    for (guint i = 0; i < e->list.n; i++)
        if (strcmp (e->list.items[i].name, "Source") == 0)
            return TRUE;
    return FALSE;
}

static gboolean
same_text (Span a, Span b)
{
    return span_left (a) == span_left (b) &&
           (a.p == a.end || memcmp (a.p, b.p, span_left (a)) == 0);
}

/* Each item was seen at a time of its own; most repeat the source's. */
static void
take_item_times (Facts *facts, const Elements *e)
{
    const Element *first = elements_find (e, 0, "Source.TimeStamp");
    Span before = first != NULL ? first->text : span_of (NULL);

    for (guint i = 0; i < e->list.n; i++) {
        const Element *leaf = &e->list.items[i];

        if (!take_same_name (span_of (leaf->path), item_time.name) ||
            same_text (leaf->text, before))
            continue;
        take_value (facts, &item_time, leaf->text, (Where) { e->part, leaf->line, 0 });
        before = leaf->text;
    }
}

/* <SubType BaseType="P2P" Protocol="BITTORRENT"/> */
static void
take_sub_type (Facts *facts, const Elements *e)
{
    const Element *sub_type = elements_find (e, 0, "Source.SubType");
    const char *protocol = sub_type != NULL ? element_attribute (sub_type, "Protocol") : NULL;

    if (protocol != NULL)
        build_field (facts, "p2p-protocol", span_of (protocol),
                     (Where) { e->part, sub_type->line, 0 });
}

static gboolean
take_report (Facts *facts, const Elements *e)
{
    Where where = { e->part, e->first_line, 0 };

    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where))
        return FALSE;
    elements_take (facts, e, 0, rows, G_N_ELEMENTS (rows));
    if (!build_has (facts, FACT_ADDRESS, ROLE_OFFENDER))
        elements_take (facts, e, 0, second_best, G_N_ELEMENTS (second_best));
    take_item_times (facts, e);
    take_sub_type (facts, e);
    take_type (facts, SPAN_LIT ("copyright"), where);
    build_claim (facts, e->part, e->first_line, e->last_line);
    if (e->defect != NULL)
        message_defect (facts->message, "malformed acns: %s", e->defect);
    return TRUE;
}

gboolean
acns_read (Facts *facts)
{
    const Message *m = facts->message;
    guint n = 0;

    for (guint i = 0; i < m->n_parts; i++) {
        XmlCursor at = elements_cursor (&m->parts[i]);
        Elements e;

        if (m->parts[i].spare)
            continue;
        while (n < MAX_REPORTS && elements_next (m->arena, &at, ROOT, &e))
            if (!is_report (&e))
                message_defect (facts->message, "malformed acns: Source is missing");
            else
                n += take_report (facts, &e);
    }
    return n > 0;
}
