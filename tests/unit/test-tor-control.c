#include "shell/tor_control.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NO_AUTH "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250 OK\r\n"
#define OK "250 OK\r\n"

typedef struct Case {
    const char *name;
    const char *replies[4]; /* to one line each; then it hangs up */
    const char *password;
    const char *policy; /* NULL: the error is */
    const char *error;
    const char *heard; /* what it was asked; NULL: not looked at */
} Case;

static const Case cases[] = {
    { "without-authentication",
      { NO_AUTH, OK,
        "250+exit-policy/full=\r\nreject *:25\r\n..x\r\naccept *:*\r\n.\r\n250 OK\r\n" },
      NULL,
      "\nreject *:25\n.x\naccept *:*\n",
      NULL,
      "PROTOCOLINFO 1\nAUTHENTICATE \nGETINFO exit-policy/full\n" },
    { "answer-in-a-line",
      { NO_AUTH, OK, "250-exit-policy/full=reject *:*\r\n250 OK\r\n" },
      NULL,
      "reject *:*\n",
      NULL,
      NULL },
    { "lines-without-cr",
      { "250-AUTH METHODS=NULL\n250 OK\n", "250 OK\n",
        "250-exit-policy/full=reject *:*\n250 OK\n" },
      NULL,
      "reject *:*\n",
      NULL,
      NULL },
    { "with-a-password",
      { "250-AUTH METHODS=HASHEDPASSWORD\r\n250 OK\r\n", OK,
        "250-exit-policy/full=\r\n250 OK\r\n" },
      "a\"b\\c",
      "\n",
      NULL,
      "PROTOCOLINFO 1\nAUTHENTICATE \"a\\\"b\\\\c\"\nGETINFO exit-policy/full\n" },
    { "wrong-password",
      { "250-AUTH METHODS=HASHEDPASSWORD\r\n250 OK\r\n", "515 Authentication failed: no\r\n" },
      "x",
      NULL,
      "Authentication failed: no",
      NULL },
    { "password-wanted",
      { "250-AUTH METHODS=HASHEDPASSWORD\r\n250 OK\r\n" },
      NULL,
      NULL,
      "it wants a password (control_password)",
      NULL },
    { "cookie-not-there",
      { "250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/nonexistent/\\\"cookie\"\r\n250 OK\r\n" },
      NULL,
      NULL,
      "/nonexistent/\"cookie",
      NULL },
    { "cookie-of-another-size", /* we do not hand out just any file */
      { "250-AUTH METHODS=COOKIE COOKIEFILE=\"/proc/version\"\r\n250 OK\r\n" },
      NULL,
      NULL,
      "bytes, not 32",
      NULL },
    { "no-relay",
      { NO_AUTH, OK, "551 Failed to generate router descriptor\r\n" },
      NULL,
      NULL,
      "Failed to generate router descriptor",
      NULL },
    { "no-tor",
      { "220 mail.example.net ESMTP\r\n250 OK\r\n" },
      NULL,
      NULL,
      "it wants a password",
      NULL },
    { "garbage",
      { "HTTP/1.1 400 Bad Request\r\n" },
      NULL,
      NULL,
      "not a control port: it says 'HTTP/1.1 400",
      NULL },
    { "hangs-up", { "250-AUTH" }, NULL, NULL, "it hung up", NULL },
    { "another-answer",
      { NO_AUTH, OK, "250-version=0.4\r\n250 OK\r\n" },
      NULL,
      NULL,
      "no exit-policy/full",
      NULL },
};

typedef struct Server {
    int fd;
    const Case *c;
    GString *heard;
} Server;

static gboolean
hear_line (Server *s, int fd)
{
    char byte;

    while (read (fd, &byte, 1) == 1) {
        if (byte != '\r')
            g_string_append_c (s->heard, byte);
        if (byte == '\n')
            return TRUE;
    }
    return FALSE;
}

static gpointer
serve (gpointer data)
{
    Server *s = data;
    int fd = accept (s->fd, NULL, NULL);

    for (guint i = 0; s->c->replies[i] != NULL && hear_line (s, fd); i++)
        if (send (fd, s->c->replies[i], strlen (s->c->replies[i]), MSG_NOSIGNAL) < 0)
            break;
    close (fd);
    return NULL;
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *folder = g_dir_make_tmp ("tor-control-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "control", NULL);
    g_autofree char *where = g_strconcat ("unix:", path, NULL);
    g_autofree char *policy = NULL;
    g_autoptr (GError) error = NULL;
    struct sockaddr_un un = { .sun_family = AF_UNIX };
    Server s = { socket (AF_UNIX, SOCK_STREAM, 0), c, g_string_new (NULL) };
    GThread *thread;

    g_strlcpy (un.sun_path, path, sizeof un.sun_path);
    g_assert_cmpint (bind (s.fd, (struct sockaddr *)&un, sizeof un), ==, 0);
    g_assert_cmpint (listen (s.fd, 1), ==, 0);
    thread = g_thread_new ("tor", serve, &s);
    policy = tor_control_exit_policy (where, c->password, &error);
    g_thread_join (thread);
    g_assert_cmpstr (policy, ==, c->policy);
    if (c->error != NULL) {
        g_test_message ("%s", error->message);
        g_assert_nonnull (strstr (error->message, c->error));
        g_assert_nonnull (strstr (error->message, where));
    }
    if (c->heard != NULL)
        g_assert_cmpstr (s.heard->str, ==, c->heard);
    g_string_free (s.heard, TRUE);
    close (s.fd);
    g_unlink (path);
    g_rmdir (folder);
}

static void
test_nobody (void)
{
    g_autoptr (GError) error = NULL;
    char *policy = tor_control_exit_policy ("127.0.0.1:1", NULL, &error);

    g_assert_null (policy);
    g_assert_nonnull (strstr (error->message, "cannot connect"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/tor-control/ask/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/tor-control/ask/nobody-there", test_nobody);
    return g_test_run ();
}
