#include "folder.h"
#include "judge/score.h"
#include <math.h>

/* Scenarios in a folder of their own, and a mail made by hand. */
typedef struct Poll {
    char *folder;
    Shapes *shapes;
    Rules *rules;
    PatternScratch *scratch;
    Arena *arena;
    Message message;
    Facts facts;
    Verdict verdict;
    Ballot *ballot;
} Poll;

static const struct {
    const char *name, *text;
} basic[] = {
    { "unclassified.yaml", "title: U\nbias: 1\n" },
    { "not-a-complaint.yaml",
      "title: N\nsignals:\n  bounce: {header: '^Auto-Submitted: auto-replied', weight: 6}\n" },
    { "ssh.yaml", "title: S\nrequires: [words]\nsignals:\n"
                  "  words: {regex: '\\bssh\\b.{0,40}\\blogin', weight: 3}\n"
                  "  port:  {dst-port: 22, weight: 1.5}\n"
                  "  web:   {in: any, regex: wp-login, weight: -2}\n" },
    { "spam.yaml",
      "title: P\nbias: 0.5\nsignals:\n  spam: {in: [subject, prose], regex: spam, weight: 4}\n" },
};

static void
put (const Poll *p, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (p->folder, name, NULL);
    g_autofree char *folder = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up_limit (Poll *p, gsize limit)
{
    *p = (Poll) { .folder = g_dir_make_tmp ("score-XXXXXX", NULL),
                  .shapes = shapes_new (),
                  .scratch = pattern_scratch_new (),
                  .arena = arena_new (limit) };
    p->message = (Message) { .arena = p->arena,
                             .subject = "",
                             .from_address = "",
                             .from_name = "",
                             .reply_to = "",
                             .message_id = "" };
    p->facts = (Facts) { .message = &p->message, .format = "text" };
    p->verdict = (Verdict) { .facts = &p->facts, .format = "text" };
    for (gsize i = 0; i < G_N_ELEMENTS (basic); i++)
        put (p, basic[i].name, basic[i].text);
}

static void
set_up (Poll *p, gconstpointer data)
{
    (void)data;
    set_up_limit (p, 1 << 20);
}

static void
tear_down (Poll *p, gconstpointer data)
{
    (void)data;
    folder_remove (p->folder);
    g_free (p->folder);
    rules_unref (p->rules);
    shapes_free (p->shapes);
    pattern_scratch_free (p->scratch);
    arena_free (p->arena);
}

static void
line (Poll *p, Zone zone, guint part, guint number, const char *text)
{
    Line *l = list_push (p->arena, &p->facts.lines, LIMIT_LINES);

    *l = (Line) { span_of (text), part, number, zone, RECORD_NONE };
}

static void
load (Poll *p)
{
    const char *folders[] = { p->folder, NULL };
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autofree char *told = NULL;

    p->rules = rules_load (folders, p->shapes, mistakes);
    told = mistakes_text (mistakes);
    g_assert_cmpstr (told, ==, "");
}

static void
choose (Poll *p)
{
    load (p);
    p->ballot = ballot_new (p->rules, &p->verdict, p->scratch);
    g_assert_nonnull (p->ballot);
    ballot_vote (p->ballot, CLASS_SCENARIO);
    ballot_choose_scenario (p->ballot);
}

static double
score_of (const Poll *p, const char *id)
{
    return ballot_score (p->ballot, rules_scenario (p->rules, id));
}

static void
test_softmax (Poll *p, gconstpointer data)
{
    const double t = SCORE_TEMPERATURE;
    double ssh = exp (3 / t), spam = exp (4.5 / t), none = exp (0), unknown = exp (1 / t);
    double sum = (ssh + spam + none + unknown) / SCORE_CEILING;

    (void)data;
    line (p, ZONE_SUBJECT, 0, 1, "SSH: many logins, and spam");
    choose (p);
    g_assert_cmpstr (p->verdict.scenario, ==, "spam");
    g_assert_true (p->verdict.complaint);
    g_assert_cmpfloat_with_epsilon (p->verdict.confidence, spam / sum, 1e-9);
    g_assert_cmpuint (p->verdict.n_alternatives, ==, 3);
    g_assert_cmpstr (p->verdict.alternatives[0].scenario, ==, "ssh");
    g_assert_cmpfloat_with_epsilon (p->verdict.alternatives[0].confidence, ssh / sum, 1e-9);
    g_assert_cmpstr (p->verdict.alternatives[1].scenario, ==, "unclassified");
    g_assert_cmpstr (p->verdict.alternatives[2].scenario, ==, "not-a-complaint");
}

static void
test_nothing (Poll *p, gconstpointer data)
{
    (void)data;
    choose (p);
    g_assert_cmpstr (p->verdict.scenario, ==, "unclassified");
    g_assert_true (p->verdict.complaint);
    g_assert_cmpuint (p->verdict.n_alternatives, ==, 1); /* spam's bias alone does not stand */
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, 0);
}

static void
test_not_a_complaint (Poll *p, gconstpointer data)
{
    static const Header headers[] = { { "Subject", "x" }, { "Auto-Submitted", "auto-replied" } };

    (void)data;
    p->message.headers = headers;
    p->message.n_headers = 2;
    line (p, ZONE_PROSE, 1, 1, "spam");
    choose (p);
    g_assert_cmpstr (p->verdict.scenario, ==, "not-a-complaint");
    g_assert_false (p->verdict.complaint);
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, 1);
    g_assert_cmpuint (p->verdict.signals[0].where.line, ==, 0);
    g_assert_cmpstr (p->verdict.signals[0].text, ==, "Auto-Submitted: auto-replied");
}

static void
test_counts_once (Poll *p, gconstpointer data)
{
    (void)data;
    line (p, ZONE_SUBJECT, 0, 1, "spam spam");
    line (p, ZONE_PROSE, 1, 1, "spam");
    choose (p);
    g_assert_cmpfloat (score_of (p, "spam"), ==, 4.5);
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, 1);
    g_assert_cmpint (p->verdict.signals[0].zone, ==, ZONE_SUBJECT);
}

static void
test_zones (Poll *p, gconstpointer data)
{
    static const Zone silent[] = { ZONE_EVIDENCE,  ZONE_REPORT,      ZONE_QUOTED,
                                   ZONE_SIGNATURE, ZONE_BOILERPLATE, ZONE_ATTACHED };

    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
        line (p, silent[i], 1, (guint)i + 1, "spam");
    choose (p);
    g_assert_cmpstr (p->verdict.scenario, ==, "unclassified");
    g_assert_cmpfloat (score_of (p, "spam"), ==, 0.5);
    g_assert_false (ballot_stands (p->ballot, rules_scenario (p->rules, "spam")));
}

static void
test_requires (Poll *p, gconstpointer data)
{
    Incident incident = { .dst_port = 22, .count = 1 };

    (void)data;
    p->verdict.incidents = &incident;
    p->verdict.n_incidents = 1;
    choose (p);
    g_assert_cmpfloat (score_of (p, "ssh"), ==, 1.5);
    g_assert_false (ballot_stands (p->ballot, rules_scenario (p->rules, "ssh")));
    g_assert_cmpstr (p->verdict.scenario, ==, "unclassified");
}

static void
test_where (Poll *p, gconstpointer data)
{
    const Signal *s;

    (void)data;
    line (p, ZONE_SUBJECT, 0, 1, "hello");
    line (p, ZONE_PROSE, 1, 1, "spa");
    line (p, ZONE_EVIDENCE, 1, 2, "spam");
    line (p, ZONE_PROSE, 1, 3, "");
    line (p, ZONE_PROSE, 3, 7, "the SPAM you send");
    line (p, ZONE_PROSE, 3, 8, "spam");
    choose (p);
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, 1);
    s = &p->verdict.signals[0];
    g_assert_cmpstr (s->class_id, ==, "spam");
    g_assert_cmpstr (s->name, ==, "spam");
    g_assert_cmpstr (s->text, ==, "SPAM");
    g_assert_cmpint (s->zone, ==, ZONE_PROSE);
    g_assert_cmpuint (s->where.part, ==, 3);
    g_assert_cmpuint (s->where.line, ==, 7);
    g_assert_cmpuint (s->where.column, ==, 4);
}

static void
test_quote (Poll *p, gconstpointer data)
{
    const char *text;

    (void)data;
    put (p, "long.yaml", "title: L\nsignals:\n  long: {regex: 'from(?s:.*)to', weight: 9}\n");
    line (p, ZONE_PROSE, 1, 1, "from  \t here\x1b[31m");
    line (p, ZONE_PROSE, 1, 2, "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää");
    line (p, ZONE_PROSE, 1, 3, "to");
    choose (p);
    ballot_signals (p->ballot);
    text = p->verdict.signals[0].text;
    g_assert_true (g_str_has_prefix (text, "from here [31m ää"));
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpuint (strlen (text), <=, 120);
    g_assert_cmpuint (strlen (text), >=, 118);
}

/* Signals that ask facts, each as a demand of its own over one mail. */
static const struct {
    const char *name, *signal;
    const char *text; /* what made it hold; NULL: it must not */
} facts[] = {
    { "shape", "shape: [sshd-failed]", "sshd-failed" },
    { "shape-family", "shape: [sshd]", "sshd-failed" },
    { "other-family", "shape: [apache]", NULL },
    { "format", "format: [x-arf, arf]", "arf" },
    { "other-format", "format: [x-arf]", NULL },
    { "field", "field: feedback-type, is: [fraud, abuse]", "feedback-type: abuse" },
    { "other-field", "field: category, is: [abuse]", NULL },
    { "src-port", "src-port: [53, 40000-50000]", "port 43122" },
    { "dst-port", "dst-port: 22", "port 22" },
    { "ports-are-not-mixed", "dst-port: 43122", NULL },
    { "unknown-port-is-none", "src-port: 1-9", NULL },
    { "protocol", "protocol: [udp, tcp]", "tcp" },
    { "other-protocol", "protocol: [icmp]", NULL },
    { "offenders", "offenders: {min: 2, max: 2}", "2 accused" },
    { "too-few-offenders", "offenders: {min: 3}", NULL },
    { "too-many-offenders", "offenders: {max: 1}", NULL },
    { "urls", "urls: {min: 1}", "1 URLs" },
    { "no-urls", "urls: {max: 0}", NULL },
    { "part", "part: ['text/csv', 'image/*']", "image/png" },
    { "other-part", "part: ['text/csv']", NULL },
    { "scenario", "scenario: [ssh, spam]", "spam" },
    { "other-scenario", "scenario: [ssh]", NULL },
    { "complainant", "complainant: [provider]", "provider" },
    { "other-complainant", "complainant: [person]", NULL },
    { "header", "header: '^x-arf: yes$'", "X-ARF: yes" },
    { "header-of-the-attached", "header: '^received:'", NULL },
    { "attached-header", "attached-header: '^received: from a'", "Received: from a" },
    { "from-name", "from: 'abuse desk <'", "Abuse Desk <" },
    { "from-address", "from: '<noc@example\\.net>'", "<noc@example.net>" },
    { "reply-to", "from: '<reply@example\\.org>'", "<reply@example.org>" },
};

static const char fields[] = "feedback-type";

static void
make_mail (Poll *p)
{
    static const Header own[] = { { "X-ARF", "yes" } };
    static const Header inner[] = { { "Received", "from a" } };
    static const Part parts[] = {
        { .number = 1, .kind = PART_OPAQUE, .type = "image/png", .declared = "image/png" },
        { .number = 2,
          .kind = PART_MAIL_HEAD,
          .type = "message/rfc822",
          .declared = "message/rfc822",
          .headers = inner,
          .n_headers = 1 },
    };
    static const char *const urls[] = { "http://www.example.com/" };
    static Incident incidents[] = {
        { .ip = { 4, { 192, 0, 2, 7 } }, .dst_port = 22, .protocol = "tcp", .count = 1 },
        { .ip = { 4, { 192, 0, 2, 8 } }, .src_port = 43122, .count = 1 },
        { .ip = { 4, { 192, 0, 2, 7 } }, .count = 1 },
    };
    Record *record;
    Fact *fact;

    p->message.headers = own;
    p->message.n_headers = 1;
    p->message.parts = parts;
    p->message.n_parts = 2;
    p->message.from_name = "Abuse Desk";
    p->message.from_address = "noc@example.net";
    p->message.reply_to = "reply@example.org";
    record = list_push (p->arena, &p->facts.records, LIMIT_RECORDS);
    *record = (Record) { .kind = RECORD_LOG, .zone = ZONE_EVIDENCE, .shape = "sshd-failed" };
    fact = list_push (p->arena, &p->facts.facts, LIMIT_FACTS);
    *fact = (Fact) { .kind = FACT_FIELD, .name = fields, .text = "abuse" };
    p->verdict.format = "arf";
    p->verdict.scenario = "spam";
    p->verdict.complainant = COMPLAINANT_PROVIDER;
    p->verdict.incidents = incidents;
    p->verdict.n_incidents = G_N_ELEMENTS (incidents);
    p->verdict.urls = urls;
    p->verdict.n_urls = 1;
}

static void
test_fact (Poll *p, gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *yaml = g_strdup_printf ("kind: demand\nclasses:\n  stop:\n    threshold: 1\n"
                                             "    signals:\n      a: {%s, weight: 1}\n",
                                             facts[i].signal);
    const Class *stop;

    put (p, "common/demands.yaml", yaml);
    make_mail (p);
    load (p);
    p->ballot = ballot_new (p->rules, &p->verdict, p->scratch);
    ballot_vote (p->ballot, CLASS_DEMAND);
    stop = &p->rules->classes[p->rules->n_scenarios];
    g_assert_cmpint (ballot_stands (p->ballot, stop), ==, facts[i].text != NULL);
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, facts[i].text != NULL);
    if (facts[i].text != NULL)
        g_assert_cmpstr (p->verdict.signals[0].text, ==, facts[i].text);
}

static void
test_prevailing (Poll *p, gconstpointer data)
{
    static const char *const wanted[] = { "ssh/words", "ssh/port", "ssh/web", "stop/say",
                                          "cert/us" };

    (void)data;
    put (p, "common/d.yaml",
         "kind: demand\nclasses:\n"
         "  stop: {threshold: 2, signals: {say: {regex: stop, weight: 2}}}\n"
         "  logs: {threshold: 2, signals: {say: {regex: logs, weight: 1.5}}}\n");
    put (p, "common/c.yaml",
         "kind: complainant\nclasses:\n"
         "  cert: {threshold: 1, signals: {us: {regex: cert, weight: 2}}}\n"
         "  person: {threshold: 1, signals: {i: {regex: '\\bI\\b', weight: 1}}}\n");
    p->verdict.incidents = &(Incident) { .dst_port = 22 };
    p->verdict.n_incidents = 1;
    line (p, ZONE_PROSE, 1, 1, "ssh login: stop, I want logs; also wp-login and spa. Your CERT");
    choose (p);
    ballot_vote (p->ballot, CLASS_COMPLAINANT);
    p->verdict.complainant = COMPLAINANT_CERT;
    ballot_vote (p->ballot, CLASS_DEMAND);
    ballot_signals (p->ballot);
    g_assert_cmpuint (p->verdict.n_signals, ==, G_N_ELEMENTS (wanted));
    for (guint i = 0; i < p->verdict.n_signals; i++) {
        const Signal *s = &p->verdict.signals[i];
        g_autofree char *got = g_strconcat (s->class_id, "/", s->name, NULL);

        g_assert_cmpstr (got, ==, wanted[i]);
    }
}

/* Of fish alone "any" speaks, of fish and bread "both" too; each quotes what the topic was told by.
 */
static void
test_topics (Poll *p, gconstpointer data)
{
    gboolean bread = GPOINTER_TO_INT (data);

    put (
        p, "common/t.yaml",
        "kind: topic\nclasses:\n"
        "  fish: {threshold: 1, signals: {de: {regex: Fisch, weight: 1}, en: {regex: fish, weight: "
        "1}}}\n"
        "  bread: {threshold: 2, signals: {en: {regex: bread, weight: 2}, crumb: {regex: crumb, "
        "weight: 1}}}\n");
    put (p, "meal.yaml",
         "title: M\nsignals:\n  any: {topic: [bread, fish], weight: 5}\n"
         "  both: {together: [fish, bread], weight: 4}\n");
    line (p, ZONE_PROSE, 1, 1, "a crumb beside");
    line (p, ZONE_PROSE, 1, 2, bread ? "the bread, Fisch" : "a Fisch");
    load (p);
    p->ballot = ballot_new (p->rules, &p->verdict, p->scratch);
    ballot_vote (p->ballot, CLASS_TOPIC);
    ballot_vote (p->ballot, CLASS_SCENARIO);
    ballot_choose_scenario (p->ballot);
    ballot_signals (p->ballot);
    g_assert_cmpstr (p->verdict.scenario, ==, "meal");
    g_assert_cmpfloat (score_of (p, "meal"), ==, bread ? 9 : 5);
    g_assert_cmpuint (p->verdict.n_signals, ==, bread ? 2 : 1);
    g_assert_cmpstr (p->verdict.signals[0].name, ==, "any");
    g_assert_cmpuint (p->verdict.signals[0].where.line, ==, 2);
    g_assert_cmpint (p->verdict.signals[0].zone, ==, ZONE_PROSE);
}

static void
test_monster (Poll *p, gconstpointer data)
{
    g_autofree char *text = g_strnfill (5000, 'a');

    (void)data;
    put (p, "monster.yaml",
         "title: M\nsignals:\n  a: {regex: '(*NO_START_OPT)(a|aa)+$b', weight: 9}\n");
    line (p, ZONE_PROSE, 1, 1, text);
    line (p, ZONE_PROSE, 1, 2, "spam");
    choose (p);
    g_assert_cmpstr (p->verdict.scenario, ==, "spam");
    g_assert_cmpuint (pattern_scratch_limits_hit (p->scratch), ==, 1);
}

/* Whatever the arena leaves, there is a verdict or no ballot, never a crash. */
static void
test_exhausted (void)
{
    for (gsize limit = 1024; limit < 40000; limit += 512) {
        Poll p;

        set_up_limit (&p, limit);
        load (&p);
        p.facts.lines.items = (Line[]) { { SPAN_LIT ("spam"), 1, 1, ZONE_PROSE, RECORD_NONE } };
        p.facts.lines.n = 1;
        p.ballot = ballot_new (p.rules, &p.verdict, p.scratch);
        if (p.ballot != NULL) {
            ballot_vote (p.ballot, CLASS_SCENARIO);
            ballot_choose_scenario (p.ballot);
            ballot_signals (p.ballot);
            g_assert_nonnull (p.verdict.scenario);
        } else {
            g_assert_true (arena_exhausted (p.arena));
        }
        tear_down (&p, NULL);
    }
}

static void
add (const char *path, void (*test) (Poll *, gconstpointer), gsize i)
{
    g_test_add (path, Poll, GSIZE_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("/score/choose/softmax", test_softmax, 0);
    add ("/score/choose/nothing-is-unclassified", test_nothing, 0);
    add ("/score/choose/not-a-complaint", test_not_a_complaint, 0);
    add ("/score/choose/requirements-not-met", test_requires, 0);
    add ("/score/vote/counts-once", test_counts_once, 0);
    add ("/score/vote/only-its-zones", test_zones, 0);
    add ("/score/vote/limits-are-no-match", test_monster, 0);
    add ("/score/signals/where-it-stood", test_where, 0);
    add ("/score/signals/quoted-on-one-line", test_quote, 0);
    add ("/score/signals/of-those-that-prevailed", test_prevailing, 0);
    add ("/score/topics/one", test_topics, FALSE);
    add ("/score/topics/both", test_topics, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
        g_autofree char *path = g_strconcat ("/score/facts/", facts[i].name, NULL);

        add (path, test_fact, i);
    }
    g_test_add_func ("/score/exhausted/never-a-crash", test_exhausted);
    return g_test_run ();
}
