#include "judge/word_table.h"
#include <stdlib.h>

#define WORD_MAX 32 /* bytes; no word of the tables is longer */

#define NEUTRAL(w)                                                                                 \
    {                                                                                              \
        w, ROLE_UNKNOWN, 0                                                                         \
    }
#define ACCUSES(w, s)                                                                              \
    {                                                                                              \
        w, ROLE_OFFENDER, s                                                                        \
    }
#define SPARES(w, s)                                                                               \
    {                                                                                              \
        w, ROLE_VICTIM, s                                                                          \
    }

/* Words before an address; both tables sorted by strcmp: a test checks it. */
static const Meaning before[] = {
    /* clang-format off */
    NEUTRAL ("a"), ACCUSES ("abuse", 2), ACCUSES ("abuser", 4), ACCUSES ("abusing", 4),
    ACCUSES ("abusive", 4), NEUTRAL ("actual"), NEUTRAL ("addr"), NEUTRAL ("address"),
    NEUTRAL ("addresses"), NEUTRAL ("adres"), NEUTRAL ("adress"), NEUTRAL ("adresse"),
    NEUTRAL ("adressen"), ACCUSES ("adresu", 2), SPARES ("against", 4), ACCUSES ("allocated", 3),
    NEUTRAL ("an"), NEUTRAL ("and"), ACCUSES ("angreifer", 4), NEUTRAL ("are"),
    ACCUSES ("assigned", 3), NEUTRAL ("at"), ACCUSES ("attack", 2), SPARES ("attacked", 3),
    ACCUSES ("attacker", 4), ACCUSES ("attackers", 4), ACCUSES ("attacking", 4),
    ACCUSES ("attacks", 2), SPARES ("auf", 2), ACCUSES ("ban", 3), ACCUSES ("banned", 3),
    ACCUSES ("behind", 2), ACCUSES ("belongs", 3), ACCUSES ("block", 2), ACCUSES ("blocked", 3),
    ACCUSES ("bron", 4), ACCUSES ("by", 2), ACCUSES ("client", 2), ACCUSES ("compromised", 4),
    ACCUSES ("concerning", 2), SPARES ("contra", 4), SPARES ("contre", 4), SPARES ("contro", 4),
    ACCUSES ("customer", 3), ACCUSES ("customer's", 3), ACCUSES ("customers", 3), NEUTRAL ("da"),
    ACCUSES ("dal", 3), ACCUSES ("dall", 3), ACCUSES ("dalla", 3), NEUTRAL ("das"),
    NEUTRAL ("dem"), NEUTRAL ("den"), ACCUSES ("depuis", 3), NEUTRAL ("der"),
    ACCUSES ("desde", 3), SPARES ("dest", 4), SPARES ("destination", 4), SPARES ("destino", 4),
    NEUTRAL ("die"), NEUTRAL ("direcciones"), NEUTRAL ("dirección"), NEUTRAL ("do"),
    SPARES ("dst", 4), NEUTRAL ("el"), NEUTRAL ("endereço"), NEUTRAL ("es"),
    { "example", ROLE_OTHER, 2 }, NEUTRAL ("following"), ACCUSES ("from", 3), SPARES ("gegen", 4),
    SPARES ("hacia", 4), ACCUSES ("hacker", 4), NEUTRAL ("het"), SPARES ("honeypot", 4),
    NEUTRAL ("host"), ACCUSES ("hosted", 3), ACCUSES ("hosting", 2), ACCUSES ("ihr", 4),
    ACCUSES ("ihre", 4), ACCUSES ("ihrem", 4), NEUTRAL ("ihrer"), NEUTRAL ("il"), NEUTRAL ("in"),
    NEUTRAL ("indirizzi"), NEUTRAL ("indirizzo"), ACCUSES ("infected", 4),
    ACCUSES ("infringing", 4), SPARES ("into", 3), ACCUSES ("intruder", 4),
    ACCUSES ("inviata", 2), ACCUSES ("involving", 2), NEUTRAL ("ip"), NEUTRAL ("ips"),
    NEUTRAL ("ipv4"), NEUTRAL ("ipv6"), NEUTRAL ("is"), NEUTRAL ("l"), NEUTRAL ("la"),
    NEUTRAL ("le"), ACCUSES ("listed", 2), SPARES ("local", 3), SPARES ("log", 3.5),
    SPARES ("logs", 3.5), ACCUSES ("malicious", 4), { "mx", ROLE_OTHER, 3 }, SPARES ("my", 4),
    SPARES ("naar", 3), { "nameserver", ROLE_RESOLVER, 3 }, SPARES ("nasz", 4), SPARES ("nos", 4),
    SPARES ("nossa", 4), SPARES ("nosso", 4), SPARES ("nostra", 4), SPARES ("nostro", 4),
    SPARES ("notre", 4), SPARES ("nuestra", 4), SPARES ("nuestro", 4), SPARES ("nuestros", 4),
    NEUTRAL ("number"), NEUTRAL ("numbers"), NEUTRAL ("o"), NEUTRAL ("of"),
    ACCUSES ("offender", 4), ACCUSES ("offending", 4), SPARES ("on", 1), NEUTRAL ("one"),
    SPARES ("onze", 4), ACCUSES ("origem", 4), ACCUSES ("origen", 4), ACCUSES ("origin", 3),
    ACCUSES ("originating", 4), SPARES ("our", 4), SPARES ("ours", 4), ACCUSES ("partir", 3),
    ACCUSES ("pelo", 3), ACCUSES ("pointing", 3), ACCUSES ("points", 3), NEUTRAL ("public"),
    ACCUSES ("quelle", 4), ACCUSES ("regarding", 2), ACCUSES ("registered", 3),
    ACCUSES ("remote", 2), ACCUSES ("report", 2), ACCUSES ("reported", 3),
    { "reporter", ROLE_REPORTER, 4 }, ACCUSES ("resolve", 3), { "resolver", ROLE_RESOLVER, 3 },
    ACCUSES ("resolves", 3), ACCUSES ("resolving", 3), ACCUSES ("responds", 3),
    ACCUSES ("responsible", 3), NEUTRAL ("s"), ACCUSES ("scanner", 3), SPARES ("sensor", 4),
    NEUTRAL ("server"), ACCUSES ("seu", 4), ACCUSES ("source", 4), ACCUSES ("sources", 4),
    ACCUSES ("spammer", 4), ACCUSES ("src", 4), ACCUSES ("su", 3), ACCUSES ("sua", 4),
    ACCUSES ("suspicious", 3), SPARES ("target", 4), SPARES ("targeted", 3),
    SPARES ("targeting", 4), SPARES ("targets", 4), NEUTRAL ("the"), NEUTRAL ("these"),
    NEUTRAL ("this"), SPARES ("to", 2), SPARES ("toward", 4), SPARES ("towards", 4),
    ACCUSES ("traced", 3), SPARES ("unser", 4), SPARES ("unsere", 4), SPARES ("unserem", 4),
    SPARES ("unseren", 4), ACCUSES ("user", 2), ACCUSES ("uw", 4), ACCUSES ("van", 2),
    ACCUSES ("vanaf", 3), SPARES ("vers", 3), { "version", ROLE_OTHER, 4 }, ACCUSES ("via", 2),
    SPARES ("victim", 4), SPARES ("victims", 4), ACCUSES ("vom", 3), ACCUSES ("von", 3),
    ACCUSES ("vos", 4), ACCUSES ("vostra", 4), ACCUSES ("vostri", 4), ACCUSES ("vostro", 4),
    ACCUSES ("votre", 4), ACCUSES ("vuestra", 4), NEUTRAL ("was"), ACCUSES ("waszego", 4),
    { "we", ROLE_VICTIM, 1 }, NEUTRAL ("with"), ACCUSES ("your", 4), ACCUSES ("yours", 4),
    ACCUSES ("z", 2), ACCUSES ("ze", 2), SPARES ("ziel", 4), ACCUSES ("ваш", 4),
    ACCUSES ("вашего", 4), ACCUSES ("вашей", 4), SPARES ("на", 2), SPARES ("наш", 4),
    SPARES ("нашего", 4), SPARES ("наши", 4), ACCUSES ("от", 2), ACCUSES ("с", 2),
    /* clang-format on */
};

/* Words behind an address. */
static const Meaning behind[] = {
    /* clang-format off */
    NEUTRAL ("a"), ACCUSES ("abusing", 4), NEUTRAL ("again"), ACCUSES ("angegriffen", 2),
    ACCUSES ("attacked", 3), ACCUSES ("attacking", 4), ACCUSES ("attempted", 4),
    ACCUSES ("attempting", 4), ACCUSES ("banned", 3), NEUTRAL ("been"), ACCUSES ("belongs", 2),
    ACCUSES ("blocked", 3), ACCUSES ("caused", 3), ACCUSES ("compromised", 4),
    ACCUSES ("connected", 2), ACCUSES ("detected", 2), ACCUSES ("flooding", 4), NEUTRAL ("ha"),
    NEUTRAL ("has"), NEUTRAL ("hat"), NEUTRAL ("have"), ACCUSES ("hosting", 4),
    ACCUSES ("hosts", 3), ACCUSES ("infected", 4), ACCUSES ("intentado", 3),
    ACCUSES ("involved", 3), NEUTRAL ("is"), ACCUSES ("listed", 3), ACCUSES ("made", 3),
    ACCUSES ("participated", 3), ACCUSES ("performed", 3), ACCUSES ("probed", 3),
    ACCUSES ("probing", 4), ACCUSES ("scanned", 3), ACCUSES ("scanning", 4),
    ACCUSES ("sending", 4), ACCUSES ("sends", 3), ACCUSES ("sent", 3), ACCUSES ("spamming", 4),
    NEUTRAL ("still"), ACCUSES ("tente", 3), NEUTRAL ("that"), ACCUSES ("tried", 4),
    ACCUSES ("tries", 4), ACCUSES ("trying", 4), ACCUSES ("versucht", 3), NEUTRAL ("was"),
    NEUTRAL ("which"),
    /* clang-format on */
};

static int
compare (const void *key, const void *row)
{
    return strcmp (key, ((const Meaning *)row)->word);
}

static const Meaning *
meaning_of (Span word, const Meaning *table, gsize n)
{
    char key[WORD_MAX];
    gsize len = span_left (word);

    if (len >= sizeof key)
        return NULL;
    for (gsize i = 0; i < len; i++)
        key[i] = g_ascii_tolower (word.p[i]);
    key[len] = '\0';
    return bsearch (key, table, n, sizeof *table, compare);
}

const Meaning *
word_before_address (Span word)
{
    return meaning_of (word, before, G_N_ELEMENTS (before));
}

const Meaning *
word_behind_address (Span word)
{
    return meaning_of (word, behind, G_N_ELEMENTS (behind));
}

static gboolean
sorted (const Meaning *table, gsize n)
{
    for (gsize i = 1; i < n; i++)
        if (strcmp (table[i - 1].word, table[i].word) >= 0)
            return FALSE;
    return TRUE;
}

gboolean
word_tables_sorted (void)
{
    return sorted (before, G_N_ELEMENTS (before)) && sorted (behind, G_N_ELEMENTS (behind));
}
