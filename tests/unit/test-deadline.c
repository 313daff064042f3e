#include "base/calendar.h"
#include "judge/deadline.h"

/* The mail is of Friday 2026-11-20, 12:00 UTC. */
static const struct {
    const char *line, *want; /* NULL: no deadline */
} cases[] = {
    { "Please respond within 24 hours.", "2026-11-21T12:00:00Z" },
    { "You must remove it within the next 48 hours", "2026-11-22T12:00:00Z" },
    { "please reply within three (3) business days", "2026-11-23T12:00:00Z" },
    { "Your server will be suspended within 2 weeks", "2026-12-04T12:00:00Z" },
    { "Bitte antworten Sie innerhalb von 3 Tagen.", "2026-11-23T12:00:00Z" },
    { "Veuillez répondre sous 48 heures", "2026-11-22T12:00:00Z" },
    { "Por favor responda en un plazo de 24 horas", "2026-11-21T12:00:00Z" },
    { "please answer by Monday", "2026-11-23T23:59:59Z" },
    { "We must hear from you before Friday", "2026-11-27T23:59:59Z" },
    { "please act no later than 2026-11-25", "2026-11-25T23:59:59Z" },
    { "Deadline: 2026-11-22 18:00 UTC, otherwise we disconnect it", "2026-11-22T18:00:00Z" },
    { "24時間以内にご対応をお願いいたします。", "2026-11-21T12:00:00Z" },
    { "请在48小时内处理并回复", "2026-11-22T12:00:00Z" },
    { "24시간 이내에 조치를 부탁드립니다", "2026-11-21T12:00:00Z" },
    { "içeriğin 3 gün içinde kaldırılmasını rica ederiz", "2026-11-23T12:00:00Z" },
    /* not these */
    { "请注意:24小时监控,内网", NULL },
    { "12 attempts within 10 minutes were seen", NULL },
    { "we counted 500 hits within 24 hours", NULL },
    { "the attack was stopped by Monday", NULL },
    { "please note that it was seen by 3 hosts", NULL },
    { "please respond by the way", NULL },
    { "please fix it before 2026-11-19", NULL }, /* past */
    { "within", NULL },
    { "", NULL },
};

static void
test_line (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data), n = strlen (cases[i].line);
    g_autofree char *exact = g_malloc (n);
    g_autoptr (Arena) arena = arena_new (1 << 20);
    Message m = { .arena = arena,
                  .date = { .known = TRUE,
                            .unix_s = calendar_unix (2026, 11, 20, 12, 0, 0),
                            .has_zone = TRUE } };
    Facts facts = { .message = &m };
    Verdict v = { .facts = &facts };
    Line *line = list_push (arena, &facts.lines, 4);
    char when[RFC3339_MAX];

    if (n > 0)
        memcpy (exact, cases[i].line, n);
    *line = (Line) { .text = { exact, exact + n },
                     .part = 1,
                     .number = 1,
                     .zone = ZONE_PROSE,
                     .record = RECORD_NONE };
    deadline_find (&v, 0);
    g_assert_cmpstr (v.has_deadline ? calendar_rfc3339 (v.deadline_unix_s, when) : NULL, ==,
                     cases[i].want);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strdup_printf ("/deadline/%" G_GSIZE_FORMAT, i);

        g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_line);
    }
    return g_test_run ();
}
