/*
 * options - the daemon's command line
 */
#pragma once
#include <glib.h>

typedef struct Options {
    char *config; /* NULL: not asked for */
    gboolean foreground, check, version;
} Options;

gboolean options_read (int argc, char **argv, Options *o, GError **error);

/* The settings file, absolute; NULL: the built-in defaults.  Takes what was asked for; g_free() it. */
char *options_config (Options *o);
