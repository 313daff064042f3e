/*
 * schema - the log's tables, by version
 *
 * Each version is the SQL that makes it from the one before, run in one
 * transaction with the new number; a database that is newer than this program
 * is refused.  Versions only add.
 *
 * Children of a report carry its `seq' and their own number n, and live in
 * that key.  Addresses are text; those accused are also kept as ip_key, which
 * sorts as the numbers do, so that a network is a range.
 */
#pragma once
#include "base/ip.h"
#include "effect/db.h"

#define SCHEMA_VERSION 3
#define SCHEMA_IP_KEY_MAX 34 /* '4' or '6', then two hexadecimal digits a byte */

gboolean schema_migrate (Db *db, GError **error); /* a DB_WRITE database: makes or migrates it */
gboolean schema_accept (Db *db,
                        GError **error); /* a DB_READ database: it must be of this version */

const char *schema_ip_key (const Ip *ip, char ret[SCHEMA_IP_KEY_MAX]); /* returns ret */
void schema_net_keys (const IpNet *net, char ret_first[SCHEMA_IP_KEY_MAX],
                      char ret_last[SCHEMA_IP_KEY_MAX]);
