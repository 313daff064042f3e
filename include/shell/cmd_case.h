/*
 * cmd_case - what the verbs of `abusectl case' share
 */
#pragma once
#include "base/json.h"
#include "effect/logcase.h"
#include "shell/command.h"

int case_list (int argc, char **argv, const CommandContext *ctx);
int case_show (int argc, char **argv, const CommandContext *ctx);

int  case_failed (const GError *error);  /* tells it; the exit code for it */
void case_print_line (const LogCase *c); /* how it stands: one line */
void case_print_fields (const LogCase *c);
void case_print_value (const char *name, const char *value); /* nothing for NULL and "" */
Json *case_json (const LogCase *c);
char *case_moment (gint64 unix_ms, gboolean short_form); /* NULL for LOGCASE_NEVER; g_free() it */
