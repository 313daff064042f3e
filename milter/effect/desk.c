#include "effect/desk.h"
#include "base/calendar.h"
#include "base/clean.h"
#include <string.h>

#define MAX_TEXT 20000 /* bytes of one piece of text */

const char desk_style[] =
#include "effect/desk_style.h"
    ;

static const struct {
    const char *path, *name;
} places[] = {
    { "/", "Overview" },
    { "/cases", "Cases" },
    { "/reports", "Reports" },
};

GString *
desk_begin (const DeskFrame *frame)
{
    GString *page = g_string_new (NULL);

    desk_printf (page,
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"robots\" content=\"noindex\">\n"
                 "<title>%s - abuse desk</title>\n"
                 "<link rel=\"stylesheet\" href=\"/style.css\">\n"
                 "<link rel=\"icon\" href=\"/icon.svg\">\n</head>\n<body>\n"
                 "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
                 "<header><nav aria-label=\"Main\"><ul>\n",
                 frame->title);
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        desk_printf (page, "<li><a href=\"%s\"%s>%s</a></li>\n", places[i].path,
                     g_strcmp0 (frame->current, places[i].path) == 0 ? " aria-current=page" : "",
                     places[i].name);
    desk_printf (page, "</ul></nav></header>\n<main id=\"main\">\n<h1>%s</h1>\n", frame->title);
    return page;
}

char *
desk_end (GString *page)
{
    g_string_append (page, "</main>\n</body>\n</html>\n");
    return g_string_free (page, FALSE);
}

void
desk_text (GString *page, const char *text)
{
    g_autofree char *clean = text != NULL ? clean_terminal (span_of (text), MAX_TEXT) : NULL;
    g_autofree char *escaped = clean != NULL ? g_markup_escape_text (clean, -1) : NULL;

    if (escaped != NULL)
        g_string_append (page, escaped);
}

void
desk_lines (GString *page, const char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        desk_text (page, lines[i]);
        if (lines[i + 1] != NULL)
            g_string_append_c (page, '\n');
    }
}

/* One conversion and the literal text before it, so that each %s can be made safe. */
static const char *
next_conversion (const char *format, char *ret_spec, gsize room)
{
    gsize n = strspn (format + 1, "0123456789.-+ #hlzjq") + 2;

    g_assert (n < room);
    memcpy (ret_spec, format, n);
    ret_spec[n] = '\0';
    return format + n;
}

void
desk_printf (GString *page, const char *format, ...)
{
    va_list args;
    char spec[16];

    va_start (args, format);
    while (*format != '\0') {
        const char *percent = strchrnul (format, '%');

        g_string_append_len (page, format, percent - format);
        if (*percent == '\0')
            break;
        format = next_conversion (percent, spec, sizeof spec);
        if (strcmp (spec, "%%") == 0)
            g_string_append_c (page, '%');
        else if (strcmp (spec, "%s") == 0)
            desk_text (page, va_arg (args, const char *));
        else if (strcmp (spec, "%u") == 0)
            g_string_append_printf (page, "%u", va_arg (args, guint));
        else if (strcmp (spec, "%d") == 0)
            g_string_append_printf (page, "%d", va_arg (args, int));
        else if (strcmp (spec, "%" G_GUINT64_FORMAT) == 0)
            g_string_append_printf (page, "%" G_GUINT64_FORMAT, va_arg (args, guint64));
        else if (strcmp (spec, "%.1f") == 0 || strcmp (spec, "%.2f") == 0) {
            char number[G_ASCII_DTOSTR_BUF_SIZE];

            g_string_append (page,
                             g_ascii_formatd (number, sizeof number, spec, va_arg (args, double)));
        } else
            g_assert_not_reached ();
    }
    va_end (args);
}

void
desk_time (GString *page, gint64 unix_s)
{
    char text[RFC3339_MAX];

    if (unix_s == G_MININT64)
        return;
    calendar_rfc3339 (unix_s, text);
    g_string_append_printf (page, "<time datetime=\"%s\">%.10s %.5s UTC</time>", text, text,
                            text + strlen ("2026-11-20T"));
}

void
desk_query (GString *page, const char *value)
{
    g_autofree char *safe = g_uri_escape_string (value, NULL, FALSE);

    g_string_append (page, safe);
}
