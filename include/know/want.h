/*
 * want - what a loader expects of a YAML node, told as a mistake where it is not so
 *
 * Each want_x() reads one value, or adds a mistake at the value's line, leaves
 * *ret alone and returns FALSE or NULL.  Texts are not copied: they live as long as
 * the tree they stand in.  Lists live in `arena'.
 */
#pragma once
#include "base/arena.h"
#include "base/yaml.h"

typedef struct Want {
    Mistakes *mistakes;
    const char *file;
    Arena *arena;
} Want;

void want_refuse (Want *w, const YamlNode *n, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* "'sometimes' is no value for on_error: EXPECTED"; always FALSE. */
gboolean want_no_value (Want *w, const YamlNode *n, const char *key, const char *expected);

/* "unknown setting 'netwroks' (did you mean 'networks'?)", or else the known ones. */
void want_unknown (Want *w, const YamlNode *n, const char *what, const char *const *known);

gboolean           want_map (Want *w, const YamlNode *n, const char *key);
const char        *want_text (Want *w, const YamlNode *n, const char *key); /* a scalar, not empty */
const char *const *want_texts (Want *w, const YamlNode *n, const char *key); /* one, or a list of them */
const YamlNode    *want_item (const YamlNode *n, guint i); /* the node of such a text */
gboolean want_bool (Want *w, const YamlNode *n, const char *key, gboolean *ret);
gboolean want_int (Want *w, const YamlNode *n, const char *key, gint64 min, gint64 max, gint64 *ret);
gboolean want_real (Want *w, const YamlNode *n, const char *key, double min, double max, double *ret);
gboolean want_word (Want *w, const YamlNode *n, const char *key, const char *const *words, guint *ret);

char *want_choice (const char *const *words); /* "accept or tempfail"; g_free() it */
