/* Who is accused, on which port, when and why not the others: small mails through reading and
 * roles. */
#include "base/calendar.h"
#include "judge/incidents.h"
#include "judge/roles.h"
#include "judge/urls.h"
#include "read/intake.h"
#include "read/read.h"

typedef struct Case {
    const char *name;
    const char *subject, *body; /* the body follows the header, which ends here */
    const char *want; /* "ip[/bits][:port] [time] [> ip[:port]] [url]", one a line, in order */
} Case;

static const Case cases[] = {
    /* words */
    { "from-and-our", "scan", "attacks from 198.51.100.7 on our server 203.0.113.9\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "your-server", "abuse", "your server (198.51.100.7) sends spam\n", "198.51.100.7\n" },
    { "subject-alone", "198.51.100.7: malicious activity", "please stop it\n", "198.51.100.7\n" },
    { "list-shares-its-first-role", "abuse",
      "attacks from 198.51.100.7, 198.51.100.8 and 198.51.100.9\n",
      "198.51.100.7\n198.51.100.8\n198.51.100.9\n" },
    { "victims-first", "flood",
      "the following addresses of our customers are under attack:\n\n203.0.113.1\n203.0.113.2\n\n"
      "Traffic came from these sources in your network:\n\n198.51.100.61\n198.51.100.62\n",
      "198.51.100.61\n198.51.100.62\n" },
    { "attacked-from-your-network", "abuse",
      "198.51.100.7 scans.\n\nThe following addresses were attacked from your "
      "network:\n203.0.113.1\n203.0.113.2\n",
      "198.51.100.7\n" },
    { "banned-on-our-servers", "abuse",
      "the following IPs were banned on one of our servers:\n198.51.100.7\n198.51.100.8\n",
      "198.51.100.7\n198.51.100.8\n" },
    { "weak-word-when-alone", "Phishing page on 198.51.100.7", "please look\n", "198.51.100.7\n" },
    { "a-log-of-our-host", "abuse",
      "logs are from 203.0.113.9:\n198.51.100.7 - - [20/Nov/2026:04:04:05 +0100] \"GET / "
      "HTTP/1.1\" 200 1\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "resolves-to", "abuse", "the site responds to the following IP address(es): 198.51.100.7\n",
      "198.51.100.7\n" },
    { "domain-that-ends-in-to", "copyright", "files.example.to\n198.51.100.7\n", "198.51.100.7\n" },
    { "version-is-no-address", "abuse", "from 198.51.100.7 with Chrome/120.0.6.1\n",
      "198.51.100.7\n" },
    { "loopback-is-nobody", "abuse", "listed with 127.0.0.2: 198.51.100.7\n", "198.51.100.7\n" },
    { "private-when-alone", "abuse", "attacks from 192.168.1.9\n", "192.168.1.9\n" },
    { "private-beside-public", "abuse", "attacks from 198.51.100.7 to 192.168.1.9\n",
      "198.51.100.7 > 192.168.1.9\n" },
    { "masked", "abuse", "attacks from 198.51.100.xxx\n", "masked 198.51.100.xxx\n" },
    { "network", "abuse", "Source network: 198.51.100.0/24\n", "198.51.100.0/24\n" },
    { "network-below-its-name", "abuse",
      "Source address\n\n198.51.100.0/24\n\nTime\n\n2026-11-20T03:04:05Z\n",
      "198.51.100.0/24 2026-11-20T03:04:05Z\n" },
    { "range-of-a-whois", "abuse from 198.51.100.7", "Host range: 198.51.100.0 - 198.51.100.255\n",
      "198.51.100.7\n" },
    { "ipv6", "abuse", "attacks from 2001:DB8:0:0::7\n", "2001:db8::7\n" },
    { "url-host", "phishing", "the following page: hxxp://198.51.100[.]7:8080/x\n",
      "198.51.100.7:8080 http://198.51.100.7:8080/x\n" },
    { "url-without-address", "phishing", "the phishing site https://bank.example.net/login\n",
      "https://bank.example.net/login\n" },
    { "senders-own-page", "abuse of 198.51.100.7",
      "see our report at https://www.example.org/r/1\n", "198.51.100.7\n" },
    /* ports */
    { "attacked-port", "abuse", "198.51.100.7 attacked us on port 22\n", "198.51.100.7 > :22\n" },
    { "own-service", "abuse", "a resolver on 198.51.100.7 responding on port 53\n",
      "198.51.100.7:53\n" },
    { "ephemeral-port-is-own", "abuse", "IP: 198.51.100.7\nPort: 50012\n", "198.51.100.7:50012\n" },
    { "advice-is-no-port", "abuse from 198.51.100.7", "please close port 25\n", "198.51.100.7\n" },
    { "sole-port-is-lent", "abuse from 198.51.100.7", "it goes to port 443\n",
      "198.51.100.7 > :443\n" },
    /* times */
    { "no-zone-no-utc", "abuse", "198.51.100.7 attacked at 2026-11-20 04:04:05\n",
      "198.51.100.7 local\n" },
    { "zone-hint", "abuse",
      "All times are UTC+1.\n\n198.51.100.7 attacked at 2026-11-20 04:04:05\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "zone-on-the-next-line", "abuse",
      "198.51.100.7 attacked us on 2026-11-20 03:04:05\nUTC from far away\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "date-of-a-forward", "abuse from 198.51.100.7",
      "From: x@example.org\nDate: Thu, 19 Nov 2026 10:00:00 +0000\nTo: abuse@example.net\nSubject: "
      "abuse\n\nstop it\n",
      "198.51.100.7\n" },
    { "generated-at", "abuse", "Report on 198.51.100.7 generated at 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7\n" },
    { "sole-time-is-lent", "abuse from 198.51.100.7", "Start: 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    /* records */
    { "two-blocks", "abuse",
      "Source IP: 198.51.100.7\nTime: 2026-11-20 03:04:05 UTC\n\nSource IP: 198.51.100.8\nTime: "
      "2026-11-20 03:05:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n198.51.100.8 2026-11-20T03:05:05Z\n" },
    { "unknown-key-within-a-block", "abuse",
      "IP: 198.51.100.7\nMalware: worm\nFirst seen: 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "server-below-client", "abuse",
      "Client IP: 198.51.100.7\nServer IP: 203.0.113.9\nServer port: 80\n",
      "198.51.100.7 > 203.0.113.9:80\n" },
    { "csv", "abuse",
      "time,src_ip,src_port,dst_ip,dst_port\n2026-11-20T03:04:05Z,198.51.100.7,4711,203.0.113.9,"
      "22\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "destination-column-first", "abuse", "dst_ip;src_ip\n203.0.113.9;198.51.100.7\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "remote-beside-infected", "abuse",
      "Infected IP,Remote IP,Remote Port\n198.51.100.7,203.0.113.9,80\n",
      "198.51.100.7 > 203.0.113.9:80\n" },
    { "wrapped-row", "abuse",
      "ip,timestamp,src_port,malware\n198.51.100.7,2026-11-20T03:04:05Z,\n4711,worm\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "row-beside-its-head", "abuse",
      "id,version,timestamp,src_ip,src_port\n2026-11-20T03:04:05Z,198.51.100.7,4711\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "date-and-time-columns", "abuse",
      "Date,Time,Zone,IP\n2026-11-20,04:04:05,+0100,198.51.100.7\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "w3c-log", "abuse",
      "Times are UTC\n#Fields: date time c-ip c-port s-ip s-port\n2026-11-20 03:04:05 198.51.100.7 "
      "4711 203.0.113.9 80\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:80\n" },
    { "flat-table", "abuse",
      "Source IP\nSource Port\nTimestamp\n198.51.100.7\n4711\n2026-11-20T03:04:05Z\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "name-above-value", "abuse", "Source IP Address\n\n198.51.100.7\n", "198.51.100.7\n" },
    { "arrow-with-blanks", "abuse", "198.51.100.7 4711 -> 203.0.113.9 22\n",
      "198.51.100.7:4711 > 203.0.113.9:22\n" },
    { "unknown-log", "abuse", "2026-11-20T03:04:05Z 198.51.100.7:4711 203.0.113.9:22 hit\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "said-again-counts-once", "abuse from 198.51.100.7",
      "abuse from 198.51.100.7 and again 198.51.100.7\n", "198.51.100.7\n" },
    /* the way of a mail */
    { "hop-from-outside", "spam",
      "Received: from mx2.example.net (mx2.example.net [203.0.113.2]) by mx1.example.net; Fri, 20 "
      "Nov 2026 03:04:06 +0000\n"
      "Received: from bad.example.org ([198.51.100.7]) by mx2.example.net; Fri, 20 Nov 2026 "
      "03:04:05 +0000\n"
      "Received: from x.example.org ([192.0.2.1]) by bad.example.org; Fri, 20 Nov 2026 03:04:00 "
      "+0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "originating-address", "spam",
      "X-Originating-IP: [198.51.100.7]\nReceived: from m.example.org ([192.0.2.1]) by "
      "mx.example.net; "
      "Fri, 20 Nov 2026 03:04:05 +0000\n",
      "198.51.100.7" },
    { "nobody", "hello", "there is nothing here\n", "" },
};

static void
put_port (GString *out, guint port)
{
    if (port != 0)
        g_string_append_printf (out, ":%u", port);
}

static void
put (GString *out, const Incident *i)
{
    char ip[IP_TEXT_MAX], when[RFC3339_MAX];

    g_string_append (out, ip_format (&i->ip, ip));
    if (i->bits != 0)
        g_string_append_printf (out, "/%u", i->bits);
    if (i->masked != NULL)
        g_string_append_printf (out, "masked %s", i->masked);
    put_port (out, i->src_port);
    if (i->has_time)
        g_string_append_printf (
            out, " %s",
            i->when.basis == TIME_NO_ZONE ? "local" : calendar_rfc3339 (i->when.unix_s, when));
    if (i->dst_ip.family != 0 || i->dst_port != 0)
        g_string_append_printf (out, " > %s", ip_format (&i->dst_ip, ip));
    put_port (out, i->dst_port);
    if (i->url != NULL)
        g_string_append_printf (out, "%s%s", i->ip.family != 0 ? " " : "", i->url);
    g_string_append_c (out, '\n');
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *mail =
        g_strdup_printf ("From: Ann <ann@example.org>\nTo: abuse@example.net\nSubject: %s\n"
                         "Date: Fri, 20 Nov 2026 10:00:00 +0000\n\n%s",
                         c->subject, c->body);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (Settings) settings = settings_defaults ();
    g_autoptr (GString) got = g_string_new (NULL);
    Facts *facts = facts_read (intake_read (arena, span_of (mail)), shapes);
    Verdict verdict = { .facts = facts };

    urls_assign (facts);
    roles_assign (facts, settings);
    incidents_find (&verdict, facts, settings);
    for (guint i = 0; i < verdict.n_incidents; i++)
        put (got, &verdict.incidents[i]);
    if (*c->want == '\0' || g_str_has_suffix (c->want, "\n"))
        g_assert_cmpstr (got->str, ==, c->want);
    else
        g_assert_true (g_str_has_prefix (got->str, c->want));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strdup_printf ("/who/%s", cases[i].name);

        g_test_add_data_func (name, &cases[i], test_case);
    }
    return g_test_run ();
}
