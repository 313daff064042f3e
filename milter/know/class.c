#include "know/class.h"
#include "know/xarf_fields.h"

#define BIAS_MAX 100.0
#define SCENARIO (1u << CLASS_SCENARIO)
#define URGENCY (1u << CLASS_URGENCY)
#define ALL (~0u)
#define COMMON (~SCENARIO)

typedef struct ClassKey {
    const char *key;
    gboolean (*read) (RuleReader *r, const YamlNode *n, const char *key, Class *c);
    guint kinds;    /* bits 1u << ClassKind: where it may stand */
    guint required; /* and where it must */
} ClassKey;

/* XARF 4.2.0: all categories with their types. */
static const char *const xarf_kinds[] = { "messaging/spam",
                                          "messaging/bulk_messaging",
                                          "connection/ddos",
                                          "connection/infected_host",
                                          "connection/login_attack",
                                          "connection/port_scan",
                                          "connection/reconnaissance",
                                          "connection/scraping",
                                          "connection/sql_injection",
                                          "connection/vulnerability_scan",
                                          "content/phishing",
                                          "content/malware",
                                          "content/fraud",
                                          "content/csam",
                                          "content/csem",
                                          "content/exposed_data",
                                          "content/brand_infringement",
                                          "content/suspicious_registration",
                                          "content/remote_compromise",
                                          "copyright/copyright",
                                          "copyright/p2p",
                                          "copyright/cyberlocker",
                                          "copyright/link_site",
                                          "copyright/ugc_platform",
                                          "copyright/usenet",
                                          "vulnerability/cve",
                                          "vulnerability/misconfiguration",
                                          "vulnerability/open_service",
                                          "infrastructure/botnet",
                                          "infrastructure/compromised_server",
                                          "reputation/blocklist",
                                          "reputation/threat_intelligence",
                                          NULL };
const char *const class_kind_names[N_CLASS_KINDS + 1] = { "scenario",  "demand",  "complainant",
                                                          "awareness", "urgency", "topic",
                                                          NULL };

static gboolean
read_title (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    c->title = want_text (&r->want, n, key);
    return c->title != NULL;
}

static gboolean
read_description (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    c->description = want_text (&r->want, n, key);
    return c->description != NULL;
}

static gboolean
read_xarf (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    const char *text = want_text (&r->want, n, key), *slash;

    if (text == NULL)
        return FALSE;
    if (!g_strv_contains (xarf_kinds, text)) {
        want_unknown (&r->want, n, "XARF category/type", xarf_kinds);
        return FALSE;
    }
    slash = strchr (text, '/');
    c->xarf_category = arena_strndup (r->want.arena, text, (gsize)(slash - text));
    c->xarf_type = slash + 1;
    return TRUE;
}

static gboolean
read_xarf_fields (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    return xarf_fields_read (&r->want, n, key, c);
}

static gboolean
read_priority (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    if (yaml_text (n) != NULL && priority_from_name (yaml_text (n), &c->priority))
        return TRUE;
    return want_no_value (&r->want, n, key, "low, normal, high or urgent");
}

static gboolean
read_bias (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    return want_real (&r->want, n, key, -BIAS_MAX, BIAS_MAX, &c->bias);
}

static gboolean
read_threshold (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    return want_real (&r->want, n, key, -BIAS_MAX, BIAS_MAX, &c->threshold);
}

static gboolean
read_lookalikes (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    c->lookalikes = rule_read_references (r, CLASS_SCENARIO, n, key);
    return c->lookalikes != NULL;
}

static gboolean
read_port (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    static const char *const ends[] = { "other", "own", NULL };
    guint end = 0;

    if (!want_word (&r->want, n, key, ends, &end))
        return FALSE;
    c->own_port = end == 1;
    return TRUE;
}

static gboolean
read_urls (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    static const char *const ways[] = { "repeat", "withhold", NULL };
    guint way = 0;

    if (!want_word (&r->want, n, key, ways, &way))
        return FALSE;
    c->withhold_urls = way == 1;
    return TRUE;
}

static gboolean
read_requires (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    c->requires_ = want_texts (&r->want, n, key);
    return c->requires_ != NULL;
}

static gboolean
read_signals (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    gboolean good = TRUE;

    if (!want_map (&r->want, n, key))
        return FALSE;
    c->n_rules = yaml_length (n);
    c->rules = arena_new0 (r->want.arena, Rule, c->n_rules);
    for (guint i = 0; i < c->n_rules; i++)
        good = rule_read (r, c->kind, yaml_key (n, i), yaml_value (n, i), &c->rules[i]) && good;
    return good;
}

static gboolean
read_reply (RuleReader *r, const YamlNode *n, const char *key, Class *c)
{
    (void)key;
    return reply_parts_read (&r->want, n, c->reply);
}

static const ClassKey keys[] = {
    { "title", read_title, ALL, SCENARIO },
    { "description", read_description, ALL, 0 },
    { "xarf", read_xarf, SCENARIO, 0 },
    { "xarf_fields", read_xarf_fields, SCENARIO, 0 },
    { "priority", read_priority, SCENARIO | URGENCY, URGENCY },
    { "bias", read_bias, ALL, 0 },
    { "threshold", read_threshold, COMMON, COMMON },
    { "lookalikes", read_lookalikes, SCENARIO, 0 },
    { "port", read_port, SCENARIO, 0 },
    { "urls", read_urls, SCENARIO, 0 },
    { "requires", read_requires, ALL, 0 },
    { "signals", read_signals, ALL, COMMON },
    { "reply", read_reply, SCENARIO, 0 },
};

static gboolean
unknown_key (RuleReader *r, ClassKind kind, const YamlNode *key)
{
    const char *known[G_N_ELEMENTS (keys) + 1] = { NULL };
    g_autofree char *what = g_strdup_printf ("key of a%s %s", kind >= CLASS_AWARENESS ? "n" : "",
                                             class_kind_names[kind]);
    guint n = 0;

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (keys[i].kinds & 1u << kind)
            known[n++] = keys[i].key;
    want_unknown (&r->want, key, what, known);
    return FALSE;
}

static gboolean
take_key (RuleReader *r, const YamlNode *key, const YamlNode *value, Class *c)
{
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (keys[i].kinds & 1u << c->kind && strcmp (keys[i].key, yaml_text (key)) == 0)
            return keys[i].read (r, value, keys[i].key, c);
    return unknown_key (r, c->kind, key);
}

static gboolean
has_required (RuleReader *r, const YamlNode *node, const Class *c)
{
    gboolean good = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (keys[i].required & 1u << c->kind && yaml_get (node, keys[i].key) == NULL) {
            mistakes_add (r->want.mistakes, c->file, c->line, "'%s' has no %s", c->id, keys[i].key);
            good = FALSE;
        }
    return good;
}

static gboolean
requires_are_signals (RuleReader *r, const YamlNode *node, const Class *c)
{
    const YamlNode *list = yaml_get (node, "requires");
    g_autoptr (GPtrArray) known = g_ptr_array_new ();
    gboolean good = TRUE;

    for (guint i = 0; i < c->n_rules; i++)
        g_ptr_array_add (known, (gpointer)c->rules[i].name);
    g_ptr_array_add (known, NULL);
    for (guint i = 0; c->requires_ != NULL && c->requires_[i] != NULL; i++)
        if (!g_strv_contains ((const char *const *)known->pdata, c->requires_[i])) {
            want_unknown (&r->want, want_item (list, i), "signal",
                          (const char *const *)known->pdata);
            good = FALSE;
        }
    return good;
}

gboolean
class_read (RuleReader *r, ClassKind kind, const char *id, const YamlNode *node, guint line,
            Class *ret)
{
    gboolean good = TRUE;

    *ret = (Class) {
        .kind = kind, .id = id, .file = r->want.file, .line = line, .priority = PRIORITY_NORMAL
    };
    if (!want_map (&r->want, node, id))
        return FALSE;
    for (guint i = 0; i < yaml_length (node); i++)
        good = take_key (r, yaml_key (node, i), yaml_value (node, i), ret) && good;
    good = has_required (r, node, ret) && good;
    return requires_are_signals (r, node, ret) && good;
}
