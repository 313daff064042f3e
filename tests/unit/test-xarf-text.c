#include "given.h"
#include "read/readers.h"

#define BODY(t) .kind = PART_TEXT, .type = "text/plain", .text = (t)

static const GivenCase cases[] = {
    { "login-attack-in-its-part",
      TRUE,
      "x-arf at 2:2\n"
      "  address offender 198.51.100.7 (x-arf: Source)\n"
      "  port victim 22 (x-arf: Port)\n"
      "  time 2026-11-20T03:04:05Z (x-arf: Date)\n"
      "  count 12 (x-arf: Occurances)\n"
      "  field category=abuse\n"
      "  field type=login-attack\n"
      "  field report-type=login-attack\n"
      "  field service=ssh\n"
      "  field source-type=ipv4\n"
      "unread 1:1 2:1\n",
      { .headers = { { "X-XARF", "PLAIN" } },
        .parts = { { BODY ("Dear all,\n") },
                   { BODY ("---\n"
                           "Reported-From: jo@example.org\n"
                           "Category: abuse\n"
                           "Report-Type: login-attack\n"
                           "Service: ssh\n"
                           "Version: 0.2\n"
                           "User-Agent: Fail2ban v0.8\n"
                           "Date: Fri, 20 Nov 2026 04:04:05 +0100\n"
                           "Source-Type: ipv4\n"
                           "Source: 198.51.100.7\n"
                           "Port: 22\n"
                           "Report-ID: 1@example.org\n"
                           "Schema-URL: http://www.x-arf.org/schema/abuse_login-attack_0.1.2.json\n"
                           "Attachment: text/plain\n"
                           "Occurances: 12\n"),
                     .name = "report.txt" } } } },
    { "inline-without-a-part-port-is-a-name-source-with-a-prefix-length",
      TRUE,
      "x-arf at 1:3\n"
      "  address offender 198.51.100.7 (x-arf: Source)\n"
      "  field service=ssh\n"
      "  field type=login-attack\n"
      "  field report-type=login-attack\n"
      "  field source-type=ip-address\n"
      "unread 1:1 1:2 1:8 1:9\n",
      { .parts = { { BODY (
            "Hello,\n\n"
            "Reported-From: \"jo@example.org\"\n"
            "Report-Type: Login Attack\n"
            "Source-Type: 'ip-address'\n"
            "Source: 198.51.100.7/32\n"
            "Port: ssh\n"
            "\n"
            "Nov 20 03:04:05 host sshd[1]: Failed password for root from 198.51.100.7\n") } } } },
    { "source-is-a-url-whose-host-is-an-address",
      TRUE,
      "x-arf at 1:1\n"
      "  url offender http://198.51.100.7:8080/login (x-arf: Source)\n"
      "  address offender 198.51.100.7 (x-arf: Source) derived\n"
      "  port offender 8080 (x-arf: Source) derived\n"
      "  field type=phishing\n"
      "  field report-type=phishing\n"
      "  field source-type=uri\n",
      { .headers = { { "X-ARF", "Yes" } },
        .parts = { { BODY ("Report-Type: phishing\nSource-Type: uri\n"
                           "Source: http://198.51.100.7:8080/login\n") } } } },
    { "source-is-a-domain",
      TRUE,
      "x-arf at 1:1\n"
      "  host offender shop.example.net (x-arf: Source)\n"
      "  field type=phishing\n"
      "  field report-type=phishing\n"
      "  field source-type=domain\n",
      { .parts = { { BODY (
            "Report-Type: phishing\nSource-Type: domain\nSource: shop.example.net\n") } } } },
    { "source-is-a-mail-address",
      TRUE,
      "x-arf at 1:1\n"
      "  field source-email=jo@example.net\n"
      "  field type=fraud\n"
      "  field report-type=fraud\n"
      "  field source-type=email\n",
      { .parts = { { BODY (
            "Report-Type: fraud\nSource-Type: email\nSource: jo@example.net\n") } } } },
    { "line-ends-doubled-and-quoted",
      TRUE,
      "x-arf at 1:1\n"
      "  address offender 2001:db8::7 (x-arf: Source)\n"
      "  field type=port-scan\n"
      "  field report-type=portscan\n"
      "  field source-type=ipv6\n",
      { .parts = { { BODY (
            "> Report-Type: portscan\n> \n> Source-Type: ipv6\n>\n> Source: 2001:db8::7\n") } } } },
    { "several-in-one-mail",
      TRUE,
      "x-arf at 1:1\n"
      "  address offender 198.51.100.7 (x-arf: Source)\n"
      "  field type=spam\n"
      "  field report-type=spam\n"
      "  field source-type=ipv4\n"
      "x-arf at 2:1\n"
      "  address offender 198.51.100.8 (x-arf: Source)\n"
      "  field type=spam\n"
      "  field report-type=spam\n"
      "  field source-type=ipv4\n",
      { .headers = { { "X-XARF", "BULK" } },
        .parts = { { BODY ("Report-Type: spam\nSource-Type: ipv4\nSource: 198.51.100.7\n") },
                   { BODY ("Report-Type: spam\nSource-Type: ipv4\nSource: 198.51.100.8\n") } } } },
    { "header-without-a-report",
      FALSE,
      "unread 1:1\ndefect malformed x-arf: there is no report with a Source\n",
      { .headers = { { "X-ARF", "YES" } }, .parts = { { BODY ("Nothing here.\n") } } } },
    { "alike-a-table-of-fields-that-is-none",
      FALSE,
      "unread 1:1 1:2 1:3\n",
      { .parts = { { BODY ("Source: 198.51.100.7\nSource-Type: firewall\nSeverity: high\n") } } } },
};

static void
test_xarf (gconstpointer data)
{
    given_check (data, xarf_text_read);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    GIVEN_ADD ("xarf-text", cases, test_xarf);
    return g_test_run ();
}
