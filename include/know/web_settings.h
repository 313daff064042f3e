/*
 * web_settings - the settings' `web' block: where the desk's pages and the metrics are served
 */
#pragma once
#include "know/setting.h"

typedef struct WebSettings {
    const char *listen;     /* unix:/path, or inet:PORT@ or inet6:PORT@ a loopback address; NULL: not at all */
    guint socket_mode;      /* permission bits of a unix socket */
    const char *token_file; /* holds the bearer token that is asked for; NULL: none is */
} WebSettings;

extern const Setting web_rows[];
