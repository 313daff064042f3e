#include "base/json.h"
#include <jansson.h>

#undef json_is_object /* jansson's macro would stand in for our function */

#define REAL_DIGITS 15 /* as many as every double keeps: 0.97 comes back as 0.97 */

Json *
json_new_object (void)
{
    return json_object ();
}

Json *
json_new_list (void)
{
    return json_array ();
}

Json *
json_new_text (const char *text)
{
    return text != NULL ? json_new_span (span_of (text)) : json_null ();
}

Json *
json_new_span (Span text)
{
    g_autofree char *valid =
        g_utf8_make_valid (text.p != NULL ? text.p : "", (gssize)span_left (text));

    return json_string (valid);
}

Json *
json_new_int (gint64 v)
{
    return json_integer (v);
}

Json *
json_new_real (double v, guint decimals)
{
    double scale = 1.0, scaled;

    for (guint i = 0; i < decimals; i++)
        scale *= 10.0;
    scaled = v * scale + (v < 0.0 ? -0.5 : 0.5);
    if (!(scaled > (double)-G_MAXINT64 && scaled < (double)G_MAXINT64)) /* NaN too */
        return json_null ();
    return json_real ((double)(gint64)scaled / scale);
}

Json *
json_new_bool (gboolean v)
{
    return json_boolean (v);
}

Json *
json_new_null (void)
{
    return json_null ();
}

void
json_put (Json *object, const char *key, Json *value)
{
    json_object_set_new (object, key, value);
}

void
json_add (Json *list, Json *value)
{
    json_array_append_new (list, value);
}

char *
json_line (const Json *j)
{
    char *line = json_dumps (j, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (REAL_DIGITS));
    char *copy = g_strdup (line);

    free (line);
    return copy;
}

void
json_free (Json *j)
{
    json_decref (j);
}

/* jansson descends by recursion and its own bound is 2048: ours comes first. */
static gboolean
too_deep (Span text)
{
    guint depth = 0;
    gboolean quoted = FALSE;

    for (const char *p = text.p; p < text.end; p++) {
        if (quoted && *p == '\\')
            p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (!quoted && (*p == '{' || *p == '['))
            depth++;
        else if (!quoted && (*p == '}' || *p == ']') && depth > 0)
            depth--;
        if (depth > JSON_MAX_DEPTH)
            return TRUE;
    }
    return FALSE;
}

static const char *
defect_of (const json_error_t *error)
{
    switch (json_error_code (error)) {
    case json_error_premature_end_of_input:
        return "JSON ends too early";
    case json_error_end_of_input_expected:
        return "something follows the JSON value";
    case json_error_invalid_utf8:
        return "JSON is not UTF-8";
    case json_error_numeric_overflow:
        return "JSON holds a number that is too large";
    default:
        return "JSON is not well-formed";
    }
}

Json *
json_read (Span text, const char **ret_defect)
{
    json_error_t error;
    Json *j;

    text = span_trim (text);
    if (span_lit (&text, "\xEF\xBB\xBF"))
        text = span_trim (text);
    if (span_left (text) == 0) {
        *ret_defect = "JSON is empty";
        return NULL;
    }
    if (too_deep (text)) {
        *ret_defect = "JSON is nested too deeply";
        return NULL;
    }
    j = json_loadb (text.p, span_left (text), JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (j == NULL)
        *ret_defect = defect_of (&error);
    return j;
}

static gboolean
is_a (const Json *j, json_type type)
{
    return j != NULL && json_typeof (j) == type;
}

gboolean
json_is_object (const Json *j)
{
    return is_a (j, JSON_OBJECT);
}

gboolean
json_is_list (const Json *j)
{
    return is_a (j, JSON_ARRAY);
}

const char *
json_text (const Json *j)
{
    return json_string_value (j); /* NULL of anything else */
}

gboolean
json_int (const Json *j, gint64 *ret)
{
    const char *text = json_text (j);
    Span digits = text != NULL ? span_trim (span_of (text)) : span_of (NULL);
    gint64 v;

    if (is_a (j, JSON_INTEGER)) {
        *ret = json_integer_value (j);
        return TRUE;
    }
    if (!span_int64 (&digits, &v) || digits.p != digits.end)
        return FALSE;
    *ret = v;
    return TRUE;
}

gboolean
json_bool (const Json *j, gboolean *ret)
{
    if (!is_a (j, JSON_TRUE) && !is_a (j, JSON_FALSE))
        return FALSE;
    *ret = is_a (j, JSON_TRUE);
    return TRUE;
}

gboolean
json_double (const Json *j, double *ret)
{
    if (!is_a (j, JSON_REAL) && !is_a (j, JSON_INTEGER))
        return FALSE;
    *ret = json_number_value (j);
    return TRUE;
}

const Json *
json_get (const Json *object, const char *key)
{
    return json_object_get (object, key); /* NULL of anything but an object */
}

gsize
json_length (const Json *list)
{
    return json_array_size (list); /* 0 of anything but a list */
}

const Json *
json_item (const Json *list, gsize i)
{
    return json_array_get (list, i);
}

void
json_each (const Json *object, JsonVisit visit, gpointer data)
{
    json_t *tree = (json_t *)object; /* jansson's iterator wants it so, and changes nothing */

    for (void *at = json_object_iter (tree); at != NULL; at = json_object_iter_next (tree, at))
        visit (json_object_iter_key (at), json_object_iter_value (at), data);
}
