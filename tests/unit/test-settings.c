#include "know/settings.h"

static Settings *
parse (const char *text, Mistakes *mistakes)
{
    gsize n = strlen (text);
    g_autofree char *exact = g_malloc (n + (n == 0));

    memcpy (exact, text, n);
    return settings_parse ("t.yaml", (Span) { exact, exact + n }, mistakes);
}

static void
test_defaults (void)
{
    g_autoptr (Settings) s = settings_defaults ();

    g_assert_null (s->file);
    g_assert_cmpstr (s->listen, ==, "unix:/run/abuse-milter/milter.sock");
    g_assert_cmpuint (s->socket_mode, ==, 0660);
    g_assert_cmpstr (s->watch[0], ==, "abuse@*");
    g_assert_null (s->watch[1]);
    g_assert_cmpstr (s->log, ==, "sqlite:/var/lib/abuse-milter/log.db");
    g_assert_cmpuint (s->log_wait_ms, ==, 2000);
    g_assert_false (s->keep_text);
    g_assert_cmpstr (s->scenarios[0], ==, ABUSE_MILTER_DATADIR "/scenarios");
    g_assert_cmpstr (s->scenarios[1], ==, "/etc/abuse-milter/scenarios");
    g_assert_null (s->scenarios[2]);
    g_assert_cmpuint (s->n_networks, ==, 0);
    g_assert_cmpint (s->on_error, ==, ON_ERROR_ACCEPT);
    g_assert_cmpstr (s->header_prefix, ==, "X-Abuse-");
    g_assert_cmpint (s->log_to, ==, LOG_TO_AUTO);
    g_assert_cmpuint (s->message_limit_bytes, ==, 4 * 1024 * 1024);
    g_assert_cmpuint (s->memory_limit_bytes, ==, 64 * 1024 * 1024);
    g_assert_cmpuint (s->memory_total_bytes, ==, 512 * 1024 * 1024);
    g_assert_cmpuint (s->time_limit_ms, ==, 5000);
    g_assert_cmpuint (s->max_judging, ==, 4);
    g_assert_cmpuint (s->max_wait_ms, ==, 20000);
    g_assert_cmpuint (s->n_actions, ==, 0);
}

static void
test_every_key (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = parse ("listen: inet:8894@127.0.0.1\n"
                                    "socket_mode: 600\n"
                                    "socket_group: postfix\n"
                                    "user: milter\n"
                                    "group: milter\n"
                                    "pid_file: /run/m.pid\n"
                                    "watch: [abuse@*, noc@example.org]\n"
                                    "log: none\n"
                                    "log_wait: 500ms\n"
                                    "keep_text: yes\n"
                                    "scenarios: /srv/scenarios\n"
                                    "authserv_id: mx.example.net\n"
                                    "on_error: tempfail\n"
                                    "header_prefix: X-Complaint-\n"
                                    "log_to: syslog\n"
                                    "message_limit: 100000\n"
                                    "memory_limit: 1 GiB\n"
                                    "memory_total: 3 GiB\n"
                                    "time_limit: 1min\n"
                                    "max_judging: 9\n"
                                    "max_wait: 0s\n",
                                    mistakes);

    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    g_assert_cmpstr (s->file, ==, "t.yaml");
    g_assert_cmpstr (s->listen, ==, "inet:8894@127.0.0.1");
    g_assert_cmpuint (s->socket_mode, ==, 0600);
    g_assert_cmpstr (s->socket_group, ==, "postfix");
    g_assert_cmpstr (s->user, ==, "milter");
    g_assert_cmpstr (s->group, ==, "milter");
    g_assert_cmpstr (s->pid_file, ==, "/run/m.pid");
    g_assert_cmpstr (s->watch[1], ==, "noc@example.org");
    g_assert_null (s->log);
    g_assert_cmpuint (s->log_wait_ms, ==, 500);
    g_assert_true (s->keep_text);
    g_assert_cmpstr (s->scenarios[0], ==, "/srv/scenarios");
    g_assert_null (s->scenarios[1]);
    g_assert_cmpstr (s->authserv_id, ==, "mx.example.net");
    g_assert_cmpint (s->on_error, ==, ON_ERROR_TEMPFAIL);
    g_assert_cmpstr (s->header_prefix, ==, "X-Complaint-");
    g_assert_cmpint (s->log_to, ==, LOG_TO_SYSLOG);
    g_assert_cmpuint (s->message_limit_bytes, ==, 100000);
    g_assert_cmpuint (s->memory_limit_bytes, ==, 1 << 30);
    g_assert_cmpuint (s->memory_total_bytes, ==, (gsize)3 << 30);
    g_assert_cmpuint (s->time_limit_ms, ==, 60000);
    g_assert_cmpuint (s->max_judging, ==, 9);
    g_assert_cmpuint (s->max_wait_ms, ==, 0);
}

static const struct {
    const char *name, *text, *mistake;
} bad[] = {
    { "misspelled", "\nnetwroks: []", ":2: unknown setting 'netwroks' (did you mean 'networks'?)" },
    { "unknown", "colour: red",
      ":1: unknown setting 'colour': known are listen, socket_mode, socket_group, user, group, "
      "pid_file, "
      "watch, log, log_spool, log_wait, keep_text, scenarios, networks, tor, reply, web, "
      "authserv_id, "
      "on_error, "
      "actions, header_prefix, log_to, message_limit, memory_limit, memory_total, time_limit, "
      "max_judging or max_wait" },
    { "a-list", "- a", ":1: a list is no value for a settings file: a block of keys" },
    { "choice", "on_error: sometimes",
      ":1: 'sometimes' is no value for on_error: accept or tempfail" },
    { "choice-block", "log_to: {a: b}",
      ":1: a block of keys is no value for log_to: auto, stderr, syslog or journal" },
    { "host-bits", "networks:\n- {cidr: 198.51.100.5/25}",
      ":2: 198.51.100.5/25 has host bits set: 198.51.100.0/25 is the network" },
    { "host-bits-6", "networks:\n- {cidr: '2001:db8::f/33'}",
      ":2: 2001:db8::f/33 has host bits set: 2001:db8::/33 is the network" },
    { "bad-cidr", "networks:\n- {cidr: 198.51.100.0/33}",
      ":2: '198.51.100.0/33' is no value for cidr: a network such as 198.51.100.0/25 or "
      "2001:db8::/32" },
    { "no-cidr", "networks:\n- {relay: a}", ":2: a network without cidr" },
    { "bad-network-key", "networks:\n- {cidr: 192.0.2.0/24, name: a}",
      ":2: unknown key of a network 'name': known are cidr, relay, provider, since or until" },
    { "networks-no-list", "networks: 192.0.2.0/24",
      ":1: '192.0.2.0/24' is no value for networks: a list of blocks, each with a cidr" },
    { "network-no-block", "networks: [192.0.2.0/24]",
      ":1: '192.0.2.0/24' is no value for networks: a block of keys" },
    { "twice", "networks:\n- {cidr: 192.0.2.0/24}\n- {cidr: 192.0.2.0/24, since: 2024-01-01}",
      ":3: 192.0.2.0/24 stands in line 2 already, for the same time" },
    { "backwards", "networks:\n- {cidr: 192.0.2.0/24, since: 2024-01-02, until: 2024-01-01}",
      ":2: until is before since" },
    { "no-such-day", "networks:\n- {cidr: 192.0.2.0/24, since: 2023-02-29}",
      ":2: '2023-02-29' is no value for since: a date such as 2024-03-01, in UTC" },
    { "mode", "socket_mode: \"0888\"",
      ":1: '0888' is no value for socket_mode: permission bits such as \"0660\"" },
    { "mode-sticky", "socket_mode: \"1777\"",
      ":1: '1777' is no value for socket_mode: permission bits such as \"0660\"" },
    { "web-for-all", "web: {listen: 'inet:8895@0.0.0.0'}",
      ":1: 'inet:8895@0.0.0.0' is no value for listen: this machine alone: "
      "inet:PORT@127.0.0.1, inet6:PORT@::1 or unix:/path" },
    { "no-host", "listen: inet:8894",
      ":1: 'inet:8894' is no value for listen: unix:/path (at most 107 bytes), inet:PORT@HOST or "
      "inet6:PORT@HOST" },
    { "port-range", "listen: inet:65536@localhost",
      ":1: 'inet:65536@localhost' is no value for listen: unix:/path (at most 107 bytes), "
      "inet:PORT@HOST or inet6:PORT@HOST" },
    { "relative-socket", "listen: unix:milter.sock",
      ":1: 'unix:milter.sock' is no value for listen: unix:/path (at most 107 bytes), "
      "inet:PORT@HOST or inet6:PORT@HOST" },
    { "glob-without-domain", "watch: [abuse]",
      ":1: 'abuse' is no value for watch: recipients have a domain: NAME@* or NAME@example.org" },
    { "glob-in-brackets", "watch: ['*', '<abuse@*>']",
      ":1: '<abuse@*>' is no value for watch: recipients without blanks and angle brackets" },
    { "no-globs", "watch: []", ":1: a list is no value for watch: a list of texts" },
    { "empty-glob", "watch: ['']", ":1: '' is no value for watch: a text" },
    { "log-kind", "log: mysql://x",
      ":1: 'mysql://x' is no value for log: sqlite:/path, postgresql://host/database or none" },
    { "negative-wait", "log_wait: -1s",
      ":1: '-1s' is no value for log_wait: a duration such as 2s or 500ms, at most 60s" },
    { "no-unit", "log_wait: 2",
      ":1: '2' is no value for log_wait: a duration such as 2s or 500ms, at most 60s" },
    { "long-wait", "log_wait: 9223372036854775807min",
      ":1: '9223372036854775807min' is no value for log_wait: a duration such as 2s or 500ms, at "
      "most 60s" },
    { "bool", "keep_text: maybe", ":1: 'maybe' is no value for keep_text: true or false" },
    { "relative-scenarios", "scenarios: [/a, b]",
      ":1: 'b' is no value for scenarios: paths from the root" },
    { "prefix-injects", "header_prefix: \"X: y\\r\\nZ-\"",
      ":1: 'X: y\r\nZ-' is no value for header_prefix: letters, digits and '-', with a '-' at the "
      "end" },
    { "empty-prefix", "header_prefix: ''",
      ":1: '' is no value for header_prefix: letters, digits and '-', with a '-' at the end" },
    { "tiny", "message_limit: 1KiB",
      ":1: '1KiB' is no value for message_limit: a size such as 4MiB, from 64KiB to 1024MiB" },
    { "huge", "memory_limit: 999999999999GiB",
      ":1: '999999999999GiB' is no value for memory_limit: a size such as 4MiB, from 1024KiB to "
      "16384MiB" },
    { "memory-below-message", "message_limit: 8MiB\nmemory_limit: 4MiB",
      ":2: memory_limit is less than message_limit: a mail could not even be held" },
    { "total-below-one-mail", "memory_total: 99MiB",
      ":1: memory_total is less than memory_limit, message_limit and 32MiB together: no mail could "
      "be judged" },
    { "no-time", "time_limit: 5ms",
      ":1: '5ms' is no value for time_limit: a duration such as 2s or 500ms, from 10ms to 600s" },
    { "nobody-judges", "max_judging: 0",
      ":1: '0' is no value for max_judging: a whole number from 1 to 1000" },
    { "actions-no-list", "actions: {subject_tag: x}",
      ":1: a block of keys is no value for actions: a list of blocks, each with something to do" },
    { "action-no-block", "actions:\n- subject_tag",
      ":2: 'subject_tag' is no value for actions: a block of keys" },
    { "action-key", "actions:\n- {subject: x}",
      ":2: unknown key of an action 'subject': known are scenario, priority, subject_tag, "
      "add_recipient, redirect or quarantine" },
    { "action-of-nothing", "\nactions:\n- {priority: high}",
      ":3: an action that does nothing: it wants subject_tag, add_recipient, redirect or "
      "quarantine" },
    { "action-priority", "actions:\n- {subject_tag: x,\n   priority: [low,\n     highest]}",
      ":4: 'highest' is no value for priority: low, normal, high or urgent" },
    { "tag-placeholder", "actions: [{subject_tag: '[{kind}]'}]",
      ":1: '[{kind}]' is no value for subject_tag: at most 60 printable ASCII characters; "
      "{scenario} and {priority} stand for those" },
    { "tag-injects", "actions: [{subject_tag: \"a\\r\\nX-Evil: b\"}]",
      ":1: 'a\r\nX-Evil: b' is no value for subject_tag: at most 60 printable ASCII characters; "
      "{scenario} and {priority} stand for those" },
    { "recipient", "actions: [{add_recipient: oncall}]",
      ":1: 'oncall' is no value for add_recipient: an address such as oncall@example.net" },
    { "two-recipients", "actions: [{add_recipient: 'a@b.example,c@d.example'}]",
      ":1: 'a@b.example,c@d.example' is no value for add_recipient: an address such as "
      "oncall@example.net" },
    { "redirect", "actions: [{redirect: abuse@example.net}]",
      ":1: 'abuse@example.net' is no value for redirect: what the MTA's recipient delimiter "
      "begins, such as +{scenario} or +abuse-{priority}" },
    { "quarantine", "actions: [{quarantine: [a]}]",
      ":1: a list is no value for quarantine: at most 60 printable ASCII characters; {scenario} "
      "and {priority} stand for those" },
    { "tor-no-block", "tor: yes", ":1: 'yes' is no value for tor: a block of keys" },
    { "tor-key", "tor: {exitpolicy: 'accept *:*'}",
      ":1: unknown key of tor 'exitpolicy' (did you mean 'exit_policy'?)" },
    { "tor-policy-in-a-line", "\ntor: {exit_policy: 'accept *:80,reject'}",
      ":2: 'reject' in an exit policy: expected one ADDRESS:PORT, such as *:25, "
      "203.0.113.0/24:80-443 or [2001:db8::]/32:*" },
    { "tor-policy-below", "tor:\n  exit_policy: |\n    reject *:25\n\n    acept *:*\n",
      ":5: 'acept' in an exit policy: expected accept, reject, accept6 or reject6" },
    { "tor-policy-list", "tor:\n  exit_policy:\n  - reject *:25\n  - accept *\n  - accept *:0\n",
      ":5: '0' in an exit policy: expected a port from 1 to 65535, a range such as 80-443, or *" },
    { "tor-control", "tor: {control: /run/tor/control}",
      ":1: '/run/tor/control' is no value for control: unix:/path or HOST:PORT, such as "
      "127.0.0.1:9051" },
    { "tor-control-port", "tor: {control: '127.0.0.1:90510'}",
      ":1: '127.0.0.1:90510' is no value for control: unix:/path or HOST:PORT, such as "
      "127.0.0.1:9051" },
    { "tor-lists", "tor: {exit_lists: exit-addresses}",
      ":1: 'exit-addresses' is no value for exit_lists: paths from the root" },
    { "tor-bool", "tor: {ipv6_exit: 2}", ":1: '2' is no value for ipv6_exit: true or false" },
    { "two-words", "user: a b", ":1: 'a b' is no value for user: one word of ASCII" },
};

static void
test_bad (gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE (data);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = parse (bad[i].text, mistakes);
    g_autofree char *want = g_strconcat ("t.yaml", bad[i].mistake, "\n", NULL);
    g_autofree char *told = mistakes_text (mistakes);

    g_assert_null (s);
    g_assert_cmpstr (told, ==, want);
}

static PolicyVerdict
policy_of (const Settings *s, const char *address, guint port)
{
    Ip ip;

    g_assert_true (ip_parse (span_of (address), &ip));
    return exit_policy_judge (s->tor.policy, NULL, &ip, port);
}

static void
test_tor (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) none = settings_defaults ();
    g_autoptr (Settings) empty = parse ("tor: {}", mistakes);
    g_autoptr (Settings) s = parse ("tor:\n"
                                    "  exit_policy: |\n"
                                    "    ExitPolicy reject *:4321 # mine\n"
                                    "  control: '[::1]:9051'\n"
                                    "  control_password: x y\n"
                                    "  exit_lists: [/var/a, /var/b]\n",
                                    mistakes);
    g_autoptr (Settings) six =
        parse ("tor: {reduced: yes, ipv6_exit: yes, reject_private: no}", mistakes);

    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    g_assert_false (none->tor.configured);
    g_assert_false (empty->tor.configured);
    g_assert_null (empty->tor.policy);
    g_assert_true (none->tor.reject_private);
    g_assert_true (s->tor.configured);
    g_assert_cmpstr (s->tor.control, ==, "[::1]:9051");
    g_assert_cmpstr (s->tor.control_password, ==, "x y");
    g_assert_cmpstr (s->tor.exit_lists[1], ==, "/var/b");
    g_assert_cmpint (policy_of (s, "192.0.2.1", 4321), ==, POLICY_REJECT);
    g_assert_cmpint (policy_of (s, "192.0.2.1", 25), ==, POLICY_REJECT); /* tor's default */
    g_assert_cmpint (policy_of (s, "192.0.2.1", 80), ==, POLICY_ACCEPT);
    g_assert_cmpint (policy_of (s, "10.0.0.1", 80), ==, POLICY_REJECT);
    g_assert_cmpint (policy_of (s, "2001:db8::1", 80), ==, POLICY_REJECT);
    g_assert_cmpint (policy_of (six, "2001:db8::1", 80), ==, POLICY_ACCEPT);
    g_assert_cmpint (policy_of (six, "10.0.0.1", 80), ==, POLICY_ACCEPT);
    g_assert_cmpint (policy_of (six, "192.0.2.1", 4322), ==, POLICY_REJECT);
}

static void
test_all_at_once (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = parse ("lissten: x\non_error: never\nnetworks:\n"
                                    "- {cidr: 192.0.2.1/24, since: soon}\n- {}\nuser: [a]\n",
                                    mistakes);

    g_assert_null (s);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 6);
    g_assert_cmpstr (mistakes_get (mistakes, 5), ==,
                     "t.yaml:6: a list is no value for user: a text");
}

static void
test_watches (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = parse ("watch: [abuse@*, '*@noc.example.org']", mistakes);

    g_assert_true (settings_watches (s, "<abuse@example.org>"));
    g_assert_true (settings_watches (s, "ABUSE@example.org"));
    g_assert_true (settings_watches (s, "<who@noc.example.org>"));
    g_assert_false (settings_watches (s, "<noabuse@example.org>"));
    g_assert_false (settings_watches (s, ""));
    g_assert_false (settings_watches (s, "<>"));
}

static gint
network_of (const Settings *s, const char *text)
{
    Ip ip;

    g_assert_true (ip_parse (span_of (text), &ip));
    return settings_network_of (s, &ip);
}

static void
test_networks (void)
{
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s =
        parse ("networks:\n"
               "- {cidr: 198.51.100.0/24, provider: Example Hosting}\n"
               "- {cidr: 198.51.100.0/25, relay: quokka1, since: 2024-03-01, until: 2024-03-02}\n"
               "- {cidr: 198.51.100.7}\n"
               "- {cidr: '2001:db8::/32'}\n"
               "- {cidr: 203.0.113.0/24, until: 2023-01-01}\n"
               "- {cidr: 203.0.113.0/24, since: 2025-01-01}\n"
               "- {cidr: 203.0.113.0/24, since: 2024-01-01, until: 2024-06-01}\n",
               mistakes);
    Ip none = { .family = 0 };

    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    g_assert_cmpuint (s->n_networks, ==, 7);
    g_assert_cmpint (s->networks[1].since_unix_s, ==, 1709251200);
    g_assert_cmpint (s->networks[1].until_unix_s, ==, 1709251200 + 2 * 86400 - 1);
    g_assert_cmpint (s->networks[0].since_unix_s, ==, G_MININT64);
    g_assert_cmpstr (s->networks[1].relay, ==, "quokka1");
    g_assert_cmpuint (s->networks[1].line, ==, 3);
    g_assert_cmpint (network_of (s, "198.51.100.7"), ==, 2);
    g_assert_cmpint (network_of (s, "198.51.100.8"), ==, 1);
    g_assert_cmpint (network_of (s, "198.51.100.127"), ==, 1);
    g_assert_cmpint (network_of (s, "198.51.100.128"), ==, 0);
    g_assert_cmpint (network_of (s, "198.51.101.0"), ==, -1);
    g_assert_cmpint (network_of (s, "2001:db8:ffff::1"), ==, 3);
    g_assert_cmpint (network_of (s, "2001:db9::1"), ==, -1);
    g_assert_cmpint (network_of (s, "203.0.113.9"), ==, 5); /* the latest of three times */
    g_assert_cmpint (settings_network_of (s, &none), ==, -1);
}

/* Against the plain way: every network asked, the longest prefix wins. */
static void
test_many_networks (void)
{
    g_autoptr (GString) text = g_string_new ("networks:\n- {cidr: 0.0.0.0/0}\n- {cidr: '::/0'}\n");
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) s = NULL;

    for (guint i = 0; i < 256; i++)
        g_string_append_printf (text, "- {cidr: 10.%u.%u.0/%u}\n", i, (i * 4) % 256, 22 + i % 3);
    s = parse (text->str, mistakes);
    g_assert_cmpuint (mistakes_count (mistakes), ==, 0);
    for (guint i = 0; i < 20000; i++) {
        guint32 r = g_random_int ();
        Ip ip = { 4, { 10, (guint8)r, (guint8)(r >> 8), (guint8)(r >> 16) } };
        gint best = -1;

        for (guint j = 0; j < s->n_networks; j++)
            if (ipnet_contains (&s->networks[j].net, &ip) &&
                (best < 0 || s->networks[j].net.bits > s->networks[best].net.bits))
                best = (gint)j;
        g_assert_cmpint (settings_network_of (s, &ip), ==, best);
    }
}

static char *
read_sample (void)
{
    char *text = NULL;

    g_assert_true (g_file_get_contents ("dist/abuse-milter.yaml", &text, NULL, NULL));
    return text;
}

static void
test_sample_loads (void)
{
    g_autofree char *text = read_sample ();
    g_autoptr (GRegex) comment = g_regex_new (
        "^#(?=[a-z_]+: |networks:$|tor:$|actions:$|reply:$|web:$|  links:$|  -|  [a-z_]+: |    )",
        G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *all = g_regex_replace_literal (comment, text, -1, 0, "", 0, NULL);
    g_autoptr (Mistakes) mistakes = mistakes_new ();
    g_autoptr (Settings) as_is = parse (text, mistakes);
    g_autoptr (Settings) uncommented = parse (all, mistakes);
    g_autofree char *told = mistakes_text (mistakes);

    g_assert_cmpstr (told, ==, "");
    g_assert_cmpuint (as_is->n_networks, ==, 0);
    g_assert_cmpuint (uncommented->n_networks, ==, 2);
    g_assert_nonnull (uncommented->tor.policy);
    g_assert_cmpstr (uncommented->tor.control, ==, "unix:/run/tor/control");
    g_assert_cmpstr (uncommented->socket_group, ==, "postfix");
    g_assert_cmpstr (uncommented->reply.from, ==, "abuse@example.net");
    g_assert_cmpstr (uncommented->reply.links.relay, ==, as_is->reply.links.relay);
    g_assert_cmpuint (uncommented->n_actions, ==, 3);
}

/* Each key of the table stands in the sample, with its default where it has one. */
static void
test_sample_is_complete (void)
{
    g_autofree char *sample = read_sample ();
    g_autofree char *described = settings_describe ();
    g_auto (GStrv) lines = g_strsplit (described, "\n", -1);
    guint keys = 0;

    for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        g_autofree char *key = g_strndup (lines[i], strcspn (lines[i], " "));
        const char *next = lines[i + 1] + strspn (lines[i + 1], " ");
        const char *value =
            g_str_has_prefix (next, "default: ") ? next + strlen ("default: ") : NULL;
        g_autoptr (GString) line = g_string_new (NULL);

        if (key[0] == '\0')
            continue;
        keys++;
        g_string_printf (line, "\n#%s:%s%s%s", key, value ? " " : "", value ? value : "",
                         value ? "\n" : "");
        g_string_replace (line, ABUSE_MILTER_DATADIR, "/usr/local/share/abuse-milter", 0);
        g_test_message ("%s", line->str);
        g_assert_nonnull (strstr (sample, line->str));
    }
    g_assert_cmpuint (keys, >=, 18);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/settings/defaults/are-the-contract", test_defaults);
    g_test_add_func ("/settings/load/every-key", test_every_key);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autofree char *path = g_strconcat ("/settings/mistakes/", bad[i].name, NULL);

        g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
    g_test_add_func ("/settings/tor/the-block", test_tor);
    g_test_add_func ("/settings/mistakes/all-at-once", test_all_at_once);
    g_test_add_func ("/settings/watches/recipients", test_watches);
    g_test_add_func ("/settings/networks/the-narrowest", test_networks);
    g_test_add_func ("/settings/networks/many-as-one-by-one", test_many_networks);
    g_test_add_func ("/settings/sample/loads", test_sample_loads);
    g_test_add_func ("/settings/sample/is-complete", test_sample_is_complete);
    return g_test_run ();
}
