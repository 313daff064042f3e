#include "folder.h"
#include "shell/tor_world.h"
#include <utime.h>

typedef struct Scene {
    char *folder, *list, *lists, *settings;
    Knowledge *know;
    TorWorld *tor;
    GString *told;
} Scene;

static void
write_file (const char *path, const char *text, gint64 written)
{
    struct utimbuf times = { written, written };

    g_assert_true (g_file_set_contents (path, text, -1, NULL)); /* a new file in its place */
    g_assert_cmpint (utime (path, &times), ==, 0);
}

static void
set_up (Scene *s, gconstpointer data)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *yaml = NULL;

    (void)data;
    s->folder = g_dir_make_tmp ("tor-world-XXXXXX", NULL);
    s->list = g_build_filename (s->folder, "exit-addresses", NULL);
    s->lists = g_build_filename (s->folder, "collector", NULL);
    s->settings = g_build_filename (s->folder, "settings.yaml", NULL);
    yaml = g_strdup_printf ("tor:\n  exit_lists: [%s, %s]\n", s->list, s->lists);
    g_assert_true (g_file_set_contents (s->settings, yaml, -1, NULL));
    g_assert_cmpint (g_mkdir (s->lists, 0700), ==, 0);
    s->know = knowledge_load_from (s->settings, "scenarios", mistakes);
    g_assert_nonnull (s->know);
    s->tor = tor_world_new ();
    s->told = g_string_new (NULL);
}

static void
tear_down (Scene *s, gconstpointer data)
{
    (void)data;
    knowledge_unref (s->know);
    tor_world_free (s->tor);
    folder_remove (s->folder);
    g_string_free (s->told, TRUE);
    g_free (s->folder);
    g_free (s->list);
    g_free (s->lists);
    g_free (s->settings);
}

static void
tell (const char *problem, gpointer data)
{
    Scene *s = data;

    g_string_append_printf (s->told, "%s\n", problem);
}

/* How many addresses there are after reading all again. */
static guint
read_again (Scene *s)
{
    g_autoptr (Knowledge) with = tor_world_read (s->tor, s->know, tell, s);

    return exit_list_addresses (with->exits);
}

static void
test_changes (Scene *s, gconstpointer data)
{
    g_autofree char *inside = g_build_filename (s->lists, "2026-11-20-12-02-00", NULL);
    g_autofree char *hidden = g_build_filename (s->lists, ".part", NULL);

    (void)data;
    write_file (s->list, "198.51.100.7\n", 1000);
    g_assert_cmpuint (read_again (s), ==, 1);
    g_assert_false (tor_world_changed (s->tor, s->know->settings));
    write_file (s->list, "198.51.100.8\n", 1000); /* of the same size and time: another inode */
    g_assert_true (tor_world_changed (s->tor, s->know->settings));
    g_assert_cmpuint (read_again (s), ==, 1);
    g_assert_false (tor_world_changed (s->tor, s->know->settings));
    write_file (inside, "198.51.100.9\n", 1000);
    g_assert_true (tor_world_changed (s->tor, s->know->settings));
    g_assert_cmpuint (read_again (s), ==, 2);
    write_file (hidden, "198.51.100.10\n", 1000);
    g_assert_false (tor_world_changed (s->tor, s->know->settings));
    g_assert_cmpint (g_remove (inside), ==, 0);
    g_assert_true (tor_world_changed (s->tor, s->know->settings));
    g_assert_cmpuint (read_again (s), ==, 1);
    g_assert_cmpstr (s->told->str, ==, "");
}

static void
test_problems (Scene *s, gconstpointer data)
{
    g_autofree char *missing =
        g_strdup_printf ("exit list %s: No such file or directory\n", s->list);
    g_autofree char *strange =
        g_strdup_printf ("exit list %s: holds no address\n"
                         "exit list %s:2: no line of an exit list (1 such lines were left out)\n",
                         s->list, s->list);

    (void)data;
    g_assert_cmpuint (read_again (s), ==, 0);
    g_assert_cmpstr (s->told->str, ==, missing);
    read_again (s); /* told once */
    g_assert_cmpstr (s->told->str, ==, missing);
    write_file (s->list, "# empty\n<html>\n", 1000);
    g_assert_true (tor_world_changed (s->tor, s->know->settings));
    g_string_truncate (s->told, 0);
    read_again (s);
    g_assert_cmpstr (s->told->str, ==, strange);
}

static void
test_summary (Scene *s, gconstpointer data)
{
    g_autoptr (Knowledge) with = NULL;
    g_autofree char *text = NULL;

    (void)data;
    write_file (s->list, "198.51.100.7\n198.51.100.8\n", 1795176000);
    with = tor_world_read (s->tor, s->know, tell, s);
    text = tor_world_summary (with);
    g_assert_cmpstr (
        text, ==, "no exit policy, 2 addresses in exit lists, the newest of 2026-11-20T12:00:00Z");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/tor-world/lists/read-again-when-they-change", Scene, NULL, set_up, test_changes,
                tear_down);
    g_test_add ("/tor-world/lists/what-cannot-be-read-is-told-once", Scene, NULL, set_up,
                test_problems, tear_down);
    g_test_add ("/tor-world/lists/summary", Scene, NULL, set_up, test_summary, tear_down);
    return g_test_run ();
}
