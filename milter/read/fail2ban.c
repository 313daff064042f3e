/*
 * The mails of fail2ban's stock actions (config/action.d in its sources): complain.conf,
 * mail*.conf, sendmail*.conf with whois text and log lines, the buffered summaries, and the
 * notices that a jail has started or stopped.  The log lines below are left to free text.
 */
#include "read/build.h"
#include "read/readers.h"

#define FORMAT "fail2ban"
#define RULE_BANNED "fail2ban: banned"

/* Reading on over line ends and quote marks: the sentences are wrapped by the action's file and
 * by mail clients. */
static void
skip_white (Span *s)
{
    while (s->p < s->end && (g_ascii_isspace (*s->p) || *s->p == '>'))
        s->p++;
}

/* Word by word; a blank in `text' is any white space. */
static gboolean
words (Span *s, const char *text)
{
    Span t = *s, rest = span_of (text), word;

    while (span_until (&rest, ' ', &word)) {
        gsize n = span_left (word);

        skip_white (&t);
        if (span_left (t) < n || g_ascii_strncasecmp (t.p, word.p, n) != 0)
            return FALSE;
        t.p += n;
    }
    *s = t;
    return TRUE;
}

static Span
token (Span *s)
{
    Span t;

    skip_white (s);
    t = *s;
    while (s->p < s->end && !g_ascii_isspace (*s->p))
        s->p++;
    t.end = s->p;
    while (t.end > t.p && strchr (".,:;", t.end[-1]) != NULL)
        t.end--;
    return t;
}

static Where
where_of (const Part *part, const char *at)
{
    Where w = { part->number, 1, 0 };
    const char *start = part->text.p;

    for (const char *p = start; p < at; p++)
        if (*p == '\n') {
            w.line++;
            start = p + 1;
        }
    w.column = (guint)(at - start);
    return w;
}

static gboolean
open_record (Facts *facts, Where where, Span address, const char *rule)
{
    return build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where) &&
           build_address (facts, address, ROLE_OFFENDER, BASIS_REPORTED, where, rule);
}

static void
claim_to (Facts *facts, const Part *part, const char *first, const char *last)
{
    build_claim (facts, part->number, where_of (part, first).line, where_of (part, last).line);
}

/* mail*.conf, sendmail*.conf: "The IP 198.51.100.7 has just been banned by Fail2Ban after
 * 5 attempts against sshd." */
static gboolean
read_banned (Facts *facts, const Part *part, const char *at)
{
    Span s = { at, part->text.end }, address, failures, jail;

    if (!words (&s, "The IP"))
        return FALSE;
    address = token (&s);
    if (!words (&s, "has just been banned by Fail2Ban after"))
        return FALSE;
    failures = token (&s);
    if (!words (&s, "attempts against"))
        return FALSE;
    jail = token (&s);
    if (!open_record (facts, where_of (part, address.p), address, RULE_BANNED))
        return FALSE;
    build_count (facts, failures, BASIS_REPORTED, where_of (part, failures.p),
                 "fail2ban: failures");
    build_field (facts, "jail", jail, where_of (part, jail.p));
    build_field (facts, "service", jail, where_of (part, jail.p));
    claim_to (facts, part, at, jail.p);
    return TRUE;
}

/* complain.conf: "We have detected abuse from the IP address 198.51.100.7, which according to" */
static gboolean
read_complaint (Facts *facts, const Part *part, const char *at)
{
    Span s = { at, part->text.end }, address;

    if (!words (&s, "We have detected abuse from the IP address"))
        return FALSE;
    address = token (&s);
    if (!words (&s, "which according to") ||
        !open_record (facts, where_of (part, address.p), address, "fail2ban: abuse from"))
        return FALSE;
    claim_to (facts, part, at, s.p);
    return TRUE;
}

/* The headings above log lines: "Lines containing IP:198.51.100.7 in /var/log/auth.log", "Lines
 * containing failures of 198.51.100.7", "Matches for sshd with 5 failures IP:198.51.100.7". */
static gboolean
read_heading (Facts *facts, const Part *part, const char *at)
{
    Span s = { at, part->text.end }, address;

    if (!words (&s, "Lines containing"))
        return FALSE;
    if (words (&s, "failures of") || words (&s, "IP:"))
        address = token (&s);
    else
        return FALSE;
    if (!open_record (facts, where_of (part, address.p), address, "fail2ban: lines containing"))
        return FALSE;
    claim_to (facts, part, at, address.p);
    return TRUE;
}

/* mail-buffered.conf: lines of `date`": 198.51.100.7 (5 failures)" */
static gboolean
read_summary_line (Facts *facts, Where where, Span line)
{
    const char *mark = span_find (line, ": ");
    Span s, address, failures;

    if (mark == NULL)
        return FALSE;
    s = (Span) { mark + 2, line.end };
    address = token (&s);
    if (!words (&s, "("))
        return FALSE;
    failures = token (&s);
    if (!words (&s, "failures") || !open_record (facts, where, address, RULE_BANNED))
        return FALSE;
    build_time (facts, span_to (line, mark), BASIS_REPORTED, where, RULE_BANNED);
    build_count (facts, failures, BASIS_REPORTED, where, "fail2ban: failures");
    build_claim (facts, where.part, where.line, where.line);
    return TRUE;
}

static gboolean
read_summary (Facts *facts, const Part *part, const char *at)
{
    Span s = { at, part->text.end }, line;
    Where where = where_of (part, at);
    gboolean any = FALSE;

    for (where.column = 0; span_line (&s, &line); where.line++) {
        if (span_is_nocase (span_trim (line), "Fail2Ban"))
            break;
        any |= read_summary_line (facts, where, line);
    }
    return any;
}

/* "The jail sshd has been started successfully." accuses nobody. */
static gboolean
read_notice (Facts *facts, const Part *part, const char *at)
{
    Span s = { at, part->text.end }, jail, event;

    if (!words (&s, "The jail"))
        return FALSE;
    jail = token (&s);
    if (!words (&s, "has been"))
        return FALSE;
    event = token (&s);
    if (!span_is (event, "started") && !span_is (event, "stopped"))
        return FALSE;
    if (!build_record (facts, RECORD_FORMAT, ZONE_REPORT, FORMAT, where_of (part, at)))
        return FALSE;
    build_field (facts, "jail", jail, where_of (part, jail.p));
    build_field (facts, "event", event, where_of (part, event.p));
    claim_to (facts, part, at, event.p);
    return TRUE;
}

static const struct {
    const char *start; /* searched for; from here the reader reads */
    gboolean (*read) (Facts *facts, const Part *part, const char *at);
} sentences[] = {
    { "The IP ", read_banned },
    { "We have detected abuse from the IP address", read_complaint },
    { "These hosts have been banned by Fail2Ban", read_summary },
    { "The jail ", read_notice },
    { "Lines containing", read_heading },
};

static gboolean
read_part (Facts *facts, const Part *part)
{
    for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
        Span rest = part->text;

        for (const char *at; (at = span_find (rest, sentences[i].start)) != NULL; rest.p = at + 1)
            if (sentences[i].read (facts, part, at))
                return TRUE;
    }
    return FALSE;
}

gboolean
fail2ban_read (Facts *facts)
{
    const Message *m = facts->message;
    gboolean any = FALSE;

    for (guint i = 0; i < m->n_parts; i++)
        if (!m->parts[i].spare && span_find_nocase (m->parts[i].text, "fail2ban") != NULL)
            any |= read_part (facts, &m->parts[i]);
    return any;
}
