#!/bin/bash
# README's commands, as they stand there: every line of its code blocks that begins with abusectl is run
# on a log made of the samples.  ID becomes that of a report, TEXT a text, a PostgreSQL URI a file's.
# What changes the machine, or is a test of its own, is named below and not run here.  TAP on
# standard output.
. "$(dirname "$0")/lib.sh"
not_here='^(make|sudo|systemctl) ' # make demo, make check: CI; the installation: the package's test
export HOME=$work/home
mkdir -p "$HOME/Maildir/"{new,cur,tmp} "$work/bin" "$work/tests"
ln -s "$top/tests/mails" "$work/tests/mails"
cd "$work" || exit 1

n=0
for mail in "$top"/tests/mails/*/*.eml; do
    n=$((n + 1))
    [ $((n % 3)) -eq 0 ] && cp "$mail" "$HOME/Maildir/new/$n.host"
done
{ echo 'From x@example.net Fri Nov 20 05:00:00 2026'; cat "$top/tests/mails/port-scan/$(ls "$top/tests/mails/port-scan" | grep -m1 'eml$')"; echo; } >old.mbox
cp "$top/tests/mails/ssh-bruteforce/german-admin.eml" mail.eml
cat >block.eml <<'EOF'
From: Nora Lind <nora@museum.example.net>
To: abuse@example.org
Date: Fri, 20 Nov 2026 05:00:00 +0000
Message-ID: <block.1@museum.example.net>
Subject: Login attempts at our guest book, please block our network

Your address 198.51.100.7 tries passwords on our SSH server at 203.0.113.80, port 22, on 2026-11-20 04:03:58 UTC.
Please block access from your server to our network 203.0.113.64/26.
EOF
settings <<EOF
keep_text: true
networks:
  - {cidr: 198.51.100.0/24, relay: quokka1, provider: Example Hosting, since: 2024-03-01}
reply: {from: abuse@example.org, name: Jo Example}
EOF
sed 's/^keep_text.*/keep_text: true/' settings.yaml >new.yaml
cat >bin/abusectl <<EOF
#!/bin/sh
exec "$B/abusectl" --config "$work/settings.yaml" "\$@"
EOF
chmod +x bin/abusectl
export PATH=$work/bin:$PATH EDITOR=true VISUAL=true

start || exit 1 # so that `check' and `case' have a daemon beside them
printf 'connect\nnegotiate\nmail <nora@museum.example.net>\nrcpt <abuse@example.org>\ndata\nfile %s\nquit\n' "$work/block.eml" | client >/dev/null
id=$(abusectl list --limit 1 | awk '{ print $1 }')
[ -n "$id" ] || { fail "there is a report" "an id" "$(tail -3 "$log")"; finish; }

# Lines of indented blocks, without their comments; a line that ends in a backslash goes on.
grep '^    [a-z]' "$top/README.md" | sed 's/^    //; s/  *#.*//; s/  *$//' |
    grep -E '^(build/)?abusectl |^make |^sudo |^systemctl ' >lines
is "README has commands" yes "$([ "$(wc -l <lines)" -gt 30 ] && echo yes || echo "$(wc -l <lines)")"
# What takes the people out of the log goes last.
{ grep -vE 'prune|anonymise' lines; grep -E 'prune|anonymise' lines; } >ordered

while IFS= read -r line <&3; do
    if echo "$line" | grep -qE "$not_here"; then
        continue
    fi
    run=$(echo "$line" | sed "s|^build/||; s/\bID\b/$id/; s/\bTEXT\b/'called them'/; s|postgresql://[^ ]*|sqlite:$work/copy.db|")
    said=$(eval "$run" 2>&1 </dev/null)
    code=$?
    case $line in
    *anonymise*) [ $code -le 1 ] && code=0 ;; # nobody at the terminal says yes
    *lint*) [ $code -le 1 ] && code=0 ;;      # 1: it has found something, which its own test is about
    esac
    is "$line" 0 "$code$([ $code -eq 0 ] || echo ": $said" | head -5)"
done 3<ordered
finish
