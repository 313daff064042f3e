/*
 * json - objects out as one line of UTF-8, and texts in, bounded
 *
 * The door to jansson.  A Json* is one value; setters take the value (also on
 * failure), so a tree is built bottom-up without clean-up paths.  NULL strings
 * become null.  Strings that are not UTF-8 are repaired first.
 */
#pragma once
#include "base/span.h"

typedef struct json_t Json; /* jansson's own struct: no other file includes its header */

#define JSON_MAX_DEPTH 64

Json *json_new_object (void);
Json *json_new_list (void);
Json *json_new_text (const char *text);  /* NULL: null */
Json *json_new_span (Span text);
Json *json_new_int (gint64 v);
Json *json_new_real (double v, guint decimals); /* rounded */
Json *json_new_bool (gboolean v);
Json *json_new_null (void);
void  json_put (Json *object, const char *key, Json *value);
void  json_add (Json *list, Json *value);
char *json_line (const Json *j);         /* compact, no newline; g_free() it */
void  json_free (Json *j);

/* Reading: NULL and *ret_defect (a static sentence) on malformed text.  A byte order mark is passed
 * over; a string is cut at an escaped NUL.  The readers below take NULL for a value that is absent. */
Json       *json_read (Span text, const char **ret_defect);
gboolean    json_is_object (const Json *j);
gboolean    json_is_list (const Json *j);
const char *json_text (const Json *j);   /* of a string; NULL otherwise; lives as long as j */
gboolean    json_int (const Json *j, gint64 *ret); /* of an integer, or of a string of digits */
gboolean    json_bool (const Json *j, gboolean *ret);
gboolean    json_double (const Json *j, double *ret); /* of any number */
const Json *json_get (const Json *object, const char *key);
gsize       json_length (const Json *list);
const Json *json_item (const Json *list, gsize i);
typedef void (*JsonVisit) (const char *key, const Json *value, gpointer data);
void        json_each (const Json *object, JsonVisit visit, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Json, json_free)
