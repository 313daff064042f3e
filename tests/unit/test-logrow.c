#include "store.h"

#define ID "01ARYZ6S410000000000000000"

typedef struct Given {
    Message message;
    Facts facts;
    Verdict verdict;
    Incident incidents[3];
    Signal signals[1];
    Alternative alternatives[1];
    const char *urls[1], *defects[1];
    Header headers[6];
} Given;

static void
given (Given *g)
{
    *g = (Given) { 0 };
    g->defects[0] = "the Date header is unreadable";
    g->urls[0] = "https://example.net/x";
    g->message = (Message) { .subject = "Attack",
                             .from_address = "soc@example.org",
                             .from_name = "",
                             .reply_to = "desk@example.org",
                             .message_id = "1@example.org",
                             .date = { .known = TRUE, .unix_s = 1763600000 } };
    g->headers[0] = (Header) { "in-reply-to", "your mail <re 1@x> of <answer.1@example.com>" };
    g->headers[1] = (Header) { "References", "<1@example.org>\t<2@example.org <3@example.org>" };
    g->headers[2] = (Header) { "Auto-Submitted", "auto-generated" };
    g->headers[3] = (Header) { "List-Unsubscribe", "<https://example.org/off>" };
    g->headers[4] = (Header) { "Precedence", "bulk" };
    g->headers[5] = (Header) { "Content-Language", " en-GB, de" };
    g->message.headers = g->headers;
    g->message.n_headers = G_N_ELEMENTS (g->headers);
    g->message.defects.items = g->defects;
    g->message.defects.n = 1;
    g->facts.message = &g->message;
    g->alternatives[0] = (Alternative) { "service-bruteforce", 0.02 };
    g->signals[0] = (Signal) { "ssh-bruteforce", "sshd-log",   4,
                               ZONE_EVIDENCE,    { 1, 14, 0 }, "Failed password" };
    for (guint i = 0; i < 3; i++) {
        g_assert_true (ip_parse (span_of ("2001:db8::7"), &g->incidents[i].ip));
        g->incidents[i].count = 1;
        g->incidents[i].network = i == 0 ? 2 : -1;
        g->incidents[i].has_time = TRUE;
        g->incidents[i].time_text = "Nov 20 04:04:05";
        g->incidents[i].where = (Where) { 1, 14 + i, 3 };
    }
    g->incidents[0].exit = (ExitFound) { EXIT_YES, EXIT_SEEN, 1763607000 };
    g->incidents[1].policy = POLICY_REJECT;
    g->incidents[1].impossible = IMPOSSIBLE_REJECTED;
    g->incidents[2].bits = 64;
    g->incidents[0].when =
        (When) { .basis = TIME_HINT, .unix_s = 1763607845, .latest_s = 1763607845 };
    g->incidents[1].when = (When) {
        .basis = TIME_NAME, .ambiguous = TRUE, .unix_s = 1763607845, .latest_s = 1763611445
    };
    g->incidents[2].when = (When) { .basis = TIME_NO_ZONE };
    g->verdict = (Verdict) { .facts = &g->facts,
                             .complaint = TRUE,
                             .scenario = "ssh-bruteforce",
                             .confidence = 0.97,
                             .alternatives = g->alternatives,
                             .n_alternatives = 1,
                             .signals = g->signals,
                             .n_signals = 1,
                             .format = "text",
                             .priority = PRIORITY_HIGH,
                             .priority_reason = "a deadline",
                             .complainant = COMPLAINANT_CERT,
                             .complainant_address = "soc@example.org",
                             .auth = { AUTH_PASS, AUTH_UNKNOWN, AUTH_NOT_SAID },
                             .tor_aware = TRUE,
                             .demands = 1u << DEMAND_STOP | 1u << DEMAND_LOGS,
                             .has_deadline = TRUE,
                             .deadline_unix_s = 1763683200,
                             .deadline_text = "within 24 hours",
                             .incidents = g->incidents,
                             .n_incidents = 3,
                             .incident_count = 37,
                             .urls = g->urls,
                             .n_urls = 1,
                             .standing = STANDING_OURS,
                             .relay = "quokka1",
                             .tor = TRUE,
                             .exit = { EXIT_NO, EXIT_SEEN_BEFORE, 1763607000 },
                             .policy = POLICY_ACCEPT,
                             .impossible = IMPOSSIBLE_NOT_TCP,
                             .spoofable = TRUE };
}

static void
test_keeps_a_verdict (void)
{
    static const Envelope envelope = { "4Q1", "soc@example.org", "abuse@example.com" };
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &envelope, ID, 1469918176385);
    memset (&g, 0xAA, sizeof g); /* what it was made from is gone */
    g_assert_cmpstr (row->id, ==, ID);
    g_assert_cmpint (row->received_unix_ms, ==, 1469918176385);
    g_assert_cmpstr (row->queue_id, ==, "4Q1");
    g_assert_cmpstr (row->recipients, ==, "abuse@example.com");
    g_assert_cmpstr (row->scenario, ==, "ssh-bruteforce");
    g_assert_cmpstr (row->priority, ==, "high");
    g_assert_cmpstr (row->complainant, ==, "cert");
    g_assert_cmpstr (row->complainant_address, ==, "soc@example.org");
    g_assert_null (row->from_name); /* "" says nothing */
    g_assert_cmpstr (row->demands[0], ==, "logs");
    g_assert_cmpstr (row->demands[1], ==, "stop");
    g_assert_null (row->demands[2]);
    g_assert_cmpstr (row->deadline, ==, "2025-11-21T00:00:00Z");
    g_assert_cmpstr (row->standing, ==, "our-relay");
    g_assert_cmpstr (row->urls[0], ==, "https://example.net/x");
    g_assert_cmpstr (row->defects[0], ==, "the Date header is unreadable");
    g_assert_cmpuint (row->incident_count, ==, 37);
    g_assert_cmpuint (row->n_signals, ==, 1);
    g_assert_cmpstr (row->signals[0].zone, ==, "evidence");
    g_assert_cmpstr (row->alternatives[0].scenario, ==, "service-bruteforce");
    g_assert_null (row->text);
}

static void
test_times_by_what_is_known (void)
{
    static const Envelope envelope = { NULL, NULL, NULL };
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    g_assert_cmpuint (row->n_incidents, ==, 3);
    g_assert_cmpstr (row->incidents[0].ip, ==, "2001:db8::7");
    g_assert_null (row->incidents[0].dst_ip);
    g_assert_cmpstr (row->incidents[0].time, ==, "2025-11-20T03:04:05Z");
    g_assert_null (row->incidents[0].time_latest);
    g_assert_cmpstr (row->incidents[0].relay, ==, "quokka1");
    g_assert_cmpstr (row->incidents[1].time_latest, ==, "2025-11-20T04:04:05Z"); /* stays a range */
    g_assert_null (row->incidents[1].relay);
    g_assert_null (row->incidents[2].time); /* no zone: no UTC time is claimed */
    g_assert_cmpstr (row->incidents[2].time_local, ==, "Nov 20 04:04:05");
    g_assert_cmpstr (row->incidents[2].time_basis, ==, "none");
    g_assert_cmpuint (row->incidents[2].where.line, ==, 16);
}

static void
test_keeps_what_a_reply_needs (void)
{
    static const Envelope null_sender = { "4Q1", "", "abuse@example.com" };
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &null_sender, ID, 0);
    memset (&g, 0xAA, sizeof g);
    g_assert_cmpstr (row->sender, ==, ""); /* a null return path, not an unknown one */
    g_assert_cmpstr (row->in_reply_to, ==, "answer.1@example.com");
    g_assert_cmpstr (row->references[0], ==, "1@example.org");
    g_assert_cmpstr (row->references[1], ==, "3@example.org"); /* what has no end is none */
    g_assert_null (row->references[2]);
    g_assert_cmpstr (row->reply_to, ==, "desk@example.org");
    g_assert_cmpstr (row->auto_submitted, ==, "auto-generated");
    g_assert_cmpstr (row->list, ==, "<https://example.org/off>");
    g_assert_cmpstr (row->precedence, ==, "bulk");
    g_assert_cmpstr (row->language, ==, "en-GB");
}

static void
test_keeps_both_ends_of_many_references (void)
{
    static const Envelope envelope = { NULL, NULL, NULL };
    g_autoptr (GString) many = g_string_new (NULL);
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    for (guint i = 0; i < 50; i++)
        g_string_append_printf (many, "<%u@example.org>\n ", i);
    g.headers[1].value = many->str;
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    g_assert_cmpuint (g_strv_length ((char **)row->references), ==, LOGROW_MAX_REFERENCES);
    g_assert_cmpstr (row->references[0], ==, "0@example.org");
    g_assert_cmpstr (row->references[1], ==, "31@example.org");
    g_assert_cmpstr (row->references[LOGROW_MAX_REFERENCES - 1], ==, "49@example.org");
}

static void
test_keeps_what_tor_data_say (void)
{
    static const Envelope envelope = { NULL, NULL, NULL };
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    memset (&g, 0xAA, sizeof g);
    g_assert_true (row->tor_judged);
    g_assert_cmpstr (row->exit, ==, "no");
    g_assert_cmpstr (row->exit_reason, ==, exit_reason_text (EXIT_SEEN_BEFORE));
    g_assert_cmpstr (row->exit_time, ==, "2025-11-20T02:50:00Z");
    g_assert_cmpstr (row->policy, ==, "accept");
    g_assert_cmpstr (row->impossible, ==, "not-tcp");
    g_assert_true (row->spoofable);
    g_assert_cmpstr (row->incidents[0].exit, ==, "yes");
    g_assert_null (row->incidents[0].policy);
    g_assert_null (row->incidents[1].exit);
    g_assert_cmpstr (row->incidents[1].policy, ==, "reject");
    g_assert_cmpstr (row->incidents[1].impossible, ==, "rejected-by-policy");
    g_assert_cmpuint (row->incidents[2].bits, ==, 64);
    g_assert_null (row->case_id);
    g_assert_null (row->corrected);
    g_assert_cmpint (row->corrected_unix_ms, ==, G_MININT64);
}

static void
test_cuts_long_texts_at_a_character (void)
{
    static const Envelope envelope = { NULL, NULL, NULL };
    g_autofree char *exactly = g_strnfill (LOGROW_MAX_TEXT, 'x');
    g_autofree char *long_text = g_strconcat (exactly + 1, "\xc3\xa9\xc3\xa9", NULL);
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    g.message.subject = long_text;
    g.message.message_id = exactly;
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    g_assert_cmpuint (strlen (row->subject), ==, LOGROW_MAX_TEXT - 1);
    g_assert_true (g_utf8_validate (row->subject, -1, NULL));
    g_assert_cmpstr (row->message_id, ==, exactly);
}

static void
test_keeps_no_more_than_it_may (void)
{
    static const Envelope envelope = { NULL, NULL, NULL };
    g_autofree Signal *many = g_new0 (Signal, LOGROW_MAX_SIGNALS + 1);
    g_autofree const char **urls = g_new0 (const char *, LOGROW_MAX_LIST + 1);
    Given g;
    g_autoptr (LogRow) row = NULL;

    given (&g);
    for (guint i = 0; i <= LOGROW_MAX_LIST; i++)
        urls[i] = "https://example.net/";
    g.verdict.urls = urls;
    g.verdict.n_urls = LOGROW_MAX_LIST + 1;
    g.verdict.signals = many;
    g.verdict.n_signals = LOGROW_MAX_SIGNALS + 1;
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    g_assert_cmpuint (row->n_signals, ==, LOGROW_MAX_SIGNALS);
    g_assert_cmpuint (g_strv_length ((char **)row->urls), ==, LOGROW_MAX_LIST);
}

static char *
json_of (const LogRow *row)
{
    g_autoptr (Json) j = logrow_to_json (row);

    return json_line (j);
}

static LogRow *
row_of (const char *text)
{
    gsize n = strlen (text);
    g_autofree char *exact = g_memdup2 (text, n);
    const char *defect;
    g_autoptr (Json) j = json_read ((Span) { exact, exact + n }, &defect);

    return j != NULL ? logrow_from_json (j) : NULL;
}

static void
test_json_and_back (void)
{
    static const Envelope envelope = { "4Q1", "soc@example.org", "abuse@example.com" };
    Given g;
    g_autoptr (LogRow) row = NULL, back = NULL;
    g_autofree char *first = NULL, *second = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &envelope, ID, 1469918176385);
    row->text = "Subject: \xEF\xBF\xBD\n\nline \"one\"\n";
    row->case_id = ID;
    row->corrected = "ddos";
    row->corrected_unix_ms = 1763608000000;
    first = json_of (row);
    g_assert_null (strchr (first, '\n')); /* one line, whatever the text is */
    back = row_of (first);
    g_assert_nonnull (back);
    second = json_of (back);
    g_assert_cmpstr (first, ==, second);
    g_assert_cmpstr (back->text, ==, "Subject: \xEF\xBF\xBD\n\nline \"one\"\n");
    g_assert_cmpuint (back->n_incidents, ==, 3);
    g_assert_cmpuint (back->incidents[1].where.line, ==, 15);
    g_assert_cmpfloat (back->confidence, ==, 0.97);
    g_assert_true (back->tor_aware);
    g_assert_cmpstr (back->spf, ==, "pass");
    g_assert_cmpstr (back->case_id, ==, ID);
    g_assert_cmpint (back->corrected_unix_ms, ==, 1763608000000);
    g_assert_cmpstr (back->dkim, ==, "unknown");
    g_assert_null (back->dmarc);
}

static void
test_json_has_the_documented_shape (void)
{
    static const char *const pieces[] = {
        "{\"v\":1,\"id\":\"" ID "\"",
        "\"from\":{\"address\":\"soc@example.org\",\"name\":null}",
        ("\"complainant\":{\"kind\":\"cert\",\"address\":\"soc@example.org\","
         "\"name\":null,\"tor_aware\":true,"
         "\"auth\":{\"spf\":\"pass\",\"dkim\":\"unknown\",\"dmarc\":null}}"),
        ("\"tor\":{\"standing\":\"our-relay\",\"relay\":\"quokka1\",\"judged\":true,"
         "\"exit\":\"no\",\"exit_reason\":\"last seen as an exit\","
         "\"exit_time\":\"2025-11-20T02:50:00Z\",\"policy\":\"accept\","
         "\"impossible\":\"not-tcp\",\"spoofable\":true}"),
        "\"references\":[\"1@example.org\",\"3@example.org\"]",
        "\"case_id\":null",
        "\"correction\":{\"scenario\":null,\"unix_ms\":null,\"author\":null,\"note\":null}",
        "\"demands\":[\"logs\",\"stop\"]",
        "\"where\":{\"part\":1,\"line\":14,\"column\":3}",
        "\"src_port\":null",
        "\"alternatives\":[{\"scenario\":\"service-bruteforce\",\"confidence\":0.02}]",
    };
    static const Envelope envelope = { NULL, NULL, NULL };
    Given g;
    g_autoptr (LogRow) row = NULL;
    g_autofree char *line = NULL;

    given (&g);
    row = logrow_new (&g.verdict, &envelope, ID, 0);
    line = json_of (row);
    for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
        if (strstr (line, pieces[i]) == NULL)
            g_error ("no %s in %s", pieces[i], line);
}

#define WHOLE "\"id\":\"" ID "\",\"scenario\":\"ddos\",\"priority\":\"low\""

static void
test_refuses_what_is_no_row (void)
{
    static const char *const wrong[] = {
        "",
        "null",
        "[]",
        "7",
        "\"" ID "\"",
        "{}",
        "{\"id\":\"" ID "\"}",
        "{\"id\":7,\"scenario\":\"ddos\",\"priority\":\"low\"}",
        "{\"id\":\"x\",\"scenario\":\"ddos\",\"priority\":\"low\"}",
        "{\"id\":\"" ID "\",\"scenario\":null,\"priority\":\"low\"}",
        "{\"id\":\"" ID "\",\"scenario\":[],\"priority\":\"low\"}",
        "{" WHOLE, /* torn */
    };

    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
        g_assert_null (row_of (wrong[i]));
}

static void
test_strange_values_are_unknown (void)
{
    g_autoptr (LogRow) row =
        row_of ("{" WHOLE ",\"received_unix_ms\":{},\"complaint\":\"yes\",\"confidence\":[],"
                "\"from\":7,\"demands\":[1,null,\"stop\",{}],\"urls\":\"x\",\"signals\":{},"
                "\"incidents\":[7,null,{\"src_port\":-4,\"dst_port\":99999999999,\"count\":-1,"
                "\"ip\":\"nowhere\",\"where\":[]}],\"unheard\":{\"of\":1}}");

    g_assert_nonnull (row);
    g_assert_cmpint (row->received_unix_ms, ==, 1469918176385); /* the id's */
    g_assert_false (row->complaint);
    g_assert_cmpfloat (row->confidence, ==, 0);
    g_assert_null (row->from_address);
    g_assert_cmpstr (row->demands[0], ==, "stop");
    g_assert_null (row->demands[1]);
    g_assert_null (row->urls[0]);
    g_assert_cmpuint (row->n_signals, ==, 0);
    g_assert_cmpuint (row->n_incidents, ==, 3);
    g_assert_cmpuint (row->incidents[2].src_port, ==, 0);
    g_assert_cmpuint (row->incidents[2].dst_port, ==, 0);
    g_assert_cmpuint (row->incidents[2].count, ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/logrow/new/keeps-a-verdict", test_keeps_a_verdict);
    g_test_add_func ("/logrow/new/times-by-what-is-known", test_times_by_what_is_known);
    g_test_add_func ("/logrow/new/keeps-what-a-reply-needs", test_keeps_what_a_reply_needs);
    g_test_add_func ("/logrow/new/keeps-both-ends-of-many-references",
                     test_keeps_both_ends_of_many_references);
    g_test_add_func ("/logrow/new/keeps-what-tor-data-say", test_keeps_what_tor_data_say);
    g_test_add_func ("/logrow/new/cuts-long-texts-at-a-character",
                     test_cuts_long_texts_at_a_character);
    g_test_add_func ("/logrow/new/keeps-no-more-than-it-may", test_keeps_no_more_than_it_may);
    g_test_add_func ("/logrow/json/and-back", test_json_and_back);
    g_test_add_func ("/logrow/json/has-the-documented-shape", test_json_has_the_documented_shape);
    g_test_add_func ("/logrow/from-json/refuses-what-is-no-row", test_refuses_what_is_no_row);
    g_test_add_func ("/logrow/from-json/strange-values-are-unknown",
                     test_strange_values_are_unknown);
    return g_test_run ();
}
