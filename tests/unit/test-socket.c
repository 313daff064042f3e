#include "shell/socket.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct Place {
    char *folder, *path, *listen;
} Place;

static void
set_up (Place *p, gconstpointer data)
{
    (void)data;
    p->folder = g_dir_make_tmp ("socket-XXXXXX", NULL);
    g_assert_nonnull (p->folder);
    p->path = g_build_filename (p->folder, "milter.sock", NULL);
    p->listen = g_strconcat ("unix:", p->path, NULL);
}

static void
tear_down (Place *p, gconstpointer data)
{
    (void)data;
    g_remove (p->path);
    g_assert_cmpint (g_rmdir (p->folder), ==, 0);
    g_free (p->folder);
    g_free (p->path);
    g_free (p->listen);
}

static int
bind_at (const Place *p, gboolean listening)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy (address.sun_path, p->path, sizeof address.sun_path);
    g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
    if (listening)
        g_assert_cmpint (listen (fd, 1), ==, 0);
    return fd;
}

static void
test_nothing_there (Place *p, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void)data;
    g_assert_true (socket_prepare (p->listen, &error));
    g_assert_no_error (error);
}

static void
test_stale (Place *p, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void)data;
    close (bind_at (p, TRUE));
    g_assert_true (g_file_test (p->path, G_FILE_TEST_EXISTS));
    g_assert_true (socket_prepare (p->listen, &error));
    g_assert_false (g_file_test (p->path, G_FILE_TEST_EXISTS));
}

static void
test_somebody_answers (Place *p, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    int fd = bind_at (p, TRUE);

    (void)data;
    g_assert_false (socket_prepare (p->listen, &error));
    g_assert_nonnull (strstr (error->message, "another program answers there"));
    g_assert_true (g_file_test (p->path, G_FILE_TEST_EXISTS));
    close (fd);
}

static void
test_other_file (Place *p, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void)data;
    g_assert_true (g_file_set_contents (p->path, "precious", -1, NULL));
    g_assert_false (socket_prepare (p->listen, &error));
    g_assert_nonnull (strstr (error->message, "no socket"));
    socket_remove (p->listen);
    g_assert_true (g_file_test (p->path, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Place *p, gconstpointer data)
{
    g_autofree char *listen = g_strconcat ("unix:", p->folder, "/nowhere/milter.sock", NULL);
    g_autoptr (GError) error = NULL;

    (void)data;
    g_assert_false (socket_prepare (listen, &error));
    g_assert_nonnull (strstr (error->message, "/nowhere: No such file or directory"));
}

static void
test_long_name (Place *p, gconstpointer data)
{
    g_autofree char *name = g_strnfill (200, 'x');
    g_autofree char *listen = g_strconcat ("unix:", p->folder, "/", name, NULL);
    g_autoptr (GError) error = NULL;

    (void)data;
    g_assert_cmpint (socket_connect (listen, &error), ==, -1);
    g_assert_nonnull (error);
}

static void
test_mode (Place *p, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    struct stat st;
    int fd = bind_at (p, TRUE);

    (void)data;
    g_assert_true (socket_give (p->listen, (uid_t)-1, NULL, 0640, &error));
    g_assert_cmpint (stat (p->path, &st), ==, 0);
    g_assert_cmphex (st.st_mode & 0777, ==, 0640);
    g_assert_false (socket_give (p->listen, (uid_t)-1, "no-such-group", 0666, &error));
    g_assert_cmpint (stat (p->path, &st), ==, 0);
    g_assert_cmphex (st.st_mode & 0777, ==, 0640);
    close (fd);
}

static void
test_names (void)
{
    static const struct {
        const char *listen, *path;
    } names[] = { { "unix:/run/x", "/run/x" }, { "local:/run/x", "/run/x" },
                  { "/run/x", "/run/x" },      { "inet:8894@127.0.0.1", NULL },
                  { "inet6:8894@::1", NULL },  { "inet:8894", NULL } };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_cmpstr (socket_path (names[i].listen), ==, names[i].path);
}

static void
test_port_taken (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *listen_at = NULL;
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_assert_cmpint (listen (fd, 1), ==, 0); /* at a port of the kernel's choice */
    g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &size), ==, 0);
    listen_at = g_strdup_printf (
        "inet:%u@127.0.0.1", g_ntohs (((guint16 *)&address)[1])); /* sin_port follows sin_family */
    g_assert_false (socket_prepare (listen_at, &error));
    g_assert_nonnull (strstr (error->message, "in use"));
    close (fd);
}

#define ADD(name, test) g_test_add (name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("/socket/prepare/nothing-there", test_nothing_there);
    ADD ("/socket/prepare/stale-socket-is-removed", test_stale);
    ADD ("/socket/prepare/refuses-where-somebody-answers", test_somebody_answers);
    ADD ("/socket/prepare/never-removes-another-file", test_other_file);
    ADD ("/socket/prepare/names-the-missing-folder", test_no_folder);
    ADD ("/socket/connect/name-too-long", test_long_name);
    ADD ("/socket/give/mode-only-when-all-is-well", test_mode);
    g_test_add_func ("/socket/path/unix-names", test_names);
    g_test_add_func ("/socket/prepare/port-is-taken", test_port_taken);
    return g_test_run ();
}
