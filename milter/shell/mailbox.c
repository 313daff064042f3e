#include "shell/mailbox.h"
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

typedef struct Visitor {
    MailboxVisit visit;
    gpointer data;
    gboolean stopped;
} Visitor;

static gboolean each_path (Visitor *v, const char *path, GError **error);

/* ">From " at a line's start loses one '>' (RFC 4155, the mboxrd way). */
static GString *
unquote (Span mail)
{
    GString *out = g_string_sized_new (span_left (mail));
    Span line;

    while (span_until (&mail, '\n', &line)) {
        const char *p = line.p;

        while (p < line.end && *p == '>')
            p++;
        if (p > line.p && span_starts_nocase ((Span) { p, line.end }, "From ") && *p == 'F')
            line.p++;
        g_string_append_len (out, line.p, line.end - line.p);
        g_string_append_c (out, '\n');
    }
    return out;
}

/* The next "From " line: at the start, or behind an empty line (RFC 4155 3.3). */
static const char *
next_from (Span rest)
{
    const char *p = rest.p;

    while ((p = span_find ((Span) { p, rest.end }, "\nFrom ")) != NULL) {
        const char *before = p > rest.p && p[-1] == '\r' ? p - 1 : p;

        if (before > rest.p && before[-1] == '\n')
            return p + 1;
        p++;
    }
    return rest.end;
}

static void
each_in_mbox (Visitor *v, const char *path, Span all)
{
    gboolean one =
        g_str_has_suffix (path, ".eml"); /* one mail by its name, saved with its "From " line */

    for (guint number = 1; all.p < all.end && !v->stopped; number++) {
        Span first;
        const char *next;
        g_autofree char *name = NULL;
        GString *mail;

        span_until (&all, '\n', &first); /* "From sender date" */
        next = one ? all.end : next_from (all);
        name = number == 1 && next == all.end ? g_strdup (path)
                                              : g_strdup_printf ("%s#%u", path, number);
        mail = unquote (span_to (all, next));
        v->stopped = !v->visit (name, (Span) { mail->str, mail->str + mail->len }, v->data);
        g_string_free (mail, TRUE);
        all.p = next;
    }
}

static gboolean
each_in_file (Visitor *v, const char *path, GError **error)
{
    g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
    Span all;

    if (file == NULL)
        return FALSE;
    all.p = g_mapped_file_get_contents (file);
    all.end = all.p != NULL ? all.p + g_mapped_file_get_length (file) : NULL;
    if (span_left (all) >= 5 && memcmp (all.p, "From ", 5) == 0)
        each_in_mbox (v, path, all);
    else
        v->stopped = !v->visit (path, all, v->data);
    return TRUE;
}

static gboolean
each_in_stdin (Visitor *v, GError **error)
{
    g_autoptr (GString) all = g_string_new (NULL);
    char block[65536];
    ssize_t n;

    while ((n = read (STDIN_FILENO, block, sizeof block)) > 0 && all->len < MAILBOX_MAX_FILE)
        g_string_append_len (all, block, n);
    if (n < 0) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "standard input: %s",
                     g_strerror (errno));
        return FALSE;
    }
    if (g_str_has_prefix (all->str, "From "))
        each_in_mbox (v, "-", (Span) { all->str, all->str + all->len });
    else
        v->stopped = !v->visit ("-", (Span) { all->str, all->str + all->len }, v->data);
    return TRUE;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
each_in_folder (Visitor *v, const char *path, GError **error)
{
    g_autoptr (GDir) dir = g_dir_open (path, 0, error);
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    gboolean ok = TRUE;
    const char *name;

    if (dir == NULL)
        return FALSE;
    while ((name = g_dir_read_name (dir)) != NULL) {
        char *full = g_build_filename (path, name, NULL);
        gboolean sub = g_str_equal (name, "new") || g_str_equal (name, "cur"); /* of a Maildir */

        if (name[0] != '.' && (sub || g_file_test (full, G_FILE_TEST_IS_REGULAR)))
            g_ptr_array_add (names, full);
        else
            g_free (full);
    }
    g_ptr_array_sort (names, by_name);
    for (guint i = 0; i < names->len && !v->stopped; i++)
        ok = each_path (v, names->pdata[i], ok ? error : NULL) && ok;
    return ok;
}

static gboolean
each_path (Visitor *v, const char *path, GError **error)
{
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return each_in_folder (v, path, error);
    return each_in_file (v, path, error);
}

gboolean
mailbox_each (const char *path, MailboxVisit visit, gpointer data, GError **error)
{
    Visitor v = { visit, data, FALSE };

    return g_str_equal (path, "-") ? each_in_stdin (&v, error) : each_path (&v, path, error);
}
