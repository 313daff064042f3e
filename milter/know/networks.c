#include "know/networks.h"
#include <stdlib.h>

#define AT(field) G_STRUCT_OFFSET (Network, field)

const Setting network_rows[] = {
    { .key = "cidr", .set = set_cidr, .at = AT (net), .doc = "the addresses: 198.51.100.0/25" },
    { .key = "relay",
      .set = set_text,
      .at = AT (relay),
      .doc = "the relay or host that uses them" },
    { .key = "provider", .set = set_text, .at = AT (provider), .doc = "who provides them" },
    { .key = "since",
      .set = set_date_from,
      .at = AT (since_unix_s),
      .doc = "the first day (UTC) that they are ours" },
    { .key = "until",
      .set = set_date_to,
      .at = AT (until_unix_s),
      .doc = "the last day (UTC) that they are ours" },
    { .key = NULL }
};

typedef struct Entry {
    IpNet net;
    gint network;
} Entry;

struct NetworkIndex {
    Entry *entries; /* sorted by net */
    guint n;
    guint8 bits4[33],
        bits6[129]; /* the prefix lengths in use, longest first, up to a row of 0xff */
};

#define NO_BITS 0xff

static gboolean
read_network (Want *w, const YamlNode *n, Network *ret)
{
    *ret =
        (Network) { .since_unix_s = G_MININT64, .until_unix_s = G_MAXINT64, .line = yaml_line (n) };
    if (!want_map (w, n, "networks") ||
        !setting_read_block (w, n, network_rows, "key of a network", ret))
        return FALSE;
    if (yaml_get (n, "cidr") == NULL) {
        want_refuse (w, n, "a network without cidr");
        return FALSE;
    }
    if (ret->until_unix_s < ret->since_unix_s) {
        want_refuse (w, n, "until is before since");
        return FALSE;
    }
    return TRUE;
}

static gboolean
same_at_one_time (const Network *a, const Network *b)
{
    return memcmp (&a->net, &b->net, sizeof a->net) == 0 && a->since_unix_s <= b->until_unix_s &&
           b->since_unix_s <= a->until_unix_s;
}

/* The same network twice is right when it went and came back; else one of the two is wrong. */
static gboolean
is_new (Want *w, const YamlNode *n, const Network *networks, guint before, const Network *candidate)
{
    char text[IPNET_TEXT_MAX];

    for (guint i = 0; i < before; i++)
        if (same_at_one_time (&networks[i], candidate)) {
            want_refuse (w, n, "%s stands in line %u already, for the same time",
                         ipnet_format (&candidate->net, text), networks[i].line);
            return FALSE;
        }
    return TRUE;
}

gboolean
networks_read (Want *w, const YamlNode *list, const Setting *row, const Network **ret_networks,
               guint *ret_n)
{
    guint n = yaml_length (list), good = 0;
    Network *networks = arena_new0 (w->arena, Network, n);

    if (yaml_kind (list) != YAML_LIST)
        return want_no_value (w, list, row->key, "a list of blocks, each with a cidr");
    for (guint i = 0; i < n; i++) {
        const YamlNode *item = yaml_item (list, i);

        if (read_network (w, item, &networks[good]) &&
            is_new (w, item, networks, good, &networks[good]))
            good++;
    }
    *ret_networks = networks;
    *ret_n = good;
    return good == n;
}

static int
compare_entries (const void *a, const void *b)
{
    return memcmp (a, b, sizeof (IpNet));
}

static void
list_bits (NetworkIndex *x, guint family, guint all, guint8 *ret)
{
    gboolean used[129] = { FALSE };

    for (guint i = 0; i < x->n; i++)
        if (x->entries[i].net.base.family == family)
            used[x->entries[i].net.bits] = TRUE;
    for (guint bits = all + 1; bits-- > 0;)
        if (used[bits])
            *ret++ = (guint8)bits;
    *ret = NO_BITS;
}

/* Of one network listed for several times the latest stands for it. */
static guint
drop_earlier (Entry *entries, guint n, const Network *networks)
{
    guint kept = 0;

    for (guint i = 0; i < n; i++) {
        Entry *last = kept > 0 ? &entries[kept - 1] : NULL;

        if (last == NULL || compare_entries (last, &entries[i]) != 0)
            entries[kept++] = entries[i];
        else if (networks[entries[i].network].since_unix_s > networks[last->network].since_unix_s)
            *last = entries[i];
    }
    return kept;
}

NetworkIndex *
network_index_new (const Network *networks, guint n)
{
    NetworkIndex *x = g_new0 (NetworkIndex, 1);

    x->entries = g_new (Entry, n);
    for (guint i = 0; i < n; i++)
        x->entries[i] = (Entry) { networks[i].net, (gint)i };
    if (n > 0)
        qsort (x->entries, n, sizeof (Entry), compare_entries);
    x->n = drop_earlier (x->entries, n, networks);
    list_bits (x, 4, 32, x->bits4);
    list_bits (x, 6, 128, x->bits6);
    return x;
}

void
network_index_free (NetworkIndex *x)
{
    if (x == NULL)
        return;
    g_free (x->entries);
    g_free (x);
}

gint
network_index_find (const NetworkIndex *x, const Ip *ip)
{
    const guint8 *bits = ip->family == 4 ? x->bits4 : x->bits6;

    for (; ip->family != 0 && *bits != NO_BITS; bits++) {
        IpNet net = ipnet_around (ip, *bits);
        const Entry *found =
            x->n == 0 ? NULL : bsearch (&net, x->entries, x->n, sizeof (Entry), compare_entries);

        if (found != NULL)
            return found->network;
    }
    return -1;
}
