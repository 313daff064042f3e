/*
 * setting - one row of a table of settings, and the types a row may have
 *
 * A row says where its value goes, what it is when the file is silent (as YAML),
 * what it is for, and what lies inside when it is a block or a list of blocks.
 * Loading, defaults, `--help' and the sample's test all read these rows.
 */
#pragma once
#include "know/want.h"

typedef struct Setting Setting;
typedef gboolean (*SettingSet) (Want *w, const YamlNode *n, const Setting *row, gpointer field);

struct Setting {
    const char *key;
    SettingSet set;
    glong at;                 /* offset of the field */
    const char *fallback;     /* as one would write it; NULL: stays NULL or 0 */
    const char *doc;
    gint64 min, max;          /* of a size or a duration */
    const char *const *words; /* of a choice, in the order of its enum */
    const Setting *inside;    /* the rows of a block, up to one without a key */
};

/* Reads a block: each key by its row, unknown ones are mistakes of WHAT ("setting"). */
gboolean setting_read_block (Want *w, const YamlNode *map, const Setting *rows, const char *what,
                             gpointer into);

/* For types of one's own: a list each of whose texts has no problem (NULL), else what is expected. */
gboolean setting_list (Want *w, const YamlNode *n, const Setting *row,
                       const char *(*problem) (const char *text), gpointer field);
gboolean setting_is_word (const char *text); /* printable ASCII without blanks */

gboolean set_text (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* const char * */
gboolean set_block (Want *w, const YamlNode *n, const Setting *row, gpointer field);  /* of rows inside */
gboolean set_word (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* one token without blanks */
gboolean set_bool (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* gboolean */
gboolean set_count (Want *w, const YamlNode *n, const Setting *row, gpointer field);  /* guint, min to max */
gboolean set_choice (Want *w, const YamlNode *n, const Setting *row, gpointer field); /* an enum */
gboolean set_size (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* gsize, bytes: 4MiB */
gboolean set_duration (Want *w, const YamlNode *n, const Setting *row, gpointer field); /* guint, ms: 2s */
gboolean set_mode (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* guint: "0660" */
gboolean set_socket (Want *w, const YamlNode *n, const Setting *row, gpointer field); /* const char * */
gboolean set_path (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* an absolute one */
gboolean set_paths (Want *w, const YamlNode *n, const Setting *row, gpointer field);
gboolean set_log (Want *w, const YamlNode *n, const Setting *row, gpointer field);    /* "none" is NULL */
gboolean set_globs (Want *w, const YamlNode *n, const Setting *row, gpointer field);  /* of recipients */
gboolean set_prefix (Want *w, const YamlNode *n, const Setting *row, gpointer field); /* of header names */
gboolean set_date_from (Want *w, const YamlNode *n, const Setting *row, gpointer field); /* gint64: its first second */
gboolean set_date_to (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* gint64: its last second */
gboolean set_cidr (Want *w, const YamlNode *n, const Setting *row, gpointer field);   /* IpNet */
