/* Turns and memory, shared by threads. */
#include "shell/ration.h"

#define MIB ((gsize)1 << 20)

static void
test_turns (void)
{
    g_autoptr (Ration) r = ration_new ();

    g_assert_true (ration_begin (r, MIB, 10 * MIB, 2, 0));
    g_assert_true (ration_begin (r, MIB, 10 * MIB, 2, 0));
    g_assert_false (ration_begin (r, MIB, 10 * MIB, 2, 0));
    g_assert_false (ration_begin (r, MIB, 10 * MIB, 2, 20));
    g_assert_true (ration_begin (r, MIB, 10 * MIB, 3, 0)); /* a reload may raise it */
    ration_end (r, MIB);
    ration_end (r, MIB);
    g_assert_true (ration_begin (r, MIB, 10 * MIB, 2, 0));
    ration_end (r, MIB);
    ration_end (r, MIB);
    g_assert_cmpuint (ration_taken (r), ==, 0);
}

/* However much is held by mails that arrive, one can be judged: they leave room for it. */
static void
test_memory (void)
{
    g_autoptr (Ration) r = ration_new ();
    gsize total = 10 * MIB, judging = 4 * MIB, held = 0;

    while (ration_hold (r, MIB, total - judging))
        held += MIB;
    g_assert_cmpuint (held, ==, total - judging);
    g_assert_true (ration_begin (r, judging, total, 8, 0));
    g_assert_false (ration_begin (r, judging, total, 8, 0)); /* a place, but no memory */
    ration_end (r, judging);
    ration_release (r, held);
    g_assert_true (ration_begin (r, judging, total, 8, 0));
    g_assert_true (ration_begin (r, judging, total, 8, 0));
    g_assert_false (ration_hold (r, 3 * MIB, total));
    g_assert_false (ration_hold (r, 1, total - judging));
    ration_end (r, judging);
    ration_end (r, judging);
    g_assert_false (ration_hold (r, G_MAXSIZE, total));
    g_assert_cmpuint (ration_taken (r), ==, 0);
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

        g_assert_true (ration_begin (c->ration, MIB, 3 * MIB, 8, 60000));
        now = g_atomic_int_add (&c->inside, 1) + 1;
        if (now > g_atomic_int_get (&c->most))
            g_atomic_int_set (&c->most, now);
        g_usleep (100);
        g_atomic_int_dec_and_test (&c->inside);
        ration_end (c->ration, MIB);
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
    g_assert_cmpuint (ration_taken (r), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/ration/turns/so-many-at-once", test_turns);
    g_test_add_func ("/ration/memory/leaves-room-to-judge-one", test_memory);
    g_test_add_func ("/ration/crowd/all-have-their-turn", test_crowd);
    return g_test_run ();
}
