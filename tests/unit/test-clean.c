#include "base/clean.h"

typedef struct Case {
    const char *name, *in;
    gsize n;   /* 0: strlen of in */
    gsize max; /* of clean_header and clean_terminal */
    const char *want;
    gsize bad;
} Case;

#define BAD "\xEF\xBF\xBD"

static const Case utf8[] = {
    { "ascii", "plain text", 0, 0, "plain text", 0 },
    { "empty", "", 0, 0, "", 0 },
    { "crlf-is-lf", "a\r\nb\rc\n\r\n", 0, 0, "a\nb\nc\n\n", 0 },
    { "nul-is-replaced", "a\0b", 3, 0, "a" BAD "b", 1 },
    { "valid-stays", "z\xC3\xBCrich \xE2\x82\xAC \xF0\x9F\x98\x80", 0, 0,
      "z\xC3\xBCrich \xE2\x82\xAC \xF0\x9F\x98\x80", 0 },
    { "latin1", "z\xFCrich", 0, 0, "z" BAD "rich", 1 },
    { "overlong", "\xC0\xAF", 0, 0, BAD BAD, 2 },
    { "overlong-of-three", "\xE0\x80\xAF", 0, 0, BAD BAD BAD, 3 },
    { "surrogate", "\xED\xA0\x80", 0, 0, BAD BAD BAD, 3 },
    { "last-before-surrogates", "\xED\x9F\xBF", 0, 0, "\xED\x9F\xBF", 0 },
    { "above-unicode", "\xF4\x90\x80\x80", 0, 0, BAD BAD BAD BAD, 4 },
    { "cut-off", "abcdefgh\xE2\x82", 0, 0, "abcdefgh" BAD BAD, 2 },
    { "cr-in-the-eighth-byte", "1234567\r\n12345678\r", 0, 0, "1234567\n12345678\n", 0 },
    { "bad-in-a-long-run", "0123456789abcdef\xFFghi", 0, 0, "0123456789abcdef" BAD "ghi", 1 },
};

static const Case header[] = {
    { "plain", "ssh-bruteforce", 0, 40, "ssh-bruteforce", 0 },
    { "injection", "a\r\nX-Abuse-Scenario: none\r\n\r\nbody", 0, 80,
      "a X-Abuse-Scenario: none body", 0 },
    { "tabs-and-folds", "  a\t\tb\n c  ", 0, 40, "a b c", 0 },
    { "not-ascii", "Z\xC3\xBCrich \xE2\x80\xAE", 0, 40, "Z?rich ?", 0 },
    { "escape-and-nul", "a\x1B[31mb\0c", 9, 40, "a?[31mb?c", 0 },
    { "bad-bytes", "a\xFF\xFE", 0, 40, "a??", 0 },
    { "cut", "abcdefghijklmnop", 0, 10, "abcdefg...", 0 },
    { "just-fits", "abcdefghij", 0, 10, "abcdefghij", 0 },
    { "tiny", "abcdef", 0, 2, "..", 0 },
};

static const Case terminal[] = {
    { "plain", "a b\xC3\xBC", 0, 40, "a b\xC3\xBC", 0 },
    { "escape", "\x1B[2Jcleared", 0, 40, BAD "[2Jcleared", 0 },
    { "c1-csi",
      "\xC2\x9B"
      "31m",
      0, 40, BAD "31m", 0 },
    { "delete-and-bell", "a\x7F\x07", 0, 40, "a" BAD BAD, 0 },
    { "second-log-line", "a\nb\tc", 0, 40, "a b c", 0 },
    { "carriage-return", "real\rfake", 0, 40, "real" BAD "fake", 0 },
    { "right-to-left-override",
      "a\xE2\x80\xAE"
      "b",
      0, 40, "a" BAD "b", 0 },
    { "isolate", "\xE2\x81\xA6x\xE2\x81\xA9", 0, 40, BAD "x" BAD, 0 },
    { "arabic-letter-mark", "\xD8\x9C", 0, 40, BAD, 0 },
    { "arabic-stays", "\xD8\xB3\xD9\x84", 0, 40, "\xD8\xB3\xD9\x84", 0 },
    { "zero-width",
      "a\xE2\x80\x8B"
      "b\xEF\xBB\xBF",
      0, 40, "a" BAD "b" BAD, 0 },
    { "tag-characters", "\xF3\xA0\x81\x81", 0, 40, BAD, 0 },
    { "surrogate", "\xED\xA0\x80", 0, 40, BAD BAD BAD, 0 },
    { "cut-at-a-character", "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC", 0, 7, "\xC3\xBC\xC3\xBC...", 0 },
    { "line-separator",
      "a\xE2\x80\xA8"
      "b",
      0, 40, "a" BAD "b", 0 },
};

static Span
exact (const Case *c)
{
    gsize n = c->n > 0 ? c->n : strlen (c->in);
    char *copy = g_malloc (n);

    if (n > 0)
        memcpy (copy, c->in, n);
    return (Span) { copy, copy + n };
}

static void
test_utf8 (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 16);
    Span in = exact (c), out;
    gsize bad;

    out = clean_utf8 (arena, in, &bad);
    g_assert_cmpmem (out.p, span_left (out), c->want, strlen (c->want));
    g_assert_cmpuint (bad, ==, c->bad);
    g_free ((char *)in.p);
}

static void
test_header (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (Arena) arena = arena_new (1 << 16);
    Span in = exact (c);

    g_assert_cmpstr (clean_header (arena, in, c->max), ==, c->want);
    g_free ((char *)in.p);
}

static void
test_terminal (gconstpointer data)
{
    const Case *c = data;
    Span in = exact (c);
    g_autofree char *out = clean_terminal (in, c->max);

    g_assert_cmpstr (out, ==, c->want);
    g_free ((char *)in.p);
}

static void
test_exhausted (void)
{
    g_autoptr (Arena) arena = arena_new (4);
    gsize bad;

    g_assert_null (clean_utf8 (arena, SPAN_LIT ("longer than the arena"), &bad).p);
    g_assert_null (clean_header (arena, SPAN_LIT ("longer than the arena"), 100));
}

static void
add (const char *module, const Case *cases, gsize n, GTestDataFunc test)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf ("/clean/%s/%s", module, cases[i].name);

        g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("utf8", utf8, G_N_ELEMENTS (utf8), test_utf8);
    add ("header", header, G_N_ELEMENTS (header), test_header);
    add ("terminal", terminal, G_N_ELEMENTS (terminal), test_terminal);
    g_test_add_func ("/clean/utf8/arena-exhausted", test_exhausted);
    return g_test_run ();
}
