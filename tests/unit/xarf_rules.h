/*
 * xarf_rules - what XARF 4.2.0 says of its objects, as a table, and a validator by it
 *
 * Stated here anew, so that what writes the objects is held against something
 * else than itself.  A row is of all objects ("*"), of a category ("connection/")
 * or of a type.
 */
#pragma once
#include "base/calendar.h"
#include "base/ip.h"
#include "base/json.h"
#include <string.h>

typedef enum RuleKind {
    ANY_TEXT, /* words: nothing; most: characters */
    ONE_OF,   /* of words */
    SOME_OF,  /* a list, at least one, of words */
    CONST_IS, /* the word */
    WHOLE,    /* a number, 1 to most */
    SHARE,    /* 0 to 1 */
    A_UUID,
    A_TIME, /* RFC 3339 with Z or an offset */
    AN_IP,
    A_URI,
    A_VERSION, /* 4.N.N */
    A_CONTACT, /* org, contact and domain, and nothing else */
    AN_EMAIL
} RuleKind;

typedef struct XarfRule {
    const char *of, *key;
    gboolean required;
    RuleKind kind;
    const char *words;
    gint64 most;
} XarfRule;

#define PORT_MAX 65535
#define IP_WORDS " tcp udp icmp sctp "

/* clang-format off */
static const XarfRule xarf_rules[] = {
    { "*", "xarf_version", TRUE, A_VERSION, NULL, 0 },
    { "*", "report_id", TRUE, A_UUID, NULL, 0 },
    { "*", "timestamp", TRUE, A_TIME, NULL, 0 },
    { "*", "reporter", TRUE, A_CONTACT, NULL, 0 },
    { "*", "sender", TRUE, A_CONTACT, NULL, 0 },
    { "*", "source_identifier", TRUE, ANY_TEXT, NULL, 0 },
    { "*", "source_port", FALSE, WHOLE, NULL, PORT_MAX },
    { "*", "category", TRUE, ONE_OF, " messaging content copyright connection vulnerability infrastructure reputation ", 0 },
    { "*", "type", TRUE, ANY_TEXT, NULL, 0 },
    { "*", "evidence_source", FALSE, ANY_TEXT, NULL, 0 },
    { "*", "confidence", FALSE, SHARE, NULL, 0 },
    { "*", "description", FALSE, ANY_TEXT, NULL, 1000 },
    { "connection/", "first_seen", TRUE, A_TIME, NULL, 0 },
    { "connection/", "last_seen", FALSE, A_TIME, NULL, 0 },
    { "connection/", "destination_ip", FALSE, AN_IP, NULL, 0 },
    { "connection/ddos", "destination_port", FALSE, WHOLE, NULL, PORT_MAX },
    { "connection/login_attack", "destination_port", FALSE, WHOLE, NULL, PORT_MAX },
    { "connection/port_scan", "destination_port", FALSE, WHOLE, NULL, PORT_MAX },
    { "connection/scraping", "destination_port", FALSE, WHOLE, NULL, PORT_MAX },
    { "connection/ddos", "protocol", TRUE, ONE_OF, IP_WORDS, 0 },
    { "connection/ddos", "evidence_source", FALSE, ONE_OF, " firewall_logs ids_detection flow_analysis traffic_monitoring honeypot ", 0 },
    { "connection/login_attack", "protocol", TRUE, ONE_OF, IP_WORDS, 0 },
    { "connection/port_scan", "protocol", TRUE, ONE_OF, IP_WORDS, 0 },
    { "connection/scraping", "protocol", TRUE, ONE_OF, " tcp udp ", 0 },
    { "connection/scraping", "total_requests", TRUE, WHOLE, NULL, G_MAXINT64 },
    { "connection/vulnerability_scan", "protocol", TRUE, ONE_OF, " tcp udp icmp mixed ", 0 },
    { "connection/vulnerability_scan", "scan_type", TRUE, ONE_OF, " port_scan vulnerability_scan version_detection os_fingerprinting service_enumeration web_vuln_scan directory_brute_force mixed ", 0 },
    { "content/", "url", TRUE, A_URI, NULL, 0 },
    { "content/fraud", "fraud_type", TRUE, ONE_OF, " investment romance tech_support lottery advance_fee cryptocurrency shopping charity employment government_impersonation other ", 0 },
    { "content/exposed_data", "data_types", TRUE, SOME_OF, " personal_information credentials financial medical government_id email_addresses phone_numbers api_keys database_dumps source_code internal_documents customer_data employee_data intellectual_property other ", 0 },
    { "content/exposed_data", "exposure_method", TRUE, ONE_OF, " misconfigured_server open_directory database_exposure git_repository backup_file log_file cloud_storage paste_site forum_post ransomware_leak intentional_leak other ", 0 },
    { "content/brand_infringement", "infringement_type", TRUE, ONE_OF, " counterfeit typosquatting lookalike homograph unauthorized_reseller trademark_violation brand_impersonation logo_misuse other ", 0 },
    { "content/brand_infringement", "legitimate_site", TRUE, A_URI, NULL, 0 },
    { "content/csam", "classification", TRUE, ONE_OF, " baseline A1 A2 B1 B2 ", 0 },
    { "content/csam", "detection_method", TRUE, ONE_OF, " hash_match ai_detection manual_review user_report automated_scan ", 0 },
    { "content/malware", "malware_type", FALSE, ONE_OF, " trojan ransomware dropper loader backdoor rootkit infostealer banking_trojan cryptominer adware spyware worm bot rat other ", 0 },
    { "content/phishing", "lure_type", FALSE, ONE_OF, " account_suspension security_alert payment_issue prize_notification document_share password_reset shipping_notification tax_refund other ", 0 },
    { "copyright/copyright", "infringing_url", TRUE, A_URI, NULL, 0 },
    { "infrastructure/botnet", "compromise_evidence", TRUE, ANY_TEXT, NULL, 0 },
    { "infrastructure/compromised_server", "compromise_method", TRUE, ANY_TEXT, NULL, 0 },
    { "messaging/spam", "protocol", TRUE, ONE_OF, " smtp sms whatsapp telegram signal chat social_media push_notification other ", 0 },
    { "messaging/spam", "evidence_source", FALSE, ONE_OF, " spamtrap user_complaint automated_filter honeypot content_analysis reputation_feed ", 0 },
    { "messaging/spam", "smtp_from", FALSE, AN_EMAIL, NULL, 0 },
    { "reputation/blocklist", "threat_type", TRUE, ANY_TEXT, NULL, 0 },
    { "vulnerability/open_service", "service", TRUE, ANY_TEXT, NULL, 0 },
};
/* clang-format on */

/* Where an address is accused, these must say its port. */
static const char xarf_port_types[] =
    " connection/ddos connection/login_attack connection/port_scan ";

static gboolean
xarf_in (const char *words, const char *word)
{
    g_autofree char *one = g_strdup_printf (" %s ", word);

    return strchr (word, ' ') == NULL && strstr (words, one) != NULL;
}

static gboolean
xarf_email (const char *text)
{
    return g_regex_match_simple ("^[^@\\s<>]+@([A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+$", text, 0, 0);
}

static void
xarf_contact_key (const char *key, const Json *value, gpointer data)
{
    gboolean *good = data;
    const char *text = json_text (value);

    *good = *good && text != NULL && *text != '\0' &&
            (strcmp (key, "org") == 0       ? g_utf8_strlen (text, -1) <= 200
             : strcmp (key, "contact") == 0 ? xarf_email (text)
             : strcmp (key, "domain") == 0
                 ? g_regex_match_simple ("^(?!-)[A-Za-z0-9-]{1,63}(\\.(?!-)[A-Za-z0-9-]{1,63})*$",
                                         text, 0, 0)
                 : FALSE);
}

static gboolean
xarf_contact (const Json *j)
{
    gboolean good = json_is_object (j) && json_get (j, "org") != NULL &&
                    json_get (j, "contact") != NULL && json_get (j, "domain") != NULL;

    if (good)
        json_each (j, xarf_contact_key, &good);
    return good;
}

static gboolean
xarf_words (const Json *list, const char *words)
{
    if (!json_is_list (list) || json_length (list) == 0)
        return FALSE;
    for (gsize i = 0; i < json_length (list); i++)
        if (json_text (json_item (list, i)) == NULL ||
            !xarf_in (words, json_text (json_item (list, i))))
            return FALSE;
    return TRUE;
}

static gboolean
xarf_text_fits (const XarfRule *r, const char *text)
{
    gint64 moment;
    Ip ip;

    switch (r->kind) {
    case ANY_TEXT:
        return *text != '\0' && (r->most == 0 || g_utf8_strlen (text, -1) <= r->most);
    case ONE_OF:
        return xarf_in (r->words, text);
    case CONST_IS:
        return strcmp (text, r->words) == 0;
    case A_UUID:
        return g_uuid_string_is_valid (text);
    case A_TIME:
        return strchr (text, 'T') != NULL && calendar_parse_rfc3339 (span_of (text), &moment);
    case AN_IP:
        return ip_parse (span_of (text), &ip);
    case A_URI:
        return g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL) && g_str_is_ascii (text);
    case A_VERSION:
        return g_regex_match_simple ("^4\\.[0-9]+\\.[0-9]+$", text, 0, 0);
    case AN_EMAIL:
        return xarf_email (text);
    default:
        return FALSE;
    }
}

static gboolean
xarf_fits (const XarfRule *r, const Json *value)
{
    double share;
    gint64 n;

    if (json_text (value) != NULL)
        return xarf_text_fits (r, json_text (value));
    if (r->kind == A_CONTACT)
        return xarf_contact (value);
    if (r->kind == SOME_OF)
        return xarf_words (value, r->words);
    if (r->kind == WHOLE)
        return json_int (value, &n) && n >= 1 && n <= r->most;
    return r->kind == SHARE && json_double (value, &share) && share >= 0 && share <= 1;
}

static gboolean
xarf_applies (const XarfRule *r, const char *kind)
{
    return strcmp (r->of, "*") == 0 || strcmp (r->of, kind) == 0 ||
           (g_str_has_suffix (r->of, "/") && g_str_has_prefix (kind, r->of));
}

/* What is wrong with the object, one key a line; "" when nothing is.  g_free() it. */
static char *
xarf_wrong (const Json *j)
{
    GString *out = g_string_new (NULL);
    const char *protocol = json_text (json_get (j, "protocol"));
    const char *source = json_text (json_get (j, "source_identifier"));
    g_autofree char *kind = g_strdup_printf ("%s/%s", json_text (json_get (j, "category")),
                                             json_text (json_get (j, "type")));
    guint special = 0;
    Ip ip;

    for (gsize i = 0; i < G_N_ELEMENTS (xarf_rules); i++) {
        const XarfRule *r = &xarf_rules[i];
        const Json *value = json_get (j, r->key);

        if (!xarf_applies (r, kind))
            continue;
        special += strcmp (r->of, kind) == 0;
        if (value == NULL ? r->required : !xarf_fits (r, value))
            g_string_append_printf (out, "%s\n", r->key);
    }
    if (special == 0)
        g_string_append_printf (out, "type %s\n", kind);
    if (source != NULL && ip_parse (span_of (source), &ip) && xarf_in (xarf_port_types, kind) &&
        json_get (j, "source_port") == NULL)
        g_string_append (out, "source_port\n");
    if (strcmp (kind, "messaging/spam") == 0 && g_strcmp0 (protocol, "smtp") == 0) {
        if (json_get (j, "smtp_from") == NULL)
            g_string_append (out, "smtp_from\n");
        if (json_get (j, "source_port") == NULL)
            g_string_append (out, "source_port\n");
    }
    return g_string_free (out, FALSE);
}
