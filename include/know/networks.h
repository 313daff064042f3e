/*
 * networks - our own networks, as the settings list them, and the narrowest around an address
 */
#pragma once
#include "know/setting.h"
#include "know/settings.h"

extern const Setting network_rows[]; /* cidr, relay, provider, since, until */

/* A list of blocks; the array lives in w->arena. */
gboolean networks_read (Want *w, const YamlNode *list, const Setting *row,
                        const Network **ret_networks, guint *ret_n);

typedef struct NetworkIndex NetworkIndex; /* immutable; a lookup costs one search for each prefix length in use */

NetworkIndex *network_index_new (const Network *networks, guint n); /* keeps no pointer into them */
void          network_index_free (NetworkIndex *x);
gint          network_index_find (const NetworkIndex *x, const Ip *ip); /* -1: in none */
