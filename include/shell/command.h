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
int cmd_show (int argc, char **argv, const CommandContext *ctx);
int cmd_check (int argc, char **argv, const CommandContext *ctx);
