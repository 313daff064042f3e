#include "base/yaml.h"
#include "base/arena.h"
#include <errno.h>
#include <stdio.h>
#include <yaml.h>

struct YamlNode {
    YamlKind kind;
    gboolean plain, literal;
    guint line;
    const char *text; /* in the document */
    guint n;
    YamlNode *keys, *values; /* a list has values only */
};

struct Yaml {
    yaml_document_t document; /* owns the texts */
    Arena *arena;             /* owns the nodes */
    char *name;
    YamlNode root;
};

typedef struct Walk {
    Yaml *yaml;
    Mistakes *mistakes;
    guint nodes; /* with those that aliases repeat: a small file can name a large tree */
} Walk;

static gboolean take_node (Walk *w, int index, guint depth, YamlNode *ret);

static gboolean
refuse (Walk *w, guint line, const char *what)
{
    mistakes_add (w->mistakes, w->yaml->name, line, "%s", what);
    return FALSE;
}

static gboolean
take_scalar (Walk *w, const yaml_node_t *from, YamlNode *ret)
{
    ret->kind = YAML_SCALAR;
    ret->text = (const char *)from->data.scalar.value;
    ret->plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    ret->literal = from->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    if (strlen (ret->text) != from->data.scalar.length)
        return refuse (w, ret->line, "a text must not contain NUL");
    return TRUE;
}

static gboolean
take_list (Walk *w, const yaml_node_t *from, guint depth, YamlNode *ret)
{
    const yaml_node_item_t *item = from->data.sequence.items.start;
    gboolean good = TRUE;

    ret->kind = YAML_LIST;
    ret->n = (guint)(from->data.sequence.items.top - item);
    ret->values = arena_new0 (w->yaml->arena, YamlNode, ret->n);
    for (guint i = 0; i < ret->n && w->nodes <= YAML_MAX_NODES; i++)
        good = take_node (w, item[i], depth + 1, &ret->values[i]) && good;
    return good;
}

static gboolean
take_key (Walk *w, int index, GHashTable *seen, guint depth, YamlNode *ret)
{
    if (!take_node (w, index, depth + 1, ret))
        return FALSE;
    if (ret->kind != YAML_SCALAR)
        return refuse (w, ret->line, "a key must be a single word or text");
    if (!g_hash_table_add (seen, (gpointer)ret->text)) {
        mistakes_add (w->mistakes, w->yaml->name, ret->line, "'%s' is given twice", ret->text);
        return FALSE;
    }
    return TRUE;
}

static gboolean
take_map (Walk *w, const yaml_node_t *from, guint depth, YamlNode *ret)
{
    const yaml_node_pair_t *pair = from->data.mapping.pairs.start;
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
    gboolean good = TRUE;

    ret->kind = YAML_MAP;
    ret->n = (guint)(from->data.mapping.pairs.top - pair);
    ret->keys = arena_new0 (w->yaml->arena, YamlNode, ret->n);
    ret->values = arena_new0 (w->yaml->arena, YamlNode, ret->n);
    for (guint i = 0; i < ret->n && w->nodes <= YAML_MAX_NODES; i++) {
        good = take_key (w, pair[i].key, seen, depth, &ret->keys[i]) && good;
        good = take_node (w, pair[i].value, depth + 1, &ret->values[i]) && good;
    }
    return good;
}

static gboolean
take_node (Walk *w, int index, guint depth, YamlNode *ret)
{
    const yaml_node_t *from = yaml_document_get_node (&w->yaml->document, index);

    ret->line = (guint)from->start_mark.line + 1;
    if (++w->nodes == YAML_MAX_NODES + 1)
        refuse (w, ret->line, "more than " G_STRINGIFY (YAML_MAX_NODES) " values in one file");
    if (w->nodes > YAML_MAX_NODES)
        return FALSE;
    if (depth > YAML_MAX_DEPTH)
        return refuse (w, ret->line, "nested deeper than " G_STRINGIFY (YAML_MAX_DEPTH));
    switch (from->type) {
    case YAML_SCALAR_NODE:
        return take_scalar (w, from, ret);
    case YAML_SEQUENCE_NODE:
        return take_list (w, from, depth, ret);
    default:
        return take_map (w, from, depth, ret);
    }
}

/* The reader's own errors (bad UTF-8, control characters) know their offset only. */
static guint
problem_line (const yaml_parser_t *parser, const char *text, gsize len)
{
    guint line = 1;

    if (parser->error != YAML_READER_ERROR)
        return (guint)parser->problem_mark.line + 1;
    for (gsize i = 0; i < MIN (parser->problem_offset, len); i++)
        line += text[i] == '\n';
    return line;
}

static void
tell_problem (const yaml_parser_t *parser, const char *name, const char *text, gsize len,
              Mistakes *mistakes)
{
    const char *problem = parser->problem != NULL ? parser->problem : "out of memory";
    guint line = problem_line (parser, text, len);

    if (parser->context == NULL)
        mistakes_add (mistakes, name, line, "not valid YAML: %s", problem);
    else
        mistakes_add (mistakes, name, line, "not valid YAML: %s %s that starts in line %u", problem,
                      parser->context, (guint)parser->context_mark.line + 1);
}

static gboolean
is_nothing (const YamlNode *n) /* "---" with nothing below */
{
    return n->kind == YAML_SCALAR && n->plain && n->text[0] == '\0';
}

static gboolean
take_document (Walk *w)
{
    Yaml *y = w->yaml;

    if (yaml_document_get_root_node (&y->document) == NULL) {
        y->root = (YamlNode) { .kind = YAML_MAP, .line = 1 };
        return TRUE;
    }
    if (!take_node (w, 1, 1, &y->root)) /* libyaml numbers nodes from 1, the root first */
        return FALSE;
    if (is_nothing (&y->root))
        y->root = (YamlNode) { .kind = YAML_MAP, .line = 1 };
    return TRUE;
}

static gboolean
ends_here (yaml_parser_t *parser, const char *name, const char *text, gsize len, Mistakes *mistakes)
{
    yaml_document_t second;
    const yaml_node_t *root;

    if (!yaml_parser_load (parser, &second)) {
        tell_problem (parser, name, text, len, mistakes);
        return FALSE;
    }
    root = yaml_document_get_root_node (&second);
    if (root != NULL)
        mistakes_add (mistakes, name, (guint)root->start_mark.line + 1,
                      "a second document: one file holds one");
    yaml_document_delete (&second);
    return root == NULL;
}

static gboolean
parse (Yaml *y, yaml_parser_t *parser, const char *text, gsize len, Mistakes *mistakes)
{
    Walk walk = { .yaml = y, .mistakes = mistakes };

    yaml_parser_set_input_string (parser, (const unsigned char *)text, len);
    if (!yaml_parser_load (parser, &y->document)) {
        tell_problem (parser, y->name, text, len, mistakes);
        return FALSE;
    }
    if (!take_document (&walk))
        return FALSE;
    return yaml_document_get_root_node (&y->document) == NULL ||
           ends_here (parser, y->name, text, len, mistakes);
}

Yaml *
yaml_parse (const char *name, const char *text, gsize len, Mistakes *mistakes)
{
    g_autoptr (Yaml) y = g_new0 (Yaml, 1);
    yaml_parser_t parser;
    gboolean good = FALSE;

    y->name = g_strdup (name);
    y->arena = arena_new (G_MAXSIZE); /* YAML_MAX_NODES bounds it */
    if (len > YAML_MAX_BYTES) {
        mistakes_add (mistakes, name, 0, "longer than %d bytes", YAML_MAX_BYTES);
    } else if (!yaml_parser_initialize (&parser)) {
        mistakes_add (mistakes, name, 0, "out of memory");
    } else {
        good = parse (y, &parser, text, len, mistakes);
        yaml_parser_delete (&parser);
    }
    return good ? g_steal_pointer (&y) : NULL;
}

Yaml *
yaml_load (const char *path, Mistakes *mistakes)
{
    FILE *file = fopen (path, "re");
    g_autofree char *text = g_malloc (YAML_MAX_BYTES + 1);
    gsize len;
    int failed;

    if (file == NULL) {
        mistakes_add (mistakes, path, 0, "cannot be read: %s", g_strerror (errno));
        return NULL;
    }
    len = fread (text, 1, YAML_MAX_BYTES + 1, file);
    failed = ferror (file) ? errno : 0;
    fclose (file);
    if (failed != 0) {
        mistakes_add (mistakes, path, 0, "cannot be read: %s", g_strerror (failed));
        return NULL;
    }
    return yaml_parse (path, text, len, mistakes);
}

void
yaml_tree_free (Yaml *y)
{
    if (y == NULL)
        return;
    yaml_document_delete (&y->document);
    arena_free (y->arena);
    g_free (y->name);
    g_free (y);
}

const YamlNode *
yaml_root (const Yaml *y)
{
    return &y->root;
}

const char *
yaml_file (const Yaml *y)
{
    return y->name;
}

YamlKind
yaml_kind (const YamlNode *n)
{
    return n->kind;
}

guint
yaml_line (const YamlNode *n)
{
    return n->line;
}

const char *
yaml_text (const YamlNode *n)
{
    return n->text;
}

gboolean
yaml_literal (const YamlNode *n)
{
    return n->literal;
}

gboolean
yaml_plain (const YamlNode *n)
{
    return n->plain;
}

guint
yaml_length (const YamlNode *n)
{
    return n->n;
}

const YamlNode *
yaml_item (const YamlNode *list, guint i)
{
    g_assert (list->kind == YAML_LIST && i < list->n);
    return &list->values[i];
}

const YamlNode *
yaml_value (const YamlNode *map, guint i)
{
    g_assert (map->kind == YAML_MAP && i < map->n);
    return &map->values[i];
}

const YamlNode *
yaml_key (const YamlNode *map, guint i)
{
    g_assert (map->kind == YAML_MAP && i < map->n);
    return &map->keys[i];
}

const YamlNode *
yaml_get (const YamlNode *map, const char *key)
{
    for (guint i = 0; map->kind == YAML_MAP && i < map->n; i++)
        if (strcmp (map->keys[i].text, key) == 0)
            return &map->values[i];
    return NULL;
}
