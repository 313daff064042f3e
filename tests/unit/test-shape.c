#include "find/shape.h"

typedef struct Case {
    const char *line, *want; /* the shape's name and its fields as render() writes them; "" none */
} Case;

static const Case login[] = {
    { "postgres@postgres 198.51.100.7(43122) FATAL:  password authentication failed",
      "postgres-port src=198.51.100.7 sport=43122" },
    { "Nov 20 03:04:05 host sshd[123]: Failed password for root from 198.51.100.7 port 43122 ssh2",
      "sshd-failed user=root src=198.51.100.7 sport=43122" },
    { "sshd[123]: Failed password for invalid user admin from 2001:db8::7 port 43122 ssh2",
      "sshd-failed-invalid user=admin src=2001:db8::7 sport=43122" },
    { "sshd[123]: Failed password for invalid user  from 198.51.100.7 port 43122 ssh2",
      "sshd-failed-invalid-odd src=198.51.100.7 sport=43122" },
    { "Failed keyboard-interactive/pam for root from 198.51.100.7 port 43122 ssh2",
      "sshd-failed user=root src=198.51.100.7 sport=43122" },
    { "Failed password for root from host.example.net port 43122 ssh2",
      "sshd-failed-host user=root host=host.example.net sport=43122" },
    { "Accepted publickey for deploy from 198.51.100.7 port 43122 ssh2: RSA SHA256:x",
      "sshd-accepted user=deploy src=198.51.100.7 sport=43122" },
    { "sshd[1]: Invalid user oracle from 198.51.100.7 port 43122",
      "sshd-invalid-user user=oracle src=198.51.100.7 sport=43122" },
    { "sshd[1]: Invalid user oracle from 198.51.100.7",
      "sshd-invalid-user-old user=oracle src=198.51.100.7" },
    { "sshd[1]: Invalid user  from 198.51.100.7 port 43122",
      "sshd-invalid-user-odd src=198.51.100.7 sport=43122" },
    { "sshd[1]: Connection closed by authenticating user root 198.51.100.7 port 43122 [preauth]",
      "sshd-closed-authenticating user=root src=198.51.100.7 sport=43122" },
    { "sshd[1]: Connection closed by invalid user a b 198.51.100.7 port 43122 [preauth]",
      "sshd-closed-invalid src=198.51.100.7 sport=43122" },
    { "sshd[1]: Connection closed by 198.51.100.7 port 43122 [preauth]",
      "sshd-closed src=198.51.100.7 sport=43122" },
    { "sshd[1]: Connection reset by 198.51.100.7 port 43122",
      "sshd-reset src=198.51.100.7 sport=43122" },
    { "sshd[1]: Disconnected from authenticating user root 198.51.100.7 port 43122 [preauth]",
      "sshd-disconnected-authenticating user=root src=198.51.100.7 sport=43122" },
    { "sshd[1]: Received disconnect from 198.51.100.7 port 43122:11: Bye Bye [preauth]",
      "sshd-received-disconnect src=198.51.100.7 sport=43122" },
    { "sshd[1]: Received disconnect from 198.51.100.7: 11: Bye Bye",
      "sshd-received-disconnect-old src=198.51.100.7" },
    { "sshd[1]: Did not receive identification string from 198.51.100.7 port 43122",
      "sshd-no-identification src=198.51.100.7 sport=43122" },
    { "sshd[1]: Bad protocol version identification 'GET / HTTP/1.1' from 198.51.100.7 port 43122",
      "sshd-bad-version src=198.51.100.7 sport=43122" },
    { "sshd[1]: Unable to negotiate with 198.51.100.7 port 43122: no matching key exchange method",
      "sshd-no-negotiation src=198.51.100.7 sport=43122" },
    { "sshd[1]: error: maximum authentication attempts exceeded for root from 198.51.100.7 port "
      "43122 ssh2",
      "sshd-max-attempts src=198.51.100.7 sport=43122" },
    { "sshd[1]: Connection from 198.51.100.7 port 43122 on 203.0.113.9 port 22",
      "sshd-connection src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "sshd[1]: reverse mapping checking getaddrinfo for host.example.net [198.51.100.7] failed - "
      "POSSIBLE",
      "sshd-reverse-mapping host=host.example.net src=198.51.100.7" },
    { "sshd[1]: User root from 198.51.100.7 not allowed because not listed in AllowUsers",
      "sshd-not-allowed user=root src=198.51.100.7" },
    { "drop connection #10 from [198.51.100.7]:43122 on [203.0.113.9]:22 past MaxStartups",
      "sshd-max-startups src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "dropbear[1]: Bad password attempt for 'root' from 198.51.100.7:43122",
      "dropbear-bad-password user=root src=198.51.100.7 sport=43122" },
    { "sshd[1]: refused connect from host.example.net (198.51.100.7)",
      "sshd-refused-wrappers src=198.51.100.7" },
    { "sshd: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= "
      "rhost=198.51.100.7 user=root",
      "pam-failure-user src=198.51.100.7 user=root" },
    { "pam_unix(sshd:auth): authentication failure; logname= uid=0 tty=ssh ruser= "
      "rhost=198.51.100.7",
      "pam-failure src=198.51.100.7" },
    { "PAM 2 more authentication failures; logname= uid=0 rhost=198.51.100.7  user=root",
      "pam-failures src=198.51.100.7" },
    { "pam_unix(x): authentication failure; logname= rhost=host7.example.net ",
      "pam-failure-host host=host7.example.net" },
    { "fail2ban.filter [77]: INFO    [sshd] Found 198.51.100.7 - 2026-11-20 03:04:05",
      "fail2ban-found src=198.51.100.7 time=2026-11-20 03:04:05" },
    { "2026-11-20 03:04:05,152 fail2ban.actions [77]: NOTICE  [sshd] Ban 198.51.100.7",
      "fail2ban-ban src=198.51.100.7" },
    { "fail2ban.actions: WARNING [apache-auth] 198.51.100.7 already banned",
      "fail2ban-already src=198.51.100.7" },
    { "sshguard[7]: Attack from \"198.51.100.7\" on service SSH with danger 10.",
      "sshguard-attack src=198.51.100.7" },
    { "Ip 198.51.100.7 performed 'lab/ssh-bf' (6 events over 1s)",
      "crowdsec src=198.51.100.7 count=6" },
    { "lfd[1]: (sshd) Failed SSH login from 198.51.100.7 (host): 5 in the last 300 secs",
      "lfd src=198.51.100.7" },
    { "Tue Aug 22 12:34:39 2017 [pid 7] [anna] FAIL LOGIN: Client \"::ffff:198.51.100.7\"",
      "vsftpd-fail src=::ffff:198.51.100.7" },
    { "proftpd[1] 203.0.113.9 (198.51.100.7[198.51.100.7]): USER root: no such user found from "
      "198.51.100.7 [198.51.100.7] to 203.0.113.9:21",
      "proftpd-no-user user=root src=198.51.100.7 dst=203.0.113.9 dport=21" },
    { "proftpd[1]: example.org (host[198.51.100.7]) - USER anna (Login failed): Incorrect password",
      "proftpd-user src=198.51.100.7 user=anna" },
    { "pure-ftpd: (?@198.51.100.7) [WARNING] Authentication failed for user [anna]",
      "pure-ftpd src=198.51.100.7 user=anna" },
    { "[Note] Access denied for user 'root'@'198.51.100.7' (using password: YES)",
      "mysql-denied user=root src=198.51.100.7" },
    { "Login failed for user 'sa'. Reason: Password did not match. [CLIENT: 198.51.100.7]",
      "mssql-failed user=sa src=198.51.100.7" },
    { "FATAL:  no pg_hba.conf entry for host \"198.51.100.7\", user \"x\"",
      "postgres-no-entry src=198.51.100.7" },
    { "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: admin] [Source: 198.51.100.7] [localport: "
      "22]",
      "ios-login src=198.51.100.7 dport=22" },
    { "system,error,critical login failure for user admin from 198.51.100.7 via ssh",
      "routeros-login user=admin src=198.51.100.7" },
    { "An account failed to log on. Source Network Address:\t198.51.100.7 Source Port:\t43122",
      "windows-logon src=198.51.100.7 sport=43122" },
    { "\tSource Network Address:\t198.51.100.7", "windows-logon-address src=198.51.100.7" },
    { "ovpn: TLS: Initial packet from [AF_INET]198.51.100.7:43122, sid=1",
      "openvpn-initial src=198.51.100.7 sport=43122" },
};

static const Case mail[] = {
    { "postfix/smtpd[7]: warning: unknown[198.51.100.7]: SASL LOGIN authentication failed: "
      "UGFzc3dvcmQ6",
      "postfix-sasl src=198.51.100.7" },
    { "postfix/smtps/smtpd[7]: warning: unknown[198.51.100.7]:43122: SASL PLAIN authentication "
      "failed:",
      "postfix-sasl-port src=198.51.100.7 sport=43122" },
    { "exim: login authenticator failed for (User) [198.51.100.7]: 535 Incorrect authentication "
      "data",
      "exim-auth src=198.51.100.7" },
    { "2026-11-20 03:04:05 plain authenticator failed for host.example.net (x) "
      "[198.51.100.7]:43122: 535",
      "exim-auth-port src=198.51.100.7 sport=43122" },
    { "dovecot: imap-login: Disconnected (auth failed, 3 attempts in 9 secs): user=<anna>, "
      "method=PLAIN, "
      "rip=198.51.100.7, lip=203.0.113.9, TLS",
      "dovecot-rip src=198.51.100.7 dst=203.0.113.9" },
    { "dovecot: auth: passwd-file(anna@example.org,198.51.100.7): unknown user",
      "dovecot-auth src=198.51.100.7" },
    { "imapd: LOGIN FAILED, user=anna, ip=[198.51.100.7]", "courier-failed src=198.51.100.7" },
    { "imap[1]: badlogin: host.example.net [198.51.100.7] plaintext anna",
      "cyrus-badlogin src=198.51.100.7" },
    { "postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[198.51.100.7]: 554 5.7.1 <x>: Relay "
      "access denied",
      "postfix-reject src=198.51.100.7" },
    { "postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[198.51.100.7]:43122: 554 5.7.1",
      "postfix-reject-port src=198.51.100.7 sport=43122" },
    { "postfix/postscreen[7]: CONNECT from [198.51.100.7]:43122 to [203.0.113.9]:25",
      "postscreen-connect src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=25" },
    { "postfix/postscreen[7]: PREGREET 11 after 0.1 from [198.51.100.7]:43122: EHLO x",
      "postscreen-pregreet src=198.51.100.7 sport=43122" },
    { "postfix/smtpd[7]: connect from unknown[198.51.100.7]", "postfix-connect src=198.51.100.7" },
    { "postfix/smtpd[7]: lost connection after AUTH from unknown[198.51.100.7]",
      "postfix-lost src=198.51.100.7" },
    { "postfix/smtpd[7]: 4F2: client=unknown[198.51.100.7], sasl_method=LOGIN, "
      "sasl_username=anna@example.org",
      "postfix-sasl-client src=198.51.100.7 user=anna@example.org" },
    { "postfix/smtp[7]: 4F2: to=<x@example.org>, relay=mx.example.org[203.0.113.9]:25, delay=1, "
      "status=sent",
      "postfix-delivery dst=203.0.113.9 dport=25" },
    { "2026-11-20 03:04:05 H=(x) [198.51.100.7]:43122 I=[203.0.113.9]:25 F=<a@example.org> "
      "rejected RCPT",
      "exim-host-port-interface src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=25" },
    { "2026-11-20 03:04:05 H=host.example.net (x) [198.51.100.7] rejected RCPT",
      "exim-host src=198.51.100.7" },
    { "sendmail[1]: x: from=<a@example.org>, size=1, relay=host.example.net [198.51.100.7]",
      "sendmail-relay src=198.51.100.7" },
    { "sendmail[1]: host.example.net [198.51.100.7] did not issue MAIL/EXPN/VRFY/ETRN during "
      "connection",
      "sendmail-silent src=198.51.100.7" },
};

static const Case http[] = {
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /index.html HTTP/1.1\" 200 512 \"-\" "
      "\"curl\"",
      "apache-access src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100 url=/index.html" },
    { "example.org:443 198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET / HTTP/1.1\" 200 512",
      "apache-access src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100 url=/" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"POST /wp-login.php HTTP/1.1\" 200 512",
      "http-login-wordpress src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"POST //xmlrpc.php HTTP/1.1\" 200 512",
      "http-login-xmlrpc src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"POST /user/login HTTP/1.1\" 200 512",
      "http-login-form src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - anna [20/Nov/2026:03:04:05 +0100] \"GET /private HTTP/1.1\" 401 512",
      "http-login-basic src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /a/../../../etc/passwd HTTP/1.1\" 404 1",
      "http-attack-dotdot src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /?id=1%20UNION%20SELECT%201 HTTP/1.1\" "
      "200 1",
      "http-attack-union-select-encoded src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /?q=<ScRiPt>alert(1) HTTP/1.1\" 200 1",
      "http-attack-script src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /?x=${jndi:ldap://x} HTTP/1.1\" 200 1",
      "http-attack-jndi src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"GET /.env HTTP/1.1\" 404 1",
      "http-attack-dot-env src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"\\x16\\x03\\x01\" 400 226",
      "http-attack-tls-on-plain src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] \"-\" 408 -",
      "apache-access-broken src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100" },
    { "[Fri Nov 20 03:04:05.123456 2026] [core:error] [pid 1] [client 198.51.100.7:43122] AH00126: "
      "Invalid URI",
      "apache-error-port src=198.51.100.7 sport=43122" },
    { "[Fri Nov 20 03:04:05 2026] [error] [client 198.51.100.7] File does not exist: /var/www/x",
      "apache-error src=198.51.100.7" },
    { "[Fri Nov 20 03:04:05 2026] [:error] [pid 1] [client 198.51.100.7:43122] [client "
      "198.51.100.7] "
      "ModSecurity: Warning. Pattern match",
      "modsecurity-port src=198.51.100.7 sport=43122" },
    { "[client 198.51.100.7] ModSecurity: Access denied with code 403",
      "modsecurity src=198.51.100.7" },
    { "[20/Nov/2026:03:04:05 +0100] Yx1aB 198.51.100.7 43122 203.0.113.9 443",
      "modsecurity-audit time=20/Nov/2026:03:04:05 +0100 src=198.51.100.7 sport=43122 "
      "dst=203.0.113.9 dport=443" },
    { "2026/11/20 03:04:05 [error] 7#7: *9 open() \"/x\" failed, client: 198.51.100.7, server: "
      "example.org, "
      "request: \"GET /x HTTP/1.1\"",
      "nginx-error src=198.51.100.7" },
    { "[client 198.51.100.7:43122] AH01617: user anna: authentication failure for \"/x\": Password "
      "Mismatch",
      "http-login-apache src=198.51.100.7 sport=43122 user=anna" },
    { "2026-11-20 03:04:05 203.0.113.9 GET /x - 443 - 198.51.100.7 Mozilla/5.0 200",
      "iis-w3c time=2026-11-20 03:04:05 dst=203.0.113.9 url=/x dport=443 src=198.51.100.7" },
    { "haproxy[7]: 198.51.100.7:43122 [20/Nov/2026:03:04:05.123] http-in web/srv 0/0/1/2/3 200 512",
      "haproxy src=198.51.100.7 sport=43122 time=20/Nov/2026:03:04:05.123" },
    { "1795140245.123    200 198.51.100.7 TCP_MISS/200 1234 GET http://example.org/ - "
      "DIRECT/203.0.113.9",
      "squid time=1795140245.123 src=198.51.100.7 url=http://example.org/" },
    { "20/Nov/2026 03:04:05\t198.51.100.7\tGET /x HTTP/1.1\tGET\t302",
      "request-get src=198.51.100.7 url=/x" },
    { "20/Nov/2026 03:04:05 198.51.100.7 POST //wp-login.php HTTP/1.1 200",
      "http-login-request-wordpress src=198.51.100.7" },
    { "[20/Nov/2026:03:04:05 +0100] 198.51.100.7 - - - www.example.org \"GET /x HTTP/1.1\" 200 1",
      "apache-access-time-first time=20/Nov/2026:03:04:05 +0100 src=198.51.100.7 url=/x" },
    { "2026-11-20 03:04:05 198.51.100.7 43122 203.0.113.9 80 HTTP/1.1 GET /x - 404 - NotFound -",
      "httperr src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=80 url=/x" },
    { "example.org 198.51.100.7 example.org - - [20/Nov/2026:03:04:05 +0100] \"GET / HTTP/1.1\" "
      "301 268",
      "apache-access-vhost src=198.51.100.7 time=20/Nov/2026:03:04:05 +0100 url=/" },
    { "2026-11-20 03:04:05  198.51.100.7 43122 ->   203.0.113.9 3389   64 TCP",
      "arrow-spaced-proto src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=3389 proto=TCP" },
    { "Fri Nov 20 03:04:05 2026 TCP   198.51.100.7 43122 =>     203.0.113.9 443  ",
      "proto-arrow-spaced-double proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 "
      "dport=443" },
    { "{\"ClientIP\":\"198.51.100.7\",\"ClientRequestURI\":\"/\"}",
      "json-client-ip src=198.51.100.7" },
    { "{\"remote_addr\": \"198.51.100.7\", \"status\": 200}",
      "json-remote-addr-blank src=198.51.100.7" },
};

static const Case firewall[] = {
    { "kernel: [UFW BLOCK] IN=eth0 OUT= MAC=00:11:22:33:44:55:66:77:88:99:aa:bb:08:00 "
      "SRC=198.51.100.7 "
      "DST=203.0.113.9 LEN=60 TOS=0x00 TTL=52 ID=1 DF PROTO=TCP SPT=43122 DPT=22 WINDOW=1 SYN",
      "iptables-ports src=198.51.100.7 dst=203.0.113.9 proto=TCP sport=43122 dport=22" },
    { "SRC=198.51.100.7 DST=203.0.113.9 LEN=84 PROTO=ICMP TYPE=8 CODE=0",
      "iptables src=198.51.100.7 dst=203.0.113.9 proto=ICMP" },
    { "%ASA-4-106023: Deny tcp src outside:198.51.100.7/43122 dst inside:203.0.113.9/22 by "
      "access-group \"x\"",
      "asa-deny proto=tcp src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%ASA-4-106023: Deny icmp src outside:198.51.100.7 dst inside:203.0.113.9 (type 8, code 0)",
      "asa-deny-no-port proto=icmp src=198.51.100.7 dst=203.0.113.9" },
    { "%ASA-6-106100: access-list OUT denied tcp outside/198.51.100.7(43122) -> "
      "inside/203.0.113.9(22) hit-cnt 1",
      "asa-access-list proto=tcp src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%ASA-2-106001: Inbound TCP connection denied from 198.51.100.7/43122 to 203.0.113.9/22 "
      "flags SYN",
      "asa-inbound-denied proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%ASA-6-302013: Built inbound TCP connection 9 for outside:198.51.100.7/43122 "
      "(198.51.100.7/43122) to "
      "inside:203.0.113.9/22 (203.0.113.9/22)",
      "asa-built proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%SEC-6-IPACCESSLOGP: list 101 denied tcp 198.51.100.7(43122) -> 203.0.113.9(22), 1 packet",
      "ios-list proto=tcp src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%SEC-6-IPACCESSLOGP: list 101 denied tcp 198.51.100.7(43122) (Gi0/0 0011.2233.4455) -> "
      "203.0.113.9(22), 1",
      "ios-list-interface proto=tcp src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "%SEC-6-IPACCESSLOGDP: list 101 denied icmp 198.51.100.7 -> 203.0.113.9 (8/0), 1 packet",
      "ios-list-icmp proto=icmp src=198.51.100.7 dst=203.0.113.9" },
    { "type=\"traffic\" srcip=198.51.100.7 srcport=43122 srcintf=\"wan1\" dstip=203.0.113.9 "
      "dstport=22 proto=6 action=deny",
      "kv-srcip-proto src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22 proto=6" },
    { "srcip=\"198.51.100.7\" dstip=\"203.0.113.9\" proto=\"6\" length=\"60\" srcport=\"43122\" "
      "dstport=\"22\"",
      "kv-srcip-quoted src=198.51.100.7 dst=203.0.113.9 sport=43122 dport=22" },
    { "CEF:0|x|y|1|100|deny|5|src=198.51.100.7 spt=43122 dst=203.0.113.9 dpt=22 proto=TCP",
      "cef src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "src=198.51.100.7:43122:X1 dst=203.0.113.9:22:X0 proto=tcp/22",
      "kv-src-joined src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "RT_FLOW_SESSION_DENY [junos@2636 source-address=\"198.51.100.7\" source-port=\"43122\" "
      "destination-address=\"203.0.113.9\" destination-port=\"22\"]",
      "kv-source-address src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "RT_FLOW: session denied 198.51.100.7/43122->203.0.113.9/22 None 6(0) x",
      "junos-session src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "FW: ge-0/0/0.0 D tcp 198.51.100.7 203.0.113.9 43122 22 (1 packets)",
      "junos-filter proto=tcp src=198.51.100.7 dst=203.0.113.9 sport=43122 dport=22" },
    { "firewall,info input: in:ether1 out:(unknown 0), src-mac 00:11:22:33:44:55, proto TCP (SYN), "
      "198.51.100.7:43122->203.0.113.9:22, len 60",
      "routeros proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "1,2026/11/20 03:04:05,0123,TRAFFIC,deny,2305,2026/11/20 "
      "03:04:05,198.51.100.7,203.0.113.9,0.0.0.0,0.0.0.0,"
      "rule,,,ssh,vsys1,out,in,e1,e2,log,2026/11/20 03:04:05,77,1,43122,22,0,0,0x0,tcp,deny,60",
      "pan-traffic time=2026/11/20 03:04:05 src=198.51.100.7 dst=203.0.113.9 sport=43122 dport=22 "
      "proto=tcp" },
    { "filterlog[7]: "
      "5,,,1000000103,igb0,match,block,in,4,0x0,,52,12345,0,DF,6,tcp,60,198.51.100.7,203.0.113.9,"
      "43122,22,0,S",
      "filterlog proto=tcp src=198.51.100.7 dst=203.0.113.9 sport=43122 dport=22" },
    { "2026-11-20 03:04:05 DROP TCP 198.51.100.7 203.0.113.9 43122 3389 60 S 1 0 64240 - - - "
      "RECEIVE",
      "windows-firewall-drop time=2026-11-20 03:04:05 proto=TCP src=198.51.100.7 dst=203.0.113.9 "
      "sport=43122 dport=3389" },
    { "kernel: ipfw: 65000 Deny TCP 198.51.100.7:43122 203.0.113.9:22 in via em0",
      "ipfw proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "ipmon[7]: 03:04:05.1 em0 @0:10 b 198.51.100.7,43122 -> 203.0.113.9,22 PR tcp len 20 60 -S "
      "IN",
      "ipmon src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22 proto=tcp" },
    { "11/20-03:04:05.123456  [**] [1:2001219:20] SCAN SSH [**] [Priority: 2] {TCP} "
      "198.51.100.7:43122 -> 203.0.113.9:22",
      "snort-fast proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "[**] x [**] {ICMP} 198.51.100.7 -> 203.0.113.9",
      "snort-fast-no-port proto=ICMP src=198.51.100.7 dst=203.0.113.9" },
    { "{\"event_type\":\"alert\",\"src_ip\":\"198.51.100.7\",\"src_port\":43122,\"dest_ip\":\"203."
      "0.113.9\","
      "\"dest_port\":22,\"proto\":\"TCP\"}",
      "eve src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22 proto=TCP" },
    { "1795140245.123456\tCabc1\t198.51.100.7\t43122\t203.0.113.9\t22\ttcp\tssh\t0.1",
      "zeek-conn time=1795140245.123456 src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22 "
      "proto=tcp" },
    { "portsentry[7]: attackalert: Connect from host: host.example.net/198.51.100.7 to TCP port: "
      "23",
      "portsentry src=198.51.100.7 proto=TCP dport=23" },
    { "[HoneyPotSSHTransport,7,198.51.100.7] login attempt [b'root'/b'x'] failed",
      "cowrie src=198.51.100.7" },
    { "New connection: 198.51.100.7:43122 (203.0.113.9:2222) [session: 1]",
      "cowrie-connection src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=2222" },
};

static const Case packets[] = {
    { "203.0.113.9:22 <- 198.51.100.7:43122",
      "arrow-back dst=203.0.113.9 dport=22 src=198.51.100.7 sport=43122" },
    { "203.0.113.9:22 <-- 198.51.100.7:43122",
      "arrow-back-long dst=203.0.113.9 dport=22 src=198.51.100.7 sport=43122" },
    { "203.0.113.9:22 <= 198.51.100.7:43122",
      "arrow-back-double dst=203.0.113.9 dport=22 src=198.51.100.7 sport=43122" },
    { "198.51.100.7:43122>203.0.113.9:22",
      "arrow-closest src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "198.51.100.7 => 203.0.113.9", "arrow-no-port-double src=198.51.100.7 dst=203.0.113.9" },
    { "[198.51.100.7] -> [203.0.113.9] flood",
      "arrow-no-port-brackets src=198.51.100.7 dst=203.0.113.9" },
    { "TCP 198.51.100.7 43122(high) -> 203.0.113.9 22(ssh)",
      "proto-arrow-service proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "TCP 198.51.100.7 43122(high) => 203.0.113.9 22(ssh)",
      "proto-arrow-service-double proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 "
      "dport=22" },
    { "Deny 198.51.100.7 203.0.113.9 22/tcp 43122 22 0-External Firebox Denied",
      "drop-service-first src=198.51.100.7 dst=203.0.113.9 dport=22 proto=tcp sport=43122 "
      "dport=22" },
    { "chan_sip.c: Registration from '\"100\" <sip:100@203.0.113.9>' failed for "
      "'198.51.100.7:5060' - Wrong password",
      "asterisk-register src=198.51.100.7 sport=5060" },
    { "chan_sip.c: Registration from '<sip:1@x>' failed for '198.51.100.7' - No matching peer "
      "found",
      "asterisk-register-no-port src=198.51.100.7" },
    { "Call from '' (198.51.100.7:5060) to extension '9011' rejected because extension not found",
      "asterisk-call src=198.51.100.7 sport=5060" },
    { "SecurityEvent=\"InvalidPassword\",LocalAddress=\"IPV4/UDP/203.0.113.9/"
      "5060\",RemoteAddress=\"IPV4/UDP/198.51.100.7/5071\"",
      "asterisk-security-both dst=203.0.113.9 dport=5060 src=198.51.100.7 sport=5071" },
    { "SIP auth failure (REGISTER) on sofia profile 'internal' for [100@203.0.113.9] from ip "
      "198.51.100.7",
      "freeswitch src=198.51.100.7" },
    { "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9",
      "sip-via proto=UDP src=198.51.100.7 sport=5060" },
    { "*** Notice -- Client connecting: nick (user@host.example.net) [198.51.100.7] {users}",
      "ircd-connecting src=198.51.100.7" },
    { ":nick!user@198.51.100.7 PRIVMSG #chan :hello", "irc-privmsg src=198.51.100.7" },
    { "03:04 -!- nick [user@198.51.100.7] has joined #chan", "irc-has-brackets src=198.51.100.7" },
    { "named[7]: client @0x7f 198.51.100.7#43122 (example.org): query (cache) 'example.org/ANY/IN' "
      "denied",
      "named-query src=198.51.100.7 sport=43122" },
    { "03:04:05.769093 IP 198.51.100.7.43122 > 203.0.113.9.22: Flags [S], seq 1, win 1",
      "tcpdump-flags src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "03:04:05.769093 IP6 2001:db8::7.43122 > 2001:db8::9.22: Flags [S], seq 1",
      "tcpdump-flags src=2001:db8::7 sport=43122 dst=2001:db8::9 dport=22" },
    { "IP 198.51.100.7.43122 > xxx.xxx.xxx.xxx.22: Flags [S], seq 1",
      "tcpdump-hidden-target src=198.51.100.7 sport=43122" },
    { "IP 198.51.100.7.53 > 203.0.113.9.43122: UDP, length 512",
      "tcpdump-udp src=198.51.100.7 sport=53 dst=203.0.113.9 dport=43122" },
    { "IP 198.51.100.7 > 203.0.113.9: ICMP echo request",
      "tcpdump-icmp src=198.51.100.7 dst=203.0.113.9" },
    { "2026-11-20 03:04:05.123     0.000 TCP       198.51.100.7:43122 ->    203.0.113.9:22         "
      "  1       60     1",
      "nfdump proto=TCP src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "2 123456789010 eni-1a2b 198.51.100.7 203.0.113.9 43122 22 6 20 4249 1795140245 1795140305 "
      "REJECT OK",
      "flow-log src=198.51.100.7 dst=203.0.113.9 sport=43122 dport=22 proto=6 time=1795140245 "
      "time=1795140305" },
    { "198.51.100.7:43122 -> 203.0.113.9:22",
      "arrow src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "198.51.100.7:43122->203.0.113.9:22 x",
      "arrow-tight src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "198.51.100.7/43122 -> 203.0.113.9/22",
      "arrow src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "198.51.100.7.43122 > 203.0.113.9.22",
      "arrow-short src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "udp 198.51.100.7:43122 -> 203.0.113.9:53",
      "proto-arrow proto=udp src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=53" },
    { "[2001:db8::7]:43122 -> [2001:db8::9]:22",
      "arrow src=2001:db8::7 sport=43122 dst=2001:db8::9 dport=22" },
    { "198.51.100.7 -> 203.0.113.9", "arrow-no-port src=198.51.100.7 dst=203.0.113.9" },
    { "blocked packet from 198.51.100.7:43122 to 203.0.113.9:22",
      "from-to src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=22" },
    { "daemon[7]: bad request from 198.51.100.7 port 43122",
      "from-port src=198.51.100.7 sport=43122" },
    { "probe from 198.51.100.7 port 43122 to 203.0.113.9 port 23",
      "from-port-to-port src=198.51.100.7 sport=43122 dst=203.0.113.9 dport=23" },
};

static const Case traps[] = {
    { "", "" },
    { "no number in here -> at all", "" },
    { "Your server 198.51.100.7 attacked us.", "" },
    { "198.51.100.7", "" },
    { "from 198.51.100.7", "" },
    { "198.51.100.7 <- that one", "" },
    { "198.51.100.7 <= 203.0.113.9", "" },
    { "198.51.100.7>203.0.113.9", "" },
    { "198.51.100.7(43122) FATAL", "" },
    { "Deny 198.51.100.7 22/tcp", "" },
    { "[198.51.100.7] => 203.0.113.9]", "" },
    { "TCP 198.51.100.7 43122() -> 203.0.113.9 22(", "" },
    { "Failed password for root from somewhere port many 1", "" },
    { "Failed password for root from 298.51.100.7 port 43122", "" },
    { "Failed password for root from 198.51.100.7 port 99999", "" },
    { "Invalid user name, see section 4", "" },
    { "[sshd] Found 3 attempts", "" },
    { "[sshd] Ban of version 1.2.3.4.5", "" },
    { "SRC=eth0 DST=203.0.113.9", "" },
    { "Deny tcp src outside dst inside:203.0.113.9/22", "" },
    { "1.2.3 -> 1.2.4", "" },
    { "12:34 -> 12:40", "" },
    { "a -> b 7", "" },
    { "198.51.100.7.example.net -> 203.0.113.9", "" },
    { "x198.51.100.7 -> 203.0.113.9", "" },
    { "198.51.100.7 - - [not a time] \"GET / HTTP/1.1\" 200 1", "" },
    { "198.51.100.7 - - [20/Nov/2026:03:04:05 +0100] GET / 200", "" },
    { "[client denied by server configuration 7]", "" },
    { "client: unknown, server: example.org 7", "" },
    { "NOQUEUE: reject: RCPT from unknown[unknown]: 554", "" },
    { "connect from unknown[unknown] 7", "" },
    { "rip off, lip=203.0.113.9", "" },
    { "{TCP} is not {UDP} 198.51.100.7", "" },
    { "IP > 198.51.100.7:", "" },
    { "Source Network Address: - 7", "" },
    { "Accepted, from 7 port", "" },
};

static const char *const words[N_SHAPE_WHATS] = {
    [SHAPE_SRC] = "src",     [SHAPE_DST] = "dst",   [SHAPE_SPORT] = "sport",
    [SHAPE_DPORT] = "dport", [SHAPE_TIME] = "time", [SHAPE_PROTO] = "proto",
    [SHAPE_URL] = "url",     [SHAPE_HOST] = "host", [SHAPE_USER] = "user",
    [SHAPE_COUNT] = "count",
};

static void
match_and_render (const Shapes *shapes, const char *line, GString *out)
{
    gsize n = strlen (line);
    g_autofree char *exact = g_malloc (n + (n == 0));
    ShapeMatch m;

    memcpy (exact, line, n);
    if (!shape_match (shapes, (Span) { exact, exact + n }, &m))
        return;
    g_string_append (out, m.shape->name);
    for (guint i = 0; i < m.n_fields; i++)
        g_string_append_printf (out, " %s=%.*s", words[m.fields[i].what],
                                (int)span_left (m.fields[i].text), m.fields[i].text.p);
}

typedef struct Table {
    const Case *cases;
    gsize n;
} Table;

static void
test_match (gconstpointer data)
{
    const Table *t = data;
    g_autoptr (Shapes) shapes = shapes_new ();

    for (gsize i = 0; i < t->n; i++) {
        g_autoptr (GString) got = g_string_new (NULL);

        match_and_render (shapes, t->cases[i].line, got);
        if (g_str_equal (got->str, t->cases[i].want))
            continue;
        g_printerr ("'%s':\n  got    '%s'\n  wanted '%s'\n", t->cases[i].line, got->str,
                    t->cases[i].want);
        g_test_fail ();
    }
}

/* A line made of the template itself. */
static char *
sample_line (const char *template_)
{
    static const char *const samples[][2] = {
        { "{{", "{" },
        { "}}", "}" },
        { "{*}", " any text " },
        { "{src:sport}", "198.51.100.7:43122" },
        { "{dst:dport}", "203.0.113.9:22" },
        { "{src}", "198.51.100.7" },
        { "{dst}", "203.0.113.9" },
        { "{sport}", "43122" },
        { "{dport}", "22" },
        { "{time}", "2026-11-20 03:04:05" },
        { "{proto}", "tcp" },
        { "{url}", "/x" },
        { "{host}", "host7.example.net" },
        { "{user}", "anna" },
        { "{count}", "7" },
        { "{n}", "8" },
        { "{w}", "word" },
        { "{q}", "quoted text" },
    };
    GString *line = g_string_new (NULL);

    for (const char *p = template_ + strspn (template_, "~^"); *p != '\0';) {
        gsize i = 0;

        while (i < G_N_ELEMENTS (samples) && !g_str_has_prefix (p, samples[i][0]))
            i++;
        if (i == G_N_ELEMENTS (samples)) {
            g_string_append_c (line, *p++);
            continue;
        }
        g_string_append (line, samples[i][1]);
        p += strlen (samples[i][0]);
    }
    return g_string_free (line, FALSE);
}

/* Every row can match, and no row before it hides it from its own family. */
static void
test_rows (void)
{
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

    g_assert_cmpuint (shapes_count (shapes), >=, 60);
    for (guint i = 0; i < shapes_count (shapes); i++) {
        const Shape *shape = shapes_get (shapes, i);
        g_autofree char *line = sample_line (shape->template_);
        ShapeMatch m;

        g_assert_true (g_hash_table_add (names, (gpointer)shape->name));
        g_assert_true (shapes_known (shapes, shape->name) && shapes_known (shapes, shape->family));
        if (shape_match (shapes, span_of (line), &m) &&
            g_str_equal (m.shape->family, shape->family))
            continue;
        g_printerr ("%s: '%s' is read as %s\n", shape->name, line,
                    shape_match (shapes, span_of (line), &m) ? m.shape->name : "nothing");
        g_test_fail ();
    }
    g_assert_null (shapes_get (shapes, shapes_count (shapes)));
    g_assert_false (shapes_known (shapes, "no such shape"));
}

static void
test_long_line (void)
{
    g_autoptr (Shapes) shapes = shapes_new ();
    g_autofree char *blanks = g_strnfill (SHAPE_MAX_LINE, ' ');
    g_autofree char *line = g_strconcat (blanks, "198.51.100.7:43122 -> 203.0.113.9:22", NULL);
    ShapeMatch m;

    g_assert_false (shape_match (shapes, span_of (line), &m));
    g_assert_true (shape_match (shapes, span_of (line + SHAPE_MAX_LINE), &m));
}

#define TABLE(name)                                                                                \
    {                                                                                              \
        name, G_N_ELEMENTS (name)                                                                  \
    }

int
main (int argc, char **argv)
{
    static const Table tables[] = { TABLE (login),    TABLE (mail),    TABLE (http),
                                    TABLE (firewall), TABLE (packets), TABLE (traps) };

    g_test_init (&argc, &argv, NULL);
    g_test_add_data_func ("/shape/match/logins", &tables[0], test_match);
    g_test_add_data_func ("/shape/match/mail-servers", &tables[1], test_match);
    g_test_add_data_func ("/shape/match/web-servers", &tables[2], test_match);
    g_test_add_data_func ("/shape/match/firewalls", &tables[3], test_match);
    g_test_add_data_func ("/shape/match/packets-and-flows", &tables[4], test_match);
    g_test_add_data_func ("/shape/match/look-alikes-are-none", &tables[5], test_match);
    g_test_add_func ("/shape/rows/each-matches-a-line-of-its-own", test_rows);
    g_test_add_func ("/shape/match/only-the-start-of-a-long-line", test_long_line);
    return g_test_run ();
}
