/* Turns and memory, shared by threads. */
#include "shell/ration.h"

#define MIB ((gsize)1 << 20)

static void
test_turns (void)
{
    g_autoptr (Ration) r = ration_new ();

    g_assert_true (ration_begin (r, 2, 0));
    g_assert_true (ration_begin (r, 2, 0));
    g_assert_false (ration_begin (r, 2, 0));
    g_assert_false (ration_begin (r, 2, 20));
    g_assert_true (ration_begin (r, 3, 0)); /* a reload may raise it */
    ration_end (r);
    ration_end (r);
    g_assert_true (ration_begin (r, 2, 0));
    ration_end (r);
    ration_end (r);
}

static void
test_memory (void)
{
    g_autoptr (Ration) r = ration_new ();

    g_assert_true (ration_hold (r, 4 * MIB, 10 * MIB, 0));
    g_assert_true (ration_hold (r, 6 * MIB, 10 * MIB, 0));
    g_assert_false (ration_hold (r, 1, 10 * MIB, 20));
    g_assert_false (ration_hold (r, G_MAXSIZE, 10 * MIB, 0));
    g_assert_true (ration_begin (r, 1, 0)); /* whoever holds may be judged */
    ration_release (r, 4 * MIB);
    g_assert_false (ration_hold (r, 5 * MIB, 10 * MIB, 0));
    g_assert_true (ration_hold (r, 4 * MIB, 10 * MIB, 0));
    g_assert_false (ration_hold (r, 1, 5 * MIB, 0)); /* a reload may lower it */
    ration_release (r, 10 * MIB);
    g_assert_cmpuint (ration_held (r), ==, 0);
    ration_end (r);
}

static gpointer
release_later (gpointer data)
{
    g_usleep (50000);
    ration_release (data, MIB);
    return NULL;
}

static void
test_waits_for_memory (void)
{
    g_autoptr (Ration) r = ration_new ();
    GThread *other;

    g_assert_true (ration_hold (r, MIB, MIB, 0));
    other = g_thread_new ("other", release_later, r);
    g_assert_true (ration_hold (r, MIB, MIB, 60000));
    g_thread_join (other);
    g_assert_cmpuint (ration_held (r), ==, MIB);
}

/* All that the settings allow, together: never more than memory_total. */
static void
test_limits (void)
{
    static const struct {
        gsize total, limit;
        guint max, judging;
    } cases[] = {
        { 512, 64, 4, 4 }, { 512, 64, 100, 5 }, { 256, 64, 4, 2 },    { 512, 64, 1, 1 },
        { 101, 64, 4, 1 }, { 512, 400, 4, 1 },  { 4096, 64, 32, 32 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        Settings s = { .memory_total_bytes = cases[i].total * MIB,
                       .memory_limit_bytes = cases[i].limit * MIB,
                       .message_limit_bytes = 4 * MIB,
                       .max_judging = cases[i].max };
        RationLimits l = ration_limits (&s);

        g_assert_cmpuint (l.judging, ==, cases[i].judging);
        g_assert_cmpuint (SETTINGS_OWN_MEMORY + l.held_bytes + l.judging * s.memory_limit_bytes, ==,
                          s.memory_total_bytes);
        g_assert_cmpuint (l.held_bytes, >=, s.message_limit_bytes);
    }
}

typedef struct Crowd {
    Ration *ration;
    gint inside, most, judged;
} Crowd;

static gpointer
judge_many (gpointer data)
{
    Crowd *c = data;

    for (guint i = 0; i < 50; i++) {
        gint now;

        g_assert_true (ration_begin (c->ration, 3, 60000));
        now = g_atomic_int_add (&c->inside, 1) + 1;
        if (now > g_atomic_int_get (&c->most))
            g_atomic_int_set (&c->most, now);
        g_usleep (100);
        g_atomic_int_dec_and_test (&c->inside);
        ration_end (c->ration);
        g_atomic_int_inc (&c->judged);
    }
    return NULL;
}

/* All have their turn, never more than fit. */
static void
test_crowd (void)
{
    g_autoptr (Ration) r = ration_new ();
    Crowd c = { r, 0, 0, 0 };
    GThread *threads[20];

    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("judge", judge_many, &c);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
    g_assert_cmpint (c.judged, ==, 50 * (gint)G_N_ELEMENTS (threads));
    g_assert_cmpint (c.most, <=, 3);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ration/turns/so-many-at-once", test_turns);
    g_test_add_func ("/ration/memory/up-to-the-limit", test_memory);
    g_test_add_func ("/ration/memory/is-waited-for", test_waits_for_memory);
    g_test_add_func ("/ration/limits/add-up-to-the-total", test_limits);
    g_test_add_func ("/ration/crowd/all-have-their-turn", test_crowd);
    return g_test_run ();
}
