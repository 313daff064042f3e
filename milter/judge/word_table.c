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
    NEUTRAL ("a"), ACCUSES ("aanvaller", 4), ACCUSES ("abuse", 2), ACCUSES ("abuser", 4),
    ACCUSES ("abusing", 4), ACCUSES ("abusive", 4), NEUTRAL ("actual"), NEUTRAL ("addr"),
    NEUTRAL ("address"), NEUTRAL ("addresses"), NEUTRAL ("adres"), NEUTRAL ("adresa"),
    NEUTRAL ("adrese"), NEUTRAL ("adresem"), ACCUSES ("adresinden", 3), NEUTRAL ("adress"),
    NEUTRAL ("adresse"), NEUTRAL ("adressen"), ACCUSES ("adresu", 2), NEUTRAL ("adresy"),
    NEUTRAL ("adresą"), SPARES ("against", 4), ACCUSES ("aggressor", 4), ACCUSES ("allocated", 3),
    NEUTRAL ("an"), NEUTRAL ("and"), ACCUSES ("angreifer", 4), ACCUSES ("angripare", 4),
    NEUTRAL ("are"), ACCUSES ("assigned", 3), NEUTRAL ("at"), ACCUSES ("atacante", 4),
    ACCUSES ("attaccante", 4), ACCUSES ("attack", 2), SPARES ("attacked", 3),
    ACCUSES ("attacker", 4), ACCUSES ("attackers", 4), ACCUSES ("attacking", 4),
    ACCUSES ("attacks", 2), ACCUSES ("attaquant", 4), SPARES ("auf", 2), SPARES ("ağımıza", 4),
    ACCUSES ("ban", 3), ACCUSES ("banned", 3), ACCUSES ("behind", 2), ACCUSES ("belongs", 3),
    SPARES ("bizim", 4), ACCUSES ("block", 2), ACCUSES ("blocked", 3), ACCUSES ("bron", 4),
    ACCUSES ("by", 2), ACCUSES ("client", 2), ACCUSES ("compromised", 4), ACCUSES ("concerning", 2),
    SPARES ("contra", 4), SPARES ("contre", 4), SPARES ("contro", 4), ACCUSES ("criminal", 4),
    ACCUSES ("culprit", 4), ACCUSES ("customer", 3), ACCUSES ("customer's", 3),
    ACCUSES ("customers", 3), NEUTRAL ("da"), ACCUSES ("dal", 3), ACCUSES ("dall", 3),
    ACCUSES ("dalla", 3), SPARES ("darknet", 4), NEUTRAL ("das"), ACCUSES ("dela", 3),
    NEUTRAL ("dem"), NEUTRAL ("den"), ACCUSES ("depuis", 3), NEUTRAL ("der"), ACCUSES ("deres", 4),
    ACCUSES ("desde", 3), SPARES ("dest", 4), SPARES ("destination", 4), SPARES ("destino", 4),
    NEUTRAL ("die"), ACCUSES ("din", 3), NEUTRAL ("direcciones"), NEUTRAL ("dirección"),
    { "dns", ROLE_RESOLVER, 3 }, NEUTRAL ("do"), SPARES ("dst", 4), NEUTRAL ("el"),
    NEUTRAL ("endereço"), ACCUSES ("ert", 4), NEUTRAL ("es"), { "example", ROLE_OTHER, 2 },
    NEUTRAL ("following"), ACCUSES ("fra", 3), ACCUSES ("fraudster", 4), ACCUSES ("from", 3),
    ACCUSES ("frå", 3), ACCUSES ("från", 3), SPARES ("gegen", 4), SPARES ("hacia", 4),
    ACCUSES ("hacker", 4), SPARES ("hemos", 4), NEUTRAL ("het"), SPARES ("honeynet", 4),
    SPARES ("honeypot", 4), NEUTRAL ("host"), NEUTRAL ("hosta"), ACCUSES ("hosted", 3),
    ACCUSES ("hosting", 2), NEUTRAL ("hosts"), NEUTRAL ("hostu"), ACCUSES ("ihr", 4),
    ACCUSES ("ihre", 4), ACCUSES ("ihrem", 4), ACCUSES ("ihren", 4), NEUTRAL ("ihrer"),
    ACCUSES ("ihres", 4), NEUTRAL ("il"), NEUTRAL ("in"), NEUTRAL ("indirizzi"),
    NEUTRAL ("indirizzo"), ACCUSES ("infected", 4), ACCUSES ("infiziert", 4),
    ACCUSES ("infizierten", 4), ACCUSES ("infringing", 4), SPARES ("into", 3),
    ACCUSES ("intruder", 4), ACCUSES ("inviata", 2), ACCUSES ("involving", 2), NEUTRAL ("ip"),
    NEUTRAL ("ip-adresse"), NEUTRAL ("ip-адрес"), NEUTRAL ("ipadresse"), NEUTRAL ("ips"),
    NEUTRAL ("ipv4"), NEUTRAL ("ipv6"), NEUTRAL ("is"), ACCUSES ("jeres", 4), NEUTRAL ("l"),
    NEUTRAL ("la"), NEUTRAL ("le"), ACCUSES ("listed", 2), SPARES ("local", 3), SPARES ("log", 3.5),
    SPARES ("logs", 3.5), NEUTRAL ("machine"), NEUTRAL ("machines"), ACCUSES ("malicious", 4),
    NEUTRAL ("maschine"), SPARES ("mein", 4), SPARES ("meine", 4), SPARES ("meinem", 4),
    SPARES ("meinen", 4), SPARES ("meiner", 4), SPARES ("mes", 4), SPARES ("mi", 4),
    SPARES ("mia", 4), SPARES ("mijn", 4), SPARES ("mio", 4), SPARES ("mis", 4), SPARES ("mitt", 4),
    SPARES ("mod", 4), SPARES ("mon", 4), SPARES ("mot", 4), { "mx", ROLE_OTHER, 3 },
    SPARES ("my", 4), NEUTRAL ("máquina"), SPARES ("naar", 3), { "nameserver", ROLE_RESOLVER, 3 },
    { "nameservers", ROLE_RESOLVER, 3 }, SPARES ("nasz", 4), SPARES ("nasza", 4),
    SPARES ("nasze", 4), SPARES ("naszego", 4), SPARES ("naszej", 4), SPARES ("naszemu", 4),
    SPARES ("naszym", 4), SPARES ("naše", 4), SPARES ("našeho", 4), SPARES ("našem", 4),
    SPARES ("našemu", 4), SPARES ("nos", 4), SPARES ("nossa", 4), SPARES ("nosso", 4),
    SPARES ("nossos", 4), SPARES ("nostra", 4), SPARES ("nostre", 4), SPARES ("nostri", 4),
    SPARES ("nostro", 4), SPARES ("notre", 4), SPARES ("notres", 4), SPARES ("nuestra", 4),
    SPARES ("nuestras", 4), SPARES ("nuestro", 4), SPARES ("nuestros", 4), NEUTRAL ("number"),
    NEUTRAL ("numbers"), NEUTRAL ("numer"), NEUTRAL ("nummer"), SPARES ("náš", 4), NEUTRAL ("o"),
    NEUTRAL ("of"), ACCUSES ("offender", 4), ACCUSES ("offending", 4), SPARES ("on", 1),
    NEUTRAL ("one"), SPARES ("onze", 4), ACCUSES ("origem", 4), ACCUSES ("origen", 4),
    ACCUSES ("origin", 3), ACCUSES ("originating", 4), ACCUSES ("osoitteesta", 3),
    SPARES ("our", 4), SPARES ("ours", 4), ACCUSES ("partir", 3), ACCUSES ("państwa", 4),
    ACCUSES ("pelo", 3), ACCUSES ("perpetrator", 4), ACCUSES ("pointing", 3), ACCUSES ("points", 3),
    SPARES ("proti", 4), SPARES ("przeciwko", 4), NEUTRAL ("public"), ACCUSES ("quelle", 4),
    NEUTRAL ("rechner"), ACCUSES ("regarding", 2), ACCUSES ("registered", 3), ACCUSES ("remote", 2),
    ACCUSES ("report", 2), ACCUSES ("reported", 3), { "reporter", ROLE_REPORTER, 4 },
    ACCUSES ("resolve", 3), { "resolver", ROLE_RESOLVER, 3 }, { "resolvers", ROLE_RESOLVER, 3 },
    ACCUSES ("resolves", 3), ACCUSES ("resolving", 3), ACCUSES ("responds", 3),
    ACCUSES ("responsible", 3), NEUTRAL ("s"), ACCUSES ("saldırgan", 4), ACCUSES ("scammer", 4),
    ACCUSES ("scanner", 3), SPARES ("sensor", 4), NEUTRAL ("server"), NEUTRAL ("serveri"),
    NEUTRAL ("servern"), NEUTRAL ("servers"), NEUTRAL ("serveru"), NEUTRAL ("serveur"),
    NEUTRAL ("servidor"), NEUTRAL ("serwer"), NEUTRAL ("serwera"), NEUTRAL ("serwerowi"),
    ACCUSES ("seu", 4), SPARES ("sinkhole", 4), SPARES ("sistemimize", 4), ACCUSES ("sizin", 4),
    ACCUSES ("source", 4), ACCUSES ("sources", 4), ACCUSES ("spammer", 4), SPARES ("spamtrap", 4),
    ACCUSES ("src", 4), ACCUSES ("su", 3), ACCUSES ("sua", 4), SPARES ("sunucumuz", 4),
    SPARES ("sunucumuza", 4), SPARES ("sunucumuzun", 4), ACCUSES ("sus", 3),
    ACCUSES ("suspicious", 3), NEUTRAL ("svůj"), NEUTRAL ("system"), NEUTRAL ("systems"),
    SPARES ("target", 4), SPARES ("targeted", 3), SPARES ("targeting", 4), SPARES ("targets", 4),
    ACCUSES ("teidän", 4), NEUTRAL ("the"), NEUTRAL ("these"), ACCUSES ("thief", 4),
    NEUTRAL ("this"), SPARES ("to", 2), SPARES ("toward", 4), SPARES ("towards", 4),
    ACCUSES ("traced", 3), SPARES ("trap", 3), SPARES ("unser", 4), SPARES ("unsere", 4),
    SPARES ("unserem", 4), SPARES ("unseren", 4), SPARES ("unserer", 4), SPARES ("unseres", 4),
    ACCUSES ("user", 2), ACCUSES ("uw", 4), ACCUSES ("van", 2), ACCUSES ("vanaf", 3),
    ACCUSES ("vaše", 4), ACCUSES ("vašeho", 4), ACCUSES ("vašem", 4), ACCUSES ("vaší", 4),
    SPARES ("vers", 3), { "version", ROLE_OTHER, 4 }, ACCUSES ("via", 2), SPARES ("victim", 4),
    SPARES ("victims", 4), ACCUSES ("vom", 3), ACCUSES ("von", 3), SPARES ("vores", 4),
    ACCUSES ("vos", 4), ACCUSES ("vossa", 4), ACCUSES ("vosso", 4), ACCUSES ("vostra", 4),
    ACCUSES ("vostri", 4), ACCUSES ("vostro", 4), ACCUSES ("votre", 4), ACCUSES ("vuestra", 4),
    SPARES ("vår", 4), SPARES ("våra", 4), SPARES ("vårt", 4), NEUTRAL ("was"), ACCUSES ("wasz", 4),
    ACCUSES ("waszego", 4), ACCUSES ("waszej", 4), { "we", ROLE_VICTIM, 1 }, NEUTRAL ("with"),
    ACCUSES ("your", 4), ACCUSES ("yours", 4), ACCUSES ("z", 2), ACCUSES ("ze", 2),
    SPARES ("ziel", 4), ACCUSES ("útočník", 4), ACCUSES ("útočníka", 4), NEUTRAL ("адрес"),
    NEUTRAL ("адреса"), NEUTRAL ("адресом"), NEUTRAL ("адресу"), ACCUSES ("атакующего", 4),
    ACCUSES ("атакующий", 4), ACCUSES ("ваш", 4), ACCUSES ("вашего", 4), ACCUSES ("вашей", 4),
    ACCUSES ("вашем", 4), ACCUSES ("вашему", 4), ACCUSES ("источник", 4), ACCUSES ("источника", 4),
    SPARES ("моего", 4), SPARES ("мой", 4), SPARES ("на", 2), SPARES ("наш", 4),
    SPARES ("нашего", 4), SPARES ("нашей", 4), SPARES ("нашем", 4), SPARES ("нашему", 4),
    SPARES ("наши", 4), SPARES ("нашими", 4), SPARES ("нашу", 4), ACCUSES ("от", 2),
    ACCUSES ("с", 2), NEUTRAL ("сервер"), NEUTRAL ("сервера"), NEUTRAL ("серверу"),
    /* clang-format on */
};

/* Words behind an address. */
static const Meaning behind[] = {
    /* clang-format off */
    NEUTRAL ("a"), ACCUSES ("abuses", 3), ACCUSES ("abusing", 4), ACCUSES ("accessed", 3),
    ACCUSES ("accessing", 3), ACCUSES ("adresinden", 3), NEUTRAL ("again"),
    ACCUSES ("angegriffen", 2), ACCUSES ("angreift", 3), ACCUSES ("ataca", 3),
    ACCUSES ("atakuje", 3), ACCUSES ("attacca", 3), ACCUSES ("attacked", 3),
    ACCUSES ("attackerar", 3), ACCUSES ("attacking", 4), ACCUSES ("attacks", 3),
    ACCUSES ("attaque", 3), ACCUSES ("attempted", 4), ACCUSES ("attempting", 4),
    ACCUSES ("banned", 3), NEUTRAL ("been"), ACCUSES ("belongs", 2), ACCUSES ("blocked", 3),
    ACCUSES ("caused", 3), ACCUSES ("compromised", 4), ACCUSES ("connected", 2),
    ACCUSES ("connecting", 3), ACCUSES ("connects", 3), ACCUSES ("continues", 3),
    ACCUSES ("crawled", 3), ACCUSES ("crawling", 3), ACCUSES ("detected", 2),
    ACCUSES ("distributing", 3), ACCUSES ("exploited", 3), ACCUSES ("exploiting", 3),
    ACCUSES ("flooded", 3), ACCUSES ("flooding", 4), ACCUSES ("floods", 3),
    ACCUSES ("generated", 3), ACCUSES ("greift", 3), NEUTRAL ("ha"), ACCUSES ("hacked", 3),
    ACCUSES ("hammered", 3), ACCUSES ("hammering", 3), ACCUSES ("hammers", 3), NEUTRAL ("has"),
    NEUTRAL ("hat"), NEUTRAL ("have"),
    ACCUSES ("hosted", 3), ACCUSES ("hosting", 4), ACCUSES ("hosts", 3), ACCUSES ("infected", 4),
    ACCUSES ("infringing", 3), ACCUSES ("initiated", 3), ACCUSES ("intentado", 3),
    ACCUSES ("involved", 3), NEUTRAL ("is"), ACCUSES ("joined", 3), ACCUSES ("keeps", 3),
    ACCUSES ("launched", 3), ACCUSES ("listed", 3), ACCUSES ("made", 3), ACCUSES ("originated", 3),
    ACCUSES ("participated", 3), ACCUSES ("participating", 3), ACCUSES ("performed", 3),
    ACCUSES ("posted", 3), ACCUSES ("posts", 3), ACCUSES ("probed", 3), ACCUSES ("probes", 3),
    ACCUSES ("probing", 4), ACCUSES ("requested", 3), ACCUSES ("requesting", 3),
    ACCUSES ("requests", 3), ACCUSES ("responsible", 3), ACCUSES ("scanned", 3),
    ACCUSES ("scanning", 4), ACCUSES ("scans", 3), ACCUSES ("sending", 4), ACCUSES ("sends", 3),
    ACCUSES ("sent", 3), ACCUSES ("serves", 3), ACCUSES ("serving", 3), ACCUSES ("skanuje", 3),
    ACCUSES ("spammed", 3), ACCUSES ("spamming", 4), ACCUSES ("spams", 3), NEUTRAL ("still"),
    ACCUSES ("tente", 3), NEUTRAL ("that"), ACCUSES ("tried", 4), ACCUSES ("tries", 4),
    ACCUSES ("trying", 4), ACCUSES ("versucht", 3), NEUTRAL ("was"), NEUTRAL ("which"),
    ACCUSES ("атакует", 3), ACCUSES ("пытается", 3), ACCUSES ("сканирует", 3),
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

/* Scripts that set no blanks between words: a run of them holds several, of which the nearest to
 * the address counts. */
static const Meaning run_before[] = {
    SPARES ("当社", 4),  SPARES ("弊社", 4),    SPARES ("我们", 4),    SPARES ("我們", 4),
    SPARES ("我方", 4),  SPARES ("我司", 4),    SPARES ("本公司", 4),  SPARES ("저희", 4),
    SPARES ("目标", 4),  SPARES ("宛先", 4),    ACCUSES ("貴社", 4),   ACCUSES ("御社", 4),
    ACCUSES ("贵司", 4), ACCUSES ("贵公司", 4), ACCUSES ("貴公司", 4), ACCUSES ("您的", 4),
    ACCUSES ("来自", 3), ACCUSES ("來自", 3),   ACCUSES ("귀사", 4),   ACCUSES ("送信元", 4),
    ACCUSES ("源", 3),
};
static const Meaning run_behind[] = {
    ACCUSES ("から", 4),   ACCUSES ("より", 3), SPARES ("への", 4), SPARES ("に対", 4),
    SPARES ("宛", 4),      ACCUSES ("对", 2),   ACCUSES ("向", 2),  ACCUSES ("에서", 3),
    ACCUSES ("로부터", 3), SPARES ("受到", 4),  SPARES ("被", 3),
};

#define RUN_FROM 0xe3 /* the lead bytes of kana, Han and Hangul begin here */

static const Meaning *
nearest_in_run (Span run, const Meaning *table, gsize n, gboolean last)
{
    const Meaning *found = NULL;
    const char *best = NULL;

    if (run.p == run.end || (guchar)*run.p < RUN_FROM)
        return NULL;
    for (gsize i = 0; i < n; i++)
        for (Span rest = run; (rest.p = span_find (rest, table[i].word)) != NULL; rest.p++)
            if (best == NULL || (last ? rest.p > best : rest.p < best)) {
                best = rest.p;
                found = &table[i];
            }
    return found;
}

const Meaning *
word_before_address (Span word)
{
    const Meaning *found = meaning_of (word, before, G_N_ELEMENTS (before));

    return found != NULL ? found
                         : nearest_in_run (word, run_before, G_N_ELEMENTS (run_before), TRUE);
}

const Meaning *
word_behind_address (Span word)
{
    const Meaning *found = meaning_of (word, behind, G_N_ELEMENTS (behind));

    return found != NULL ? found
                         : nearest_in_run (word, run_behind, G_N_ELEMENTS (run_behind), FALSE);
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
