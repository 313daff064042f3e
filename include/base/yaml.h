/*
 * yaml - a YAML 1.1 file as a tree whose nodes know their line
 *
 * The door to libyaml, over its document API.  One document a file; anchors
 * and aliases are resolved by libyaml but bounded; a second document, a
 * duplicate key and a non-scalar key are mistakes.  The tree is immutable and
 * lives until yaml_tree_free().  Scalars are valid UTF-8.
 */
#pragma once
#include "base/mistakes.h"

typedef struct Yaml Yaml;
typedef struct YamlNode YamlNode;

typedef enum YamlKind { YAML_SCALAR, YAML_LIST, YAML_MAP } YamlKind;

#define YAML_MAX_BYTES (1024 * 1024)
#define YAML_MAX_NODES 20000
#define YAML_MAX_DEPTH 16

/* NULL and at least one mistake when the file cannot be read or parsed.  An empty file is an empty map. */
Yaml *yaml_load (const char *path, Mistakes *mistakes);
Yaml *yaml_parse (const char *name, const char *text, gsize len, Mistakes *mistakes);
void  yaml_tree_free (Yaml *y); /* yaml_free is a symbol of libyaml: ours would take its place */

const YamlNode *yaml_root (const Yaml *y);
YamlKind        yaml_kind (const YamlNode *n);
guint           yaml_line (const YamlNode *n);          /* from 1 */
const char     *yaml_text (const YamlNode *n);          /* of a scalar; NULL for list and map */
gboolean        yaml_literal (const YamlNode *n);       /* a text below a `|', its lines as they stand */
gboolean        yaml_plain (const YamlNode *n);         /* an unquoted scalar: `no', 5, ~ may be meant */
guint           yaml_length (const YamlNode *n);        /* items of a list, pairs of a map; 0 for a scalar */
const YamlNode *yaml_item (const YamlNode *list, guint i);
const YamlNode *yaml_value (const YamlNode *map, guint i);
const YamlNode *yaml_key (const YamlNode *map, guint i); /* a scalar */
const YamlNode *yaml_get (const YamlNode *map, const char *key); /* NULL when absent */
const char     *yaml_file (const Yaml *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Yaml, yaml_tree_free)
