/*
 * timezone_names - what zones are called: by letters, and by people and Windows
 */
#pragma once
#include <glib.h>

/* Minutes east of UTC; where letters have several meanings, the largest and the smallest. */
typedef struct ZoneAbbreviation {
    char text[6];
    gint16 east, least;
} ZoneAbbreviation;

/* Before "time", "Standard Time", "Daylight Time"; lower case. */
typedef struct ZonePlace {
    const char *text, *tz;
} ZonePlace;

/* Abbreviations of a winter time, and the zone that keeps it. */
extern const ZonePlace zone_winters[];
extern const guint n_zone_winters;

extern const ZoneAbbreviation zone_abbreviations[];
extern const guint n_zone_abbreviations;
extern const ZonePlace zone_places[];
extern const guint n_zone_places;

/* Whole phrases, ASCII letters of either case: "heure de Paris", "北京时间". */
extern const ZonePlace zone_phrases[];
extern const guint n_zone_phrases;
