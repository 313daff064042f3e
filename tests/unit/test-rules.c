#include "folder.h"
#include "know/rules.h"

typedef struct Tree { /* a folder of scenarios that lives as long as a test */
    char *path;
    Shapes *shapes;
    Mistakes *mistakes;
} Tree;

#define PLAIN "title: T\nsignals:\n  a: {regex: 'x', weight: 1}\n"

static void
put (const Tree *t, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (t->path, name, NULL);
    g_autofree char *folder = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Tree *t, gconstpointer data)
{
    (void)data;
    t->path = g_dir_make_tmp ("rules-XXXXXX", NULL);
    t->shapes = shapes_new ();
    t->mistakes = mistakes_new ();
    put (t, "unclassified.yaml", "title: Unknown\nbias: 1\n");
    put (t, "not-a-complaint.yaml", "title: No complaint\nsignals: {}\n");
}

static void
tear_down (Tree *t, gconstpointer data)
{
    (void)data;
    folder_remove (t->path);
    g_free (t->path);
    shapes_free (t->shapes);
    mistakes_free (t->mistakes);
}

static Rules *
load (const Tree *t)
{
    const char *folders[] = { t->path, NULL };

    return rules_load (folders, t->shapes, t->mistakes);
}

static void
assert_good (const Tree *t)
{
    g_autofree char *told = mistakes_text (t->mistakes);

    g_assert_cmpstr (told, ==, "");
}

static void
test_every_key (Tree *t, gconstpointer data)
{
    g_autoptr (Rules) rules = NULL;
    const Class *c;

    (void)data;
    put (t, "all.yaml",
         "title: SSH\ndescription: D\nxarf: connection/login_attack\npriority: high\nbias: -0.5\n"
         "xarf_fields: {fraud_type: other, data_types: [financial, medical]}\n"
         "lookalikes: [unclassified]\nport: own\nrequires: [regex, shape]\n"
         "signals:\n"
         "  regex:  {in: [subject, evidence], regex: '\\bssh\\b', weight: 3}\n"
         "  any:    {in: any, regex: 'a', weight: 1}\n"
         "  plain:  {regex: 'a', weight: -20}\n"
         "  header: {header: '^Auto-Submitted: a', weight: -3}\n"
         "  from:   {from: 'fail2ban', weight: .5}\n"
         "  inner:  {attached-header: '^Received: ', weight: 1e0}\n"
         "  shape:  {shape: [sshd], weight: 5}\n"
         "  format: {format: [arf, text], weight: 5}\n"
         "  typed:  {field: type, is: [login-attack, ssh], weight: 4}\n"
         "  sport:  {src-port: 53, weight: 1}\n"
         "  dport:  {dst-port: [22, 8000-8100], weight: 1}\n"
         "  proto:  {protocol: [udp], weight: 1}\n"
         "  some:   {offenders: {min: 1, max: 3}, weight: 1}\n"
         "  urls:   {urls: {min: 2}, weight: 1}\n"
         "  part:   {part: ['text/csv', 'image/*'], weight: 1}\n"
         "reply: |\n  To {ip} at {time}: {{x}}\n");
    rules = load (t);
    assert_good (t);
    c = rules_scenario (rules, "all");
    g_assert_nonnull (c);
    g_assert_cmpstr (c->xarf_category, ==, "connection");
    g_assert_cmpstr (c->xarf_type, ==, "login_attack");
    g_assert_cmpuint (c->n_xarf_fields, ==, 2);
    g_assert_cmpstr (c->xarf_fields[0].name, ==, "fraud_type");
    g_assert_cmpstr (c->xarf_fields[0].values[0], ==, "other");
    g_assert_false (c->xarf_fields[0].list);
    g_assert_cmpstr (c->xarf_fields[1].values[1], ==, "medical");
    g_assert_true (c->xarf_fields[1].list);
    g_assert_cmpint (c->priority, ==, PRIORITY_HIGH);
    g_assert_cmpfloat (c->bias, ==, -0.5);
    g_assert_true (c->own_port);
    g_assert_cmpstr (c->requires_[1], ==, "shape");
    g_assert_cmpuint (c->n_rules, ==, 15);
    g_assert_cmphex (c->rules[0].zones, ==, 1u << ZONE_SUBJECT | 1u << ZONE_EVIDENCE);
    g_assert_cmphex (c->rules[1].zones, ==,
                     ((1u << N_ZONES) - 1) & ~(1u << ZONE_BOILERPLATE | 1u << ZONE_SIGNATURE));
    g_assert_cmphex (c->rules[2].zones, ==, 1u << ZONE_SUBJECT | 1u << ZONE_PROSE);
    g_assert_cmpfloat (c->rules[2].weight, ==, -20);
    g_assert_cmpstr (c->rules[0].regex, ==, "\\bssh\\b");
    g_assert_cmpuint (c->rules[0].line, ==, 11);
    g_assert_true (g_strv_length ((char **)c->rules[6].words) >= 1); /* the family's shapes */
    g_assert_false (g_strv_contains (c->rules[6].words, "apache"));
    g_assert_cmpuint (c->rules[10].ports[1].from, ==, 8000);
    g_assert_cmpuint (c->rules[10].ports[1].to, ==, 8100);
    g_assert_cmpuint (c->rules[13].min, ==, 2);
    g_assert_cmpuint (c->rules[13].max, ==, G_MAXUINT);
    g_assert_cmpuint (rules->n_scenarios, ==, 3);
    g_assert_null (rules_scenario (rules, "al"));
}

static void
test_common (Tree *t, gconstpointer data)
{
    g_autoptr (Rules) rules = NULL;

    (void)data;
    put (
        t, "common/b.yaml",
        "kind: urgency\nclasses:\n  tonight: {priority: urgent, threshold: 2, signals: {a: {regex: "
        "tonight, weight: 2}, b: {complainant: [provider], weight: 1}}}\n");
    put (t, "common/a.yaml",
         "kind: demand\nclasses:\n  stop: {threshold: 1, signals: {a: {regex: stop, weight: 2}, "
         "s: {scenario: [unclassified], weight: -1}}}\n");
    rules = load (t);
    assert_good (t);
    g_assert_cmpuint (rules->n_classes, ==, 4);
    g_assert_cmpuint (rules->n_scenarios, ==, 2);
    g_assert_cmpstr (rules->classes[0].id, ==, "not-a-complaint");
    g_assert_cmpstr (rules->classes[1].id, ==, "unclassified");
    g_assert_cmpint (rules->classes[2].kind, ==, CLASS_DEMAND);
    g_assert_cmpstr (rules->classes[3].id, ==, "tonight");
    g_assert_cmpint (rules->classes[3].priority, ==, PRIORITY_URGENT);
    g_assert_cmpfloat (rules->classes[3].threshold, ==, 2);
    g_assert_null (rules_scenario (rules, "stop"));
}

static void
test_override (Tree *t, gconstpointer data)
{
    g_autofree char *second = g_build_filename (t->path, "second", NULL);
    const char *folders[] = { t->path, second, "/nonexistent", NULL };
    g_autoptr (Rules) rules = NULL;

    (void)data;
    put (t, "one.yaml", "this: [is never read\n");
    put (t, "second/one.yaml", PLAIN);
    put (t, "README", "not a scenario\n");
    put (t, ".one.yaml.swp", "nor this\n");
    rules = rules_load (folders, t->shapes, t->mistakes);
    assert_good (t);
    g_assert_cmpuint (rules->n_scenarios, ==, 3);
    g_assert_true (g_str_has_suffix (rules_scenario (rules, "one")->file, "/second/one.yaml"));
}

static void
test_no_folder (Tree *t, gconstpointer data)
{
    const char *folders[] = { "/nonexistent/a", "/nonexistent/b", NULL };

    (void)data;
    g_assert_null (rules_load (folders, t->shapes, t->mistakes));
    g_assert_cmpuint (mistakes_count (t->mistakes), ==, 2);
    g_assert_cmpstr (mistakes_get (t->mistakes, 0), ==,
                     "/nonexistent/a: no such folder, and so there are no scenarios");
}

static void
test_needed (Tree *t, gconstpointer data)
{
    const char *folders[] = { NULL, NULL };
    g_autofree char *sub = g_build_filename (t->path, "sub", NULL);
    g_autofree char *told = NULL;

    (void)data;
    put (t, "sub/one.yaml", PLAIN);
    folders[0] = sub;
    g_assert_null (rules_load (folders, t->shapes, t->mistakes));
    told = mistakes_text (t->mistakes);
    g_assert_nonnull (strstr (told, "/sub: no scenario 'not-a-complaint': it must be there\n"));
    g_assert_nonnull (strstr (told, "/sub: no scenario 'unclassified': it must be there\n"));
}

static const struct {
    const char *name, *file, *text;
    const char *mistake; /* what follows the file's path */
} bad[] = {
    { "unknown-key", "x.yaml", PLAIN "wieght: 3\n",
      ":4: unknown key of a scenario 'wieght': known are title, description, xarf, "
      "xarf_fields, priority, bias, lookalikes, port, urls, requires, signals or reply" },
    { "near-key", "x.yaml", PLAIN "lookalike: []\n",
      ":4: unknown key of a scenario 'lookalike' (did you mean 'lookalikes'?)" },
    { "no-title", "x.yaml", "signals: {}\n", ":1: 'x' has no title" },
    { "signal-key", "x.yaml", "title: T\nsignals: {a: {regexp: x, weight: 1}}\n",
      ":2: unknown key of a signal 'regexp' (did you mean 'regex'?)" },
    { "two-tests", "x.yaml", "title: T\nsignals: {a: {regex: x, from: y, weight: 1}}\n",
      ":2: signal 'a' has two tests, regex and from: one is allowed" },
    { "no-test", "x.yaml", "title: T\nsignals: {a: {weight: 1}}\n",
      ":2: signal 'a' has no test, such as regex or shape" },
    { "no-weight", "x.yaml", "title: T\nsignals:\n  a: {regex: x}\n",
      ":3: signal 'a' has no weight" },
    { "weight-zero", "x.yaml", "title: T\nsignals: {a: {regex: x, weight: 0}}\n",
      ":2: '0' is no value for weight: a signal without weight says nothing" },
    { "weight-nan", "x.yaml", "title: T\nsignals: {a: {regex: x, weight: nan}}\n",
      ":2: 'nan' is no value for weight: a number from -20 to 20" },
    { "weight-large", "x.yaml", "title: T\nsignals: {a: {regex: x, weight: 20.5}}\n",
      ":2: '20.5' is no value for weight: a number from -20 to 20" },
    { "weight-words", "x.yaml", "title: T\nsignals: {a: {regex: x, weight: 1 or 2}}\n",
      ":2: '1 or 2' is no value for weight: a number from -20 to 20" },
    { "bad-regex", "x.yaml", "title: T\nsignals:\n  a: {regex: 'ab(c', weight: 1}\n",
      ":3: regex: missing closing parenthesis at offset 4" },
    { "empty-regex", "x.yaml", "title: T\nsignals: {a: {header: 'x*', weight: 1}}\n",
      ":2: header: holds for the empty text, so it would hold for any mail" },
    { "zone", "x.yaml", "title: T\nsignals: {a: {in: [subjekt], regex: x, weight: 1}}\n",
      ":2: unknown zone 'subjekt' (did you mean 'subject'?)" },
    { "in-without-regex", "x.yaml", "title: T\nsignals: {a: {in: any, from: x, weight: 1}}\n",
      ":2: signal 'a' has 'in', which goes with regex only" },
    { "is-without-field", "x.yaml", "title: T\nsignals: {a: {is: [x], from: x, weight: 1}}\n",
      ":2: signal 'a' has 'is', which goes with field only" },
    { "field-without-is", "x.yaml", "title: T\nsignals: {a: {field: x, weight: 1}}\n",
      ":2: signal 'a' has 'field' without 'is'" },
    { "upper-case", "x.yaml", "title: T\nsignals: {a: {field: x, is: [Spam], weight: 1}}\n",
      ":2: 'Spam' can never be met: is is compared in lower case" },
    { "shape", "x.yaml", "title: T\nsignals: {a: {shape: [sshdd], weight: 1}}\n",
      ":2: unknown shape 'sshdd' (did you mean 'sshd'?)" },
    { "format", "x.yaml", "title: T\nsignals: {a: {format: [arff], weight: 1}}\n",
      ":2: unknown format 'arff' (did you mean 'arf'?)" },
    { "port-name", "x.yaml", "title: T\nsignals: {a: {dst-port: [ssh], weight: 1}}\n",
      ":2: 'ssh' is no value for dst-port: a port such as 22, or a range such as 8000-8100" },
    { "port-range", "x.yaml", "title: T\nsignals: {a: {dst-port: [65536], weight: 1}}\n",
      ":2: '65536' is no value for dst-port: a port such as 22, or a range such as 8000-8100" },
    { "port-backwards", "x.yaml", "title: T\nsignals: {a: {src-port: [9-8], weight: 1}}\n",
      ":2: '9-8' is no value for src-port: a port such as 22, or a range such as 8000-8100" },
    { "bounds", "x.yaml", "title: T\nsignals: {a: {urls: {least: 1}, weight: 1}}\n",
      ":2: unknown bound 'least': known are min or max" },
    { "bounds-backwards", "x.yaml",
      "title: T\nsignals: {a: {offenders: {min: 3, max: 2}, weight: 1}}\n",
      ":2: a block of keys is no value for offenders: min is more than max" },
    { "too-early", "x.yaml", "title: T\nsignals: {a: {scenario: [x], weight: 1}}\n",
      ":2: the scenario is not known yet when this is decided" },
    { "topic", "x.yaml", "title: T\nsignals: {a: {topic: [fish], weight: 1}}\n",
      ":2: unknown topic 'fish': there are none" },
    { "topic-of-topics", "common/x.yaml",
      "kind: topic\nclasses:\n  a: {threshold: 1, signals: {b: {topic: [a], weight: 1}}}\n",
      ":3: the topic is not known yet when this is decided" },
    { "duplicate", "x.yaml", PLAIN "  a: {regex: y, weight: 1}\n", ":4: 'a' is given twice" },
    { "requires", "x.yaml", PLAIN "requires: [a, b]\n",
      ":4: unknown signal 'b' (did you mean 'a'?)" },
    { "lookalikes", "x.yaml", PLAIN "lookalikes:\n- x\n- unclasified\n",
      ":6: unknown scenario 'unclasified' (did you mean 'unclassified'?)" },
    { "xarf", "x.yaml", PLAIN "xarf: connection/dos\n",
      ":4: unknown XARF category/type 'connection/dos' (did you mean 'connection/ddos'?)" },
    { "xarf-field", "x.yaml", PLAIN "xarf_fields: {protcol: smtp}\n",
      ":4: unknown XARF field 'protcol' (did you mean 'protocol'?)" },
    { "xarf-field-value", "x.yaml", PLAIN "xarf_fields: {protocol: smpt}\n",
      ":4: unknown protocol 'smpt' (did you mean 'smtp'?)" },
    { "xarf-field-list", "x.yaml", PLAIN "xarf_fields: {protocol: [smtp, sms]}\n",
      ":4: a list is no value for protocol: one word" },
    { "priority", "x.yaml", PLAIN "priority: critical\n",
      ":4: 'critical' is no value for priority: low, normal, high or urgent" },
    { "bias", "x.yaml", PLAIN "bias: inf\n",
      ":4: 'inf' is no value for bias: a number from -100 to 100" },
    { "reply-variable", "x.yaml", PLAIN "reply: 'At {tme}'\n",
      ":4: unknown variable '{tme}' (did you mean '{time}'?)" },
    { "reply-variable-far-down", "x.yaml",
      PLAIN "reply:\n  advice:\n    - |\n      One.\n\n      Two {dst_pot} and {ip}.\n",
      ":9: unknown variable '{dst_pot}' (did you mean '{dst_port}'?)" },
    { "reply-open-brace", "x.yaml", PLAIN "reply: |\n  At {time\n  or {ip}.\n",
      ":5: '{' has no '}' on its line; {{ is a brace" },
    { "reply-closed-brace", "x.yaml", PLAIN "reply: |\n  At {time}\n  or ip}.\n",
      ":6: '}' has no '{' before it; }} is a brace" },
    { "reply-condition", "x.yaml",
      PLAIN "reply:\n  letter:\n    - {if: [tor, not tor-awre], say: A.}\n",
      ":6: unknown condition 'tor-awre' (did you mean 'tor-aware'?)" },
    { "reply-never", "x.yaml", PLAIN "reply:\n  letter:\n    - {if: [tor, not tor], say: A.}\n",
      ":6: if: asks for a condition and for its contrary" },
    { "reply-key", "x.yaml", PLAIN "reply:\n  letter:\n    - {iff: tor, say: A.}\n",
      ":6: unknown key of a reply 'iff' (did you mean 'if'?)" },
    { "reply-two", "x.yaml", PLAIN "reply:\n  letter:\n    - {use: a, say: A.}\n",
      ":6: one of say, step, lines and use is needed, and no more" },
    { "reply-sentence", "x.yaml", PLAIN "reply:\n  letter:\n    - say:\n        - {if: tor}\n",
      ":7: a sentence without say" },
    { "reply-empty", "x.yaml", PLAIN "reply:\n  letter: []\n", ":5: the text is empty" },
    { "reply-part", "x.yaml", PLAIN "reply:\n  advise: A.\n",
      ":5: unknown part of a reply 'advise' (did you mean 'advice'?)" },
    { "reply-use", "x.yaml", PLAIN "reply:\n  letter:\n    - A.\n    - use: farewel\n",
      ":7: use: there is no text 'farewel'" },
    { "reply-text-name", "common/reply.yaml", "kind: reply\ntexts:\n  advice: A.\n",
      ":3: 'advice' is a part of a scenario's reply: a text needs another name" },
    { "reply-circle", "common/reply.yaml", "kind: reply\ntexts:\n  a:\n    - use: a\n",
      ":4: use: 'a' comes back to itself, or texts stand in texts more than 12 deep" },
    { "reply-file-key", "common/reply.yaml", "kind: reply\ntext: {a: A.}\n",
      ":2: unknown key of a file of reply texts 'text' (did you mean 'texts'?)" },
    { "reply-scenarios", "common/reply.yaml", "kind: reply\nscenarios: {x: A.}\n",
      ":2: scenarios have files of their own here" },
    { "id", "Bad_Name.yaml", PLAIN, ": a name is made of a-z, 0-9 and '-'" },
    { "yml", "x.yml", PLAIN, ": would not be read: its name must end in .yaml" },
    { "not-yaml", "x.yaml", "title: [\n",
      ":2: not valid YAML: did not find expected node content while parsing a flow node that "
      "starts "
      "in line 2" },
    { "list", "x.yaml", "- a\n", ":1: a list is no value for x: a block of keys" },
    { "kind", "common/x.yaml", "kind: whim\nclasses: {}\n",
      ":1: 'whim' is no value for kind: demand, complainant, awareness, urgency, topic or reply" },
    { "no-kind", "common/x.yaml", "classes: {}\n",
      ":1: no kind: demand, complainant, awareness, urgency, topic or reply" },
    { "no-classes", "common/x.yaml", "kind: demand\n", ":1: no classes" },
    { "demand-name", "common/x.yaml",
      "kind: demand\nclasses:\n  halt: {threshold: 1, signals: {}}\n",
      ":3: 'halt' is no known demand" },
    { "complainant-name", "common/x.yaml",
      "kind: complainant\nclasses:\n  robot: {threshold: 1, signals: {}}\n",
      ":3: 'robot' is no known complainant" },
    { "complainant-too-early", "common/x.yaml",
      "kind: complainant\nclasses:\n  person: {threshold: 1, signals: {a: {complainant: [cert], "
      "weight: 1}}}\n",
      ":3: the complainant is not known yet when this is decided" },
    { "no-threshold", "common/x.yaml", "kind: demand\nclasses:\n  stop: {signals: {}}\n",
      ":3: 'stop' has no threshold" },
    { "no-priority", "common/x.yaml", "kind: urgency\nclasses:\n  a: {threshold: 1, signals: {}}\n",
      ":3: 'a' has no priority" },
    { "common-key", "common/x.yaml",
      "kind: awareness\nclasses:\n  tor-aware: {threshold: 1, signals: {}, reply: x}\n",
      ":3: unknown key of an awareness 'reply': known are title, description, bias, threshold, "
      "requires or signals" },
};

static void
test_bad (Tree *t, gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autofree char *path = g_build_filename (t->path, bad[i].file, NULL);
    g_autofree char *want = g_strconcat (path, bad[i].mistake, "\n", NULL);
    g_autofree char *told = NULL;

    put (t, bad[i].file, bad[i].text);
    g_assert_null (load (t));
    told = mistakes_text (t->mistakes);
    g_assert_cmpstr (told, ==, want);
}

/* Of the hundreds of shapes only the families are told. */
static void
test_far_shape (Tree *t, gconstpointer data)
{
    const Shape *in_family = shapes_get (t->shapes, 0);
    g_autofree char *told = NULL, *family = g_strconcat (in_family->family, ",", NULL);

    (void)data;
    for (guint i = 0; strcmp (in_family->name, in_family->family) == 0; i++)
        in_family = shapes_get (t->shapes, i);
    put (t, "x.yaml", "title: T\nsignals: {a: {shape: [quxquxqux], weight: 1}}\n");
    g_assert_null (load (t));
    told = mistakes_text (t->mistakes);
    g_assert_nonnull (strstr (told, ":2: unknown shape 'quxquxqux': known are "));
    g_assert_nonnull (strstr (told, family));
    g_assert_null (strstr (told, in_family->name));
    g_test_message ("%s", told);
}

static void
test_all_at_once (Tree *t, gconstpointer data)
{
    g_autofree char *told = NULL;

    (void)data;
    put (t, "a.yaml", "titel: T\nsignals: {a: {regex: '(', weight: 99}, b: {}}\n");
    put (t, "b.yaml", PLAIN "lookalikes: [a, nobody]\n");
    put (t, "common/c.yaml", "kind: demand\nclasses: {stop: {threshold: x, signals: {}}}\n");
    put (t, "common/d.yaml", "kind: demand\nclasses: {stop: {threshold: 1, signals: {}}}\n");
    g_assert_null (load (t));
    told = mistakes_text (t->mistakes);
    g_test_message ("%s", told);
    g_assert_cmpuint (mistakes_count (t->mistakes), ==, 8);
    g_assert_nonnull (strstr (told, "d.yaml:2: 'stop' stands in "));
}

static void
add (const char *path, void (*test) (Tree *, gconstpointer), gsize i)
{
    g_test_add (path, Tree, GSIZE_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("/rules/load/every-key", test_every_key, 0);
    add ("/rules/load/common-questions", test_common, 0);
    add ("/rules/load/later-folders-replace", test_override, 0);
    add ("/rules/load/no-folder-at-all", test_no_folder, 0);
    add ("/rules/load/what-must-be-there", test_needed, 0);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autofree char *path = g_strconcat ("/rules/mistakes/", bad[i].name, NULL);

        add (path, test_bad, i);
    }
    add ("/rules/mistakes/shape-of-hundreds", test_far_shape, 0);
    add ("/rules/mistakes/all-at-once", test_all_at_once, 0);
    return g_test_run ();
}
