#include "know/rules.h"
#include <string.h>

static void
add (GChecksum *sum, const char *text)
{
    if (text != NULL)
        g_checksum_update (sum, (const guchar *)text, -1);
    g_checksum_update (sum, (const guchar *)"", 1); /* "ab", "c" is not "a", "bc" */
}

static void
add_number (GChecksum *sum, double n)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    add (sum, g_ascii_dtostr (text, sizeof text, n));
}

static void
add_words (GChecksum *sum, const char *const *words)
{
    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        add (sum, words[i]);
    add (sum, NULL);
}

static void
add_rule (GChecksum *sum, const Rule *rule)
{
    add (sum, rule->name);
    add_number (sum, rule->test);
    add_number (sum, rule->weight);
    add_number (sum, rule->zones);
    add (sum, rule->regex);
    add (sum, rule->field);
    add_words (sum, rule->words);
    for (guint i = 0; i < rule->n_ports; i++) {
        add_number (sum, rule->ports[i].from);
        add_number (sum, rule->ports[i].to);
    }
    add_number (sum, rule->min);
    add_number (sum, rule->max);
}

static void
add_class (GChecksum *sum, const Class *c)
{
    add_number (sum, c->kind);
    add (sum, c->id);
    add_number (sum, c->priority);
    add_number (sum, c->bias);
    add_number (sum, c->threshold);
    add_words (sum, c->requires_);
    for (guint i = 0; i < c->n_rules; i++)
        add_rule (sum, &c->rules[i]);
}

void
rules_digest (const Rules *r, char ret[RULES_DIGEST_LEN + 1])
{
    GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);

    for (guint i = 0; i < r->n_classes; i++)
        add_class (sum, &r->classes[i]);
    g_strlcpy (ret, g_checksum_get_string (sum), RULES_DIGEST_LEN + 1);
    g_checksum_free (sum);
}
