#include "read/sniff.h"

static const struct {
    const char *magic;
    guint length, offset;
    Nature nature;
    const char *type;
} magics[] = {
    { "%PDF-", 5, 0, NATURE_OPAQUE, "application/pdf" },
    { "\x89PNG", 4, 0, NATURE_OPAQUE, "image/png" },
    { "GIF8", 4, 0, NATURE_OPAQUE, "image/gif" },
    { "\xFF\xD8\xFF", 3, 0, NATURE_OPAQUE, "image/jpeg" },
    { "II*\0", 4, 0, NATURE_OPAQUE, "image/tiff" },
    { "MM\0*", 4, 0, NATURE_OPAQUE, "image/tiff" },
    { "RIFF", 4, 0, NATURE_OPAQUE, "application/octet-stream" },
    { "PK\3\4", 4, 0, NATURE_ARCHIVE, "application/zip" },
    { "PK\5\6", 4, 0, NATURE_ARCHIVE, "application/zip" },
    { "\x1F\x8B\x08", 3, 0, NATURE_ARCHIVE, "application/gzip" },
    { "ustar", 5, 257, NATURE_ARCHIVE, "application/x-tar" },
    { "BZh", 3, 0, NATURE_OPAQUE, "application/x-bzip2" },
    { "\xFD"
      "7zXZ",
      5, 0, NATURE_OPAQUE, "application/x-xz" },
    { "7z\xBC\xAF", 4, 0, NATURE_OPAQUE, "application/x-7z-compressed" },
    { "Rar!\x1A", 5, 0, NATURE_OPAQUE, "application/vnd.rar" },
    { "\xD0\xCF\x11\xE0", 4, 0, NATURE_OPAQUE, "application/x-ole-storage" },
    { "MZ", 2, 0, NATURE_OPAQUE, "application/x-dosexec" },
    { "\x7F"
      "ELF",
      4, 0, NATURE_OPAQUE, "application/x-executable" },
    { "\xD4\xC3\xB2\xA1", 4, 0, NATURE_OPAQUE, "application/vnd.tcpdump.pcap" },
    { "\xA1\xB2\xC3\xD4", 4, 0, NATURE_OPAQUE, "application/vnd.tcpdump.pcap" },
    { "\x0A\x0D\x0D\x0A", 4, 0, NATURE_OPAQUE, "application/x-pcapng" },
    { "-----BEGIN PGP MESSAGE-----", 27, 0, NATURE_ENCRYPTED, "application/pgp-encrypted" },
    { "-----BEGIN PGP SIGNATURE-----", 29, 0, NATURE_OPAQUE, "application/pgp-signature" },
    { "-----BEGIN PGP PUBLIC KEY BLOCK", 31, 0, NATURE_OPAQUE, "application/pgp-keys" },
    { "-----BEGIN PKCS7-----", 21, 0, NATURE_OPAQUE, "application/pkcs7-signature" },
};

/* Declared types whose content is not for reading even where it is text. */
static const struct {
    const char *declared;
    Nature nature;
} by_type[] = {
    { "application/pgp-signature", NATURE_OPAQUE },
    { "application/pgp-keys", NATURE_OPAQUE },
    { "application/pgp-encrypted",
      NATURE_OPAQUE }, /* the control part; the other one is encrypted */
    { "application/pkcs7-signature", NATURE_OPAQUE },
    { "application/x-pkcs7-signature", NATURE_OPAQUE },
    { "application/pkcs7-mime", NATURE_ENCRYPTED },
    { "application/x-pkcs7-mime", NATURE_ENCRYPTED },
    { "text/vcard", NATURE_OPAQUE },
    { "text/x-vcard", NATURE_OPAQUE },
    { "text/calendar", NATURE_OPAQUE },
    { "text/css", NATURE_OPAQUE },
    { "text/javascript", NATURE_OPAQUE },
    { "image/svg+xml", NATURE_OPAQUE },
};

/* Names of header fields that only mails begin with. */
static const char *const mail_fields[] = {
    "Received:",
    "Return-Path:",
    "Delivered-To:",
    "From:",
    "To:",
    "Subject:",
    "Date:",
    "Message-ID:",
    "MIME-Version:",
    "Content-Type:",
    "Reply-To:",
    "X-Mailer:",
    "X-Original-To:",
    "DKIM-Signature:",
    "Authentication-Results:",
    "Received-SPF:",
    "ARC-Seal:",
    "X-Originating-IP:",
};

static Span
head (Span bytes)
{
    return (Span) { bytes.p, bytes.p + MIN (span_left (bytes), SNIFF_BYTES) };
}

static gboolean
has_magic (Span bytes, const char *magic, gsize n, gsize offset)
{
    return span_left (bytes) >= offset + n && memcmp (bytes.p + offset, magic, n) == 0;
}

/* Tab, LF, VT, FF, CR, ESC. */
#define TEXT_CONTROLS (1u << 9 | 1u << 10 | 1u << 11 | 1u << 12 | 1u << 13 | 1u << 27)

/* Zeroes are text in UTF-16 only, which begins with its mark.  What says it is text may be damaged.
 */
static gboolean
is_text (Span bytes, const char *declared)
{
    guint percent = g_str_has_prefix (declared, "text/") ? 25 : 2;
    gsize controls = 0;

    if (has_magic (bytes, "\xFF\xFE", 2, 0) || has_magic (bytes, "\xFE\xFF", 2, 0))
        return TRUE;
    for (const char *p = bytes.p; p < bytes.end; p++)
        controls += (guchar)*p < 0x20 && (TEXT_CONTROLS >> *p & 1) == 0;
    return controls * 100 <= span_left (bytes) * percent;
}

static gboolean
has_tags (Span text)
{
    static const char *const tags[] = { "<html",   "<body",  "<div",  "<p>",   "<p ",
                                        "<br",     "<table", "<td",   "<a ",   "<span",
                                        "<b>",     "<pre",   "<font", "<head", "<!doctype html",
                                        "<style",  "<meta",  "<h1",   "<h2",   "<ul",
                                        "<strong", "</" };

    for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
        if (span_find_nocase (text, tags[i]) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
is_html (Span text, const char *declared)
{
    Span start = span_trim (text);

    if (span_starts_nocase (start, "<!doctype html") || span_starts_nocase (start, "<html"))
        return TRUE;
    return strcmp (declared, "text/html") == 0 && has_tags (text);
}

/* '[' begins many a log line. */
static gboolean
is_json (Span text)
{
    char first = text.p < text.end ? *text.p++ : '\0';
    Span inside = span_trim (text);

    if (first != '{' && first != '[')
        return FALSE;
    return inside.p < inside.end && (*inside.p == '"' || *inside.p == '{' || *inside.p == '}');
}

static const char *
text_type (Span text, const char *declared, const char *name)
{
    Span start = span_trim (text);

    if (span_starts_nocase (start, "<?xml"))
        return "text/xml";
    if (is_json (start))
        return "application/json";
    if (name != NULL && span_ends_nocase (span_of (name), ".csv"))
        return "text/csv";
    if (name != NULL && span_ends_nocase (span_of (name), ".tsv"))
        return "text/tab-separated-values";
    if (g_str_has_prefix (declared, "text/") && strcmp (declared, "text/html") != 0)
        return declared;
    return g_str_has_prefix (declared, "message/") ? declared : "text/plain";
}

Sniffed
sniff (Span bytes, const char *declared, const char *name)
{
    Span text;

    bytes = head (bytes);
    text = span_trim (bytes);
    for (gsize i = 0; i < G_N_ELEMENTS (by_type); i++)
        if (strcmp (declared, by_type[i].declared) == 0)
            return (Sniffed) { by_type[i].nature, declared };
    for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
        if (has_magic (magics[i].magic[0] == '-' ? text : bytes, magics[i].magic, magics[i].length,
                       magics[i].offset))
            return (Sniffed) { magics[i].nature, magics[i].type };
    if (!is_text (bytes, declared))
        return (Sniffed) { NATURE_OPAQUE, g_str_has_prefix (declared, "text/")
                                              ? "application/octet-stream"
                                              : declared };
    if (is_html (bytes, declared))
        return (Sniffed) { NATURE_HTML, "text/html" };
    if (sniff_is_mail (bytes))
        return (Sniffed) { NATURE_MAIL, "message/rfc822" };
    return (Sniffed) { NATURE_TEXT, text_type (bytes, declared, name) };
}

static gboolean
is_field (Span line, gboolean *ret_known)
{
    const char *p = line.p;

    *ret_known = FALSE;
    while (p<line.end && * p> ' ' && *p < 0x7F && *p != ':')
        p++;
    if (p == line.p || p == line.end || *p != ':')
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (mail_fields); i++)
        *ret_known |= span_starts_nocase (line, mail_fields[i]);
    return TRUE;
}

gboolean
sniff_is_mail (Span text)
{
    guint fields = 0, known = 0;
    gboolean is_known;
    Span line;

    text = head (text);
    if (span_lit (&text, "From ") || span_lit (&text, ">From "))
        (void)span_line (&text, &line);
    while (span_line (&text, &line) && line.p < line.end) {
        if (*line.p == ' ' || *line.p == '\t')
            continue;
        if (!is_field (line, &is_known))
            break;
        fields++;
        known += is_known;
    }
    return fields >= 3 && known >= 2;
}

gboolean
sniff_is_xarf (Span text)
{
    guint reported = 0, others = 0;
    Span line;

    text = head (text);
    while (span_line (&text, &line)) {
        reported += span_starts_nocase (line, "Reported-From:");
        others +=
            span_starts_nocase (line, "Report-Type:") || span_starts_nocase (line, "Category:") ||
            span_starts_nocase (line, "Source-Type:") || span_starts_nocase (line, "Schema-URL:");
    }
    return reported > 0 && others > 0;
}

gboolean
sniff_is_base64 (Span bytes)
{
    gsize letters = 0, lower = 0;

    bytes = span_trim (head (bytes));
    for (const char *p = bytes.p; p < bytes.end; p++) {
        if (*p == '\n' || *p == '\r')
            continue;
        if (!g_ascii_isalnum (*p) && *p != '+' && *p != '/' && *p != '=')
            return FALSE;
        letters++;
        lower += g_ascii_islower (*p);
    }
    return letters >= 40 && lower * 5 > letters && lower < letters;
}
