#include "shell/author.h"
#include <glib.h>

const char *
author_name (void)
{
    const char *sudo = g_getenv ("SUDO_USER");

    return sudo != NULL && *sudo != '\0' ? sudo : g_get_user_name ();
}
