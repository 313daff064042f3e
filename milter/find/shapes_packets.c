/* Telephony, chat, names, packets and flows. */
#include "find/shape_rows.h"

/* clang-format off */
static const Shape rows[] = {
    /* SIP */
    { "asterisk-register", "sip",
      "Registration from {*} failed for '{src:sport}'", NULL, 0 },
    { "asterisk-register-no-port", "sip",
      "Registration from {*} failed for '{src}'", NULL, 0 },
    { "asterisk-request", "sip",
      "Request '{w}' from {*} failed for '{src:sport}'", NULL, 0 },
    { "asterisk-call", "sip",
      "Call from {*} ({src:sport}) to extension", NULL, 0 },
    { "asterisk-security-both", "sip",
      "LocalAddress=\"{w}/{w}/{dst}/{dport}\"{*}RemoteAddress=\"{w}/{w}/{src}/{sport}\"", NULL, 0 },
    { "asterisk-security", "sip",
      "RemoteAddress=\"{w}/{w}/{src}/{sport}\"", NULL, 0 },
    { "asterisk-md5", "sip",
      "Host {src} failed MD5 authentication", NULL, 0 },
    { "asterisk-auth", "sip",
      "Host {src} failed to authenticate as", NULL, 0 },
    { "freeswitch", "sip",
      "SIP auth {w} ({w}) on sofia profile {*} from ip {src}", NULL, 0 },
    { "sip-via", "sip",
      "Via: SIP/2.0/{proto} {src:sport}", NULL, 0 },
    /* IRC */
    { "ircd-connecting", "irc",
      "Client connecting: {w} ({w}) [{src}]", "tcp", 0 },
    { "ircd-exiting", "irc",
      "Client exiting: {w} ({w}) [{*}] [{src}]", "tcp", 0 },
    { "irc-privmsg", "irc",
      "!{w}@{src} PRIVMSG ", "tcp", 0 },
    { "irc-join", "irc",
      "!{w}@{src} JOIN ", "tcp", 0 },
    { "irc-quit", "irc",
      "!{w}@{src} QUIT ", "tcp", 0 },
    { "irc-nick", "irc",
      "!{w}@{src} NICK ", "tcp", 0 },
    { "irc-has", "irc",
      "({w}@{src}) has ", "tcp", 0 },
    { "irc-has-brackets", "irc",
      "-!- {w} [{w}@{src}] has ", "tcp", 0 },
    { "ircd-kline", "irc",
      "Line for [{w}@{src}]", "tcp", 0 },
    /* DNS */
    { "named-query", "dns",
      "client {*}{src:sport} ({w}): ", "udp", 0 },
    { "named-client", "dns",
      "named[{n}]: client {src:sport}", "udp", 0 },
    /* tcpdump */
    { "tcpdump-flags", "tcpdump",
      "{src:sport} > {dst:dport}: Flags [", "tcp", 0 },
    { "tcpdump-udp", "tcpdump",
      "{src:sport} > {dst:dport}: UDP", "udp", 0 },
    { "tcpdump-icmp", "tcpdump",
      "{src} > {dst}: ICMP", "icmp", 0 },
    { "tcpdump", "tcpdump",
      "{src:sport} > {dst:dport}:", NULL, 0 },
    /* flows */
    { "nfdump", "netflow",
      "{proto} {src:sport} -> {dst:dport} ", NULL, 0 },
    { "nfdump-icmp", "netflow",
      "{proto} {src}:0 -> {dst}:", NULL, 0 },
    { "flow-log", "netflow",
      "^{n} {n} {w} {src} {dst} {sport} {dport} {proto} {n} {n} {time} {time} ", NULL, 0 },
    { "flow-tools", "netflow",
      "^{w} {src} {w} {dst} {proto} {sport} {dport} ", NULL, 0 },
};
/* clang-format on */

const ShapeRows shape_rows_packets = { rows, G_N_ELEMENTS (rows) };
