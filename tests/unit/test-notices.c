/* SpamCop's reports, and the notices of mail systems. */
#include "given.h"
#include "read/readers.h"

#define BODY(t) .kind = PART_TEXT, .type = "text/plain", .text = (t)
#define STATUS(t) .kind = PART_REPORT, .type = "message/delivery-status", .text = (t)

static const GivenCase spamcop[] = {
    { "mail",
      TRUE,
      "spamcop at 1:4\n"
      "  field type=spam\n"
      "  address offender 198.51.100.7 (spamcop: Email from)\n"
      "  time 2026-11-20T03:04:05Z (spamcop: Email from)\n",
      { .parts = { { BODY ("[ SpamCop V5.4.0 ]\n"
                           "This message is brief for your comfort.\n"
                           "\n"
                           "Email from 198.51.100.7 / Fri, 20 Nov 2026 03:04:05 +0000 (UT\n"
                           "http://www.spamcop.net/w3m?i=z1z\n"
                           "[ Offending message ]\n"
                           "Received: from x ([192.0.2.1]) by y\n") } } } },
    { "quoted-sites-and-what-follows",
      TRUE,
      "spamcop at 1:4\n"
      "  field type=spamvertized\n"
      "  address offender 198.51.100.7 (spamcop: site is)\n"
      "  time 2026-11-20T03:04:05Z (spamcop: site is)\n"
      "  url offender http://shop.example.net/a (spamcop: spamvertised)\n"
      "unread 1:1 1:7\n",
      { .parts = { { BODY ("See below.\n"
                           "> [ SpamCop V5.4.0 ]\n"
                           "> Spamvertised web site: http://shop.example.net/a\n"
                           "> http://shop.example.net/a is 198.51.100.7; Fri, 20 Nov 2026 03:04:05 "
                           "+0000\n"
                           "> [ Offending message ]\n"
                           "> http://192.0.2.1/\n"
                           "Regards\n") } } } },
    { "alike-a-list-of-block-lists",
      FALSE,
      "unread 1:1 1:2\n",
      { .parts = { { BODY ("Listed: [ SpamCop V5 ]\nEmail from 198.51.100.7 / today\n") } } } },
};

static const GivenCase dsn[] = {
    { "delivery-status",
      TRUE,
      "dsn at 2:1\n"
      "  field notice=delivery-status\n"
      "dsn at 2:1\n"
      "  field action=failed\n"
      "  field status=5.1.1\n"
      "unread 1:1\n",
      { .parts = { { BODY ("Sorry.\n") },
                   { STATUS ("Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; "
                             "jo@example.org\nAction: failed\nStatus: 5.1.1\n") } } } },
    { "qmail-bounce",
      TRUE,
      "header at 0:1\n  field return-path=<>\ndsn at 1:1\n  field notice=bounce\nunread 1:1\n",
      { .headers = { { "Return-Path", "<>" } },
        .parts = { { BODY ("Hi. This is the qmail-send program at mx.example.org.\n") } } } },
    { "automatic-reply",
      TRUE,
      "header at 0:1\n"
      "  field auto-submitted=auto-replied\n"
      "dsn at 0:1\n"
      "  field notice=auto-reply\n",
      { .headers = { { "Auto-Submitted", "auto-replied; x=y" }, { "X-Autoreply", "yes" } } } },
    { "ticket-systems-say-auto-replied-too",
      FALSE,
      "header at 0:1\n  field auto-submitted=auto-replied\nunread 1:1\n",
      { .headers = { { "Auto-Submitted", "auto-replied" } },
        .parts = { { BODY ("Your host 198.51.100.7 attacks us.\n") } } } },
    { "complaint-about-a-bounce-it-attaches",
      FALSE,
      "unread 1:1 2:1\n",
      { .parts = { { BODY ("Stop this backscatter.\n") },
                   { STATUS ("Action: failed\n"), .mail = 7 } } } },
    { "complaint-that-quotes-a-bounce",
      FALSE,
      "unread 1:1\n",
      { .parts = { { BODY ("This is the mail system at host mx.example.org, it says\n") } } } },
};

static void
test_spamcop (gconstpointer data)
{
    given_check (data, spamcop_read);
}

static void
test_dsn (gconstpointer data)
{
    given_check (data, dsn_read);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    GIVEN_ADD ("spamcop", spamcop, test_spamcop);
    GIVEN_ADD ("dsn", dsn, test_dsn);
    return g_test_run ();
}
