/*
 * hops - the way a mail took: Received and X-Originating-IP lines of attached or pasted headers
 *
 * Hop addresses are relays; the one that handed the mail to the reporter's own
 * server (the first public "from" address of the topmost Received whose two
 * ends bear different domains) is kept apart by its rule, since it is the sender when nothing
 * better accuses anybody.  So is the one that the receiver's SPF check saw.  X-Originating-IP and its
 * like name the client of a web mailer, as does a Received of a mail handed in with a password.  RFC
 * 5321 4.4, RFC 7208 9.1, RFC 8601 2.7.3.
 */
#pragma once
#include "value/fact.h"

#define HOP_RULE_HANDED_OVER "Received: handed over by"
#define HOP_RULE_CHECKED "header of an SPF check"
#define HOP_RULE_SUBMITTED "Received: handed in by"
#define HOP_RULE_ORIGIN "header of an originating address"
#define HOP_RULE_RELAY "Received"
#define HOP_SHAPE "received" /* of the records that hops make */

/* TRUE when the line at that index (and the folded ones below it) was such a header and has been
 * read. */
gboolean hops_read (Facts *facts, guint line);

/* Whether a header not far above that line has named one by that rule. */
gboolean hops_known (const Facts *facts, const Line *line, const char *rule);
