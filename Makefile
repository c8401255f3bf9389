# Page-busying lab.  `make help` lists the targets.
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif

# V=1 shows the commands.
Q        := $(if $(V),,@)
IMPLS    := $(notdir $(patsubst %/,%,$(wildcard impl/*/)))
# A flavour is a machine and a purpose.
FLAVOURS := native-bench native-stats native-test native-tsan native-asan \
	    virtual-test virtual-sim
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	    -Werror
CFLAGS   := -O2 -g -std=gnu11 -fms-extensions -fno-common $(WARN) \
	    $(if $(findstring clang,$(CC)),-Wno-microsoft-anon-tag)

KCFLAGS_native-bench :=
KCFLAGS_native-stats := -DLOCK_STATS
KCFLAGS_native-test  := -DINVARIANTS -DLAB_TESTS -DLOCK_STATS
KCFLAGS_native-tsan  := -DINVARIANTS -DLAB_TESTS -O1 -fsanitize=thread \
			-Wno-tsan
KCFLAGS_native-asan  := -DINVARIANTS -DLAB_TESTS -O1 \
			-fsanitize=address,undefined -fno-sanitize-recover=all
KCFLAGS_virtual-sim  := -fsanitize=thread -Wno-tsan \
			--param tsan-distinguish-volatile=1
KCFLAGS_virtual-test := -DINVARIANTS -DLAB_TESTS $(KCFLAGS_virtual-sim)

include unit.mk

# What is not a unit: machines, drivers, report, readers; tests of them.
HCFLAGS      := $(CFLAGS) -I. -Isys -Itest
# Flavours of host objects, named after the units they are linked with.
HFLAGS_      := -Imachine/virtual/seeded -Imachine/virtual
# Counting sharers in one instruction; any x86-64 since 2008 has it.
SIM_CPU      := $(if $(filter x86_64,$(shell uname -m)),-mpopcnt)
HFLAGS_sim   := -Isim -Imachine/virtual -O3 -flto $(SIM_CPU)
HFLAGS_micro := -Itest/virtual -Imachine/virtual
HFLAGS_tsan  := -O1 -fsanitize=thread
HFLAGS_asan  := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
san_of = $(filter tsan asan,$(lastword $(subst -, ,$(1))))
hobj = $(patsubst %.c,build/host$(addprefix -,$(1))/%.o,$(2))

define HOST
build/host$(addprefix -,$(1))/%.o: %.c build/host$(addprefix -,$(1)).how \
    | build/setup-run
	@mkdir -p $$(@D)
	$(Q)$$(CC) $$(HCFLAGS) -I$$(<D) $$(HFLAGS_$(1)) \
	    -DLAB_CFLAGS='"$$(CFLAGS)"' -MMD -MP -c -o $$@ $$<
$$(eval $$(call HOW,build/host$(addprefix -,$(1)).how,$$(CC) $$(HCFLAGS) $$(HFLAGS_$(1))))
endef
$(foreach s,plain sim micro tsan asan,$(eval $(call HOST,$(filter-out plain,$(s)))))

NATIVE  := $(wildcard machine/native/*.c)
# Fibers of equal seed must meet equal addresses: no PIE.
VIRTUAL := $(wildcard machine/virtual/*.c) machine/native/native_file.c
SEEDED  := $(VIRTUAL) $(wildcard machine/virtual/seeded/*.c)
BENCH   := $(filter-out bench/main.c,$(wildcard bench/*.c))
GBENCH  := $(patsubst %.cc,build/host/%.o,$(wildcard bench/*.cc))
REPORT  := $(filter-out report/main.c,$(wildcard report/*.c))
KPI     := $(filter-out kpi/main.c,$(wildcard kpi/*.c))
TRACES  := $(wildcard traces/*.c)
VMTRACE := $(wildcard tools/vmtrace/*.c)
SIM     := $(wildcard sim/*.c) $(VIRTUAL) bench/progress.c bench/sysinfo.c $(TRACES)
LIBS    := -lhwloc -ljansson -lz -lgsl -lgslcblas -lm -lpthread
LINK     = @echo link $@; $(if $(V),echo '$(1)';) $(1)

build/host/bench/%.o: bench/%.cc build/host.how | build/setup-run
	@mkdir -p $(@D)
	$(Q)$(CXX) -O2 -g -Wall -Wextra -Werror -I. -MMD -MP -c -o $@ $<
$(eval $(call DRIVER,bench,$(UNITS_native-bench) $(UNITS_native-stats)))
$(eval $(call DRIVER,bench-self,$(UNITS_self)))
$(call hobj,asan,report/page_files.c) $(call hobj,,report/page_files.c): \
    $(wildcard report/page/*)
build/report: $(call hobj,,report/main.c $(REPORT))
build/trace-info: $(call hobj,,$(TRACES) tools/trace_info.c)
build/vmtrace: $(call hobj,,$(VMTRACE))
build/machine-costs: $(call hobj,,tools/machine_costs.c $(NATIVE))
# Programs are instrumented as units are.
SIM_PROGRAMS := $(patsubst %.c,build/sim-programs/%.o,$(wildcard sim/locks/*.c))
PROGRAM_CC   := $(CC) $(CFLAGS) $(KCFLAGS_virtual-sim) -Imachine/virtual -Isys -I.
$(eval $(call HOW,build/sim-programs.how,$(PROGRAM_CC)))
build/sim-programs/%.o: %.c build/sim-programs.how | build/setup-run
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_CC) -MMD -MP -c -o $@ $<
build/sim: $(call hobj,sim,$(SIM)) $(SIM_PROGRAMS) $(UNITS_virtual-sim)
build/sim-test: $(call hobj,sim,test/sim/names.c $(filter-out \
    sim/main.c,$(SIM))) $(SIM_PROGRAMS) $(UNITS_probed)
build/sim build/sim-test:
	$(Q)cat $^ | sha1sum | sed 's/\(.*\)  -/const char lab_build[] = "\1";/' | \
	    $(CC) -x c -c -o $@.id.o -
	$(call LINK,$(CC) -no-pie -O3 -flto=auto -o $@ $^ $@.id.o $(LIBS) -ldw)
# So are those that show the instrumentation's pitfalls; another client writes
# down their events.
MICRO := $(patsubst %.c,build/sim-programs/%.o,$(wildcard test/virtual/micro/*.c))
build/host-micro/lab.a: $(call hobj,micro,$(VIRTUAL) $(wildcard test/virtual/*.c))
	@rm -f $@; $(AR) rcs $@ $^
build/test-virtual: $(MICRO) build/host-micro/lab.a
	$(call LINK,$(CC) -no-pie -o $@ $^)
build/shm-phys: $(call hobj,,tools/shm/shm_phys.c $(NATIVE)) $(UNITS_shm)
build/report build/trace-info build/vmtrace build/machine-costs build/shm-phys:
	$(call LINK,$(CC) -o $@ $^ $(LIBS))

# RUNNER FLAVOUR: the runner of the tests inside units.
define RUNNER
build/run-$(1): $$(call hobj,$(call san_of,$(1)),test/run.c \
    $(if $(filter virtual%,$(1)),$(SEEDED),$(NATIVE) $(TRACES))) \
    $$(UNITS_$(1))
	$$(call LINK,$$(CC) $$(HFLAGS_$(call san_of,$(1))) \
	    $(if $(filter virtual%,$(1)),-no-pie) -o $$@ $$^ $(LIBS))
endef
RUNNERS := $(addprefix build/run-,$(filter-out %-bench %-stats %-sim,$(FLAVOURS)))
$(foreach r,$(RUNNERS),$(eval $(call RUNNER,$(r:build/run-%=%))))

# Tests of host modules, under ASan and UBSan: one program a file.
HTESTS := $(patsubst test/host/%.c,build/host-asan/%,\
	    $(wildcard test/host/test_*.c))
build/host-asan/lab.a: $(call hobj,asan,$(BENCH) $(REPORT) $(KPI) $(NATIVE) \
    $(TRACES))
	@rm -f $@; $(AR) rcs $@ $^
$(HTESTS): build/host-asan/%: build/host-asan/test/host/%.o \
    build/host-asan/lab.a $(GBENCH) | build/setup-check
	$(call LINK,$(CXX) $(HFLAGS_asan) -o $@ $(filter %.o,$<) \
	    build/host-asan/lab.a $(GBENCH) $(LIBS) -lcmocka -lbenchmark)

build/host-asan/test_trace_tools: build/vmtrace
# One after the other: apt has one lock.
build/setup-check build/setup-perf build/setup-kpi: build/setup-run
$(HTESTS:build/host-asan/%=build/host-asan/test/host/%.o): | build/setup-check
build/setup-%: tools/setup
	@mkdir -p build
	@tools/setup $*
	@touch $@

.DEFAULT_GOAL := all
## all: build the benchmark, the report and the trace tools
all: build/bench build/report build/trace-info build/vmtrace

## run, full: measure and compare here; a minute and a half, or as full says
run full: all
	@MAKEFLAGS='$(MAKEOVERRIDES)' tools/run-lab $(filter full,$@)

## baseline NAME=x, compare A=x B=y: keep a run; is B slower than A anywhere?
baseline compare: all
	@tools/baseline $(if $(filter baseline,$@),save '$(NAME)',$@ '$(A)' '$(B)')

## bench-primitives: the cost of the primitives, and the bars they must meet
bench-primitives: all
	@tools/run-lab --primitives

## perf: the hottest functions of a cell: CELL=a/b/c/tN/p IMPL=A[,B]
perf: all | build/setup-perf
	@tools/perf-cell "$(CELL)" "$(IMPL)"

include kpi/kpi.mk

## sim, sim-robust: workloads on a simulated machine, and whether its crossing
##   points stand under other costs (docs/MODEL.md): MACHINE=x ROUNDS=3
##   TOPO='pack:2 core:8 pu:2' WORKLOAD=a/b/c IMPL=x,y THREADS=1,2,4
sim sim-robust: build/sim build/report
	@$(if $(ROUNDS),ROUNDS='$(ROUNDS)') tools/sim-lab $(if $(filter \
	    sim-robust,$@),robust,$(if $(WORKLOAD)$(THREADS),cells,all)) $(if \
	    $(MACHINE),--machine '$(MACHINE)') $(if $(TOPO),--topology \
	    '$(TOPO)') $(if $(IMPL),--impl '$(IMPL)') $(if $(THREADS),--threads \
	    '$(THREADS)') $(WORKLOAD)

## sim-bench: how fast and how near the simulator is, against its bars
sim-bench: build/sim
	@tools/sim-bench

## shm-phys: one segment of 1 GiB in 300 address spaces, with the switch
##   kern.ipc.shm_use_phys off and on; 4.6 GiB of memory, two minutes
shm-phys: build/shm-phys
	@tools/shm-phys

## sim-calibrate: a model of this machine from measurements, and how near it
##   comes; five minutes; ROUNDS=20; RUN=folder to use what was measured
sim-calibrate: build/sim build/bench build/report build/machine-costs
	@$(if $(ROUNDS),ROUNDS='$(ROUNDS)') tools/sim-calibrate '$(RUN)'

## self-test: plant effects of known size and count how many are found
self-test: build/bench-self build/report
	@tools/self-test

## reference: rebuild RESULTS.md and its figures from the committed data
reference: build/report
	@tools/make-reference

## check: every test; ends in "N passed, N failed"
check: $(RUNNERS) $(HTESTS) all build/bench-self build/sim build/sim-test \
    build/test-virtual build/shm-phys
	@tools/check $(RUNNERS) $(HTESTS) build/sim-test build/test-virtual

## soak: all that the VM can do at once, on eight threads, ten minutes an
##   implementation: MINUTES=10 IMPL=x
soak: build/run-native-test
	@build/run-native-test --test soak --seconds $$((60 * $(or \
	    $(MINUTES),10))) $(if $(IMPL),--impl '$(IMPL)')

## tidy: complain of files and functions that grew out of shape
tidy:
	@tools/tidy

## clean: remove everything built
clean:
	rm -rf build

## help: this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

.PHONY: all run full soak sim sim-robust sim-bench shm-phys \
	sim-calibrate self-test baseline compare bench-primitives perf reference \
	check tidy clean help FORCE
FORCE:
-include $(shell find build -name '*.d' 2>/dev/null)
