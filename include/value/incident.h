/*
 * incident - one accused address with what stands beside it
 *
 * Built by judge/incidents from facts that share a record; duplicates are
 * folded and counted.  A value that is not known is absent (see each field),
 * never guessed silently: `basis' says how well the address is founded.
 */
#pragma once
#include "value/fact.h"
#include "value/tor.h"

typedef struct Incident {
    Ip ip; /* family 0: no address is given (a URL or host is accused) */
    guint8
        bits; /* a whole network is accused: its prefix length, `ip' is its base; 0: one address */
    const char *masked;   /* the address as masked by the sender, or NULL */
    guint src_port;       /* the port at the accused address; 0 unknown */
    Ip dst_ip;            /* family 0: unknown */
    guint dst_port;       /* the port at the other end; 0 unknown */
    gboolean port_unsaid; /* which end dst_port belongs to was not said: the scenario decides */
    const char *protocol; /* "tcp", ...; NULL unknown */
    gboolean has_time;
    When when;
    const char *time_text; /* as it stood in the mail; NULL without a time */
    const char *url;       /* refanged; NULL when none */
    guint64 count;         /* at least 1 */
    Basis basis;
    Where where;
    const char *rule;      /* why this address is accused */
    guint record;          /* the last record that said it */
    gint network;          /* which of our networks it is in: index into Settings; -1 none */
    ExitFound exit;        /* was `ip' a Tor exit then; of the lists in the settings' tor block */
    PolicyVerdict policy;  /* does our exit policy let anybody reach dst_ip, dst_port */
    Impossible impossible; /* why no traffic through our exit can have been this */
} Incident;

#define LIMIT_INCIDENTS 5000 /* kept; more are counted and recorded as a defect */
#define HEADER_INCIDENTS 8   /* written out in headers */
