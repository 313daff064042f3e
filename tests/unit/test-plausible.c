#include "effect/explain.h"
#include "effect/headers.h"
#include "effect/report_json.h"
#include "judge/judge.h"
#include "read/intake.h"
#include <glib/gstdio.h>

#define NETWORKS                                                                                   \
    "networks:\n"                                                                                  \
    "- {cidr: 198.51.100.7, relay: quokka1, since: 2024-03-01}\n"                                  \
    "- {cidr: 198.51.100.8, relay: quokka2}\n"                                                     \
    "- {cidr: 198.51.100.128/25, provider: Example Hosting}\n"
#define POLICY                                                                                     \
    "tor:\n"                                                                                       \
    "  exit_policy: reject *:22,reject 203.0.113.0/28:*,accept *:*\n"
#define EXITS                                                                                      \
    "ExitNode 0000000000000000000000000000000000000001\n"                                          \
    "LastStatus 2026-11-20 11:00:00\n"                                                             \
    "ExitAddress 198.51.100.7 2026-11-20 02:00:00\n"

#define SSH                                                                                        \
    "Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 "      \
    "ssh2\n"
#define HTTP                                                                                       \
    "198.51.100.7 - - [20/Nov/2026:03:04:05 +0000] \"GET /wp-login.php HTTP/1.1\" 200 12 \"-\" "   \
    "\"x\"\n"
#define FIREWALL(proto, more)                                                                      \
    "Nov 20 03:04:05 fw kernel: DROP IN=eth0 SRC=198.51.100.7 DST=203.0.113.77 LEN=40 TTL=5 "      \
    "PROTO=" proto " SPT=4123 DPT=8080 " more "\n"
#define FLOW(proto, to, port)                                                                      \
    "Source IP: 198.51.100.7\nSource port: 4123\nDestination IP: " to "\n"                         \
    "Destination port: " port "\nProtocol: " proto "\nTime: 2026-11-20 03:04:05 UTC\n"

typedef struct Case {
    const char *name, *settings, *list, *subject, *body, *expected;
} Case;

static const Case cases[] = {
    { "nothing-configured", "", NULL, "Attack", FLOW ("tcp", "203.0.113.77", "80"), NULL },
    { "networks-alone", NETWORKS, EXITS, "Attack", FLOW ("udp", "203.0.113.77", "53"),
      "our-relay; relay=quokka1" },
    { "accepted", NETWORKS POLICY, EXITS, "Attack", FLOW ("tcp", "203.0.113.77", "80"),
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "no-lists", NETWORKS POLICY, NULL, "Attack", FLOW ("tcp", "203.0.113.77", "80"),
      "our-relay; relay=quokka1; policy=accept" },
    { "tor-block-without-networks", POLICY, EXITS, "Attack", FLOW ("tcp", "203.0.113.77", "80"),
      "exit=yes; policy=accept" },
    { "rejected-network", NETWORKS POLICY, EXITS, "Attack", FLOW ("tcp", "203.0.113.5", "80"),
      "our-relay; relay=quokka1; exit=yes; policy=reject; impossible=rejected-by-policy" },
    { "rejected-port", NETWORKS POLICY, EXITS, "Attack", FLOW ("tcp", "203.0.113.77", "22"),
      "our-relay; relay=quokka1; exit=yes; policy=reject; impossible=rejected-by-policy" },
    { "destination-behind-a-router", NETWORKS POLICY, EXITS, "Attack",
      FLOW ("tcp", "192.168.139.22", "22"),
      "our-relay; relay=quokka1; exit=yes; policy=reject; impossible=rejected-by-policy" },
    { "destination-behind-a-router-of-an-open-port", NETWORKS POLICY, EXITS, "Attack",
      FLOW ("tcp", "192.168.139.22", "80"), "our-relay; relay=quokka1; exit=yes" },
    { "not-tcp", NETWORKS POLICY, EXITS, "UDP flood attack", FLOW ("udp", "203.0.113.77", "53"),
      "our-relay; relay=quokka1; exit=yes; policy=accept; impossible=not-tcp; spoofable" },
    { "not-ours", NETWORKS POLICY, EXITS, "Attack",
      "Source IP: 192.0.2.66\nDestination IP: 203.0.113.77\nDestination port: 22\nProtocol: tcp\n"
      "Time: 2026-11-20 03:04:05 UTC\n",
      "not-our-address; exit=no" },
    { "not-ours-at-an-unknown-time", NETWORKS POLICY, EXITS, "Attack",
      "Source IP: 192.0.2.66\nDestination IP: 203.0.113.77\nDestination port: 22\nProtocol: tcp\n"
      "Time: 2025-11-20 03:04:05 UTC\n",
      "not-our-address; exit=unknown" },
    { "ours-but-no-relay", NETWORKS POLICY, EXITS, "Attack",
      "Source IP: 198.51.100.200\nDestination IP: 203.0.113.77\nDestination port: 22\nProtocol: "
      "udp\n"
      "Time: 2026-11-20 03:04:05 UTC\n",
      "our-relay; exit=no" },
    { "before-we-had-it", NETWORKS POLICY, EXITS, "Attack",
      "Source IP: 198.51.100.7\nDestination IP: 203.0.113.77\nDestination port: 22\nProtocol: udp\n"
      "Time: 2024-02-28 03:04:05 UTC\n",
      "before-we-had-it; relay=quokka1; exit=unknown" },
    { "time-without-a-zone-within-the-day", NETWORKS POLICY, EXITS, "Attack",
      "Source IP: 198.51.100.7\nDestination IP: 203.0.113.77\nDestination port: 80\nProtocol: tcp\n"
      "Time: 2026-11-20 03:04:05\n",
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "a-login-is-no-spoofed-packet", NETWORKS POLICY, EXITS, "Failed SSH logins", SSH,
      "our-relay; relay=quokka1; exit=yes" },
    { "bare-syn-in-a-firewall's-log", NETWORKS POLICY, EXITS, "Port scan",
      FIREWALL ("TCP", "WINDOW=1024 SYN"),
      "our-relay; relay=quokka1; exit=yes; policy=accept; spoofable" },
    { "within-a-connection", NETWORKS POLICY, EXITS, "Port scan",
      FIREWALL ("TCP", "WINDOW=1024 ACK PSH"),
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "a-syn-and-a-request", NETWORKS POLICY, EXITS, "Port scan",
      FIREWALL ("TCP", "WINDOW=1024 SYN") HTTP,
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "udp-in-a-firewall's-log", NETWORKS POLICY, EXITS, "Port scan", FIREWALL ("UDP", "LEN=20"),
      "our-relay; relay=quokka1; exit=yes; policy=accept; impossible=not-tcp; spoofable" },
    { "tcpdump-syn", NETWORKS POLICY, EXITS, "Port scan",
      "2026-11-20 03:04:05.1 IP 198.51.100.7.4123 > 203.0.113.77.8080: Flags [S], seq 1, win 1024, "
      "length 0\n",
      "our-relay; relay=quokka1; exit=yes; policy=accept; spoofable" },
    { "tcpdump-data", NETWORKS POLICY, EXITS, "Port scan",
      "2026-11-20 03:04:05.1 IP 198.51.100.7.4123 > 203.0.113.77.8080: Flags [P.], seq 1:9, win "
      "1024, length 8\n",
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "list-of-packets", NETWORKS POLICY, EXITS, "Netscan detected",
      "Fri Nov 20 03:04:05 2026 TCP 198.51.100.7 4123 => 203.0.113.77 8080\n"
      "Fri Nov 20 03:04:05 2026 TCP 198.51.100.7 4124 => 203.0.113.78 8080\n",
      "our-relay; relay=quokka1; exit=yes; policy=accept; spoofable" },
    { "list-with-more-said", NETWORKS POLICY, EXITS, "Netscan detected",
      "Fri Nov 20 03:04:05 2026 TCP 198.51.100.7 4123 => 203.0.113.77 8080 login as root\n",
      "our-relay; relay=quokka1; exit=yes; policy=accept" },
    { "one-possible-of-two", NETWORKS POLICY, EXITS, "Port scan",
      FIREWALL ("TCP", "SYN") FIREWALL ("UDP", "LEN=20"),
      "our-relay; relay=quokka1; exit=yes; policy=accept; spoofable" },
};

static Knowledge *
load (const char *settings, const char *list)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *path = NULL, *told = NULL;
    int fd = g_file_open_tmp ("settings-XXXXXX", &path, NULL);
    g_autoptr (Knowledge) plain = NULL;
    ExitList *exits = list != NULL ? exit_list_new () : NULL;

    g_assert_true (g_close (fd, NULL) && g_file_set_contents (path, settings, -1, NULL));
    plain = knowledge_load_from (path, "scenarios", mistakes);
    g_unlink (path);
    told = mistakes_text (mistakes);
    g_assert_cmpstr (told, ==, "");
    if (exits != NULL) {
        exit_list_add (exits, span_of (list), 0);
        exit_list_finish (exits);
    }
    return knowledge_with_tor (plain, NULL, exits);
}

static const char *
header_of (Arena *arena, const Verdict *v, const char *name)
{
    HeaderLine lines[HEADERS_MAX];
    guint n = headers_make (arena, v, "", NULL, lines);

    for (guint i = 0; i < n; i++)
        if (strcmp (lines[i].name, name) == 0)
            return lines[i].value;
    return NULL;
}

static char *
unfold (const char *text)
{
    g_auto (GStrv) pieces = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

    return pieces != NULL ? g_strjoinv ("", pieces) : NULL;
}

static const Verdict *
judge (Arena *arena, const Knowledge *know, const char *subject, const char *body)
{
    g_autofree char *mail =
        g_strdup_printf ("From: noc@example.org\r\nTo: abuse@example.net\r\n"
                         "Subject: %s\r\n"
                         "Date: Fri, 20 Nov 2026 08:00:00 +0000\r\n\r\n"
                         "Hello, please stop this attack on our server.\r\n\r\n%s",
                         subject, body);
    char *kept = arena_strdup (arena, mail);

    return judge_mail (know, arena, span_of (kept), 1795161600);
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Knowledge) know = load (c->settings, c->list);
    g_autoptr (Arena) arena = arena_new (64 << 20);
    const Verdict *v = judge (arena, know, c->subject, c->body);
    g_autofree char *got = unfold (header_of (arena, v, "Tor"));

    g_assert_true (v->complaint);
    g_assert_cmpstr (got, ==, c->expected);
}

static void
assert_json (const char *settings, const char *body, const char *tor, const char *incident)
{
    g_autoptr (Knowledge) know = load (settings, EXITS);
    g_autoptr (Arena) arena = arena_new (64 << 20);
    g_autoptr (Json) j = report_json (judge (arena, know, "Attack", body), "mail", NULL);
    g_autofree char *text = json_line (j);

    g_test_message ("%s", text);
    g_assert_nonnull (strstr (text, tor));
    g_assert_nonnull (strstr (text, incident));
}

static void
test_json (void)
{
    assert_json (NETWORKS POLICY, FLOW ("tcp", "203.0.113.77", "22"),
                 "\"tor\":{\"standing\":\"our-relay\",\"relay\":\"quokka1\",\"exit\":\"yes\","
                 "\"exit_reason\":\"seen as an exit\",\"exit_time\":\"2026-11-20T03:04:05Z\","
                 "\"policy\":\"reject\",\"impossible\":\"rejected-by-policy\",\"spoofable\":false}",
                 "\"exit\":\"yes\",\"policy\":\"reject\",\"impossible\":\"rejected-by-policy\"");
    assert_json ("", FLOW ("tcp", "203.0.113.77", "22"),
                 "\"tor\":{\"standing\":null,\"relay\":null,\"exit\":null,\"exit_reason\":null,"
                 "\"exit_time\":null,\"policy\":null,\"impossible\":null,\"spoofable\":null}",
                 "\"exit\":null,\"policy\":null,\"impossible\":null");
}

static void
test_explain (void)
{
    g_autoptr (Knowledge) know = load (NETWORKS POLICY, EXITS);
    g_autoptr (Arena) arena = arena_new (64 << 20);
    g_autoptr (GString) page = g_string_new (NULL);

    explain_page (page, judge (arena, know, "Flood", FLOW ("udp", "203.0.113.77", "53")), "X-",
                  FALSE, 100);
    g_assert_nonnull (
        strstr (page->str, "Tor exit      yes: seen as an exit 2026-11-20T03:04:05Z\n"));
    g_assert_nonnull (strstr (page->str, "exit policy   accept\n"));
    g_assert_nonnull (strstr (page->str, "impossible    not through Tor: it carries TCP only\n"));
    g_assert_nonnull (strstr (page->str, "spoofable     nothing shows more than bare SYNs"));
}

/* The snapshot that a mail started with stays whole while others replace it. */
static void
test_snapshots (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    Knowledge *first = knowledge_load_from (NULL, "scenarios", mistakes);
    Knowledge *second = knowledge_with_tor (first, exit_policy_new (POLICY_TORRC), NULL);
    Knowledge *third = knowledge_with_tor (second, NULL, exit_list_new ());

    g_assert_null (first->policy);
    g_assert_nonnull (second->policy);
    g_assert_null (third->policy); /* the settings have none */
    g_assert_true (third->rules == first->rules);
    knowledge_unref (first);
    knowledge_unref (second);
    g_assert_nonnull (rules_scenario (third->rules, "unclassified"));
    knowledge_unref (third);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/plausible/header/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/plausible/output/json", test_json);
    g_test_add_func ("/plausible/output/explain", test_explain);
    g_test_add_func ("/plausible/snapshots/share-the-rest", test_snapshots);
    return g_test_run ();
}
