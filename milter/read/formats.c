#include "read/formats.h"
#include "read/readers.h"

/* Specific before general: the first that holds names the mail. */
const Format formats[] = {
    { "xarf", "XARF 1 to 4, github.com/abusix/xarf and xarf.org", xarf_json_read },
    { "arf", "RFC 5965, RFC 6591, RFC 6692", arf_read },
    { "x-arf", "X-ARF 0.1 and 0.2, x-arf.org/specification.html", xarf_text_read },
    { "fail2ban", "fail2ban's config/action.d: complain, mail and sendmail actions",
      fail2ban_read },
    { "acns", "ACNS 0.6 to 1.3, acns.net", acns_read },
    { "iodef", "RFC 5070, RFC 7970", iodef_read },
    { "spamcop", "SpamCop's report format, spamcop.net", spamcop_read },
    { "dmarc-aggregate", "RFC 7489 7.2, appendix C", dmarc_read },
    { "dsn", "RFC 3464, RFC 8098, RFC 3834", dsn_read },
};
const guint n_formats = G_N_ELEMENTS (formats);

void
formats_read (Facts *facts)
{
    facts->format = NULL;
    for (guint i = 0; i < n_formats && !budget_over (facts->message->budget); i++)
        if (formats[i].read (facts) && facts->format == NULL)
            facts->format = formats[i].name;
    if (facts->format == NULL)
        facts->format = "text";
}

gboolean
format_known (const char *name)
{
    for (guint i = 0; i < n_formats; i++)
        if (strcmp (formats[i].name, name) == 0)
            return TRUE;
    return strcmp (name, "text") == 0;
}
