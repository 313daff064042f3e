#include "shell/drafts.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FALLBACK                                                                                   \
    "if command -v sensible-editor >/dev/null; then sensible-editor \"$@\"; else vi \"$@\"; fi"

/* An editor draws on the terminal, also where our own output goes into a pipe. */
static void
draw_on_terminal (gpointer data)
{
    (void)data;
    if (!isatty (STDOUT_FILENO) && isatty (STDERR_FILENO))
        dup2 (STDERR_FILENO, STDOUT_FILENO);
}

static const char *
editor_said (void)
{
    static const char *const variables[] = { "VISUAL", "EDITOR" };

    for (gsize i = 0; i < G_N_ELEMENTS (variables); i++) {
        const char *said = g_getenv (variables[i]);

        if (said != NULL && *said != '\0')
            return said;
    }
    return NULL;
}

/* As git and others do it: the variable may hold options, and is for the shell to read. */
static gboolean
run_editor (const char *path, GError **error)
{
    const char *said = editor_said ();
    g_autofree char *command =
        said != NULL ? g_strconcat (said, " \"$@\"", NULL) : g_strdup (FALLBACK);
    const char *argv[] = { "/bin/sh", "-c", command, said != NULL ? said : "editor", path, NULL };
    int status;

    return g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, draw_on_terminal,
                         NULL, NULL, NULL, &status, error) &&
           g_spawn_check_wait_status (status, error);
}

char *
drafts_edit (const char *mail, GError **error)
{
    g_autofree char *path = NULL, *edited = NULL;
    int fd = g_file_open_tmp ("abuse-reply-XXXXXX.eml", &path, error);

    if (fd < 0)
        return NULL;
    close (fd);
    if (!g_file_set_contents (path, mail, -1, error)) {
        g_unlink (path);
        return NULL;
    }
    if (!run_editor (path, error) || !g_file_get_contents (path, &edited, NULL, error)) {
        g_prefix_error (error, "the editor failed, the draft is in %s: ", path);
        return NULL;
    }
    g_unlink (path);
    return g_steal_pointer (&edited);
}
