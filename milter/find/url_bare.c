/* Host names that stand alone in a text. */
#include "find/chars.h"
#include "find/url_read.h"

/* Last labels that make it a file, not a host. */
static const char *const file_endings[] = {
    "txt",  "log",  "csv",   "xml",         "json", "html",     "htm",  "php",  "php5", "phtml",
    "asp",  "aspx", "jsp",   "cgi",         "js",   "css",      "jpg",  "jpeg", "png",  "gif",
    "svg",  "ico",  "pdf",   "doc",         "docx", "xls",      "xlsx", "ppt",  "rtf",  "odt",
    "gz",   "tgz",  "bz2",   "tar",         "rar",  "exe",      "dll",  "bat",  "cmd",  "msi",
    "bin",  "dat",  "tmp",   "bak",         "old",  "swp",      "conf", "cfg",  "ini",  "sql",
    "db",   "eml",  "msg",   "yml",         "yaml", "inc",      "lock", "jar",  "war",  "apk",
    "deb",  "rpm",  "iso",   "img",         "mp3",  "mp4",      "avi",  "mkv",  "srt",  "torrent",
    "pcap", "asc",  "local", "localdomain", "lan",  "internal", "arpa",
};

static gboolean
is_file (const HostText *host)
{
    const char *top = strrchr (host->text, '.') + 1;

    for (gsize i = 0; i < G_N_ELEMENTS (file_endings); i++)
        if (strcmp (top, file_endings[i]) == 0)
            return TRUE;
    return FALSE;
}

/* "ended.Please" lacks a space; a domain is written in one case. */
static gboolean
one_case (Span original)
{
    gboolean upper = FALSE, lower = FALSE;

    for (const char *p = original.end; p > original.p && g_ascii_isalpha (p[-1]); p--) {
        upper |= g_ascii_isupper (p[-1]);
        lower |= g_ascii_islower (p[-1]);
    }
    return !(upper && lower);
}

static gboolean
label_char (char c)
{
    return char_in_word (c) || c == '-' || (guchar)c >= 0x80;
}

/* Not the domain of a mail address, a path, a function's name, a piece of JavaScript. */
static gboolean
host_at (const char *floor, Span *s, HostText *host)
{
    Span t = *s;

    if (t.p > floor && char_in (t.p[-1], "@/\\%&$."))
        return FALSE;
    if (!host_read (&t, host) || !host_has_domain (host) || is_file (host) ||
        !one_case ((Span) { s->p, t.p }))
        return FALSE;
    if (t.p < t.end && (char_in (*t.p, "@(=") || span_starts_nocase (t, "[at]")))
        return FALSE;
    *s = t;
    return TRUE;
}

gboolean
host_next (Arena *arena, Span *rest, const char **ret_host, Span *ret_original)
{
    const char *floor = rest->p;
    Span s = *rest;

    while (s.p < s.end) {
        const char *start = s.p;
        HostText host;

        if (!label_char (*s.p)) {
            s.p++;
            continue;
        }
        if (host_at (floor, &s, &host)) {
            rest->p = s.p;
            *ret_host = arena_strndup (arena, host.text, host.n);
            *ret_original = (Span) { start, s.p };
            return *ret_host != NULL;
        }
        while (s.p < s.end && (label_char (*s.p) || *s.p == '.')) /* none of its tails is one */
            s.p++;
    }
    rest->p = rest->end;
    return FALSE;
}
