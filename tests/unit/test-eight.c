#include "base/anyof.h"
#include "base/eight.h"

/* Every byte at every place, among neighbours that carries and borrows would spoil. */
static void
test_exact (void)
{
    static const char neighbours[] = { '\0', '\x7f', '\x80', '\xff', 'a', '@' };

    for (guint c = 0; c < 256; c++)
        for (guint at = 0; at < 8; at++)
            for (gsize k = 0; k < sizeof neighbours; k++) {
                guint64 top = G_GUINT64_CONSTANT (0x80) << 8 * at, x;
                char text[8], lower[8];

                memset (text, neighbours[k], sizeof text);
                text[at] = (char)c;
                x = eight_at (text);
                g_assert_cmpint ((eight_equal (x, '=') & top) != 0, ==, c == '=');
                g_assert_cmpint ((eight_between (x, '0', '9') & top) != 0, ==,
                                 g_ascii_isdigit ((char)c));
                g_assert_cmpint ((eight_between (x, 0, 0x1f) & top) != 0, ==, c < 0x20);
                g_assert_cmphex (eight_between (x, 'a', 'z') & ~EIGHT_TOPS, ==, 0);
                x = GUINT64_TO_LE (eight_lower (x));
                memcpy (lower, &x, sizeof lower);
                g_assert_cmpint (lower[at], ==, span_lower ((char)c));
                g_assert_cmpuint (eight_first (top), ==, at);
            }
}

static const char *const words[] = { "within", "by", "во", "Berlin", "内" };

static const struct {
    const char *text;
    gboolean holds;
} texts[] = {
    { "", FALSE },          { "b", FALSE },        { "by", TRUE },        { "aBY", TRUE },
    { "within", TRUE },     { "withi", FALSE },    { "WITHIN it", TRUE }, { "wi wit with", FALSE },
    { "ber lin", FALSE },   { "in berlin", TRUE }, { "во", TRUE },        { "вОвоВ", TRUE },
    { "24時間以内", TRUE }, { "b\nY", FALSE },     { "\"9", FALSE }, /* the same five bits as "by"
                                                                      */
};

static void
test_any_of (void)
{
    AnyOf a;

    anyof_init (&a);
    g_assert_false (anyof_in (&a, span_of ("by")));
    anyof_add (&a, words, 2);
    anyof_add (&a, words + 2, G_N_ELEMENTS (words) - 2);
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_test_message ("%s", texts[i].text);
        g_assert_cmpint (anyof_in (&a, span_of (texts[i].text)), ==, texts[i].holds);
        g_assert_cmpint (span_any_nocase (span_of (texts[i].text), words, G_N_ELEMENTS (words)), ==,
                         texts[i].holds);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/eight/exact-for-every-byte", test_exact);
    g_test_add_func ("/anyof/words", test_any_of);
    return g_test_run ();
}
