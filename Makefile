# make              the daemon and the command line, in build/
# make demo         a scratch Postfix, the milter, the sample complaints: seen working end to end
# make check        every test; make check SUITES="units protocol": some of them
# make asan tsan    unit tests and the milter's protocol under the sanitizers
# make fuzz         every fuzz target for FUZZ_SECONDS (clang)
# make torture      TORTURE_MAILS mails through Postfix while the milter, its log and its disk fail
# make bench        messages a second and CPU a mail, beside a milter that does nothing
# make bench-postfix  mails a second through a Postfix, beside the same
# make soak         200,000 mails, each second one broken off: does memory grow?
# make valgrind     the protocol tests under valgrind
# make bench-log    what is asked of a log of 100,000 reports, each at most 200 ms of CPU
# make bench-stages   CPU of each stage beside GMime alone; BENCH_MAILS=... other mails
# make man          the manual pages, in build/man/
# make deb          Debian packages, in build/deb/; make deb-test: tried in a virtual machine (root, qemu)
# make bench-web    how long the pages take over 100,000 reports
# make deps         install what is missing to build and test (Debian, Ubuntu)
# make install      honours DESTDIR and prefix; give `make' the same prefix
# make CC=clang     either compiler; WERROR=1 makes warnings errors (as CI does)
B        ?= build
prefix   ?= /usr/local
sysconfdir ?= $(if $(filter /usr,$(prefix)),/etc,$(if $(filter /usr/local,$(prefix)),/etc,$(prefix)/etc))
VERSION  := 0.1.0
PKGS     := glib-2.0 gmime-3.0 libpcre2-8 sqlite3 libxml-2.0 yaml-0.1 jansson libsystemd libarchive libmicrohttpd libpq

ifeq ($(origin CC),default)
CC       := gcc
endif
CFLAGS   ?= -O2 -g
HARDEN   ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fcf-protection
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
            -Wpointer-arith -Wformat=2 -Wundef $(if $(WERROR),-Werror)
ifneq ($(SAN),)
HARDEN   := -fno-omit-frame-pointer
SANFLAGS := -fsanitize=$(SAN)
endif
ifeq ($(SAN),thread)
EXTRA    := $B/tests/tsan-glib.o
endif
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Iinclude -I$B/include -MMD -MP $(WARN) $(HARDEN) $(CFLAGS) \
            $(SANFLAGS) -DABUSE_MILTER_VERSION='"$(VERSION)"' \
            -DABUSE_MILTER_DATADIR='"$(prefix)/share/abuse-milter"' $(PKG_CFLAGS)
ALL_LDFLAGS = $(LDFLAGS) $(SANFLAGS) $(if $(SAN),,-pie -Wl,-z,relro,-z,now)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
LIBS        = $(PKG_LIBS) -lpthread -lm

# The two programs are thin: all but their main() is the one archive, of which each links what it uses.
MAINS    := milter/shell/abuse-milter.c milter/shell/abusectl.c
CORE     := $(filter-out $(MAINS),$(wildcard milter/*/*.c))
PROGRAMS := $B/abuse-milter $B/abusectl
UNITS    := $(patsubst tests/unit/%.c,$B/tests/%,$(wildcard tests/unit/test-*.c))
TOOLS    := $(patsubst tests/tools/%.c,$B/tests/%,$(wildcard tests/tools/*.c))
FUZZERS  := $(patsubst tests/fuzz/%.c,$B/fuzz/%,$(wildcard tests/fuzz/fuzz-*.c))
# Headers are set by hand: their comments are tables.
SOURCES  := $(wildcard milter/*/*.c tests/unit/*.[ch] tests/fuzz/*.c tests/tools/*.c tests/tools/*/*.[ch] tests/bench/*.c)

.PHONY: all programs tests check demo deps have-deps install asan tsan fuzz fuzzers torture bench bench-log bench-postfix soak valgrind bench-stages lint format clean man deb deb-test bench-web
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAMS)
tests: $(UNITS) $(TOOLS)

$B/core.a: $(CORE:%.c=$B/%.o)
	@$(RM) $@ && $(AR) rcsD $@ $^
# tor's own policies, from the files that an operator may replace
$B/include/know/exit_policy_files.h: dist/tor/exit-policy-default dist/tor/exit-policy-reduced
	@mkdir -p $(@D)
	@for name in default reduced; do \
	    echo "static const char exit_policy_file_$$name[] ="; \
	    sed 's/.*/    "&\\n"/' dist/tor/exit-policy-$$name; echo '    ;'; done >$@
$B/milter/know/exit_policy.o: $B/include/know/exit_policy_files.h
# the stylesheet of the pages
$B/include/effect/desk_style.h: dist/web/style.css
	@mkdir -p $(@D)
	@sed 's/["\\]/\\&/g; s/.*/    "&\\n"/' dist/web/style.css >$@
$B/milter/effect/desk.o: $B/include/effect/desk_style.h
$B/abuse-milter: $B/milter/shell/abuse-milter.o $(EXTRA) $B/core.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lmilter
$B/abusectl: $B/milter/shell/abusectl.o $(EXTRA) $B/core.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/tests/test-%: $B/tests/unit/test-%.o $(EXTRA) $B/core.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$B/tests/null-milter: $B/tests/tools/null-milter.o
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ -lmilter -lpthread
$B/tests/%: $B/tests/tools/%.o $B/tests/tools/lib/milter-wire.o $B/tests/tools/lib/smtp.o $B/core.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$B/bench/%: $B/tests/bench/%.o $B/core.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$B/fuzz/%: $B/tests/fuzz/%.o $B/core.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# The packages first, in a make of its own: pkg-config is asked when a Makefile is read.
have-deps:
	@B=$B dist/install-deps --if-missing build test
check: have-deps
	@$(MAKE) -s --no-print-directory all tests
	@B=$B tests/run $(SUITES)
demo: have-deps
	@$(MAKE) -s --no-print-directory all tests
	@B=$B KEEP=$(KEEP) tests/demo.sh
deps:
	@B=$B dist/install-deps build test

asan:
	@$(MAKE) -s --no-print-directory B=build/asan SAN=address,undefined CFLAGS='-O1 -g' all tests
	@B=build/asan G_SLICE=always-malloc UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 tests/run units protocol failures faults
# Units without a second thread have no races.
THREADED := $(shell grep -lE 'g_thread_new|pthread_create|logstore_open' tests/unit/test-*.c)
tsan:
	@$(MAKE) -s --no-print-directory B=build/tsan SAN=thread CFLAGS='-O1 -g' all $(THREADED:tests/unit/%.c=build/tsan/tests/%) \
	    $(TOOLS:build/%=build/tsan/%)
	@B=build/tsan G_SLICE=always-malloc TSAN_OPTIONS="halt_on_error=1 suppressions=$(CURDIR)/tests/tsan.supp" \
	    tests/run $(THREADED:tests/unit/%.c=%) protocol

FUZZ_SECONDS ?= 60
fuzzers: $(FUZZERS)
fuzz:
	@$(MAKE) -s --no-print-directory CC=clang B=build/fuzz SAN=fuzzer-no-link,address,undefined CFLAGS='-O1 -g' fuzzers
	@B=build/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run

TORTURE_MAILS ?= 20000
torture: have-deps
	@$(MAKE) -s --no-print-directory all tests
	@B=$B TORTURE_MAILS=$(TORTURE_MAILS) TORTURE_PAUSE_MS=0 tests/run torture; code=$$?; \
	    grep '^#' $B/test-log/torture.tap; exit $$code

bench: all tests
	@B=$B tests/bench/run
bench-postfix: all tests
	@B=$B tests/bench/postfix
soak: all tests
	@SOAK_MAILS=$${SOAK_MAILS:-200000} tests/run crowd
	@grep '^ok' $B/test-log/crowd.tap
valgrind: all tests
	@B=$B VALGRIND=1 tests/run protocol failures faults
BENCH_MAILS ?= $(wildcard tests/mails/*/*.eml)
bench-log: $B/tests/log-bench $B/tests/log-speed
	@$B/tests/log-bench
	@$B/tests/log-speed 100000 200
bench-stages: $B/bench/stages
	@$B/bench/stages $(BENCH_MAILS)

# memcpy() is not "deprecated", and va_list is misread by that check.
TIDY_OFF := -clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-valist.Uninitialized
lint:
	@clang-format --dry-run -Werror $(SOURCES) && echo "layout: fine"
	@tests/layers.sh | grep '^not ok' ; tests/layers.sh >/dev/null && echo "layers: fine"
	@clang-tidy --quiet --checks=$(TIDY_OFF) $(wildcard milter/*/*.c) -- $(ALL_CFLAGS) && echo "clang-tidy: fine"
format:
	@clang-format -i $(SOURCES)

man: all
	@doc/make-man $B $(VERSION) $(prefix)/share/abuse-milter
# The package is built from what git would check out, so nothing of this tree's build/ gets into it.
deb:
	@dist/make-deb $B/deb

# The package on a clean Debian in a virtual machine; its root is kept in build/vm.
deb-test: deb
	@tests/deb/vm.sh $B/deb/abuse-milter_$(VERSION)_*.deb $B/vm
bench-web: all tests
	@B=$B tests/bench/web

install: all man
	install -Dm755 $B/abuse-milter $(DESTDIR)$(prefix)/sbin/abuse-milter
	install -Dm755 $B/abusectl $(DESTDIR)$(prefix)/bin/abusectl
	cd scenarios && find . -name '*.yaml' -exec install -Dm644 {} $(DESTDIR)$(prefix)/share/abuse-milter/scenarios/{} \;
	install -Dm644 -t $(DESTDIR)$(prefix)/share/abuse-milter/tor dist/tor/exit-policy-*
	sed 's|/usr/local/|$(prefix)/|' dist/abuse-milter.yaml >$B/abuse-milter.yaml
	install -Dm644 $B/abuse-milter.yaml $(DESTDIR)$(prefix)/share/doc/abuse-milter/abuse-milter.yaml
	for page in $B/man/*; do install -Dm644 -t $(DESTDIR)$(prefix)/share/man/man$${page##*.} $$page || exit 1; done
	install -Dm644 dist/completion/abusectl $(DESTDIR)$(prefix)/share/bash-completion/completions/abusectl
	install -Dm644 README.md $(DESTDIR)$(prefix)/share/doc/abuse-milter/README.md
	install -d $(DESTDIR)$(sysconfdir)/abuse-milter/scenarios
	test -e $(DESTDIR)$(sysconfdir)/abuse-milter/abuse-milter.yaml || \
	    install -m644 $B/abuse-milter.yaml $(DESTDIR)$(sysconfdir)/abuse-milter/abuse-milter.yaml
	install -Dm644 dist/sysusers/abuse-milter.conf $(DESTDIR)$(prefix)/lib/sysusers.d/abuse-milter.conf
	install -Dm644 dist/tmpfiles/abuse-milter.conf $(DESTDIR)$(prefix)/lib/tmpfiles.d/abuse-milter.conf
	install -d $(DESTDIR)$(prefix)/lib/systemd/system
	sed 's|/usr/sbin/|$(prefix)/sbin/|' dist/systemd/abuse-milter.service \
	    >$(DESTDIR)$(prefix)/lib/systemd/system/abuse-milter.service

clean:
	$(RM) -r $B

-include $(shell find $B -path $B/packages -prune -o -name '*.d' -print 2>/dev/null)
