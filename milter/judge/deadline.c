#include "judge/deadline.h"
#include "base/anyof.h"
#include "base/calendar.h"
#include "find/time.h"

#define HOUR 3600
#define DAY (24 * HOUR)
#define MAX_DAYS 365
#define MAX_LINE 2000 /* bytes */

static const char *const spans[] = { "within",      "in the next", "innerhalb",   "binnen",
                                     "dans les",    "sous",        "en un plazo", "dentro de",
                                     "entro",       "w ciągu",     "в течение",   "in less than",
                                     "no more than" };
static const char *const limits[] = {
    "no later than", "not later than", "latest by", "deadline",   "by",
    "before",        "until",          "bis",       "spätestens", "avant le",
    "antes del",     "entro il",       "uiterlijk", "do dnia",    "до"
};

static const struct {
    const char *word;
    gint64 seconds;
} units[] = {
    { "hour", HOUR }, { "hr", HOUR },          { "stunde", HOUR },     { "heure", HOUR },
    { "hora", HOUR }, { "ore", HOUR },         { "uur", HOUR },        { "godzin", HOUR },
    { "час", HOUR },  { "business day", DAY }, { "working day", DAY }, { "calendar day", DAY },
    { "day", DAY },   { "werktag", DAY },      { "tag", DAY },         { "jour", DAY },
    { "día", DAY },   { "dia", DAY },          { "giorni", DAY },      { "dag", DAY },
    { "dni", DAY },   { "дн", DAY },           { "week", 7 * DAY },    { "woche", 7 * DAY },
    { "h", HOUR }
};

static const struct {
    const char *word;
    guint number;
} numbers[] = { { "one", 1 },     { "two", 2 },       { "three", 3 },        { "four", 4 },
                { "five", 5 },    { "six", 6 },       { "seven", 7 },        { "ten", 10 },
                { "twelve", 12 }, { "fourteen", 14 }, { "twenty-four", 24 }, { "forty-eight", 48 },
                { "drei", 3 },    { "trois", 3 } };

static const char *const weekdays[] = { "sunday",   "monday", "tuesday", "wednesday",
                                        "thursday", "friday", "saturday" };

/* Languages that say "within" last: "24時間以内", "24 saat içinde". */
static const char *const last_words[] = { "içinde", "以内", "以內", "之内", "之內", "内", "이내" };
static const struct {
    const char *word;
    gint64 seconds;
} last_units[] = {
    { "saat", HOUR }, { "gün", DAY },   { "時間", HOUR },  { "小时", HOUR },
    { "小時", HOUR }, { "시간", HOUR }, { "営業日", DAY }, { "工作日", DAY },
    { "日", DAY },    { "天", DAY },    { "일", DAY },     { "個工作天", DAY },
};

/* The sentence asks for something. */
static const char *const asking[] = {
    "please",   "must",     "require",  "request",    "respond", "response",  "reply",
    "remove",   "resolve",  "suspend",  "disconnect", "will be", "take",      "action",
    "answer",   "demand",   "fail",     "otherwise",  "need",    "null",      "terminate",
    "deadline", "comply",   "fix",      "bitte",      "müssen",  "werden",    "sperr",
    "antwort",  "veuillez", "répondre", "por favor",  "deber",   "responder", "si prega",
    "verzoek",  "prosimy",  "просим",   "rica",       "lütfen",  "お願い",    "くださ",
    "请",       "請",       "부탁",     "바랍",       "요청",    "prosím",    "vänligen",
};

typedef struct Lists { /* of words, over all lines */
    AnyOf asking, telling;
} Lists;

static void
skip_to_word (Span *s)
{
    while (s->p < s->end && strchr (" \t(,:*_", *s->p) != NULL)
        s->p++;
}

static gboolean
read_number (Span *s, guint *ret)
{
    Span t = *s;

    for (int i = 0; i < 4; i++) { /* "the next", "von", "a period of" */
        skip_to_word (&t);
        if (span_uint (&t, 10000, ret) && *ret > 0) {
            *s = t;
            return TRUE;
        }
        for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
            if (span_lit_nocase (&t, numbers[k].word)) {
                *ret = numbers[k].number;
                *s = t;
                return TRUE;
            }
        while (t.p < t.end && *t.p != ' ' && *t.p != '.')
            t.p++;
    }
    return FALSE;
}

static gboolean
read_span (Span rest, gint64 *ret_seconds, const char **ret_end)
{
    guint number;

    if (!read_number (&rest, &number))
        return FALSE;
    while (rest.p < rest.end && strchr (" \t)(-", *rest.p) != NULL)
        rest.p++;
    if (rest.p < rest.end && g_ascii_isdigit (*rest.p)) { /* "three (3) days" */
        span_uint (&rest, 10000, &number);
        while (rest.p < rest.end && strchr (" \t)-", *rest.p) != NULL)
            rest.p++;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
        if (span_starts_nocase (rest, units[i].word)) {
            *ret_seconds = (gint64)number * units[i].seconds;
            *ret_end = rest.p + strlen (units[i].word);
            while (*ret_end < rest.end && g_ascii_isalpha (**ret_end))
                (*ret_end)++;
            return *ret_seconds <= (gint64)MAX_DAYS * DAY;
        }
    return FALSE;
}

static gboolean
read_weekday (Span rest, gint64 from, gint64 *ret)
{
    skip_to_word (&rest);
    for (int i = 0; i < 7; i++)
        if (span_starts_nocase (rest, weekdays[i])) {
            int ahead = (i - calendar_weekday (from) + 7) % 7;

            *ret = (from / DAY + (ahead == 0 ? 7 : ahead) + 1) * DAY - 1;
            return TRUE;
        }
    return FALSE;
}

static gboolean
read_date (const char *start, Span rest, Moment from, gint64 *ret, const char **ret_end)
{
    Span near = { rest.p, MIN (rest.end, rest.p + 40) };
    TimeContext context = { .mail_date = from, .guess_zone = TRUE };
    Stamp stamp;
    When when;

    if (!time_next (start, &near, &stamp) || !stamp.has_date || stamp.original.p - rest.p > 12 ||
        !stamp_resolve (&stamp, &context, &when))
        return FALSE;
    *ret = when.basis == TIME_NO_ZONE ? when.local_s : when.latest_s;
    if (!stamp.has_time)
        *ret = (*ret / DAY + 1) * DAY - 1;
    *ret_end = stamp.original.end;
    return *ret > from.unix_s;
}

static gboolean
unit_and_last_word (Span *rest, gint64 *ret_seconds)
{
    span_blanks (rest);
    for (gsize i = 0; i < G_N_ELEMENTS (last_units); i++) {
        if (!span_lit_nocase (rest, last_units[i].word))
            continue;
        span_blanks (rest);
        *ret_seconds = last_units[i].seconds;
        for (gsize k = 0; k < G_N_ELEMENTS (last_words); k++)
            if (span_lit_nocase (rest, last_words[k]))
                return TRUE;
        return FALSE;
    }
    return FALSE;
}

static gboolean
read_behind (Span line, gint64 *ret_seconds, Span *ret_text)
{
    for (const char *p = line.p; p < line.end; p++) {
        Span rest = { p, line.end };
        guint number;

        if (!span_uint (&rest, 10000, &number))
            continue;
        if (unit_and_last_word (&rest, ret_seconds)) {
            *ret_text = (Span) { p, rest.p };
            *ret_seconds *= (gint64)number;
            return *ret_seconds > 0 && *ret_seconds <= (gint64)MAX_DAYS * DAY;
        }
        while (p + 1 < line.end && g_ascii_isdigit (p[1]))
            p++;
    }
    return FALSE;
}

static const char *
find_word (Span line, const char *word)
{
    const char *p = span_find_nocase (line, word);
    const char *end = p != NULL ? p + strlen (word) : NULL;

    if (p == NULL || (p > line.p && g_ascii_isalpha (p[-1])) ||
        (end < line.end && g_ascii_isalpha (*end)))
        return NULL;
    return p;
}

static gboolean
read_line (Verdict *v, Span line, Moment from)
{
    const char *end = line.end;
    Span text;
    gint64 at;

    if (span_any_nocase (line, last_words, G_N_ELEMENTS (last_words)) &&
        read_behind (line, &at, &text)) {
        v->deadline_unix_s = from.unix_s + at;
        v->deadline_text = arena_strndup (v->facts->message->arena, text.p, span_left (text));
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (spans); i++) {
        const char *p = find_word (line, spans[i]);
        Span rest = { p != NULL ? p + strlen (spans[i]) : line.end, line.end };

        if (p != NULL && read_span (rest, &at, &end)) {
            v->deadline_unix_s = from.unix_s + at;
            v->deadline_text = arena_strndup (v->facts->message->arena, p, (gsize)(end - p));
            return TRUE;
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
        const char *p = find_word (line, limits[i]);
        Span rest = { p != NULL ? p + strlen (limits[i]) : line.end, line.end };

        if (p == NULL ||
            (!read_date (line.p, rest, from, &at, &end) &&
             !(read_weekday (rest, from.unix_s, &at) && (end = MIN (line.end, rest.p + 12)))))
            continue;
        v->deadline_unix_s = at;
        v->deadline_text = arena_strndup (v->facts->message->arena, p, (gsize)(end - p));
        return TRUE;
    }
    return FALSE;
}

static gboolean
may_tell (const Lists *l, const Line *line)
{
    return (line->zone == ZONE_PROSE || line->zone == ZONE_SUBJECT) &&
           span_left (line->text) <= MAX_LINE && anyof_in (&l->telling, line->text);
}

/* It, or the line before or after it. */
static gboolean
stands_in_demand (const Lists *l, const Facts *facts, guint i)
{
    const Line *line = &facts->lines.items[i];

    return anyof_in (&l->asking, line->text) ||
           (i + 1 < facts->lines.n && line[1].part == line->part &&
            anyof_in (&l->asking, line[1].text)) ||
           (i > 0 && line[-1].part == line->part && anyof_in (&l->asking, line[-1].text));
}

/* A line, and the one that its sentence goes on in. */
static Span
sentence_at (const Facts *facts, guint i)
{
    const Line *line = &facts->lines.items[i], *next = line + 1;
    char *both;

    if (i + 1 >= facts->lines.n || next->part != line->part || next->zone != line->zone ||
        line->zone == ZONE_SUBJECT || span_left (next->text) > MAX_LINE)
        return line->text;
    both = arena_printf (facts->message->arena, "%.*s %.*s", (int)span_left (line->text),
                         line->text.p, (int)span_left (next->text), next->text.p);
    return both != NULL ? span_of (both) : line->text;
}

void
deadline_find (Verdict *v, gint64 now_unix_s)
{
    const Facts *facts = v->facts;
    Moment from = facts->message->date;
    Lists lists;

    anyof_init (&lists.asking);
    anyof_add (&lists.asking, asking, G_N_ELEMENTS (asking));
    anyof_init (&lists.telling);
    anyof_add (&lists.telling, last_words, G_N_ELEMENTS (last_words));
    anyof_add (&lists.telling, spans, G_N_ELEMENTS (spans));
    anyof_add (&lists.telling, limits, G_N_ELEMENTS (limits));
    if (!from.known)
        from = (Moment) { .known = TRUE, .unix_s = now_unix_s, .has_zone = TRUE };
    for (guint i = 0;
         i < facts->lines.n && !v->has_deadline && !budget_over (facts->message->budget); i++)
        if (may_tell (&lists, &facts->lines.items[i]) && stands_in_demand (&lists, facts, i))
            v->has_deadline = read_line (v, sentence_at (facts, i), from);
}
