#include "shell/tor_world.h"
#include "base/calendar.h"
#include "shell/tor_control.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

struct TorWorld {
    char *stamp;    /* what the files were when they were read */
    char *control;  /* where tor was asked */
    char *policy;   /* its last answer; kept while it does not answer */
    char *problems; /* as told last */
    gint64 asked_us;
};

TorWorld *
tor_world_new (void)
{
    return g_new0 (TorWorld, 1);
}

void
tor_world_free (TorWorld *w)
{
    if (w == NULL)
        return;
    g_free (w->stamp);
    g_free (w->control);
    g_free (w->policy);
    g_free (w->problems);
    g_free (w);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
    return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_folder (GPtrArray *files, const char *path)
{
    GDir *folder = g_dir_open (path, 0, NULL);
    guint from = files->len;
    const char *name;

    while (folder != NULL && files->len < TOR_WORLD_MAX_FILES &&
           (name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *file = g_build_filename (path, name, NULL);

        if (name[0] != '.' && g_file_test (file, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add (files, g_steal_pointer (&file));
    }
    if (files->len > from)
        qsort (&files->pdata[from], files->len - from, sizeof (gpointer), compare_paths);
    if (folder != NULL)
        g_dir_close (folder);
}

static GPtrArray *
list_files (const Settings *settings)
{
    GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
    const char *const *paths = settings->tor.exit_lists;

    for (; paths != NULL && *paths != NULL; paths++)
        if (g_file_test (*paths, G_FILE_TEST_IS_DIR))
            add_folder (files, *paths);
        else
            g_ptr_array_add (files, g_strdup (*paths));
    return files;
}

static char *
stamp_of (const GPtrArray *files)
{
    GString *stamp = g_string_new (NULL);

    for (guint i = 0; i < files->len; i++) {
        GStatBuf st;

        if (g_stat (files->pdata[i], &st) != 0)
            g_string_append_printf (stamp, "%s -\n", (char *)files->pdata[i]);
        else
            g_string_append_printf (
                stamp, "%s %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld\n",
                (char *)files->pdata[i], (guint64)st.st_ino, (gint64)st.st_size,
                (gint64)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    }
    return g_string_free (stamp, FALSE);
}

static void problem (GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
problem (GPtrArray *problems, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_ptr_array_add (problems, g_strdup_vprintf (format, args));
    va_end (args);
}

static void
read_list (ExitList *lists, const char *path, GPtrArray *problems)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    ExitListRead read;
    GStatBuf st;
    gsize n;

    if (g_stat (path, &st) != 0) {
        problem (problems, "exit list %s: %s", path, g_strerror (errno));
        return;
    }
    if (st.st_size > EXIT_LIST_MAX_BYTES) {
        problem (problems, "exit list %s: more than %d bytes, not read", path, EXIT_LIST_MAX_BYTES);
        return;
    }
    if (!g_file_get_contents (path, &text, &n, &error)) {
        problem (problems, "exit list: %s", error->message);
        return;
    }
    read = exit_list_add (lists, (Span) { text, text + n }, st.st_mtime);
    if (read.sightings == 0)
        problem (problems, "exit list %s: holds no address", path);
    if (read.ignored > 0)
        problem (problems, "exit list %s:%u: no line of an exit list (%u such lines were left out)",
                 path, read.first_ignored_line, read.ignored);
    if (read.full)
        problem (problems, "exit list %s: more than %d entries in all lists, the rest was left out",
                 path, EXIT_LIST_MAX_SIGHTINGS);
}

static ExitList *
read_lists (const GPtrArray *files, GPtrArray *problems)
{
    ExitList *lists = exit_list_new ();

    for (guint i = 0; i < files->len; i++)
        read_list (lists, files->pdata[i], problems);
    exit_list_finish (lists);
    return lists;
}

static ExitPolicy *
read_policy (TorWorld *w, const TorSettings *t, GPtrArray *problems)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (ExitPolicy) policy = NULL;
    char *answer = tor_control_exit_policy (t->control, t->control_password, &error);

    if (g_strcmp0 (w->control, t->control) != 0) {
        g_clear_pointer (&w->policy, g_free);
        g_free (w->control);
        w->control = g_strdup (t->control);
    }
    w->asked_us = g_get_monotonic_time ();
    if (answer == NULL)
        problem (problems, "%s", error->message);
    else {
        g_free (w->policy);
        w->policy = answer;
    }
    if (w->policy == NULL)
        return NULL;
    policy = exit_policy_new (POLICY_DESCRIPTOR);
    if (exit_policy_add (policy, span_of (w->policy), t->control, 1, mistakes))
        return g_steal_pointer (&policy);
    problem (problems, "%s", mistakes_get (mistakes, 0));
    return NULL;
}

static void
tell_problems (TorWorld *w, GPtrArray *problems, TorTell tell, gpointer data)
{
    char *all;

    g_ptr_array_add (problems, NULL);
    all = g_strjoinv ("\n", (char **)problems->pdata);
    if (g_strcmp0 (all, w->problems) != 0)
        for (guint i = 0; problems->pdata[i] != NULL; i++)
            tell (problems->pdata[i], data);
    g_free (w->problems);
    w->problems = all;
}

Knowledge *
tor_world_read (TorWorld *w, Knowledge *k, TorTell tell, gpointer data)
{
    const TorSettings *t = &k->settings->tor;
    g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) files = list_files (k->settings);
    ExitPolicy *policy = t->control != NULL ? read_policy (w, t, problems) : NULL;

    g_free (w->stamp); /* before they are read: what changes meanwhile is seen the next time */
    w->stamp = stamp_of (files);
    k = knowledge_with_tor (k, policy, t->exit_lists != NULL ? read_lists (files, problems) : NULL);
    tell_problems (w, problems, tell, data);
    return k;
}

static gboolean
policy_changed (TorWorld *w, const TorSettings *t)
{
    g_autofree char *answer = NULL;
    gint64 now_us = g_get_monotonic_time ();
    gint64 rest_s = w->policy != NULL ? TOR_WORLD_ASK_S : TOR_WORLD_RETRY_S;

    if (t->control == NULL || now_us < w->asked_us + rest_s * G_TIME_SPAN_SECOND)
        return FALSE;
    w->asked_us = now_us;
    answer = tor_control_exit_policy (t->control, t->control_password, NULL);
    return answer != NULL && g_strcmp0 (answer, w->policy) != 0;
}

gboolean
tor_world_changed (TorWorld *w, const Settings *settings)
{
    g_autoptr (GPtrArray) files = list_files (settings);
    g_autofree char *stamp = stamp_of (files);

    return g_strcmp0 (stamp, w->stamp) != 0 || policy_changed (w, &settings->tor);
}

char *
tor_world_summary (const Knowledge *k)
{
    GString *text = g_string_new (NULL);
    char when[RFC3339_MAX];

    if (k->policy != NULL)
        g_string_append_printf (text, "exit policy of %u rules", exit_policy_rules (k->policy));
    else
        g_string_append (text, "no exit policy");
    if (k->exits == NULL)
        return g_string_free (text, FALSE);
    g_string_append_printf (text, ", %u addresses in exit lists", exit_list_addresses (k->exits));
    if (exit_list_addresses (k->exits) > 0)
        g_string_append_printf (text, ", the newest of %s",
                                calendar_rfc3339 (exit_list_newest_unix_s (k->exits), when));
    return g_string_free (text, FALSE);
}
