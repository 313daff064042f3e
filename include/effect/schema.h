/*
 * schema - the log's tables, by version
 *
 * An older one is made into this one in a transaction; one that is newer than
 * this program is refused.
 *
 *   reports      what lists, filters and counts need, one narrow row a mail
 *   details      the rest of the row as JSON; the views incidents, signals,
 *                alternatives, urls, defects and refs show it as tables
 *   accused      whom a report accuses, once each, by ip_key, which sorts as
 *                the numbers do: a network is a range
 *   search       the words of each report up to number `indexed', with the
 *                database's own full-text index behind it
 *   cases        what reports are about: open, answered or closed; with notes
 *                in case_notes
 *   texts        the mail, where settings keep it
 *   corrections  what the operator said, newest with the highest n
 */
#pragma once
#include "base/ip.h"
#include "effect/db.h"

#define SCHEMA_VERSION 3
#define SCHEMA_IP_KEY_MAX 34 /* '4' or '6', then two hexadecimal digits a byte */
#define SCHEMA_KEY_MAX 38    /* and, of an accused network, "/24" */

gboolean schema_migrate (Db *db, GError **error); /* a DB_WRITE database: makes or migrates it */
gboolean schema_accept (Db *db,
                        GError **error); /* a DB_READ database: it must be of this version */

const char *schema_ip_key (const Ip *ip, char ret[SCHEMA_IP_KEY_MAX]); /* returns ret */
void schema_net_keys (const IpNet *net, char ret_first[SCHEMA_IP_KEY_MAX],
                      char ret_last[SCHEMA_IP_KEY_MAX]);

/* An accused address or (bits not 0) network; FALSE when `ip' is none. */
gboolean schema_accused_key (const char *ip, guint bits, char ret[SCHEMA_KEY_MAX]);
