/* abusectl list and show, as they are called. */
#include "shell/command.h"
#include "store.h"
#include <stdio.h>
#include <sys/wait.h>

static Heard heard;
static Scratch filled;
static char *config;

static void
fill (void)
{
    LogRow *evil = row_new (3);
    LogStore *log;
    g_autofree char *yaml = NULL;

    scratch_new (&filled);
    log = logstore_open (filled.uri, filled.spool, AWAIT_S * 1000, NULL);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    evil->priority = "urgent";
    evil->subject = "Evil\033[2J\r\nX-Abuse-Id: \xe2\x80\xaetxet";
    evil->from_name = "\033]0;title\007";
    evil->signals[0].text = "\033[31m";
    evil->incidents[0].url = "http://example.net/\033[1A";
    g_assert_cmpint (logstore_put (log, evil), ==, LOG_COMMITTED);
    logstore_close (log);
    config = g_build_filename (filled.folder, "settings.yaml", NULL);
    yaml = g_strdup_printf ("log: %s\n", filled.uri);
    g_assert_true (g_file_set_contents (config, yaml, -1, NULL));
}

typedef struct Call {
    const char *name, *args[8];
    int status;
    const char *says, *complains; /* patterns; NULL: says nothing */
    const char *never;
} Call;

static const Call calls[] = {
    { "list-all", { "list" }, COMMAND_OK, "*Attack 2 from*\n*Attack 0 from*", NULL, "\t" },
    { "list-is-one-line-a-report",
      { "list", "-n", "1" },
      COMMAND_OK,
      "01KAFC0S030000000000000003  2025-11-20T00:53:20Z  urgent *\n",
      NULL,
      "X-Abuse-Id: \xe2" },
    { "list-is-safe", { "list", "--priority", "urgent" }, COMMAND_OK, "*Evil*", NULL, "\033" },
    { "list-scenario",
      { "list", "--scenario", "port-scan", "--ip", "198.51.100.0/31" },
      COMMAND_OK,
      "*Attack 0*",
      NULL,
      "Attack 1" },
    { "list-nothing", { "list", "-s", "ddos" }, COMMAND_NOTHING, NULL, NULL, NULL },
    { "list-json",
      { "list", "--json", "-t", "ATTACK 1" },
      COMMAND_OK,
      "{\"v\":1,\"id\":\"01*\"subject\":\"Attack 1 from your "
      "network\"*\"signals\":?{*\"received\":\"2025-11-20T00:53:20Z\"}\n",
      NULL,
      "Attack 2" },
    { "list-json-is-safe",
      { "list", "--json", "-p", "urgent" },
      COMMAND_OK,
      "{*Evil*}\n",
      NULL,
      "\033" },
    { "list-wrong-priority",
      { "list", "--priority", "important" },
      COMMAND_USAGE,
      NULL,
      "*'important' is no priority: expected low*",
      NULL },
    { "list-wrong-ip",
      { "list", "--ip", "198.51.100.256" },
      COMMAND_USAGE,
      NULL,
      "*'198.51.100.256' is no address*",
      NULL },
    { "list-wrong-time",
      { "list", "--until", "tomorrow" },
      COMMAND_USAGE,
      NULL,
      "*--until 'tomorrow' is no time*",
      NULL },
    { "list-wrong-limit",
      { "list", "--limit", "0" },
      COMMAND_USAGE,
      NULL,
      "*--limit 0 is out of range*",
      NULL },
    { "list-unknown-option", { "list", "--colour" }, COMMAND_USAGE, NULL, "*--colour*", NULL },
    { "list-too-much", { "list", "ddos" }, COMMAND_USAGE, NULL, "*'ddos' is too much*", NULL },
    { "show-without-id", { "show" }, COMMAND_USAGE, NULL, "*no ID given*", NULL },
    { "show-unknown",
      { "show", "7ZZZZZZZ" },
      COMMAND_NOTHING,
      NULL,
      "*no report has an id that begins with 7ZZZZZZZ*",
      NULL },
    { "show-short", { "show", "01K" }, COMMAND_USAGE, NULL, "*first 6 or more*", NULL },
    { "show-several",
      { "show", "01KAFC0" },
      COMMAND_USAGE,
      NULL,
      "*several reports*give more of it*",
      NULL },
    { "show-page",
      { "show", "01kafc0s02" },
      COMMAND_OK,
      "*scenario *ssh-bruteforce (0.97)*case *Attack 2 from*198.51.100.2 *203.0.113.9 port "
      "22*sshd-log*Related reports*Attack 1 from*",
      NULL,
      "\033" },
    { "show-is-safe", { "show", "01KAFC0S03" }, COMMAND_OK, "*urgent*Evil*", NULL, "\033" },
    { "show-json",
      { "show", "--json", "01KAFC0S01" },
      COMMAND_OK,
      "{*Attack 1 from*}\n",
      NULL,
      NULL },
    { "list-csv",
      { "list", "--csv", "-c", "id,subject,tor", "-p", "urgent" },
      COMMAND_OK,
      "id,subject,tor\r\n01KAFC0S030000000000000003,Evil*,\r\n",
      NULL,
      "\033" },
    { "list-columns",
      { "list", "-c", "scenario,case", "-n", "1" },
      COMMAND_OK,
      "port-scan  01*\n",
      NULL,
      "Attack" },
    { "list-wrong-column",
      { "list", "-c", "id,colour" },
      COMMAND_USAGE,
      NULL,
      "*no column 'colour'*",
      NULL },
    { "list-sorted",
      { "list", "--reverse", "-n", "2" },
      COMMAND_OK,
      "*Attack 0*\n*Attack 1*\n",
      NULL,
      NULL },
    { "list-wrong-sort", { "list", "--sort", "size" }, COMMAND_USAGE, NULL, "*'size'*", NULL },
    { "list-wrong-demand", { "list", "--demand", "x" }, COMMAND_USAGE, NULL, "*no demand*", NULL },
    { "list-wrong-state", { "list", "--state", "x" }, COMMAND_USAGE, NULL, "*no state*", NULL },
    { "list-json-and-csv", { "list", "--json", "--csv" }, COMMAND_USAGE, NULL, "*not both*", NULL },
    { "stats",
      { "stats" },
      COMMAND_OK,
      "scenario  *priority  urgent  1  3\n*relay  -  4  12\n*day  2025-11-20  4  12\n",
      NULL,
      NULL },
    { "stats-by",
      { "stats", "--by", "scenario", "--json" },
      COMMAND_OK,
      "{\"by\":\"scenario\",\"name\":\"*\",\"reports\":2,\"incidents\":6,*}\n{*}\n",
      NULL,
      NULL },
    { "stats-csv",
      { "stats", "--by", "day", "--csv" },
      COMMAND_OK,
      "by,name,reports,incidents\r\nday,2025-11-20,4,12\r\n",
      NULL,
      NULL },
    { "stats-nothing", { "stats", "-s", "ddos" }, COMMAND_NOTHING, NULL, NULL, NULL },
    { "stats-wrong-by", { "stats", "--by", "colour" }, COMMAND_USAGE, NULL, "*'colour'*", NULL },
    { "case-list", { "case", "list" }, COMMAND_OK, "01KAFC0S*  open  -  urgent  *\n*", NULL, NULL },
    { "case-answered",
      { "case", "answered", "--due", "2025-11-21", "01KAFC0S00" },
      COMMAND_OK,
      "case 01KAFC0S000000000000000000 is answered, due 2025-11-21T00:00:00Z\n",
      NULL,
      NULL },
    { "case-overdue",
      { "case", "list", "--overdue", "--json" },
      COMMAND_OK,
      "{\"id\":\"01KAFC0S00*\"state\":\"answered\"*\"overdue\":true}\n",
      NULL,
      NULL },
    { "case-note",
      { "case", "note", "01KAFC0S00", "called", "\033[2Jthem" },
      COMMAND_OK,
      "case 01KAFC0S00* is answered*",
      NULL,
      NULL },
    { "case-show",
      { "case", "show", "01KAFC0S00" },
      COMMAND_OK,
      "*state *answered*Notes\n*called *them\n*Reports\n*",
      NULL,
      "\033" },
    { "case-due", { "case", "due", "01KAFC0S00", "none" }, COMMAND_OK, "*answered\n", NULL, NULL },
    { "case-close", { "case", "close", "01KAFC0S00" }, COMMAND_OK, "*is closed\n", NULL, NULL },
    { "case-reopen", { "case", "reopen", "01KAFC0S00" }, COMMAND_OK, "*is open\n", NULL, NULL },
    { "case-wrong-day",
      { "case", "due", "01KAFC0S00", "soon" },
      COMMAND_USAGE,
      NULL,
      "*'soon' is no day*",
      NULL },
    { "case-that-is-none",
      { "case", "close", "7ZZZZZZZ" },
      COMMAND_NOTHING,
      NULL,
      "*no report*",
      NULL },
    { "case-wrong-verb", { "case", "burn" }, COMMAND_USAGE, NULL, "*no verb 'burn'*", NULL },
};

static int
run (const Call *c)
{
    const CommandContext ctx = { config };
    char *args[G_N_ELEMENTS (c->args) + 1] = { NULL }, **argv = args;
    int argc = 0;

    for (; c->args[argc] != NULL; argc++)
        args[argc] = (char *)c->args[argc];
    return strcmp (args[0], "list") == 0    ? cmd_list (argc, argv, &ctx)
           : strcmp (args[0], "stats") == 0 ? cmd_stats (argc, argv, &ctx)
           : strcmp (args[0], "case") == 0  ? cmd_case (argc, argv, &ctx)
                                            : cmd_show (argc, argv, &ctx);
}

static char *
path_of (const char *name)
{
    return g_build_filename (filled.folder, name, NULL);
}

static int
run_apart (const Call *c, const char *out, const char *err)
{
    int status;
    pid_t pid = fork ();

    if (pid == 0) {
        if (freopen (out, "w", stdout) == NULL || freopen (err, "w", stderr) == NULL)
            _exit (99);
        status = run (c);
        fflush (NULL);
        _exit (status);
    }
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFEXITED (status));
    return WEXITSTATUS (status);
}

static void
assert_like (const char *path, const char *pattern)
{
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    if (!g_pattern_match_simple (pattern != NULL ? pattern : "", text))
        g_error ("'%s' is not like '%s'", text, pattern);
}

static void
assert_never (const char *path, const char *never)
{
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    if (never != NULL && strstr (text, never) != NULL)
        g_error ("'%s' holds '%s'", text, never);
}

static void
test_call (gconstpointer data)
{
    const Call *c = data;
    g_autofree char *out = path_of ("out"), *err = path_of ("err");

    g_assert_cmpint (run_apart (c, out, err), ==, c->status);
    assert_like (out, c->says);
    assert_like (err, c->complains);
    assert_never (out, c->never);
    assert_never (err, "\033");
}

static void
test_no_log (void)
{
    static const Call list = { .args = { "list" } };
    g_autofree char *out = path_of ("out"), *err = path_of ("err"), *good = config, *yaml = NULL;

    config = path_of ("other.yaml");
    yaml = g_strdup_printf ("log: sqlite:%s/nothing/log.db\n", filled.folder);
    g_assert_true (g_file_set_contents (config, yaml, -1, NULL));
    g_assert_cmpint (run_apart (&list, out, err), ==, COMMAND_WORLD);
    assert_like (err, "abusectl list: */nothing/log.db: No such file*has the milter run*");
    g_assert_true (g_file_set_contents (config, "lgo: x\n", -1, NULL));
    g_assert_cmpint (run_apart (&list, out, err), ==, COMMAND_WORLD);
    assert_like (err, "*other.yaml:1: *");
    g_free (config);
    config = g_steal_pointer (&good);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    hear_from (&heard);
    fill ();
    for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
        g_autofree char *path = g_strconcat ("/cmd-log/", calls[i].name, NULL);

        g_test_add_data_func (path, &calls[i], test_call);
    }
    g_test_add_func ("/cmd-log/list-without-a-log", test_no_log);
    status = g_test_run ();
    g_free (config);
    scratch_free (&filled);
    return status;
}
