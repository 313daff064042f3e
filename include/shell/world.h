/*
 * world - what every command needs from outside: settings, rules, the clock, the terminal
 */
#pragma once
#include "know/knowledge.h"
#include "shell/command.h"

/* Folders of scenarios to use instead of the settings' ("a:b"): the variable's; else, for a program
 * that runs in its build folder without a settings file, those of the tree.  NULL: the settings'.
 * g_free() it. */
#define WORLD_SCENARIOS_VARIABLE "ABUSE_MILTER_SCENARIOS"
char *world_scenarios (const CommandContext *ctx);

/* NULL after telling every mistake on standard error. */
Knowledge *world_knowledge (const CommandContext *ctx);

/* The settings file that the context means: --config, else the usual one if it exists, else NULL.
 */
const char *world_config (const CommandContext *ctx);

gint64 world_now (void);      /* seconds since 1970 UTC; SOURCE_DATE_EPOCH overrides, for tests */
gboolean world_colour (void); /* standard output is a terminal and NO_COLOR is unset */
guint world_width (void);     /* columns of the terminal, 100 elsewhere */
