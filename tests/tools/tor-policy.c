/*
 * tor-policy - our exit policies against a running tor's
 *
 *     tor-policy CONTROL RELAY-ADDRESS POLICIES PAIRS SEED
 *
 * Makes up that many policies, sets each on the tor at CONTROL, reads back what tor made of it, and
 * compares what tor's text says of address/port pairs with what we make of the same torrc lines.
 * tor's text is read here by a plain reader of its own, so that a mistake of ours is not made
 * twice. PAIRS are compared for each policy.  Prints "POLICIES policies, PAIRS pairs, ACCEPTED
 * accepted, N differ"; ends with 1 when any differs.
 */
#include "know/exit_policy.h"
#include "shell/tor_control.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_RULES 14
#define REBUILD_TRIES 100
#define REBUILD_WAIT_US 100000

typedef struct Plain { /* one line of tor's answer */
    gboolean accept;
    guint family, bits, from, to;
    guint8 bytes[16];
} Plain;

typedef struct Made { /* a policy as set */
    GString *text;
    gboolean ipv6_exit, reject_private, reduced;
} Made;

static GRand *dice;

static guint
roll (guint n)
{
    return (guint)g_rand_int_range (dice, 0, (gint32)n);
}

static const char *const nets4[] = {
    "203.0.113.0", "203.0.113.77", "198.51.100.128", "192.0.2.1",
    "10.1.2.3",    "8.8.0.0",      "172.16.5.9",     "100.64.0.0"
};
static const char *const nets6[] = {
    "2001:db8::", "2001:db8:1::77", "2001:db8:ffff:8000::", "fc00::1",
    "fe80::9",    "2400::",         "::ffff:192.0.2.1"
};

static void
make_address (GString *s)
{
    static const char *const stars[] = { "*", "*", "*", "*4", "*6" };
    static const char *const masks[] = { "255.0.0.0", "255.255.240.0", "255.255.255.255",
                                         "255.255.255.252" };

    switch (roll (8)) {
    case 0:
        g_string_append (s, "private");
        break;
    case 1:
    case 2:
        g_string_append_printf (s, "%s/%u", nets4[roll (G_N_ELEMENTS (nets4))], roll (33));
        break;
    case 3:
        g_string_append_printf (s, "%s/%s", nets4[roll (G_N_ELEMENTS (nets4))], masks[roll (4)]);
        break;
    case 4:
        g_string_append_printf (s, "[%s]/%u", nets6[roll (G_N_ELEMENTS (nets6) - 1)], roll (129));
        break;
    case 5:
        g_string_append_printf (s, roll (2) ? "[%s]" : "[%s]/128",
                                nets6[roll (G_N_ELEMENTS (nets6))]);
        break;
    default:
        g_string_append (s, stars[roll (G_N_ELEMENTS (stars))]);
    }
}

static void
make_rule (GString *s)
{
    static const char *const actions[] = { "accept", "accept",  "reject",
                                           "reject", "accept6", "reject6" };
    static const guint ports[] = { 1, 22, 25, 80, 443, 465, 6667, 6881, 9001, 65534, 65535 };
    guint from = ports[roll (G_N_ELEMENTS (ports))];

    g_string_append_printf (s, "%s ", actions[roll (G_N_ELEMENTS (actions))]);
    make_address (s);
    switch (roll (4)) {
    case 0:
        g_string_append (s, ":*");
        break;
    case 1:
        g_string_append_printf (s, ":%u-%u", from, from + roll (65536 - from));
        break;
    default:
        g_string_append_printf (s, ":%u", from);
    }
}

/* Begins with two rules of a number of its own: whatever follows, tor keeps one of them. */
static Made
make_policy (guint number)
{
    Made m = { g_string_new (NULL), roll (3) != 0, roll (4) != 0, roll (5) == 0 };
    guint n = 1 + roll (MAX_RULES);

    g_string_printf (m.text, "accept 198.18.0.%u:1,reject 198.18.1.%u:1", number, number);
    for (guint i = 0; i < n; i++) {
        g_string_append (m.text, roll (2) ? "," : ", ");
        make_rule (m.text);
    }
    if (roll (3) == 0)
        g_string_append (m.text, roll (2) ? ",accept *:*" : ",reject *:*");
    return m;
}

static char *
must_ask (TorControl *c, const char *command)
{
    g_autoptr (GError) error = NULL;
    char *answer = tor_control_ask (c, command, &error);

    if (answer != NULL)
        return answer;
    fprintf (stderr, "%s\n    to: %s\n", error->message, command);
    exit (2);
}

static void
command (TorControl *c, const char *text)
{
    g_free (must_ask (c, text));
}

/* tor rebuilds its descriptor some time after a change; going offline and back hurries it. */
static char *
set_and_read (TorControl *c, const Made *m, guint number)
{
    g_autofree char *set = g_strdup_printf (
        "SETCONF IPv6Exit=%d ExitPolicyRejectPrivate=%d ReducedExitPolicy=%d ExitPolicy=\"%s\"",
        m->ipv6_exit, m->reject_private, m->reduced, m->text->str);
    g_autofree char *accept = g_strdup_printf (" 198.18.0.%u:1\n", number);
    g_autofree char *reject = g_strdup_printf (" 198.18.1.%u:1\n", number);

    command (c, set);
    command (c, "SETCONF DisableNetwork=1");
    command (c, "SETCONF DisableNetwork=0");
    for (guint i = 0; i < REBUILD_TRIES; i++) {
        g_autofree char *answer = must_ask (c, "GETINFO exit-policy/full");

        if (strstr (answer, accept) != NULL || strstr (answer, reject) != NULL)
            return g_steal_pointer (&answer);
        g_usleep (REBUILD_WAIT_US);
    }
    fprintf (stderr, "tor did not take up: %s\n", set);
    exit (2);
}

/* "accept6 [2001:db8::]/32:80-443" as in a descriptor: "*" is of the action's family. */
static gboolean
read_plain (const char *line, Plain *ret)
{
    char action[8], address[64], ports[16];
    const char *pattern = strchr (line, ' ') + 1, *colon = strrchr (line, ':');
    char *slash, *dash;

    g_strlcpy (action, line, MIN (sizeof action, (gsize)(pattern - line)));
    g_strlcpy (address, pattern, MIN (sizeof address, (gsize)(colon - pattern) + 1));
    g_strlcpy (ports, colon + 1, sizeof ports);
    *ret = (Plain) {
        .accept = action[0] == 'a', .family = strlen (action) == 7 ? 6 : 4, .from = 1, .to = 65535
    };
    slash = strchr (address, '/');
    ret->bits = strcmp (address, "*") == 0 ? 0 : ret->family == 6 ? 128 : 32;
    if (slash != NULL) {
        ret->bits = (guint)g_ascii_strtoull (slash + 1, NULL, 10);
        *slash = '\0';
    }
    if (strcmp (ports, "*") != 0) {
        ret->from = ret->to = (guint)g_ascii_strtoull (ports, &dash, 10);
        if (*dash == '-')
            ret->to = (guint)g_ascii_strtoull (dash + 1, NULL, 10);
    }
    if (strcmp (address, "*") == 0)
        return TRUE;
    if (ret->family == 4)
        return inet_pton (AF_INET, address, ret->bytes) == 1;
    address[strlen (address) - 1] = '\0';
    return inet_pton (AF_INET6, address + 1, ret->bytes) == 1;
}

static GArray *
read_answer (const char *answer)
{
    GArray *plain = g_array_new (FALSE, FALSE, sizeof (Plain));
    g_auto (GStrv) lines = g_strsplit (strchr (answer, '\n') + 1, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        Plain p;

        if (lines[i][0] == '\0')
            continue;
        if (!read_plain (lines[i], &p)) {
            fprintf (stderr, "cannot read tor's '%s'\n", lines[i]);
            exit (2);
        }
        g_array_append_val (plain, p);
    }
    return plain;
}

static gboolean
plain_accepts (const GArray *plain, const Ip *ip, guint port)
{
    for (guint i = 0; i < plain->len; i++) {
        const Plain *p = &g_array_index (plain, Plain, i);
        gboolean in = p->family == ip->family && port >= p->from && port <= p->to;

        for (guint bit = 0; in && bit < p->bits; bit++)
            in = ((p->bytes[bit / 8] ^ ip->bytes[bit / 8]) >> (7 - bit % 8) & 1) == 0;
        if (in)
            return p->accept;
    }
    return TRUE;
}

/* Mostly near the edges of a rule: its first or last address or port, or one beside them. */
static void
make_pair (const GArray *plain, Ip *ip, guint *port)
{
    const Plain *p = &g_array_index (plain, Plain, roll (plain->len));
    const Plain *q = &g_array_index (plain, Plain, roll (plain->len));
    guint bytes = p->family == 4 ? 4 : 16, edge = roll (4), k;

    ip->family = (guint8)p->family;
    memset (ip->bytes, 0, sizeof ip->bytes);
    memcpy (ip->bytes, p->bytes, bytes);
    for (guint bit = p->bits; bit < bytes * 8; bit++)
        if (edge == 1 || (edge == 2 && roll (2)))
            ip->bytes[bit / 8] |= (guint8)(0x80 >> bit % 8);
        else if (edge != 3 || roll (2))
            ip->bytes[bit / 8] &= (guint8) ~(0x80 >> bit % 8);
    for (k = bytes; roll (3) == 0 && k-- > 0 && ip->bytes[k]++ == 0xff;) /* the address behind */
        ;
    if (roll (6) == 0)
        for (k = 0; k < bytes; k++)
            ip->bytes[k] = (guint8)roll (256);
    *port = roll (3) == 0 ? 1 + roll (65535) : (roll (2) ? q->from : q->to) + roll (3) - 1;
    *port = CLAMP (*port, 1, 65535);
    if (ip->family == 6) { /* v4-mapped addresses are IPv4 to us */
        char text[IP_TEXT_MAX];

        ip_parse (span_of (ip_format (ip, text)), ip);
    }
}

static ExitPolicy *
our_policy (const Made *m)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    ExitPolicy *p = exit_policy_new (POLICY_TORRC);
    g_autofree char *told = NULL;

    exit_policy_begin (p, m->ipv6_exit, m->reject_private);
    exit_policy_add (p, span_of (m->text->str), "made", 1, mistakes);
    exit_policy_end (p, m->reduced, "dist/tor", mistakes);
    told = mistakes_text (mistakes);
    if (*told != '\0') {
        fprintf (stderr, "tor takes what we do not: %s", told);
        exit (1);
    }
    return p;
}

/* tor's own text, read by us: as it is when `control' is set. */
static ExitPolicy *
read_by_us (const char *answer)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    ExitPolicy *p = exit_policy_new (POLICY_DESCRIPTOR);

    if (!exit_policy_add (p, span_of (strchr (answer, '\n') + 1), "tor", 1, mistakes)) {
        fprintf (stderr, "we cannot read what tor says: %s\n", mistakes_get (mistakes, 0));
        exit (1);
    }
    return p;
}

typedef struct Sum {
    guint64 pairs, accepted, differ;
} Sum;

static void
compare (const Made *m, const char *answer, const Ip *relay, guint pairs, Sum *sum)
{
    g_autoptr (ExitPolicy) ours = our_policy (m);
    g_autoptr (ExitPolicy) read = read_by_us (answer);
    g_autoptr (GArray) plain = read_answer (answer);
    char text[IP_TEXT_MAX];

    for (guint i = 0; i < pairs; i++) {
        Ip ip = { .family = 0 };
        guint port = 0;
        PolicyVerdict tor;

        make_pair (plain, &ip, &port);
        tor = plain_accepts (plain, &ip, port) ? POLICY_ACCEPT : POLICY_REJECT;
        sum->pairs++;
        sum->accepted += tor == POLICY_ACCEPT;
        if (exit_policy_judge (ours, relay, &ip, port) == tor &&
            exit_policy_judge (read, relay, &ip, port) == tor)
            continue;
        if (sum->differ++ < 5)
            fprintf (stderr,
                     "%s port %u: tor says %s\n    of IPv6Exit %d, private rejected %d, reduced "
                     "%d: %s\n",
                     ip_format (&ip, text), port, policy_verdict_name (tor), m->ipv6_exit,
                     m->reject_private, m->reduced, m->text->str);
    }
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TorControl) c = argc == 6 ? tor_control_open (argv[1], NULL, &error) : NULL;
    guint policies = argc == 6 ? (guint)g_ascii_strtoull (argv[3], NULL, 10) : 0;
    Sum sum = { 0, 0, 0 };
    Ip relay;

    if (c == NULL || !ip_parse (span_of (argv[2]), &relay) || policies > 250) {
        fprintf (stderr, "tor-policy: %s\n",
                 error != NULL ? error->message : "see the top of its source");
        return 2;
    }
    dice = g_rand_new_with_seed ((guint32)g_ascii_strtoull (argv[5], NULL, 10));
    for (guint i = 1; i <= policies; i++) {
        Made m = make_policy (i);
        g_autofree char *answer = set_and_read (c, &m, i);

        compare (&m, answer, &relay, (guint)g_ascii_strtoull (argv[4], NULL, 10), &sum);
        g_string_free (m.text, TRUE);
    }
    g_rand_free (dice);
    printf ("%u policies, %" G_GUINT64_FORMAT " pairs, %" G_GUINT64_FORMAT
            " accepted, %" G_GUINT64_FORMAT " differ\n",
            policies, sum.pairs, sum.accepted, sum.differ);
    return sum.differ > 0;
}
