/* abusectl scenarios, as it is called, with scenarios and mails of its own. */
#include "folder.h"
#include "shell/command.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

static const struct {
    const char *name, *text;
} files[] = {
    { "rules/unclassified.yaml", "title: U\nbias: 1\n" },
    { "rules/not-a-complaint.yaml",
      "title: N\nsignals:\n  bounce: {header: '^Auto-Submitted:.*', weight: 6}\n" },
    { "rules/ssh.yaml",
      "title: Guessing\ndescription: Passwords are tried.\nxarf: connection/login_attack\n"
      "priority: high\nlookalikes: [spam]\nrequires: [words]\nsignals:\n"
      "  words: {regex: '\\bssh\\b.{0,40}login', weight: 6}\n"
      "  port:  {dst-port: [22, 2222-2230], weight: 1.5}\n"
      "  many:  {offenders: {min: 2}, weight: 1}\n"
      "  guess: {regex: guessing, weight: 2}\n"
      "  dead:  {regex: 'ss\\bh', weight: 2}\n"
      "  short: {regex: '\\d\\d', weight: 0.1}\n"
      "reply: |\n  Dear sender, {ip}.\n" },
    { "rules/spam.yaml",
      "title: Spam\nsignals:\n  spam: {in: [subject, prose], regex: 'spam', weight: 4}\n"
      "  guess: {regex: 'casino bonus', weight: 3}\n  prize: {regex: lottery, weight: 3}\n" },
    { "rules/common/topics.yaml",
      "kind: topic\nclasses:\n  fish: {threshold: 1, signals: {a: {regex: fishes, weight: 1}}}\n" },
    { "broken/unclassified.yaml", "title: U\nbais: 1\n" },
    { "broken/not-a-complaint.yaml", "title: N\n" },
    { "mails/ssh/one.eml",
      "From: a@example.org\nSubject: x\n\nssh login guessing from 198.51.100.7.\n" },
    { "mails/ssh/one.want", "this is no mail: spam\n" },
    { "mails/ssh/two.eml",
      "From: a@example.org\nSubject: x\n\nYour host guessing and spam\033[2J\n" },
    { "mails/spam/one.eml", "From: a@example.org\nSubject: spam\n\nssh login or so.\n" },
    { "mails/spam/near.eml",
      "From: a@example.org\nSubject: spam\n\nA lottery, and ssh login or so.\n" },
    { "mails/nobody/one.eml", "From: a@example.org\nSubject: x\n\nHello.\n" },
};

static void
fill (void)
{
    folder = g_dir_make_tmp ("scenarios-XXXXXX", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
        g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
        g_autofree char *above = g_path_get_dirname (path);

        g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
        g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    }
    g_setenv ("SOURCE_DATE_EPOCH", "1795000000", TRUE);
    g_assert_cmpint (g_chdir (folder), ==, 0);
}

typedef struct Call {
    const char *name, *rules, *args[5];
    int status;
    const char *says, *complains; /* patterns; NULL: says nothing */
    const char *never;
} Call;

static const Call calls[] = {
    { "no-verb",
      "rules",
      { NULL },
      COMMAND_USAGE,
      NULL,
      "Usage: abusectl scenarios VERB*lint*",
      NULL },
    { "help", "rules", { "--help" }, COMMAND_OK, "Usage: abusectl scenarios VERB*", NULL, NULL },
    { "unknown-verb", "rules", { "lits" }, COMMAND_USAGE, NULL, "*there is no verb 'lits'*", NULL },
    { "help-of-a-verb",
      "rules",
      { "lint", "--help" },
      COMMAND_OK,
      "*abusectl scenarios lint*--samples=DIR*",
      NULL,
      NULL },
    { "list",
      "rules",
      { "list" },
      COMMAND_OK,
      "not-a-complaint *\nspam *\nssh * high * 6 * Guessing\nunclassified *\n",
      NULL,
      NULL },
    { "list-json",
      "rules",
      { "list", "--json" },
      COMMAND_OK,
      "*\n{\"v\":1,\"id\":\"ssh\",\"title\":\"Guessing\",\"description\":\"Passwords are tried.\","
      "\"priority\":\"high\",\"xarf_category\":\"connection\",\"xarf_type\":\"login_attack\","
      "\"signals\":6,\"lookalikes\":?\"spam\"?,\"reply\":true,*}\n*",
      NULL,
      NULL },
    { "list-too-much",
      "rules",
      { "list", "ssh" },
      COMMAND_USAGE,
      NULL,
      "*'ssh' is too much*",
      NULL },
    { "list-of-broken-ones",
      "broken",
      { "list" },
      COMMAND_WORLD,
      NULL,
      "*unclassified.yaml:2: *bais*bias*",
      NULL },
    { "show",
      "rules",
      { "show", "ssh" },
      COMMAND_OK,
      "ssh\n*title *Guessing\n*connection/login_attack\n*requires *words\n*look-alikes *spam\n*"
      "+6.0  words  in subject, prose\n*regex: *login\n*dst-port: 22, 2222-2230\n*offenders: 2 or "
      "more\n*"
      "Reply: letter\n  Dear sender, {ip}.\n",
      NULL,
      NULL },
    { "show-unknown",
      "rules",
      { "show", "shs" },
      COMMAND_NOTHING,
      NULL,
      "*no scenario 'shs' (did you mean 'ssh'?)\n",
      NULL },
    { "show-without-id", "rules", { "show" }, COMMAND_USAGE, NULL, "*no ID given*", NULL },
    { "test-names-the-near-miss",
      "rules",
      { "test", "mails/spam/one.eml" },
      COMMAND_OK,
      "mails/spam/one.eml: ssh (0.*)\n  ssh *6.0*words *prose 1:1 *ssh login\n*"
      "  spam *4.0*spam *subject 0:1 *spam\n*",
      NULL,
      NULL },
    { "test-names-what-does-not-stand",
      "rules",
      { "test", "mails/ssh/two.eml" },
      COMMAND_OK,
      "*: spam (*\n  ssh *2.0  -     does not stand: no signal that it requires holds\n*+2.0  "
      "guess *",
      NULL,
      "\033" },
    { "test-without-file", "rules", { "test" }, COMMAND_USAGE, NULL, "*no FILE given*", NULL },
    { "test-without-mail",
      "rules",
      { "test", "mails/none" },
      COMMAND_WORLD,
      NULL,
      "*mails/none*",
      NULL },
    { "lint",
      "rules",
      { "lint" },
      COMMAND_NOTHING,
      "*not-a-complaint.yaml:3: bounce: '.?' is unbounded*spam.yaml:4: guess: a blank*"
      "ssh.yaml:12: dead: can never match*ssh.yaml:13: short: tried on every mail*"
      "topics.yaml:3: fish: no signal asks for this topic*",
      NULL,
      "holds on" },
    { "lint-samples",
      "rules",
      { "lint", "--samples", "mails" },
      COMMAND_NOTHING,
      "*mails/nobody: no scenario has this name\n*mails/spam/one.eml: is judged ssh (0.*) and "
      "belongs to spam\n*"
      "mails/ssh/two.eml: is judged spam (0.*) and belongs to ssh\n*ssh.yaml:12: dead: holds on no "
      "sample\n*",
      "4 scenarios, 4 samples, * findings\n",
      "ssh.yaml:8: words: holds" },
    { "lint-knows-what-is-said-to-come-near",
      "rules",
      { "lint", "--samples", "mails" },
      COMMAND_NOTHING,
      "*",
      "*",
      "near.eml" },
    { "test-near",
      "rules",
      { "test", "mails/spam/near.eml" },
      COMMAND_OK,
      "*: spam (0.*)\n*  ssh *0.2*",
      NULL,
      NULL },
    { "lint-tells-a-name-of-two-scenarios-apart",
      "rules",
      { "lint", "--samples", "mails" },
      COMMAND_NOTHING,
      "*spam.yaml:4: guess: holds on no sample\n*",
      "*",
      "ssh.yaml:11: guess: holds" },
    { "lint-without-samples",
      "rules",
      { "lint", "--samples", "none" },
      COMMAND_WORLD,
      "*",
      "*none*",
      "holds on" },
};

static int
run_apart (const Call *c)
{
    const CommandContext ctx = { NULL };
    char *args[G_N_ELEMENTS (c->args) + 2] = { (char *)"scenarios", NULL };
    int argc = 1, status;
    pid_t pid;

    for (; c->args[argc - 1] != NULL; argc++)
        args[argc] = (char *)c->args[argc - 1];
    pid = fork ();
    if (pid == 0) {
        g_setenv (WORLD_SCENARIOS_VARIABLE, c->rules, TRUE);
        if (freopen ("out", "w", stdout) == NULL || freopen ("err", "w", stderr) == NULL)
            _exit (99);
        status = cmd_scenarios (argc, args, &ctx);
        fflush (NULL);
        _exit (status);
    }
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFEXITED (status));
    return WEXITSTATUS (status);
}

static void
assert_like (const char *path, const char *pattern, const char *never)
{
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    if (!g_pattern_match_simple (pattern != NULL ? pattern : "", text))
        g_error ("'%s' is not like '%s'", text, pattern);
    if (never != NULL && strstr (text, never) != NULL)
        g_error ("'%s' holds '%s'", text, never);
}

static void
test_call (gconstpointer data)
{
    const Call *c = data;

    g_assert_cmpint (run_apart (c), ==, c->status);
    assert_like ("out", c->says, c->never);
    assert_like ("err", c->complains, "\033");
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    fill ();
    for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
        g_autofree char *path = g_strconcat ("/cmd-scenarios/", calls[i].name, NULL);

        g_test_add_data_func (path, &calls[i], test_call);
    }
    status = g_test_run ();
    g_assert_cmpint (g_chdir ("/"), ==, 0);
    folder_remove (folder);
    g_free (folder);
    return status;
}
