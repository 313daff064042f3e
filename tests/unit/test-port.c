#include "find/port.h"

/* Every port of the text as "port[role][/protocol]", role s (source) or d (destination). */
static const struct {
    const char *text, *want;
} cases[] = {
    { "attacks on port 22 of our host", "22d" },
    { "destination port 22", "22d" },
    { "dst port: 443", "443d" },
    { "source port 43122", "43122s" },
    { "src_port=43122 dst_port=22", "43122s 22d" },
    { "SPT=43122 DPT=22 LEN=60", "43122s 22d" },
    { "Port 8443", "8443" },
    { "port(s) 25", "25" },
    { "ports 22, 80 and 443", "22 80 443" },
    { "ports 22,80,443", "22 80 443" },
    { "Port: 22/tcp", "22/tcp" },
    { "tcp/3389 was scanned", "3389/tcp" },
    { "open 53/udp", "53/udp" },
    { "port number 5060", "5060" },
    { "a service responding on port 389", "389s" },
    { "a resolver open on port 53", "53s" },
    { "it is open for everybody on port 8888", "8888s" },
    { "to port 25", "25d" },
    { "from port 6881", "6881s" },
    { "TCP port 445", "445" },
    { "Порт 22", "" }, /* capital letters beyond ASCII are not folded here */
    { "порт 22", "22" },
    { "puerto 3306", "3306" },
    { "na porcie 22", "22" },
    { "på port 22", "22" },
    { "poort 22", "22" },
    { "サーバのポート22に", "22" },
    { "我们的22端口", "22" },
    { "22番ポート", "22" },
    { "22 numaralı port", "22" },
    { "the destination port will be TCP 443", "443d/tcp" },
    { "\"ClientSrcPort\":43122", "43122s" },
    /* not these */
    { "Ports: 25/filtered/tcp//smtp///", "" },
    { "25/tcp  filtered  smtp", "" },
    { "25/tcp closed smtp", "" },
    { "22ポンド", "" },
    { "passportport 22", "" },
    { "at TCP 1500", "" },
    { "22 numara", "" },
    { "please close port 25 for it", "" },
    { "port 65536", "" },
    { "port 0", "" },
    { "version 22", "" },
    { "on 22 hosts", "" },
    { "support 24 hours", "" },
    { "airport 22", "" },
    { "port 22nd", "" },
    { "port 1.2.3.4", "" },
    { "port 2026-11-20", "2026" },
    { "TCP 1500 bytes", "" },
    { "passport no 4711", "" },
    { "22", "" },
    { "port", "" },
    { "", "" },
};

static void
test_next (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize n = strlen (cases[i].text);
        g_autofree char *block = g_malloc (n);
        g_autoptr (GString) got = g_string_new (NULL);
        Span rest = { block, block + n };
        PortMention port;

        if (n > 0)
            memcpy (block, cases[i].text, n);
        while (port_next (block, &rest, &port))
            g_string_append_printf (got, "%s%u%s%s%s", got->len > 0 ? " " : "", port.port,
                                    port.role == ROLE_OFFENDER ? "s"
                                    : port.role == ROLE_VICTIM ? "d"
                                                               : "",
                                    port.protocol != NULL ? "/" : "",
                                    port.protocol != NULL ? port.protocol : "");
        if (strcmp (got->str, cases[i].want) != 0)
            g_error ("\"%s\": got \"%s\", wanted \"%s\"", cases[i].text, got->str, cases[i].want);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/port/next/spellings-and-look-alikes", test_next);
    return g_test_run ();
}
