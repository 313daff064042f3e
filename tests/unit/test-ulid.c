#include "base/ulid.h"
#include <string.h>

static void
test_vectors (void)
{
    static const struct {
        gint64 ms;
        guint8 random[10];
        const char *text;
    } cases[] = {
        /* by hand from the ULID specification */
        { 0, { 0 }, "00000000000000000000000000" },
        { 1469918176385, { 0 }, "01ARYZ6S410000000000000000" },
        { 0,
          { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
          "0000000000ZZZZZZZZZZZZZZZZ" },
        { 0, { 0x80 }, "0000000000G000000000000000" },
        { 0, { [9] = 1 }, "00000000000000000000000001" },
        { 0,
          { 0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x21 },
          "00000000001111111111111111" },
        { (G_GINT64_CONSTANT (1) << 48) - 1, { 0 }, "7ZZZZZZZZZ0000000000000000" },
        { G_GINT64_CONSTANT (1) << 48,
          { 0 },
          "7ZZZZZZZZZ0000000000000000" }, /* as late as can be */
        { -1, { 0 }, "00000000000000000000000000" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        char text[ULID_LEN + 1];

        ulid_make (cases[i].ms, cases[i].random, text);
        g_assert_cmpstr (text, ==, cases[i].text);
        g_assert_true (ulid_valid (text));
    }
}

static void
test_time_comes_back (void)
{
    static const gint64 times[] = {
        0, 1, 31, 32, 1763600000123, (G_GINT64_CONSTANT (1) << 48) - 1
    };
    static const guint8 random[10] = { 0xde, 0xad, 0xbe, 0xef };

    for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
        char text[ULID_LEN + 1];

        ulid_make (times[i], random, text);
        g_assert_cmpint (ulid_unix_ms (text), ==, times[i]);
    }
}

static void
test_sorts_by_time (void)
{
    static const guint8 high[10] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    static const guint8 low[10] = { 0 };
    char before[ULID_LEN + 1], after[ULID_LEN + 1];

    for (gint64 ms = 1763600000000; ms < 1763600000100; ms++) {
        ulid_make (ms, high, before);
        ulid_make (ms + 1, low, after);
        g_assert_cmpstr (before, <, after);
    }
}

static void
test_refuses (void)
{
    static const char *const wrong[] = {
        "",
        "01ARYZ6S41000000000000000",   /* one too few */
        "01ARYZ6S4100000000000000000", /* one too many */
        "01aryz6s410000000000000000",  /* lower case */
        "01ARYZ6S41000000000000000I",  /* letters that Crockford leaves out */
        "01ARYZ6S41000000000000000L",
        "01ARYZ6S41000000000000000O",
        "01ARYZ6S41000000000000000U",
        "81ARYZ6S410000000000000000", /* more than 48 bits */
        "01ARYZ6S41000000000000000 ",
        "01ARYZ6S41-000000000000000",
        "01ARYZ6S41000000000000000\xc3",
    };

    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
        g_autofree char *exact = g_strdup (wrong[i]);

        g_assert_false (ulid_valid (exact));
        g_assert_cmpint (ulid_unix_ms (exact), ==, -1);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ulid/make/known-values", test_vectors);
    g_test_add_func ("/ulid/make/sorts-by-time", test_sorts_by_time);
    g_test_add_func ("/ulid/unix-ms/time-comes-back", test_time_comes_back);
    g_test_add_func ("/ulid/valid/refuses-what-is-none", test_refuses);
    return g_test_run ();
}
