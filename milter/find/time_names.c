/* Month and weekday names in the languages met: lower case, without the dot of an abbreviation. */
#include "find/time_read.h"

#define WORD_BYTES 28 /* the longest are Cyrillic */

typedef struct Name {
    const char *text;
    gint8 value;
} Name;

/* clang-format off */
static const Name months[] = { /* sorted by bytes: looked up by halves */
    { "abr", 4 }, { "abril", 4 }, { "ago", 8 }, { "agosto", 8 }, { "aout", 8 }, { "août", 8 },
    { "apr", 4 }, { "april", 4 }, { "aprile", 4 }, { "apríl", 4 }, { "aralık", 12 }, { "aug", 8 },
    { "august", 8 }, { "augusti", 8 }, { "augustus", 8 }, { "avr", 4 }, { "avril", 4 },
    { "ağustos", 8 }, { "brezna", 3 }, { "cze", 6 }, { "czerwca", 6 }, { "czerwiec", 6 },
    { "dec", 12 }, { "december", 12 }, { "decembre", 12 }, { "desember", 12 }, { "dez", 12 },
    { "dezember", 12 }, { "dezembro", 12 }, { "dic", 12 }, { "dicembre", 12 },
    { "diciembre", 12 }, { "déc", 12 }, { "décembre", 12 }, { "ekim", 10 }, { "enero", 1 },
    { "eylül", 9 }, { "feb", 2 }, { "febbraio", 2 }, { "febrero", 2 }, { "februar", 2 },
    { "februari", 2 }, { "february", 2 }, { "fev", 2 }, { "fevereiro", 2 }, { "fevrier", 2 },
    { "fév", 2 }, { "févr", 2 }, { "février", 2 }, { "gen", 1 }, { "gennaio", 1 }, { "giu", 6 },
    { "giugno", 6 }, { "gru", 12 }, { "grudnia", 12 }, { "grudzień", 12 }, { "haziran", 6 },
    { "jan", 1 }, { "janeiro", 1 }, { "januar", 1 }, { "januari", 1 }, { "january", 1 },
    { "janv", 1 }, { "janvier", 1 }, { "juil", 7 }, { "juillet", 7 }, { "juin", 6 },
    { "jul", 7 }, { "julho", 7 }, { "juli", 7 }, { "julio", 7 }, { "july", 7 }, { "jun", 6 },
    { "june", 6 }, { "junho", 6 }, { "juni", 6 }, { "junio", 6 }, { "jänner", 1 },
    { "kasım", 11 }, { "kwi", 4 }, { "kwiecień", 4 }, { "kwietnia", 4 }, { "lip", 7 },
    { "lipca", 7 }, { "lipiec", 7 }, { "lis", 11 }, { "listopad", 11 }, { "listopada", 11 },
    { "lug", 7 }, { "luglio", 7 }, { "lut", 2 }, { "lutego", 2 }, { "luty", 2 }, { "maart", 3 },
    { "mag", 5 }, { "maggio", 5 }, { "mai", 5 }, { "maio", 5 }, { "maj", 5 }, { "maja", 5 },
    { "mar", 3 }, { "marca", 3 }, { "march", 3 }, { "mars", 3 }, { "mart", 3 }, { "marzec", 3 }, { "marzo", 3 },
    { "março", 3 }, { "may", 5 }, { "mayo", 5 }, { "mayıs", 5 }, { "mei", 5 }, { "mrt", 3 },
    { "mär", 3 }, { "märz", 3 }, { "nisan", 4 }, { "nov", 11 }, { "november", 11 },
    { "novembre", 11 }, { "novembro", 11 }, { "noviembre", 11 }, { "ocak", 1 }, { "oct", 10 },
    { "october", 10 }, { "octobre", 10 }, { "octubre", 10 }, { "okt", 10 }, { "oktober", 10 },
    { "ott", 10 }, { "ottobre", 10 }, { "out", 10 }, { "outubro", 10 }, { "paź", 10 },
    { "październik", 10 }, { "października", 10 }, { "sep", 9 }, { "sept", 9 },
    { "september", 9 }, { "septembre", 9 }, { "septiembre", 9 }, { "set", 9 }, { "setembro", 9 },
    { "settembre", 9 }, { "sie", 8 }, { "sierpień", 8 }, { "sierpnia", 8 }, { "srpna", 8 },
    { "sty", 1 }, { "styczeń", 1 }, { "stycznia", 1 }, { "temmuz", 7 }, { "wrz", 9 },
    { "wrzesień", 9 }, { "września", 9 }, { "şubat", 2 }, { "авг", 8 }, { "август", 8 },
    { "августа", 8 }, { "апр", 4 }, { "апрель", 4 }, { "апреля", 4 }, { "дек", 12 },
    { "декабрь", 12 }, { "декабря", 12 }, { "июл", 7 }, { "июль", 7 }, { "июля", 7 },
    { "июн", 6 }, { "июнь", 6 }, { "июня", 6 }, { "май", 5 }, { "мар", 3 }, { "март", 3 },
    { "марта", 3 }, { "мая", 5 }, { "ноя", 11 }, { "ноябрь", 11 }, { "ноября", 11 },
    { "окт", 10 }, { "октябрь", 10 }, { "октября", 10 }, { "сен", 9 }, { "сент", 9 },
    { "сентябрь", 9 }, { "сентября", 9 }, { "фев", 2 }, { "февр", 2 }, { "февраль", 2 },
    { "февраля", 2 }, { "янв", 1 }, { "январь", 1 }, { "января", 1 },
};

static const Name weekdays[] = { /* sorted by bytes */
    { "czw", 4 }, { "di", 2 }, { "dienstag", 2 }, { "dim", 0 }, { "dimanche", 0 },
    { "dinsdag", 2 }, { "do", 4 }, { "dom", 0 }, { "domenica", 0 }, { "domingo", 0 },
    { "don", 4 }, { "donderdag", 4 }, { "donnerstag", 4 }, { "fr", 5 }, { "fre", 5 },
    { "freitag", 5 }, { "fri", 5 }, { "friday", 5 }, { "gio", 4 }, { "giovedì", 4 }, { "jeu", 4 },
    { "jeudi", 4 }, { "jue", 4 }, { "jueves", 4 }, { "lun", 1 }, { "lundi", 1 }, { "lunedì", 1 },
    { "lunes", 1 }, { "ma", 2 }, { "maandag", 1 }, { "mar", 2 }, { "mardi", 2 }, { "martedì", 2 },
    { "martes", 2 }, { "mer", 3 }, { "mercoledì", 3 }, { "mercredi", 3 }, { "mi", 3 },
    { "mit", 3 }, { "mittwoch", 3 }, { "mié", 3 }, { "miércoles", 3 }, { "mo", 1 }, { "mon", 1 },
    { "monday", 1 }, { "montag", 1 }, { "nd", 0 }, { "niedz", 0 }, { "niedziela", 0 },
    { "piątek", 5 }, { "pn", 1 }, { "pon", 1 }, { "poniedziałek", 1 }, { "pt", 5 }, { "qua", 3 },
    { "qui", 4 }, { "sa", 6 }, { "sab", 6 }, { "sabato", 6 }, { "sam", 6 }, { "samedi", 6 },
    { "samstag", 6 }, { "sat", 6 }, { "saturday", 6 }, { "seg", 1 }, { "sex", 5 }, { "so", 0 },
    { "sob", 6 }, { "sobota", 6 }, { "son", 0 }, { "sonntag", 0 }, { "sun", 0 }, { "sunday", 0 },
    { "sá", 6 }, { "sáb", 6 }, { "sábado", 6 }, { "ter", 2 }, { "thu", 4 }, { "thur", 4 },
    { "thurs", 4 }, { "thursday", 4 }, { "tue", 2 }, { "tues", 2 }, { "tuesday", 2 },
    { "ven", 5 }, { "vendredi", 5 }, { "venerdì", 5 }, { "vie", 5 }, { "viernes", 5 },
    { "vr", 5 }, { "vrijdag", 5 }, { "wed", 3 }, { "wednesday", 3 }, { "weds", 3 }, { "wo", 3 },
    { "woensdag", 3 }, { "wt", 2 }, { "wtorek", 2 }, { "za", 6 }, { "zaterdag", 6 }, { "zo", 0 },
    { "zondag", 0 }, { "śr", 3 }, { "środa", 3 }, { "воскресенье", 0 }, { "вс", 0 }, { "вт", 2 },
    { "вторник", 2 }, { "пн", 1 }, { "понедельник", 1 }, { "пт", 5 }, { "пятница", 5 },
    { "сб", 6 }, { "ср", 3 }, { "среда", 3 }, { "суббота", 6 }, { "четверг", 4 }, { "чт", 4 },
};
/* clang-format on */

/* The word at the start of `s', folded to lower case; empty when it is too long to be a name. */
static gsize
fold_word (Span s, char ret[WORD_BYTES + 1], const char **ret_end)
{
    gsize n = 0;
    const char *p = s.p;

    while (p < s.end && (g_ascii_isalpha (*p) || (guchar)*p >= 0x80)) {
        guchar c = (guchar)*p, next = p + 1 < s.end ? (guchar)p[1] : 0;
        gboolean pair = c >= 0xc3 && c <= 0xd1 && next >= 0x80 && next < 0xc0;

        if (n + 4 > WORD_BYTES || (c >= 0x80 && !pair))
            return 0;
        if (!pair) {
            ret[n++] = g_ascii_tolower (*p++);
            continue;
        }
        n += (gsize)g_unichar_to_utf8 (
            g_unichar_tolower ((gunichar)(c & 0x1f) << 6 | (next & 0x3f)), ret + n);
        p += 2;
    }
    ret[n] = '\0';
    *ret_end = p;
    return n;
}

/* As strcmp(): most names differ in their first letters. */
static inline int
compare (const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (guchar)*a - (guchar)*b;
}

static gboolean
look_up (const Name *names, gsize n, const char *word, int *ret)
{
    gsize low = 0, high = n;

    while (low < high) {
        gsize middle = (low + high) / 2;
        int order = compare (word, names[middle].text);

        if (order == 0) {
            *ret = names[middle].value;
            return TRUE;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return FALSE;
}

static gboolean
name_read (Span *s, const Name *names, gsize n, int *ret)
{
    char word[WORD_BYTES + 1];
    const char *end;

    if (fold_word (*s, word, &end) < 2 || !look_up (names, n, word, ret))
        return FALSE;
    s->p = end;
    return TRUE;
}

gboolean
month_read (Span *s, int *ret_month)
{
    return name_read (s, months, G_N_ELEMENTS (months), ret_month);
}

gboolean
weekday_read (Span *s, int *ret_weekday)
{
    return name_read (s, weekdays, G_N_ELEMENTS (weekdays), ret_weekday);
}
