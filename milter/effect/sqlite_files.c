#include "effect/sqlite_files.h"
#include "effect/db.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0640 /* who wrote about whom is nobody else's business */

gboolean
sqlite_wal_waits (const char *path) /* somebody is writing, or died writing */
{
    g_autofree char *wal = g_strconcat (path, "-wal", NULL);
    struct stat st;

    return stat (wal, &st) == 0 && st.st_size > 0;
}

static void
remove_beside (const char *path, const char *ending)
{
    g_autofree char *beside = g_strconcat (path, ending, NULL);

    unlink (beside);
}

/* SQLite would make the file with the umask's mode; an empty file is an empty database.  A WAL that
 * an earlier file of this name has left behind must not be read into the new one. */
gboolean
sqlite_make_file (const char *path, GError **error)
{
    int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);

    if (fd >= 0) {
        remove_beside (path, "-wal");
        remove_beside (path, "-shm");
        close (fd);
    } else if (errno != EEXIST) {
        g_set_error (error, DB_ERROR, errno == ENOSPC ? DB_ERROR_FULL : DB_ERROR_GONE,
                     "%s: cannot be made: %s", path, g_strerror (errno));
        return FALSE;
    }
    return TRUE;
}

/* SQLite would open it all the same, and leave a WAL behind that is as read-only as the file was.
 */
gboolean
sqlite_may_write (const char *path, GError **error)
{
    if (faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0)
        return TRUE;
    g_set_error (error, DB_ERROR, DB_ERROR_READONLY, "%s: cannot be written: %s", path,
                 g_strerror (errno));
    return FALSE;
}
