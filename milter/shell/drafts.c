#include "shell/drafts.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLAGS ":2,DS" /* draft, seen */
#define MODE_FOLDER 0700
#define MODE_MAIL 0600

static void
set_errno (GError **error, const char *path)
{
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
                 g_strerror (errno));
}

/* Files */

static gboolean
write_all (int fd, const char *text, gsize left)
{
    while (left > 0) {
        ssize_t n = write (fd, text, left);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FALSE;
        text += n;
        left -= (gsize)n;
    }
    return fsync (fd) == 0;
}

/* A new file with this text; nothing where it could not be written whole. */
static gboolean
write_new (const char *path, const char *text, GError **error)
{
    int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, MODE_MAIL);
    gboolean good;

    if (fd < 0) {
        set_errno (error, path);
        return FALSE;
    }
    good = write_all (fd, text, strlen (text));
    if (!good)
        set_errno (error, path);
    close (fd);
    if (!good)
        unlink (path);
    return good;
}

/* What root makes in somebody's Maildir is theirs. */
static gboolean
give_to_owner (const char *path, const struct stat *owner, GError **error)
{
    if (geteuid () != 0 || lchown (path, owner->st_uid, owner->st_gid) == 0)
        return TRUE;
    set_errno (error, path);
    return FALSE;
}

/* The folder */

static gboolean
is_maildir (const char *path)
{
    static const char *const inside[] = { "cur", "new", "tmp" };

    for (gsize i = 0; i < G_N_ELEMENTS (inside); i++) {
        g_autofree char *folder = g_build_filename (path, inside[i], NULL);

        if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
            return FALSE;
    }
    return TRUE;
}

static gboolean
make_folder (const char *path, const struct stat *owner, GError **error)
{
    if (mkdir (path, MODE_FOLDER) != 0 && errno != EEXIST) {
        set_errno (error, path);
        return FALSE;
    }
    return give_to_owner (path, owner, error);
}

/* Maildir++ marks its folders by an empty file. */
static gboolean
make_maildir (const char *path, const struct stat *owner, GError **error)
{
    static const char *const inside[] = { "", "tmp", "new", "cur" };
    g_autofree char *mark = g_build_filename (path, "maildirfolder", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (inside); i++) {
        g_autofree char *folder = g_build_filename (path, inside[i], NULL);

        if (!make_folder (folder, owner, error))
            return FALSE;
    }
    if (!g_file_test (mark, G_FILE_TEST_EXISTS) && !write_new (mark, "", error))
        return FALSE;
    return give_to_owner (mark, owner, error);
}

static char *
drafts_folder (const char *maildir, const struct stat *owner, GError **error)
{
    static const char *const names[] = { ".Drafts", "Drafts" };
    g_autofree char *own = g_path_get_basename (maildir);
    g_autofree char *new = g_build_filename (maildir, names[0], NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *folder = g_build_filename (maildir, names[i], NULL);

        if (strcmp (own, names[i]) == 0)
            return g_strdup (maildir);
        if (is_maildir (folder))
            return g_steal_pointer (&folder);
    }
    return make_maildir (new, owner, error) ? g_steal_pointer (&new) : NULL;
}

/* A name as Maildirs have it: nobody else makes the same. */
static char *
unique_name (void)
{
    g_autofree char *host = g_strdup (g_get_host_name ());

    g_strdelimit (host, "/:", '_');
    return g_strdup_printf ("%" G_GINT64_FORMAT ".P%ldR%08x.%s", g_get_real_time (),
                            (long)getpid (), g_random_int (), host);
}

char *
drafts_store (const char *maildir, const char *mail, GError **error)
{
    g_autofree char *folder = NULL, *name = unique_name (), *tmp = NULL, *cur = NULL;
    g_autofree char *flagged = g_strconcat (name, FLAGS, NULL);
    struct stat owner;

    if (!is_maildir (maildir) || stat (maildir, &owner) != 0) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR,
                     "%s is no Maildir: it has no cur, new and tmp", maildir);
        return NULL;
    }
    folder = drafts_folder (maildir, &owner, error);
    if (folder == NULL)
        return NULL;
    tmp = g_build_filename (folder, "tmp", name, NULL);
    cur = g_build_filename (folder, "cur", flagged, NULL);
    if (!write_new (tmp, mail, error))
        return NULL;
    if (give_to_owner (tmp, &owner, error) && rename (tmp, cur) == 0)
        return g_steal_pointer (&cur);
    if (error != NULL && *error == NULL)
        set_errno (error, cur);
    unlink (tmp);
    return NULL;
}
