/*
 * web - the desk's read-only pages, /metrics and /healthz
 *
 * Off unless the settings' `web' block says where to listen, which is on
 * loopback or a unix socket: who may see the pages is the affair of what stands
 * in front, beside a bearer token (RFC 6750) when there is a token file.
 * /healthz asks for none.
 */
#pragma once
#include "shell/daemon.h"

typedef struct Web Web;

/* *ret is NULL when the settings want none. */
gboolean web_start (Daemon *daemon, Web **ret, GError **error);
void     web_stop (Web *web); /* waits for the answers under way; NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Web, web_stop)
