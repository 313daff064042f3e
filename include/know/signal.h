/*
 * signal - one signal of a scenario file, read and checked
 *
 *     name: {TEST: what it asks for, weight: 3}
 *
 * with exactly one TEST of a closed table.
 */
#pragma once
#include "know/rules.h"
#include "know/want.h"

typedef struct RuleReader {
    Want want;               /* file changes with each file */
    const Shapes *shapes;
    GPtrArray *patterns;     /* owns every Pattern that is read */
    guint n_alternatives;    /* numbered so far */
    PatternScratch *scratch;
    GArray *references;      /* of Reference: classes named before all are known */
    ReplyTexts *replies;     /* of scenarios/common */
} RuleReader;

typedef struct Reference {
    ClassKind kind;          /* CLASS_SCENARIO or CLASS_TOPIC */
    const char *file;
    const YamlNode *word;
} Reference;

#define WEIGHT_MAX 20.0

RuleReader *rule_reader_new (const Shapes *shapes, Arena *arena, Mistakes *mistakes);
void        rule_reader_free (RuleReader *r); /* frees the patterns, unless they were stolen */

gboolean rule_read (RuleReader *r, ClassKind kind, const YamlNode *name, const YamlNode *node, Rule *ret);

/* Texts that are lower case, as facts are. */
const char *const *rule_read_words (RuleReader *r, const YamlNode *n, const char *key);

/* Remembers that these words must be classes of the kind. */
const char *const *rule_read_references (RuleReader *r, ClassKind kind, const YamlNode *n, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RuleReader, rule_reader_free)
