/*
 * hop_header - one header line of a pasted or attached mail, as far as the mail's way goes
 *
 * Where it ends (mail programs wrap pasted headers, so that the rest begins
 * without a blank), which of its two ends an address stands at, and whether the
 * mail was handed in there.  RFC 5321 4.4, RFC 5322 2.2.3.
 */
#pragma once
#include "value/fact.h"

#define HOP_MAX_FOLDED 24 /* lines of one header that are looked at */

/* Without the marks of a quote, blanks and the stars of bold type. */
Span hop_text (Span line);

/* The whole header that begins at that line, and the index of its last line.  `unread' leaves out
 * lines that belong to a record already. */
Span hop_header (const Facts *facts, guint first, gboolean unread, guint *ret_last);

/* Passed on within one house: both ends bear the same domain. */
gboolean hop_is_internal (Span received);

/* Handed in with a password (RFC 3848) or by a web form: its client is who sent it. */
gboolean hop_is_submission (Span received);

/* What stands after "by" is the receiving server, not the sending one. */
gboolean hop_is_sending (Span received, const char *at);

/* What stands behind the last semicolon: when it was; empty when there is none. */
Span hop_stamp (Span received);
