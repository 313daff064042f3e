#include "given.h"
#include "read/readers.h"

#define JSON(t) .kind = PART_DATA, .type = "application/json", .text = (t)
#define BODY(t) .kind = PART_TEXT, .type = "text/plain", .text = (t)

static const GivenCase cases[] = {
    { "version-1-to-3",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 198.51.100.7 (xarf: SourceIp)\n"
      "  port offender 43122 (xarf: SourcePort)\n"
      "  address victim 203.0.113.9 (xarf: DestinationIp)\n"
      "  port victim 22 (xarf: DestinationPort)\n"
      "  port victim 2222 (xarf: DestinationPort)\n"
      "  time 2026-11-20T03:04:05Z (xarf: Date)\n"
      "  field xarf-version=3\n"
      "  field category=activity\n"
      "  field type=login-attack\n"
      "  field report-type=loginattack\n"
      "unread 1:7\n",
      { .parts = { { JSON (
            "{\"Version\": \"3\",\n"
            " \"ReporterInfo\": {\"ReporterOrg\": \"Example\", \"SourceIp\": \"192.0.2.1\"},\n"
            " \"Report\": {\"ReportClass\": \"Activity\", \"ReportType\": \"LoginAttack\",\n"
            "  \"Date\": \"2026-11-20T04:04:05+01:00\", \"FirstSeen\": "
            "\"2026-11-19T00:00:00Z\",\n"
            "  \"SourceIp\": \"198.51.100.7\", \"SourcePort\": 43122,\n"
            "  \"DestinationIp\": \"203.0.113.9\", \"DestinationPort\": [22, \"2222\"],\n"
            "  \"Samples\": [{\"Payload\": \"x\", \"SourceIp\": \"192.0.2.2\"}]}}\n") } } } },
    { "version-3-with-a-nested-source",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 198.51.100.7 (xarf: SourceIp)\n"
      "  port offender 43122 (xarf: SourcePort)\n"
      "  time 2026-11-20T03:04:05Z (xarf: Date)\n"
      "  field xarf-version=3.0.0\n"
      "  field category=messaging\n"
      "  field type=spam\n"
      "  field report-type=spam\n",
      { .parts = { { JSON (
            "{\"Version\":\"3.0.0\",\"ReporterInfo\":{},\"Report\":{\"ReportClass\":"
            "\"Messaging\",\"ReportType\":\"Spam\",\"Date\":\"2026-11-20T03:04:05Z\","
            "\"Source\":{\"Type\":\"ip-address\",\"IP\":\"198.51.100.7\",\"Port\":43122}}"
            "}") } } } },
    { "version-4",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 2001:db8::7 (xarf: source_identifier)\n"
      "  port offender 43122 (xarf: SourcePort)\n"
      "  port victim 5060 (xarf: DestinationPort)\n"
      "  time 2026-11-20T03:04:05Z (xarf: timestamp)\n"
      "  protocol udp (xarf: protocol)\n"
      "  field xarf-version=4.2.0\n"
      "  field category=connection\n"
      "  field type=login-attack\n"
      "  field report-type=login-attack\n",
      { .parts = { { JSON (
            "{\"xarf_version\":\"4.2.0\",\"report_id\":\"x\",\"timestamp\":"
            "\"2026-11-20T03:04:05Z\",\"reporter\":{\"org\":\"E\",\"type\":\"unknown\"},"
            "\"source_identifier\":\"2001:db8::7\",\"source_port\":43122,\"destination_port\":"
            "5060,\"category\":\"connection\",\"type\":\"login_attack\",\"protocol\":\"udp\","
            "\"first_seen\":\"2026-11-19T03:04:05Z\",\"_internal\":{\"type\":\"x\"}}") } } } },
    { "version-4-phishing-port-of-the-url-and-a-protocol-above-tcp",
      TRUE,
      "xarf at 1:1\n"
      "  field protocol=smtp\n"
      "  url offender https://198.51.100.7:8443/a (xarf: url)\n"
      "  address offender 198.51.100.7 (xarf: url) derived\n"
      "  port offender 8443 (xarf: url) derived\n"
      "  field xarf-version=4.0.0\n"
      "  field category=content\n"
      "  field type=phishing\n"
      "  field report-type=phishing\n",
      { .parts = { { JSON (
            "{\"xarf_version\":\"4.0.0\",\"class\":\"content\",\"type\":\"phishing\","
            "\"url\":\"https:\\/\\/198.51.100.7:8443\\/a\",\"protocol\":\"smtp\"}") } } } },
    { "hyphens-and-flat",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 198.51.100.7 (xarf: SourceIp)\n"
      "  field category=activity\n"
      "  field type=ddos\n"
      "  field report-type=dos\n",
      { .parts = { { JSON ("{\"Report-Class\":\"Activity\",\"Report_Type\":\"DOS\",\"Source-IP\":"
                           "\"198.51.100.7\"}") } } } },
    { "compromised-account-and-first-seen-stand-in",
      TRUE,
      "xarf at 1:1\n"
      "  field xarf-version=3\n"
      "  field type=compromised-account\n"
      "  field report-type=potentiallycompromisedaccount\n"
      "  address offender 198.51.100.7 (xarf: AttackerIp)\n"
      "  time 2026-11-20T03:04:05Z (xarf: FirstSeen)\n",
      { .parts = { { JSON ("{\"Version\":3,\"ReporterInfo\":{},\"Report\":{\"ReportType\":"
                           "\"PotentiallyCompromisedAccount\",\"AttackerIp\":\"198.51.100.7\","
                           "\"FirstSeen\":\"2026-11-20T03:04:05Z\"}}") } } } },
    { "evidence-is-left-to-free-text",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 198.51.100.7 (xarf: source_identifier)\n"
      "  field xarf-version=4.2.0\n"
      "unread 1:2 1:2 1:3\n",
      { .parts = { { JSON ("{\"xarf_version\":\"4.2.0\",\"source_identifier\":\"198.51.100.7\",\n"
                           "\"evidence\":[{\"content_type\":\"text/plain\",\"payload\":"
                           "\"b25lCnR3bwo=\"},{\"content_type\":\"image/png\",\"payload\":"
                           "\"b25lCnR3bwo=\"}]}\nlast\n") } } } },
    { "in-the-body-quoted-and-two-of-them",
      TRUE,
      "xarf at 1:2\n"
      "  address offender 198.51.100.7 (xarf: source_identifier)\n"
      "  field xarf-version=4.2.0\n"
      "  field type=port-scan\n"
      "  field report-type=port-scan\n"
      "xarf at 1:6\n"
      "  address offender 198.51.100.8 (xarf: source_identifier)\n"
      "  field xarf-version=4.2.0\n"
      "  field type=spam\n"
      "  field report-type=spam\n"
      "unread 1:1 1:5 1:7\n",
      { .parts = { { BODY ("See {this}:\n"
                           "> {\"xarf_version\": \"4.2.0\",\n"
                           ">  \"type\": \"port_scan\",\n"
                           ">  \"source_identifier\": \"198.51.100.7\"}\n"
                           "and\n"
                           "{\"xarf_version\":\"4.2.0\",\"type\":\"spam\",\"source_identifier\":"
                           "\"198.51.100.8\"}\n"
                           "Regards\n") } } } },
    { "not-quite-json",
      TRUE,
      "xarf at 1:1\n"
      "  address offender 198.51.100.7 (xarf: SourceIp)\n"
      "  port victim 22 (xarf: DestinationPort)\n"
      "  field category=activity\n"
      "  field type=login-attack\n"
      "  field report-type=login-attack\n"
      "defect malformed xarf: JSON is not well-formed\n",
      { .parts = { { JSON ("{\"Report\": {\"ReportClass\": \"Activity\"\n"
                           "  \"ReportType\": \"Login-Attack\",\n"
                           "  \"SourceIp\": \"198.51.100.7\", \"DestinationPort\": 22,\n") } } } },
    { "a-log-line-in-json-is-no-report",
      FALSE,
      "unread 1:1\n",
      { .parts = { { JSON ("{\"source_ip\":\"198.51.100.7\",\"type\":\"xarf_version\"}\n") } } } },
    { "an-object-with-a-report-type-of-its-own",
      FALSE,
      "unread 1:1\n",
      { .parts = { { JSON ("{\"ReportType\":\"weekly\",\"SourceIp\":\"198.51.100.7\"}\n") } } } },
};

static void
test_xarf (gconstpointer data)
{
    given_check (data, xarf_json_read);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    GIVEN_ADD ("xarf-json", cases, test_xarf);
    return g_test_run ();
}
