#include "read/intake.h"
#include "read/lines.h"

/* A letter a line says its zone: S subject, P prose, E evidence, R report, Q quoted, G signature,
 * B boilerplate, A attached. */
static const char letters[N_ZONES + 1] = "SPERQGBA";

typedef struct Case {
    const char *name, *body, *want;
} Case;

#define WHOIS "inetnum: 192.0.2.0 - 192.0.2.255\nnetname: EXAMPLE\ncountry: NL\n"
#define OWN "One line.\nAnother line.\nA third line.\nA fourth line.\nA fifth line of our own.\n"

static const Case texts[] = {
    { "prose", "Hello,\n\nan attack.\n", "PPP" },
    { "quoted", OWN "> they said\n>> more\n > and more\nand so on\n", "PPPPPQQQP" },
    { "attribution", OWN "On 20 Nov 2026, Jo Doe wrote:\n> this\n", "PPPPPQQ" },
    { "attribution-wrapped",
      OWN "On 20 Nov 2026 at 03:04, Jo Doe <jo@example.net>\nwrote:\n> this\n", "PPPPPQPQ" },
    { "attribution-german", OWN "Am 20.11.2026 um 03:04 schrieb Jo Doe:\n> this\n", "PPPPPQQ" },
    { "no-attribution", "On 20 Nov 2026 your host attacked ours.\n", "P" },
    { "original-message",
      OWN "-----Original Message-----\nFrom: Jo\nTo: Ed\nSubject: x\n\ntheir words\n",
      "PPPPPQQQQQQ" },
    { "outlook-head", OWN "From: Jo Doe\nSent: Friday\nTo: Ed\nSubject: x\n\ntheir words\n",
      "PPPPPQQQQQQ" },
    { "bold-outlook-head", OWN "*From:* Jo Doe\n*Sent:* Friday\n*Subject:* x\ntheir words\n",
      "PPPPPQQQQ" },
    { "addresses-are-no-head",
      "From: 192.0.2.1\nTo: 198.51.100.2\nDate: 20 Nov 2026\n\nplease stop\n", "PPPPP" },
    { "end-of-forward",
      OWN
      "----- Forwarded message from Jo -----\ntheirs\n----- End of forwarded message -----\nours\n",
      "PPPPPQQQP" },
    { "words-about-a-message", "The original message is below, and more of it there.\n", "P" },
    { "nothing-but-a-forward",
      "FYI\n\n---------- Forwarded message ---------\nFrom: Jo <jo@example.net>\nDate: x\nSubject: "
      "x\n\n"
      "an attack from 192.0.2.1\nmore\nand more\n",
      "PPQQQQQPPP" },
    { "nothing-but-a-quote", "see below\n\n> an attack from 192.0.2.1\n> at noon\n> again at ten\n",
      "PPPPP" },
    { "signature-in-a-forward",
      "FYI\n\nBegin forwarded message:\n\nan attack\nfrom you\nand you\nall day\n-- \nJo Doe\n",
      "PPQQPPPPGG" },
    { "signature", "an attack\n-- \nJo Doe\nExample Ltd\n", "PGGG" },
    { "signature-without-blank", "an attack\n--\nJo Doe\n", "PGG" },
    { "signature-with-an-address", "an attack\n--\nlog: 192.0.2.1 did it\n", "PPP" },
    { "dashes-part-sections", "a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n",
      "PPPPPPPPPPPPPPPPPP" },
    { "two-texts-one-signature", "a\n---\nb\n", "PPP" },
    { "whois", "an attack\n\n" WHOIS "\nthank you\n", "PPBBBPP" },
    { "whois-with-comments", "% Information related to '192.0.2.0'\n\n" WHOIS, "BBBBB" },
    { "arin", "NetRange: 192.0.2.0 - 192.0.2.255\nCIDR: 192.0.2.0/24\nOrgName: Example\nBye, Jo\n",
      "BBBP" },
    { "key-value-is-no-whois", "Source: 192.0.2.1\nCountry: NL\nDescr: x\nPort: 22\n", "PPPP" },
    { "one-key-is-no-whois", "inetnum: 192.0.2.0 is yours\nplease look\n", "PP" },
    { "disclaimer",
      "an attack\n\nThis mail is intended only for the addressee. If you are\nnot the intended "
      "recipient, delete it.\n",
      "PPBB" },
    { "disclaimer-with-an-address", "If you are not the intended recipient tell 192.0.2.1\n", "P" },
    { "confidential-matter", "Please treat this as confidential, it is an investigation.\n", "P" },
    { "subscription",
      "x\n\nYou receive this mail because you subscribed.\nTo unsubscribe, click.\n", "PPBB" },
    { "because-of-an-attack", "You receive this mail because an attack came from you.\n", "P" },
    { "pasted-mail",
      "spam:\n\nReturn-Path: <a@example.net>\nReceived: from x by y\n\twith z; today\nSubject: "
      "buy\n\nbuy this\n",
      "PPAAAAAA" },
    { "pasted-mail-wrapped",
      "spam:\n\nReceived: from x by y\nwith something long\nReturn-Path: <a@example.net>\nSubject: "
      "buy\n\nbuy this\n",
      "PPAAAAAA" },
    { "one-received-line", "spam:\nReceived: from x by y\nplease stop\n", "PPP" },
    { "mbox-from-is-no-quote", ">From what we see it is you.\n", "P" },
};

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"

static const Case mails[] = {
    { "report",
      MIXED "a\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n",
      "SPR" },
    { "data", MIXED "a\n--b\nContent-Type: text/csv\n\n1,2\n3,4\n--b--\n", "SPEE" },
    { "attached-mail", MIXED "a\n--b\nContent-Type: message/rfc822\n\nSubject: s\n\nbuy\n--b--\n",
      "SPAA" },
    { "attached-complaint",
      MIXED
      "fyi\n--b\nContent-Type: message/rfc822\n\nTo: abuse@example.net\n\nan\nattack\n--b--\n",
      "SPAPP" },
    { "attached-complaint-under-words",
      MIXED OWN "--b\nContent-Type: message/rfc822\n\nTo: abuse@example.net\n\nan\nattack\n--b--\n",
      "SPPPPPAQQ" },
    { "complaint-in-a-report",
      MIXED
      "a\n--b\nContent-Type: message/feedback-report\n\nx: y\n--b\nContent-Type: message/rfc822\n\n"
      "To: abuse@example.net\n\nan\nattack\n--b--\n",
      "SPRAAA" },
    { "spare-is-left-out",
      "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nthe text\n--b\nContent-Type: "
      "text/html\n\n<p>the text\n--b--\n",
      "SP" },
    { "html-quote",
      "Content-Type: text/html\n\n<p>1<p>2<p>3<p>4<p>5<blockquote type=cite>theirs</blockquote>",
      "SPPPPPPPPPPQ" },
};

static char *
zones_of (const char *mail, Facts *facts, Arena *arena)
{
    GString *got = g_string_new (NULL);

    *facts = (Facts) { .message = intake_read (arena, span_of (mail)) };
    lines_mark (facts);
    for (guint i = 0; i < facts->lines.n; i++)
        g_string_append_c (got, letters[facts->lines.items[i].zone]);
    return g_string_free (got, FALSE);
}

static void
test_text (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 22);
    g_autofree char *mail = g_strconcat ("Subject: s\n\n", c->body, NULL);
    Facts facts;
    g_autofree char *got = zones_of (mail, &facts, arena);

    g_assert_cmpstr (got + 1, ==, c->want);
}

static void
test_mail (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 22);
    g_autofree char *mail = g_strconcat ("Subject: s\n", c->body, NULL);
    Facts facts;
    g_autofree char *got = zones_of (mail, &facts, arena);

    g_assert_cmpstr (got, ==, c->want);
}

/* Where a line stood is kept, and its quote marks are taken off. */
static void
test_place (void)
{
    g_autoptr (Arena) arena = arena_new (1 << 22);
    Facts facts;
    g_autofree char *got = zones_of ("Subject: s\n\na\n\n> > b\n", &facts, arena);
    const Line *line = &facts.lines.items[3];

    g_assert_cmpstr (got, ==, "SPPQ");
    g_assert_cmpuint (facts.lines.items[0].part, ==, 0);
    g_assert_cmpuint (facts.lines.items[0].number, ==, 1);
    g_assert_cmpuint (line->part, ==, 1);
    g_assert_cmpuint (line->number, ==, 3);
    g_assert_cmpuint (line->record, ==, RECORD_NONE);
    g_assert_true (span_is (line->text, "b"));
}

static void
test_many (gconstpointer line)
{
    g_autoptr (GString) mail = g_string_new ("Subject: s\n\n");
    g_autoptr (Arena) arena = arena_new (1 << 26);
    Facts facts;

    for (guint i = 0; i < LIMIT_LINES + 1000; i++)
        g_string_append (mail, line);
    g_free (zones_of (mail->str, &facts, arena));
    g_assert_cmpuint (facts.lines.n, ==, LIMIT_LINES);
    g_assert_cmpuint (facts.message->defects.n, >=, 1);
}

static void
add (const char *what, const Case *cases, gsize n, GTestDataFunc test)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf ("/lines/%s/%s", what, cases[i].name);

        g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    add ("text", texts, G_N_ELEMENTS (texts), test_text);
    add ("mail", mails, G_N_ELEMENTS (mails), test_mail);
    g_test_add_func ("/lines/place/part-and-line", test_place);
    g_test_add_data_func ("/lines/bounds/many-lines", "a\n", test_many);
    g_test_add_data_func ("/lines/bounds/many-signatures", "--\n", test_many);
    g_test_add_data_func ("/lines/bounds/many-fields", "From: a\n", test_many);
    g_test_add_data_func ("/lines/bounds/many-whois-keys", "inetnum: a\n\n", test_many);
    g_test_add_data_func ("/lines/bounds/many-attributions", "On a\n", test_many);
    return g_test_run ();
}
