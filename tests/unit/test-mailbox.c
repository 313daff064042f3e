#include "shell/mailbox.h"
#include <glib/gstdio.h>

static gboolean
note (const char *name, Span mail, gpointer data)
{
    g_autofree char *base = g_path_get_basename (name), *text = span_dup (mail);

    g_string_append_printf (data, "[%s|%s]", base, text);
    return TRUE;
}

static const struct {
    const char *name, *file, *content, *want;
} cases[] = {
    { "a-message", "a.eml", "Subject: a\n\nx\n", "[a.eml|Subject: a\n\nx\n]" },
    { "a-message-with-its-from-line", "a.eml", "From x Sat\nSubject: a\n\nx\n\nFrom y Sat\nz\n",
      "[a.eml|Subject: a\n\nx\n\nFrom y Sat\nz\n]" },
    { "an-mbox-of-one", "box", "From x Sat\nSubject: a\n\nx\n", "[box|Subject: a\n\nx\n]" },
    { "an-mbox-of-two", "box", "From x Sat\nSubject: a\n\nx\n\nFrom y Sat\nSubject: b\n\ny\n",
      "[box#1|Subject: a\n\nx\n\n][box#2|Subject: b\n\ny\n]" },
    { "from-within-a-text", "box", "From x Sat\nSubject: a\n\nx\nFrom here on\n>From there\n",
      "[box|Subject: a\n\nx\nFrom here on\nFrom there\n]" },
    { "empty", "a.eml", "", "[a.eml|]" },
};

static void
test_file (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *dir = g_dir_make_tmp ("mailbox-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (dir, cases[i].file, NULL);
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
    g_assert_true (mailbox_each (path, note, got, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (got->str, ==, cases[i].want);
    g_unlink (path);
    g_rmdir (dir);
}

static void
test_maildir (void)
{
    g_autofree char *dir = g_dir_make_tmp ("mailbox-XXXXXX", NULL);
    g_autofree char *cur = g_build_filename (dir, "cur", NULL),
                    *new = g_build_filename (dir, "new", NULL);
    g_autofree char *tmp = g_build_filename (dir, "tmp", NULL);
    g_autofree char *one = g_build_filename (cur, "1:2,S", NULL),
                    *two = g_build_filename (new, "2", NULL);
    g_autofree char *half = g_build_filename (tmp, "3", NULL);
    g_autoptr (GString) got = g_string_new (NULL);

    g_assert_cmpint (g_mkdir (cur, 0700) + g_mkdir (new, 0700) + g_mkdir (tmp, 0700), ==, 0);
    g_file_set_contents (one, "A: 1\n", -1, NULL);
    g_file_set_contents (two, "B: 2\n", -1, NULL);
    g_file_set_contents (half, "C: half delivered\n", -1, NULL);
    g_assert_true (mailbox_each (dir, note, got, NULL));
    g_assert_cmpstr (got->str, ==, "[1:2,S|A: 1\n][2|B: 2\n]");
    g_unlink (one), g_unlink (two), g_unlink (half);
    g_rmdir (cur), g_rmdir (new), g_rmdir (tmp), g_rmdir (dir);
}

static void
test_missing (void)
{
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    g_assert_false (mailbox_each ("/nonexistent/mail", note, got, &error));
    g_assert_nonnull (strstr (error->message, "/nonexistent/mail"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strdup_printf ("/mailbox/file/%s", cases[i].name);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_file);
    }
    g_test_add_func ("/mailbox/maildir", test_maildir);
    g_test_add_func ("/mailbox/missing", test_missing);
    return g_test_run ();
}
