#include "read/trail.h"

static const struct {
    const char *name;
    Header headers[4];
    const char *want, *rule; /* NULL: none */
} cases[] = {
    { "received-with-name-and-address",
      { { "Received", "from a.example.net (a.example.net [198.51.100.7]) by mx.example.org" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "received-in-parentheses-alone",
      { { "Received", "from unknown (HELO a) (198.51.100.7) by mx.example.org with SMTP" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "received-from-an-address-literal",
      { { "Received", "from [198.51.100.7] (helo=a) by mx.example.org (Exim)" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "received-with-the-port-behind",
      { { "received", "from a ([198.51.100.7]:1650 helo=PC) by mx.example.org" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "received-ipv6-literal",
      { { "Received", "from a.example.net (a.example.net [IPv6:2001:db8::7]) by mx.example.org" } },
      "2001:db8::7",
      "attached mail: Received from" },
    { "received-bare-address",
      { { "Received", "from 198.51.100.7 by mx.example.org" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "hop-inside-one-organisation-is-passed-over",
      { { "Received", "from in.example.org ([203.0.113.5]) by store.example.org" },
        { "Received", "from a.example.net ([198.51.100.7]) by in.example.org" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "private-address-is-passed-over",
      { { "Received", "from scan ([10.0.0.2]) by mx.example.org" },
        { "Received", "from a.example.net ([198.51.100.7]) by scan" } },
      "198.51.100.7",
      "attached mail: Received from" },
    { "address-of-the-receiver-does-not-count",
      { { "Received", "from a.example.net by mx.example.org ([203.0.113.5])" } },
      NULL,
      NULL },
    { "host-name-that-begins-as-an-address",
      { { "Received", "from (198.51.100.7.example.net) by mx.example.org" } },
      NULL,
      NULL },
    { "spf-before-received",
      { { "Received", "from b ([203.0.113.5]) by mx.example.org" },
        { "Received-SPF", "Pass (mailfrom) identity=mailfrom; client-ip=198.51.100.7; helo=a" } },
      "198.51.100.7",
      "attached mail: Received-SPF client-ip" },
    { "sender-ip-in-authentication-results",
      { { "Authentication-Results", "mx.example.org; spf=fail (sender IP is 198.51.100.7) x=y" } },
      "198.51.100.7",
      "attached mail: Authentication-Results" },
    { "iprev",
      { { "Authentication-Results", "mx.example.org; iprev=fail smtp.remote-ip=198.51.100.7;" } },
      "198.51.100.7",
      "attached mail: Authentication-Results" },
    { "originating-address-last",
      { { "X-Originating-IP", "[198.51.100.7]" }, { "Received", "by mx.example.org with HTTP" } },
      "198.51.100.7",
      "attached mail: X-Originating-IP" },
    { "nothing", { { "Subject", "from 198.51.100.7" } }, NULL, NULL },
};

static guint
count (const Header *headers)
{
    guint n = 0;

    while (n < G_N_ELEMENTS (cases[0].headers) && headers[n].name != NULL)
        n++;
    return n;
}

static void
test_source (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    Trail trail = { { NULL, NULL }, NULL };
    gboolean found = trail_source (cases[i].headers, count (cases[i].headers), &trail);
    g_autofree char *got = found ? span_dup (trail.address) : NULL;

    g_assert_cmpstr (got, ==, cases[i].want);
    g_assert_cmpstr (trail.rule, ==, cases[i].rule);
}

static void
test_time (void)
{
    const Header headers[] = { { "Date", "x; Thu, 19 Nov 2026 00:00:00 +0000" },
                               { "Received", "from a by b without a stamp" },
                               { "Received",
                                 "from a (b; c) by d; Fri, 20 Nov 2026 03:04:05 +0000" } };
    Span time = { NULL, NULL };

    g_assert_true (trail_time (headers, G_N_ELEMENTS (headers), &time));
    g_assert_true (span_is (time, "Fri, 20 Nov 2026 03:04:05 +0000"));
    g_assert_false (trail_time (headers, 2, &time));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strconcat ("/trail/source/", cases[i].name, NULL);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_source);
    }
    g_test_add_func ("/trail/time/of-the-last-received", test_time);
    return g_test_run ();
}
