#include "shell/scenario_page.h"
#include "base/clean.h"
#include "know/signal_tests.h"
#include <stdio.h>

#define TEXT_MAX 4000 /* bytes of one regex or text of a scenario */

static void
print_safe (const char *before, const char *text, const char *after)
{
    g_autofree char *safe = clean_terminal (span_of (text), TEXT_MAX);

    printf ("%s%s%s", before, safe, after);
}

static void
print_value (const char *name, const char *value)
{
    g_autofree char *label = g_strdup_printf ("  %-12s ", name);

    if (value != NULL)
        print_safe (label, value, "\n");
}

static void
print_names (const char *name, const char *const *names)
{
    g_autofree char *joined = names != NULL ? g_strjoinv (", ", (char **)names) : NULL;

    print_value (name, joined);
}

static const char *
test_key (TestKind test)
{
    for (guint i = 0; i < N_TESTS; i++)
        if (signal_tests[i].test == test)
            return signal_tests[i].key;
    g_assert_not_reached ();
}

static char *
zones_text (guint zones)
{
    GString *text = g_string_new (NULL);

    for (guint z = 0; z < N_ZONES; z++)
        if (zones & 1u << z)
            g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", zone_name ((Zone)z));
    return g_string_free (text, FALSE);
}

static void
add_ports (GString *text, const PortRange *ports, const char *before)
{
    g_string_append_printf (text, "%s%u", before, ports->from);
    if (ports->to != ports->from)
        g_string_append_printf (text, "-%u", ports->to);
}

/* What a test asks for, as it is written: "22, 2222-2230", "2 or more". */
static char *
asked_text (const Rule *rule)
{
    GString *text = g_string_new (rule->regex);

    if (rule->field != NULL)
        g_string_append_printf (text, "%s is ", rule->field);
    for (guint i = 0; rule->words != NULL && rule->words[i] != NULL; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", rule->words[i]);
    for (guint i = 0; i < rule->n_ports; i++)
        add_ports (text, &rule->ports[i], i > 0 ? ", " : "");
    if (text->len == 0 && rule->max == G_MAXUINT)
        g_string_append_printf (text, "%u or more", rule->min);
    else if (text->len == 0)
        g_string_append_printf (text, "%u to %u", rule->min, rule->max);
    return g_string_free (text, FALSE);
}

static void
print_signal (const Rule *rule)
{
    g_autofree char *zones = zones_text (rule->zones), *asked = asked_text (rule);

    printf ("  %+5.1f  %s", rule->weight, rule->name);
    if (rule->test == TEST_REGEX)
        printf ("  in %s", zones);
    printf ("\n         %s: ", test_key (rule->test));
    print_safe ("", asked, "\n");
}

static void
print_when (ReplyWhen when)
{
    const char *before = "  [if ";

    for (guint i = 0; i < N_REPLY_CONDITIONS; i++) {
        gboolean no = (when.forbids >> i & 1) != 0;

        if (no || (when.needs >> i & 1) != 0) {
            printf ("%s%s%s", before, no ? "not " : "", reply_conditions[i]);
            before = ", ";
        }
    }
    if (*before == ',')
        puts ("]");
}

static void
print_reply (const char *part, const ReplyText *reply)
{
    printf ("\nReply: %s\n", part);
    for (guint i = 0; i < reply->items.n; i++) {
        const ReplyItem *item = &reply->items.items[i];

        print_when (item->when);
        if (item->kind == REPLY_USE)
            print_safe ("  -> ", yaml_text (item->use), "\n");
        for (guint k = 0; k < item->words.n; k++) {
            print_when (item->words.items[k].when);
            print_safe ("  ", item->words.items[k].text, "\n");
        }
    }
}

void
scenario_page_print (const Class *c)
{
    g_autofree char *bias = g_strdup_printf ("%g", c->bias);
    g_autofree char *xarf =
        c->xarf_type != NULL ? g_strconcat (c->xarf_category, "/", c->xarf_type, NULL) : NULL;

    puts (c->id);
    print_value ("title", c->title);
    print_value ("description", c->description);
    print_value ("priority", priority_name (c->priority));
    print_value ("XARF", xarf);
    print_value ("bias", c->bias != 0 ? bias : NULL);
    print_value ("a port is", c->own_port ? "the accused's own, unless the mail says whose" : NULL);
    print_value ("its URLs are", c->withhold_urls ? "never repeated" : NULL);
    print_names ("requires", c->requires_);
    print_names ("look-alikes", c->lookalikes);
    print_value ("file", c->file);
    puts ("\nSignals");
    for (guint i = 0; i < c->n_rules; i++)
        print_signal (&c->rules[i]);
    for (guint i = 0; i < N_REPLY_PARTS; i++)
        if (c->reply[i] != NULL)
            print_reply (reply_parts[i], c->reply[i]);
}
