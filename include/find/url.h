/*
 * url - URLs and host names in text, refanged
 *
 * Reads http, https, ftp (hxxp, h**p, meow, https[:]//, http://example[.]com),
 * "www." hosts without a scheme, and bare host names where the caller asks
 * (host_next): a host needs a known top-level shape (letters, at least two) and
 * is no file name ("report.txt", "index.php") and no mail address's domain.
 */
#pragma once
#include "base/arena.h"
#include "base/ip.h"

#define URL_MAX 2048 /* longer ones are cut there */

typedef struct Url {
    Span original;
    const char *text;  /* refanged: "https://example.com/x" */
    const char *host;  /* lower case, refanged; without port */
    Ip host_ip;        /* family 0 unless the host is an address, decimal and hex spellings included */
    guint port;        /* as written, else 0 */
} Url;

gboolean url_next (Arena *arena, Span *rest, Url *ret);  /* moves rest->p behind it */
gboolean host_next (Arena *arena, Span *rest, const char **ret_host, Span *ret_original);
