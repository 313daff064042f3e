/* Incidents as XARF objects: of every scenario, held against the rules of XARF. */
#include "effect/export.h"
#include "effect/xarf.h"
#include "replies.h"
#include "xarf_rules.h"

#define SETTINGS "reply: {from: abuse@example.net, name: Example Relays}\n"

static Knowledge *know;

/* For these the log never holds all that XARF asks for. */
static const struct {
    const char *scenario, *missing;
} never[] = {
    { "child-abuse", "child-abuse (content/csam): url, classification, detection_method" },
    { "trademark", "trademark (content/brand_infringement): legitimate_site" },
};

static const char *
never_for (const char *scenario)
{
    for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
        if (strcmp (never[i].scenario, scenario) == 0)
            return never[i].missing;
    return NULL;
}

/* All that a log can know. */
static LogRow *
whole_row (const char *scenario)
{
    LogRow *row = replies_row (scenario);

    row->confidence = 0.97;
    row->recipients = "<abuse@example.com>";
    row->reported_sender = "pills@mail.example.com";
    row->incidents[0].url = "http://files.example.com/a/b.html?c=d";
    row->incidents[0].count = 7;
    row->signals = arena_new0 (row->arena, LogSignal, 2);
    row->signals[0] = (LogSignal) { scenario, "weak", "weaker words", "prose", 1, { 1, 1, 0 } };
    row->signals[1] =
        (LogSignal) { scenario, "strong", "asked our sinkhole", "prose", 4, { 1, 2, 0 } };
    row->n_signals = 2;
    return row;
}

static void
assert_missing (const LogRow *row, const char *want)
{
    g_autofree char *missing = NULL;
    g_autoptr (Json) j = xarf_object (know, row, 0, FALSE, &missing);

    g_assert_null (j);
    g_assert_cmpstr (missing, ==, want);
}

static Json *
assert_valid (const LogRow *row)
{
    g_autofree char *missing = NULL, *wrong = NULL;
    Json *j = xarf_object (know, row, 0, FALSE, &missing);

    g_assert_cmpstr (missing, ==, NULL);
    g_assert_nonnull (j);
    wrong = xarf_wrong (j);
    if (*wrong != '\0') {
        g_autofree char *line = json_line (j);

        g_error ("of %s this is wrong: %s", line, wrong);
    }
    return j;
}

/* With XARF_OUT they are printed there, for other validators. */
static void
test_every_scenario (void)
{
    g_autoptr (GString) all = g_string_new (NULL);
    guint n = 0;

    for (guint i = 0; i < know->rules->n_scenarios; i++) {
        const Class *c = &know->rules->classes[i];
        g_autoptr (LogRow) row = whole_row (c->id);
        g_autofree char *none = g_strdup_printf ("%s: XARF has no such type", c->id), *line = NULL;
        g_autoptr (Json) j = NULL;

        if (c->xarf_category == NULL || never_for (c->id) != NULL) {
            assert_missing (row, c->xarf_category == NULL ? none : never_for (c->id));
            continue;
        }
        j = assert_valid (row);
        g_assert_cmpstr (json_text (json_get (j, "category")), ==, c->xarf_category);
        g_assert_cmpstr (json_text (json_get (j, "type")), ==, c->xarf_type);
        line = json_line (j);
        g_string_append_printf (all, "%s\n", line);
        n++;
    }
    g_assert_cmpuint (n, >=, 23);
    if (g_getenv ("XARF_OUT") != NULL)
        g_assert_true (g_file_set_contents (g_getenv ("XARF_OUT"), all->str, -1, NULL));
}

static void
test_object (void)
{
    static const char want[] =
        "{\"xarf_version\":\"4.2.0\",\"report_id\":\"ID\",\"timestamp\":\"2026-11-20T03:04:05Z\","
        "\"reporter\":{\"org\":\"Kim Example\",\"contact\":\"kim@example.org\","
        "\"domain\":\"example.org\"},"
        "\"sender\":{\"org\":\"Example Relays\",\"contact\":\"abuse@example.net\","
        "\"domain\":\"example.net\"},"
        "\"source_identifier\":\"198.51.100.7\",\"category\":\"connection\","
        "\"type\":\"login_attack\",\"confidence\":0.97,\"evidence_source\":\"user_report\","
        "\"protocol\":\"tcp\",\"first_seen\":\"2026-11-20T03:04:05Z\","
        "\"last_seen\":\"2026-11-20T03:04:05Z\",\"destination_ip\":\"203.0.113.9\","
        "\"destination_port\":443,\"source_port\":43122}";
    g_autoptr (LogRow) row = whole_row ("ssh-bruteforce");
    g_autoptr (Json) j = assert_valid (row);
    g_autofree char *line = json_line (j);
    g_autoptr (GString) expected = g_string_new (want);
    char id[XARF_ID_LEN + 1];

    g_string_replace (expected, "ID", xarf_id (row->id, 0, id), 1);
    g_assert_cmpstr (line, ==, expected->str);
}

static void
test_id (void)
{
    char one[XARF_ID_LEN + 1], again[XARF_ID_LEN + 1], other[XARF_ID_LEN + 1];

    xarf_id ("01KAFC0S000000000000000000", 0, one);
    g_assert_cmpstr (one, ==, xarf_id ("01KAFC0S000000000000000000", 0, again));
    g_assert_cmpstr (one, !=, xarf_id ("01KAFC0S000000000000000000", 1, other));
    g_assert_cmpstr (one, !=, xarf_id ("01KAFC0S000000000000000001", 0, other));
    g_assert_true (g_uuid_string_is_valid (one));
    g_assert_cmpint (one[14], ==, '8');
    g_assert_nonnull (strchr ("89ab", one[19]));
}

typedef struct Lack {
    const char *name, *scenario, *missing;
    void (*make) (LogRow *row);
} Lack;

static void
no_port (LogRow *row)
{
    row->incidents[0].src_port = 0;
}
static void
no_time (LogRow *row)
{
    row->incidents[0].time = NULL;
}
static void
range (LogRow *row)
{
    row->incidents[0].time_latest = "2026-11-20T05:04:05Z";
}
static void
no_protocol (LogRow *row)
{
    row->incidents[0].protocol = NULL;
}
static void
strange_protocol (LogRow *row)
{
    row->incidents[0].protocol = "gre";
}
static void
no_sender (LogRow *row)
{
    row->reported_sender = NULL;
}
static void
once (LogRow *row)
{
    row->incidents[0].count = 1;
}
static void
bare_url (LogRow *row)
{
    row->incidents[0].url = "files.example.com/a";
}
static void
bad_url (LogRow *row)
{
    row->incidents[0].url = "http://files.example.com/a b\"";
}
static void
no_quote (LogRow *row)
{
    row->n_signals = 0;
}
static void
masked (LogRow *row)
{
    row->incidents[0].ip = NULL;
    row->incidents[0].masked = "198.51.100.x";
    row->incidents[0].url = NULL;
}
static void
literal (LogRow *row)
{
    row->complainant_address = "kim@[192.0.2.1]";
}

static const Lack lacks[] = {
    { "port", "ssh-bruteforce", "ssh-bruteforce (connection/login_attack): source_port", no_port },
    { "time", "port-scan", "port-scan (connection/port_scan): timestamp, first_seen", no_time },
    { "time-range", "phishing", "phishing (content/phishing): timestamp", range },
    { "protocol", "ddos", "ddos (connection/ddos): protocol", no_protocol },
    { "strange-protocol", "ddos", "ddos (connection/ddos): protocol", strange_protocol },
    { "smtp-from", "email-spam", "email-spam (messaging/spam): smtp_from", no_sender },
    { "smtp-port", "webmail-spam", "webmail-spam (messaging/spam): source_port", no_port },
    { "count", "scraping", "scraping (connection/scraping): total_requests", once },
    { "bare-url", "phishing", "phishing (content/phishing): url", bare_url },
    { "bad-url", "copyright", "copyright (copyright/copyright): infringing_url", bad_url },
    { "service", "open-service", "open-service (vulnerability/open_service): service", no_port },
    { "quote", "botnet-infection", "botnet-infection (infrastructure/botnet): compromise_evidence",
      no_quote },
    { "masked", "blocklist-listing", "blocklist-listing (reputation/blocklist): source_identifier",
      masked },
    { "reporter", "ddos", "ddos (connection/ddos): reporter", literal },
};

/* What is not known is not invented: left out, or, leniently, written without. */
static void
test_lack (gconstpointer data)
{
    const Lack *c = data;
    g_autoptr (LogRow) row = whole_row (c->scenario);
    g_autofree char *missing = NULL, *wrong = NULL;
    g_autoptr (Json) j = NULL;
    g_auto (GStrv) keys = NULL;

    c->make (row);
    assert_missing (row, c->missing);
    j = xarf_object (know, row, 0, TRUE, &missing);
    g_assert_cmpstr (missing, ==, c->missing);
    g_assert_nonnull (j);
    keys = g_strsplit (strstr (missing, "): ") + 3, ", ", -1);
    wrong = g_strjoinv ("\n", keys);
    g_free (g_steal_pointer (&missing));
    missing = xarf_wrong (j);
    g_strchomp (missing);
    g_assert_cmpstr (missing, ==, wrong);
}

static void
test_network (void)
{
    g_autoptr (LogRow) row = whole_row ("port-scan");
    g_autoptr (Json) j = NULL;

    row->incidents[0].ip = "198.51.100.0";
    row->incidents[0].bits = 24;
    row->incidents[0].src_port = 0;
    j = assert_valid (row);
    g_assert_cmpstr (json_text (json_get (j, "source_identifier")), ==, "198.51.100.0/24");
}

static void
test_host (void)
{
    g_autoptr (LogRow) row = whole_row ("phishing");
    g_autoptr (Json) j = NULL;

    row->incidents[0].ip = NULL;
    j = assert_valid (row);
    g_assert_cmpstr (json_text (json_get (j, "source_identifier")), ==, "files.example.com");
}

/* SSH has one transport, whether a log line names it or not; but not another one's. */
static void
test_protocol_of_scenario (void)
{
    g_autoptr (LogRow) row = whole_row ("ssh-bruteforce");
    g_autoptr (Json) j = NULL;

    row->incidents[0].protocol = NULL;
    j = assert_valid (row);
    g_assert_cmpstr (json_text (json_get (j, "protocol")), ==, "tcp");
    row->incidents[0].protocol = "gre";
    assert_missing (row, "ssh-bruteforce (connection/login_attack): protocol");
}

/* The operator's word counts, and has no number. */
static void
test_corrected (void)
{
    g_autoptr (LogRow) row = whole_row ("ssh-bruteforce");
    g_autoptr (Json) j = NULL;

    row->corrected = "phishing";
    j = assert_valid (row);
    g_assert_cmpstr (json_text (json_get (j, "type")), ==, "phishing");
    g_assert_null (json_get (j, "confidence"));
}

/* Neither as the rules found it nor as the operator says. */
static void
assert_withheld (LogRow *row)
{
    g_autofree char *missing = NULL, *object = NULL, *whole = NULL;
    g_autoptr (Json) j = xarf_object (know, row, 0, TRUE, &missing), all = NULL;
    g_autoptr (Arena) arena = arena_new (1 << 20);
    const LogRow *exported = export_row (know, arena, row);

    object = json_line (j);
    g_assert_null (strstr (object, "files.example"));
    all = logrow_to_json (exported);
    whole = json_line (all);
    g_assert_null (strstr (whole, "files.example"));
    g_assert_nonnull (strstr (whole, "198.51.100.7"));
    for (guint i = 0; i < export_n_columns (); i++) {
        g_autofree char *cell = export_cell (exported, &exported->incidents[0], i);

        g_assert_true (cell == NULL || strstr (cell, "files.example") == NULL);
    }
}

static void
test_withheld (void)
{
    g_autoptr (LogRow) found = whole_row ("child-abuse"), said = whole_row ("phishing");

    assert_withheld (found);
    said->corrected = "child-abuse";
    said->subject = "See files.example.com";
    said->text = "See files.example.com";
    said->accused = "http://files.example.com/";
    said->signals[1].text = "files.example.com";
    assert_withheld (said);
}

/* A validator that takes everything would be none. */
static void
test_validator (void)
{
    static const struct {
        const char *scenario, *key, *value; /* NULL: null */
    } bad[] = {
        { "ddos", "report_id", "01KAFC0S000000000000000000" },
        { "ddos", "timestamp", "20 Nov 2026" },
        { "ddos", "protocol", "gre" },
        { "ddos", "evidence_source", "user_report" },
        { "ddos", "source_port", NULL },
        { "ddos", "reporter", "kim@example.org" },
        { "ddos", "xarf_version", "3" },
        { "ddos", "destination_ip", "203.0.113" },
        { "ddos", "type", "flood" },
        { "ddos", "confidence", "high" },
        { "email-spam", "smtp_from", "nobody" },
        { "phishing", "url", "example.net" },
        { "illegal-content", "data_types", "other" },
        { "scam-content", "fraud_type", "any" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (LogRow) row = whole_row (bad[i].scenario);
        g_autoptr (Json) j = assert_valid (row);
        g_autofree char *wrong = NULL;

        json_put (j, bad[i].key, json_new_text (bad[i].value));
        wrong = xarf_wrong (j);
        if (*wrong == '\0')
            g_error ("%s: a wrong %s was taken", bad[i].scenario, bad[i].key);
    }
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    know = replies_know (SETTINGS);
    g_test_add_func ("/xarf/every-scenario", test_every_scenario);
    g_test_add_func ("/xarf/object", test_object);
    g_test_add_func ("/xarf/id", test_id);
    for (gsize i = 0; i < G_N_ELEMENTS (lacks); i++) {
        g_autofree char *name = g_strconcat ("/xarf/lacks/", lacks[i].name, NULL);

        g_test_add_data_func (name, &lacks[i], test_lack);
    }
    g_test_add_func ("/xarf/network", test_network);
    g_test_add_func ("/xarf/host", test_host);
    g_test_add_func ("/xarf/protocol-of-scenario", test_protocol_of_scenario);
    g_test_add_func ("/xarf/corrected", test_corrected);
    g_test_add_func ("/xarf/withheld", test_withheld);
    g_test_add_func ("/xarf/validator", test_validator);
    status = g_test_run ();
    knowledge_unref (know);
    return status;
}
