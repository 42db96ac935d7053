# Wardmote: plain GNU make.
#   make            builds the programs        make demo    the whole service on this machine
#   make check      every test                 make bench   speed and memory (ONLY=name for one)
#   make CC=clang   another compiler           make SAN=1   AddressSanitizer and UBSan
# Each kind of build has a directory of its own below build/, so that they never mix.

VERSION := 0.1.0
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
prefix  ?= /usr/local
JOBS    ?= 2
WERROR  ?= -Werror

# --- what kind of build -------------------------------------------------------------------------
SAN ?=
FUZZ ?=
B := build
ifneq ($(findstring clang,$(CC)),)
B := build/clang
endif
ifneq ($(SAN),)
B := build/asan
endif
ifneq ($(FUZZ),)
B := build/fuzz
CC := clang
endif

SCHEMA_VERSION := $(shell ls schema/[0-9][0-9][0-9][0-9]_*.sql 2>/dev/null | \
	sed 's,.*/0*\([0-9]*\)_.*,\1,' | sort -n | tail -n 1)

# pkg-config is asked when a recipe first needs it: `make demo` must start before it is installed.
pkg_cflags = $(eval pkg_cflags := $$(shell pkg-config --cflags libmicrohttpd libpq libcurl \
	libcrypto jansson libcmark libqrencode libzip gmp))$(pkg_cflags)
libs = $(shell pkg-config --libs $(1))

CPPFLAGS = -I. -I$(B)/gen -D_GNU_SOURCE -DWM_VERSION='"$(VERSION)"' \
	-DWM_SCHEMA_VERSION=$(SCHEMA_VERSION) -include common/banned.h $(pkg_cflags)
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wvla $(WERROR)
# What an initialiser leaves out is 0, which clang's -Wextra takes for a slip.
WARNINGS += $(if $(findstring clang,$(CC)),-Wno-missing-field-initializers)
CFLAGS  := -std=c17 -O2 -g $(WARNINGS) -fstack-protector-strong -fPIE
LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
ifneq ($(SAN),)
CFLAGS  += -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
else ifneq ($(FUZZ),)
CFLAGS  += -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
LDFLAGS += -fsanitize=fuzzer,address,undefined
else
CPPFLAGS += -D_FORTIFY_SOURCE=2
endif

# --- programs -----------------------------------------------------------------------------------
programs := wardmote-server wardmote-sms wardmote-handset wardmote-count
bin := $(programs:%=$(B)/bin/%)

objects = $(patsubst %.c,$(B)/obj/%.o,$(sort $(wildcard $(1))))
without_main = $(filter-out %/main.o,$(1))
common_o  := $(call objects,common/*.c)
count_o   := $(call objects,count/*.c)
common_o  += $(B)/obj/gen/catalogues.o
server_o  := $(call objects,server/*.c) $(B)/obj/gen/assets_data.o
sms_o     := $(call objects,sms/*.c)
handset_o := $(call objects,sms/handset/*.c)
load_o    := $(call objects,tests/load/kit/*.c)
# Archives, so that a program takes only the common parts (and their libraries) that it uses.
archives  := common count server sms handset load
lib = $(patsubst %,$(B)/lib/%.a,$(1))
unit_tests  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
fuzzers     := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
load_tools  := $(patsubst tests/load/%.c,$(B)/tests/%,$(sort $(wildcard tests/load/*.c)))

.PHONY: all demo check smoke shots check-unit check-sql check-count check-web check-sms check-kannel \
	conformance check-races check-crash check-property check-sms-faults \
	check-format check-arrows check-po po lint bench fuzz fuzz-programs css install clean format schema-dump \
	programs-for-tests programs-for-bench deps-check check-count-paths FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(bin)

$(B)/bin/wardmote-server: $(server_o) $(call lib,common)
	$(link) $(call libs,libmicrohttpd libpq libcrypto jansson libcmark libqrencode libzip) \
		-lzxcvbn -lpthread -lm
$(B)/bin/wardmote-sms: $(sms_o) $(call lib,common)
	$(link) $(call libs,libcurl libpq libcrypto jansson) -lpthread
$(B)/bin/wardmote-handset: $(handset_o) $(call lib,sms common)
	$(link) $(call libs,libmicrohttpd libcurl libpq libcrypto jansson) -lpthread
$(B)/bin/wardmote-count: $(count_o) $(call lib,common)
	$(link) $(call libs,gmp jansson libcrypto)

link = @mkdir -p $(@D) && echo "  LD    $@" && $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o %.a,$^)

# What the objects depend on besides their sources: compiler and flags.
$(B)/flags: FORCE
	@mkdir -p $(@D); echo '$(subst ','\'',$(CC) $(CPPFLAGS) $(CFLAGS))' >$@.new; \
	cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D) && echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/obj/gen/%.o: $(B)/gen/%.c $(B)/flags
	@mkdir -p $(@D) && echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/gen/assets_data.c: server/assets/embed.sh $(wildcard server/assets/*.css server/assets/*.js \
		server/assets/*.svg server/assets/*.ico server/assets/*.png \
		server/assets/openapi.json)
	@mkdir -p $(@D) && echo "  GEN   $@"
	@sh server/assets/embed.sh $(sort $(filter-out %.sh,$^)) >$@

# The languages: gettext collects and checks, a table is linked in (common/language.h).
po := $(sort $(wildcard common/po/*.po))
$(B)/gen/catalogues.c: common/po/embed.sh $(po)
	@mkdir -p $(@D) && echo "  GEN   $@"
	@for f in $(po); do msgfmt --check --statistics -o /dev/null $$f || exit 1; done
	@sh common/po/embed.sh $(po) >$@

$(call lib,common): $(common_o)
$(call lib,count): $(call without_main,$(count_o))
$(call lib,server): $(call without_main,$(server_o))
$(call lib,sms): $(call without_main,$(sms_o))
$(call lib,handset): $(call without_main,$(handset_o))
$(call lib,load): $(load_o)
$(call lib,$(archives)):
	@mkdir -p $(@D) && rm -f $@ && $(AR) rcsD $@ $^

-include $(wildcard $(B)/obj/*/*.d $(B)/obj/*/*/*.d $(B)/obj/*/*/*/*.d)

# --- tests --------------------------------------------------------------------------------------
# tests/unit/test_server_x.c is linked with server, test_sms_x.c with sms, test_count_x.c with
# count, test_handset_x.c with the handset (and sms), any other with common alone.
test_libs = $(call libs,cmocka libmicrohttpd libpq libcurl libcrypto jansson libcmark \
	libqrencode libzip gmp) -lzxcvbn -lpthread -lm
$(B)/tests/test_count_%: $(B)/obj/tests/unit/test_count_%.o $(call lib,count common)
	$(link) $(test_libs)
$(B)/tests/test_server_%: $(B)/obj/tests/unit/test_server_%.o $(call lib,server common)
	$(link) $(test_libs)
$(B)/tests/test_sms_%: $(B)/obj/tests/unit/test_sms_%.o $(call lib,sms common)
	$(link) $(test_libs)
$(B)/tests/test_handset_%: $(B)/obj/tests/unit/test_handset_%.o $(call lib,handset sms common)
	$(link) $(test_libs)
$(B)/tests/test_%: $(B)/obj/tests/unit/test_%.o $(call lib,common)
	$(link) $(test_libs)
# Programs that make load (tests/load/*.c).
$(B)/tests/%: $(B)/obj/tests/load/%.o $(call lib,load server common)
	$(link) $(test_libs) -lm

programs-for-tests: all $(unit_tests)
programs-for-bench: all $(load_tools)

deps-check:
	@deploy/deps.sh check

# The tests start whatever they need below var/ and stop it; one total line at the end.
check: deps-check
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-tests
	@WM_BUILD=$(B) tests/run.sh
check-unit check-sql check-count check-web check-sms check-kannel check-races smoke:
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-tests
	@WM_BUILD=$(B) tests/run.sh $(@:check-%=%)

# Every page and state that the stories meet, for somebody to look at: var/shots/*-360.png, *-1280.png;
# says which routes have no picture.
shots:
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-tests
	@rm -rf var/shots
	@WM_LOOK=1 WM_BUILD=$(B) tests/run.sh web
	@WM_BUILD=$(B) node tests/lib/pictures.mjs

# The fault matrix for texts, each crash point FAULTS times; a line a row: tried, held.
FAULTS ?= 50
check-sms-faults:
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-tests
	@WM_BUILD=$(B) WM_FAULTS=$(FAULTS) WM_TEST_TIMEOUT=7200 tests/sms/fault-rows.sh

# Every rule by both its paths on many random elections and on all real ones that lie beside the
# project; check-unit and check-count take fewer.
check-count-paths: $(B)/tests/test_count_paths $(B)/bin/wardmote-count
	COUNT_ELECTIONS=$(or $(ELECTIONS),10000) $<
	@tests/count/paths.sh $(B)/bin/wardmote-count all; status=$$?; [ $$status -eq 77 ] || exit $$status

# Against outcomes that others computed, where the reference elections lie beside the project.
conformance: $(B)/bin/wardmote-count
	@tests/count/conformance.sh $(B)/bin/wardmote-count; status=$$?; [ $$status -eq 77 ] || exit $$status

# The long way of tests/web/crash.test.mjs: one kill -9 a round, ROUNDS of them; SEED=n repeats an
# order.
ROUNDS ?= 200
check-crash:
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-tests
	@WM_BUILD=$(B) ROUNDS=$(ROUNDS) node tests/web/crash.test.mjs

# The long way of tests/sql/property.test.mjs.
RUNS ?= 10000
check-property:
	@WM_BUILD=$(B) RUNS=$(RUNS) node tests/sql/property.test.mjs

check-format:
	@clang-format --dry-run --Werror $(sort $(wildcard common/*.[ch] count/*.[ch] server/*.[ch] \
		sms/*.[ch] sms/handset/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] tests/load/*.[ch] \
		tests/load/kit/*.[ch]))
format:
	clang-format -i $(sort $(wildcard common/*.[ch] count/*.[ch] server/*.[ch] \
		sms/*.[ch] sms/handset/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] tests/load/*.[ch] \
		tests/load/kit/*.[ch]))

# Every msgid of the source has its translation (placeholders are in braces, none is for printf). After new words: make po, then fill in the .po.
pot = xgettext --from-code=UTF-8 --language=C -kN_ -kNN_:1,2 -kCOUNTED:1,2 -ktranslate:2 \
	-ktranslate_n:2,3 -ktr:2 -khtml_tr:2 -khtml_trv:2 -khtml_trn:2,3 -khtml_trnv:2,3 -khtml_tr_p:2 -khtml_tr_h2:2 \
	-khtml_tr_pv:2 -ktrv:3 -ktrn:3,4 -ktrnv:3,4 --sort-by-file --no-wrap --add-location=file --package-name=Wardmote \
	-o - $(sort $(wildcard common/*.c sms/*.c server/*.c)) | sed '/^\#, c-format$$/d' >$(1)
check-po:
	@mkdir -p $(B)/gen && $(call pot,$(B)/gen/wardmote.pot)
	@for f in $(po); do msgcmp $$f $(B)/gen/wardmote.pot || exit 1; done
po:
	@mkdir -p $(B)/gen && $(call pot,$(B)/gen/wardmote.pot)
	@for f in $(po); do msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap \
	    $$f $(B)/gen/wardmote.pot && msgattrib --no-obsolete --no-wrap -o $$f $$f; \
	    msgfmt --statistics -o /dev/null $$f; done

check-arrows:
	@sh tests/lib/arrows.sh

lint: $(B)/gen/assets_data.c
	@cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 --library=posix \
		--enable=warning,performance,portability --suppressions-list=tests/lib/cppcheck.txt \
		-I. -D_GNU_SOURCE -DWM_VERSION='"$(VERSION)"' -DWM_SCHEMA_VERSION=$(SCHEMA_VERSION) \
		-j $(JOBS) $(wildcard common/*.c count/*.c server/*.c sms/*.c sms/handset/*.c)

bench:
	@deploy/deps.sh bench
	@$(MAKE) --no-print-directory -j$(JOBS) programs-for-bench
	@WM_BUILD=$(B) tests/load/bench.sh "$(ONLY)"

# Every harness for SECONDS each; names as for unit tests: fuzz_server_x is linked with server, any
# other with common, count and sms.
SECONDS ?= 60
fuzz:
	@$(MAKE) --no-print-directory -j$(JOBS) FUZZ=1 fuzz-programs
	@for f in $(notdir $(fuzzers)); do mkdir -p var/fuzz/$$f; \
	    seeds=$$(ls -d tests/fuzz/seeds/$${f#fuzz_} 2>/dev/null); \
	    dict=$$(ls tests/fuzz/$${f#fuzz_}.dict 2>/dev/null); \
	    echo "$$f: $(SECONDS) s"; \
	    build/fuzz/fuzz/$$f -max_total_time=$(SECONDS) -verbosity=0 -print_final_stats=1 \
	        -artifact_prefix=var/fuzz/$$f- $${dict:+-dict=$$dict} var/fuzz/$$f $$seeds || exit 1; done
fuzz-programs: $(fuzzers)
fuzz_libs = $(call libs,libmicrohttpd libpq libcurl libcrypto jansson libcmark libqrencode \
	libzip gmp) -lpthread -lm
$(B)/fuzz/fuzz_server_%: $(B)/obj/tests/fuzz/fuzz_server_%.o $(call lib,server common)
	$(link) $(fuzz_libs)
$(B)/fuzz/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(call lib,count sms common)
	$(link) $(fuzz_libs)

# --- the rest -----------------------------------------------------------------------------------
demo:
	@deploy/demo.sh

# The stylesheet is committed; this makes it again from the design system's sources.
css:
	cd server/assets && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent css

# schema/schema.sql: what migrations and functions make, for people to read and CI to compare.
schema-dump:
	@tests/lib/schema-dump.sh >build/schema.sql.new && mv build/schema.sql.new schema/schema.sql

install: all
	install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/share/wardmote/schema/functions \
		$(DESTDIR)$(prefix)/share/man/man1
	install -m 755 $(bin) $(DESTDIR)$(prefix)/bin
	install -m 644 schema/*.sql $(DESTDIR)$(prefix)/share/wardmote/schema
	install -m 755 schema/migrate.sh $(DESTDIR)$(prefix)/share/wardmote/schema
	install -m 644 schema/functions/*.sql $(DESTDIR)$(prefix)/share/wardmote/schema/functions
	for page in $(wildcard */*.1); do \
	    install -m 644 $$page $(DESTDIR)$(prefix)/share/man/man1 || exit 1; done

clean:
	rm -rf build
