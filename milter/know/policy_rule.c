#include "know/policy_rule.h"

#define PORT_MAX 65535
#define EXPECT_ACTION "accept, reject, accept6 or reject6"
#define EXPECT_PATTERN "one ADDRESS:PORT, such as *:25, 203.0.113.0/24:80-443 or [2001:db8::]/32:*"
#define EXPECT_ADDRESS "*, *4, *6, an IPv4 address, an IPv6 address in [brackets], or private:PORT"
#define EXPECT_MASK "a number of bits, or for IPv4 a mask such as 255.255.255.0"
#define EXPECT_PORTS "a port from 1 to 65535, a range such as 80-443, or *"

static const struct {
    const char *word;
    gboolean accept, six;
} actions[] = {
    { "accept", TRUE, FALSE },
    { "reject", FALSE, FALSE },
    { "accept6", TRUE, TRUE },
    { "reject6", FALSE, TRUE },
};

static const char *const everything[] = { "0.0.0.0/0", "::/0" };

/* tor's own list, in its order. */
static const char *const private_nets[] = {
    "0.0.0.0/8", "169.254.0.0/16", "127.0.0.0/8", "192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12",
    "::/8",      "fc00::/7",       "fe80::/10",   "fec0::/10",      "ff00::/8",   "::/127",
};

typedef struct Pattern {
    PolicyDialect dialect;
    gboolean accept, six; /* the action before it */
    guint16 from, to;
    Span wrong;
} Pattern;

static void
add_net (const Pattern *p, GArray *rules, const IpNet *net, gboolean is_private)
{
    PolicyRule rule = { p->accept, is_private, *net, p->from, p->to };

    if (!p->six || net->base.family == 6)
        g_array_append_val (rules, rule);
}

static void
add_text (const Pattern *p, GArray *rules, const char *cidr, gboolean is_private)
{
    IpNet net;
    gboolean good = ipnet_parse (span_of (cidr), &net);

    g_assert (good);
    add_net (p, rules, &net, is_private);
}

static gboolean
is_port_list (Span text, guint *from, guint *to)
{
    *from = 1;
    *to = PORT_MAX;
    if (span_left (text) == 0 || span_is (text, "*"))
        return TRUE;
    if (!span_uint (&text, PORT_MAX, from) || *from == 0)
        return FALSE;
    *to = *from;
    return (!span_lit (&text, "-") || span_uint (&text, PORT_MAX, to)) && text.p == text.end &&
           *from <= *to;
}

static gboolean
read_ports (Pattern *p, Span text)
{
    guint from, to;

    p->wrong = text;
    if (!is_port_list (text, &from, &to))
        return FALSE;
    p->from = (guint16)from;
    p->to = (guint16)to;
    return TRUE;
}

/* What stands behind the address: ":PORTS", or nothing for all of them. */
static const char *
read_rest (Pattern *p, Span text)
{
    p->wrong = text;
    if (text.p < text.end && !span_lit (&text, ":"))
        return EXPECT_PATTERN;
    return read_ports (p, text) ? NULL : EXPECT_PORTS;
}

static const char *
read_private (Pattern *p, Span text, GArray *rules)
{
    const char *expected;

    if (span_left (text) == 0 || *text.p != ':')
        return EXPECT_ADDRESS;
    expected = read_rest (p, text);
    if (expected != NULL ||
        p->six) /* tor leaves "accept6 private" out: private is no IPv6 address */
        return expected;
    for (gsize i = 0; i < G_N_ELEMENTS (private_nets); i++)
        add_text (p, rules, private_nets[i], TRUE);
    return NULL;
}

static const char *
read_star (Pattern *p, Span text, GArray *rules)
{
    gboolean only4 = span_lit (&text, "4"), only6 = !only4 && span_lit (&text, "6");
    const char *expected;

    if (span_left (text) > 0 && *text.p == '/') {
        p->wrong = text;
        return "no mask behind *";
    }
    expected = read_rest (p, text);
    if (expected != NULL)
        return expected;
    if (p->dialect == POLICY_DESCRIPTOR && !only6)
        only4 = !p->six;
    if (!only6)
        add_text (p, rules, everything[0], FALSE);
    if (!only4)
        add_text (p, rules, everything[1], FALSE);
    return NULL;
}

/* 255.255.240.0 is 20 bits. */
static gboolean
bits_of_mask (const Ip *mask, guint *ret)
{
    guint32 m = (guint32)mask->bytes[0] << 24 | (guint32)mask->bytes[1] << 16 |
                (guint32)mask->bytes[2] << 8 | mask->bytes[3];
    guint32 host = ~m;

    if ((host & (host + 1)) != 0)
        return FALSE;
    for (*ret = 0; m != 0; m <<= 1)
        ++*ret;
    return TRUE;
}

static gboolean
read_mask (Span *s, guint max, guint *ret_bits)
{
    Ip mask;

    if (max == 32 && span_ipv4 (s, &mask))
        return bits_of_mask (&mask, ret_bits);
    return span_uint (s, max, ret_bits);
}

/* "[...]" or bare; *ret_max are its bits as written. */
static gboolean
read_ip (Span *s, Ip *ret, guint *ret_max)
{
    gboolean bracket = span_lit (s, "[");

    *ret_max = 128;
    if (!bracket || !span_ipv6 (s, ret)) {
        *ret_max = 32;
        if (!span_ipv4 (s, ret))
            return FALSE;
    }
    return !bracket || span_lit (s, "]");
}

static const char *
read_address (Pattern *p, Span text, GArray *rules)
{
    Span whole = text;
    const char *expected;
    guint max, bits;
    IpNet net;
    Ip ip;

    if (!read_ip (&text, &ip, &max))
        return EXPECT_ADDRESS;
    bits = max;
    p->wrong = whole;
    if (span_lit (&text, "/") && !read_mask (&text, max, &bits))
        return EXPECT_MASK;
    expected = read_rest (p, text);
    if (expected != NULL)
        return expected;
    if (max == 128 && ip.family == 4) /* v4-mapped: nobody connects to such an address */
        return NULL;
    net = ipnet_around (&ip, bits);
    add_net (p, rules, &net, FALSE);
    return NULL;
}

static const char *
read_pattern (Pattern *p, Span text, GArray *rules)
{
    p->wrong = text;
    if (span_lit (&text, "private"))
        return read_private (p, text, rules);
    if (span_lit (&text, "*"))
        return read_star (p, text, rules);
    return read_address (p, text, rules);
}

static Span
take_word (Span *s)
{
    Span word = *s;

    while (s->p < s->end && !g_ascii_isspace (*s->p))
        s->p++;
    word.end = s->p;
    *s = span_trim (*s);
    return word;
}

const char *
policy_rule_read (Span text, PolicyDialect dialect, GArray *rules, Span *ret_wrong)
{
    Pattern p = { .dialect = dialect };
    Span rest = span_trim (text), action = take_word (&rest), pattern = take_word (&rest);
    const char *expected = EXPECT_ACTION;

    *ret_wrong = action;
    for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
        if (span_is (action, actions[i].word)) {
            p.accept = actions[i].accept;
            p.six = actions[i].six;
            expected = NULL;
        }
    if (expected != NULL)
        return expected;
    *ret_wrong = span_trim (text);
    if (span_left (pattern) == 0 || span_left (rest) > 0)
        return EXPECT_PATTERN;
    expected = read_pattern (&p, pattern, rules);
    *ret_wrong = p.wrong;
    return expected;
}

/* Listed ports one way, all others the other (dir-spec 2.1.1, ipv6-policy). */
const char *
policy_rule_read_ipv6 (Span text, GArray *rules, Span *ret_wrong)
{
    Pattern p = { .dialect = POLICY_DESCRIPTOR, .six = TRUE };
    Span rest = span_trim (text), action = take_word (&rest), ports;

    *ret_wrong = action;
    p.accept = span_is (action, "accept");
    if (!p.accept && !span_is (action, "reject"))
        return "accept or reject";
    *ret_wrong = span_trim (text);
    if (span_left (rest) == 0)
        return EXPECT_PORTS;
    while (span_until (&rest, ',', &ports)) {
        *ret_wrong = ports;
        if (span_left (ports) == 0 || !read_ports (&p, ports))
            return EXPECT_PORTS;
        add_text (&p, rules, everything[1], FALSE);
    }
    p = (Pattern) { .six = TRUE, .accept = !p.accept, .from = 1, .to = PORT_MAX };
    add_text (&p, rules, everything[1], FALSE);
    return NULL;
}
