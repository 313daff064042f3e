/* The types of settings that know about mail: sockets, recipients, headers, networks and dates. */
#include "base/calendar.h"
#include "base/ip.h"
#include "know/setting.h"
#include <sys/un.h>

#define HEADER_PREFIX_MAX 40
#define DAY_S (24 * 60 * 60)

gboolean
set_mode (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n) != NULL ? yaml_text (n) : "";
    gsize len = strlen (text);
    guint bits = 0;

    if (len < 3 || len > 4 || strspn (text, "01234567") != len || (len == 4 && text[0] != '0'))
        return want_no_value (w, n, row->key, "permission bits such as \"0660\"");
    for (; *text != '\0'; text++)
        bits = bits << 3 | (guint)(*text - '0');
    *(guint *)field = bits;
    return TRUE;
}

static gboolean
good_inet (Span at)
{
    guint port;

    return span_uint (&at, 65535, &port) && port > 0 && span_lit (&at, "@") && span_left (at) > 0;
}

static gboolean
good_unix (Span path)
{
    return span_left (path) > 1 && *path.p == '/' &&
           span_left (path) < sizeof ((struct sockaddr_un *)NULL)->sun_path;
}

static gboolean
good_socket (Span text)
{
    if (span_lit (&text, "unix:"))
        return good_unix (text);
    return (span_lit (&text, "inet:") || span_lit (&text, "inet6:")) && good_inet (text);
}

gboolean
set_socket (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);

    /* A host must be named: libmilter takes its absence for every address of the machine. */
    if (text == NULL || !setting_is_word (text) || !good_socket (span_of (text)))
        return want_no_value (w, n, row->key,
                              "unix:/path (at most 107 bytes), inet:PORT@HOST or inet6:PORT@HOST");
    return set_text (w, n, row, field);
}

gboolean
set_log (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);

    if (text != NULL && strcmp (text, "none") == 0) {
        *(const char **)field = NULL;
        return TRUE;
    }
    if (text == NULL ||
        (!g_str_has_prefix (text, "sqlite:/") && !g_str_has_prefix (text, "postgresql://")))
        return want_no_value (w, n, row->key, "sqlite:/path, postgresql://host/database or none");
    return set_text (w, n, row, field);
}

static const char *
glob_problem (const char *glob)
{
    if (!setting_is_word (glob) || strpbrk (glob, "<>") != NULL)
        return "recipients without blanks and angle brackets";
    if (strpbrk (glob, "@*") == NULL)
        return "recipients have a domain: NAME@* or NAME@example.org";
    return NULL;
}

gboolean
set_globs (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return setting_list (w, n, row, glob_problem, field);
}

gboolean
set_prefix (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n) != NULL ? yaml_text (n) : "";
    gsize len = strlen (text);

    if (!g_ascii_isalpha (text[0]) || len > HEADER_PREFIX_MAX || text[len - 1] != '-' ||
        strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") != len)
        return want_no_value (w, n, row->key, "letters, digits and '-', with a '-' at the end");
    return set_text (w, n, row, field);
}

static gboolean
set_date (Want *w, const YamlNode *n, const Setting *row, gint64 bare_adds_s, gint64 *ret)
{
    Span text = span_of (yaml_text (n));
    gint64 unix_s;

    if (text.p == NULL || !calendar_parse_rfc3339 (text, &unix_s))
        return want_no_value (w, n, row->key, "a date such as 2024-03-01, in UTC");
    *ret = unix_s + (span_left (text) == strlen ("2024-03-01") ? bare_adds_s : 0);
    return TRUE;
}

gboolean
set_date_from (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return set_date (w, n, row, 0, field);
}

gboolean
set_date_to (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    return set_date (w, n, row, DAY_S - 1, field);
}

/* The network that was meant where only the host bits are wrong. */
static gboolean
net_around (Span text, IpNet *ret)
{
    guint bits;
    Ip ip;

    if (!span_ipv4 (&text, &ip) && !span_ipv6 (&text, &ip))
        return FALSE;
    if (!span_lit (&text, "/") || !span_uint (&text, ip.family == 4 ? 32 : 128, &bits) ||
        text.p != text.end)
        return FALSE;
    *ret = ipnet_around (&ip, bits);
    return TRUE;
}

gboolean
set_cidr (Want *w, const YamlNode *n, const Setting *row, gpointer field)
{
    const char *text = yaml_text (n);
    char meant[IPNET_TEXT_MAX];
    IpNet net;

    if (text != NULL && ipnet_parse (span_of (text), field))
        return TRUE;
    if (text == NULL || !net_around (span_of (text), &net))
        return want_no_value (w, n, row->key, "a network such as 198.51.100.0/25 or 2001:db8::/32");
    want_refuse (w, n, "%s has host bits set: %s is the network", text, ipnet_format (&net, meant));
    return FALSE;
}
