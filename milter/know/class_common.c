/* The questions that are asked of every complaint: demands, complainants, awareness, urgency. */
#include "know/class.h"

static gboolean
good_id (RuleReader *r, ClassKind kind, const YamlNode *id)
{
    Demand demand;
    ComplainantKind complainant;
    gboolean good = TRUE;

    if (kind == CLASS_DEMAND)
        good = demand_from_name (yaml_text (id), &demand);
    else if (kind == CLASS_COMPLAINANT)
        good = complainant_from_name (yaml_text (id), &complainant);
    else if (kind == CLASS_AWARENESS)
        good = strcmp (yaml_text (id), "tor-aware") == 0;
    if (!good)
        want_refuse (&r->want, id, "'%s' is no known %s", yaml_text (id), class_kind_names[kind]);
    return good;
}

static gboolean
read_kind (RuleReader *r, const YamlNode *root, ClassKind *ret)
{
    static const char *const kinds[] = { "demand", "complainant", "awareness", "urgency",
                                         "topic",  "reply",       NULL };
    const YamlNode *n = yaml_get (root, "kind");
    guint i = 0;

    if (n == NULL) {
        want_refuse (&r->want, root,
                     "no kind: demand, complainant, awareness, urgency, topic or reply");
        return FALSE;
    }
    if (!want_word (&r->want, n, "kind", kinds, &i))
        return FALSE;
    *ret = (ClassKind)(CLASS_DEMAND + i);
    return TRUE;
}

static gboolean
read_classes (RuleReader *r, ClassKind kind, const YamlNode *map, GArray *classes)
{
    gboolean good = TRUE;

    for (guint i = 0; i < yaml_length (map); i++) {
        const YamlNode *id = yaml_key (map, i);
        Class c;

        good = good_id (r, kind, id) && good;
        good =
            class_read (r, kind, yaml_text (id), yaml_value (map, i), yaml_line (id), &c) && good;
        g_array_append_val (classes, c);
    }
    return good;
}

static gboolean
is_of_replies (const YamlNode *root)
{
    const YamlNode *kind = yaml_get (root, "kind");

    return kind != NULL && yaml_text (kind) != NULL && strcmp (yaml_text (kind), "reply") == 0;
}

gboolean
class_read_common (RuleReader *r, const YamlNode *root, GArray *classes)
{
    static const char *const known[] = { "kind", "classes", NULL };
    const YamlNode *map;
    gboolean good = TRUE;
    ClassKind kind;

    if (!want_map (&r->want, root, "a file of common questions"))
        return FALSE;
    if (is_of_replies (root))
        return reply_texts_read (r->replies, &r->want, root, NULL, NULL);
    if (!read_kind (r, root, &kind))
        return FALSE;
    for (guint i = 0; i < yaml_length (root); i++)
        if (!g_strv_contains (known, yaml_text (yaml_key (root, i)))) {
            want_unknown (&r->want, yaml_key (root, i), "key of a common file", known);
            good = FALSE;
        }
    map = yaml_get (root, "classes");
    if (map == NULL) {
        want_refuse (&r->want, root, "no classes");
        return FALSE;
    }
    return want_map (&r->want, map, "classes") && read_classes (r, kind, map, classes) && good;
}
