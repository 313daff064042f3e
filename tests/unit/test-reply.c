/* Every scenario's and every demand's draft, against its full expected text in tests/replies.
 * WRITE_REPLIES=1 writes these files anew: read the difference. */
#include "base/clean.h"
#include "effect/reply_fill.h"
#include "replies.h"
#include <glib/gstdio.h>
#include <gmime/gmime.h>

static Knowledge *worlds[2];

typedef struct Section { /* one draft of a file */
    const char *title;
    RepliesWorld world;
    const char *scenario, *complainant;
    gboolean tor_aware;
} Section;

typedef void (*Change) (LogRow *row);

/* What holds of every draft */

static void
assert_no_holes (const char *title, const char *body)
{
    static const char *const never[] = { "{",      "}",  "\n\n\n", "  \n", " \n",
                                         "(null)", "\t", " ,",     "<>" };

    for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
        if (strstr (body, never[i]) != NULL)
            g_error ("%s: '%s' in\n%s", title, never[i], body);
    g_assert_true (g_str_has_suffix (body, "\n"));
    g_assert_true (g_utf8_validate (body, -1, NULL));
}

static void
assert_narrow (const char *title, const char *body)
{
    g_auto (GStrv) lines = g_strsplit (body, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        if (g_utf8_strlen (lines[i], -1) > REPLY_WIDTH + 2 && strstr (lines[i], "://") == NULL)
            g_error ("%s: too wide: %s", title, lines[i]);
}

/* Who runs no relay is not made to talk of Tor, nor of what belongs to it. */
static void
assert_not_of_tor (const char *title, const char *body)
{
    g_autoptr (GRegex) words =
        g_regex_new ("\\bTor\\b|torproject|\\bexits?\\b|\\brelays?\\b|onion|ExoneraTor",
                     G_REGEX_CASELESS, 0, NULL);

    if (g_regex_match (words, body, 0, NULL))
        g_error ("%s: talks of Tor:\n%s", title, body);
}

static GMimeMessage *
parsed (const char *text)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer (text, strlen (text));
    GMimeParser *parser = g_mime_parser_new_with_stream (stream);
    GMimeMessage *mail = g_mime_parser_construct_message (parser, NULL);

    g_object_unref (parser);
    g_object_unref (stream);
    g_assert_nonnull (mail);
    return mail;
}

static const char *
only_address (InternetAddressList *list)
{
    g_assert_cmpint (internet_address_list_length (list), ==, 1);
    return internet_address_mailbox_get_addr (
        INTERNET_ADDRESS_MAILBOX (internet_address_list_get_address (list, 0)));
}

static void
assert_parses (const Draft *d, const char *text)
{
    GMimeMessage *mail = parsed (text);
    GMimeObject *body = g_mime_message_get_mime_part (mail);
    g_autofree char *got = g_mime_text_part_get_text (GMIME_TEXT_PART (body));
    g_autofree char *parent = g_mime_utils_decode_message_id (
        g_mime_object_get_header (GMIME_OBJECT (mail), "In-Reply-To"));

    g_assert_cmpstr (only_address (g_mime_message_get_from (mail)), ==, d->from_address);
    g_assert_cmpstr (only_address (g_mime_message_get_to (mail)), ==, d->to_address);
    g_assert_cmpstr (g_mime_message_get_subject (mail), ==, d->subject);
    g_assert_cmpstr (g_mime_message_get_message_id (mail), ==, d->message_id);
    g_assert_cmpint (g_date_time_to_unix (g_mime_message_get_date (mail)), ==, d->date_unix_s);
    g_assert_cmpstr (parent, ==, d->in_reply_to);
    g_assert_cmpstr (got, ==, d->body);
    g_assert_true (g_str_is_ascii (text) ||
                   strstr (text, "Content-Transfer-Encoding: 8bit\n") != NULL);
    g_object_unref (mail);
}

/* Files of drafts */

static void
add_draft (GString *out, const Section *s, LogRow *row)
{
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const ReplyAsk ask = { row, NULL, worlds[s->world], REPLIES_NOW };
    g_autoptr (GError) error = NULL;
    const Draft *d = reply_draft (arena, &ask, &error);
    g_autofree char *text = NULL;

    g_assert_no_error (error);
    text = draft_text (d);
    assert_no_holes (s->title, d->body);
    assert_narrow (s->title, d->body);
    assert_parses (d, text);
    if (s->world == WITHOUT_TOR)
        assert_not_of_tor (s->title, d->body);
    g_string_append_printf (out, "%s======== %s ========\nTo: %s\nSubject: %s\n\n%s",
                            out->len > 0 ? "\n" : "", s->title, d->to_address, d->subject, d->body);
}

static void
compare (const char *name, const char *got)
{
    g_autofree char *path = g_strdup_printf ("tests/replies/%s.want", name), *want = NULL;

    if (g_getenv ("WRITE_REPLIES") != NULL)
        g_assert_true (g_file_set_contents (path, got, -1, NULL));
    if (!g_file_get_contents (path, &want, NULL, NULL))
        g_error ("%s is missing", path);
    g_assert_cmpstr (got, ==, want);
}

static LogRow *
row_of (const Section *s, const char *scenario)
{
    LogRow *row = replies_row (scenario);

    row->complainant = s->complainant;
    row->tor_aware = s->tor_aware;
    if (s->world == WITH_TOR)
        replies_was_exit (row);
    return row;
}

/* Each scenario */

static const Section of_scenario[] = {
    { "a relay, to whoever was harmed", WITH_TOR, NULL, "person", FALSE },
    { "a relay, to whoever was harmed and knows Tor", WITH_TOR, NULL, "person", TRUE },
    { "a relay, to a provider that passed it on", WITH_TOR, NULL, "provider", FALSE },
    { "a host, to whoever was harmed", WITHOUT_TOR, NULL, "person", FALSE },
    { "a host, to a provider that passed it on", WITHOUT_TOR, NULL, "provider", FALSE },
};

static void
test_scenario (gconstpointer data)
{
    const char *id = data;
    g_autoptr (GString) got = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (of_scenario); i++) {
        g_autoptr (LogRow) row = row_of (&of_scenario[i], id);

        add_draft (got, &of_scenario[i], row);
    }
    compare (id, got->str);
}

/* Each demand */

static const Section of_demand[] = {
    { "a relay, to whoever was harmed", WITH_TOR, "ssh-bruteforce", "person", TRUE },
    { "a relay, to its provider", WITH_TOR, "provider-notice", "provider", TRUE },
    { "a relay, to whoever asks how to block it", WITH_TOR, "ban-request", "person", TRUE },
    { "a relay, asked by the police", WITH_TOR, "law-enforcement", "law-enforcement", TRUE },
    { "a host, to whoever was harmed", WITHOUT_TOR, "ssh-bruteforce", "person", FALSE },
    { "a host, asked by the police", WITHOUT_TOR, "law-enforcement", "law-enforcement", FALSE },
};

static void
test_demand (gconstpointer data)
{
    const char *demand = data;
    g_autoptr (GString) got = g_string_new (NULL);
    g_autofree char *name = g_strconcat ("demand-", demand, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (of_demand); i++) {
        g_autoptr (LogRow) row = row_of (&of_demand[i], of_demand[i].scenario);

        row->demands = replies_list (row->arena, demand);
        add_draft (got, &of_demand[i], row);
    }
    compare (name, got->str);
}

/* Accusations that cannot be true, and facts that are missing, or many */

static void
not_tcp (LogRow *row)
{
    row->incidents[0].protocol = "udp";
    row->incidents[0].impossible = row->impossible = "not-tcp";
    row->spoofable = TRUE;
}

static void
rejected (LogRow *row)
{
    row->incidents[0].dst_port = 25;
    row->incidents[0].policy = row->policy = "reject";
    row->incidents[0].impossible = row->impossible = "rejected-by-policy";
}

static void
spoofable (LogRow *row)
{
    row->spoofable = TRUE;
}

static void
not_ours (LogRow *row)
{
    row->incidents[0].ip = "192.0.2.44";
    row->standing = "not-our-address";
    row->relay = NULL;
}

static void
before (LogRow *row)
{
    row->incidents[0].time = "2023-01-02T03:04:05Z";
    row->standing = "before-we-had-it";
}

static void
no_exit (LogRow *row)
{
    row->incidents[0].exit = row->exit = "no";
}

static void
nothing_known (LogRow *row)
{
    row->n_incidents = 0;
    row->incident_count = 0;
    row->standing = row->relay = row->exit = row->policy = NULL;
    row->urls = replies_list (row->arena, NULL);
    row->subject = row->complainant_name = NULL;
    row->date_unix_s = G_MININT64;
}

/* Of a page: it may be on a host of ours. */
static void
only_url (LogRow *row)
{
    row->incidents[0].ip = NULL;
    row->incidents[0].url = "http://files.example.com/a/b.html";
    row->standing = "not-our-address";
}

static void
asks_to_stop (LogRow *row)
{
    not_tcp (row);
    row->demands = replies_list (row->arena, "stop");
}

static void
no_zone (LogRow *row)
{
    row->incidents[0].time = NULL;
    row->incidents[0].time_basis = "none";
}

static void
guessed_zone (LogRow *row)
{
    row->incidents[0].time_basis = zone_basis_name (TIME_DATE_ZONE);
}

static void
ambiguous_zone (LogRow *row)
{
    row->incidents[0].time_latest = "2026-11-20T05:04:05Z";
}

static void
masked (LogRow *row)
{
    row->incidents[0].ip = NULL;
    row->incidents[0].masked = "198.51.100.xxx";
    row->standing = "not-our-address"; /* as judged; but who knows? */
    row->relay = row->exit = row->incidents[0].exit = NULL;
}

static void
network (LogRow *row)
{
    row->incidents[0].ip = "198.51.100.0";
    row->incidents[0].bits = 28;
}

static void
ipv6 (LogRow *row)
{
    row->incidents[0].ip = "2001:db8::7";
    row->demands = replies_list (row->arena, "how-to-block");
}

/* The first is not ours, and there are more of ours than are written out. */
static void
many (LogRow *row)
{
    const LogIncident one = row->incidents[0];

    row->incidents = arena_new0 (row->arena, LogIncident, 9);
    row->n_incidents = 9;
    row->incident_count = 412;
    for (guint i = 0; i < 9; i++) {
        row->incidents[i] = one;
        row->incidents[i].ip = arena_printf (row->arena, "198.51.100.%u", 7 + i / 2 * 3 + i % 2);
        row->incidents[i].time = arena_printf (row->arena, "2026-11-20T03:%02u:05Z", 50 - 4 * i);
    }
    row->incidents[0].ip = "192.0.2.99";
}

static void
deadline_ahead (LogRow *row)
{
    row->deadline = "2026-11-23T12:00:00Z";
}

static void
deadline_over (LogRow *row)
{
    row->deadline = "2026-11-21T08:00:00Z";
}

static void
withheld_runner_up (LogRow *row)
{
    row->alternatives = arena_new0 (row->arena, Alternative, 1);
    row->alternatives[0] = (Alternative) { "child-abuse", 0.05 };
    row->n_alternatives = 1;
}

static void
corrected (LogRow *row)
{
    row->corrected = "port-scan";
}

/* Whatever a sender wrote stays a line of text. */
static void
hostile (LogRow *row)
{
    row->complainant_name = "Eve\r\nBcc: all@example.com\033[2J";
    row->subject = "Re: RE: {ip} \r\nX-Evil: 1 \xe2\x80\xae \xc3\xbc";
    row->incidents[0].time = NULL;
    row->incidents[0].time_local = "yester{day}\n.\nMAIL FROM:<>";
    row->incidents[0].protocol = "t\033cp";
    row->urls = replies_list (row->arena, "http://example.com/\r\n\r\n\033[1A<b>");
}

static const struct {
    Section section;
    Change change;
} cases[] = {
    { { "not-tcp", WITH_TOR, "ddos", "person", FALSE }, not_tcp },
    { { "not-tcp-for-a-provider", WITH_TOR, "voip-abuse", "provider", FALSE }, not_tcp },
    { { "not-tcp-of-a-host", WITHOUT_TOR, "ddos", "person", FALSE }, not_tcp },
    { { "never-let-out", WITH_TOR, "email-spam", "person", TRUE }, rejected },
    { { "never-let-out-and-banned", WITH_TOR, "service-ban", "automated", TRUE }, rejected },
    { { "spoofable", WITH_TOR, "port-scan", "automated", FALSE }, spoofable },
    { { "not-ours", WITH_TOR, "ssh-bruteforce", "person", FALSE }, not_ours },
    { { "not-ours-of-a-host", WITHOUT_TOR, "phishing", "person", FALSE }, not_ours },
    { { "not-ours-asked-by-the-police", WITH_TOR, "law-enforcement", "law-enforcement", FALSE },
      not_ours },
    { { "before-we-had-it", WITH_TOR, "copyright", "rights-holder", FALSE }, before },
    { { "before-we-had-it-of-a-host", WITHOUT_TOR, "copyright", "rights-holder", FALSE }, before },
    { { "no-exit-then", WITH_TOR, "web-attack", "person", FALSE }, no_exit },
    { { "nothing-known", WITH_TOR, "web-attack", "person", FALSE }, nothing_known },
    { { "nothing-known-of-a-host", WITHOUT_TOR, "phishing", "person", FALSE }, nothing_known },
    { { "nothing-known-of-threats", WITH_TOR, "threats", "person", FALSE }, nothing_known },
    { { "only-a-url", WITHOUT_TOR, "phishing", "cert", FALSE }, only_url },
    { { "not-tcp-and-to-stop", WITH_TOR, "ddos", "person", TRUE }, asks_to_stop },
    { { "no-zone", WITH_TOR, "ssh-bruteforce", "person", TRUE }, no_zone },
    { { "guessed-zone", WITH_TOR, "ssh-bruteforce", "person", TRUE }, guessed_zone },
    { { "ambiguous-zone", WITH_TOR, "ssh-bruteforce", "person", TRUE }, ambiguous_zone },
    { { "masked", WITH_TOR, "ssh-bruteforce", "person", TRUE }, masked },
    { { "network", WITHOUT_TOR, "ssh-bruteforce", "person", FALSE }, network },
    { { "ipv6", WITH_TOR, "ssh-bruteforce", "person", TRUE }, ipv6 },
    { { "many", WITH_TOR, "ssh-bruteforce", "automated", TRUE }, many },
    { { "deadline-ahead", WITH_TOR, "provider-notice", "provider", TRUE }, deadline_ahead },
    { { "deadline-over", WITHOUT_TOR, "phishing", "cert", FALSE }, deadline_over },
    { { "deadline-of-the-police", WITHOUT_TOR, "law-enforcement", "law-enforcement", FALSE },
      deadline_ahead },
    { { "withheld", WITHOUT_TOR, "illegal-content", "person", FALSE }, withheld_runner_up },
    { { "corrected", WITH_TOR, "ddos", "automated", TRUE }, corrected },
    { { "hostile", WITHOUT_TOR, "phishing", "person", FALSE }, hostile },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    const Section *s = &cases[i].section;
    g_autoptr (LogRow) row = row_of (s, s->scenario);
    g_autoptr (GString) got = g_string_new (NULL);
    g_autofree char *name = g_strconcat ("case-", s->title, NULL);

    cases[i].change (row);
    if (cases[i].change == hostile) { /* its own braces and blanks are no holes of ours */
        g_autoptr (Arena) arena = arena_new (1 << 24);
        const ReplyAsk ask = { row, NULL, worlds[s->world], REPLIES_NOW };
        g_autofree char *text = draft_text (reply_draft (arena, &ask, NULL));

        g_string_assign (got, text);
        g_assert_null (strstr (text, "\nBcc:"));
        g_assert_null (strstr (text, "\nX-Evil:"));
        g_assert_null (strchr (text, '\033'));
        g_assert_null (strchr (text, '\r'));
    } else {
        add_draft (got, s, row);
    }
    compare (name, got->str);
}

/* Every line of the whole mail, once. */
static void
test_whole (void)
{
    g_autoptr (LogRow) row = replies_row ("ssh-bruteforce");
    g_autoptr (Arena) arena = arena_new (1 << 24);
    const ReplyAsk ask = { row, NULL, worlds[WITH_TOR], REPLIES_NOW };
    const char *references[] = { "first@example.org", "bad id@example.org", "second@example.org",
                                 NULL };
    g_autofree char *text = NULL;

    replies_was_exit (row);
    row->complainant_name = "J\xc3\xb6rg \"J\" H\xc3\xbc"
                            "bner";
    row->subject = "re: Angriffe auf unseren Server \xc3\xbc"
                   "ber SSH, die seit heute Nacht andauern und nicht enden";
    row->references = references;
    text = draft_text (reply_draft (arena, &ask, NULL));
    compare ("whole-mail", text);
}

/* No other file lies about, and none is missing. */
static void
test_files (void)
{
    g_autoptr (GDir) dir = g_dir_open ("tests/replies", 0, NULL);
    guint n = 0;

    g_assert_nonnull (dir);
    while (g_dir_read_name (dir) != NULL)
        n++;
    g_assert_cmpuint (n, ==, worlds[0]->rules->n_scenarios + N_DEMANDS + G_N_ELEMENTS (cases) + 1);
}

static void
add (const char *kind, const char *name, gconstpointer data, GTestDataFunc test)
{
    g_autofree char *path = g_strdup_printf ("/reply/%s/%s", kind, name);

    g_test_add_data_func (path, data, test);
}

int
main (int argc, char **argv)
{
    const Rules *rules;
    int status;

    g_test_init (&argc, &argv, NULL);
    intake_init ();
    worlds[WITH_TOR] = replies_know (replies_relays);
    worlds[WITHOUT_TOR] = replies_know (replies_hoster);
    rules = worlds[WITH_TOR]->rules;
    for (guint i = 0; i < rules->n_scenarios; i++)
        add ("scenario", rules->classes[i].id, rules->classes[i].id, test_scenario);
    for (guint i = 0; i < N_DEMANDS; i++)
        add ("demand", demand_name ((Demand)i), demand_name ((Demand)i), test_demand);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        add ("case", cases[i].section.title, GSIZE_TO_POINTER (i), test_case);
    g_test_add_func ("/reply/whole-mail", test_whole);
    g_test_add_func ("/reply/no-file-too-many", test_files);
    status = g_test_run ();
    knowledge_unref (worlds[WITH_TOR]);
    knowledge_unref (worlds[WITHOUT_TOR]);
    return status;
}
