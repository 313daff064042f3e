/*
 * notify-listen - plays systemd: prints what services tell it, one "KEY=VALUE" a line
 *
 *     notify-listen PATH        a service finds it by NOTIFY_SOCKET=PATH; ends with a signal
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int
main (int argc, char **argv)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    char text[4096];
    ssize_t n;

    if (argc != 2) {
        fprintf (stderr, "usage: notify-listen PATH\n");
        return 2;
    }
    if (g_strlcpy (address.sun_path, argv[1], sizeof address.sun_path) >= sizeof address.sun_path ||
        fd < 0 || bind (fd, (struct sockaddr *)&address, sizeof address) != 0) {
        perror (argv[1]);
        return 1;
    }
    while ((n = recv (fd, text, sizeof text - 1, 0)) > 0) {
        text[n] = '\0';
        puts (text);
        fflush (stdout);
    }
    return 1;
}
