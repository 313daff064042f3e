#!/bin/sh
# What is asked of a log gets the right answers; `make bench-log' asks a large one, and how long it takes.
. "$(dirname "$0")/lib.sh"

said=$("$B/tests/log-speed" 3000 0 2>&1)
is "a log of 3000 reports with 30000 incidents answers what was put" "0" "$?"
has "and says what each question took" "stats: by reporter" "$said"
finish
