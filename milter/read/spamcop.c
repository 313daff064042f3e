/*
 * SpamCop's own report format: a heading "[ SpamCop V5.4.0 ]", one or more statements of what is
 * accused, then the offending mail.  (Its other format is ARF.)
 */
#include "read/build.h"
#include "read/quote.h"
#include "read/readers.h"
#include "read/take.h"

#define FORMAT "spamcop"
#define MAX_STATEMENT_LINES 200 /* between the heading and the offending mail */

static const TakeRow url_row = { "", TAKE_URL, ROLE_OFFENDER, "spamcop: spamvertised" };

/* "[ SpamCop V5.4.0 ]", once "- SpamCop V1.3.3 -" */
static gboolean
is_heading (Span line)
{
    if (!span_lit (&line, "[ SpamCop V") && !span_lit (&line, "- SpamCop V"))
        return FALSE;
    return span_ends_nocase (line, " ]") || span_ends_nocase (line, " -");
}

static gboolean
is_offending_mail (Span line)
{
    return span_is (line, "[ Offending message ]") || span_is (line, "Offending message:");
}

/* A zone's comment may be cut off: "Tue, 11 Nov 2003 03:11:35 -0500 (ES". */
static Span
without_comment (Span stamp)
{
    const char *open = span_find (stamp, "(");

    return span_trim (open != NULL ? span_to (stamp, open) : stamp);
}

static gboolean
open_record (Facts *facts, Where where, const char *type)
{
    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where))
        return FALSE;
    take_type (facts, span_of (type), where);
    return TRUE;
}

/* "Email from 198.51.100.7 / Fri, 20 Nov 2026 03:04:05 +0000" */
static gboolean
read_mail (Facts *facts, Span line, Where where)
{
    Span address;

    if (!span_lit_nocase (&line, "Email from ") || !span_until (&line, '/', &address) ||
        !open_record (facts, where, "spam"))
        return FALSE;
    build_address (facts, address, ROLE_OFFENDER, BASIS_REPORTED, where, "spamcop: Email from");
    build_time (facts, without_comment (line), BASIS_REPORTED, where, "spamcop: Email from");
    return TRUE;
}

/* "http://example.net/x is 198.51.100.7; Fri, 20 Nov 2026 03:04:05 GMT" */
static gboolean
read_site (Facts *facts, Span line, Where where)
{
    const char *is = span_find (line, " is ");
    const char *semicolon = is != NULL ? span_find ((Span) { is, line.end }, ";") : NULL;

    if (semicolon == NULL || !span_starts_nocase (line, "http") ||
        !open_record (facts, where, "spamvertized"))
        return FALSE;
    build_address (facts, (Span) { is + strlen (" is "), semicolon }, ROLE_OFFENDER, BASIS_REPORTED,
                   where, "spamcop: site is");
    build_time (facts, without_comment ((Span) { semicolon + 1, line.end }), BASIS_REPORTED, where,
                "spamcop: site is");
    take_value (facts, &url_row, span_to (line, is), where);
    return TRUE;
}

/* The offending mail goes to the end of the part, or as far as it is quoted like the heading. */
static guint
end_of_mail (Span rest, guint number, gboolean quoted)
{
    Span line;

    while (span_line (&rest, &line)) {
        if (quoted && quote_strip_line (line).p == line.p)
            break;
        number++;
    }
    return number;
}

static guint
read_report (Facts *facts, const Part *part, Span rest, guint heading, gboolean quoted)
{
    guint number = heading, found = 0;
    Span raw;

    while (number - heading < MAX_STATEMENT_LINES && span_line (&rest, &raw)) {
        Where where = { part->number, ++number, 0 };
        Span line = span_trim (quote_strip_line (raw));

        if (is_offending_mail (line)) {
            number = end_of_mail (rest, number, quoted);
            break;
        }
        found += read_mail (facts, line, where) || read_site (facts, line, where);
    }
    if (found > 0)
        build_claim (facts, part->number, heading, number);
    return found;
}

static guint
read_part (Facts *facts, const Part *part)
{
    Span rest = part->text, raw;

    for (guint number = 1; span_line (&rest, &raw); number++) {
        Span line = quote_strip_line (raw);

        if (is_heading (span_trim (line)))
            return read_report (facts, part, rest, number, line.p != raw.p);
    }
    return 0;
}

gboolean
spamcop_read (Facts *facts)
{
    const Message *m = facts->message;
    guint found = 0;

    for (guint i = 0; i < m->n_parts; i++)
        if (!m->parts[i].spare && span_find (m->parts[i].text, " SpamCop V") != NULL)
            found += read_part (facts, &m->parts[i]);
    return found > 0;
}
