# The mails that the benches send.  To be sourced.

complaint () { # about 8.6 KB, as many complaints are: prose, a table of log lines, a signature
    cat <<EOF
From: "Fail2Ban" <fail2ban@host$1.example.org>
To: abuse@example.net
Subject: Abuse from 198.51.100.$((1 + $1 % 250))
Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <bench-$1@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Sir or Madam,

we have detected abuse from the IP address 198.51.100.$((1 + $1 % 250)), which according to a whois
lookup is on your network. We would appreciate if you would investigate and take action.
Log lines are given below (times are UTC), please ask if you require any further information.

EOF
    for line in {1..76}; do
        printf 'Nov 20 03:%02d:%02d host%d sshd[%d]: Failed password for invalid user u%d from 198.51.100.%d port %d ssh2\n' \
            $((line / 60)) $((line % 60)) "$1" $((2000 + line)) "$line" $((1 + $1 % 250)) $((40000 + line))
    done
    printf '\nRegards,\n-- \nSecurity team\n'
}

ordinary () { # about 43 KB of prose
    printf 'From: a@example.org\nTo: abuse@example.net\nSubject: minutes %d\nDate: Fri, 20 Nov 2026 03:09:00 +0000\n\n' "$1"
    for line in {1..600}; do
        echo "Line $line of the minutes says what somebody said about the plan for year $((2000 + line % 30))."
    done
}
