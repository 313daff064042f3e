# make              the daemon and the command line, in build/
# make demo         a scratch Postfix, the milter, the sample complaints: seen working end to end
# make check        every test; make asan, make tsan: the same under the sanitizers
# make install      honours DESTDIR and prefix
# make CC=clang     either compiler; WERROR=1 makes warnings errors (as CI does)
B        ?= build
prefix   ?= /usr/local
VERSION  := 0.1.0
PKGS     := glib-2.0 gmime-3.0 libpcre2-8 sqlite3 libxml-2.0 yaml-0.1 jansson libsystemd

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
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Iinclude -I$B/include -MMD -MP $(WARN) $(HARDEN) $(CFLAGS) \
            $(SANFLAGS) -DABUSE_MILTER_VERSION='"$(VERSION)"' \
            -DABUSE_MILTER_DATADIR='"$(prefix)/share/abuse-milter"' $(PKG_CFLAGS)
ALL_LDFLAGS = $(LDFLAGS) $(SANFLAGS) $(if $(SAN),,-pie -Wl,-z,relro,-z,now)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
LIBS        = $(PKG_LIBS) -lpthread

# The two programs are thin: all but their main() is the one archive, of which each links what it uses.
MAINS    := milter/shell/abuse-milter.c milter/shell/abusectl.c
CORE     := $(filter-out $(MAINS),$(wildcard milter/*/*.c))
PROGRAMS := $B/abuse-milter $B/abusectl
UNITS    := $(patsubst tests/unit/%.c,$B/tests/%,$(wildcard tests/unit/test-*.c))
TOOLS    := $(patsubst tests/tools/%.c,$B/tests/%,$(wildcard tests/tools/*.c))

.PHONY: all check demo deps install asan tsan fuzz bench lint format clean
.DELETE_ON_ERROR:

all: $(PROGRAMS)

$B/core.a: $(CORE:%.c=$B/%.o)
	@$(RM) $@ && $(AR) rcsD $@ $^
$B/abuse-milter: $B/milter/shell/abuse-milter.o $B/core.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lmilter
$B/abusectl: $B/milter/shell/abusectl.o $B/core.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/tests/%: $B/tests/unit/%.o $B/core.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

clean:
	$(RM) -r $B

-include $(shell find $B -name '*.d' 2>/dev/null)
