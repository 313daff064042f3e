#include "read/table.h"

static const struct {
    const char *line;
    char delimiter; /* 0: no head */
    guint columns;
} heads[] = {
    { "Time,Source IP,Source Port,Dest IP", ',', 4 },
    { "\"timestamp\";\"ip\";\"port\"", ';', 3 },
    { "date\tsrc_ip\tdst_port", '\t', 3 },
    { "| Source IP | Target | Time |", '|', 3 },
    { "Source IP       Port    Timestamp (UTC)", ' ', 3 },
    { "198.51.100.7, port, source", 0, 0 },
    { "Hello, we saw attacks from your address", 0, 0 },
    { "Source IP: 198.51.100.7", 0, 0 },
    { "time", 0, 0 },
    { "", 0, 0 },
};

static void
test_head (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
        Table table;
        gboolean ok = table_head (span_of (heads[i].line), &table);

        if (ok != (heads[i].delimiter != 0))
            g_error ("\"%s\": %s", heads[i].line, ok ? "taken for a head" : "not taken for a head");
        if (!ok)
            continue;
        g_assert_cmpint (table.delimiter, ==, heads[i].delimiter);
        g_assert_cmpuint (table.n_columns, ==, heads[i].columns);
    }
}

static const struct {
    char delimiter;
    const char *line, *want; /* cells in brackets */
} rows[] = {
    { ',', "a,b,c", "[a][b][c]" },
    { ',', "\"a, b\",c", "[a, b][c]" },
    { ',', "\"a\" , \"b\"", "[a][b]" },
    { ',', "a,,c", "[a][][c]" },
    { ',', "\"unclosed, b", "[\"unclosed][b]" },
    { '|', "| a | b |", "[a][b]" },
    { '|', "a|b", "[a][b]" },
    { ' ', "a b  c   d", "[a b][c][d]" },
    { ';', "", "" },
};

static void
test_cells (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        Span cells[TABLE_MAX_COLUMNS];
        g_autoptr (GString) got = g_string_new (NULL);
        guint n = table_cells (rows[i].delimiter, span_of (rows[i].line), cells);

        for (guint k = 0; k < n; k++)
            g_string_append_printf (got, "[%.*s]", (int) span_left (cells[k]), cells[k].p);
        g_assert_cmpstr (got->str, ==, rows[i].want);
    }
}

static void
test_rule (void)
{
    g_assert_true (table_rule (span_of ("+------+-----+")));
    g_assert_true (table_rule (span_of ("=====  ====")));
    g_assert_false (table_rule (span_of ("--")));
    g_assert_false (table_rule (span_of ("-- 198.51.100.7")));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/table/head/columns-of-known-names", test_head);
    g_test_add_func ("/table/cells/quotes-and-empty-cells", test_cells);
    g_test_add_func ("/table/rule/lines-that-only-rule-off", test_rule);
    return g_test_run ();
}
