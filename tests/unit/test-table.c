#include "shell/table.h"
#include <stdlib.h>
#include <string.h>

static const Column columns[] = {
    { "A", 0, 0 }, { "LONG", 6, 0 }, { "LAST", 4, 1 }, { NULL, 0, 0 }
};

static char *
printed (const char *const *cells, guint width, gboolean with_titles, gboolean colour)
{
    g_autoptr (Table) t = table_new (columns);
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream (&text, &n);

    for (; *cells != NULL; cells++) {
        table_cell (t, strcmp (*cells, "NULL") != 0 ? *cells : NULL);
        if (strcmp (*cells, "red") == 0)
            table_ink (t, "\033[31m");
    }
    table_print (t, f, width, with_titles, colour);
    fclose (f);
    return text;
}

static const struct {
    const char *name;
    guint width;
    gboolean titles, colour;
    const char *cells[10], *want;
} cases[] = {
    { "as-wide-as-their-cells",
      0,
      FALSE,
      FALSE,
      { "1", "two", "three", "1111", "2", "3" },
      "1     two  three\n1111  2    3\n" },
    { "titles-count", 0, TRUE, FALSE, { "1", "2", "3" }, "A  LONG  LAST\n1  2     3\n" },
    { "unknown-is-a-dash", 0, FALSE, FALSE, { "NULL", "NULL", "NULL" }, "-  -  -\n" },
    { "the-widest-is-cut",
      20,
      FALSE,
      FALSE,
      { "1", "two", "a long last cell" },
      "1  two  a long last~\n" },
    { "to-the-same-width",
      17,
      FALSE,
      FALSE,
      { "1", "a middle cell", "last cell" },
      "1  a mid~  last ~\n" },
    { "not-below-the-least",
      15,
      FALSE,
      FALSE,
      { "1", "a middle cell", "last cell" },
      "1  a mid~  las~\n" },
    { "what-can-be-missed-is-left-out",
      12,
      FALSE,
      FALSE,
      { "1", "a middle cell", "last cell" },
      "1  a middle~\n" },
    { "never-cut-is-never-cut", 4, FALSE, FALSE, { "wide first", "x", "last" }, "wide first  x\n" },
    { "wide-characters-take-two",
      0,
      FALSE,
      FALSE,
      { "\xe4\xb8\xad", "x", "y", "abc", "x", "y" },
      "\xe4\xb8\xad   x  y\nabc  x  y\n" },
    { "wide-characters-are-cut-whole",
      12,
      FALSE,
      FALSE,
      { "1", "2", "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad" },
      "1  2  \xe4\xb8\xad\xe4\xb8\xad~ \n" },
    { "combining-characters-take-none",
      0,
      FALSE,
      FALSE,
      { "e\xcc\x81", "x", "y", "a", "x", "y" },
      "e\xcc\x81  x  y\na  x  y\n" },
    { "escapes-are-made-safe",
      0,
      FALSE,
      FALSE,
      { "a\033[31m", "b\nc", "d\te" },
      "a\xEF\xBF\xBD[31m  b c  d e\n" },
    { "ink-does-not-count", 0, FALSE, TRUE, { "red", "2", "3" }, "\033[31mred\033[0m  2  3\n" },
    { "no-ink-without-colour", 0, FALSE, FALSE, { "red", "2", "3" }, "red  2  3\n" },
};

static void
test_print (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    char *got = printed (cases[i].cells, cases[i].width, cases[i].titles, cases[i].colour);

    g_assert_cmpstr (got, ==, cases[i].want);
    free (got);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL); /* in the C locale: cuts show as ~ */
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/table/print/", cases[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_print);
    }
    return g_test_run ();
}
