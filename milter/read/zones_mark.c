/* Signatures, whois output and disclaimers inside one person's text. */
#include "read/zones.h"

/* Lines that whois output begins with (RPSL, RFC 2622; ARIN), then what may follow. */
static const char *const whois_starts[] = {
    "inetnum:",
    "inet6num:",
    "NetRange:",
    "OrgName:",
    "% This is the",
    "% Information related to",
    "% Abuse contact for",
    "% [whois",
    "# ARIN WHOIS",
    "[Querying whois",
    "aut-num:",
    "route6:",
    "% IANA WHOIS",
    "refer:",
    "% Joint Whois",
    "[ JPNIC database",
};
static const char *const whois_keys[] = {
    "inetnum",       "inet6num",      "netname",
    "descr",         "country",       "org",
    "admin-c",       "tech-c",        "status",
    "mnt-by",        "mnt-lower",     "mnt-routes",
    "mnt-domains",   "mnt-irt",       "created",
    "last-modified", "source",        "remarks",
    "role",          "person",        "address",
    "phone",         "fax-no",        "e-mail",
    "nic-hdl",       "nic-hdl-br",    "abuse-mailbox",
    "abuse-c",       "organisation",  "org-name",
    "org-type",      "route",         "route6",
    "origin",        "aut-num",       "as-name",
    "geoloc",        "language",      "notify",
    "changed",       "irt",           "auth",
    "nserver",       "owner",         "ownerid",
    "responsible",   "inetrev",       "netrange",
    "cidr",          "nethandle",     "parent",
    "nettype",       "originas",      "organization",
    "regdate",       "updated",       "ref",
    "orgname",       "orgid",         "city",
    "stateprov",     "postalcode",    "comment",
    "orgtechhandle", "orgtechname",   "orgtechphone",
    "orgtechemail",  "orgtechref",    "orgabusehandle",
    "orgabusename",  "orgabusephone", "orgabuseemail",
    "orgabuseref",   "orgnochandle",  "orgnocname",
    "orgnocphone",   "orgnocemail",   "orgnocref",
    "rtechhandle",   "rtechname",     "rtechphone",
    "rtechemail",    "rabusehandle",  "rabusename",
    "rabusephone",   "rabuseemail",   "referralserver",
    "resourcelink",  "whois",         "refer",
    "domain",        "date",          "sponsoring-org",
    "mnt-ref",       "ds-rdata",      "nsstat",
    "nslastaa",
};

/* A paragraph with one of these says nothing about the matter, unless it names an address. */
static const char *const disclaimers[] = {
    "not the intended recipient",
    "not an intended recipient",
    "intended only for",
    "intended solely for",
    "intended for the use of",
    "solely for the use of",
    "may contain confidential",
    "contains confidential",
    "confidential and may be",
    "legally privileged",
    "you receive this mail because you",
    "you receive this email because you",
    "you are receiving this email because you",
    "you received this email because you",
    "you received this message because you",
    "to unsubscribe",
    "unsubscribe from",
    "manage your subscription",
    "consider the environment before",
    "please consider the environment",
    "vertrauliche und",
    "vertrauliche informationen",
    "nicht der richtige adressat",
    "nicht der beabsichtigte",
    "toutes les pièces jointes",
    "destinataire de ce message",
    "exclusivamente a su destinatario",
    "exclusivamente al destinatario",
    "destinatario indicato",
    "uitsluitend bestemd voor",
    "virus-free",
    "scanned for viruses",
    "do not reply to this",
    "all rights reserved",
};

#define BYTES_A_DISCLAIMER 500

static gboolean
starts_whois (Span line)
{
    for (gsize i = 0; i < G_N_ELEMENTS (whois_starts); i++)
        if (span_starts_nocase (line, whois_starts[i]))
            return TRUE;
    return FALSE;
}

static gboolean
is_whois_line (Span line)
{
    Span key;

    if (line.p == line.end || *line.p == '%' || *line.p == '#')
        return TRUE;
    if (!span_until (&line, ':', &key) || key.end >= line.end)
        return FALSE;
    key = span_trim (key);
    for (gsize i = 0; i < G_N_ELEMENTS (whois_keys); i++)
        if (span_is_nocase (key, whois_keys[i]))
            return TRUE;
    return FALSE;
}

/* Length of the whois output beginning here: one mere key in prose is none. */
static guint
whois_lines (const Mark *marks, guint n)
{
    guint keys = 0, i = 0;

    if (!starts_whois (span_trim (marks[0].text)))
        return 0;
    while (i < n && is_whois_line (span_trim (marks[i].text)))
        keys += !marks[i++].blank;
    while (i > 0 && marks[i - 1].blank)
        i--;
    return keys >= 3 ? i : 0;
}

static gboolean
names_an_address (Span s)
{
    guint dots = 0;

    for (const char *p = s.p; p < s.end; p++) {
        if (*p == '.' && p > s.p && g_ascii_isdigit (p[-1]))
            dots++;
        else if (!g_ascii_isdigit (*p))
            dots = 0;
        if (dots == 3)
            return TRUE;
    }
    return FALSE;
}

/* How often; compared at the starts of words only: every line of every mail comes by here. */
static guint
disclaims (Span s)
{
    guint hits = 0;
    guint32 second[32] = { 0 }; /* by first letter, bits: the second of those that begin with it */

    for (gsize i = 0; i < G_N_ELEMENTS (disclaimers); i++)
        second[disclaimers[i][0] & 31] |= 1u << (disclaimers[i][1] & 31);
    for (const char *p = s.p; s.end - p >= 2; p++) {
        if ((p > s.p && p[-1] != ' ') || (second[p[0] & 31] >> (p[1] & 31) & 1) == 0)
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS (disclaimers); i++)
            hits += span_starts_nocase ((Span) { p, s.end }, disclaimers[i]);
    }
    return hits;
}

static guint
paragraph_lines (const Mark *marks, guint n)
{
    guint i = 0;

    while (i < n && !marks[i].blank && marks[i].zone == marks[0].zone)
        i++;
    return i;
}

static void
set_zone (Mark *marks, guint n, Zone zone)
{
    for (guint i = 0; i < n; i++)
        marks[i].zone = zone;
}

/* A long paragraph with one such phrase has something else to say. */
static void
mark_paragraph (Mark *marks, guint n)
{
    guint hits = 0;
    gsize bytes = 0;

    for (guint i = 0; i < n; i++) {
        if (names_an_address (marks[i].text))
            return;
        hits += disclaims (marks[i].text);
        bytes += span_left (marks[i].text);
    }
    if (hits * BYTES_A_DISCLAIMER >= bytes && hits > 0)
        set_zone (marks, n, ZONE_BOILERPLATE);
}

/* RFC 3676 4.3: "-- " and what is below.  A long rest, or an address in it, is no signature: "--"
 * also parts a report's sections. */
static gboolean
is_signature (const Mark *marks, guint n)
{
    guint lines = 0;

    if (!span_is (marks[0].text, "-- ") && !span_is (marks[0].text, "--"))
        return FALSE;
    for (guint i = 1; i < n; i++) {
        lines += !marks[i].blank;
        if (lines > ZONES_SIGNATURE_LINES || i > 4 * ZONES_SIGNATURE_LINES ||
            names_an_address (marks[i].text))
            return FALSE;
    }
    return TRUE;
}

/* A run of lines of one writer. */
static void
mark_run (Mark *marks, guint n)
{
    for (guint i = 0; i < n;) {
        guint whois = whois_lines (marks + i, n - i);

        if (whois > 0) {
            set_zone (marks + i, whois, ZONE_BOILERPLATE);
            i += whois;
            continue;
        }
        if (is_signature (marks + i, n - i)) {
            set_zone (marks + i, n - i, ZONE_SIGNATURE);
            return;
        }
        if (i == 0 || marks[i - 1].blank)
            mark_paragraph (marks + i, paragraph_lines (marks + i, n - i));
        i++;
    }
}

static gboolean
same_run (const Mark *a, const Mark *b)
{
    return a->zone == b->zone && a->part == b->part && a->quoted == b->quoted;
}

void
zones_assign (Mark *marks, guint n, gboolean forward)
{
    for (guint i = 0; i < n; i++) {
        Mark *m = &marks[i];

        if (m->pasted)
            m->zone = ZONE_ATTACHED;
        else
            m->zone = m->head || (m->quoted && !forward) ? ZONE_QUOTED : ZONE_PROSE;
        if (m->blank && i > 0 && m->part == m[-1].part) {
            m->zone = m[-1].zone;
            m->quoted = m[-1].quoted;
        }
    }
    for (guint i = 0, run; i < n; i += run) {
        for (run = 1; i + run < n && same_run (&marks[i], &marks[i + run]); run++)
            ;
        if (marks[i].zone == ZONE_PROSE)
            mark_run (marks + i, run);
    }
}
