#include "cpu.h"
#include "read/html.h"

static const struct {
    const char *name, *in, *want;
} cases[] = {
    { "plain", "hello", "hello\n" },
    { "nothing", "", "" },
    { "blanks-collapse", "<p>a \n\t b</p>", "a b\n" },
    { "paragraphs", "<p>a</p><p>b</p>", "a\n\nb\n" },
    { "divs-and-breaks", "<div>a</div><div>b<br>c<br/>d</div>", "a\nb\nc\nd\n" },
    { "two-breaks", "a<br><br>b", "a\n\nb\n" },
    { "inline", "<b>a</b><i>b</i> <u>c</u>", "ab c\n" },
    { "pre", "<pre>a  b\n  c\n</pre>d", "a  b\n  c\nd\n" },
    { "pre-empty-line", "<pre>a\n\nb</pre>", "a\n\nb\n" },
    { "list", "<ul><li>a</li><li>b</li></ul>", "a\nb\n" },
    { "entities", "&lt;a&gt; &amp; &quot;&#65;&#x42;&eacute;&nbsp;x&copy;",
      "<a> & \"AB\xC3\xA9\xC2\xA0x\xC2\xA9\n" },
    { "unknown-entity", "a &bogus; b & c", "a &bogus; b & c\n" },
    { "script-and-style", "<style>p{}</style><script>if (a<b) c()</script>x", "x\n" },
    { "title-and-comment", "<html><head><title>t</title></head><body><!-- no -->x</body></html>",
      "x\n" },
    { "hidden-style", "a<div style=\"DISPLAY : none\">no</div>b", "ab\n" },
    { "hidden-attribute", "a<span hidden>no</span>b", "ab\n" },
    { "hidden-nested", "<div style='display:none'><p>no</p><div>no</div></div>b", "b\n" },
    { "hidden-opacity", "<span style=\"opacity: 0\">no</span>b", "b\n" },
    { "size-of-a-box", "<td style=\"font-size:0px\"><p style=\"font-size:9px\">yes</p></td>",
      "yes\n" },
    { "small-is-not-hidden", "<span style=\"font-size:0.9em\">yes</span>", "yes\n" },
    { "row", "<table><tr><td>a</td><td>b</td><td>c</td></tr></table>", "a | b | c\n" },
    { "rows",
      "<table><tr><th>IP</th><th>Time</th></tr>\n<tr><td>192.0.2.1</td>\n<td>10:00</td></tr></"
      "table>",
      "IP | Time\n192.0.2.1 | 10:00\n" },
    { "paragraphs-in-cells", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>c",
      "a | b\nc\n" },
    { "empty-cell", "<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a |  | c\n" },
    { "empty-first-of-three",
      "<table><tr><td>x</td></tr><tr><td></td><td>b</td><td>c</td></tr></table>", "x\n | b | c\n" },
    { "room-on-the-left", "<table><tr><td></td><td>text</td></tr></table>", "text\n" },
    { "empty-rows", "<table><tr><td></td></tr><tr><td></td></tr><tr><td>a</td></tr></table>",
      "a\n" },
    { "layout-table", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
      "a\n\nb\n\nc\n" },
    { "table-in-table",
      "<table><tr><td>x</td><td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
      "</table></td></tr></table>",
      "x\na | b\nc | d\n" },
    { "cell-without-row", "<td>a</td><td>b</td>", "a\nb\n" },
    { "link", "<a href=\"http://example.net/x\">here</a>", "here <http://example.net/x>\n" },
    { "link-shown", "<a href=\"http://example.net/\">example.net</a>", "example.net\n" },
    { "link-mail", "<a href=\"mailto:a@example.net?subject=x\">a@example.net</a>",
      "a@example.net\n" },
    { "link-script", "<a href=\"javascript:x()\">a</a>", "a\n" },
    { "link-anchor", "<a href=\"#top\">a</a>", "a\n" },
    { "image", "a<img src=\"http://example.net/p.gif\" width=1>b", "ab\n" },
    { "quote", "a<blockquote type=\"cite\"><p>b</p><p>c</p></blockquote>d",
      "a\n\n> b\n\n> c\n\nd\n" },
    { "mere-indentation", "<blockquote>b</blockquote>", "b\n" },
    { "unclosed", "<div><b>a<p>b", "a\n\nb\n" },
    { "stray-ends", "</div></table></tr>a</p>b</div>", "ab\n" },
    { "attribute-without-value", "<td nowrap><a href>x</a>", "x\n" },
    { "doctype", "<!DOCTYPE html><html><body>a</body></html>", "a\n" },
    { "word-xml", "<o:p>a</o:p><![if !supportLists]>b<![endif]>", "ab\n" },
    { "uppercase", "<TABLE><TR><TD>a</TD><TD>b</TD></TR></TABLE>", "a | b\n" },
};

static void
test_case (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].in);
    g_autofree char *exact = g_malloc (n);
    g_autoptr (Arena) arena = arena_new (1 << 16);
    g_autofree char *got = NULL;

    if (n > 0)
        memcpy (exact, cases[i].in, n);
    got = span_dup (html_to_text (arena, (Span) { exact, exact + n }));
    g_assert_cmpstr (got, ==, cases[i].want);
}

static Span
repeat (const char *text, guint times)
{
    GString *s = g_string_new (NULL);
    gsize n;

    for (guint i = 0; i < times; i++)
        g_string_append (s, text);
    n = s->len;
    char *exact = g_string_free (s, FALSE);
    return (Span) { exact, exact + n };
}

/* Elements never closed would each be searched at every closing tag. */
static void
test_deep (void)
{
    Span in = repeat ("<b>a<i>b</u>", 60000);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    double start = cpu_seconds ();
    Span out = html_to_text (arena, in);

    g_assert_cmpuint (span_left (out), ==, 120001);
    g_assert_cmpfloat (cpu_seconds () - start, <, 10.0);
    g_free ((char *)in.p);
}

static void
test_unended (gconstpointer text)
{
    Span in = repeat (text, 100000);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    double start = cpu_seconds ();

    (void)html_to_text (arena, in);
    g_assert_cmpfloat (cpu_seconds () - start, <, 10.0);
    g_free ((char *)in.p);
}

static void
test_deep_tables (void)
{
    Span in = repeat ("<table><tr><td>a</td><td>", 5000);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    Span out = html_to_text (arena, in);
    guint letters = 0;

    for (const char *p = out.p; p < out.end; p++)
        letters += *p == 'a';
    g_assert_cmpuint (letters, ==, 5000);
    g_free ((char *)in.p);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/html/text/%s", cases[i].name);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
    g_test_add_func ("/html/bounds/elements-never-closed", test_deep);
    g_test_add_data_func ("/html/bounds/comments-never-closed", "<!-- a", test_unended);
    g_test_add_data_func ("/html/bounds/styles-never-closed", "<style>a", test_unended);
    g_test_add_func ("/html/bounds/tables-in-tables", test_deep_tables);
    return g_test_run ();
}
