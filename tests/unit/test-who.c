/* Who is accused, on which port, when and why not the others: small mails through reading and
 * roles. */
#include "base/calendar.h"
#include "judge/incidents.h"
#include "judge/roles.h"
#include "judge/urls.h"
#include "read/intake.h"
#include "read/read.h"

typedef struct Case {
    const char *name;
    const char *subject, *body; /* the body follows the header, which ends here */
    const char *want; /* "ip[/bits][:port] [time] [> ip[:port]] [url]", one a line, in order */
} Case;

#define TEN "buy\nbuy\nbuy\nbuy\nbuy\nbuy\nbuy\nbuy\nbuy\nbuy\n"

static const Case cases[] = {
    /* words */
    { "from-and-our", "scan", "attacks from 198.51.100.7 on our server 203.0.113.9\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "your-server", "abuse", "your server (198.51.100.7) sends spam\n", "198.51.100.7\n" },
    { "french", "Tentatives d'intrusion",
      "Tentatives depuis l'adresse IP 198.51.100.7 vers notre serveur 203.0.113.9 (port 22) le "
      "20/11/2026 à 04:04:05 (heure de Paris).\n",
      "198.51.100.7 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "swedish", "Intrång",
      "Vi har sett försök från IP-adressen 198.51.100.7 mot vår server 203.0.113.9 på port 22.\n",
      "198.51.100.7 > 203.0.113.9:22\n" },
    { "turkish", "Saldırı",
      "198.51.100.7 IP adresinden sunucumuza (203.0.113.9) 22 numaralı port üzerinden saldırı.\n",
      "198.51.100.7 > 203.0.113.9:22\n" },
    { "japanese", "不正アクセス",
      "貴社のIPアドレス 198.51.100.7 から当社サーバ 203.0.113.9 "
      "のポート22に対して不正アクセスがありました。\n",
      "198.51.100.7 > 203.0.113.9:22\n" },
    { "chinese", "攻击",
      "来自贵司IP地址 198.51.100.7 的主机攻击了我们的服务器 203.0.113.9 的22端口。\n",
      "198.51.100.7 > 203.0.113.9:22\n" },
    { "dutch-fields", "misbruik",
      "Bron-IP: 198.51.100.7\nBronpoort: 4711\nDoel-IP: 203.0.113.9\nDoelpoort: 22\nTijdstip "
      "(UTC): "
      "2026-11-20 03:04:05\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "subject-alone", "198.51.100.7: malicious activity", "please stop it\n", "198.51.100.7\n" },
    { "list-shares-its-first-role", "abuse",
      "attacks from 198.51.100.7, 198.51.100.8 and 198.51.100.9\n",
      "198.51.100.7\n198.51.100.8\n198.51.100.9\n" },
    { "victims-first", "flood",
      "the following addresses of our customers are under attack:\n\n203.0.113.1\n203.0.113.2\n\n"
      "Traffic came from these sources in your network:\n\n198.51.100.61\n198.51.100.62\n",
      "198.51.100.61\n198.51.100.62\n" },
    { "attacked-from-your-network", "abuse",
      "198.51.100.7 scans.\n\nThe following addresses were attacked from your "
      "network:\n203.0.113.1\n203.0.113.2\n",
      "198.51.100.7\n" },
    { "banned-on-our-servers", "abuse",
      "the following IPs were banned on one of our servers:\n198.51.100.7\n198.51.100.8\n",
      "198.51.100.7\n198.51.100.8\n" },
    { "honeypot-of-ours", "abuse", "we saw 198.51.100.7 connecting to our honeypot 203.0.113.9\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "sinkhole", "bot", "Infected IP: 198.51.100.7\nSinkhole IP: 203.0.113.9\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "block-of-a-whois-is-nobody", "abuse",
      "see below\n\ninetnum: 198.51.100.0 - 198.51.100.255\nnetname: X\nabuse-mailbox: "
      "a@example.net\n",
      "" },
    { "attacked-by", "203.0.113.9 attacked by 198.51.100.7", "see the subject\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "attacked-by-the-following", "abuse",
      "203.0.113.9 was attacked by the following IPs:\n\n198.51.100.7\n198.51.100.8\n",
      "198.51.100.7\n198.51.100.8\n" },
    { "our-server-by-its-name", "abuse",
      "198.51.100.7 keeps calling our server web3.example.org (203.0.113.9)\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "our-dns-servers", "abuse",
      "It is 198.51.100.7. Our DNS servers are 203.0.113.53 and 203.0.113.54.\n",
      "198.51.100.7 > 203.0.113.53\n" },
    { "list-of-urls", "malware",
      "The following URLs are in your "
      "space:\n\nhttp://198.51.100.7/a\nhttp://198.51.100.8:8080/b\n",
      "198.51.100.7\n198.51.100.8:8080\n" },
    { "count-that-is-none", "abuse", "Connection attempts: 198.51.100.7 => 203.0.113.9\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "called-an-address", "abuse",
      "The IP 198.51.100.7 was used to enter the portal (portal.example.org, 203.0.113.80).\n",
      "198.51.100.7\n" },
    { "list-with-remarks", "abuse",
      "Attackers: 2\n198.51.100.7 (12 Mbps)\n198.51.100.8 (9 Mbps)\nVictim IP: 203.0.113.9\n",
      "198.51.100.7\n198.51.100.8" },
    { "weak-word-when-alone", "Phishing page on 198.51.100.7", "please look\n", "198.51.100.7\n" },
    { "on-in-the-subject", "abuse on 198.51.100.7",
      "seen together with 203.0.113.5 , 203.0.113.6\n", "198.51.100.7\n" },
    { "a-log-of-our-host", "abuse",
      "logs are from 203.0.113.9:\n198.51.100.7 - - [20/Nov/2026:04:04:05 +0100] \"GET / "
      "HTTP/1.1\" 200 1\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "resolves-to", "abuse", "the site responds to the following IP address(es): 198.51.100.7\n",
      "198.51.100.7\n" },
    { "domain-that-ends-in-to", "copyright", "files.example.to\n198.51.100.7\n", "198.51.100.7\n" },
    { "version-is-no-address", "abuse", "from 198.51.100.7 with Chrome/120.0.6.1\n",
      "198.51.100.7\n" },
    { "loopback-is-nobody", "abuse", "listed with 127.0.0.2: 198.51.100.7\n", "198.51.100.7\n" },
    { "private-when-alone", "abuse", "attacks from 192.168.1.9\n", "192.168.1.9\n" },
    { "private-beside-public", "abuse", "attacks from 198.51.100.7 to 192.168.1.9\n",
      "198.51.100.7 > 192.168.1.9\n" },
    { "private-in-a-column", "abuse",
      "time,src_ip,dst_ip\n2026-11-20T03:04:05Z,192.168.1.9,198.51.100.7\n",
      "192.168.1.9 2026-11-20T03:04:05Z > 198.51.100.7\n" },
    { "masked", "abuse", "attacks from 198.51.100.xxx\n", "masked 198.51.100.xxx\n" },
    { "network", "abuse", "Source network: 198.51.100.0/24\n", "198.51.100.0/24\n" },
    { "network-below-its-name", "abuse",
      "Source address\n\n198.51.100.0/24\n\nTime\n\n2026-11-20T03:04:05Z\n",
      "198.51.100.0/24 2026-11-20T03:04:05Z\n" },
    { "range-of-a-whois", "abuse from 198.51.100.7", "Host range: 198.51.100.0 - 198.51.100.255\n",
      "198.51.100.7\n" },
    { "ipv6", "abuse", "attacks from 2001:DB8:0:0::7\n", "2001:db8::7\n" },
    { "url-host", "phishing", "the following page: hxxp://198.51.100[.]7:8080/x\n",
      "198.51.100.7:8080 http://198.51.100.7:8080/x\n" },
    { "url-without-address", "phishing", "the phishing site https://bank.example.net/login\n",
      "https://bank.example.net/login\n" },
    { "senders-own-page", "abuse of 198.51.100.7",
      "see our report at https://www.example.org/r/1\n", "198.51.100.7\n" },
    /* ports */
    { "attacked-port", "abuse", "198.51.100.7 attacked us on port 22\n", "198.51.100.7 > :22\n" },
    { "own-service", "abuse", "a resolver on 198.51.100.7 responding on port 53\n",
      "198.51.100.7:53\n" },
    { "ephemeral-port-is-own", "abuse", "IP: 198.51.100.7\nPort: 50012\n", "198.51.100.7:50012\n" },
    { "port-and-protocol-in-words", "abuse of 198.51.100.7",
      "the destination port will be TCP 443\n", "198.51.100.7 > :443\n" },
    { "ports-with-their-services", "scan",
      "TCP 198.51.100.7 4711(ephemeral) => 203.0.113.9 22(ssh)\n",
      "198.51.100.7:4711 > 203.0.113.9:22\n" },
    { "advice-is-no-port", "abuse from 198.51.100.7", "please close port 25\n", "198.51.100.7\n" },
    { "sole-port-is-lent", "abuse from 198.51.100.7", "it goes to port 443\n",
      "198.51.100.7 > :443\n" },
    /* times */
    { "no-zone-no-utc", "abuse", "198.51.100.7 attacked at 2026-11-20 04:04:05\n",
      "198.51.100.7 local\n" },
    { "zone-hint", "abuse",
      "All times are UTC+1.\n\n198.51.100.7 attacked at 2026-11-20 04:04:05\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "zone-hint-in-a-long-paragraph", "abuse",
      "You receive this since your network is the one that we found in the records of our machines "
      "and since nobody else could help, so that we ask you to look after it as soon as you can "
      "and "
      "to tell whoever runs the machine that it may have been taken over by others, which happens "
      "to the best of us and is no shame, and then to let us know what came of it, please; what we "
      "have is below (all times are UTC+1).\n\n198.51.100.7 attacked at 2026-11-20 04:04:05\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "between-and", "abuse",
      "Between 2026-11-20 03:04 and 2026-11-20 03:14 UTC 198.51.100.7 asked 400 times\n",
      "198.51.100.7 2026-11-20T03:04:00Z\n198.51.100.7 2026-11-20T03:14:00Z\n" },
    { "german-hint", "abuse", "Zeitangaben in MEZ.\n\n20.11.2026 04:04:05 198.51.100.7\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "period-with-its-zone", "abuse of 198.51.100.7",
      "Period (UTC): 2026-11-20 03:04:05 - 2026-11-20 03:14:05\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n198.51.100.7 2026-11-20T03:14:05Z\n" },
    { "zone-on-the-next-line", "abuse",
      "198.51.100.7 attacked us on 2026-11-20 03:04:05\nUTC from far away\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "date-of-a-forward", "abuse from 198.51.100.7",
      "From: x@example.org\nDate: Thu, 19 Nov 2026 10:00:00 +0000\nTo: abuse@example.net\nSubject: "
      "abuse\n\nstop it\n",
      "198.51.100.7\n" },
    { "generated-at", "abuse", "Report on 198.51.100.7 generated at 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7\n" },
    { "report-received-at", "abuse",
      "At 2026-11-20 05:00:00 UTC we received an abuse report about 198.51.100.7 (event time "
      "2026-11-20 03:04:05 UTC)\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "attack-received-at", "abuse",
      "At 2026-11-20 03:04:05 UTC we received a flood of packets from 198.51.100.7\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "an-id-is-no-epoch", "abuse of 198.51.100.7", "1049122186\ncase time 1049122186\n",
      "198.51.100.7\n" },
    { "sole-time-is-lent", "abuse from 198.51.100.7", "Start: 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    /* records */
    { "two-blocks", "abuse",
      "Source IP: 198.51.100.7\nTime: 2026-11-20 03:04:05 UTC\n\nSource IP: 198.51.100.8\nTime: "
      "2026-11-20 03:05:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n198.51.100.8 2026-11-20T03:05:05Z\n" },
    { "unknown-key-within-a-block", "abuse",
      "IP: 198.51.100.7\nMalware: worm\nFirst seen: 2026-11-20 03:04:05 UTC\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "server-below-client", "abuse",
      "Client IP: 198.51.100.7\nServer IP: 203.0.113.9\nServer port: 80\n",
      "198.51.100.7 > 203.0.113.9:80\n" },
    { "csv", "abuse",
      "time,src_ip,src_port,dst_ip,dst_port\n2026-11-20T03:04:05Z,198.51.100.7,4711,203.0.113.9,"
      "22\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "destination-column-first", "abuse", "dst_ip;src_ip\n203.0.113.9;198.51.100.7\n",
      "198.51.100.7 > 203.0.113.9\n" },
    { "remote-beside-infected", "abuse",
      "Infected IP,Remote IP,Remote Port\n198.51.100.7,203.0.113.9,80\n",
      "198.51.100.7 > 203.0.113.9:80\n" },
    { "remote-beside-a-mere-ip", "bots",
      ";ip,asn,remote_ip,remote_port,local_port\n198.51.100.7,AS64500,203.0.113.9,80,50012\n",
      "198.51.100.7:50012 > 203.0.113.9:80\n" },
    { "bot-and-its-server", "bots",
      "\"timestamp\",\"ip\",\"port\",\"cc_port\"\n\"2026-11-20 "
      "03:04:05\",\"198.51.100.7\",50012,443\n",
      "198.51.100.7:50012 local > :443\n" },
    { "amplifier-in-the-destination-column", "[198.51.100.7] NTP amplification",
      "Host 198.51.100.7 was used to flood others:\n\nsrc_ip|dst_ip|dst_port\n"
      "203.0.113.9|198.51.100.7|123\n203.0.113.10|198.51.100.7|123\n",
      "198.51.100.7:123 > 203.0.113.9\n198.51.100.7:123 > 203.0.113.10\n" },
    { "flooded-by-an-amplifier", "amplification attack from 198.51.100.7",
      "src_ip|dst_ip|src_port\n198.51.100.7|203.0.113.9|123\n",
      "198.51.100.7:123 > 203.0.113.9\n" },
    { "two-names-in-one-column", "abuse",
      "Time  Src IP  Src Port   Dst IP Dst Port\n2026-11-20T03:04:05Z  198.51.100.7  4711  "
      "www.example.org 80\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > :80\n" },
    { "roles-without-addresses-are-one-block", "abuse",
      "First malicious activity: 2026-11-20 03:04:05 UTC\nLast malicious activity: 2026-11-20 "
      "04:04:05 UTC\nIP: 198.51.100.7\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n198.51.100.7 2026-11-20T04:04:05Z\n" },
    { "a-sentence-is-no-key", "abuse",
      "Please keep in any of your answers to our desk: case 7 of 198.51.100.7\n",
      "198.51.100.7\n" },
    { "host-and-by-the-way-its-address", "abuse",
      "IP: 198.51.100.7\nDomain: shop.example.org (203.0.113.9)\n", "198.51.100.7\n" },
    { "pairs-in-a-frame", "abuse",
      "|date=2026-11-20 time=03:04:05 tz=\"+0000\" devname=\"edge\"  |\n|srcip=198.51.100.7 "
      "dstip=203.0.113.9 hostname=\"203.0.113.9\" |\n|action=\"deny\" srcport=4711 dstport=80 "
      "|\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:80\n" },
    { "two-wrapped-records-of-pairs", "abuse",
      "Times are UTC.\n\nNov 20 03:04:05 fw kernel: IN=eth0 SRC=198.51.100.7\nDST=203.0.113.9 "
      "PROTO=TCP SPT=4711 DPT=22\n"
      "Nov 20 03:04:06 fw kernel: IN=eth0 SRC=198.51.100.8\nDST=203.0.113.9 "
      "PROTO=TCP SPT=4712 DPT=23\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n"
      "198.51.100.8:4712 2026-11-20T03:04:06Z > 203.0.113.9:23\n" },
    { "wrapped-log-line", "abuse",
      "Times are UTC.\n\nNov 20 03:04:05 web sshd[2187]: Failed password for invalid user "
      "operator from\n198.51.100.7 port 4711 ssh2\nNov 20 03:04:06 web sshd[2187]: Failed password "
      "for invalid user operators from\n198.51.100.8 port 4712 ssh2\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n198.51.100.8:4712 2026-11-20T03:04:06Z\n" },
    { "json-lines", "abuse",
      "{\"ts\":\"2026-11-20T03:04:05Z\",\"client_ip\":\"198.51.100.7\",\"client_port\":4711,"
      "\"server_ip\":\"203.0.113.9\",\"server_port\":443}\n"
      "{\"ts\":\"2026-11-20T03:04:06Z\",\"client_ip\":\"198.51.100.8\",\"client_port\":4712,"
      "\"server_ip\":\"203.0.113.9\",\"server_port\":443}\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:443\n"
      "198.51.100.8:4712 2026-11-20T03:04:06Z > 203.0.113.9:443\n" },
    { "heads-wider-than-rows", "abuse",
      "SrcIP           SrcPort DstIP           DstPort Proto First seen\n198.51.100.7    4711    "
      "203.0.113.9     22      TCP   2026-11-20 03:04:05 UTC\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "date-and-time-and-zone-below-each-other", "abuse",
      "IP: 198.51.100.7\nDate: 2026-11-20\nTime: 04:04:05\nTime zone: CET\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "csv-in-a-json-string", "abuse",
      "{\"data\": "
      "\"timestamp,src_ip,src_port,dst_ip,dst_port\\n2026-11-20T03:04:05Z,198.51.100.7,4711,203.0."
      "113.9,22\\n\", \"n\": 1}\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "address-and-port-in-one-column", "abuse",
      "Attacker IP/port      Victim IP/port    When\n198.51.100.7/4711     203.0.113.9/22    "
      "2026-11-20 03:04:05Z\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "a-sentence-with-commas-is-no-head", "abuse",
      "IP 198.51.100.7, port 50012, at 03:04:05 UTC on 20 November 2026.\n",
      "198.51.100.7:50012 2026-11-20T03:04:05Z\n" },
    { "arrow-back", "abuse", "203.0.113.9:22 <- 198.51.100.7:4711 (2026-11-20 03:04:05 UTC)\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "traceroute", "slow host",
      "Traceroute to 198.51.100.7 (198.51.100.7), 30 hops max\n 1  203.0.113.1  1 ms\n 2  * * *\n "
      "3 "
      " 203.0.113.2  2 ms\n 4  198.51.100.7  9 ms\n",
      "198.51.100.7\n" },
    { "nslookup", "bad host",
      "nslookup 198.51.100.7\nServer: 203.0.113.53\nAddress: 203.0.113.53#53\n\nThis host attacks "
      "us.\n",
      "198.51.100.7\n" },
    { "wrapped-row", "abuse",
      "ip,timestamp,src_port,malware\n198.51.100.7,2026-11-20T03:04:05Z,\n4711,worm\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "row-beside-its-head", "abuse",
      "id,version,timestamp,src_ip,src_port\n2026-11-20T03:04:05Z,198.51.100.7,4711\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "date-and-time-columns", "abuse",
      "Date,Time,Zone,IP\n2026-11-20,04:04:05,+0100,198.51.100.7\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "w3c-log", "abuse",
      "Times are UTC\n#Fields: date time c-ip c-port s-ip s-port\n2026-11-20 03:04:05 198.51.100.7 "
      "4711 203.0.113.9 80\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:80\n" },
    { "flat-table", "abuse",
      "Source IP\nSource Port\nTimestamp\n198.51.100.7\n4711\n2026-11-20T03:04:05Z\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z\n" },
    { "name-above-value", "abuse", "Source IP Address\n\n198.51.100.7\n", "198.51.100.7\n" },
    { "arrow-with-blanks", "abuse", "198.51.100.7 4711 -> 203.0.113.9 22\n",
      "198.51.100.7:4711 > 203.0.113.9:22\n" },
    { "unknown-log", "abuse", "2026-11-20T03:04:05Z 198.51.100.7:4711 203.0.113.9:22 hit\n",
      "198.51.100.7:4711 2026-11-20T03:04:05Z > 203.0.113.9:22\n" },
    { "said-again-counts-once", "abuse from 198.51.100.7",
      "abuse from 198.51.100.7 and again 198.51.100.7\n", "198.51.100.7\n" },
    /* the way of a mail */
    { "hop-from-outside", "spam",
      "Received: from mx2.example.net (mx2.example.net [203.0.113.2]) by mx1.example.net; Fri, 20 "
      "Nov 2026 03:04:06 +0000\n"
      "Received: from bad.example.org ([198.51.100.7]) by mx2.example.net; Fri, 20 Nov 2026 "
      "03:04:05 +0000\n"
      "Received: from x.example.org ([192.0.2.1]) by bad.example.org; Fri, 20 Nov 2026 03:04:00 "
      "+0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "originating-address", "spam",
      "X-Originating-IP: [198.51.100.7]\nReceived: from m.example.org ([192.0.2.1]) by "
      "mx.example.net; "
      "Fri, 20 Nov 2026 03:04:05 +0000\n",
      "198.51.100.7" },
    { "wrapped-without-blanks", "spam",
      "Return-Path: <a@bad.example.org>\nReceived: from mail.bad.example.org\n([198.51.100.7])\nby "
      "mx.example.net with ESMTP; Fri, 20\nNov 2026 03:04:05 +0000\nSubject: buy\n\nbuy\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "doubled-line-ends", "spam",
      "Received: from bad.example.org ([198.51.100.7])\n\n    by mx.example.net\n\n    with ESMTP; "
      "Fri, 20 Nov 2026 03:04:05 +0000\n\nDate: Fri, 20 Nov 2026 02:00:00 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "passed-on-within-a-provider", "spam",
      "X-Received: by 2001:db8:1::5 with SMTP id 1; Fri, 20 Nov 2026 03:04:07 +0000\nReceived: "
      "from "
      "bad.example.org ([198.51.100.7]) by mx.example.net; Fri, 20 Nov 2026 03:04:05 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "first-spf-check", "spam",
      "Received-SPF: pass client-ip=198.51.100.7\nReceived: from out.example.org ([198.51.100.7]) "
      "by mx.example.net; Fri, 20 Nov 2026 03:04:05 +0000\nReceived-SPF: pass "
      "client-ip=192.0.2.33\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "handed-in-and-handed-over", "spam",
      "Received: from out.example.org (out.example.org [198.51.100.7]) by mx.example.net; Fri, 20 "
      "Nov 2026 03:04:05 +0000\nReceived: from pc ([192.0.2.33]) by out.example.org with ESMTPSA; "
      "Fri, 20 Nov 2026 03:04:01 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n192.0.2.33 2026-11-20T03:04:01Z\n" },
    { "origin-takes-its-arrival", "spam",
      "X-Originating-IP: [198.51.100.7]\nReceived: from bad.example.org ([198.51.100.7]) by "
      "mx.example.net; Fri, 20 Nov 2026 03:04:05 +0000\nDate: Fri, 20 Nov 2026 02:00:00 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "origin-without-arrival", "spam",
      "X-Originating-IP: [198.51.100.7]\nDate: Fri, 20 Nov 2026 02:00:00 +0000\n",
      "198.51.100.7 2026-11-20T02:00:00Z\n" },
    { "arrivals-of-those-the-subject-names", "spam of 198.51.100.7 and 192.0.2.33",
      "Return-Path: <a@bad.example.org>\nReceived: from out.example.org ([198.51.100.7]) by "
      "mx.example.net; Fri, 20 Nov 2026 03:04:05 +0000\nReceived: from pc ([192.0.2.33]) by "
      "out.example.org with ESMTPA; Fri, 20 Nov 2026 03:04:01 +0000\nSubject: buy\n\nbuy this\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n192.0.2.33 2026-11-20T03:04:01Z\n" },
    { "provider-passes-on-over-http", "spam",
      "Received: from a.example.net (2001:db8:1::5) by b.example.net with HTTPS; Fri, 20 Nov 2026 "
      "03:04:07 +0000\nReceived: from bad.example.org ([198.51.100.7]) by a.example.net; Fri, 20 "
      "Nov 2026 03:04:05 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "two-pasted-mails", "spam",
      "Received: from bad.example.org ([198.51.100.7]) by mx.example.net; Fri, 20 Nov 2026 "
      "03:04:05 "
      "+0000\nReceived-SPF: pass client-ip=198.51.100.7\n" TEN TEN TEN TEN TEN TEN TEN TEN TEN
      "Received: from bad.example.org ([198.51.100.8]) by mx.example.net; Fri, 20 Nov 2026 "
      "03:05:05 "
      "+0000\nReceived-SPF: pass client-ip=198.51.100.8\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n198.51.100.8 2026-11-20T03:05:05Z\n" },
    { "words-before-headers", "spam",
      "your server 198.51.100.7 sent this:\n\nReceived: from out.example.org ([198.51.100.7]) by "
      "mx.example.net; Fri, 20 Nov 2026 03:04:05 +0000\nReceived: from pc ([192.0.2.33]) by "
      "out.example.org with ESMTPA; Fri, 20 Nov 2026 03:04:01 +0000\n",
      "198.51.100.7 2026-11-20T03:04:05Z\n" },
    { "nobody", "hello", "there is nothing here\n", "" },
};

static void
put_port (GString *out, guint port)
{
    if (port != 0)
        g_string_append_printf (out, ":%u", port);
}

static void
put (GString *out, const Incident *i)
{
    char ip[IP_TEXT_MAX], when[RFC3339_MAX];

    g_string_append (out, ip_format (&i->ip, ip));
    if (i->bits != 0)
        g_string_append_printf (out, "/%u", i->bits);
    if (i->masked != NULL)
        g_string_append_printf (out, "masked %s", i->masked);
    put_port (out, i->src_port);
    if (i->has_time)
        g_string_append_printf (
            out, " %s",
            i->when.basis == TIME_NO_ZONE ? "local" : calendar_rfc3339 (i->when.unix_s, when));
    if (i->dst_ip.family != 0 || i->dst_port != 0)
        g_string_append_printf (out, " > %s", ip_format (&i->dst_ip, ip));
    put_port (out, i->dst_port);
    if (i->url != NULL)
        g_string_append_printf (out, "%s%s", i->ip.family != 0 ? " " : "", i->url);
    g_string_append_c (out, '\n');
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *mail =
        g_strdup_printf ("From: Ann <ann@example.org>\nTo: abuse@example.net\nSubject: %s\n"
                         "Date: Fri, 20 Nov 2026 10:00:00 +0000\n\n%s",
                         c->subject, c->body);
    g_autoptr (Arena) arena = arena_new (1 << 24);
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (Settings) settings = settings_defaults ();
    g_autoptr (GString) got = g_string_new (NULL);
    Facts *facts = facts_read (intake_read (arena, span_of (mail)), shapes);
    Verdict verdict = { .facts = facts };

    urls_assign (facts);
    roles_assign (facts, settings);
    incidents_find (&verdict, facts, settings);
    for (guint i = 0; i < verdict.n_incidents; i++)
        put (got, &verdict.incidents[i]);
    if (*c->want == '\0' || g_str_has_suffix (c->want, "\n"))
        g_assert_cmpstr (got->str, ==, c->want);
    else
        g_assert_true (g_str_has_prefix (got->str, c->want));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    intake_init ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *name = g_strdup_printf ("/who/%s", cases[i].name);

        g_test_add_data_func (name, &cases[i], test_case);
    }
    return g_test_run ();
}
