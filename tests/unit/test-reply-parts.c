/* The parts of drafts: cutting and wrapping texts, quoting a mail, the operator's own words, what
 * is warned of, and the Maildir. */
#include "base/addrspec.h"
#include "effect/reply_fill.h"
#include "exact.h"
#include "folder.h"
#include "judge/judge.h"
#include "know/reply_cut.h"
#include "replies.h"

/* Words */

static const struct {
    const char *text, *pieces; /* variables in <>, what is wrong in [] */
} cuts[] = {
    { "a {ip} b", "a |<ip>| b|" },
    { "{ip}{time}", "<ip>|<time>|" },
    { "", "" },
    { "{{ip}}", "{|ip|}|" },
    { "a { b\nc", "a |[{ b]|\nc|" },
    { "{", "[{]|" },
    { "a }", "a |[}]|" },
    { "{}", "<!>|" },
    { "{ipp}", "<!ipp>|" },
    { "{ip{time}", "[{ip]|<time>|" },
};

static void
test_pieces (void)
{
    static const char *const marks[][2] = { { "", "" }, { "<", ">" }, { "[", "]" } };

    for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++) {
        g_autoptr (GString) got = g_string_new (NULL);
        ReplyPiece piece;
        Span rest;
        G_GNUC_UNUSED g_autofree char *exact = exact_copy (cuts[i].text, &rest);

        while (reply_next (&rest, &piece)) {
            gboolean unknown = piece.kind == PIECE_VARIABLE && piece.variable == N_REPLY_VARIABLES;
            g_autofree char *text = span_dup (piece.text);

            g_string_append_printf (got, "%s%s%s%s|", marks[piece.kind][0], unknown ? "!" : "",
                                    text, marks[piece.kind][1]);
        }
        expect (cuts[i].text, got->str, cuts[i].pieces);
    }
}

static const struct {
    const char *text, *sentences;
} sentences[] = {
    { "One. Two", "One.|Two|" },
    { "Is it 3.5? Yes! (Or so.) Then", "Is it 3.5?|Yes!|(Or so.)|Then|" },
    { "He said \"no.\" She left", "He said \"no.\"|She left|" },
    { "See https://example.com/a.html .  End.", "See https://example.com/a.html .|End.|" },
    { "a.b\n c", "a.b\n c|" },
    { "", "" },
    { "\xe7\xb5\x82\xe3\x80\x82\xe6\xac\xa1", "\xe7\xb5\x82\xe3\x80\x82|\xe6\xac\xa1|" },
};

static void
test_sentences (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
        g_autoptr (GString) got = g_string_new (NULL);
        Span rest, sentence;
        G_GNUC_UNUSED g_autofree char *exact = exact_copy (sentences[i].text, &rest);

        while (reply_next_sentence (&rest, &sentence))
            g_string_append_printf (got, "%.*s|", (int)span_left (sentence), sentence.p);
        expect (sentences[i].text, got->str, sentences[i].sentences);
    }
}

static void
test_paragraphs (void)
{
    g_autoptr (GString) got = g_string_new (NULL);
    Span rest, paragraph;
    G_GNUC_UNUSED g_autofree char *exact = exact_copy ("\n a\nb\n \t\n\nc", &rest);

    while (reply_next_paragraph (&rest, &paragraph)) {
        g_autofree char *squeezed = reply_squeeze (paragraph);

        g_string_append_printf (got, "%s|", squeezed);
    }
    g_assert_cmpstr (got->str, ==, "a b|c|");
}

static void
test_wrap (void)
{
    g_autoptr (GString) out = g_string_new (NULL);

    reply_wrap (out,
                "This line is just as wide as lines may be, and that is seventy-two, yes. Then "
                "https://example.com/a-word-that-is-wider-than-any-line-may-be-and-so-stands-alone "
                ". End",
                "1. ", "   ");
    g_assert_cmpstr (
        out->str, ==,
        "1. This line is just as wide as lines may be, and that is seventy-two,\n"
        "   yes. Then\n"
        "   https://example.com/a-word-that-is-wider-than-any-line-may-be-and-so-stands-alone .\n"
        "   End\n");
}

/* The manual page names every variable and every condition. */
static void
test_manual (void)
{
    g_autofree char *page = NULL;
    g_autoptr (GString) plain = NULL;

    g_assert_true (g_file_get_contents ("doc/abuse-milter-scenario.5.in", &page, NULL, NULL));
    plain = g_string_new (strstr (page, ".SH REPLIES"));
    g_string_replace (plain, "\\-", "-", 0);
    for (guint i = 0; i < N_REPLY_VARIABLES + N_REPLY_CONDITIONS; i++) {
        const char *name =
            i < N_REPLY_VARIABLES ? reply_variables[i] : reply_conditions[i - N_REPLY_VARIABLES];
        g_autofree char *regex = g_strdup_printf ("^\\.B (.*, )?%s(,|$)", name);

        if (!g_regex_match_simple (regex, plain->str, G_REGEX_MULTILINE, 0))
            g_error ("the manual page does not name %s", name);
    }
}

static const struct {
    const char *text;
    gboolean plain;
} addresses[] = {
    { "a@b", TRUE },         { "kim+x@mx.example.org", TRUE },
    { "", FALSE },           { "@b", FALSE },
    { "a@", FALSE },         { "a@b@c", FALSE },
    { "a b@c", FALSE },      { "<a@b>", FALSE },
    { "\"a\"@b", FALSE },    { "a@b\nBcc: c", FALSE },
    { "\xc3\xbc@b", FALSE }, { "a,b@c", FALSE },
};

static void
test_addresses (void)
{
    g_autofree char *long_one = g_strnfill (300, 'a');

    for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
        g_assert_cmpint (addrspec_is_plain (addresses[i].text), ==, addresses[i].plain);
    long_one[1] = '@';
    g_assert_false (addrspec_is_plain (long_one));
    g_assert_false (addrspec_is_plain (NULL));
}

/* Quoting */

static const char complaint[] =
    "From: Kim <kim@example.org>\nTo: Abuse desk <abuse@example.net>\nSubject: attack\n"
    "Date: Fri, 20 Nov 2026 03:09:00 +0000\nMessage-ID: <1@example.org>\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
    "Dear \xe2\x80\xaesirs\033[2J,\n\n\n"
    "somebody at 198.51.100.7 guesses our passwords. Please stop it.\n\n"
    "%s"
    "Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 "
    "ssh2\n\n"
    "Kim\n";

static char *
draft_of (const Knowledge *know, const char *mail)
{
    g_autoptr (Arena) arena = arena_new (1 << 26), room = arena_new (1 << 24);
    const Envelope unknown = { NULL, NULL, NULL };
    const Verdict *v = judge_mail (know, arena, span_of (mail), REPLIES_NOW);
    g_autoptr (LogRow) row =
        logrow_new (v, &unknown, "01KAFC0S000000000000000000", REPLIES_NOW * 1000);
    const ReplyAsk ask = { row, v->facts, know, REPLIES_NOW };
    g_autoptr (GError) error = NULL;
    const Draft *d = reply_draft (room, &ask, &error);

    return d != NULL ? draft_text (d) : g_strdup (error->message);
}

static void
assert_holds (const char *text, const char *part)
{
    if (strstr (text, part) == NULL)
        g_error ("'%s' is not in\n%s", part, text);
}

static void
test_quote (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_relays);
    g_autofree char *mail = g_strdup_printf (complaint, ""), *draft = draft_of (know, mail);

    assert_holds (draft,
                  "\nOn 2026-11-20 03:09:00 UTC, kim@example.org wrote:\n"
                  "> Dear \xef\xbf\xbdsirs\xef\xbf\xbd[2J,\n>\n"
                  "> somebody at 198.51.100.7 guesses our passwords. Please stop it.\n>\n"
                  "> Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 "
                  "port 43122 ssh2\n");
    g_assert_null (strchr (draft, '\033'));
}

/* The line that accuses us is quoted, however far down it stands. */
static void
test_quote_is_short (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_relays);
    g_autoptr (GString) others = g_string_new (NULL);
    g_autofree char *mail = NULL, *draft = NULL;

    for (guint i = 0; i < 300; i++)
        g_string_append_printf (others,
                                "Nov 20 03:00:%02u host sshd[4711]: Failed password for root from "
                                "203.0.113.%u port 43122 ssh2\n",
                                i / 5, 20 + i % 200);
    mail = g_strdup_printf (complaint, others->str);
    draft = draft_of (know, mail);
    assert_holds (draft, "203.0.113.20 port 43122 ssh2\n");
    assert_holds (draft,
                  "\n> [...]\n> Nov 20 03:04:05 host sshd[4711]: Failed password for root from "
                  "198.51.100.7 port 43122 ssh2\n");
    g_assert_cmpuint (strlen (draft), <, 8000);
}

/* Of a report whose URLs are withheld not a line is repeated. */
static void
test_quote_withheld (void)
{
    g_autoptr (Knowledge) know = replies_know (replies_hoster);
    g_autofree char *mail = NULL, *draft = NULL;

    g_assert_true (
        g_file_get_contents ("tests/mails/child-abuse/hotline-report.eml", &mail, NULL, NULL));
    draft = draft_of (know, mail);
    assert_holds (draft, "Subject: Checklist: ");
    assert_holds (draft, "To: Jo Example <abuse@example.net>");
    g_assert_null (strstr (draft, "\n> "));
    g_assert_null (strstr (draft, "hotline.example.org/"));
}

/* Who writes */

static void
test_from (void)
{
    g_autoptr (Knowledge) plain = replies_know ("log: none\n");
    g_autoptr (Knowledge) other = replies_know ("watch: [noc@*]\n");
    g_autofree char *mail = g_strdup_printf (complaint, "");
    g_autofree char *watched = draft_of (plain, mail), *none = draft_of (other, mail);

    assert_holds (watched, "\nFrom: abuse@example.net\n");
    assert_holds (none, "no address to write from");
}

/* The operator's own words */

static void
put_file (const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (folder, name, NULL),
                    *parent = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
settings_with_texts (const char *folder, const char *language)
{
    return g_strdup_printf ("networks:\n  - {cidr: 198.51.100.0/24, relay: quokka1}\n"
                            "reply: {from: a@example.net, language: %s, texts: %s}\n",
                            language, folder);
}

static void
test_own_words (void)
{
    g_autofree char *folder = g_dir_make_tmp ("replies-XXXXXX", NULL), *yaml = NULL, *mail = NULL,
                    *draft = NULL;
    g_autoptr (Knowledge) know = NULL;

    put_file (folder, "mine.yaml",
              "kind: reply\ntexts:\n  farewell: Yours, the {{crew}}.\n"
              "scenarios:\n  ssh-bruteforce:\n    opening: Hello from us about {ip}.\n");
    put_file (folder, "de/alles.yaml",
              "kind: reply\ntexts:\n  quote: \"Am {date} schrieb {complainant_address}:\"\n");
    put_file (folder, "de-AT/alles.yaml", "kind: reply\ntexts:\n  demand-stop: Passt.\n");
    yaml = settings_with_texts (folder, "de-AT");
    know = replies_know (yaml);
    mail = g_strdup_printf (complaint, "");
    draft = draft_of (know, mail);
    assert_holds (draft, "\nContent-Language: de-AT\n");
    assert_holds (draft, "\nHello from us about 198.51.100.7.\n");
    assert_holds (draft, "\nPasst.\n");
    assert_holds (draft, "\nYours, the {crew}.\n");
    assert_holds (draft, "\nAm 2026-11-20 03:09:00 UTC schrieb kim@example.org:\n");
    folder_remove (folder);
}

static const struct {
    const char *name, *file, *text, *language, *mistake;
} bad[] = {
    { "variable", "a.yaml", "kind: reply\ntexts:\n  quote: '{dat}'\n", "en",
      "*a.yaml:3: unknown variable '{dat}' (did you mean '{date}'?)\n" },
    { "scenario", "a.yaml", "kind: reply\nscenarios:\n  ssh: {advice: A.}\n", "en",
      "*a.yaml:3: there is no scenario 'ssh'\n" },
    { "use", "a.yaml", "kind: reply\ntexts:\n  x: [{use: y}]\n", "en",
      "*a.yaml:3: use: there is no text 'y'\n" },
    { "kind", "a.yaml", "texts: {}\n", "en", "*a.yaml:1: no `kind: reply'\n" },
    { "language", "a.yaml", "kind: reply\n", "fr",
      "*/fr: no such folder, and so there are no texts for the language fr\n" },
};

static void
test_bad_words (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *folder = g_dir_make_tmp ("replies-XXXXXX", NULL);
    g_autofree char *yaml = settings_with_texts (folder, bad[i].language), *path = NULL,
                    *told = NULL;
    g_autoptr (Mistakes) mistakes = mistakes_new ();

    put_file (folder, bad[i].file, bad[i].text);
    put_file (folder, "settings", yaml);
    path = g_build_filename (folder, "settings", NULL);
    g_assert_null (knowledge_load_from (path, "scenarios", mistakes));
    told = mistakes_text (mistakes);
    if (!g_pattern_match_simple (bad[i].mistake, told))
        g_error ("'%s' is not like '%s'", told, bad[i].mistake);
    folder_remove (folder);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    g_test_add_func ("/reply-parts/pieces", test_pieces);
    g_test_add_func ("/reply-parts/sentences", test_sentences);
    g_test_add_func ("/reply-parts/paragraphs", test_paragraphs);
    g_test_add_func ("/reply-parts/wrap", test_wrap);
    g_test_add_func ("/reply-parts/manual", test_manual);
    g_test_add_func ("/reply-parts/addresses", test_addresses);
    g_test_add_func ("/reply-parts/quote/lines", test_quote);
    g_test_add_func ("/reply-parts/quote/is-short", test_quote_is_short);
    g_test_add_func ("/reply-parts/quote/withheld", test_quote_withheld);
    g_test_add_func ("/reply-parts/from", test_from);
    g_test_add_func ("/reply-parts/own-words", test_own_words);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autofree char *path = g_strconcat ("/reply-parts/own-words/", bad[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad_words);
    }
    return g_test_run ();
}
