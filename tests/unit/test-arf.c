#include "given.h"
#include "read/readers.h"

#define HEAD(t) .kind = PART_MAIL_HEAD, .type = "message/rfc822", .text = (t)
#define REPORT(t) .kind = PART_REPORT, .type = "message/feedback-report", .text = (t)
#define BODY(t) .kind = PART_TEXT, .type = "text/plain", .text = (t)

static const GivenCase cases[] = {
    { "complete",
      TRUE,
      "arf at 2:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  port offender 43122 (arf: Source-Port)\n"
      "  time 2026-11-20T03:04:05Z (arf: Arrival-Date)\n"
      "  count 3 (arf: Incidents)\n"
      "  url offender http://example.net/pills (arf: Reported-URI)\n"
      "  host offender example.net (arf: Reported-Domain)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "unread 1:1\n",
      { .parts = { { BODY ("This is a spam report.\n") },
                   { REPORT ("Feedback-Type: abuse\n"
                             "User-Agent: Example/1.0\n"
                             "Version: 1\n"
                             "Source-IP: 198.51.100.7\n"
                             "Source-Port: 43122\n"
                             "Arrival-Date: Fri, 20 Nov 2026 04:04:05 +0100\n"
                             "Incidents: 3\n"
                             "Reported-Domain: example.net\n"
                             "Reported-URI: http://example.net/pills\n"
                             "Unknown-Field: 203.0.113.9\n") } } } },
    { "fields-folded-and-in-odd-case",
      TRUE,
      "arf at 1:1\n"
      "  address offender 2001:db8::7 (arf: Source-IP)\n"
      "  time 2026-11-20T03:04:05Z (arf: Arrival-Date)\n"
      "  field type=fraud\n"
      "  field feedback-type=fraud\n",
      { .parts = { { REPORT ("FEEDBACK-TYPE: Fraud\n"
                             "user-agent: Example\n"
                             "version: 1\n"
                             "source-ip:\n"
                             "\tIPv6:2001:db8::7\n"
                             "Arrival-Date: Fri, 20 Nov 2026\n"
                             "  03:04:05 +0000\n") } } } },
    { "v4-mapped-source",
      TRUE,
      "arf at 1:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n",
      { .parts = { { REPORT ("Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\n"
                             "Source-IP: ::ffff:198.51.100.7\n") } } } },
    { "old-received-date",
      TRUE,
      "arf at 1:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "  time 2026-11-20T03:04:05Z (arf: Received-Date)\n",
      { .parts = { { REPORT (
            "Feedback-Type: abuse\nUser-Agent: E\nVersion: 0.1\nSource-IP: 198.51.100.7\n"
            "Received-Date: Fri, 20 Nov 2026 03:04:05 +0000\n") } } } },
    { "two-dates-are-malformed-but-read",
      TRUE,
      "arf at 1:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  time 2026-11-20T03:04:05Z (arf: Arrival-Date)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "defect malformed arf: both Arrival-Date and Received-Date\n",
      { .parts = { { REPORT (
            "Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\nSource-IP: 198.51.100.7\n"
            "Received-Date: Fri, 20 Nov 2026 03:00:00 +0000\n"
            "Arrival-Date: Fri, 20 Nov 2026 03:04:05 +0000\n") } } } },
    { "sparse-source-from-received-spf",
      TRUE,
      "arf at 1:1\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "  address offender 198.51.100.7 (attached mail: Received-SPF client-ip) derived\n"
      "unread 2:1\n",
      { .parts = { { REPORT ("Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\n") },
                   { HEAD ("Subject: x\n"),
                     .headers = { { "Received", "from mail.example.net ([203.0.113.5]) by "
                                                "mx.example.org; now" },
                                  { "Received-SPF", "pass (mx.example.org: ...) "
                                                    "client-ip=198.51.100.7;" } } } } } },
    { "sparse-source-from-the-first-hop-between-organisations",
      TRUE,
      "arf at 1:1\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "  time 2026-11-20T03:04:05Z (attached mail: Received) derived\n"
      "  address offender 198.51.100.7 (attached mail: Received from) derived\n"
      "unread 2:1\n",
      { .parts = { { REPORT ("Feedback-Type: abuse\nUser-Agent: E\nVersion: 1\n") },
                   { HEAD ("Subject: x\n"),
                     .headers = { { "Received",
                                    "from mx1.example.org ([203.0.113.5]) by "
                                    "store.example.org; Fri, 20 Nov 2026 03:04:05 +0000" },
                                  { "Received",
                                    "from [192.168.1.2] (helo=x) by scan.example.org; now" },
                                  { "Received", "from 9.example.net (9.example.net "
                                                "[198.51.100.7]:25) by mx.example.org; Fri, 20 Nov "
                                                "2026 03:00:00 +0000" },
                                  { "Received", "from inner ([203.0.113.99]) by mail.example.net" },
                                  { "X-Originating-IP", "[203.0.113.98]" } } } } } },
    { "junk-mail-program-without-a-report-part",
      TRUE,
      "arf at 2:1\n"
      "  address offender 198.51.100.7 (attached mail: Authentication-Results) derived\n"
      "  field type=spam\n"
      "unread 1:1 2:1\n"
      "defect malformed arf: there is no message/feedback-report part\n",
      { .parts = { { BODY ("complaint\n") },
                   { HEAD ("Subject: x\n"),
                     .headers = { { "X-HmXmrOriginalRecipient", "jo@example.org" },
                                  { "Authentication-Results",
                                    "example.org; spf=pass (sender IP is 198.51.100.7) x" },
                                  { "Received", "from a ([203.0.113.5]) by b" } } } } } },
    { "attached-header-as-plain-text",
      TRUE,
      "arf at 1:1\n"
      "  field type=opt-out\n"
      "  field feedback-type=opt-out\n"
      "  time 2026-11-20T03:04:05Z (attached mail: Received) derived\n"
      "  address offender 198.51.100.7 (attached mail: Received from) derived\n"
      "unread 2:4 2:5\n",
      { .parts = { { REPORT ("Feedback-Type: opt-out\nUser-Agent: E\nVersion: 1\n") },
                   { BODY ("From: jo@example.net\nReceived: from a.example.net ([198.51.100.7])\n"
                           " by mx.example.org; Fri, 20 Nov 2026 03:04:05 +0000\n\nText\n") } } } },
    { "encoded-twice",
      TRUE,
      "arf at 1:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n",
      { .parts = { { REPORT ("RmVlZGJhY2stVHlwZTogYWJ1c2UKVXNlci1BZ2VudDogRQpWZXJzaW9uOiAxClNv\n"
                             "dXJjZS1JUDogMTk4LjUxLjEwMC43Cg==\n") } } } },
    { "forwarded-in-the-body",
      TRUE,
      "arf at 1:3\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  field type=spam\n"
      "  field feedback-type=abuse\n"
      "unread 1:1 1:2 1:7\n",
      { .parts = { { BODY ("See below.\n\n> Feedback-Type: abuse\n> User-Agent: E\n> Version: 1\n"
                           "> Source-IP: 198.51.100.7\n> \n") } } } },
    { "without-feedback-type",
      FALSE,
      "unread 1:1\ndefect malformed arf: Feedback-Type is missing\n",
      { .parts = { { REPORT ("Source-IP: 198.51.100.7\n") } } } },
    { "without-version",
      TRUE,
      "arf at 1:1\n"
      "  address offender 198.51.100.7 (arf: Source-IP)\n"
      "  field type=malware\n"
      "  field feedback-type=virus\n"
      "defect malformed arf: User-Agent is missing\n"
      "defect malformed arf: Version is missing\n",
      { .parts = { { REPORT ("Feedback-Type: virus\nSource-IP: 198.51.100.7\n") } } } },
    { "xarf-wears-its-clothes",
      FALSE,
      "unread 1:1 1:2 1:3\n",
      { .parts = { { REPORT ("Feedback-Type: xarf\nUser-Agent: E\nVersion: 1\n") } } } },
    { "prose-that-names-the-field",
      FALSE,
      "unread 1:1\n",
      { .parts = { { BODY ("The Feedback-Type: abuse of our loop is explained here.\n") } } } },
    { "an-attached-mail-alone",
      FALSE,
      "unread 1:1 2:1\n",
      { .parts = { { BODY ("I got this spam.\n") },
                   { HEAD ("Subject: x\n"),
                     .headers = { { "Received", "from a ([198.51.100.7]) by b" } } } } } },
};

static void
test_arf (gconstpointer data)
{
    given_check (data, arf_read);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    GIVEN_ADD ("arf", cases, test_arf);
    return g_test_run ();
}
