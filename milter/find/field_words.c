#include "find/field_words.h"
#include <stdlib.h>

#define WHAT(w, what)                                                                              \
    {                                                                                              \
        w, what, ROLE_UNKNOWN, FALSE, FALSE                                                        \
    }
#define ROLE(w, role)                                                                              \
    {                                                                                              \
        w, FIELD_NONE, role, FALSE, FALSE                                                          \
    }
#define BOTH(w, what, role)                                                                        \
    {                                                                                              \
        w, what, role, FALSE, FALSE                                                                \
    }
#define ADDRESS(w) WHAT (w, FIELD_ADDRESS)
#define PORT(w) WHAT (w, FIELD_PORT)
#define TIME(w) WHAT (w, FIELD_TIME)
#define OFFENDER(w) ROLE (w, ROLE_OFFENDER)
#define VICTIM(w) ROLE (w, ROLE_VICTIM)
#define REPORTER(w) ROLE (w, ROLE_REPORTER)
#define SPOILS(w)                                                                                  \
    {                                                                                              \
        w, FIELD_NONE, ROLE_UNKNOWN, TRUE, FALSE                                                   \
    }
#define REPORT(w)                                                                                  \
    {                                                                                              \
        w, FIELD_NONE, ROLE_UNKNOWN, FALSE, TRUE                                                   \
    }

/* Sorted by strcmp: a test checks it. */
static const FieldWord words[] = {
    /* clang-format off */
    OFFENDER ("abuser"), OFFENDER ("abusing"), OFFENDER ("abusive"), OFFENDER ("accused"),
    ADDRESS ("addr"), ADDRESS ("address"), ADDRESS ("addresses"), ADDRESS ("adres"),
    ADDRESS ("adresse"), OFFENDER ("aggressor"), SPOILS ("allocated"), SPOILS ("allocation"),
    OFFENDER ("angreifende"), OFFENDER ("angreifer"), OFFENDER ("associated"),
    OFFENDER ("atacante"), OFFENDER ("attaccante"), VICTIM ("attacked"), OFFENDER ("attacker"),
    OFFENDER ("attackers"), OFFENDER ("attacking"), OFFENDER ("attaquant"),
    WHAT ("attempts", FIELD_COUNT), OFFENDER ("bot"), OFFENDER ("bron"), SPOILS ("case"),
    VICTIM ("cel"), VICTIM ("cible"), OFFENDER ("client"),
    BOTH ("clientip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("clientport", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("compromised"),
    WHAT ("count", FIELD_COUNT), REPORT ("created"), TIME ("czas"),
    BOTH ("daddr", FIELD_ADDRESS, ROLE_VICTIM), TIME ("data"), TIME ("date"), TIME ("datetime"),
    TIME ("datum"), SPOILS ("deadline"), VICTIM ("dest"), VICTIM ("destination"),
    BOTH ("destinationip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("destinationport", FIELD_PORT, ROLE_VICTIM), VICTIM ("destino"),
    BOTH ("destip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("destport", FIELD_PORT, ROLE_VICTIM),
    TIME ("detected"), VICTIM ("docelowy"), WHAT ("domain", FIELD_HOST),
    WHAT ("domains", FIELD_HOST), BOTH ("dport", FIELD_PORT, ROLE_VICTIM),
    BOTH ("dpt", FIELD_PORT, ROLE_VICTIM), VICTIM ("dst"),
    BOTH ("dstaddr", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("dstip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("dstport", FIELD_PORT, ROLE_VICTIM), SPOILS ("due"), SPOILS ("email"),
    TIME ("eventtime"), SPOILS ("expires"), SPOILS ("fax"), TIME ("fecha"),
    WHAT ("fqdn", FIELD_HOST), OFFENDER ("from"), REPORT ("generated"), TIME ("godzina"),
    OFFENDER ("hacker"), TIME ("heure"), WHAT ("hits", FIELD_COUNT), VICTIM ("honeypot"),
    TIME ("hora"), TIME ("horodatage"), WHAT ("host", FIELD_HOST), WHAT ("hostname", FIELD_HOST),
    WHAT ("hostnames", FIELD_HOST), WHAT ("hosts", FIELD_HOST), SPOILS ("id"), SPOILS ("inetnum"),
    OFFENDER ("infected"), OFFENDER ("infringer"), OFFENDER ("infringing"), OFFENDER ("intruder"),
    ADDRESS ("ip"), ADDRESS ("ipaddr"), ADDRESS ("ipaddress"), ADDRESS ("ips"), ADDRESS ("ipv4"),
    ADDRESS ("ipv6"), ADDRESS ("ipアドレス"), ADDRESS ("ip地址"), ADDRESS ("ip주소"),
    WHAT ("link", FIELD_URL), WHAT ("links", FIELD_URL), VICTIM ("local"), SPOILS ("mail"),
    OFFENDER ("malicious"), SPOILS ("message"), SPOILS ("netrange"), REPORT ("notice"),
    WHAT ("occurances", FIELD_COUNT), TIME ("occurred"), WHAT ("occurrences", FIELD_COUNT),
    OFFENDER ("offender"), OFFENDER ("offending"), VICTIM ("opfer"), TIME ("ora"),
    OFFENDER ("origen"), OFFENDER ("origin"), OFFENDER ("originating"), VICTIM ("our"),
    SPOILS ("phone"), PORT ("poort"), PORT ("port"), PORT ("porta"), PORT ("porte"),
    PORT ("portnumber"), PORT ("ports"), SPOILS ("postal"), VICTIM ("probed"),
    OFFENDER ("probing"), WHAT ("proto", FIELD_PROTOCOL), WHAT ("protocol", FIELD_PROTOCOL),
    WHAT ("protocole", FIELD_PROTOCOL), WHAT ("protocolo", FIELD_PROTOCOL),
    WHAT ("protokoll", FIELD_PROTOCOL), WHAT ("protokół", FIELD_PROTOCOL), PORT ("puerto"),
    OFFENDER ("quell"), OFFENDER ("quelle"), SPOILS ("range"), REPORTER ("recipient"),
    SPOILS ("reference"), SPOILS ("registered"), OFFENDER ("remote"),
    BOTH ("remoteaddr", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("remoteip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("remoteport", FIELD_PORT, ROLE_OFFENDER), REPORT ("report"), OFFENDER ("reported"),
    REPORTER ("reporter"), REPORTER ("reporting"), BOTH ("rhost", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("rip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("saddr", FIELD_ADDRESS, ROLE_OFFENDER),
    VICTIM ("scanned"), OFFENDER ("scanner"), TIME ("seen"), REPORTER ("sensor"), REPORT ("sent"),
    WHAT ("site", FIELD_URL), OFFENDER ("source"), BOTH ("sourceip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("sourceport", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("spammer"),
    BOTH ("sport", FIELD_PORT, ROLE_OFFENDER), BOTH ("spt", FIELD_PORT, ROLE_OFFENDER),
    OFFENDER ("src"), BOTH ("srcaddr", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("srcip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("srcport", FIELD_PORT, ROLE_OFFENDER),
    TIME ("start"), TIME ("starttime"), OFFENDER ("suspicious"), VICTIM ("target"),
    VICTIM ("targeted"), BOTH ("targetip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("targetport", FIELD_PORT, ROLE_VICTIM), SPOILS ("tel"), SPOILS ("telephone"),
    SPOILS ("ticket"), TIME ("tijd"), TIME ("tijdstip"), TIME ("time"), TIME ("timestamp"),
    TIME ("timestamps"), WHAT ("timezone", FIELD_ZONE), WHAT ("tz", FIELD_ZONE), TIME ("uhrzeit"),
    WHAT ("uri", FIELD_URL), WHAT ("url", FIELD_URL), WHAT ("urls", FIELD_URL), SPOILS ("version"),
    VICTIM ("victim"), VICTIM ("victima"), WHAT ("website", FIELD_URL), TIME ("when"),
    SPOILS ("whois"), OFFENDER ("your"), TIME ("zeit"), TIME ("zeitpunkt"), TIME ("zeitstempel"),
    VICTIM ("ziel"), WHAT ("zone", FIELD_ZONE), OFFENDER ("źródło"), OFFENDER ("źródłowy"),
    ADDRESS ("адрес"), OFFENDER ("атакующего"), OFFENDER ("атакующий"), TIME ("время"),
    TIME ("дата"), OFFENDER ("источник"), OFFENDER ("источника"), VICTIM ("назначения"),
    PORT ("порт"), WHAT ("протокол", FIELD_PROTOCOL), VICTIM ("цель"), PORT ("ポート"), VICTIM ("宛先"),
    BOTH ("宛先ポート", FIELD_PORT, ROLE_VICTIM), BOTH ("攻击ip", FIELD_ADDRESS, ROLE_OFFENDER),
    TIME ("日時"), TIME ("时间"), TIME ("時間"), BOTH ("来源ip", FIELD_ADDRESS, ROLE_OFFENDER),
    TIME ("検知日時"), BOTH ("源ip", FIELD_ADDRESS, ROLE_OFFENDER), OFFENDER ("源地址"),
    BOTH ("源端口", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("発信元"),
    BOTH ("発信元ポート", FIELD_PORT, ROLE_OFFENDER), TIME ("発生日時"),
    BOTH ("目的ip", FIELD_ADDRESS, ROLE_VICTIM), VICTIM ("目的地址"),
    BOTH ("目的端口", FIELD_PORT, ROLE_VICTIM), PORT ("端口"), OFFENDER ("送信元"),
    BOTH ("送信元ip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("送信元ipアドレス", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("送信元ポート", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("공격자"), VICTIM ("목적지"), TIME ("시간"),
    TIME ("일시"), ADDRESS ("주소"), OFFENDER ("출발지"), PORT ("포트"),
    /* clang-format on */
};

static int
compare (const void *key, const void *row)
{
    return strcmp (key, ((const FieldWord *)row)->word);
}

const FieldWord *
field_word (const char *word, gsize len)
{
    char key[FIELD_MAX_NAME + 1];

    if (len == 0 || len > FIELD_MAX_NAME)
        return NULL;
    memcpy (key, word, len);
    key[len] = '\0';
    return bsearch (key, words, G_N_ELEMENTS (words), sizeof *words, compare);
}

gboolean
field_words_sorted (void)
{
    for (gsize i = 1; i < G_N_ELEMENTS (words); i++)
        if (strcmp (words[i - 1].word, words[i].word) >= 0)
            return FALSE;
    return TRUE;
}
