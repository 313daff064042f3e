#include "effect/logdetail.h"
#include "effect/logfields.h"

/* Out.  By hand and in one pass, for it is written with each mail: a tree of values, or a function
 * call for each piece, costs more than the database. */

typedef struct Writer {
    GString *out; /* its str has room up to `end' */
    char *p, *end;
} Writer;

static inline void
need (Writer *w, gsize n)
{
    gsize used = (gsize)(w->p - w->out->str);

    if (G_LIKELY ((gsize)(w->end - w->p) >= n))
        return;
    g_string_set_size (w->out, (used + n) * 2);
    w->p = w->out->str + used;
    w->end = w->out->str + w->out->len;
}

static inline void
put (Writer *w, const char *bytes, gsize n)
{
    need (w, n);
    memcpy (w->p, bytes, n);
    w->p += n;
}

static inline void
put_char (Writer *w, char c)
{
    put (w, &c, 1);
}

#define put_lit(w, text) put (w, text, sizeof (text) - 1)

/* What stands for itself in a JSON string: ASCII but controls, quote and backslash. */
static inline gboolean
is_plain (guchar c)
{
    static const guint32 plain[8] = { 0, 0xfffffffbu, 0xefffffffu, 0xffffffffu, 0, 0, 0, 0 };

    return (plain[c >> 5] >> (c & 31) & 1) != 0;
}

static void
put_escaped (Writer *w, const char *text) /* valid UTF-8 */
{
    static const char hex[] = "0123456789abcdef";

    for (; *text != '\0'; text++) {
        guchar c = (guchar)*text;

        if (c == '"' || c == '\\')
            put_char (w, '\\');
        if (c >= 0x20)
            put_char (w, (char)c);
        else {
            put_lit (w, "\\u00");
            put_char (w, hex[c >> 4]);
            put_char (w, hex[c & 15]);
        }
    }
}

static void
put_text (Writer *w, const char *text)
{
    gsize n = 0;

    while (is_plain ((guchar)text[n]))
        n++;
    put_char (w, '"');
    put (w, text, n);
    text += n;
    if (*text == '\0' || g_utf8_validate (text, -1, NULL))
        put_escaped (w, text);
    else { /* of the envelope, which no decoder has seen */
        g_autofree char *valid = g_utf8_make_valid (text, -1);

        put_escaped (w, valid);
    }
    put_char (w, '"');
}

static void
put_int (Writer *w, gint64 v)
{
    char digits[24], *p = digits + sizeof digits;
    guint64 rest = v < 0 ? -(guint64)v : (guint64)v;

    do
        *--p = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (v < 0)
        *--p = '-';
    put (w, p, (gsize)(digits + sizeof digits - p));
}

static void
put_real (Writer *w, double v) /* six decimals are more than any weight has */
{
    gint64 millionths;
    char decimals[6];
    guint n = 6;

    if (!(v > -1e12 && v < 1e12)) /* JSON knows no NaN */
        v = 0;
    millionths = (gint64)(v * 1e6 + (v < 0 ? -0.5 : 0.5));
    if (millionths < 0 && millionths > -1000000)
        put_char (w, '-');
    put_int (w, millionths / 1000000);
    millionths = ABS (millionths % 1000000);
    for (guint i = 6; i-- > 0; millionths /= 10)
        decimals[i] = (char)('0' + millionths % 10);
    while (n > 1 && decimals[n - 1] == '0')
        n--;
    put_char (w, '.');
    put (w, decimals, n);
}

static void
put_comma (Writer *w)
{
    if (w->p[-1] != '{' && w->p[-1] != '[')
        put_char (w, ',');
}

static void
put_value (Writer *w, const Field *f, gconstpointer base)
{
    switch (f->type) {
    case FIELD_TEXT:
        put_text (w, FIELD_GET (char *, base, f->at));
        break;
    case FIELD_NUMBER:
        put_int (w, FIELD_GET (guint, base, f->at));
        break;
    case FIELD_COUNT:
        put_int (w, (gint64)MIN (FIELD_GET (guint64, base, f->at), G_MAXINT64));
        break;
    case FIELD_MOMENT:
        put_int (w, FIELD_GET (gint64, base, f->at));
        break;
    case FIELD_REAL:
        put_real (w, FIELD_GET (double, base, f->at));
        break;
    case FIELD_BOOL:
        if (FIELD_GET (gboolean, base, f->at))
            put_lit (w, "true");
        else
            put_lit (w, "false");
        break;
    }
}

static void
put_key (Writer *w, const char *name)
{
    put_comma (w);
    put_text (w, name);
    put_char (w, ':');
}

static void
put_field (Writer *w, const Field *f, gconstpointer base)
{
    put_key (w, f->name);
    put_value (w, f, base);
}

static gboolean
is_same (const Field *f, gconstpointer a, gconstpointer b)
{
    switch (f->type) {
    case FIELD_TEXT:
        return g_strcmp0 (FIELD_GET (char *, a, f->at), FIELD_GET (char *, b, f->at)) == 0;
    case FIELD_NUMBER:
        return FIELD_GET (guint, a, f->at) == FIELD_GET (guint, b, f->at);
    case FIELD_BOOL:
        return FIELD_GET (gboolean, a, f->at) == FIELD_GET (gboolean, b, f->at);
    case FIELD_REAL:
        return !(FIELD_GET (double, a, f->at) < FIELD_GET (double, b, f->at)) &&
               !(FIELD_GET (double, a, f->at) > FIELD_GET (double, b, f->at));
    case FIELD_COUNT:
    case FIELD_MOMENT:
        return FIELD_GET (gint64, a, f->at) == FIELD_GET (gint64, b, f->at);
    }
    g_assert_not_reached ();
}

static gboolean
is_same_in_all (const FieldSet *set, const Field *f, const char *items, guint n)
{
    for (guint i = 1; i < n; i++)
        if (!is_same (f, items, items + i * set->size))
            return FALSE;
    return TRUE;
}

/* Puts what is the same in all; returns what is not as bits 1 << field. */
static guint32
put_all (Writer *w, const FieldSet *set, const char *items, guint n)
{
    guint32 differ = 0;

    for (guint i = 0; i < set->n_fields; i++)
        if (!is_same_in_all (set, &set->fields[i], items, n))
            differ |= 1u << i;
        else if (!field_is_empty (&set->fields[i], items))
            put_field (w, &set->fields[i], items);
    return differ;
}

static void
put_names (Writer *w, const FieldSet *set, guint32 which)
{
    for (; which != 0; which &= which - 1) {
        put_comma (w);
        put_text (w, set->fields[g_bit_nth_lsf (which, -1)].name);
    }
}

static void
put_one (Writer *w, const FieldSet *set, const char *item, guint32 which)
{
    put_comma (w);
    put_char (w, '[');
    for (; which != 0; which &= which - 1) {
        const Field *f = &set->fields[g_bit_nth_lsf (which, -1)];

        if (w->p[-1] != '[')
            put_char (w, ',');
        if (field_is_empty (f, item))
            put_lit (w, "null");
        else
            put_value (w, f, item);
    }
    put_char (w, ']');
}

static void
put_array (Writer *w, const FieldSet *set, const LogRow *row)
{
    const char *items = FIELD_GET (char *, row, set->at);
    guint n = FIELD_GET (guint, row, set->n_at);
    guint32 differ;

    g_assert (set->n_fields <= MAX_FIELDS);
    if (n == 0)
        return;
    put_key (w, set->name);
    put_lit (w, "{\"all\":{");
    differ = put_all (w, set, items, n);
    put_lit (w, "},\"names\":[");
    put_names (w, set, differ);
    put_lit (w, "],\"each\":[");
    for (guint i = 0; i < n; i++)
        put_one (w, set, items + i * set->size, differ);
    put_lit (w, "]}");
}

static void
put_list (Writer *w, const FieldList *l, const LogRow *row)
{
    const char *const *items = FIELD_GET (char *const *, row, l->at);

    if (items[0] == NULL)
        return;
    put_key (w, l->name);
    put_char (w, '[');
    for (; *items != NULL; items++) {
        put_comma (w);
        put_text (w, *items);
    }
    put_char (w, ']');
}

void
logdetail_write (const LogRow *row, GString *out)
{
    Writer w = { out, out->str + out->len, out->str + out->len };

    put_char (&w, '{');
    for (guint i = 0; i < log_report.n_fields; i++)
        if (log_report.fields[i].in_detail && !field_is_empty (&log_report.fields[i], row))
            put_field (&w, &log_report.fields[i], row);
    for (guint i = 1; i < LOG_LISTS; i++)
        put_list (&w, &log_lists[i], row);
    for (guint i = 0; i < LOG_ARRAYS; i++)
        put_array (&w, &log_arrays[i], row);
    put_char (&w, '}');
    g_string_set_size (out, (gsize)(w.p - out->str));
}
