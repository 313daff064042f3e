/* abusectl: the command line.  Each command is a row here and a file cmd_NAME.c. */
#include "shell/command.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const Command commands[] = {
    { "classify", "say what mails are and who is accused", "[--json|--headers] FILE...",
      cmd_classify },
    { "explain", "show what was found where and what decided", "FILE...", cmd_explain },
    { "list", "list the reports in the log", "[OPTION...]", cmd_list },
    { "show", "show one report of the log whole", "ID", cmd_show },
    { "stats", "count the reports in the log", "[OPTION...]", cmd_stats },
    { "case", "list, show, answer and close cases", "VERB [ARGUMENT...]", cmd_case },
    { "correct", "say what a report really is", "ID --scenario SCENARIO", cmd_correct },
    { "accuracy", "how the rules did against your corrections", "[OPTION...]", cmd_accuracy },
    { "replay", "judge mails again and show what would differ", "[OPTION...] [FILE...]",
      cmd_replay },
    { "export", "the log's incidents as CSV, JSON or XARF", "--format FORMAT [OPTION...]",
      cmd_export },
    { "reply", "draft an answer to a complaint", "[OPTION...] ID|FILE", cmd_reply },
    { "suggest", "keep away from those who asked to be left alone", "[OPTION...]", cmd_suggest },
    { "import", "fill the log from existing mailboxes", "FILE...", cmd_import },
    { "prune", "remove old reports from the log", "--older-than TIME [--yes]", cmd_prune },
    { "anonymise", "take people out of old reports", "--older-than TIME [--yes]", cmd_anonymise },
    { "copy-log", "copy the log into another one", "--to URI", cmd_copy_log },
    { "scenarios", "list, show, test and lint the scenarios", "VERB [ARGUMENT...]", cmd_scenarios },
    { "check", "check settings, scenarios, socket and log", "", cmd_check },
};

static int
help (FILE *out, int status)
{
    fputs ("Usage: abusectl [--config FILE] COMMAND [ARGUMENT...]\n\nCommands:\n", out);
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        fprintf (out, "  %-9s %-28s %s\n", commands[i].name, commands[i].usage,
                 commands[i].summary);
    fputs ("\nabusectl COMMAND --help tells more.  Exit codes: 0 done, 1 nothing found or a mail "
           "could not be\n"
           "read, 2 called wrongly, 3 settings, a file or the log failed.\n",
           out);
    return status;
}

static const Command *
command_named (const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* --config FILE and --config=FILE may stand before the command; the rest is the command's own. */
static int
global_options (int argc, char **argv, CommandContext *ctx)
{
    int i = 1;

    while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
        if (g_str_has_prefix (argv[i], "--config="))
            ctx->config = argv[i++] + strlen ("--config=");
        else if (strcmp (argv[i], "--config") == 0 && i + 1 < argc) {
            ctx->config = argv[i + 1];
            i += 2;
        } else
            return i;
    }
    return i;
}

int
main (int argc, char **argv)
{
    CommandContext ctx = { NULL };
    int i = global_options (argc, argv, &ctx);
    const Command *command;

    setlocale (LC_ALL, "");
    if (i >= argc)
        return help (stderr, COMMAND_USAGE);
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0 ||
        strcmp (argv[i], "help") == 0)
        return help (stdout, COMMAND_OK);
    if (strcmp (argv[i], "--version") == 0) {
        puts ("abusectl " ABUSE_MILTER_VERSION);
        return COMMAND_OK;
    }
    command = command_named (argv[i]);
    if (command == NULL) {
        fprintf (stderr, "abusectl: there is no %s '%s'\n",
                 argv[i][0] == '-' ? "option" : "command", argv[i]);
        return help (stderr, COMMAND_USAGE);
    }
    return command->run (argc - i, argv + i, &ctx);
}
