#include "exact.h"
#include "find/url.h"

typedef struct Case {
    const char *in, *want; /* refanged URLs with a blank between */
} Case;

static const Case urls[] = {
    { "http://example.com", "http://example.com" },
    { "see https://example.com/a/b?c=d&e=f#g now", "https://example.com/a/b?c=d&e=f#g" },
    { "HTTP://EXAMPLE.COM/Path", "http://example.com/Path" },
    { "ftp://example.com/x", "ftp://example.com/x" },
    { "hxxp://example.com", "http://example.com" },
    { "hXXps://example.com", "https://example.com" },
    { "h**p://example.com", "http://example.com" },
    { "h**ps://example.com/x", "https://example.com/x" },
    { "meow://example.com", "http://example.com" },
    { "https[:]//example.com", "https://example.com" },
    { "hxxps[:]//example[.]com/x[.]php", "https://example.com/x.php" },
    { "hxxp[://]example[.]com", "http://example.com" },
    { "http://example[.]com", "http://example.com" },
    { "http://example(.)com/", "http://example.com/" },
    { "http://example[dot]com/", "http://example.com/" },
    { "http://www[.]example[.]com", "http://www.example.com" },
    { "http:\\/\\/example.com\\/x\\/y", "http://example.com/x/y" },
    { "www.example.com", "http://www.example.com" },
    { "WWW.Example.com/x", "http://www.example.com/x" },
    { "www[.]example[.]com", "http://www.example.com" },
    { "(http://example.com/x)", "http://example.com/x" },
    { "<http://example.com/x>", "http://example.com/x" },
    { "[http://example.com/x]", "http://example.com/x" },
    { "\"http://example.com/x\"", "http://example.com/x" },
    { "http://example.com/x.", "http://example.com/x" },
    { "http://example.com/x).", "http://example.com/x" },
    { "http://example.com.", "http://example.com" },
    { "http://example.com, and", "http://example.com" },
    { "http://example.com/a_(b)", "http://example.com/a_(b)" },
    { "http://example.com/x?y=[1]", "http://example.com/x?y=[1]" },
    { "**http://example.com/x**", "http://example.com/x" },
    { "http://example.com:8080/x", "http://example.com:8080/x" },
    { "http://example.com[:]8080/x", "http://example.com:8080/x" },
    { "http://user:pw@example.com/x", "http://user:pw@example.com/x" },
    { "http://198.51.100.7/x", "http://198.51.100.7/x" },
    { "http://198[.]51[.]100[.]7:81/x", "http://198.51.100.7:81/x" },
    { "http://[2001:db8::7]:443/", "http://[2001:db8::7]:443/" },
    { "http://3325256711/x", "http://3325256711/x" },
    { "http://0xc6336407/", "http://0xc6336407/" },
    { "http://müller.example/ß", "http://müller.example/ß" },
    { "http://xn--mller-kva.xn--p1ai/", "http://xn--mller-kva.xn--p1ai/" },
    { "URL:http://example.com/x", "http://example.com/x" },
    { "Linkhttp://example.com/x", "http://example.com/x" },
    { "http://example.com/a http://example.org/b", "http://example.com/a http://example.org/b" },
    { "https://example.net/?u=http://example.com/x",
      "https://example.net/?u=http://example.com/x" },
    { "http://example.com?x=1", "http://example.com?x=1" },
    { "http://example.com#top", "http://example.com#top" },
    { "http://example.com|x", "http://example.com" },
    { "", "" },
    { "http://", "" },
    { "http:///x", "" },
    { "http://localhost/", "" },
    { "http:// example.com", "" },
    { "http:/example.com", "" },
    { "file:///etc/passwd", "" },
    { "xhttq://example.com", "" },
    { "// comment", "" },
    { "std::a//b.com", "" },
    { "www", "" },
    { "www.", "" },
    { "www. example.com", "" },
    { "awww.example.com", "" },
    { "me@www.example.com", "" },
    { "/var/www.example.com", "" },
    { "http://-/", "" },
    { "http://..com", "" },
    { "http://1.2.3.4.5/", "" },
    { "http://256.1.1.1/", "" },
};

static const struct {
    const char *in, *host, *ip; /* NULL: no address */
    guint port;
} parts[] = {
    { "http://Example.COM:8080/", "example.com", NULL, 8080 },
    { "http://198.51.100.7/", "198.51.100.7", "198.51.100.7", 0 },
    { "http://3325256711/", "3325256711", "198.51.100.7", 0 },
    { "http://0xC6336407/", "0xc6336407", "198.51.100.7", 0 },
    { "http://0306.063.0144.07/", "0306.063.0144.07", "198.51.100.7", 0 },
    { "http://198.3367943/", "198.3367943", "198.51.100.7", 0 },
    { "http://[2001:DB8::7]:443/", "2001:db8::7", "2001:db8::7", 443 },
    { "http://example.com:0/", "example.com", NULL, 0 },
    { "http://example.com:65536/", "example.com", NULL, 0 },
};

static const Case hosts[] = {
    { "example.com", "example.com" },
    { "Host is Bad.EXAMPLE.com.", "bad.example.com" },
    { "Host is BAD.EXAMPLE.COM.", "bad.example.com" },
    { "phish.example.com and spam[.]example[.]org", "phish.example.com spam.example.org" },
    { "example[dot]com", "example.com" },
    { "(mail.example.net)", "mail.example.net" },
    { "example.com/login", "example.com" },
    { "example.com:8080", "example.com" },
    { "a-b.example.co.uk, x", "a-b.example.co.uk" },
    { "_dmarc.example.com", "_dmarc.example.com" },
    { "ip-198-51-100-7.example.net", "ip-198-51-100-7.example.net" },
    { "xn--mller-kva.example", "xn--mller-kva.example" },
    { "пример.рф", "пример.рф" },
    { "user@example.com", "" },
    { "john.doe@example.com", "" },
    { "john.doe[at]example", "" },
    { "report.txt index.php a.tar.gz", "" },
    { "ended.Please stop", "" },
    { "e.g. this", "" },
    { "i.e", "" },
    { "198.51.100.7", "" },
    { "1.2.3", "" },
    { "foo.bar()", "" },
    { "/usr/lib/x.so", "" },
    { "7.100.51.198.in-addr.arpa", "" },
    { "printer.local", "" },
    { "", "" },
    { "...", "" },
};

static void
test_next (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (urls); i++) {
        g_autoptr (Arena) arena = arena_new (1 << 20);
        g_autoptr (GString) got = g_string_new (NULL);
        Span rest;
        g_autofree char *exact = exact_copy (urls[i].in, &rest);
        Url url;

        while (url_next (arena, &rest, &url)) {
            g_assert_true (url.original.p >= exact && url.original.end == rest.p);
            g_string_append_printf (got, "%s%s", got->len > 0 ? " " : "", url.text);
        }
        g_assert_true (rest.p == rest.end);
        expect (urls[i].in, got->str, urls[i].want);
    }
}

static void
test_parts (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
        g_autoptr (Arena) arena = arena_new (1 << 20);
        Span rest;
        g_autofree G_GNUC_UNUSED char *exact = exact_copy (parts[i].in, &rest);
        char ip[IP_TEXT_MAX];
        Url url;

        g_assert_true (url_next (arena, &rest, &url));
        g_assert_cmpstr (url.host, ==, parts[i].host);
        g_assert_cmpuint (url.port, ==, parts[i].port);
        g_assert_cmpstr (ip_format (&url.host_ip, ip), ==, parts[i].ip != NULL ? parts[i].ip : "");
    }
}

static void
test_long (void)
{
    g_autoptr (Arena) arena = arena_new (1 << 20);
    g_autofree char *path = g_strnfill (2 * URL_MAX, 'a');
    g_autofree char *text = g_strconcat ("http://example.com/", path, " then", NULL);
    Span rest = span_of (text);
    Url url;

    g_assert_true (url_next (arena, &rest, &url));
    g_assert_cmpuint (strlen (url.text), ==, URL_MAX);
    g_assert_cmpstr (rest.p, ==, " then");
}

static void
test_hosts (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++) {
        g_autoptr (Arena) arena = arena_new (1 << 20);
        g_autoptr (GString) got = g_string_new (NULL);
        Span rest, original;
        g_autofree G_GNUC_UNUSED char *exact = exact_copy (hosts[i].in, &rest);
        const char *host;

        while (host_next (arena, &rest, &host, &original))
            g_string_append_printf (got, "%s%s", got->len > 0 ? " " : "", host);
        g_assert_true (rest.p == rest.end);
        expect (hosts[i].in, got->str, hosts[i].want);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/url/next/refanged", test_next);
    g_test_add_func ("/url/next/host-port-and-address", test_parts);
    g_test_add_func ("/url/next/long-ones-are-cut", test_long);
    g_test_add_func ("/host/next/hosts-but-no-files-and-mail-addresses", test_hosts);
    return g_test_run ();
}
