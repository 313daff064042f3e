/* Mails made to exhaust: each ends in bounded time and memory, with a verdict and, where something
 * was cut, a defect that says so. */
#include "cpu.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "read/tame.h"

#ifndef SCENARIOS
#define SCENARIOS "scenarios"
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define CPU_SECONDS_MAX 60.0
#else
#define CPU_SECONDS_MAX 5.0 /* of one mail; the machine may be slow */
#endif
#define MEMORY_MAX (64ul * 1024 * 1024)

#define HEAD                                                                                       \
    "From: a@example.org\r\nTo: abuse@example.net\r\nSubject: attack from 198.51.100.7\r\n"        \
    "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"

typedef struct Bomb {
    const char *name;
    const char *head;   /* further header lines */
    const char *before; /* once */
    const char *repeat; /* "%u" is the count; NULL: nothing */
    guint times;
    gboolean defect; /* something must be said to be cut */
} Bomb;

static const Bomb bombs[] = {
    { "one-line-of-50-megabytes", "", "", "0123456789", 5000000, TRUE },
    { "a-million-addresses", "", "", "198.51.%u.7\n", 1000000, TRUE },
    { "addresses-in-one-line", "", "", "198.51.%u.7 ", 300000, TRUE },
    { "addresses-with-ports", "", "", "198.51.100.7:22 ", 300000, TRUE },
    { "urls", "", "", "see http://example.net/%u and hxxp://a[.]example/\n", 60000, TRUE },
    { "stamps", "", "", "2026-11-20 03:04:05 198.51.100.7 port %u\n", 100000, TRUE },
    { "log-lines", "", "",
      "Nov 20 03:04:05 h sshd[%u]: Failed password for root from 198.51.100.7 port 22 ssh2\n",
      60000, TRUE },
    { "blocks", "", "", "Source IP: 198.51.100.7\nPort: %u\n\n", 60000, TRUE },
    { "names-without-values", "", "", "Source IP\nSource Port\nTimestamp\n", 60000, TRUE },
    { "received-lines", "", "",
      "Received: from a.example (198.51.100.7) by b.example; Fri, 20 Nov 2026 10:00:00 +0000\n",
      30000, TRUE },
    { "commas", "", "ip,port,time\n", ",", 900000, FALSE },
    { "quote-marks", "", "", "> > > > \n", 200000, TRUE },
    { "words-that-scenarios-want", "", "",
      "please stop the abuse attack phishing copyright ssh login ", 15000, FALSE },
    { "open-tags", "Content-Type: text/html\r\n", "", "<div><table><tr><td>198.51.100.7", 60000,
      TRUE },
    { "json-nesting", "Content-Type: application/json\r\n", "", "{\"a\":", 100000, FALSE },
    { "ten-thousand-parts", "Content-Type: multipart/mixed; boundary=b\r\n", "",
      "--b\r\nContent-Type: text/plain\r\n\r\n198.51.100.7 attacks\r\n", 10000, TRUE },
    { "parts-of-nothing", "Content-Type: multipart/mixed; boundary=b\r\n", "", "--b\r\n\r\n",
      500000, TRUE },
    { "fields-of-nothing-in-a-part", "Content-Type: multipart/mixed; boundary=b\r\n", "--b\r\n",
      "a:\r\n", 800000, TRUE },
    { "ten-thousand-header-fields", NULL, "X-Field: attack\r\n", NULL, 10000, TRUE },
};

static void
append (GString *mail, const char *pattern, guint number)
{
    const char *at = strstr (pattern, "%u");

    if (at == NULL) {
        g_string_append (mail, pattern);
        return;
    }
    g_string_append_len (mail, pattern, at - pattern);
    g_string_append_printf (mail, "%u", number % 256);
    g_string_append (mail, at + 2);
}

static GString *
mail_of (const Bomb *b)
{
    GString *mail = g_string_new (HEAD);

    for (guint i = 0; b->head == NULL && i < b->times; i++)
        g_string_append (mail, b->before);
    g_string_append_printf (mail, "%s\r\n%s", b->head != NULL ? b->head : "",
                            b->head != NULL ? b->before : "");
    for (guint i = 0; b->repeat != NULL && i < b->times; i++)
        append (mail, b->repeat, i);
    return mail;
}

static Knowledge *
knowledge (void)
{
    static Knowledge *know; /* loaded once for all the rows */
    g_autoptr (Mistakes) mistakes = mistakes_new ();

    if (know == NULL)
        know = knowledge_load_from (NULL, SCENARIOS, mistakes);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    return know;
}

static void
test_bomb (gconstpointer data)
{
    const Bomb *b = data;
    GString *mail = mail_of (b);
    Knowledge *know = knowledge ();
    g_autoptr (Arena) arena = arena_new (know->settings->memory_limit_bytes);
    double start = cpu_seconds (), took;
    const Verdict *v =
        judge_mail (know, arena, (Span) { mail->str, mail->str + mail->len }, 1800000000);

    took = cpu_seconds () - start;
    g_assert_nonnull (v->scenario);
    g_assert_cmpfloat (took, <, CPU_SECONDS_MAX);
    g_assert_cmpuint (arena_used (arena), <=, MEMORY_MAX);
    if (b->defect)
        g_assert_cmpuint (v->facts->message->defects.n, >, 0);
    g_test_message ("%.3f s, %" G_GSIZE_FORMAT " KiB, %s, %u defects", took,
                    arena_used (arena) / 1024, v->scenario, v->facts->message->defects.n);
    g_string_free (mail, TRUE);
}

/* Nesting needs boundaries that differ. */
static void
test_200_levels (void)
{
    GString *mail = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
    Knowledge *know = knowledge ();
    g_autoptr (Arena) arena = arena_new (know->settings->memory_limit_bytes);
    const Verdict *v;

    for (guint i = 0; i < 200; i++)
        g_string_append_printf (
            mail, "--b%u\r\nContent-Type: multipart/mixed; boundary=b%u\r\n\r\n", i, i + 1);
    g_string_append (mail, "--b200\r\nContent-Type: text/plain\r\n\r\nattack\r\n");
    v = judge_mail (know, arena, (Span) { mail->str, mail->str + mail->len }, 1800000000);
    g_assert_nonnull (v->scenario);
    g_assert_cmpuint (v->facts->message->defects.n, >, 0);
    g_string_free (mail, TRUE);
}

/* Entities that would grow a thousandfold each are not expanded. */
static void
test_xml_bomb (void)
{
    GString *mail = g_string_new (
        HEAD "Content-Type: application/xml\r\n\r\n<?xml version=\"1.0\"?><!DOCTYPE x [");
    Knowledge *know = knowledge ();
    g_autoptr (Arena) arena = arena_new (know->settings->memory_limit_bytes);
    const Verdict *v;

    g_string_append (mail, "<!ENTITY e0 \"198.51.100.7 \">");
    for (guint i = 1; i < 10; i++)
        g_string_append_printf (
            mail, "<!ENTITY e%u \"&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;&e%u;\">", i, i - 1,
            i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    g_string_append (
        mail, "]><Infringement><Source><IP_Address>&e9;</IP_Address></Source></Infringement>");
    v = judge_mail (know, arena, (Span) { mail->str, mail->str + mail->len }, 1800000000);
    g_assert_nonnull (v->scenario);
    g_assert_cmpuint (arena_used (arena), <, 8ul * 1024 * 1024);
    g_string_free (mail, TRUE);
}

static guint
count (const GString *text, const char *what)
{
    guint n = 0;

    for (const char *at = text->str; (at = strstr (at, what)) != NULL; at++)
        n++;
    return n;
}

/* What GMime would make of each line before anybody could say that it is too much. */
static void
test_tamed (void)
{
    static const struct {
        const char *repeat, *what;
        guint times, most;
    } cases[] = {
        { "--b\r\n\r\n", "--b", 100000, TAME_BOUNDARIES },
        { "a:\r\n", "a:", 100000, TAME_FIELDS },
        { "Content-Type: a/b; c=d; e=f; g=h\r\n", ";", 20000, TAME_PIECES },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GString) mail = g_string_new (HEAD "\r\n");
        GString *tamed;
        TameNote note;

        for (guint k = 0; k < cases[i].times; k++)
            g_string_append (mail, cases[i].repeat);
        if (i > 0) /* fields stand in a header */
            g_string_erase (mail, strlen (HEAD), 2);
        tamed = tame_mail ((Span) { mail->str, mail->str + mail->len }, &note);
        g_assert_nonnull (tamed);
        g_assert_true (note.ended);
        g_assert_cmpuint (count (tamed, cases[i].what), <=, cases[i].most);
        g_assert_cmpuint (count (tamed, cases[i].what), >, cases[i].most * 9 / 10);
        g_string_free (tamed, TRUE);
    }
}

/* So little memory that nothing can be done: there is a verdict all the same, and it says why. */
static void
test_no_memory (void)
{
    static const char mail[] = HEAD "\r\nattack from 198.51.100.7\r\n";

    for (gsize limit = 0; limit < 256 * 1024; limit += 1024) {
        g_autoptr (Arena) arena = arena_new (limit);
        const Verdict *v = judge_mail (knowledge (), arena, SPAN_LIT (mail), 1800000000);

        g_assert_nonnull (v);
        g_assert_nonnull (v->scenario);
        if (arena_exhausted (arena))
            g_assert_cmpuint (v->facts->message->defects.n, >, 0);
    }
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++) {
        g_autofree char *name = g_strdup_printf ("/limits/%s", bombs[i].name);

        g_test_add_data_func (name, &bombs[i], test_bomb);
    }
    g_test_add_func ("/limits/200-levels", test_200_levels);
    g_test_add_func ("/limits/xml-entities", test_xml_bomb);
    g_test_add_func ("/limits/tamed", test_tamed);
    g_test_add_func ("/limits/hardly-any-memory", test_no_memory);
    status = g_test_run ();
    knowledge_unref (knowledge ());
    return status;
}
