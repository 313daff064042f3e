/*
 * folder - a test's own folder, and its end
 */
#pragma once
#include <glib.h>
#include <glib/gstdio.h>

/* Removes a file, or a folder with all in it; what is not there is no error. */
static inline void
folder_remove (const char *path)
{
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *inside = g_build_filename (path, name, NULL);

        folder_remove (inside);
    }
    g_remove (path);
}
