/*
 * replies - two operators, one of Tor relays and one without, and a report made by hand
 */
#pragma once
#include "base/calendar.h"
#include "effect/reply.h"
#include "read/intake.h"
#include <glib/gstdio.h>

#define REPLIES_NOW calendar_unix (2026, 11, 21, 9, 0, 0)

typedef enum RepliesWorld { WITH_TOR, WITHOUT_TOR } RepliesWorld;

static const char replies_relays[] =
    "networks:\n"
    "  - {cidr: 198.51.100.0/24, relay: quokka1, provider: Example Hosting, since: 2024-03-01}\n"
    "tor:\n  exit_policy: |\n    reject *:25\n    accept *:*\n"
    "reply: {from: abuse@example.net, name: Jo Example, signature: Example Relays}\n";

static const char replies_hoster[] =
    "networks:\n  - {cidr: 198.51.100.0/24, provider: Example Hosting, since: 2024-03-01}\n"
    "reply: {from: abuse@example.net, name: Jo Example}\n";

/* Knowledge of settings given as text, with the scenarios of the tree. */
static inline Knowledge *
replies_know (const char *yaml)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *path = NULL, *told = NULL;
    int fd = g_file_open_tmp ("replies-XXXXXX.yaml", &path, NULL);
    Knowledge *know;

    g_assert_cmpint (fd, >=, 0);
    g_close (fd, NULL);
    g_assert_true (g_file_set_contents (path, yaml, -1, NULL));
    know = knowledge_load_from (path, "scenarios", mistakes);
    told = mistakes_text (mistakes);
    g_assert_cmpstr (told, ==, "");
    g_unlink (path);
    return know;
}

static inline const char *const *
replies_list (Arena *a, const char *one)
{
    const char **list = arena_new0 (a, const char *, 2);

    list[0] = one;
    return list;
}

/* One incident, of which all is known; whoever complains is a person without knowledge of Tor. */
static inline LogRow *
replies_row (const char *scenario)
{
    Arena *a = arena_new (LOGROW_LIMIT_BYTES);
    LogRow *row = arena_new0 (a, LogRow, 1);

    *row = (LogRow) { .arena = a,
                      .id = "01KAFC0S000000000000000000",
                      .received_unix_ms = calendar_unix (2026, 11, 20, 3, 10, 0) * 1000,
                      .message_id = "report-1@example.org",
                      .from_address = "kim@example.org",
                      .subject = "Your address 198.51.100.7",
                      .date_unix_s = calendar_unix (2026, 11, 20, 3, 9, 0),
                      .scenario = scenario,
                      .complaint = strcmp (scenario, "not-a-complaint") != 0,
                      .complainant = "person",
                      .complainant_address = "kim@example.org",
                      .complainant_name = "Kim Example",
                      .standing = "our-relay",
                      .demands = replies_list (a, NULL),
                      .references = replies_list (a, NULL),
                      .defects = replies_list (a, NULL),
                      .urls = replies_list (a, "http://files.example.com/a/b.html"),
                      .corrected_unix_ms = G_MININT64,
                      .incident_count = 1,
                      .n_incidents = 1 };
    row->incidents = arena_new0 (a, LogIncident, 5);
    row->incidents[0] = (LogIncident) { .ip = "198.51.100.7",
                                        .dst_ip = "203.0.113.9",
                                        .src_port = 43122,
                                        .dst_port = 443,
                                        .protocol = "tcp",
                                        .time = "2026-11-20T03:04:05Z",
                                        .time_local = "Nov 20 04:04:05",
                                        .time_basis = "hint",
                                        .basis = "derived",
                                        .count = 1 };
    return row;
}

/* What the milter would have found of a relay that was an exit. */
static inline void
replies_was_exit (LogRow *row)
{
    row->relay = row->incidents[0].relay = "quokka1";
    row->tor_judged = TRUE;
    row->exit = row->incidents[0].exit = "yes";
    row->exit_reason = "seen as an exit";
    row->exit_time = "2026-11-20T02:41:00Z";
    row->policy = row->incidents[0].policy = "accept";
}
