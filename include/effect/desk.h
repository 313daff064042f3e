/*
 * desk - HTML pages of the desk: nothing a complaint says can become markup
 *
 * A page is a GString of UTF-8.  Its own markup comes in as format strings
 * that stand in the source; what a mail brought comes in by desk_text() or as
 * an argument of desk_printf(), both of which escape it and take out controls,
 * characters that turn the direction of text, and broken UTF-8.  URLs of mails
 * are text, never links.
 */
#pragma once
#include <glib.h>

typedef struct DeskFrame {
    const char *title;   /* of the window, and the page's one h1 */
    const char *current; /* the path of the navigation entry that this page belongs to */
} DeskFrame;

/* A page's beginning up to its h1, and its end. */
GString *desk_begin (const DeskFrame *frame);
char    *desk_end (GString *page); /* takes the page; g_free() the text */

void     desk_text (GString *page, const char *text); /* NULL: nothing */

void     desk_lines (GString *page, const char *text); /* the same, with its line ends: for <pre> */

/* Every %s is escaped as desk_text() does; also %u %d %.1f %.2f and G_GUINT64_FORMAT. */
void     desk_printf (GString *page, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "2026-11-20 03:04 UTC" in a <time> element; G_MININT64: nothing. */
void     desk_time (GString *page, gint64 unix_s);

/* A value of a URL's query, percent-encoded. */
void     desk_query (GString *page, const char *value);

extern const char desk_style[]; /* the stylesheet: served as /style.css */

#define DESK_POLICY \
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; " \
    "frame-ancestors 'none'"
