/* Where drafts go: a Maildir, an editor. */
#include "folder.h"
#include "shell/drafts.h"
#include <string.h>
#include <sys/stat.h>

static void
make_maildir (const char *path)
{
    static const char *const inside[] = { "cur", "new", "tmp" };

    for (gsize i = 0; i < G_N_ELEMENTS (inside); i++) {
        g_autofree char *folder = g_build_filename (path, inside[i], NULL);

        g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    }
}

static void
assert_empty (const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

    g_assert_nonnull (dir);
    g_assert_null (g_dir_read_name (dir));
}

static void
test_drafts (gconstpointer data)
{
    const char *name = data; /* of the folder that is there already; NULL: none */
    g_autofree char *maildir = g_dir_make_tmp ("maildir-XXXXXX", NULL);
    g_autofree char *drafts = g_build_filename (maildir, name != NULL ? name : ".Drafts", NULL);
    g_autofree char *cur = g_build_filename (drafts, "cur", NULL), *first = NULL, *second = NULL,
                    *text = NULL;
    struct stat st;

    make_maildir (maildir);
    if (name != NULL)
        make_maildir (drafts);
    first = drafts_store (maildir, "Subject: a\n\nb\n", NULL);
    second = drafts_store (drafts, "Subject: c\n\nd\n", NULL); /* the folder itself */
    g_assert_nonnull (first);
    g_assert_nonnull (second);
    g_assert_true (g_str_has_prefix (first, cur));
    g_assert_true (g_str_has_prefix (second, cur));
    g_assert_true (g_str_has_suffix (first, ":2,DS"));
    g_assert_true (g_file_get_contents (first, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "Subject: a\n\nb\n");
    g_assert_cmpint (stat (first, &st), ==, 0);
    g_assert_cmphex (st.st_mode & 0777, ==, 0600);
    assert_empty (drafts, "tmp");
    assert_empty (drafts, "new");
    folder_remove (maildir);
}

static void
test_no_maildir (void)
{
    g_autofree char *folder = g_dir_make_tmp ("maildir-XXXXXX", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (drafts_store (folder, "x", &error));
    g_assert_nonnull (strstr (error->message, "is no Maildir: it has no cur, new and tmp"));
    folder_remove (folder);
}

static void
test_edit (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *edited = NULL, *kept = NULL;

    g_setenv ("VISUAL", "", TRUE);
    g_setenv ("EDITOR", "sed -i s/one/two/", TRUE);
    edited = drafts_edit ("one\n", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (edited, ==, "two\n");
    g_setenv ("VISUAL", "false", TRUE);
    g_assert_null (drafts_edit ("one\n", &error));
    g_assert_nonnull (strstr (error->message, "the editor failed, the draft is in "));
    kept = g_strdup (strstr (error->message, " in ") + 4);
    *strchr (kept, ':') = '\0';
    g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
    g_unlink (kept);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/drafts/new", NULL, test_drafts);
    g_test_add_data_func ("/drafts/maildir++", ".Drafts", test_drafts);
    g_test_add_data_func ("/drafts/plain", "Drafts", test_drafts);
    g_test_add_func ("/drafts/no-maildir", test_no_maildir);
    g_test_add_func ("/drafts/edit", test_edit);
    return g_test_run ();
}
