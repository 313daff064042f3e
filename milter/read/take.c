#include "read/take.h"
#include "find/url.h"

/* What formats call the same thing: X-ARF 0.2, XARF 1 to 3 in both of its spellings, XARF 4, ARF
 * (RFC 5965 7.3).  Compared without case and without anything but letters and digits. */
static const struct {
    const char *spelled, *type;
} types[] = {
    { "abuse", "spam" },
    { "blacklist", "blocklist" },
    { "blocklist", "blocklist" },
    { "bot", "botnet" },
    { "botnet", "botnet" },
    { "botinfection", "infected-host" },
    { "brandinfringement", "brand-infringement" },
    { "bulkmessaging", "bulk-messaging" },
    { "bruteforce", "login-attack" },
    { "bruteforceattack", "login-attack" },
    { "childabuse", "csam" },
    { "compromisedserver", "compromised-server" },
    { "copyright", "copyright" },
    { "csam", "csam" },
    { "csem", "csem" },
    { "cve", "cve" },
    { "cyberlocker", "cyberlocker" },
    { "ddos", "ddos" },
    { "ddosattack", "ddos" },
    { "dmca", "copyright" },
    { "dos", "ddos" },
    { "denialofservice", "ddos" },
    { "exploit", "exploit" },
    { "exposeddata", "exposed-data" },
    { "fraud", "fraud" },
    { "harassment", "harassment" },
    { "harvesting", "harvesting" },
    { "hackattack", "exploit" },
    { "infectedhost", "infected-host" },
    { "linksite", "link-site" },
    { "loginattack", "login-attack" },
    { "malware", "malware" },
    { "malwareattack", "malware" },
    { "misconfiguration", "misconfiguration" },
    { "networkscan", "port-scan" },
    { "openresolver", "open-service" },
    { "openservice", "open-service" },
    { "p2p", "p2p" },
    { "phish", "phishing" },
    { "phishing", "phishing" },
    { "portscan", "port-scan" },
    { "portscanner", "port-scan" },
    { "potentiallycompromisedaccount", "compromised-account" },
    { "reconnaissance", "reconnaissance" },
    { "remotecompromise", "remote-compromise" },
    { "scraping", "scraping" },
    { "spam", "spam" },
    { "spamvertized", "spamvertized" },
    { "spamvertised", "spamvertized" },
    { "sqlinjection", "sql-injection" },
    { "suspiciousregistration", "suspicious-registration" },
    { "threatintelligence", "threat-intelligence" },
    { "trademark", "brand-infringement" },
    { "ugcplatform", "ugc-platform" },
    { "usenet", "usenet" },
    { "virus", "malware" },
    { "vulnerabilityscan", "vulnerability-scan" },
    { "webcrawler", "scraping" },
};

static gboolean
same_letters (Span a, Span b)
{
    for (;;) {
        while (a.p < a.end && !g_ascii_isalnum (*a.p))
            a.p++;
        while (b.p < b.end && !g_ascii_isalnum (*b.p))
            b.p++;
        if (a.p == a.end || b.p == b.end)
            return a.p == a.end && b.p == b.end;
        if (g_ascii_tolower (*a.p++) != g_ascii_tolower (*b.p++))
            return FALSE;
    }
}

gboolean
take_same_name (Span a, const char *b)
{
    return same_letters (a, span_of (b));
}

void
take_type (Facts *facts, Span value, Where where)
{
    for (guint i = 0; i < G_N_ELEMENTS (types); i++)
        if (take_same_name (value, types[i].spelled)) {
            Span type = span_of (types[i].type);

            build_field (facts, "type", type, where);
            return;
        }
    build_field (facts, "type", value, where);
}

/* Behind the URL that it is the host of. */
static void
add_url_host (Facts *facts, const TakeRow *row, const Url *url, Where where)
{
    guint owner = facts->facts.n - 1;
    Fact *f =
        build_fact (facts, FACT_ADDRESS, row->role, BASIS_DERIVED, where, url->original, row->rule);

    if (f == NULL)
        return;
    f->v.ip = url->host_ip;
    f->owner = owner;
    if (url->port == 0 || (f = build_fact (facts, FACT_PORT, row->role, BASIS_DERIVED, where,
                                           url->original, row->rule)) == NULL)
        return;
    f->v.port = url->port;
    f->owner = owner + 1;
}

static gboolean
take_url (Facts *facts, const TakeRow *row, Span value, Where where)
{
    Span rest = span_trim (value);
    Url url;

    if (!url_next (facts->message->arena, &rest, &url) ||
        !build_url (facts, value, row->role, BASIS_REPORTED, where, row->rule))
        return FALSE;
    if (url.host_ip.family != 0 && !build_has (facts, FACT_ADDRESS, row->role))
        add_url_host (facts, row, &url, where);
    return TRUE;
}

static gboolean
take_source (Facts *facts, const TakeRow *row, Span value, Where where)
{
    if (build_address (facts, value, row->role, BASIS_REPORTED, where, row->rule))
        return TRUE;
    if (span_find (value, "@") != NULL && span_find (value, "/") == NULL) {
        build_field (facts, "source-email", value, where);
        return TRUE;
    }
    return take_url (facts, row, value, where) ||
           build_host (facts, value, row->role, BASIS_REPORTED, where, row->rule);
}

static gboolean
take_field (Facts *facts, const char *name, Span value, Where where)
{
    build_field (facts, name, value, where);
    return TRUE;
}

/* "Port: ssh" names a service and states no number. */
static gboolean
take_service (Facts *facts, Span value, Where where)
{
    value = span_trim (value);
    return span_left (value) > 0 && g_ascii_isalpha (*value.p) &&
           take_field (facts, "service", value, where);
}

gboolean
take_value (Facts *facts, const TakeRow *row, Span value, Where where)
{
    const Basis basis = BASIS_REPORTED;

    switch (row->take) {
    case TAKE_ADDRESS:
        return build_address (facts, value, row->role, basis, where, row->rule);
    case TAKE_SOURCE:
        return take_source (facts, row, value, where);
    case TAKE_PORT:
        return build_port (facts, value, row->role, basis, where, row->rule) ||
               take_service (facts, value, where);
    case TAKE_TIME:
        return build_time (facts, value, basis, where, row->rule);
    case TAKE_URL:
        return take_url (facts, row, value, where);
    case TAKE_HOST:
        return build_host (facts, value, row->role, basis, where, row->rule);
    case TAKE_COUNT:
        return build_count (facts, value, basis, where, row->rule);
    case TAKE_PROTOCOL:
        return build_protocol (facts, value, basis, where, row->rule) ||
               take_field (facts, "protocol", value, where);
    case TAKE_TYPE:
        take_type (facts, value, where);
        return take_field (facts, row->rule, value, where);
    case TAKE_FIELD:
        return take_field (facts, row->rule, value, where);
    }
    g_assert_not_reached ();
}
