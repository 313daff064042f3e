/*
 * command - what an abusectl command is
 *
 * One function a command, in milter/shell/cmd_NAME.c; abusectl's table of
 * Commands dispatches by name.  argv[0] is the command's name; options are
 * read by GOption (so each has --help).  Results go to standard output, what
 * went wrong to standard error as a sentence; text a mail brought passes
 * clean_terminal() before it is printed.
 */
#pragma once
#include <glib.h>

typedef enum CommandExit {
    COMMAND_OK = 0,
    COMMAND_NOTHING = 1, /* nothing was found; or some of the mails could not be read */
    COMMAND_USAGE = 2,   /* the command was called wrongly */
    COMMAND_WORLD = 3    /* settings, a file or the database failed */
} CommandExit;

typedef struct CommandContext {
    const char *config; /* --config FILE; NULL: the usual file if it exists, else the defaults */
} CommandContext;

typedef struct Command {
    const char *name;
    const char *summary; /* one line for the list of commands */
    const char *usage;   /* "[OPTION...] FILE..." */
    int (*run) (int argc, char **argv, const CommandContext *ctx); /* a CommandExit */
} Command;

int cmd_classify (int argc, char **argv, const CommandContext *ctx);
int cmd_explain (int argc, char **argv, const CommandContext *ctx);
int cmd_list (int argc, char **argv, const CommandContext *ctx);
int cmd_stats (int argc, char **argv, const CommandContext *ctx);
int cmd_case (int argc, char **argv, const CommandContext *ctx);
int cmd_show (int argc, char **argv, const CommandContext *ctx);
int cmd_correct (int argc, char **argv, const CommandContext *ctx);
int cmd_accuracy (int argc, char **argv, const CommandContext *ctx);
int cmd_replay (int argc, char **argv, const CommandContext *ctx);
int cmd_export (int argc, char **argv, const CommandContext *ctx);
int cmd_reply (int argc, char **argv, const CommandContext *ctx);
int cmd_suggest (int argc, char **argv, const CommandContext *ctx);
int cmd_import (int argc, char **argv, const CommandContext *ctx);
int cmd_prune (int argc, char **argv, const CommandContext *ctx);
int cmd_anonymise (int argc, char **argv, const CommandContext *ctx);
int cmd_copy_log (int argc, char **argv, const CommandContext *ctx);
int cmd_scenarios (int argc, char **argv, const CommandContext *ctx);
int cmd_check (int argc, char **argv, const CommandContext *ctx);

/*
 * Reads the options of a command (argv[0] is its name) and takes them off argv.  `summary' follows
 * "abusectl NAME" on the usage line.  FALSE when the command is to end with *ret_status: after --help,
 * or after telling what is wrong with an option.
 */
gboolean command_options (int *argc, char ***argv, const GOptionEntry *options, const char *summary,
                          const char *description, int *ret_status);

/* Tells on standard error what is wrong and where help is; returns COMMAND_USAGE. */
int command_usage (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);
