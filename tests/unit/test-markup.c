#include "base/markup.h"

static const struct {
    const char *name, *in, *want, *defect;
} xml[] = {
    { "elements", "<a x=\"1\"><b>t</b><c/></a>", "<a x=1><b>t</b><c></c></a>", NULL },
    { "prefixes", "<n:a xmlns:n=\"urn:x\" n:x=\"1\"><n:B/></n:a>", "<a x=1><B></B></a>", NULL },
    { "references", "<a>&lt;&amp;&#65;&#x42;</a>", "<a><&AB</a>", NULL },
    { "cdata", "<a><![CDATA[<x>]]></a>", "<a><x></a>", NULL },
    { "before-the-first", "  junk <?xml version=\"1.0\"?><a/>", "<a></a>", NULL },
    { "wrong-encoding", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\xC3\xBC</a>",
      "<a>\xC3\xBC</a>", NULL },
    { "bare-ampersand", "<a>x & y&z;&#;</a>", "<a>x & y&z;&#;</a>", "a bare '&' stands in XML" },
    { "cut-off", "<a><b>t", "<a><b>t</b></a>", "XML is not well-formed" },
    { "entity-declared", "<!DOCTYPE a [<!ENTITY e \"boom\">]><a>&e;</a>", "<a>&e;</a>",
      "a bare '&' stands in XML" },
    { "external-entity", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>x</a>", "<a>x</a>", NULL },
    { "no-xml", "nothing here", "", "no XML element" },
};

static void
on_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    g_string_append_printf (data, "<%s", name);
    for (guint i = 0; i < n; i++)
        g_string_append_printf (data, " %s=%s", attributes[i].name, attributes[i].value);
    g_string_append_c (data, '>');
}

static void
on_end (gpointer data, const char *name)
{
    g_string_append_printf (data, "</%s>", name);
}

static void
on_text (gpointer data, Span text)
{
    g_string_append_len (data, text.p, (gssize)span_left (text));
}

static const MarkupHandler handler = { on_start, on_end, on_text };

static void
test_xml (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (xml[i].in);
    g_autofree char *exact = g_malloc (n);
    g_autoptr (GString) got = g_string_new (NULL);
    const char *defect = NULL;

    memcpy (exact, xml[i].in, n);
    (void)markup_xml ((Span) { exact, exact + n }, &handler, got, &defect);
    g_assert_cmpstr (got->str, ==, xml[i].want);
    g_assert_cmpstr (defect, ==, xml[i].defect);
}

/* Ten entities of ten entities of ten ... : nothing is expanded. */
static void
test_bomb (void)
{
    g_autoptr (GString) bomb = g_string_new ("<!DOCTYPE a [<!ENTITY e0 \"ha\">");
    g_autoptr (GString) got = g_string_new (NULL);
    const char *defect;

    for (guint i = 1; i < 20; i++)
        g_string_append_printf (bomb, "<!ENTITY e%u \"&e%u;&e%u;&e%u;&e%u;\">", i, i - 1, i - 1,
                                i - 1, i - 1);
    g_string_append (bomb, "]><a b=\"&e19;\">&e19;</a>");
    (void)markup_xml ((Span) { bomb->str, bomb->str + bomb->len }, &handler, got, &defect);
    g_assert_cmpuint (got->len, <, 200);
}

static void
test_deep (void)
{
    g_autoptr (GString) deep = g_string_new (NULL);
    g_autoptr (GString) got = g_string_new (NULL);
    const char *defect;
    guint starts = 0;

    for (guint i = 0; i < 100000; i++)
        g_string_append (deep, "<a>");
    (void)markup_xml ((Span) { deep->str, deep->str + deep->len }, &handler, got, &defect);
    for (const char *p = got->str; (p = strstr (p, "<a>")) != NULL; p++)
        starts++;
    g_assert_cmpuint (starts, <=, MARKUP_MAX_DEPTH);
    g_assert_cmpstr (defect, ==, "XML is not well-formed");
}

static void
test_balanced (void)
{
    g_autoptr (GString) got = g_string_new (NULL);

    markup_html (SPAN_LIT ("<div><p>a<b>b</div>c"), &handler, got);
    g_assert_cmpstr (got->str, ==, "<html><body><div><p>a<b>b</b></p></div>c</body></html>");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (xml); i++) {
        g_autofree char *path = g_strdup_printf ("/markup/xml/%s", xml[i].name);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_xml);
    }
    g_test_add_func ("/markup/xml/entity-bomb", test_bomb);
    g_test_add_func ("/markup/xml/hundred-thousand-deep", test_deep);
    g_test_add_func ("/markup/html/every-element-ends", test_balanced);
    return g_test_run ();
}
