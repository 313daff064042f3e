#include "read/clock.h"
#include "base/anyof.h"

typedef struct Hint {
    guint line, part;
    TimeZone zone;
} Hint;

struct Clock {
    Facts *facts;
    Hint hints[CLOCK_MAX_HINTS];
    guint n_hints;
    gboolean several; /* hints that differ: none of them holds before its line */
    Stamp date;       /* the last stamp with a date */
    guint date_part;
    gboolean has_date;
    TimeZone held_zone;
    GTimeZone *held; /* of that; while somebody holds a zone, GLib does not read its file again */
};

#define HINT_LINE 2000 /* bytes; also a paragraph that is one line */

/* A line must have one of these to name a zone: an abbreviation alone may be anything. */
static const char *const triggers[] = { "utc",     "gmt",     "zone",     "time",  "tz",
                                        "zeit",    "hora",    "heure",    "local", "eastern",
                                        "central", "pacific", "greenwich" };

/* The W3C extended log format keeps UTC. */
static gboolean
is_w3c_head (Span line)
{
    return span_starts_nocase (line, "#Fields: ") && span_find_nocase (line, " time ") != NULL;
}

static gboolean
hints (Span line, TimeZone *ret)
{
    if (is_w3c_head (line)) {
        *ret = (TimeZone) { .sort = ZONE_OFFSET };
        return TRUE;
    }
    return span_left (line) <= HINT_LINE && time_zone_hint (line, ret) &&
           span_any_nocase (line, triggers, G_N_ELEMENTS (triggers));
}

static gboolean
same_zone (const TimeZone *a, const TimeZone *b)
{
    return a->sort == b->sort && a->offset_s == b->offset_s && strcmp (a->tz, b->tz) == 0;
}

Clock *
clock_new (Facts *facts)
{
    Clock *clock = arena_new0 (facts->message->arena, Clock, 1);

    if (clock == NULL)
        return NULL;
    clock->facts = facts;
    for (guint i = 0; i < facts->lines.n && clock->n_hints < CLOCK_MAX_HINTS &&
                      !budget_over (facts->message->budget);
         i++) {
        const Line *line = &facts->lines.items[i];
        Hint *hint = &clock->hints[clock->n_hints];

        if (line->zone == ZONE_ATTACHED || !hints (line->text, &hint->zone))
            continue;
        hint->line = i;
        hint->part = line->part;
        clock->several |= !same_zone (&hint->zone, &clock->hints[0].zone);
        clock->n_hints++;
    }
    return clock;
}

void
clock_free (Clock *clock)
{
    if (clock != NULL && clock->held != NULL)
        g_time_zone_unref (clock->held);
}

static void
hold (Clock *clock, const TimeZone *zone)
{
    if (zone == NULL || zone->sort != ZONE_TZ ||
        (clock->held != NULL && strcmp (clock->held_zone.tz, zone->tz) == 0))
        return;
    clock_free (clock);
    clock->held_zone = *zone;
    clock->held = g_time_zone_new_identifier (zone->tz);
}

static const TimeZone *
hint_at (const Clock *clock, guint line)
{
    const TimeZone *found = NULL;
    guint part = clock->facts->lines.items[line].part;

    for (guint i = 0; i < clock->n_hints && clock->hints[i].line <= line; i++)
        if (clock->hints[i].part == part)
            found = &clock->hints[i].zone;
    if (found == NULL && clock->n_hints > 0 && !clock->several)
        found = &clock->hints[0].zone;
    return found;
}

/* A stamp wrapped before its zone: the zone begins the next line. */
static gboolean
zone_below (const Clock *clock, guint line, const Stamp *stamp, TimeZone *ret)
{
    const Line *here = &clock->facts->lines.items[line], *next = here + 1;
    Span rest;

    if (stamp->zone.sort != ZONE_UNSAID || line + 1 >= clock->facts->lines.n ||
        next->part != here->part || stamp->original.end > here->text.end ||
        span_left (span_trim ((Span) { stamp->original.end, here->text.end })) > 0)
        return FALSE;
    rest = span_trim (next->text);
    return time_zone_read (&rest, ret) && (rest.p == rest.end || !g_ascii_isalnum (*rest.p));
}

gboolean
clock_resolve (Clock *clock, guint line, const Stamp *stamp, When *ret)
{
    guint part = clock->facts->lines.items[line].part;
    TimeContext context = {
        .mail_date = clock->facts->message->date,
        .hint = hint_at (clock, line),
        .guess_zone = FALSE,
        .date = clock->has_date && clock->date_part == part ? &clock->date : NULL,
    };

    Stamp whole = *stamp;
    TimeZone zone;

    if (zone_below (clock, line, stamp, &zone))
        whole.zone = zone;
    hold (clock, whole.zone.sort != ZONE_UNSAID ? &whole.zone : context.hint);
    if (!stamp_resolve (&whole, &context, ret))
        return FALSE;
    if (stamp->has_date) {
        clock->date = *stamp;
        clock->date_part = part;
        clock->has_date = TRUE;
    }
    return TRUE;
}
