/*
 * readers - one function a report format; what they promise stands in formats.h
 *
 * read/formats.c has them in a table; nobody else calls them, but tests.
 */
#pragma once
#include "value/fact.h"

gboolean xarf_json_read (Facts *facts); /* XARF 1 to 4 */
gboolean arf_read (Facts *facts);       /* RFC 5965, 6591, 6692 */
gboolean xarf_text_read (Facts *facts); /* X-ARF 0.1, 0.2 */
gboolean fail2ban_read (Facts *facts);  /* the mails of fail2ban's stock actions */
gboolean acns_read (Facts *facts);      /* ACNS 0.6 to 1.3 */
gboolean iodef_read (Facts *facts);     /* RFC 5070, 7970 */
gboolean dmarc_read (Facts *facts);     /* aggregate reports, RFC 7489 */
gboolean spamcop_read (Facts *facts);
gboolean dsn_read (Facts *facts); /* RFC 3464, 8098; bounces and automatic replies */
