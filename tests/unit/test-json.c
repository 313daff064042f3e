#include "base/json.h"

/* Read from an exact-size block, so that the sanitizer sees one byte too far. */
static Json *
read_exact (const char *text, const char **ret_defect)
{
    gsize n = strlen (text);
    g_autofree char *exact = g_malloc (n);

    if (n > 0)
        memcpy (exact, text, n);
    return json_read ((Span) { exact, exact + n }, ret_defect);
}

static const struct {
    const char *name, *in, *out; /* out NULL: refused */
} round_trips[] = {
    { "object-keeps-its-order", "{ \"b\": 1,\n \"a\" : [true, false, null] }",
      "{\"b\":1,\"a\":[true,false,null]}" },
    { "byte-order-mark", "\xEF\xBB\xBF{\"a\":1}", "{\"a\":1}" },
    { "bare-value", " \"x\" ", "\"x\"" },
    { "brackets-in-text-are-not-depth", "[\"[[[[\\\"[[\"]", "[\"[[[[\\\"[[\"]" },
    { "line-ends-are-escaped", "[\"a\\nb\\u000d\"]", "[\"a\\nb\\r\"]" },
    { "hundredths-stay-hundredths", "[0.97,1.0]", "[0.97,1.0]" },
    { "nothing", "", NULL },
    { "blanks-only", " \n ", NULL },
    { "cut-off", "{\"a\": \"b", NULL },
    { "two-values", "{} {}", NULL },
    { "not-utf8", "[\"\xff\"]", NULL },
    { "huge-integer", "[99999999999999999999]", NULL },
    { "single-quotes", "{'a': 1}", NULL },
};

static void
test_round_trip (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    const char *defect = NULL;
    g_autoptr (Json) j = read_exact (round_trips[i].in, &defect);

    if (round_trips[i].out == NULL) {
        g_assert_null (j);
        g_assert_nonnull (defect);
    } else {
        g_autofree char *line = NULL;

        g_assert_nonnull (j);
        line = json_line (j);
        g_assert_cmpstr (line, ==, round_trips[i].out);
    }
}

static void
test_depth (void)
{
    const guint depths[] = { JSON_MAX_DEPTH, JSON_MAX_DEPTH + 1, 100000 };

    for (guint i = 0; i < G_N_ELEMENTS (depths); i++) {
        g_autofree char *text = g_malloc0 (2 * depths[i] + 1);
        const char *defect = NULL;
        g_autoptr (Json) j = NULL;

        memset (text, '[', depths[i]);
        memset (text + depths[i], ']', depths[i]);
        j = read_exact (text, &defect);
        g_assert_cmpint (j != NULL, ==, depths[i] <= JSON_MAX_DEPTH);
    }
}

static void
test_writing (void)
{
    g_autoptr (Json) j = json_new_object ();
    g_autofree char *line = NULL;
    Json *list = json_new_list ();

    json_add (list, json_new_int (G_MAXINT64));
    json_add (list, json_new_real (0.96666, 2));
    json_add (list, json_new_real (-1.005, 1));
    json_add (list, json_new_real (1e300, 2));
    json_put (j, "list", list);
    json_put (j, "none", json_new_text (NULL));
    json_put (j, "bad",
              json_new_text ("a\xff"
                             "b"));
    json_put (j, "span", json_new_span (SPAN_LIT ("x\0y")));
    json_put (j, "empty", json_new_span (span_of (NULL)));
    json_put (j, "yes", json_new_bool (2));
    line = json_line (j);
    g_assert_cmpstr (line, ==,
                     "{\"list\":[9223372036854775807,0.97,-1.0,null],\"none\":null,"
                     "\"bad\":\"a\xEF\xBF\xBD"
                     "b\",\"span\":\"x\xEF\xBF\xBDy\",\"empty\":\"\","
                     "\"yes\":true}");
}

static const struct {
    const char *name, *in;
    gboolean ok;
    gint64 v;
} ints[] = {
    { "number", "22", TRUE, 22 },
    { "text", "\" 22 \"", TRUE, 22 },
    { "negative", "-1", TRUE, -1 },
    { "service-name", "\"ssh\"", FALSE, 0 },
    { "number-and-more", "\"22/tcp\"", FALSE, 0 },
    { "real", "22.5", FALSE, 0 },
    { "null", "null", FALSE, 0 },
    { "list", "[22]", FALSE, 0 },
};

static void
test_int (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    const char *defect;
    g_autoptr (Json) j = read_exact (ints[i].in, &defect);
    gint64 v = 0;

    g_assert_nonnull (j);
    g_assert_cmpint (json_int (j, &v), ==, ints[i].ok);
    g_assert_cmpint (v, ==, ints[i].v);
}

static void
collect (const char *key, const Json *value, gpointer data)
{
    g_string_append_printf (data, "%s=%s;", key,
                            json_text (value) != NULL ? json_text (value) : "-");
}

static void
test_reading (void)
{
    const char *defect;
    g_autoptr (Json) j =
        read_exact ("{\"t\":\"x\",\"n\":7,\"r\":0.5,\"b\":true,\"l\":[1,2]}", &defect);
    g_autoptr (GString) seen = g_string_new (NULL);
    gboolean b = FALSE;
    double r = 0;

    g_assert_true (json_is_object (j));
    g_assert_false (json_is_list (j));
    g_assert_cmpstr (json_text (json_get (j, "t")), ==, "x");
    g_assert_null (json_text (json_get (j, "n")));
    g_assert_true (json_bool (json_get (j, "b"), &b));
    g_assert_true (b);
    g_assert_true (json_double (json_get (j, "r"), &r));
    g_assert_cmpfloat (r, ==, 0.5);
    g_assert_cmpuint (json_length (json_get (j, "l")), ==, 2);
    g_assert_null (json_item (json_get (j, "l"), 2));
    json_each (j, collect, seen);
    g_assert_cmpstr (seen->str, ==, "t=x;n=-;r=-;b=-;l=-;");
    /* What is absent is no error anywhere. */
    g_assert_null (json_get (NULL, "x"));
    g_assert_null (json_get (json_get (j, "l"), "x"));
    g_assert_cmpuint (json_length (NULL), ==, 0);
    g_assert_false (json_is_object (NULL));
    g_assert_null (json_text (NULL));
    json_each (NULL, collect, seen);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (round_trips); i++) {
        g_autofree char *name = g_strconcat ("/json/round-trip/", round_trips[i].name, NULL);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_round_trip);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (ints); i++) {
        g_autofree char *name = g_strconcat ("/json/int/", ints[i].name, NULL);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_int);
    }
    g_test_add_func ("/json/depth/bounded-before-parsing", test_depth);
    g_test_add_func ("/json/writing/all-kinds", test_writing);
    g_test_add_func ("/json/reading/all-kinds", test_reading);
    return g_test_run ();
}
