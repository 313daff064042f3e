/* Who sent the mail that is complained about: what the log keeps of it. */
#include "effect/logrow_keep.h"
#include "given.h"

typedef struct Case {
    const char *name, *want;
    Given given;
} Case;

#define REPORT(fields)                                                                             \
    {                                                                                              \
        .kind = PART_REPORT, .type = "message/feedback-report", .text = fields                     \
    }
#define MAIL(path, inside)                                                                         \
    {                                                                                              \
        .kind = PART_MAIL_HEAD, .type = "message/rfc822", .mail = inside, .headers = {             \
            { "Return-Path", path }                                                                \
        }                                                                                          \
    }

static const Case cases[] = {
    { "nothing",
      NULL,
      { .parts = { { .kind = PART_TEXT, .type = "text/plain", .text = "x\n" } } } },
    { "field",
      "pills@example.com",
      { .parts = { REPORT ("Version: 1\noriginal-mail-from:  <pills@example.com>\n") } } },
    { "field-bare",
      "pills@example.com",
      { .parts = { REPORT ("Original-Mail-From: pills@example.com") } } },
    { "null-sender", NULL, { .parts = { REPORT ("Original-Mail-From: <>\n") } } },
    { "no-address", NULL, { .parts = { REPORT ("Original-Mail-From: pills at example\n") } } },
    { "return-path", "pills@example.com", { .parts = { MAIL ("<pills@example.com>", 0) } } },
    { "both-the-same",
      "pills@example.com",
      { .parts = { REPORT ("Original-Mail-From: pills@example.com\n"),
                   MAIL ("<Pills@example.com>", 0) } } },
    { "two-mails",
      NULL,
      { .parts = { MAIL ("<pills@example.com>", 0), MAIL ("<other@example.com>", 0) } } },
    { "a-mail-in-the-mail",
      "pills@example.com",
      { .parts = { MAIL ("<pills@example.com>", 0), MAIL ("<other@example.com>", 1) } } },
};

static void
test_reported (gconstpointer data)
{
    const Case *c = data;
    Scene s = scene_new (&c->given);

    g_assert_cmpstr (logrow_keep_reported (s.arena, s.facts->message), ==, c->want);
    scene_end (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    GIVEN_ADD ("reported", cases, test_reported);
    return g_test_run ();
}
