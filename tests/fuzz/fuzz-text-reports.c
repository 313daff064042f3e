/* The formats that are read from a body: X-ARF text, fail2ban, SpamCop, bounces; IODEF and DMARC.
 */
#include "one-part.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n)
{
    static gboolean (*const readers[]) (Facts *) = { xarf_text_read, fail2ban_read, spamcop_read,
                                                     dsn_read,       iodef_read,    dmarc_read };

    for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
        fuzz_part (data, n, PART_TEXT, i == 3 ? "message/delivery-status" : "text/plain",
                   readers[i]);
    return 0;
}
