#include "read/block.h"

static const struct {
    const char *name, *in, *want; /* "name=value@line-last;" for each field, '/' between blocks */
} cases[] = {
    { "plain", "A: 1\nB:2\n", "A=1@1;B=2@2;" },
    { "prose-between", "A: 1\nB: 2\nno field\nC: 3\n", "A=1@1;B=2@2;/C=3@4;" },
    { "folded", "A: 1\n  and 2\n\tand 3\nB: 4\n", "A=1 and 2 and 3@1-3;B=4@4;" },
    { "folded-value-only", "A:\n 1\nB: 2\n", "A=1@1-2;B=2@3;" },
    { "quoted", "> A: 1\n>  2\n>B: 3\n", "A=1 2@1-2;B=3@3;" },
    { "quoted-twice", ">> A: 1\n> > B: 2\n", "A=1@1;B=2@2;" },
    { "indented-as-a-whole", "    A: 1\n    B: 2\n", "A=1@1;B=2@2;" },
    { "doubled-line-ends", "A: 1\n\nB: 2\n\nC: 3\n\n\nD: 4\n", "A=1@1;B=2@3;C=3@5;/D=4@8;" },
    { "empty-line-ends-a-run", "A: 1\nB: 2\n\nC: 3\n", "A=1@1;B=2@2;/C=3@4;" },
    { "yaml", "---\nA: \"x: y\"\nB: 'z'\nC: \"\n", "A=x: y@2;B=z@3;C=\"@4;" },
    { "crlf", "A: 1\r\nB: 2\r\n", "A=1@1;B=2@2;" },
    { "no-end-of-line", "A: 1", "A=1@1;" },
    { "empty-value", "A:\nB:\n", "A=@1;B=@2;" },
    { "alike-url", "http://example.org/\n", "" },
    { "alike-time", "Nov 20 03:04:05 host sshd[1]: x\n", "" },
    { "alike-bare-time", "03:04:05\n", "" },
    { "alike-long-prose", "What follows is so long that it cannot be a key: no\n", "" },
    { "nothing", "", "" },
};

static void
print (GString *out, const Block *b)
{
    for (guint i = 0; i < b->fields.n; i++) {
        const Field *f = &b->fields.items[i];

        g_string_append_printf (out, "%.*s=%.*s@%u", (int)span_left (f->name), f->name.p,
                                (int)span_left (f->value), f->value.p, f->line);
        if (f->last != f->line)
            g_string_append_printf (out, "-%u", f->last);
        g_string_append_c (out, ';');
    }
}

static void
test_block (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].in);
    g_autofree char *exact = g_malloc (n + (n == 0));
    g_autoptr (Arena) arena = arena_new (1 << 20);
    g_autoptr (GString) got = g_string_new (NULL);
    Part part = { .number = 1, .text = { exact, exact + n } };
    BlockCursor at;
    Block b;

    memcpy (exact, cases[i].in, n);
    at = block_cursor (&part);
    while (block_next (arena, &at, &b)) {
        if (got->len > 0)
            g_string_append_c (got, '/');
        print (got, &b);
    }
    g_assert_cmpstr (got->str, ==, cases[i].want);
}

static void
test_names (void)
{
    Part part = { .number = 1, .text = SPAN_LIT ("Source-IP: 1\nsource_port: 2\nSource-IP: 3\n") };
    g_autoptr (Arena) arena = arena_new (1 << 20);
    BlockCursor at = block_cursor (&part);
    Block b;

    g_assert_true (block_next (arena, &at, &b));
    g_assert_true (span_is (block_field (&b, "source ip")->value, "1"));
    g_assert_true (span_is (block_field (&b, "SourcePort")->value, "2"));
    g_assert_null (block_field (&b, "Source"));
}

/* A value folded without end, and fields without end. */
static void
test_limits (void)
{
    g_autoptr (GString) text = g_string_new ("A: 1\n");
    g_autoptr (Arena) arena = arena_new (1 << 26);
    Part part = { .number = 1 };
    BlockCursor at;
    Block b;

    for (guint i = 0; i < 10000; i++)
        g_string_append (text, " folded\n");
    for (guint i = 0; i < BLOCK_MAX_FIELDS; i++)
        g_string_append (text, "B: 2\n");
    part.text = (Span) { text->str, text->str + text->len };
    at = block_cursor (&part);
    g_assert_true (block_next (arena, &at, &b));
    g_assert_cmpuint (b.fields.n, ==, BLOCK_MAX_FIELDS);
    g_assert_cmpuint (span_left (b.fields.items[0].value), <=, BLOCK_MAX_VALUE + 1);
    g_assert_cmpuint (b.fields.items[0].last, ==, 10001);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_set_nonfatal_assertions ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strconcat ("/block/next/", cases[i].name, NULL);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_block);
    }
    g_test_add_func ("/block/field/names-in-any-spelling", test_names);
    g_test_add_func ("/block/limits/fields-and-folds", test_limits);
    return g_test_run ();
}
