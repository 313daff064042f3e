#include "given.h"
#include "read/take.h"

static const struct {
    const char *spelled, *want; /* of the FACT_FIELD "type" */
} types[] = {
    { "LoginAttack", "login-attack" },
    { "login_attack", "login-attack" },
    { "Login-Attack", "login-attack" },
    { "login attack", "login-attack" },
    { "PortScan", "port-scan" },
    { "DOS", "ddos" },
    { "abuse", "spam" },
    { "ChildAbuse", "csam" },
    { "malware-attack", "malware" },
    { "WebCrawler", "scraping" },
    { "spamvertised", "spamvertized" },
    { "sql_injection", "sql-injection" },
    { "regbot", "regbot" },
    { "Some New_Kind", "some-new-kind" },
    { "login-attacker", "login-attacker" }, /* alike, and something else */
    { "not-spam", "not-spam" },
};

static const struct {
    Take take;
    const char *value, *want;
} values[] = {
    { TAKE_ADDRESS, "198.51.100.7", "  address offender 198.51.100.7 (r)\n" },
    { TAKE_ADDRESS, " [2001:db8::7] ", "  address offender 2001:db8::7 (r)\n" },
    { TAKE_ADDRESS, "198.51.100.7:22",
      "  address offender 198.51.100.7 (r)\n  port offender 22 (r)\n" },
    { TAKE_ADDRESS, "198.51.100.0/24", "  network offender 198.51.100.0/24 (r)\n" },
    { TAKE_ADDRESS, "198.51.100.xxx", "  masked offender 198.51.100.xxx (r)\n" },
    { TAKE_ADDRESS, "unknown", "" },
    { TAKE_ADDRESS, "", "" },
    { TAKE_PORT, "22", "  port offender 22 (r)\n" },
    { TAKE_PORT, "22/tcp, 2222", "  port offender 22 (r)\n  port offender 2222 (r)\n" },
    { TAKE_PORT, "0", "" },
    { TAKE_PORT, "65536", "" },
    { TAKE_PORT, "-1", "" },
    { TAKE_PORT, "22.5", "" },
    { TAKE_PORT, "SSH", "  field service=ssh\n" },
    { TAKE_COUNT, "12", "  count 12 (r)\n" },
    { TAKE_COUNT, "0", "" },
    { TAKE_COUNT, "4294967296", "" },
    { TAKE_PROTOCOL, "6", "  protocol tcp (r)\n" },
    { TAKE_PROTOCOL, "UDP", "  protocol udp (r)\n" },
    { TAKE_PROTOCOL, "99", "  field protocol=99\n" },
    { TAKE_PROTOCOL, "smtp", "  field protocol=smtp\n" },
    { TAKE_TIME, "2026-11-20T04:04:05+01:00", "  time 2026-11-20T03:04:05Z (r)\n" },
    { TAKE_TIME, "2026-11-20 03:04:05", "  time local 2026-11-20T03:04:05Z (r)\n" },
    { TAKE_TIME, "yesterday", "" },
    { TAKE_URL, "hxxp://a.example[.]net/x", "  url offender http://a.example.net/x (r)\n" },
    { TAKE_URL, "http://198.51.100.7:8080/x",
      "  url offender http://198.51.100.7:8080/x (r)\n"
      "  address offender 198.51.100.7 (r) derived\n  port offender 8080 (r) derived\n" },
    { TAKE_URL, "mailto:jo@example.org", "" },
    { TAKE_SOURCE, "jo@example.org", "  field source-email=jo@example.org\n" },
    { TAKE_SOURCE, "a.example.net", "  host offender a.example.net (r)\n" },
    { TAKE_HOST, "no host", "" },
    { TAKE_FIELD, " Two Words_here ", "  field r=two-words-here\n" },
    { TAKE_FIELD, "  ", "" },
};

static Scene
scene (void)
{
    static const Given nothing;
    Scene s = scene_new (&nothing);

    build_record (s.facts, RECORD_FORMAT, ZONE_REPORT, "x", (Where) { 0 });
    return s;
}

static void
test_types (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
        Scene s = scene ();

        take_type (s.facts, given_exact (&s, types[i].spelled), (Where) { 0 });
        g_assert_cmpuint (s.facts->facts.n, ==, 1);
        g_assert_cmpstr (s.facts->facts.items[0].name, ==, "type");
        g_assert_cmpstr (s.facts->facts.items[0].text, ==, types[i].want);
        scene_end (&s);
    }
}

static void
test_values (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
        const TakeRow row = { "x", values[i].take, ROLE_OFFENDER, "r" };
        Scene s = scene ();
        g_autofree char *got = NULL;

        take_value (s.facts, &row, given_exact (&s, values[i].value), (Where) { 0 });
        got = given_print (s.facts);
        g_assert_cmpstr (got + strlen ("x at 0:0\n"), ==, values[i].want);
        scene_end (&s);
    }
}

/* A URL's host is not accused beside an address that is. */
static void
test_url_beside_address (void)
{
    const TakeRow address = { "x", TAKE_ADDRESS, ROLE_OFFENDER, "a" };
    const TakeRow url = { "x", TAKE_URL, ROLE_OFFENDER, "u" };
    Scene s = scene ();

    take_value (s.facts, &address, SPAN_LIT ("198.51.100.7"), (Where) { 0 });
    take_value (s.facts, &url, SPAN_LIT ("http://203.0.113.9/"), (Where) { 0 });
    g_assert_cmpuint (s.facts->facts.n, ==, 2);
    g_assert_cmpint (s.facts->facts.items[1].kind, ==, FACT_URL);
    scene_end (&s);
}

static void
test_limit (void)
{
    Scene s = scene ();

    for (guint i = 0; i < LIMIT_FACTS + 10; i++)
        build_count (s.facts, SPAN_LIT ("1"), BASIS_REPORTED, (Where) { 0 }, "r");
    g_assert_cmpuint (s.facts->facts.n, ==, LIMIT_FACTS);
    g_assert_cmpuint (s.facts->message->defects.n, ==, 1);
    scene_end (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    g_test_add_func ("/take/type/one-spelling-for-all", test_types);
    g_test_add_func ("/take/value/of-every-kind", test_values);
    g_test_add_func ("/take/url/beside-an-address", test_url_beside_address);
    g_test_add_func ("/take/limit/facts", test_limit);
    return g_test_run ();
}
