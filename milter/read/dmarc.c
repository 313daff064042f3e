/*
 * DMARC aggregate reports (RFC 7489 7.2 and appendix C): statistics, nobody's complaint.  Known by
 * their XML, or, where it is in an archive that was not opened, by their file's name.
 */
#include "read/elements.h"
#include "read/readers.h"

#define FORMAT "dmarc-aggregate"

static const TakeRow head[] = {
    { "report_metadata.org_name", TAKE_FIELD, ROLE_UNKNOWN, "report-from" },
    { "policy_published.domain", TAKE_HOST, ROLE_REPORTER, "dmarc: policy_published/domain" },
};

static const TakeRow row[] = {
    { "row.source_ip", TAKE_ADDRESS, ROLE_OTHER, "dmarc: source_ip" },
    { "row.count", TAKE_COUNT, ROLE_UNKNOWN, "dmarc: count" },
    { "policy_evaluated.disposition", TAKE_FIELD, ROLE_UNKNOWN, "disposition" },
};

#define MAX_ROWS 1000 /* kept as records: nothing is judged by them */

static gboolean
take_report (Facts *facts, const Elements *e)
{
    guint rows = 0;

    if (elements_find (e, 0, "feedback.report_metadata") == NULL ||
        !build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT,
                       (Where) { e->part, e->first_line, 0 }))
        return FALSE;
    elements_take (facts, e, 0, head, G_N_ELEMENTS (head));
    build_claim (facts, e->part, 1, G_MAXUINT);
    for (guint i = 0; i < e->list.n && rows < MAX_ROWS; i++) {
        const Element *record = &e->list.items[i];

        if (strcmp (record->path, "feedback.record") != 0)
            continue;
        if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT,
                           (Where) { e->part, record->line, 0 }))
            break;
        elements_take (facts, e, i, row, G_N_ELEMENTS (row));
        rows++;
    }
    return TRUE;
}

/* RFC 7489 7.2.1.1: receiver!policy-domain!begin!end[!id].xml[.gz]; some send it as .zip */
static gboolean
is_report_name (const char *name)
{
    static const char *const endings[] = { ".xml", ".xml.gz", ".zip", ".gz" };
    Span rest = span_of (name), field;
    guint fields = 0, number;
    gboolean begin = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
        if (span_ends_nocase (rest, endings[i])) {
            while (span_until (&rest, '!', &field))
                if (++fields == 3)
                    begin = span_uint (&field, G_MAXUINT32, &number) && field.p == field.end;
            return fields >= 4 && begin;
        }
    return FALSE;
}

/* RFC 7489 7.2.1.1 gives the subject, too. */
static gboolean
is_report_subject (const char *subject)
{
    Span s = span_trim (span_of (subject));

    return span_starts_nocase (s, "Report Domain:") && span_find_nocase (s, "Submitter:") != NULL &&
           span_find_nocase (s, "Report-ID:") != NULL;
}

static gboolean
take_envelope (Facts *facts)
{
    const Message *m = facts->message;

    for (guint i = 0; i < m->n_parts; i++)
        if (is_report_name (m->parts[i].name))
            return build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT,
                                 (Where) { m->parts[i].number, 1, 0 });
    return is_report_subject (m->subject) &&
           build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, (Where) { 0, 1, 0 });
}

gboolean
dmarc_read (Facts *facts)
{
    const Message *m = facts->message;
    gboolean any = FALSE;

    for (guint i = 0; i < m->n_parts; i++) {
        XmlCursor at = elements_cursor (&m->parts[i]);
        Elements e;

        if (m->parts[i].spare || span_find (m->parts[i].text, "policy_published") == NULL)
            continue;
        while (elements_next (m->arena, &at, "feedback", &e))
            any |= take_report (facts, &e);
    }
    return any || take_envelope (facts);
}
