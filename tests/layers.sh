#!/bin/sh
# The tree is the architecture: a layer includes only itself and those above it in the list, and a
# foreign library is included by one file.  TAP on standard output.
#
#     tests/layers.sh [TREE]
cd "${1:-$(dirname "$0")/..}" || exit 1
layers="base value find read know judge effect shell"
count=0
status=0

check () { # NAME OFFENCES
    count=$((count + 1))
    if [ -z "$2" ]; then
        echo "ok $count - $1"
    else
        status=1
        echo "not ok $count - $1"
        echo "$2" | sed 's/^/#   /'
    fi
}

sources () { # FOLDER...
    find "$@" -name '*.[ch]' | sort
}

allowed=
for layer in $layers; do
    allowed="$allowed $layer"
    pattern=$(echo $allowed | tr ' ' '|')
    check "$layer includes nothing but: $(echo $allowed)" \
        "$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' \
            $(sources "milter/$layer" "include/$layer" 2>/dev/null) /dev/null |
            grep -vE "\"($pattern)/[^\"]*\"")"
done

for folder in milter/*/ include/*/; do
    name=$(basename "$folder")
    case " $layers " in *" $name "*) ;; *) check "$folder is a layer" "$folder: not in the list: $layers" ;; esac
done

door () { # LIBRARY REGEX FILE...: only these may include it
    library=$1 regex=$2
    shift 2
    offences=$(grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]*<($regex)" milter include)
    for file in "$@"; do
        offences=$(echo "$offences" | grep -v "^$file:")
    done
    check "$library has one door: $*" "$offences"
}

door GMime 'gmime' milter/read/intake.c milter/effect/draft.c
door PCRE2 'pcre2' milter/base/pattern.c
door libyaml 'yaml' milter/base/yaml.c
door jansson 'jansson' milter/base/json.c
door libxml2 'libxml' milter/base/markup.c
door PostgreSQL 'libpq-fe' milter/effect/db_pgsql.c
door SQLite 'sqlite3' milter/effect/db_sqlite.c
door libmilter 'libmilter' milter/shell/session.c milter/shell/apply.c milter/shell/serve.c \
    include/shell/apply.h include/shell/callbacks.h
door libsystemd 'systemd' milter/shell/notify.c
door libmicrohttpd 'microhttpd' milter/shell/web_http.c
door libarchive 'archive' milter/read/archive.c
door Hyperscan 'hs' milter/base/prefilter.c

# Between intake and verdict nothing asks the clock, the disk or the network.
check "the pure layers ask neither clock nor disk nor network" \
    "$(grep -nE '\<(time|gettimeofday|clock_gettime|g_get_real_time|g_get_monotonic_time|g_date_time_new_now[a-z_]*|localtime(_r)?|mktime|open|fopen|g_file_get_contents|socket|getaddrinfo|gethostbyname) \(' \
        $(sources milter/value milter/find milter/read milter/judge) /dev/null)"

check "no parser stops at a NUL or wraps a number" \
    "$(grep -nE '\<(atoi|atol|strtok(_r)?|sscanf|sprintf|strcpy|strcat|gets) \(' $(sources milter include) /dev/null)"

# A test that cannot fail is none: plant an offence of each kind and see it found.
if [ -z "$LAYERS_PLANTED" ]; then
    planted=$(mktemp -d)
    cp -r milter include "$planted/"
    echo '#include "shell/session.h"' >>"$planted/milter/base/arena.c"
    echo '#include <sqlite3.h>' >>"$planted/milter/shell/daemon.c"
    out=$(LAYERS_PLANTED=1 "$PWD/tests/layers.sh" "$planted")
    rm -rf "$planted"
    for offence in 'milter/base/arena.c:' 'milter/shell/daemon.c:'; do
        echo "$out" | grep -q "^#   $offence" && missed= || missed="$offence was not noticed"
        check "a planted offence in ${offence%:} is found" "$missed"
    done
fi

echo "1..$count"
exit $status
