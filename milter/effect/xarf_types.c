#include "effect/xarf_types.h"
#include "base/span.h"

#define SEEN "first_seen last_seen destination_ip destination_port"
#define IP_PROTOCOLS "tcp udp icmp sctp"
#define NO_PROTOCOL NULL, FALSE, FALSE

/* clang-format off */
static const XarfType types[] = {
    { "messaging", "spam", "protocol", "", "smtp sms whatsapp telegram signal chat social_media push_notification other", FALSE, TRUE, "user_complaint" },
    { "messaging", "bulk_messaging", "protocol recipient_count", "", "smtp sms whatsapp telegram social_media push_notification other", FALSE, TRUE, "user_complaint" },
    { "connection", "ddos", "protocol first_seen", SEEN, IP_PROTOCOLS, TRUE, FALSE, NULL },
    { "connection", "login_attack", "protocol first_seen", SEEN, IP_PROTOCOLS, TRUE, FALSE, "user_report" },
    { "connection", "port_scan", "protocol first_seen", SEEN, IP_PROTOCOLS, TRUE, FALSE, "user_report" },
    { "connection", "infected_host", "protocol bot_type first_seen", SEEN, "tcp udp", FALSE, FALSE, "user_report" },
    { "connection", "reconnaissance", "protocol probed_resources first_seen", SEEN, "tcp udp", FALSE, FALSE, "user_report" },
    { "connection", "scraping", "protocol first_seen total_requests", SEEN, "tcp udp", FALSE, FALSE, "user_report" },
    { "connection", "sql_injection", "protocol first_seen", SEEN " target_url", "tcp udp", FALSE, FALSE, "user_report" },
    { "connection", "vulnerability_scan", "scan_type protocol first_seen", SEEN, "tcp udp icmp", FALSE, FALSE, "user_report" },
    { "content", "phishing", "url", "", NO_PROTOCOL, "user_report" },
    { "content", "malware", "url", "", NO_PROTOCOL, "user_report" },
    { "content", "fraud", "url fraud_type", "", NO_PROTOCOL, "user_report" },
    { "content", "csam", "url classification detection_method", "", NO_PROTOCOL, "user_report" },
    { "content", "csem", "url exploitation_type detection_method", "", NO_PROTOCOL, "user_report" },
    { "content", "exposed_data", "url data_types exposure_method", "", NO_PROTOCOL, "user_report" },
    { "content", "brand_infringement", "url infringement_type legitimate_site", "", NO_PROTOCOL, "user_report" },
    { "content", "suspicious_registration", "url registration_date suspicious_indicators", "", NO_PROTOCOL, "user_report" },
    { "content", "remote_compromise", "url compromise_type", "", NO_PROTOCOL, "user_report" },
    { "copyright", "copyright", "infringing_url", "", NO_PROTOCOL, "user_report" },
    { "copyright", "p2p", "p2p_protocol swarm_info", "", NO_PROTOCOL, "user_report" },
    { "copyright", "cyberlocker", "infringing_url hosting_service", "", NO_PROTOCOL, "user_report" },
    { "copyright", "link_site", "infringing_url site_name", "", NO_PROTOCOL, "user_report" },
    { "copyright", "ugc_platform", "infringing_url platform_name", "", NO_PROTOCOL, "user_report" },
    { "copyright", "usenet", "newsgroup message_info", "", NO_PROTOCOL, "user_report" },
    { "vulnerability", "cve", "service service_port cve_id", "", NO_PROTOCOL, NULL },
    { "vulnerability", "misconfiguration", "service", "", NO_PROTOCOL, "user_report" },
    { "vulnerability", "open_service", "service", "", NO_PROTOCOL, "user_report" },
    { "infrastructure", "botnet", "compromise_evidence", "", NO_PROTOCOL, "user_report" },
    { "infrastructure", "compromised_server", "compromise_method", "", NO_PROTOCOL, "user_report" },
    { "reputation", "blocklist", "threat_type", "", NO_PROTOCOL, "user_report" },
    { "reputation", "threat_intelligence", "threat_type", "", NO_PROTOCOL, "user_report" },
};
/* clang-format on */

const XarfType *
xarf_type_find (const char *category, const char *type)
{
    for (gsize i = 0; category != NULL && i < G_N_ELEMENTS (types); i++)
        if (g_str_equal (types[i].category, category) && g_str_equal (types[i].type, type))
            return &types[i];
    return NULL;
}

gboolean
xarf_word_in (const char *words, const char *word)
{
    Span rest = span_of (words), one;

    while (words != NULL && word != NULL && span_until (&rest, ' ', &one))
        if (span_is (one, word))
            return TRUE;
    return FALSE;
}
