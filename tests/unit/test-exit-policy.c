#include "know/exit_policy.h"
#include <glib/gstdio.h>

static ExitPolicy *
read_exact (PolicyDialect dialect, const char *text, Mistakes *mistakes)
{
    ExitPolicy *p = exit_policy_new (dialect);
    gsize n = strlen (text);
    g_autofree char *exact = g_malloc (n);

    if (n > 0)
        memcpy (exact, text, n);
    exit_policy_add (p, (Span) { exact, exact + n }, "torrc", 10, mistakes);
    return p;
}

static Ip
ip_of (const char *text)
{
    Ip ip = { .family = 0 };

    if (text != NULL && *text != '\0')
        g_assert_true (ip_parse (span_of (text), &ip));
    return ip;
}

/* "IP PORT" pairs that are accepted, and those that are rejected; "-" is not known. */
typedef struct Case {
    const char *name;
    PolicyDialect dialect;
    const char *policy, *accepted, *rejected, *unknown;
} Case;

static const Case cases[] = {
    { "the-first-match-decides", POLICY_TORRC, "reject *:80, accept *:80-443, reject *:*",
      "192.0.2.1 81,192.0.2.1 443,2001:db8::1 443",
      "192.0.2.1 80,192.0.2.1 79,192.0.2.1 444,2001:db8::1 80", "192.0.2.1 0" },
    { "no-match-accepts", POLICY_TORRC, "reject *:25", "192.0.2.1 26,2001:db8::1 24",
      "192.0.2.1 25,2001:db8::1 25", NULL },
    { "lines-comments-and-continued-lines", POLICY_TORRC,
      "# mine\nExitPolicy reject *:25 # mail\nexitpolicy\treject \\\n*:26\n\nreject "
      "*:27,\\\nreject *:28\n",
      "192.0.2.1 24,192.0.2.1 29", "192.0.2.1 25,192.0.2.1 26,192.0.2.1 27,192.0.2.1 28", NULL },
    { "no-port-is-every-port", POLICY_TORRC,
      "reject 192.0.2.1,reject 192.0.2.2:,reject 192.0.2.3:*", "192.0.2.4 1",
      "192.0.2.1 1,192.0.2.2 65535,192.0.2.3 7", NULL },
    { "prefix-and-mask", POLICY_TORRC,
      "reject 203.0.113.7/24:*,reject 198.51.100.77/255.255.255.192:80",
      "203.0.112.255 1,203.0.114.0 1,198.51.100.63 80,198.51.100.128 80,198.51.100.64 81",
      "203.0.113.0 1,203.0.113.255 65535,198.51.100.64 80,198.51.100.127 80", NULL },
    { "families-apart", POLICY_TORRC, "accept *4:80,accept *6:443,reject *:*",
      "192.0.2.1 80,2001:db8::1 443", "192.0.2.1 443,2001:db8::1 80", NULL },
    { "star-behind-reject6-is-ipv6", POLICY_TORRC, "reject6 *:80", "192.0.2.1 80", "2001:db8::1 80",
      NULL },
    { "ipv6-networks", POLICY_TORRC, "reject [2001:db8::1]/33:*,reject6 [2001:db8:8000::5]:9",
      "2001:db8:8000:: 9,2001:db8:8000::5 10",
      "2001:db8:: 1,2001:db8:7fff:ffff::1 1,2001:db8:8000::5 9", NULL },
    { "ipv4-behind-reject6-is-left-out", POLICY_TORRC,
      "reject6 192.0.2.1:80,reject6 *4:*,reject6 private:*", "192.0.2.1 80,10.0.0.1 80,fc00::1 80",
      NULL, NULL },
    { "v4-mapped-matches-nobody", POLICY_TORRC, "reject [::ffff:192.0.2.1]/96:*", "192.0.2.1 80",
      NULL, NULL },
    { "ipv4-in-brackets", POLICY_TORRC, "reject [192.0.2.1]:80", "192.0.2.1 81", "192.0.2.1 80",
      NULL },
    { "private", POLICY_TORRC, "reject private:1-1024",
      "10.0.0.1 1025,100.64.0.1 80,172.32.0.1 80,192.0.2.1 80,2001:db8::1 80,100:: 80",
      "10.0.0.1 80,0.1.2.3 80,127.0.0.1 1,169.254.9.9 80,172.31.255.255 80,192.168.0.1 80,::1 "
      "80,fd00::1 80,"
      "fe80::1 80,fec0::1 80,ff02::1 80",
      NULL },
    { "accept-private-too", POLICY_TORRC, "accept private:*,reject *:*", "10.0.0.1 80,::2 80",
      "192.0.2.1 80", NULL },
    { "whole-net-with-bits-0", POLICY_TORRC, "reject 1.2.3.4/0:80", "2001:db8::1 80",
      "203.0.113.1 80", NULL },
    { "empty", POLICY_TORRC, "", "192.0.2.1 80", NULL, NULL },
    { "unknown-port", POLICY_TORRC,
      "reject 192.0.2.0/24:*,reject 203.0.113.1:25,accept 198.51.100.0/24:*,reject *:*",
      "198.51.100.1 0", "192.0.2.1 0,203.0.113.1 0,203.0.113.2 0", NULL },
    { "unknown-port-of-several-answers", POLICY_TORRC, "reject *:25,accept *:*", NULL, NULL,
      "192.0.2.1 0" },
    { "unknown-address", POLICY_TORRC,
      "reject private:*,reject *:25,accept *:80,reject 192.0.2.0/24:*,accept *:*", "- 80", "- 25",
      "- 443,- 0" },
    { "unknown-address-may-be-the-accepted", POLICY_TORRC, "accept 192.0.2.1:25,reject *:25",
      "192.0.2.1 25", "192.0.2.2 25", "- 25" },
    { "unknown-address-of-either-family", POLICY_TORRC, "reject6 *:*,accept *:*", "192.0.2.1 80",
      "2001:db8::1 80", "- 80" },
    { "nothing-known-of-a-closed-relay", POLICY_TORRC, "reject *:*", NULL, "- 0,192.0.2.1 0,- 80",
      NULL },
    { "descriptor-star-is-ipv4", POLICY_DESCRIPTOR,
      "reject *:25\naccept *:*\nreject6 *:80\naccept6 *:*", "192.0.2.1 80,2001:db8::1 25",
      "192.0.2.1 25,2001:db8::1 80", NULL },
    { "descriptor-without-ipv6-rejects-it", POLICY_DESCRIPTOR, "reject *:25\naccept *:*",
      "192.0.2.1 80", "192.0.2.1 25,2001:db8::1 80,2001:db8::1 0", NULL },
    { "ipv6-policy-accept", POLICY_DESCRIPTOR, "accept *:*\nipv6-policy accept 80,443-444\n",
      "192.0.2.1 25,2001:db8::1 80,2001:db8::1 444", "2001:db8::1 81,2001:db8::1 445", NULL },
    { "ipv6-policy-reject", POLICY_DESCRIPTOR, "reject *:*\nipv6-policy reject 25",
      "2001:db8::1 24", "2001:db8::1 25,192.0.2.1 80", NULL },
};

static void
check (const ExitPolicy *p, const char *pairs, PolicyVerdict expected)
{
    g_auto (GStrv) list = g_strsplit (pairs != NULL ? pairs : "", ",", -1);

    for (guint i = 0; list[i] != NULL; i++) {
        Span rest = span_of (list[i]), address;
        g_autofree char *text = NULL;
        guint port;
        Ip dst;

        span_until (&rest, ' ', &address);
        text = span_dup (address);
        dst = ip_of (g_str_equal (text, "-") ? "" : text);
        g_assert_true (span_uint (&rest, 65535, &port));
        g_test_message ("%s", list[i]);
        g_assert_cmpstr (policy_verdict_name (exit_policy_judge (p, NULL, &dst, port)), ==,
                         policy_verdict_name (expected));
    }
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (ExitPolicy) p = read_exact (c->dialect, c->policy, mistakes);
    g_autofree char *told = mistakes_text (mistakes);

    g_assert_cmpstr (told, ==, "");
    check (p, c->accepted, POLICY_ACCEPT);
    check (p, c->rejected, POLICY_REJECT);
    check (p, c->unknown, POLICY_UNKNOWN);
}

#define PATTERN "one ADDRESS:PORT, such as *:25, 203.0.113.0/24:80-443 or [2001:db8::]/32:*"
#define ADDRESS "*, *4, *6, an IPv4 address, an IPv6 address in [brackets], or private:PORT"
#define MASK "a number of bits, or for IPv4 a mask such as 255.255.255.0"
#define PORTS "a port from 1 to 65535, a range such as 80-443, or *"

static const struct {
    const char *name, *policy, *wrong, *expected;
    guint line;
} bad[] = {
    { "no-action", "*:80", "*:80", "accept, reject, accept6 or reject6", 10 },
    { "misspelled-action", "accept *:1\n\nreejct *:80", "reejct",
      "accept, reject, accept6 or reject6", 12 },
    { "capital-action", "Accept *:80", "Accept", "accept, reject, accept6 or reject6", 10 },
    { "action-alone", "reject *:1,reject", "reject", PATTERN, 10 },
    { "two-patterns", "accept *:80 *:81", "accept *:80 *:81", PATTERN, 10 },
    { "a-name", "accept example.org:80", "example.org:80", ADDRESS, 10 },
    { "octet-above-255", "accept 192.0.2.256:80", "192.0.2.256:80", ADDRESS, 10 },
    { "leading-zero", "accept 192.0.2.04:80", "192.0.2.04:80", ADDRESS, 10 },
    { "ipv6-without-brackets", "accept 2001:db8::1:80", "2001:db8::1:80", ADDRESS, 10 },
    { "open-bracket", "accept [2001:db8::1:80", "[2001:db8::1:80", ADDRESS, 10 },
    { "text-behind-bracket", "accept [2001:db8::1]x:80", "x:80", PATTERN, 10 },
    { "mask-behind-star", "accept */8:80", "/8:80", "no mask behind *", 10 },
    { "33-bits", "accept 192.0.2.1/33:80", "192.0.2.1/33:80", MASK, 10 },
    { "129-bits", "accept [2001:db8::]/129:80", "[2001:db8::]/129:80", MASK, 10 },
    { "mask-with-a-hole", "accept 192.0.2.1/255.0.255.0:80", "192.0.2.1/255.0.255.0:80", MASK, 10 },
    { "empty-mask", "accept 192.0.2.1/:80", "192.0.2.1/:80", MASK, 10 },
    { "ipv4-mask-behind-ipv6", "accept [2001:db8::]/255.0.0.0:80", "[2001:db8::]/255.0.0.0:80",
      MASK, 10 },
    { "port-0", "accept *:0", "0", PORTS, 10 },
    { "port-65536", "accept *:65536", "65536", PORTS, 10 },
    { "port-name", "accept *:http", "http", PORTS, 10 },
    { "range-backwards", "accept *:90-80", "90-80", PORTS, 10 },
    { "range-to-nowhere", "accept *:80-", "80-", PORTS, 10 },
    { "range-above", "accept *:1-65536", "1-65536", PORTS, 10 },
    { "port-and-more", "accept *:80x", "80x", PORTS, 10 },
    { "private-without-port", "accept private", "private", ADDRESS, 10 },
    { "private-with-mask", "accept private/8:80", "private/8:80", ADDRESS, 10 },
    { "private-capital", "accept Private:80", "Private:80", ADDRESS, 10 },
    { "continued-from", "accept *:1\nreject \\\n*:x", "x", PORTS, 11 },
    { "backslash-at-the-end", "accept *:1,\\", NULL, NULL, 0 },
};

static void
test_bad (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (ExitPolicy) p = read_exact (POLICY_TORRC, bad[i].policy, mistakes);
    g_autofree char *told = mistakes_text (mistakes);
    g_autofree char *want =
        bad[i].wrong == NULL ? g_strdup ("")
                             : g_strdup_printf ("torrc:%u: '%s' in an exit policy: expected %s\n",
                                                bad[i].line, bad[i].wrong, bad[i].expected);

    g_assert_nonnull (p);
    g_assert_cmpstr (told, ==, want);
}

static void
test_all_mistakes (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (ExitPolicy) p = read_exact (POLICY_TORRC, "a,b *:1\n\nreject *:80,c\n", mistakes);

    g_assert_cmpuint (mistakes_count (mistakes), ==, 3);
    g_assert_true (g_str_has_prefix (mistakes_get (mistakes, 2), "torrc:12: 'c'"));
    g_assert_cmpuint (exit_policy_rules (p), ==, 2); /* both families */
}

static void
test_too_many (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (ExitPolicy) p = NULL;

    for (guint i = 0; i <= POLICY_MAX_RULES; i++)
        g_string_append_printf (text, "reject 192.0.2.1:%u\n", i + 1);
    p = read_exact (POLICY_TORRC, text->str, mistakes);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 1);
    g_assert_cmpuint (exit_policy_rules (p), ==, POLICY_MAX_RULES);
}

static ExitPolicy *
whole (gboolean ipv6_exit, gboolean reject_private, const char *text, gboolean reduced,
       const char *folder)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    ExitPolicy *p = exit_policy_new (POLICY_TORRC);

    exit_policy_begin (p, ipv6_exit, reject_private);
    g_assert_true (exit_policy_add (p, span_of (text), "torrc", 1, mistakes));
    g_assert_true (exit_policy_end (p, reduced, folder, mistakes));
    return p;
}

static void
test_what_tor_adds (void)
{
    g_autoptr (ExitPolicy) p =
        whole (FALSE, TRUE, "accept 10.1.1.1:80,reject *:4321", FALSE, "/nonexistent");
    g_autoptr (ExitPolicy) six = whole (TRUE, FALSE, "accept 10.1.1.1:80", FALSE, "/nonexistent");
    g_autoptr (ExitPolicy) last = whole (TRUE, TRUE, "accept *:*", FALSE, "/nonexistent");
    g_autoptr (ExitPolicy) reduced = whole (TRUE, TRUE, "reject *:80", TRUE, "/nonexistent");
    Ip relay = ip_of ("198.51.100.7"), other = ip_of ("198.51.100.8");

    check (p, "192.0.2.1 80,192.0.2.1 24,192.0.2.1 6880,192.0.2.1 7000", POLICY_ACCEPT);
    check (p,
           "10.1.1.1 80,192.0.2.1 4321,192.0.2.1 25,192.0.2.1 6881,192.0.2.1 6999,2001:db8::1 80",
           POLICY_REJECT);
    check (six, "10.1.1.1 80,10.1.1.1 81,2001:db8::1 80", POLICY_ACCEPT);
    check (six, "2001:db8::1 25", POLICY_REJECT);
    check (last, "192.0.2.1 25", POLICY_ACCEPT);
    check (reduced, "192.0.2.1 443,2001:db8::1 64738,192.0.2.1 8233", POLICY_ACCEPT);
    check (reduced, "192.0.2.1 80,192.0.2.1 25,192.0.2.1 6881", POLICY_REJECT);
    g_assert_cmpint (exit_policy_judge (p, &relay, &relay, 80), ==, POLICY_REJECT);
    g_assert_cmpint (exit_policy_judge (p, &relay, &other, 80), ==, POLICY_ACCEPT);
    g_assert_cmpint (exit_policy_judge (six, &relay, &relay, 80), ==, POLICY_ACCEPT);
}

static void
test_files (void)
{
    g_autofree char *folder = g_dir_make_tmp ("policy-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "exit-policy-default", NULL);
    g_autoptr (ExitPolicy) shipped = whole (TRUE, TRUE, "", FALSE, "dist/tor");
    g_autoptr (ExitPolicy) built_in = whole (TRUE, TRUE, "", FALSE, folder);
    g_autoptr (ExitPolicy) shipped_reduced = whole (TRUE, TRUE, "", TRUE, "dist/tor");
    g_autoptr (ExitPolicy) own = NULL;
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *want = g_strdup_printf ("%s:2: ", path);

    g_assert_cmpuint (exit_policy_rules (shipped), ==, exit_policy_rules (built_in));
    g_assert_cmpuint (exit_policy_rules (shipped_reduced), >, 100);
    g_assert_true (g_file_set_contents (path, "accept *:25\nreject *:*\n", -1, NULL));
    own = whole (TRUE, TRUE, "", FALSE, folder);
    check (own, "192.0.2.1 25", POLICY_ACCEPT);
    check (own, "192.0.2.1 80", POLICY_REJECT);
    g_assert_true (g_file_set_contents (path, "accept *:25\nreject\n", -1, NULL));
    g_assert_false (exit_policy_end (own, FALSE, folder, mistakes));
    g_assert_true (g_str_has_prefix (mistakes_get (mistakes, 0), want));
    g_assert_cmpint (remove (path), ==, 0);
    g_assert_cmpint (remove (folder), ==, 0);
}

/* What is not known of a destination is sure only when it holds for all that it may be. */
static void
test_unknown_family_of_the_relay (void)
{
    g_autoptr (ExitPolicy) p = whole (FALSE, TRUE, "", FALSE, "/nonexistent");
    Ip four = ip_of ("198.51.100.7"), six = ip_of ("2001:db8::7"), none = ip_of ("");

    g_assert_cmpint (exit_policy_judge (p, &four, &none, 80), ==, POLICY_ACCEPT);
    g_assert_cmpint (exit_policy_judge (p, &four, &none, 25), ==, POLICY_REJECT);
    g_assert_cmpint (exit_policy_judge (p, &six, &none, 80), ==, POLICY_REJECT);
    g_assert_cmpint (exit_policy_judge (p, NULL, &none, 80), ==, POLICY_UNKNOWN);
    g_assert_cmpint (exit_policy_judge (p, NULL, &none, 25), ==, POLICY_REJECT);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/exit-policy/judge/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autofree char *path = g_strconcat ("/exit-policy/mistakes/", bad[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
    g_test_add_func ("/exit-policy/mistakes/all-at-once", test_all_mistakes);
    g_test_add_func ("/exit-policy/mistakes/too-many-rules", test_too_many);
    g_test_add_func ("/exit-policy/whole/what-tor-adds", test_what_tor_adds);
    g_test_add_func ("/exit-policy/whole/the-files-replace-the-built-in", test_files);
    g_test_add_func ("/exit-policy/judge/the-relay-says-the-family",
                     test_unknown_family_of_the_relay);
    return g_test_run ();
}
