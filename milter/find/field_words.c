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
    OFFENDER ("aanvaller"), OFFENDER ("absender"), BOTH ("abuseip", FIELD_ADDRESS, ROLE_OFFENDER),
    OFFENDER ("abuser"), OFFENDER ("abusing"), OFFENDER ("abusive"), OFFENDER ("accused"),
    ADDRESS ("addr"), ADDRESS ("address"), ADDRESS ("addresses"), ADDRESS ("adres"),
    ADDRESS ("adresa"), ADDRESS ("adresi"), ADDRESS ("adresse"), ADDRESS ("adresy"),
    ADDRESS ("adresă"), OFFENDER ("aggressor"), OFFENDER ("agresor"), OFFENDER ("agresseur"),
    TIME ("aika"), SPOILS ("allocated"), SPOILS ("allocation"), VICTIM ("alvo"),
    VICTIM ("angegriffen"), VICTIM ("angegriffene"), VICTIM ("angegriffener"),
    VICTIM ("angegriffenes"), OFFENDER ("angreifende"), OFFENDER ("angreifendes"),
    OFFENDER ("angreifer"), OFFENDER ("angreifers"), OFFENDER ("angripare"),
    WHAT ("anzahl", FIELD_COUNT), OFFENDER ("associated"), VICTIM ("atacado"),
    OFFENDER ("atacante"), VICTIM ("atakowany"), OFFENDER ("atakującego"), OFFENDER ("atakujący"),
    OFFENDER ("attaccante"), OFFENDER ("attaccanti"), VICTIM ("attacked"), OFFENDER ("attacker"),
    BOTH ("attackerip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("attackerport", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("attackers"),
    OFFENDER ("attacking"), OFFENDER ("attaquant"), OFFENDER ("attaquante"), VICTIM ("attaqué"),
    VICTIM ("attaquée"), WHAT ("attempts", FIELD_COUNT), OFFENDER ("bot"), OFFENDER ("bron"),
    BOTH ("bronadres", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("bronip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("bronpoort", FIELD_PORT, ROLE_OFFENDER), TIME ("cas"), SPOILS ("case"), VICTIM ("cel"),
    VICTIM ("cible"), OFFENDER ("client"), BOTH ("clientaddress", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("clientip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("clientport", FIELD_PORT, ROLE_OFFENDER),
    OFFENDER ("compromised"), WHAT ("count", FIELD_COUNT), REPORT ("created"), OFFENDER ("culprit"),
    TIME ("czas"), VICTIM ("cél"), VICTIM ("cíl"), VICTIM ("cílová"), VICTIM ("cílový"),
    BOTH ("daddr", FIELD_ADDRESS, ROLE_VICTIM), VICTIM ("darknet"), TIME ("data"), TIME ("date"),
    TIME ("datetime"), TIME ("datetimeutc"), TIME ("datum"), SPOILS ("deadline"), VICTIM ("dest"),
    BOTH ("destaddr", FIELD_ADDRESS, ROLE_VICTIM), VICTIM ("destinació"), VICTIM ("destinatie"),
    VICTIM ("destination"), BOTH ("destinationaddress", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("destinationip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("destinationport", FIELD_PORT, ROLE_VICTIM), VICTIM ("destinazione"),
    VICTIM ("destinație"), VICTIM ("destino"), BOTH ("destip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("destport", FIELD_PORT, ROLE_VICTIM), TIME ("detected"), ADDRESS ("direccion"),
    ADDRESS ("dirección"), VICTIM ("docelowa"), VICTIM ("docelowe"), VICTIM ("docelowego"),
    VICTIM ("docelowy"), VICTIM ("doel"), BOTH ("doeladres", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("doelip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("doelpoort", FIELD_PORT, ROLE_VICTIM),
    WHAT ("domain", FIELD_HOST), WHAT ("domains", FIELD_HOST),
    BOTH ("dport", FIELD_PORT, ROLE_VICTIM), BOTH ("dpt", FIELD_PORT, ROLE_VICTIM), VICTIM ("dst"),
    BOTH ("dstaddr", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("dstaddress", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("dstip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("dstport", FIELD_PORT, ROLE_VICTIM),
    SPOILS ("due"), TIME ("dátum"), SPOILS ("email"), ADDRESS ("endereco"), ADDRESS ("endereço"),
    TIME ("eventtime"), SPOILS ("expires"), OFFENDER ("expéditeur"), SPOILS ("fax"), TIME ("fecha"),
    OFFENDER ("forrás"), WHAT ("fqdn", FIELD_HOST), OFFENDER ("fraudster"), OFFENDER ("from"),
    REPORT ("generated"), TIME ("godzina"), TIME ("godziny"), OFFENDER ("hacker"), VICTIM ("hedef"),
    TIME ("heure"), TIME ("heures"), WHAT ("hits", FIELD_COUNT), VICTIM ("honeynet"),
    VICTIM ("honeypot"), TIME ("hora"), TIME ("horario"), TIME ("horodatage"), TIME ("horário"),
    WHAT ("host", FIELD_HOST), WHAT ("hostname", FIELD_HOST), WHAT ("hostnames", FIELD_HOST),
    WHAT ("hosts", FIELD_HOST), SPOILS ("id"), TIME ("időpont"), ADDRESS ("indirizzo"),
    SPOILS ("inetnum"), OFFENDER ("infected"), OFFENDER ("infringer"), OFFENDER ("infringing"),
    TIME ("instante"), WHAT ("intentos", FIELD_COUNT), OFFENDER ("intruder"), ADDRESS ("ip"),
    ADDRESS ("ipaddr"), ADDRESS ("ipaddress"), ADDRESS ("ipadres"), ADDRESS ("ipadresse"),
    BOTH ("ipdest", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("ipdestination", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("ipdestino", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("iporigen", FIELD_ADDRESS, ROLE_OFFENDER),
    ADDRESS ("ips"), BOTH ("ipsource", FIELD_ADDRESS, ROLE_OFFENDER), ADDRESS ("ipv4"),
    ADDRESS ("ipv6"), ADDRESS ("ipアドレス"), ADDRESS ("ip地址"), ADDRESS ("ip주소"), OFFENDER ("kaynak"),
    OFFENDER ("kilde"), BOTH ("kildeport", FIELD_PORT, ROLE_OFFENDER), VICTIM ("kohde"),
    OFFENDER ("källa"), BOTH ("källip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("källport", FIELD_PORT, ROLE_OFFENDER), WHAT ("link", FIELD_URL),
    WHAT ("links", FIELD_URL), VICTIM ("local"), OFFENDER ("lähde"), SPOILS ("mail"),
    OFFENDER ("malicious"), SPOILS ("message"), OFFENDER ("mittente"), TIME ("moment"),
    TIME ("momento"), VICTIM ("mål"), BOTH ("målip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("målport", FIELD_PORT, ROLE_VICTIM), SPOILS ("netrange"), REPORT ("notice"),
    WHAT ("occurances", FIELD_COUNT), TIME ("occurred"), WHAT ("occurrences", FIELD_COUNT),
    OFFENDER ("offender"), BOTH ("offenderip", FIELD_ADDRESS, ROLE_OFFENDER),
    OFFENDER ("offending"), VICTIM ("ofiara"), VICTIM ("ofiary"), VICTIM ("opfer"), TIME ("ora"),
    OFFENDER ("origem"), OFFENDER ("origen"), OFFENDER ("origin"), OFFENDER ("originating"),
    OFFENDER ("origine"), ADDRESS ("osoite"), VICTIM ("our"), OFFENDER ("perpetrator"),
    SPOILS ("phone"), WHAT ("pogingen", FIELD_COUNT), PORT ("poort"), PORT ("porcie"),
    PORT ("port"), PORT ("porta"), PORT ("portas"), BOTH ("portdest", FIELD_PORT, ROLE_VICTIM),
    PORT ("porte"), PORT ("porten"), PORT ("portnumber"), PORT ("ports"),
    BOTH ("portsource", FIELD_PORT, ROLE_OFFENDER), PORT ("portta"), PORT ("portu"),
    SPOILS ("postal"), VICTIM ("probed"), OFFENDER ("probing"), WHAT ("proto", FIELD_PROTOCOL),
    WHAT ("protocol", FIELD_PROTOCOL), WHAT ("protocole", FIELD_PROTOCOL),
    WHAT ("protocollo", FIELD_PROTOCOL), WHAT ("protocolo", FIELD_PROTOCOL),
    WHAT ("protokoll", FIELD_PROTOCOL), WHAT ("protokolle", FIELD_PROTOCOL),
    WHAT ("protokół", FIELD_PROTOCOL), PORT ("puerto"), PORT ("puertos"), OFFENDER ("quell"),
    BOTH ("quelladresse", FIELD_ADDRESS, ROLE_OFFENDER), OFFENDER ("quelle"),
    BOTH ("quellip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("quellport", FIELD_PORT, ROLE_OFFENDER),
    OFFENDER ("quellsystem"), SPOILS ("range"), REPORTER ("recipient"), SPOILS ("reference"),
    SPOILS ("registered"), OFFENDER ("remetente"), OFFENDER ("remitente"), OFFENDER ("remote"),
    BOTH ("remoteaddr", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("remoteaddress", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("remoteip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("remoteport", FIELD_PORT, ROLE_OFFENDER),
    REPORT ("report"), OFFENDER ("reported"), REPORTER ("reporter"), REPORTER ("reporting"),
    BOTH ("rhost", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("rip", FIELD_ADDRESS, ROLE_OFFENDER),
    TIME ("saat"), TIME ("saati"), BOTH ("saddr", FIELD_ADDRESS, ROLE_OFFENDER),
    OFFENDER ("saldırgan"), OFFENDER ("scammer"), VICTIM ("scanned"), OFFENDER ("scanner"),
    TIME ("seen"), OFFENDER ("sender"), REPORTER ("sensor"), REPORT ("sent"), VICTIM ("sinkhole"),
    WHAT ("site", FIELD_URL), VICTIM ("slachtoffer"), OFFENDER ("sorgente"), OFFENDER ("source"),
    BOTH ("sourceaddress", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("sourceip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("sourceport", FIELD_PORT, ROLE_OFFENDER),
    OFFENDER ("spammer"), VICTIM ("spamtrap"), BOTH ("sport", FIELD_PORT, ROLE_OFFENDER),
    BOTH ("spt", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("src"),
    BOTH ("srcaddr", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("srcaddress", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("srcip", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("srcport", FIELD_PORT, ROLE_OFFENDER), TIME ("start"), TIME ("starttid"),
    TIME ("starttime"), OFFENDER ("sursa"), OFFENDER ("sursă"), OFFENDER ("suspicious"),
    VICTIM ("target"), VICTIM ("targeted"), BOTH ("targetip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("targetport", FIELD_PORT, ROLE_VICTIM), TIME ("tarih"), TIME ("tarihi"), SPOILS ("tel"),
    SPOILS ("telephone"), VICTIM ("telescope"), WHAT ("tentativas", FIELD_COUNT),
    WHAT ("tentatives", FIELD_COUNT), WHAT ("tentativi", FIELD_COUNT), SPOILS ("ticket"),
    TIME ("tid"), TIME ("tidpunkt"), TIME ("tidspunkt"), TIME ("tijd"), TIME ("tijdstip"),
    WHAT ("tijdzone", FIELD_ZONE), TIME ("time"), TIME ("timestamp"), TIME ("timestamps"),
    TIME ("timestmp"), WHAT ("timezone", FIELD_ZONE), WHAT ("tz", FIELD_ZONE), TIME ("uhrzeit"),
    WHAT ("uri", FIELD_URL), WHAT ("url", FIELD_URL), WHAT ("urls", FIELD_URL), SPOILS ("version"),
    WHAT ("versuche", FIELD_COUNT), VICTIM ("victim"), VICTIM ("victima"), VICTIM ("victime"),
    BOTH ("victimip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("victimport", FIELD_PORT, ROLE_VICTIM),
    VICTIM ("vittima"), VICTIM ("víctima"), VICTIM ("vítima"), WHAT ("website", FIELD_URL),
    TIME ("when"), SPOILS ("whois"), OFFENDER ("your"), OFFENDER ("zdroj"), OFFENDER ("zdrojová"),
    OFFENDER ("zdrojový"), TIME ("zeit"), TIME ("zeitpunkt"), TIME ("zeitstempel"),
    WHAT ("zeitzone", FIELD_ZONE), VICTIM ("ziel"),
    BOTH ("zieladresse", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("zielip", FIELD_ADDRESS, ROLE_VICTIM),
    BOTH ("zielport", FIELD_PORT, ROLE_VICTIM), VICTIM ("zielrechner"), VICTIM ("zielsystem"),
    WHAT ("zone", FIELD_ZONE), OFFENDER ("útočník"), OFFENDER ("útočníka"), TIME ("čas"),
    OFFENDER ("źródła"), OFFENDER ("źródło"), OFFENDER ("źródłowa"), OFFENDER ("źródłowe"),
    OFFENDER ("źródłowy"), ADDRESS ("адрес"), ADDRESS ("адреса"), ADDRESS ("адресу"),
    VICTIM ("атакуемый"), OFFENDER ("атакующая"), OFFENDER ("атакующего"), OFFENDER ("атакующий"),
    TIME ("времени"), TIME ("время"), TIME ("дата"), OFFENDER ("джерела"), OFFENDER ("джерело"),
    VICTIM ("жертва"), VICTIM ("жертвы"), OFFENDER ("источник"), OFFENDER ("источника"),
    VICTIM ("назначения"), OFFENDER ("нападающего"), PORT ("порт"), PORT ("порта"), PORT ("портам"),
    PORT ("порту"), VICTIM ("призначення"), WHAT ("протокол", FIELD_PROTOCOL), VICTIM ("цель"),
    TIME ("час"), WHAT ("プロトコル", FIELD_PROTOCOL), PORT ("ポート"), WHAT ("协议", FIELD_PROTOCOL),
    WHAT ("協議", FIELD_PROTOCOL), TIME ("发生时间"), VICTIM ("受害者"), ADDRESS ("地址"), VICTIM ("宛先"),
    BOTH ("宛先ip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("宛先ポート", FIELD_PORT, ROLE_VICTIM),
    BOTH ("攻击ip", FIELD_ADDRESS, ROLE_OFFENDER), OFFENDER ("攻击者"), OFFENDER ("攻撃元"),
    BOTH ("攻撃元ip", FIELD_ADDRESS, ROLE_OFFENDER), VICTIM ("攻撃先"), TIME ("日付"), TIME ("日時"),
    TIME ("日期"), TIME ("时间"), TIME ("時刻"), TIME ("時間"), OFFENDER ("来源"),
    BOTH ("来源ip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("来源端口", FIELD_PORT, ROLE_OFFENDER),
    TIME ("検知日時"), OFFENDER ("源"), BOTH ("源ip", FIELD_ADDRESS, ROLE_OFFENDER), OFFENDER ("源地址"),
    BOTH ("源端口", FIELD_PORT, ROLE_OFFENDER), OFFENDER ("発信元"),
    BOTH ("発信元ポート", FIELD_PORT, ROLE_OFFENDER), TIME ("発生日時"), TIME ("発生時刻"), VICTIM ("目标"),
    BOTH ("目标ip", FIELD_ADDRESS, ROLE_VICTIM), BOTH ("目标端口", FIELD_PORT, ROLE_VICTIM),
    VICTIM ("目的"), BOTH ("目的ip", FIELD_ADDRESS, ROLE_VICTIM), VICTIM ("目的地址"),
    BOTH ("目的端口", FIELD_PORT, ROLE_VICTIM), PORT ("端口"), OFFENDER ("送信元"),
    BOTH ("送信元ip", FIELD_ADDRESS, ROLE_OFFENDER), BOTH ("送信元ipアドレス", FIELD_ADDRESS, ROLE_OFFENDER),
    BOTH ("送信元ポート", FIELD_PORT, ROLE_OFFENDER), VICTIM ("送信先"), OFFENDER ("공격자"), VICTIM ("목적지"),
    TIME ("시간"), TIME ("일시"), ADDRESS ("주소"), OFFENDER ("출발지"), PORT ("포트"),
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
