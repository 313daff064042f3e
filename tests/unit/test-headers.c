#include "base/calendar.h"
#include "effect/headers.h"

#define LONGEST_LINE 78

typedef struct Made {
    Arena *arena;
    HeaderLine lines[HEADERS_MAX];
    guint n;
} Made;

static Verdict
verdict_like (Message *m, Facts *facts)
{
    facts->message = m;
    return (Verdict) { .facts = facts,
                       .complaint = TRUE,
                       .scenario = "ssh-bruteforce",
                       .confidence = 0.974,
                       .priority = PRIORITY_NORMAL,
                       .format = "fail2ban",
                       .complainant = COMPLAINANT_AUTOMATED };
}

static Incident
incident_like (void)
{
    Incident i = {
        .src_port = 43122, .dst_port = 22, .protocol = "tcp", .basis = BASIS_DERIVED, .count = 1
    };

    ip_parse (SPAN_LIT ("198.51.100.7"), &i.ip);
    ip_parse (SPAN_LIT ("2001:DB8:0:0::9"), &i.dst_ip);
    i.has_time = TRUE;
    i.when.basis = TIME_OFFSET;
    i.when.unix_s = i.when.latest_s = calendar_unix (2026, 11, 20, 3, 4, 5);
    return i;
}

static Made
make (const Verdict *v, const char *id)
{
    Made made = { .arena = arena_new (1 << 20) };

    made.n = headers_make (made.arena, v, "X-Abuse-", id, made.lines);
    return made;
}

static const char *
unfolded (const Made *made, const char *name)
{
    for (guint i = 0; i < made->n; i++)
        if (strcmp (made->lines[i].name, name) == 0) {
            char *text = arena_strdup (made->arena, made->lines[i].value);
            char *to = text;

            for (const char *p = text; *p != '\0'; p++)
                if (*p != '\n')
                    *to++ = *p;
            *to = '\0';
            return text;
        }
    return NULL;
}

static void
test_contract (void)
{
    Message m = { 0 };
    Facts facts = { 0 };
    Verdict v = verdict_like (&m, &facts);
    Incident i = incident_like ();
    Made made;

    v.incidents = &i;
    v.n_incidents = 1;
    v.incident_count = 37;
    v.demands = 1u << DEMAND_STOP | 1u << DEMAND_LOGS;
    v.has_deadline = TRUE;
    v.deadline_unix_s = calendar_unix (2026, 11, 22, 12, 0, 0);
    v.standing = STANDING_OURS;
    v.relay = "quokka1";
    made = make (&v, "01K0000000000000000000000A");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Id"), ==, "01K0000000000000000000000A");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Scenario"), ==, "ssh-bruteforce");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Confidence"), ==, "0.97");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Priority"), ==, "normal");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Format"), ==, "fail2ban");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Complainant"), ==, "automated; tor-aware=no");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Demand"), ==,
                     "logs, stop; deadline=2026-11-22T12:00:00Z");
    g_assert_cmpstr (
        unfolded (&made, "X-Abuse-Incident"), ==,
        "ip=198.51.100.7; port=43122; time=2026-11-20T03:04:05Z; dst-ip=2001:db8::9; dst-port=22; "
        "proto=tcp; basis=derived");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Incident-Count"), ==, "37");
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Tor"), ==, "our-relay; relay=quokka1");
    arena_free (made.arena);
}

/* Each of what is known of a Tor relay, alone and together. */
static void
test_tor (void)
{
    static const struct {
        TorStanding standing;
        gboolean tor;
        ExitFound exit;
        PolicyVerdict policy;
        Impossible impossible;
        gboolean spoofable;
        const char *expected;
    } cases[] = {
        { STANDING_NONE, FALSE, { 0 }, 0, 0, FALSE, NULL },
        { STANDING_NONE, TRUE, { 0 }, 0, 0, FALSE, NULL },
        { STANDING_NONE, TRUE, { EXIT_YES, EXIT_SEEN, 1 }, 0, 0, FALSE, "exit=yes" },
        { STANDING_NONE, TRUE, { EXIT_UNKNOWN, EXIT_NO_TIME, 0 }, 0, 0, FALSE, "exit=unknown" },
        { STANDING_NONE, TRUE, { 0 }, POLICY_ACCEPT, 0, TRUE, "policy=accept; spoofable" },
        { STANDING_NONE, TRUE, { 0 }, 0, IMPOSSIBLE_NOT_TCP, FALSE, "impossible=not-tcp" },
        { STANDING_NONE, TRUE, { 0 }, 0, 0, TRUE, "spoofable" },
        { STANDING_NOT_OURS,
          TRUE,
          { EXIT_NO, EXIT_NOT_LISTED, 1 },
          0,
          0,
          FALSE,
          "not-our-address; relay=quokka1; exit=no" },
        { STANDING_OURS,
          TRUE,
          { EXIT_YES, EXIT_SEEN, 1 },
          POLICY_REJECT,
          IMPOSSIBLE_REJECTED,
          TRUE,
          "our-relay; relay=quokka1; exit=yes; policy=reject; impossible=rejected-by-policy; "
          "spoofable" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        Message m = { 0 };
        Facts facts = { 0 };
        Verdict v = verdict_like (&m, &facts);
        Made made;

        v.standing = cases[i].standing;
        v.relay = "quokka1";
        v.tor = cases[i].tor;
        v.exit = cases[i].exit;
        v.policy = cases[i].policy;
        v.impossible = cases[i].impossible;
        v.spoofable = cases[i].spoofable;
        made = make (&v, NULL);
        g_assert_cmpstr (unfolded (&made, "X-Abuse-Tor"), ==, cases[i].expected);
        arena_free (made.arena);
    }
}

static void
test_unknown_is_left_out (void)
{
    Message m = { 0 };
    Facts facts = { 0 };
    Verdict v = verdict_like (&m, &facts);
    Incident i = incident_like ();
    Made made;

    i.src_port = i.dst_port = 0;
    i.dst_ip.family = 0;
    i.protocol = NULL;
    i.when.basis = TIME_NO_ZONE; /* a local time only: no UTC time is claimed */
    v.incidents = &i;
    v.n_incidents = 1;
    v.incident_count = 1;
    made = make (&v, NULL);
    g_assert_null (unfolded (&made, "X-Abuse-Id"));
    g_assert_null (unfolded (&made, "X-Abuse-Demand"));
    g_assert_null (unfolded (&made, "X-Abuse-Tor"));
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Incident"), ==, "ip=198.51.100.7; basis=derived");
    arena_free (made.arena);
}

static void
test_no_complaint_names_nobody (void)
{
    Message m = { 0 };
    Facts facts = { 0 };
    Verdict v = verdict_like (&m, &facts);
    Incident i = incident_like ();
    Made made;

    v.complaint = FALSE;
    v.scenario = "not-a-complaint";
    v.incidents = &i;
    v.n_incidents = v.incident_count = 1;
    made = make (&v, NULL);
    g_assert_null (unfolded (&made, "X-Abuse-Incident"));
    g_assert_null (unfolded (&made, "X-Abuse-Incident-Count"));
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Scenario"), ==, "not-a-complaint");
    arena_free (made.arena);
}

static void
test_eight_incidents_at_most (void)
{
    Message m = { 0 };
    Facts facts = { 0 };
    Verdict v = verdict_like (&m, &facts);
    Incident many[20];
    guint found = 0;
    Made made;

    for (guint i = 0; i < G_N_ELEMENTS (many); i++)
        many[i] = incident_like ();
    v.incidents = many;
    v.n_incidents = v.incident_count = G_N_ELEMENTS (many);
    made = make (&v, NULL);
    for (guint i = 0; i < made.n; i++)
        found += strcmp (made.lines[i].name, "X-Abuse-Incident") == 0;
    g_assert_cmpuint (found, ==, HEADER_INCIDENTS);
    g_assert_cmpstr (unfolded (&made, "X-Abuse-Incident-Count"), ==, "20");
    arena_free (made.arena);
}

/* What a sender wrote may reach a value: none of it may end the line, or look like the next item.
 */
static void
test_nothing_is_injected (void)
{
    static const char *const evil[] = {
        "http://e/\r\nX-Evil: 1",      "http://e/\nX-Evil: 1",
        "http://e/; basis=reported",   "http://e/\033[2J",
        "http://e/\u202Egnp.exe",      "http://\xff\xfe/",
        "http://e/ x; ip=203.0.113.1",
    };

    for (gsize k = 0; k < G_N_ELEMENTS (evil); k++) {
        Message m = { 0 };
        Facts facts = { 0 };
        Verdict v = verdict_like (&m, &facts);
        Incident i = incident_like ();
        const char *value;
        Made made;

        i.url = i.masked = i.protocol = evil[k];
        v.incidents = &i;
        v.n_incidents = v.incident_count = 1;
        made = make (&v, NULL);
        value = unfolded (&made, "X-Abuse-Incident");
        g_assert_nonnull (value);
        for (const char *p = value; *p != '\0'; p++)
            g_assert_true (*p >= ' ' && *p <= '~');
        g_assert_null (strstr (value, "; ip="));
        g_assert_null (strstr (value, "; basis=reported"));
        g_assert_true (g_str_has_suffix (value, "; basis=derived"));
        arena_free (made.arena);
    }
}

static void
test_folding (void)
{
    Message m = { 0 };
    Facts facts = { 0 };
    Verdict v = verdict_like (&m, &facts);
    Incident i = incident_like ();
    Made made;

    v.incidents = &i;
    v.n_incidents = v.incident_count = 1;
    made = make (&v, NULL);
    for (guint k = 0; k < made.n; k++) {
        Span rest = span_of (made.lines[k].value), line;
        gsize column = strlen (made.lines[k].name) + 2;

        while (span_until (&rest, '\n', &line)) {
            g_assert_cmpuint (column + span_left (line), <=, LONGEST_LINE);
            column = 0;
            g_assert_true (rest.p == rest.end || *rest.p == ' ');
        }
    }
    arena_free (made.arena);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/headers/make/the-contract", test_contract);
    g_test_add_func ("/headers/make/what-is-known-of-a-relay", test_tor);
    g_test_add_func ("/headers/make/unknown-values-are-left-out", test_unknown_is_left_out);
    g_test_add_func ("/headers/make/no-complaint-names-nobody", test_no_complaint_names_nobody);
    g_test_add_func ("/headers/make/eight-incidents-at-most", test_eight_incidents_at_most);
    g_test_add_func ("/headers/make/nothing-is-injected", test_nothing_is_injected);
    g_test_add_func ("/headers/make/folded-at-78", test_folding);
    return g_test_run ();
}
