#include "know/want.h"
#include "base/nearest.h"
#include "base/span.h"
#include <math.h>

void
want_refuse (Want *w, const YamlNode *n, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    mistakes_add (w->mistakes, w->file, yaml_line (n), "%s", text);
}

gboolean
want_no_value (Want *w, const YamlNode *n, const char *key, const char *expected)
{
    static const char *const kinds[] = { "a text", "a list", "a block of keys" };

    if (yaml_kind (n) == YAML_SCALAR)
        want_refuse (w, n, "'%s' is no value for %s: %s", yaml_text (n), key, expected);
    else
        want_refuse (w, n, "%s is no value for %s: %s", kinds[yaml_kind (n)], key, expected);
    return FALSE;
}

char *
want_choice (const char *const *words)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; words[i] != NULL; i++) {
        if (i > 0)
            g_string_append (text, words[i + 1] != NULL ? ", " : " or ");
        g_string_append (text, words[i]);
    }
    return g_string_free (text, FALSE);
}

void
want_unknown (Want *w, const YamlNode *n, const char *what, const char *const *known)
{
    const char *nearest = nearest_word (yaml_text (n), known);
    g_autofree char *choice = NULL;

    if (nearest != NULL) {
        want_refuse (w, n, "unknown %s '%s' (did you mean '%s'?)", what, yaml_text (n), nearest);
        return;
    }
    choice = want_choice (known);
    want_refuse (w, n, "unknown %s '%s': known are %s", what, yaml_text (n), choice);
}

gboolean
want_map (Want *w, const YamlNode *n, const char *key)
{
    return yaml_kind (n) == YAML_MAP || want_no_value (w, n, key, "a block of keys");
}

const char *
want_text (Want *w, const YamlNode *n, const char *key)
{
    const char *text = yaml_text (n);

    if (text == NULL || text[0] == '\0') {
        want_no_value (w, n, key, "a text");
        return NULL;
    }
    return text;
}

const char *const *
want_texts (Want *w, const YamlNode *n, const char *key)
{
    gboolean list = yaml_kind (n) == YAML_LIST;
    guint count = list ? yaml_length (n) : 1;
    const char **texts = arena_new0 (w->arena, const char *, count + 1);
    gboolean good = TRUE;

    if (yaml_kind (n) == YAML_MAP || count == 0) {
        want_no_value (w, n, key, "a list of texts");
        return NULL;
    }
    for (guint i = 0; i < count; i++) {
        texts[i] = want_text (w, want_item (n, i), key);
        good = good && texts[i] != NULL;
    }
    return good ? texts : NULL;
}

const YamlNode *
want_item (const YamlNode *n, guint i)
{
    return yaml_kind (n) == YAML_LIST ? yaml_item (n, i) : n;
}

gboolean
want_bool (Want *w, const YamlNode *n, const char *key, gboolean *ret)
{
    static const char *const words[] = { "false", "true", "no", "yes", "off", "on" };

    for (guint i = 0; yaml_text (n) != NULL && i < G_N_ELEMENTS (words); i++)
        if (g_ascii_strcasecmp (yaml_text (n), words[i]) == 0) {
            *ret = i % 2 == 1;
            return TRUE;
        }
    return want_no_value (w, n, key, "true or false");
}

gboolean
want_int (Want *w, const YamlNode *n, const char *key, gint64 min, gint64 max, gint64 *ret)
{
    Span text = span_of (yaml_text (n));
    g_autofree char *expected = NULL;
    gint64 v;

    if (text.p != NULL && span_int64 (&text, &v) && text.p == text.end && v >= min && v <= max) {
        *ret = v;
        return TRUE;
    }
    expected =
        g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
    return want_no_value (w, n, key, expected);
}

gboolean
want_real (Want *w, const YamlNode *n, const char *key, double min, double max, double *ret)
{
    const char *text = yaml_text (n);
    g_autofree char *expected = NULL;
    char *end = NULL;
    double v = text != NULL ? g_ascii_strtod (text, &end) : 0;

    if (text != NULL && end != text && *end == '\0' && isfinite (v) && v >= min && v <= max) {
        *ret = v;
        return TRUE;
    }
    expected = g_strdup_printf ("a number from %g to %g", min, max);
    return want_no_value (w, n, key, expected);
}

gboolean
want_word (Want *w, const YamlNode *n, const char *key, const char *const *words, guint *ret)
{
    g_autofree char *choice = NULL;

    for (guint i = 0; yaml_text (n) != NULL && words[i] != NULL; i++)
        if (strcmp (yaml_text (n), words[i]) == 0) {
            *ret = i;
            return TRUE;
        }
    choice = want_choice (words);
    return want_no_value (w, n, key, choice);
}
