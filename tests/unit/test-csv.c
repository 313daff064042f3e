#include "shell/csv.h"
#include <string.h>

typedef struct Case {
    const char *name, *cells[4];
    guint n;
    const char *want;
} Case;

static const Case cases[] = {
    { "plain", { "a", "b" }, 2, "a,b\r\n" },
    { "one", { "a" }, 1, "a\r\n" },
    { "first-empty", { "", "b" }, 2, ",b\r\n" },
    { "all-empty", { NULL, NULL, NULL }, 3, ",,\r\n" },
    { "last-empty", { "a", NULL }, 2, "a,\r\n" },
    { "quotes", { "a,b", "say \"x\"" }, 2, "\"a,b\",\"say \"\"x\"\"\"\r\n" },
    { "formulas", { "=1", "+1", "-1", "@a" }, 4, "'=1,'+1,'-1,'@a\r\n" },
    { "formula-behind-a-control", { "\t=1", "a\nb" }, 2, "' =1,a b\r\n" },
};

static void
test_line (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (GString) line = g_string_new (NULL);
    char out[200] = "";
    FILE *file = fmemopen (out, sizeof out, "w");

    g_assert_nonnull (file);
    for (guint i = 0; i < c->n; i++)
        csv_cell (line, c->cells[i]);
    csv_end (line, file);
    fclose (file);
    g_assert_cmpstr (out, ==, c->want);
    g_assert_cmpuint (line->len, ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strconcat ("/csv/", cases[i].name, NULL);

        g_test_add_data_func (name, &cases[i], test_line);
    }
    return g_test_run ();
}
