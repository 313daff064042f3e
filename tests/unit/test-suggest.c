#include "effect/suggest.h"
#include "replies.h"

static LogRow *
asking (guint n, const char *demand, const char *dst_ip, guint dst_port)
{
    LogRow *row = replies_row ("ssh-bruteforce");

    row->id = arena_printf (row->arena, "01KAFC0S00000000000000000%u", n);
    row->received_unix_ms += n * G_GINT64_CONSTANT (86400000);
    row->complainant_address = arena_printf (row->arena, "kim%u@example.org", n);
    row->demands = replies_list (row->arena, demand);
    row->incidents[0].dst_ip = dst_ip;
    row->incidents[0].dst_port = dst_port;
    return row;
}

static void
add (Suggest *s, LogRow *row)
{
    if (suggest_asks (row))
        suggest_add (s, row);
    logrow_free (row);
}

/* On 2026-11-21, each for seven days: reports of the 20th and the days after. */
static Suggest *
some (const Knowledge *know)
{
    Suggest *s = suggest_new (know, REPLIES_NOW, 7 * 86400);
    LogRow *row = asking (0, "block-destination", "203.0.113.9", 22);

    row->incidents[1] = row->incidents[0];
    row->incidents[1].dst_port = 80; /* the same place: all of it is asked for */
    row->n_incidents = 2;
    row->dmarc = "fail";
    add (s, row);
    add (s, asking (1, "block-destination", "203.0.113.9", 443));
    add (s, asking (2, "block-port", "203.0.113.9", 25));
    add (s, asking (3, "block-port", "2001:db8:5::1", 5060));
    add (s, asking (4, "block-destination", "2001:db8:5::2", 0));
    add (s, asking (5, "block-destination", "10.0.0.1", 22));     /* not public */
    add (s, asking (6, "block-port", "203.0.113.10", 0));         /* which port? */
    add (s, asking (7, "block-destination", "198.51.100.9", 22)); /* ourselves */
    add (s, asking (8, "stop", "203.0.113.11", 22));              /* does not ask for it */
    row = asking (9, "block-destination", "203.0.113.12", 22);
    row->received_unix_ms = (REPLIES_NOW - 7 * 86400) * 1000; /* over */
    add (s, row);
    row = asking (9, "block-destination", "203.0.113.13", 22);
    row->incidents[0].ip = "192.0.2.1"; /* somebody else is accused */
    row->complainant_address = NULL;
    add (s, row);
    return s;
}

static void
assert_text (const char *settings, SuggestForm form, const char *want)
{
    g_autoptr (Knowledge) know = replies_know (settings);
    g_autoptr (Suggest) s = some (know);
    g_autofree char *got = suggest_text (s, form);

    g_assert_cmpuint (suggest_count (s), ==, 8);
    g_assert_cmpstr (got, ==, want);
}

#define HEAD                                                                                       \
    "# Destinations whose owners asked to be left alone.  Nothing is applied by printing this.  "  \
    "Anybody can\n"                                                                                \
    "# write a complaint: look whether those who asked have that address.\n"
#define NOWHERE                                                                                    \
    "\n# These ask to be left alone, but name no public destination:\n"                            \
    "#   01KAFC0S000000000000000005 kim5@example.org\n"                                            \
    "#   01KAFC0S000000000000000006 kim6@example.org\n"                                            \
    "#   01KAFC0S000000000000000007 kim7@example.org\n"                                            \
    "#   01KAFC0S000000000000000009\n"

static void
test_exit_policy (void)
{
    assert_text (
        replies_relays, SUGGEST_EXIT_POLICY,
        HEAD
        "# For torrc, before all other ExitPolicy lines; take them out when they are over.\n"
        "\n# until 2026-11-28, asked for by 01KAFC0S000000000000000000 kim0@example.org (may be "
        "forged), 01KAFC0S000000000000000001 kim1@example.org\n"
        "ExitPolicy reject 203.0.113.9:*\n"
        "\n# until 2026-11-29, asked for by 01KAFC0S000000000000000002 kim2@example.org\n"
        "# (the exit policy rejects 203.0.113.9:25 already)\n"
        "\n# until 2026-11-30, asked for by 01KAFC0S000000000000000003 kim3@example.org\n"
        "# (the exit policy rejects 2001:db8:5::1:5060 already)\n"
        "\n# until 2026-12-01, asked for by 01KAFC0S000000000000000004 kim4@example.org\n"
        "# (the exit policy rejects 2001:db8:5::2:* already)\n" NOWHERE);
}

static void
test_ipv6_exit (void)
{
    g_autoptr (Knowledge) know =
        replies_know ("tor: {exit_policy: 'accept *:*', ipv6_exit: true}\n");
    g_autoptr (Suggest) s = suggest_new (know, REPLIES_NOW, 86400 * 7);
    g_autofree char *got = NULL;

    add (s, asking (3, "block-port", "2001:db8:5::1", 5060));
    got = suggest_text (s, SUGGEST_EXIT_POLICY);
    g_assert_nonnull (strstr (got, "\nExitPolicy reject6 [2001:db8:5::1]:5060\n"));
}

static void
test_nftables (void)
{
    assert_text (
        replies_hoster, SUGGEST_NFTABLES,
        HEAD
        "# For nft -f; elements end by themselves.\n\ntable inet abuse_milter\n"
        "delete table inet abuse_milter\ntable inet abuse_milter {\n"
        "    set alone4 {\n        type ipv4_addr\n        flags timeout\n        elements = {\n"
        "            # until 2026-11-28, asked for by 01KAFC0S000000000000000000 kim0@example.org "
        "(may "
        "be forged), 01KAFC0S000000000000000001 kim1@example.org\n"
        "            203.0.113.9 timeout 583800s,\n        }\n    }\n"
        "    set alone6 {\n        type ipv6_addr\n        flags timeout\n        elements = {\n"
        "            # until 2026-12-01, asked for by 01KAFC0S000000000000000004 kim4@example.org\n"
        "            2001:db8:5::2 timeout 843000s,\n        }\n    }\n"
        "    set alone4_port {\n        type ipv4_addr . inet_service\n        flags timeout\n"
        "        elements = {\n"
        "            # until 2026-11-29, asked for by 01KAFC0S000000000000000002 kim2@example.org\n"
        "            203.0.113.9 . 25 timeout 670200s,\n        }\n    }\n"
        "    set alone6_port {\n        type ipv6_addr . inet_service\n        flags timeout\n"
        "        elements = {\n"
        "            # until 2026-11-30, asked for by 01KAFC0S000000000000000003 kim3@example.org\n"
        "            2001:db8:5::1 . 5060 timeout 756600s,\n        }\n    }\n"
        "    chain output {\n        type filter hook output priority filter\n"
        "        ip daddr @alone4 reject\n        ip6 daddr @alone6 reject\n"
        "        ip daddr . tcp dport @alone4_port reject\n"
        "        ip6 daddr . tcp dport @alone6_port reject\n    }\n"
        "    chain forward {\n        type filter hook forward priority filter\n"
        "        ip daddr @alone4 reject\n        ip6 daddr @alone6 reject\n"
        "        ip daddr . tcp dport @alone4_port reject\n"
        "        ip6 daddr . tcp dport @alone6_port reject\n    }\n}\n" NOWHERE);
}

/* A firewall in front of an exit makes it a bad one. */
static void
test_nftables_of_relay (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_relays);
    g_autoptr (Suggest) s = some (know);
    g_autofree char *got = suggest_text (s, SUGGEST_NFTABLES);

    g_assert_nonnull (strstr (got, "is taken for a bad exit"));
}

static void
test_json (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_hoster);
    g_autoptr (Suggest) s = suggest_new (know, REPLIES_NOW, 86400 * 7);
    g_autofree char *got = NULL;

    add (s, asking (2, "block-port", "203.0.113.9", 25));
    add (s, asking (5, "block-destination", NULL, 0));
    got = suggest_text (s, SUGGEST_JSON);
    g_assert_cmpstr (
        got, ==,
        "{\"v\":1,\"ip\":\"203.0.113.9\",\"port\":25,\"until\":\"2026-11-29T03:10:00Z\","
        "\"rejected\":false,\"reports\":[{\"id\":\"01KAFC0S000000000000000002\",\"from\":"
        "\"kim2@example.org\",\"doubtful\":false}]}\n"
        "{\"v\":1,\"ip\":null,\"port\":null,\"until\":null,\"rejected\":false,\"reports\":["
        "{\"id\":\"01KAFC0S000000000000000005\",\"from\":\"kim5@example.org\",\"doubtful\":"
        "false}]}\n");
}

/* A list of a thousand victims is not taken whole, and what a sender wrote starts no line. */
static void
test_bounds (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_hoster);
    g_autoptr (Suggest) s = suggest_new (know, REPLIES_NOW, 86400 * 7);
    g_autofree char *got = NULL;
    LogRow *row = asking (1, "block-destination", NULL, 0);
    const LogIncident one = row->incidents[0];

    row->incidents = arena_new0 (row->arena, LogIncident, 1000);
    row->n_incidents = 1000;
    for (guint i = 0; i < 1000; i++) {
        row->incidents[i] = one;
        row->incidents[i].dst_ip = arena_printf (row->arena, "203.0.%u.%u", i / 250, i % 250);
    }
    row->complainant_address = "a@b\nExitPolicy accept *:*\033[2J";
    add (s, row);
    got = suggest_text (s, SUGGEST_EXIT_POLICY);
    g_assert_cmpuint (suggest_count (s), ==, SUGGEST_MAX_OF_REPORT);
    g_assert_nonnull (strstr (got, "# 980 destinations are left out"));
    g_assert_null (strstr (got, "\nExitPolicy accept"));
    g_assert_null (strchr (got, '\033'));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/suggest/exit-policy", test_exit_policy);
    g_test_add_func ("/suggest/ipv6-exit", test_ipv6_exit);
    g_test_add_func ("/suggest/nftables", test_nftables);
    g_test_add_func ("/suggest/nftables-of-a-relay", test_nftables_of_relay);
    g_test_add_func ("/suggest/json", test_json);
    g_test_add_func ("/suggest/bounds", test_bounds);
    return g_test_run ();
}
