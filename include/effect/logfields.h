/*
 * logfields - what a LogRow consists of, as data
 *
 * One table for each struct says its fields' names, types and places.  The
 * spool's JSON, the database's JSON, the INSERTs and the SELECTs are all made
 * from these rows: a new field is one row here and one assignment in
 * effect/logrow.c; and a column in effect/schema.c when it is to be one.
 */
#pragma once
#include "effect/logrow.h"

typedef enum FieldType {
    FIELD_TEXT,   /* const char *; NULL is null */
    FIELD_NUMBER, /* guint; 0 is null */
    FIELD_COUNT,  /* guint64, at most G_MAXINT64 */
    FIELD_MOMENT, /* gint64; G_MININT64 is null */
    FIELD_REAL,   /* double */
    FIELD_BOOL    /* gboolean */
} FieldType;

typedef struct Field {
    const char *name; /* "a.b.c" is key c of object b in object a in JSON, and column a_b_c */
    FieldType type;
    gsize at;
    gboolean in_detail; /* of a report: not a column of its own, but in the JSON of its details */
} Field;

/* The row itself, and the structs it has arrays of. */
typedef struct FieldSet {
    const char *name; /* the JSON key, and the table or view */
    const Field *fields;
    guint n_fields;
    gsize size;     /* of one struct */
    guint max;      /* kept at most */
    gsize at, n_at; /* in LogRow: the array and its length */
} FieldSet;

/* Its lists of texts. */
typedef struct FieldList {
    const char *name;         /* the JSON key */
    const char *view, *column; /* to ask the database for it */
    gsize at;
} FieldList;

#define LOG_ARRAYS 3
#define MAX_FIELDS 32 /* of one of them: they are bits of a word */
#define LOG_LISTS 4

extern const FieldSet log_report;
extern const FieldSet log_arrays[LOG_ARRAYS]; /* incidents first */
extern const FieldList log_lists[LOG_LISTS]; /* demands first: they are a column, joined by blanks */

char *field_column (const Field *f); /* its column's name; g_free() it */
gboolean field_is_empty (const Field *f, gconstpointer base); /* unknown, FALSE, or a count of 0 */

/* A whole number of FIELD_NUMBER, FIELD_COUNT or FIELD_MOMENT; what is out of its range is unknown. */
void field_take_int (const Field *f, gboolean known, gint64 v, gpointer base);

/* The value becomes that of the JSON, or unknown; `a' holds the copy of a text. */
void field_take_json (Arena *a, const Field *f, const Json *value, gpointer base);
gboolean field_take_list (LogRow *row, const FieldList *l, const Json *list); /* FALSE: no room */

#define FIELD_AT(Type, base, at) ((Type *)(gpointer)((char *)(base) + (at)))
#define FIELD_GET(Type, base, at) (*(const Type *)(gconstpointer)((const char *)(base) + (at)))
