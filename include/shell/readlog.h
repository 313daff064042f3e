/*
 * readlog - what the commands that read the log share
 */
#pragma once
#include "effect/logcase.h"
#include "know/settings.h"
#include "shell/command.h"

/* The settings, which name a log; or NULL after telling on standard error why not. */
Settings *readlog_settings (const CommandContext *ctx, const char *command);
void readlog_tell_none (const char *command); /* that the settings keep no log, and what to do */

/* The log of the settings, or NULL after telling on standard error why not, and what to do. */
LogReader *readlog_open (const CommandContext *ctx, const char *command);

/* The same log to write cases and corrections. */
LogDesk *readlog_desk (const CommandContext *ctx, const char *command);

/* A row as one line of JSON: that of the spool, with the time received as text. */
void readlog_print_json (const LogRow *row);

/* "2026-11-20", "2026-11-20T03:04:05Z", or so long ago: "90m", "12h", "7d", "4w". */
gboolean readlog_parse_time (const char *text, gint64 now_unix_s, gint64 *ret_unix_s);

/* The same forms, but counted from now on: "7d" is in a week. */
gboolean readlog_parse_due (const char *text, gint64 now_unix_s, gint64 *ret_unix_s);
