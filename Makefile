# Page-busying lab.  `make help` lists the targets.
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif

IMPLS    := $(notdir $(patsubst %/,%,$(wildcard impl/*/)))
# A flavour is a machine and a purpose.
FLAVOURS := native-bench native-stats native-test native-tsan native-asan \
	    virtual-test
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	    -Werror
CFLAGS   := -O2 -g -std=gnu11 -fms-extensions -fno-common $(WARN)

KCFLAGS_native-bench :=
KCFLAGS_native-stats := -DLOCK_STATS
KCFLAGS_native-test  := -DINVARIANTS -DLAB_TESTS
KCFLAGS_native-tsan  := -DINVARIANTS -DLAB_TESTS -O1 -fsanitize=thread \
			-Wno-tsan
KCFLAGS_native-asan  := -DINVARIANTS -DLAB_TESTS -O1 \
			-fsanitize=address,undefined -fno-sanitize-recover=all
KCFLAGS_virtual-test := -DINVARIANTS -DLAB_TESTS -fsanitize=thread -Wno-tsan \
			--param tsan-distinguish-volatile=1

machine_of = $(firstword $(subst -, ,$(1)))
# Folders an implementation is made of: its own, then what `base` names.
chain = $(1) $(if $(wildcard impl/$(1)/base),$(call \
	chain,$(shell cat impl/$(1)/base)))
# Files of a pattern in those folders; the first folder that has a name wins.
files = $(foreach n,$(sort $(notdir $(foreach i,$(1),$(wildcard \
	impl/$(i)/$(2)*.c)))),$(firstword $(foreach i,$(1),$(wildcard \
	impl/$(i)/$(2)$(n)))))

KSRCS := $(wildcard sys/*/*.c workload/*.c)
KTEST := $(wildcard test/unit/*.c)

# HOW FILE TEXT: FILE holds TEXT and is rewritten only when TEXT changes, so a
# target that needs it is rebuilt when flags change or a source file goes away.
define HOW
$(1): FORCE
	@mkdir -p $$(@D)
	@echo '$(2)' | cmp -s - $$@ || echo '$(2)' > $$@
endef

# UNIT FLAVOUR IMPL: the whole VM, its workloads and one implementation,
# partially linked, every symbol it defines made local.  So each unit keeps
# the true KPI names, and any number of them link.
define UNIT
C_$(2) := $(call chain,$(2))
SRCS_$(1)_$(2) := $(KSRCS) $(call files,$(call chain,$(2)),) \
    $(if $(findstring LAB_TESTS,$(KCFLAGS_$(1))),$(KTEST) \
    $(call files,$(call chain,$(2)),test/))
OBJS_$(1)_$(2) := $$(SRCS_$(1)_$(2):%.c=build/$(1)/$(2)/%.o)
KC_$(1)_$(2) := $(CFLAGS) $(KCFLAGS_$(1)) -DIMPL_NAME="\"$(2)\"" \
    -DMACHINE_NAME="\"$(call machine_of,$(1))\"" \
    -DFLAVOUR_NAME="\"$(lastword $(subst -, ,$(1)))\"" \
    $(foreach i,$(call chain,$(2)),-Iimpl/$(i)) \
    -Imachine/$(call machine_of,$(1)) -Isys -Itest -I.
UNITS_$(1) += build/$(1)/$(2).o
build/$(1)/$(2).o: $$(OBJS_$(1)_$(2)) build/$(1)/$(2).how machine/machine.syms
	$$(LD) -r -o $$@ $$(OBJS_$(1)_$(2))
	objcopy --keep-global-symbol=none $$@
	@tools/check-unit $$@
build/$(1)/$(2)/%.o: %.c build/$(1)/$(2).how
	@mkdir -p $$(@D)
	$$(CC) $$(KC_$(1)_$(2)) -MMD -MP -c -o $$@ $$<
$$(eval $$(call HOW,build/$(1)/$(2).how,$$(KC_$(1)_$(2)) $$(OBJS_$(1)_$(2))))
endef
$(foreach f,$(FLAVOURS),$(foreach i,$(IMPLS),$(eval $(call UNIT,$(f),$(i)))))

# What is not a unit: machines, drivers, report, readers; tests of them.
LIBS_native  := -lhwloc -lpthread
LIBS_bench   := -lbenchmark -ljansson -lz
LIBS_report  := -ljansson -lgsl -lgslcblas -lm
HCFLAGS      := $(CFLAGS) -I. -Isys -Itest
# Flavours of host objects, named after the units they are linked with.
HFLAGS_tsan  := -O1 -fsanitize=thread
HFLAGS_asan  := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
san_of = $(filter tsan asan,$(lastword $(subst -, ,$(1))))
hobj = $(patsubst %.c,build/host$(addprefix -,$(1))/%.o,$(2))

define HOST
build/host$(addprefix -,$(1))/%.o: %.c build/host$(addprefix -,$(1)).how
	@mkdir -p $$(@D)
	$$(CC) $$(HCFLAGS) -I$$(<D) $$(HFLAGS_$(1)) -DLAB_CFLAGS='"$$(CFLAGS)"' \
	    -MMD -MP -c -o $$@ $$<
$$(eval $$(call HOW,build/host$(addprefix -,$(1)).how,$$(CC) $$(HCFLAGS) $$(HFLAGS_$(1))))
endef
$(foreach s,plain tsan asan,$(eval $(call HOST,$(filter-out plain,$(s)))))

NATIVE  := $(wildcard machine/native/*.c)
VIRTUAL := $(wildcard machine/virtual/*.c)
BENCH   := $(wildcard bench/*.c)
TRACES  := $(wildcard traces/*.c)
REPORT  := $(wildcard report/*.c)

build/host/bench/gbench.o: bench/gbench.cc build/host.how
	@mkdir -p $(@D)
	$(CXX) -O2 -g -Wall -Wextra -Werror -I. -MMD -MP -c -o $@ $<
build/bench: $(call hobj,,$(BENCH) $(NATIVE) $(TRACES)) \
    build/host/bench/gbench.o $(UNITS_native-bench) $(UNITS_native-stats)
	$(CXX) -o $@ $^ $(LIBS_native) $(LIBS_bench)
build/report: $(call hobj,,$(REPORT))
	$(CC) -o $@ $^ $(LIBS_report)
build/trace-info: $(call hobj,,$(TRACES) tools/trace_info.c)
	$(CC) -o $@ $^ -lz

# RUNNER FLAVOUR: the runner of the tests inside units.
define RUNNER
build/run-$(1): $$(call hobj,$(call san_of,$(1)),test/run.c \
    $(if $(filter virtual%,$(1)),$(VIRTUAL),$(NATIVE))) $$(UNITS_$(1))
	$$(CC) $$(HFLAGS_$(call san_of,$(1))) -o $$@ $$^ \
	    $(if $(filter native%,$(1)),$(LIBS_native))
endef
$(foreach f,$(filter-out %-bench %-stats,$(FLAVOURS)),\
    $(eval $(call RUNNER,$(f))))

.PHONY: FORCE
FORCE:
-include $(shell find build -name '*.d' 2>/dev/null)
