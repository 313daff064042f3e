/* Cases in the log: opened and joined by what is put, worked on at a desk, found again. */
#include "effect/logcase.h"
#include "store.h"
#include <string.h>

#define DAY 86400

static Heard heard;

static LogStore *
open_log (const Scratch *s)
{
    g_autoptr (GError) error = NULL;
    LogStore *log = logstore_open (s->uri, s->spool, AWAIT_S * 1000, &error);

    g_assert_no_error (error);
    return log;
}

/* Row n accuses 198.51.100.n alone; k tells rows of one n apart. */
static LogRow *
row_of (guint n, guint k)
{
    LogRow *row = row_new (n * 100 + k);

    row->scenario = "ssh-bruteforce";
    row->n_incidents = 1;
    row->incidents[0].ip = arena_printf (row->arena, "198.51.100.%u", n);
    row->accused = row->incidents[0].ip;
    row->priority = k == 2 ? "urgent" : "normal";
    return row;
}

static void
put (LogStore *log, LogRow *row)
{
    g_assert_cmpint (logstore_put (log, row), ==, LOG_COMMITTED);
}

static char *
id_of (guint n, guint k)
{
    return row_id (n * 100 + k);
}

static void
put_three_cases (const Scratch *s)
{
    LogStore *log = open_log (s);

    for (guint n = 1; n <= 3; n++)
        for (guint k = 0; k < n; k++)
            put (log, row_of (n, k));
    logstore_close (log);
}

static LogReader *
open_reader (const Scratch *s)
{
    g_autoptr (GError) error = NULL;
    LogReader *r = logreader_open (s->uri, &error);

    g_assert_no_error (error);
    return r;
}

static LogCase *
case_of (const Scratch *s, const char *id)
{
    g_autoptr (LogReader) r = open_reader (s);
    g_autoptr (GError) error = NULL;
    LogCase *c = logreader_case (r, id, &error);

    g_assert_no_error (error);
    return c;
}

typedef struct Seen {
    guint n;
    char ids[10][ULID_LEN + 1];
} Seen;

static void
see (const LogCase *c, gpointer data)
{
    Seen *seen = data;

    g_strlcpy (seen->ids[seen->n++], c->id, ULID_LEN + 1);
}

static Seen
cases (const Scratch *s, const LogCaseFilter *filter)
{
    g_autoptr (LogReader) r = open_reader (s);
    g_autoptr (GError) error = NULL;
    Seen seen = { 0 };

    g_assert_true (logreader_cases (r, filter, see, &seen, &error));
    g_assert_no_error (error);
    return seen;
}

static void
test_put_opens_and_joins (void)
{
    g_autofree char *first = id_of (3, 0), *second = id_of (3, 1), *beginning = NULL;
    g_autoptr (LogCase) c = NULL, same = NULL;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { 0 }).n, ==, 3);
    c = case_of (&s, first);
    g_assert_cmpstr (c->id, ==, first);
    g_assert_cmpstr (c->scenario, ==, "ssh-bruteforce");
    g_assert_cmpstr (c->offender, ==, "198.51.100.3");
    g_assert_cmpstr (c->state, ==, "open");
    g_assert_cmpstr (c->priority, ==, "urgent"); /* of the third report */
    g_assert_cmpuint (c->reports, ==, 3);
    g_assert_cmpint (c->last_unix_ms - c->opened_unix_ms, ==, 2);
    g_assert_cmpint (c->due_unix_ms, ==, LOGCASE_NEVER);
    beginning = g_strndup (second, 20); /* of one of its reports */
    same = case_of (&s, second);
    g_assert_cmpstr (same->id, ==, first);
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM cases"), ==, 3);
    scratch_free (&s);
}

static void
test_a_restart_remembers (void)
{
    g_autofree char *first = id_of (2, 0);
    g_autoptr (LogCase) c = NULL;
    LogStore *log;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    log = open_log (&s);
    put (log, row_of (2, 7));
    logstore_close (log);
    c = case_of (&s, first);
    g_assert_cmpuint (c->reports, ==, 3);
    scratch_free (&s);
}

static LogDesk *
open_desk (const Scratch *s)
{
    g_autoptr (GError) error = NULL;
    LogDesk *d = logdesk_open (s->uri, &error);

    g_assert_no_error (error);
    return d;
}

static void
keep_note (const LogNote *note, gpointer data)
{
    g_string_append_printf (data, "%s: %s\n", note->author != NULL ? note->author : "-",
                            note->note);
}

static void
test_a_case_is_worked_on (void)
{
    g_autofree char *id = id_of (1, 0);
    g_autoptr (GString) notes = g_string_new (NULL);
    g_autoptr (LogReader) r = NULL;
    g_autoptr (LogDesk) d = NULL;
    LogCase *c;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    d = open_desk (&s);
    g_assert_true (logdesk_note (d, id, "ann", "called them", NULL));
    g_assert_true (logdesk_note (d, id, NULL, "no '); DROP TABLE cases; --", NULL));
    g_assert_true (logdesk_set_answered (d, id, 5000, NULL));
    c = case_of (&s, id);
    g_assert_cmpstr (c->state, ==, "answered");
    g_assert_cmpint (c->due_unix_ms, ==, 5000);
    g_assert_cmpint (c->answered_unix_ms, >, 0);
    g_assert_false (logcase_is_overdue (c, 5));
    g_assert_true (logcase_is_overdue (c, 6));
    logcase_free (c);
    g_assert_true (logdesk_set_due (d, id, LOGCASE_NEVER, NULL));
    g_assert_true (logdesk_set_closed (d, id, NULL));
    c = case_of (&s, id);
    g_assert_cmpstr (c->state, ==, "closed");
    g_assert_cmpint (c->due_unix_ms, ==, LOGCASE_NEVER);
    g_assert_cmpint (c->closed_unix_ms, >, 0);
    logcase_free (c);
    g_assert_true (logdesk_set_open (d, id, NULL));
    c = case_of (&s, id);
    g_assert_cmpstr (c->state, ==, "open");
    g_assert_cmpint (c->answered_unix_ms, ==, LOGCASE_NEVER);
    logcase_free (c);
    r = open_reader (&s);
    g_assert_true (logreader_notes (r, id, keep_note, notes, NULL));
    g_assert_cmpstr (notes->str, ==, "ann: called them\n-: no '); DROP TABLE cases; --\n");
    scratch_free (&s);
}

static void
test_what_is_not_there (void)
{
    static const char nowhere[] = "00000000000000000000000000";
    g_autoptr (LogDesk) d = NULL;
    g_autoptr (GError) error = NULL;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    d = open_desk (&s);
    g_assert_false (logdesk_note (d, nowhere, "ann", "x", &error));
    g_assert_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING);
    g_clear_error (&error);
    g_assert_false (logdesk_set_closed (d, nowhere, &error));
    g_assert_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING);
    g_clear_error (&error);
    g_assert_false (logdesk_correct (d, nowhere, "ddos", NULL, NULL, &error));
    g_assert_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING);
    scratch_free (&s);
}

static void
test_no_log_is_made (void)
{
    g_autoptr (GError) error = NULL;
    Scratch s;

    ONLY_SQLITE ();
    scratch_new (&s);
    g_assert_null (logdesk_open (s.uri, &error));
    g_assert_error (error, DB_ERROR, DB_ERROR_GONE);
    g_assert_false (g_file_test (s.db, G_FILE_TEST_EXISTS));
    scratch_free (&s);
}

static void
test_order_and_filters (void)
{
    g_autofree char *one = id_of (1, 0), *two = id_of (2, 0), *three = id_of (3, 0);
    g_autoptr (LogDesk) d = NULL;
    Seen seen;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    d = open_desk (&s);
    g_assert_true (logdesk_set_answered (d, one, 1000, NULL));
    g_assert_true (logdesk_set_closed (d, two, NULL));
    seen = cases (&s, &(LogCaseFilter) { .now_unix_s = DAY });
    g_assert_cmpuint (seen.n, ==, 3);
    g_assert_cmpstr (seen.ids[0], ==, one); /* overdue */
    g_assert_cmpstr (seen.ids[1], ==, three);
    g_assert_cmpstr (seen.ids[2], ==, two); /* closed */
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .state = "live" }).n, ==, 2);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .state = "closed" }).n, ==, 1);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .overdue = TRUE, .now_unix_s = DAY }).n, ==, 1);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .overdue = TRUE, .now_unix_s = 1 }).n, ==, 0);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .ip = "198.51.100.2/31" }).n, ==, 2);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .scenario = "ddos" }).n, ==, 0);
    g_assert_cmpuint (cases (&s, &(LogCaseFilter) { .limit = 1 }).n, ==, 1);
    scratch_free (&s);
}

/* The daemon hears of what the operator did. */
static void
test_a_closed_case_takes_no_more (void)
{
    g_autofree char *id = id_of (1, 0), *later = id_of (1, 9);
    g_autoptr (LogCase) c = NULL, anew = NULL;
    LogDesk *d;
    LogStore *log;
    LogRow *answer;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    d = open_desk (&s);
    g_assert_true (logdesk_set_closed (d, id, NULL));
    logdesk_close (d);
    log = open_log (&s); /* which reads what there is */
    put (log, row_of (1, 9));
    answer = row_of (1, 10);
    answer->complainant = "person";
    answer->in_reply_to = "100.report@example.org";
    put (log, answer);
    logstore_close (log);
    anew = case_of (&s, later);
    g_assert_cmpstr (anew->id, ==, later);
    c = case_of (&s, id);
    g_assert_cmpstr (c->state, ==, "open"); /* the answer has opened it again */
    g_assert_cmpuint (c->reports, ==, 2);
    scratch_free (&s);
}

static void
see_row (const LogRow *row, gpointer data)
{
    g_string_append_printf (data, "%s ", row->corrected != NULL ? row->corrected : row->scenario);
}

static void
test_a_correction_counts (void)
{
    g_autofree char *id = id_of (3, 1);
    g_autoptr (GString) all = g_string_new (NULL), corrected = g_string_new (NULL);
    g_autoptr (LogDesk) d = NULL;
    g_autoptr (LogReader) r = NULL;
    g_autoptr (LogRow) row = NULL;
    Scratch s;

    scratch_new (&s);
    put_three_cases (&s);
    d = open_desk (&s);
    g_assert_true (logdesk_correct (d, id, "port-scan", "ann", "no login", NULL));
    g_assert_true (logdesk_correct (d, id, "ddos", "bob", NULL, NULL));
    r = open_reader (&s);
    row = logreader_get (r, id, NULL);
    g_assert_cmpstr (row->scenario, ==, "ssh-bruteforce"); /* the rules' own word stays */
    g_assert_cmpstr (row->corrected, ==, "ddos");
    g_assert_cmpstr (row->corrected_by, ==, "bob");
    g_assert_null (row->correction_note);
    g_assert_cmpint (row->corrected_unix_ms, >, 0);
    g_assert_true (
        logreader_list (r, &(LogFilter) { .scenario = "ssh-bruteforce" }, see_row, all, NULL));
    g_assert_true (
        logreader_list (r, &(LogFilter) { .scenario = "ddos" }, see_row, corrected, NULL));
    g_assert_cmpuint (strlen (all->str) / strlen ("ssh-bruteforce "), ==, 5);
    g_assert_cmpstr (corrected->str, ==, "ddos ");
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM corrections"), ==, 2);
    scratch_free (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    hear_from (&heard);
    g_test_add_func ("/logcase/put-opens-and-joins", test_put_opens_and_joins);
    g_test_add_func ("/logcase/a-restart-remembers", test_a_restart_remembers);
    g_test_add_func ("/logcase/desk/a-case-is-worked-on", test_a_case_is_worked_on);
    g_test_add_func ("/logcase/desk/what-is-not-there", test_what_is_not_there);
    g_test_add_func ("/logcase/desk/no-log-is-made", test_no_log_is_made);
    g_test_add_func ("/logcase/list/order-and-filters", test_order_and_filters);
    g_test_add_func ("/logcase/a-closed-case-takes-no-more", test_a_closed_case_takes_no_more);
    g_test_add_func ("/logcase/a-correction-counts", test_a_correction_counts);
    return g_test_run ();
}
