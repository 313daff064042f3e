#include "know/xarf_fields.h"
#include <string.h>

#define WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const struct {
    const char *name;
    gboolean list;
    const char *const *values;
} fields[] = {
    { "protocol", FALSE,
      WORDS ("tcp", "udp", "icmp", "sctp", "smtp", "sms", "whatsapp", "telegram", "signal", "chat",
             "social_media", "push_notification", "other") },
    { "scan_type", FALSE,
      WORDS ("port_scan", "vulnerability_scan", "version_detection", "os_fingerprinting",
             "service_enumeration", "web_vuln_scan", "directory_brute_force", "mixed") },
    { "bot_type", FALSE,
      WORDS ("search_engine", "ai_agent", "monitoring", "seo_analyzer", "link_checker",
             "feed_reader", "social_media", "advertising", "malicious", "unknown") },
    { "fraud_type", FALSE,
      WORDS ("investment", "romance", "tech_support", "lottery", "advance_fee", "cryptocurrency",
             "shopping", "charity", "employment", "government_impersonation", "other") },
    { "infringement_type", FALSE,
      WORDS ("counterfeit", "typosquatting", "lookalike", "homograph", "unauthorized_reseller",
             "trademark_violation", "brand_impersonation", "logo_misuse", "other") },
    { "compromise_type", FALSE,
      WORDS ("webshell", "backdoor", "defacement", "malicious_redirect", "seo_spam", "cryptominer",
             "phishing_kit", "malware_host", "c2_server", "proxy", "scanner", "other") },
    { "data_types", TRUE,
      WORDS ("personal_information", "credentials", "financial", "medical", "government_id",
             "email_addresses", "phone_numbers", "api_keys", "database_dumps", "source_code",
             "internal_documents", "customer_data", "employee_data", "intellectual_property",
             "other") },
    { "exposure_method", FALSE,
      WORDS ("misconfigured_server", "open_directory", "database_exposure", "git_repository",
             "backup_file", "log_file", "cloud_storage", "paste_site", "forum_post",
             "ransomware_leak", "intentional_leak", "other") },
};

static gboolean
are_values (Want *w, const YamlNode *n, guint field, const char *const *values)
{
    gboolean good = TRUE;

    for (guint i = 0; values[i] != NULL; i++)
        if (!g_strv_contains (fields[field].values, values[i])) {
            want_unknown (w, want_item (n, i), fields[field].name, fields[field].values);
            good = FALSE;
        }
    return good;
}

static gboolean
read_field (Want *w, const YamlNode *name, const YamlNode *n, XarfField *ret)
{
    const char *known[G_N_ELEMENTS (fields) + 1] = { NULL };
    const char *const *values;

    for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
        known[i] = fields[i].name;
        if (strcmp (yaml_text (name), fields[i].name) != 0)
            continue;
        values = want_texts (w, n, fields[i].name);
        if (values == NULL || !are_values (w, n, i, values))
            return FALSE;
        if (!fields[i].list && values[0] != NULL && values[1] != NULL)
            return want_no_value (w, n, fields[i].name, "one word");
        *ret = (XarfField) { fields[i].name, values, fields[i].list };
        return TRUE;
    }
    want_unknown (w, name, "XARF field", known);
    return FALSE;
}

gboolean
xarf_fields_read (Want *w, const YamlNode *n, const char *key, Class *c)
{
    gboolean good = TRUE;

    if (!want_map (w, n, key))
        return FALSE;
    c->n_xarf_fields = yaml_length (n);
    c->xarf_fields = arena_new0 (w->arena, XarfField, c->n_xarf_fields);
    for (guint i = 0; i < c->n_xarf_fields; i++)
        good = read_field (w, yaml_key (n, i), yaml_value (n, i), &c->xarf_fields[i]) && good;
    return good;
}
