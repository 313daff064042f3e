#include "shell/unixdaemon.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
fail (GError **error, const char *name, const char *what)
{
    int number = errno;

    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s: %s", name, what,
                 g_strerror (number));
    return FALSE;
}

static G_GNUC_NORETURN void
wait_for_child (pid_t child, int report)
{
    char ready;
    int status = 0;

    if (read (report, &ready, 1) == 1)
        _exit (0);
    waitpid (child, &status, 0);
    _exit (WIFEXITED (status) && WEXITSTATUS (status) != 0 ? WEXITSTATUS (status) : 1);
}

int
unixdaemon_background (void)
{
    int report[2];
    pid_t child;

    if (pipe (report) != 0)
        return -1;
    child = fork ();
    if (child > 0) {
        close (report[1]);
        wait_for_child (child, report[0]);
    }
    close (report[0]);
    fcntl (report[1], F_SETFD, FD_CLOEXEC);
    if (child == 0)
        setsid ();
    if (chdir ("/") != 0)
        g_warning ("cannot change to the root folder");
    return report[1];
}

void
unixdaemon_ready (int report)
{
    int null;

    if (report < 0)
        return;
    null = open ("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd <= 2 && null >= 0; fd++)
        dup2 (null, fd);
    if (null > 2)
        close (null);
    if (write (report, "", 1) != 1)
        g_warning ("nobody waited for us to be ready");
    close (report);
}

static void
say_who_has_it (const char *path, int fd, GError **error)
{
    char text[16] = "";
    ssize_t n = read (fd, text, sizeof text - 1);

    text[MAX (n, 0)] = '\0';
    g_strchomp (text);
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 "%s: another abuse-milter is running (process %s)", path, text);
}

int
unixdaemon_pid_file (const char *path, GError **error)
{
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

    if (fd < 0) {
        fail (error, path, "cannot write the pid file");
        return -1;
    }
    if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
        say_who_has_it (path, fd, error);
        close (fd);
        return -1;
    }
    if (ftruncate (fd, 0) != 0 || dprintf (fd, "%ld\n", (long)getpid ()) < 0) {
        fail (error, path, "cannot write the pid file");
        close (fd);
        return -1;
    }
    return fd;
}

void
unixdaemon_remove_pid_file (const char *path, int fd)
{
    if (fd < 0)
        return;
    if (unlink (path) != 0 && ftruncate (fd, 0) != 0) /* its folder may be root's by now */
        g_warning ("%s: cannot remove the pid file", path);
    close (fd);
}

static gboolean
find_group (const char *name, gid_t *ret, GError **error)
{
    const struct group *group = getgrnam (name);

    if (group == NULL) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "group: there is no group '%s'",
                     name);
        return FALSE;
    }
    *ret = group->gr_gid;
    return TRUE;
}

gboolean
unixdaemon_identity (const char *user, const char *group, Identity *ret, GError **error)
{
    const struct passwd *pw = NULL;
    Identity who = { (uid_t)-1, (gid_t)-1, user };

    if (user != NULL && (pw = getpwnam (user)) == NULL) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "user: there is no user '%s'", user);
        return FALSE;
    }
    if (pw != NULL) {
        who.uid = pw->pw_uid;
        who.gid = pw->pw_gid;
    }
    if (group != NULL && !find_group (group, &who.gid, error))
        return FALSE;
    if (geteuid () != 0) { /* nothing to drop: we are that user, or we cannot be */
        if (who.uid != (uid_t)-1 && who.uid != geteuid ()) {
            g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM, "user: only root can become '%s'",
                         user);
            return FALSE;
        }
        who.uid = (uid_t)-1;
        who.gid = (gid_t)-1;
    }
    *ret = who;
    return TRUE;
}

gboolean
unixdaemon_become (const Identity *who, GError **error)
{
    if (who->gid != (gid_t)-1) {
        if ((who->user != NULL ? initgroups (who->user, who->gid) : setgroups (0, NULL)) != 0)
            return fail (error, "group", "cannot set the supplementary groups");
        if (setgid (who->gid) != 0)
            return fail (error, "group", "cannot change to it");
    }
    if (who->uid == (uid_t)-1)
        return TRUE;
    if (setuid (who->uid) != 0)
        return fail (error, "user", "cannot change to it");
    g_assert (who->uid == 0 || setuid (0) != 0); /* there is no way back */
    return TRUE;
}

void
unixdaemon_raise_open_files (void)
{
    struct rlimit limit;

    if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        g_warning ("cannot raise the limit of open files");
}
