#include "effect/logquery.h"
#include "effect/logwrite.h"
#include "effect/schema.h"
#include "store.h"
#include <sys/wait.h>

#define N 60

static Heard heard;
static Scratch filled;  /* rows 0 to N-1 */
static Scratch indexed; /* the same, and the full-text index has them */

static void
fill (Scratch *s)
{
    LogStore *log;

    scratch_new (s);
    log = logstore_open (s->uri, s->spool, AWAIT_S * 1000, NULL);
    for (guint i = 0; i < N; i++) {
        LogRow *row = row_new (i);

        row->relay = i % 5 == 0 ? "quokka1" : NULL;
        row->from_address = row->complainant_address =
            i % 4 == 0 ? "Desk@cert.example.net" : row->from_address;
        row->confidence = 0.5 + i / 1000.0;
        row->deadline = i == 7 ? "2025-11-21T00:00:00Z" : NULL;
        g_assert_cmpint (logstore_put (log, row), ==, LOG_COMMITTED);
    }
    logstore_close (log);
}

static void
make_searchable (const Scratch *s)
{
    g_autoptr (LogWriter) w = logwriter_open (s->uri, AWAIT_S * 1000, NULL);
    guint done = 1;

    while (done > 0)
        g_assert_true (logwriter_index (w, 25, &done, NULL));
    g_assert_cmpint (ask (s, "SELECT count (*) FROM search"), ==, N);
}

static LogReader *
open_reader (const Scratch *s)
{
    g_autoptr (GError) error = NULL;
    LogReader *r = logreader_open (s->uri, &error);

    g_assert_no_error (error);
    return r;
}

typedef struct Seen {
    guint n, incidents, signals;
    char first[ULID_LEN + 1], last[ULID_LEN + 1];
} Seen;

static void
see (const LogRow *row, gpointer data)
{
    Seen *seen = data;

    if (seen->n++ == 0)
        g_strlcpy (seen->first, row->id, sizeof seen->first);
    else
        g_assert_cmpstr (row->id, <, seen->last); /* newest first */
    g_strlcpy (seen->last, row->id, sizeof seen->last);
    seen->incidents += row->n_incidents;
    seen->signals += row->n_signals;
}

static Seen
list_in (const Scratch *s, const LogFilter *filter)
{
    g_autoptr (LogReader) r = open_reader (s);
    g_autoptr (GError) error = NULL;
    Seen seen = { 0 };

    g_assert_true (logreader_list (r, filter, see, &seen, &error));
    g_assert_no_error (error);
    return seen;
}

static Seen
list (const LogFilter *filter)
{
    return list_in (&filled, filter);
}

/* Of row_new(): every third a port-scan, every tenth high, addresses n, n+1, n+2 of
 * 198.51.100.0/24, subject "Attack n from your network", a millisecond apart. */
static const struct {
    const char *name;
    LogFilter filter;
    guint n;
} filters[] = {
    { "none-but-the-usual-limit", { 0 }, LOGFILTER_LIMIT },
    { "limit", { .limit = 7 }, 7 },
    { "more-than-there-are", { .limit = 1000 }, N },
    { "scenario", { .scenario = "port-scan" }, 20 },
    { "scenario-that-none-has", { .scenario = "ddos" }, 0 },
    { "priority", { .priority = "high" }, 6 },
    { "both", { .scenario = "port-scan", .priority = "high" }, 2 },
    { "address", { .ip = "198.51.100.10" }, 3 },
    { "address-nobody-accuses", { .ip = "198.51.100.200" }, 0 },
    { "address-that-is-only-a-destination", { .ip = "203.0.113.9" }, 0 },
    { "network", { .ip = "198.51.100.0/29" }, 8 },
    { "network-of-the-other-family", { .ip = "::/0" }, 0 },
    { "relay", { .relay = "quokka1" }, 12 },
    { "relay-that-none-has", { .relay = "quokka" }, 0 },
    { "reporter", { .reporter = "desk@CERT.example.net" }, 15 },
    { "reporter-by-domain", { .reporter = "cert.example.net" }, 15 },
    { "reporter-by-domain-with-at", { .reporter = "@cert.example.net" }, 15 },
    { "reporter-by-domain-above", { .reporter = "example.net" }, 15 },
    { "reporter-by-half-a-domain", { .reporter = "ample.net" }, 0 },
    { "reporter-with-wildcards-is-literal", { .reporter = "%" }, 0 },
    { "demand", { .demand = "stop", .limit = N }, N },
    { "demand-that-none-has", { .demand = "top" }, 0 },
    { "state", { .state = "open", .limit = N }, N },
    { "state-that-none-has", { .state = "closed" }, 0 },
    { "skip", { .skip = 55 }, 5 },
    { "text-in-the-subject-any-case", { .text = "aTTack.17 FROM" }, 1 },
    { "text-all-words-count", { .text = "attack nowhere" }, 0 },
    { "text-in-another-order", { .text = "17.attack" }, 0 },
    { "text-in-the-sender", { .text = "@example.org", .limit = 5 }, 5 },
    { "text-in-the-evidence", { .text = "password.for.invalid", .limit = N }, N },
    { "text-in-an-address", { .text = "198.51.100.10" }, 3 },
    { "text-half-a-word", { .text = "netw" }, 0 },
    { "text-beginning-of-a-word", { .text = "netw*", .limit = N }, N },
    { "text-and-another-filter", { .text = "attack", .scenario = "port-scan" }, 20 },
    { "text-of-no-words", { .text = "% _" }, 0 },
    { "text-with-underscore", { .text = "Attack_17" }, 1 },
    { "text-with-operators", { .text = "attack OR NOT NEAR(" }, 0 },
    { "text-with-quote", { .text = "' OR 1=1 --" }, 0 },
    { "text-with-backslash", { .text = "\\" }, 0 },
    { "scenario-with-quote", { .scenario = "x' OR 'a'='a" }, 0 },
    { "since", { .since_unix_s = 1763600000, .limit = N }, N },
    { "since-later", { .since_unix_s = 1763600001 }, 0 },
    { "until", { .until_unix_s = 1763600001, .limit = N }, N },
    { "until-earlier", { .until_unix_s = 1763600000 }, 0 },
};

static void
test_filter (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);

    g_assert_cmpuint (list (&filters[i].filter).n, ==, filters[i].n);
    g_assert_cmpuint (list_in (&indexed, &filters[i].filter).n, ==, filters[i].n);
}

static void
test_newest_first (void)
{
    g_autofree char *newest = row_id (N - 1), *tenth = row_id (N - 10);
    Seen seen = list (&(LogFilter) { .limit = 10 });

    g_assert_cmpstr (seen.first, ==, newest);
    g_assert_cmpstr (seen.last, ==, tenth);
}

static void
keep_id (const LogRow *row, gpointer data)
{
    g_ptr_array_add (data, g_strdup (row->id));
}

static void
test_sorted (void)
{
    static const struct {
        LogFilter filter;
        guint first; /* row */
    } cases[] = {
        { { .reversed = TRUE }, 0 },
        { { .sort = LOGSORT_CONFIDENCE }, N - 1 },
        { { .sort = LOGSORT_CONFIDENCE, .reversed = TRUE }, 0 },
        { { .sort = LOGSORT_PRIORITY }, 50 },
        { { .sort = LOGSORT_DEADLINE }, 7 },
        { { .sort = LOGSORT_SCENARIO }, 57 },
        { { .sort = LOGSORT_REPORTER }, 56 },
        { { .sort = LOGSORT_RELAY, .reversed = TRUE }, 55 },
        { { .sort = LOGSORT_INCIDENTS }, N - 1 },
    };
    g_autoptr (LogReader) r = open_reader (&filled);

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
        g_autofree char *first = row_id (cases[i].first);

        g_assert_true (logreader_list (r, &cases[i].filter, keep_id, ids, NULL));
        g_assert_cmpuint (ids->len, ==, LOGFILTER_LIMIT);
        g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, first);
    }
}

static void
test_related (void)
{
    g_autoptr (LogReader) r = open_reader (&filled);
    g_autofree char *id = row_id (30);
    g_autoptr (LogRow) row = logreader_get (r, id, NULL);
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) of_case = g_ptr_array_new_with_free_func (g_free);

    g_assert_true (logreader_related (r, row, 1000, keep_id, ids, NULL));
    g_assert_true (logreader_list (r, &(LogFilter) { .case_id = row->case_id, .limit = 1000 },
                                   keep_id, of_case, NULL));
    g_assert_cmpuint (of_case->len, >, 1);
    g_assert_cmpuint (ids->len, >=, of_case->len - 1);
    for (guint i = 0; i < ids->len; i++) {
        g_assert_cmpstr (g_ptr_array_index (ids, i), !=, id);
        g_assert_cmpint (g_ptr_array_find_with_equal_func (of_case, g_ptr_array_index (ids, i),
                                                           g_str_equal, NULL),
                         ==, i + 1 < of_case->len); /* those of the case come first */
    }
}

static void
keep_count (const LogCount *count, gpointer data)
{
    g_string_append_printf (data, "%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                            count->name != NULL ? count->name : "-", count->reports,
                            count->incidents);
}

static void
test_counts (void)
{
    static const struct {
        LogBy by;
        LogFilter filter;
        const char *want;
    } cases[] = {
        { LOGBY_SCENARIO, { 0 }, "ssh-bruteforce 40 120\nport-scan 20 60\n" },
        { LOGBY_SCENARIO, { .limit = 1 }, "ssh-bruteforce 40 120\n" },
        { LOGBY_PRIORITY, { .scenario = "port-scan" }, "normal 18 54\nhigh 2 6\n" },
        { LOGBY_RELAY, { 0 }, "- 48 144\nquokka1 12 36\n" },
        { LOGBY_REPORTER,
          { .text = "attack" },
          "reports@example.org 45 135\nDesk@cert.example.net 15 45\n" },
        { LOGBY_DAY, { 0 }, "2025-11-20 60 180\n" },
        { LOGBY_DAY, { .scenario = "ddos" }, "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        for (guint k = 0; k < 2; k++) {
            g_autoptr (LogReader) r = open_reader (k == 0 ? &filled : &indexed);
            g_autoptr (GString) got = g_string_new (NULL);

            g_assert_true (
                logreader_count (r, cases[i].by, &cases[i].filter, keep_count, got, NULL));
            g_assert_cmpstr (got->str, ==, cases[i].want);
        }
}

static void
test_whole_or_not (void)
{
    Seen short_form = list (&(LogFilter) { .limit = 4 });
    Seen whole = list (&(LogFilter) { .limit = 4, .whole = TRUE });

    g_assert_cmpuint (short_form.incidents, ==, 0);
    g_assert_cmpuint (short_form.signals, ==, 0);
    g_assert_cmpuint (whole.incidents, ==, 12);
    g_assert_cmpuint (whole.signals, ==, 24);
}

static void
test_no_address (void)
{
    g_autoptr (LogReader) r = open_reader (&filled);
    g_autoptr (GError) error = NULL;
    Seen seen = { 0 };

    g_assert_false (
        logreader_list (r, &(LogFilter) { .ip = "198.51.100.300" }, see, &seen, &error));
    g_assert_error (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ADDRESS);
}

/* One report */

static void
test_get_is_what_was_put (void)
{
    g_autoptr (LogReader) r = open_reader (&filled);
    g_autoptr (LogRow) put = row_new (41), got = NULL;
    g_autoptr (Json) put_json = NULL, got_json = NULL;
    g_autofree char *put_line = NULL, *got_line = NULL, *lower = NULL;

    lower = g_ascii_strdown (put->id, -1);
    got = logreader_get (r, lower, NULL);
    g_assert_nonnull (got);
    g_assert_nonnull (got->case_id);
    put->case_id = got->case_id; /* which the store has found */
    put->confidence = 0.541;
    put_json = logrow_to_json (put);
    put_line = json_line (put_json);
    got_json = logrow_to_json (got);
    got_line = json_line (got_json);
    g_assert_cmpstr (got_line, ==, put_line); /* by the one table, every field */
}

static void
test_get_by_a_beginning (void)
{
    static const struct {
        guint len;
        gint code; /* -1: found */
    } cases[] = { { 5, LOGQUERY_ERROR_ID },
                  { 6, LOGQUERY_ERROR_ID },
                  { 9, LOGQUERY_ERROR_ID },
                  { 10, -1 },
                  { 25, -1 } };
    g_autoptr (LogReader) r = open_reader (&filled);
    g_autofree char *id = row_id (41);

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *beginning = g_strndup (id, cases[i].len);
        g_autoptr (GError) error = NULL;
        g_autoptr (LogRow) row = logreader_get (r, beginning, &error);

        g_assert_cmpstr (row != NULL ? row->id : NULL, ==, cases[i].code < 0 ? id : NULL);
        if (cases[i].code >= 0)
            g_assert_error (error, LOGQUERY_ERROR, cases[i].code);
    }
}

static void
test_get_what_is_not_there (void)
{
    static const struct {
        const char *id;
        gint code;
    } cases[] = { { "7ZZZZZ", LOGQUERY_ERROR_NOTHING },
                  { "00000000000000000000000000", LOGQUERY_ERROR_NOTHING },
                  { "", LOGQUERY_ERROR_ID },
                  { "01K' OR 1=1", LOGQUERY_ERROR_ID },
                  { "000000000000000000000000000", LOGQUERY_ERROR_ID } };
    g_autoptr (LogReader) r = open_reader (&filled);

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (logreader_get (r, cases[i].id, &error));
        g_assert_error (error, LOGQUERY_ERROR, cases[i].code);
    }
}

static void
test_text_is_kept_when_given (void)
{
    g_autofree char *id = row_id (0);
    g_autoptr (LogReader) r = NULL;
    g_autoptr (LogRow) row = row_new (0), got = NULL;
    LogStore *log;
    Scratch s;

    scratch_new (&s);
    log = logstore_open (s.uri, s.spool, AWAIT_S * 1000, NULL);
    row->text = "Subject: x\r\n\r\n\xc3\xa9t!";
    g_assert_cmpint (logstore_put (log, g_steal_pointer (&row)), ==, LOG_COMMITTED);
    logstore_close (log);
    r = open_reader (&s);
    got = logreader_get (r, id, NULL);
    g_assert_cmpstr (got->text, ==, "Subject: x\r\n\r\n\xc3\xa9t!");
    scratch_free (&s);
}

/* Opening */

static void
test_check (void)
{
    g_autoptr (LogReader) r = open_reader (&filled);
    g_autofree char *summary = NULL;

    g_assert_true (logreader_check (r, &summary, NULL));
    g_assert_cmpstr (summary, ==,
                     "schema version " G_STRINGIFY (SCHEMA_VERSION) ", 60 reports, undamaged");
}

static void
test_check_tells_of_the_spool (void)
{
    g_autofree char *spool = beside (&filled, ".spool"), *bad = beside (&filled, ".spool.bad");
    g_autofree char *summary = NULL;
    g_autoptr (LogReader) r = open_reader (&filled);

    ONLY_SQLITE ();
    g_assert_true (g_file_set_contents (spool, "{}\n\n{}\n", -1, NULL));
    g_assert_true (g_file_set_contents (bad, "{\n", -1, NULL));
    g_assert_true (logreader_check (r, &summary, NULL));
    g_unlink (spool);
    g_unlink (bad);
    g_assert_nonnull (strstr (summary, "undamaged; 2 rows wait in "));
    g_assert_nonnull (strstr (summary, "; 1 lines that are no rows were put into "));
}

static void
test_check_finds_damage (void)
{
    g_autofree char *bytes = NULL, *summary = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (LogReader) r = NULL;
    gsize n;
    Scratch s;

    ONLY_SQLITE ();
    scratch_new (&s);
    g_assert_true (g_file_get_contents (filled.db, &bytes, &n, NULL));
    memset (bytes + n - 4096, 0x5a, 4096);
    g_assert_true (g_file_set_contents (s.db, bytes, (gssize)n, NULL));
    r = open_reader (&s);
    g_assert_false (logreader_check (r, &summary, &error));
    g_assert_nonnull (strstr (error->message, s.db));
    g_assert_null (summary);
    scratch_free (&s);
}

static void
test_no_such_log (void)
{
    static const struct {
        const char *content, *says;
    } cases[] = { { NULL, "has the milter run" },
                  { "", "no mail has been logged yet" },
                  { "this is no database, whatever its name says, and it is longer than a header",
                    "not a database" } };

    ONLY_SQLITE ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        Scratch s;

        scratch_new (&s);
        if (cases[i].content != NULL)
            g_assert_true (g_file_set_contents (s.db, cases[i].content, -1, NULL));
        g_assert_null (logreader_open (s.uri, &error));
        if (strstr (error->message, cases[i].says) == NULL)
            g_error ("'%s' does not say '%s'", error->message, cases[i].says);
        scratch_free (&s);
    }
}

static gpointer
put_more (gpointer data)
{
    for (guint i = 0; i < 200; i++)
        g_assert_cmpint (logstore_put (data, row_new (1000 + i)), ==, LOG_COMMITTED);
    return NULL;
}

static void
test_readers_beside_the_writer (void)
{
    LogReader *readers[3];
    LogStore *log;
    GThread *writer;
    Scratch s;
    guint before = 0;

    scratch_new (&s);
    log = logstore_open (s.uri, s.spool, AWAIT_S * 1000, NULL);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    for (guint i = 0; i < 3; i++)
        readers[i] = open_reader (&s);
    writer = g_thread_new ("put", put_more, log);
    for (guint i = 0; i < 30; i++) {
        Seen seen = { 0 };

        g_assert_true (logreader_list (
            readers[i % 3], &(LogFilter) { .limit = 1000, .whole = TRUE }, see, &seen, NULL));
        g_assert_cmpuint (seen.incidents, ==, 3 * seen.n); /* never half a row */
        g_assert_cmpuint (seen.n, >=, MAX (before, 1));
        before = seen.n;
    }
    g_thread_join (writer);
    for (guint i = 0; i < 3; i++)
        logreader_close (readers[i]);
    logstore_close (log);
    assert_rows (&s, 201);
    scratch_free (&s);
}

static void
test_nobody_reads_in_a_folder_of_others (
    void) /* SQLite wants to make files beside a WAL database */
{
    int status;
    pid_t pid;

    ONLY_SQLITE ();
    if (geteuid () != 0) {
        g_test_skip ("only root can become somebody else");
        return;
    }
    g_assert_cmpint (chmod (filled.folder, 0755) | chmod (filled.db, 0644), ==, 0);
    pid = fork ();
    if (pid == 0) {
        LogReader *r =
            setresuid (65534, 65534, 65534) == 0 ? logreader_open (filled.uri, NULL) : NULL;
        Seen seen = { 0 };

        _exit (r != NULL && logreader_list (r, &(LogFilter) { 0 }, see, &seen, NULL) && seen.n > 0
                   ? 0
                   : 1);
    }
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    hear_from (&heard);
    fill (&filled);
    fill (&indexed);
    make_searchable (&indexed);
    for (gsize i = 0; i < G_N_ELEMENTS (filters); i++) {
        g_autofree char *path = g_strconcat ("/logquery/list/", filters[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_filter);
    }
    g_test_add_func ("/logquery/list/newest-first", test_newest_first);
    g_test_add_func ("/logquery/list/sorted", test_sorted);
    g_test_add_func ("/logquery/list/related", test_related);
    g_test_add_func ("/logquery/count", test_counts);
    g_test_add_func ("/logquery/list/whole-or-not", test_whole_or_not);
    g_test_add_func ("/logquery/list/an-ip-that-is-none", test_no_address);
    g_test_add_func ("/logquery/get/is-what-was-put", test_get_is_what_was_put);
    g_test_add_func ("/logquery/get/by-a-beginning", test_get_by_a_beginning);
    g_test_add_func ("/logquery/get/what-is-not-there", test_get_what_is_not_there);
    g_test_add_func ("/logquery/get/text-when-kept", test_text_is_kept_when_given);
    g_test_add_func ("/logquery/check/summary", test_check);
    g_test_add_func ("/logquery/check/tells-of-the-spool", test_check_tells_of_the_spool);
    g_test_add_func ("/logquery/check/finds-damage", test_check_finds_damage);
    g_test_add_func ("/logquery/open/no-such-log", test_no_such_log);
    g_test_add_func ("/logquery/open/readers-beside-the-writer", test_readers_beside_the_writer);
    g_test_add_func ("/logquery/open/in-a-folder-of-others",
                     test_nobody_reads_in_a_folder_of_others);
    status = g_test_run ();
    scratch_free (&filled);
    scratch_free (&indexed);
    return status;
}
