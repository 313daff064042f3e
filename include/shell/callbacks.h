/*
 * callbacks - the sessions of session.c, as libmilter wants them (a part of its door)
 */
#pragma once
#include "shell/session.h"
#include <libmilter/mfapi.h>

/* Once a process: libmilter's callbacks get nothing but their connection, so where the daemon is
 * stays in session.c. */
struct smfiDesc session_callbacks (Daemon *d, gboolean over_unix_socket);
