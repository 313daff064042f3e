#!/bin/bash
# doc/contributing.md is true: its files are written, its diffs applied, to a copy of the tree, and its
# commands print what stands there.  TAP on standard output.
top=$(cd "$(dirname "$0")/../.." && pwd)
B=${B:-$top/build}
case $B in /*) ;; *) B=$top/$B ;; esac
page=$top/doc/contributing.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0
status=0

check () { # NAME OFFENCE
    count=$((count + 1))
    if [ -z "$2" ]; then
        echo "ok $count - $1"
    else
        status=1
        echo "not ok $count - $1"
        echo "$2" | sed 's/^/#   /'
    fi
}

# Objects come along with their times, so that only what a change touches is compiled.
tree=$work/tree
mkdir "$tree"
cp -a "$top"/{Makefile,milter,include,scenarios,dist,doc,tests,CHANGELOG.md,README.md} "$tree"
cp -a "$B" "$tree/build"
cd "$tree" || exit 1
export ABUSE_MILTER_SCENARIOS=$tree/scenarios
unset B MAKEFLAGS MFLAGS MAKELEVEL # of the make that runs this: its build folder is another one

# Each fenced block becomes a file NUMBER.KIND in $work, its first line what stands behind the fence.
awk -v to="$work" '
    /^```[a-z]/ { n++; kind = substr ($1, 4); file = sprintf ("%s/%03d.%s", to, n, kind); print substr ($0, 4) >file; on = 1; next }
    /^```$/ { on = 0; next }
    on { print >>file }' "$page"

run_console () { # FILE: "$ command" lines and what they print
    local command= want= line
    while IFS= read -r line; do
        if [ "${line#\$ }" != "$line" ]; then
            [ -z "$command" ] || compare "$command" "$want"
            command=${line#\$ } want=
        else
            want=$want$line$'\n'
        fi
    done <"$1"
    [ -z "$command" ] || compare "$command" "$want"
}

compare () { # COMMAND WANT
    local got
    got=$(bash -c "$1" 2>&1)
    [ "$got" = "${2%$'\n'}" ] && check "$1" "" || check "$1" "$(diff <(echo "${2%$'\n'}") <(echo "$got"))"
}

for block in "$work"/[0-9]*.*; do
    head=$(head -1 "$block")
    tail -n +2 "$block" >"$work/body"
    case $head in
    *" file="*)
        mkdir -p "$(dirname "${head#*file=}")"
        cp "$work/body" "${head#*file=}"
        ;;
    diff)
        got=$(patch -p1 --no-backup-if-mismatch <"$work/body" 2>&1)
        check "the change of $(grep -m1 '^+++' "$work/body" | sed 's|^+++ b/||') fits" "$([ $? -eq 0 ] || echo "$got")"
        ;;
    console) run_console "$work/body" ;;
    esac
done
echo "1..$count"
[ $count -ge 8 ] || status=1
exit $status
