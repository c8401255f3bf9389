# How units are built: the first seam (ARCHITECTURE.md).  Included by Makefile.

machine_of = $(firstword $(subst -, ,$(1)))
# Folders an implementation is made of: its own, then what `base` names.  The
# one that the lab slows on purpose to test itself is none of the compared; one
# that only the KPI case reads may lie anywhere.
home_of = $(firstword $(wildcard impl/$(1) selftest/$(1) $(1)))
chain = $(call home_of,$(1)) $(if $(wildcard $(call home_of,$(1))/base),$(call \
	chain,$(shell cat $(call home_of,$(1))/base)))
# Files of a pattern in those folders; the first folder that has a name wins.
files = $(foreach n,$(sort $(notdir $(foreach i,$(1),$(wildcard \
	$(i)/$(2)*.c)))),$(firstword $(foreach i,$(1),$(wildcard \
	$(i)/$(2)$(n)))))

KSRCS := $(wildcard sys/*/*.c workload/*.c)
KTEST := $(wildcard test/unit/*.c)
# Workloads that only the simulator has.
KSIM  := $(wildcard sim/unit/*.c)

# HOW FILE TEXT: FILE holds TEXT and is rewritten only when TEXT changes, so a
# target that needs it is rebuilt when flags change, a source file goes away, or
# a header appears that overrides an inherited one.
define HOW
$(1): FORCE
	@mkdir -p $$(@D)
	@echo '$(2)' | cmp -s - $$@ || echo '$(2)' > $$@
endef

# RELOCATE FLAVOUR NAME HEADERS: objects, partially linked, every symbol they
# define made local.  So each unit keeps the true KPI names, and any number of
# them link.
define RELOCATE
build/$(1)/$(2).o: $$(OBJS_$(1)_$(2)) build/$(1)/$(2).how machine/machine.syms
	@echo unit $(1)/$(2)
	$(Q)$$(LD) -r -o $$@ $$(OBJS_$(1)_$(2))
	$(Q)objcopy --keep-global-symbol=none $$@
	$(Q)tools/check-unit $$@
$$(eval $$(call OBJECTS,$(1),$(2),$(3)))
endef
define OBJECTS
build/$(1)/$(2)/%.o: %.c build/$(1)/$(2).how | build/setup-run
	@mkdir -p $$(@D)
	$(Q)$$(CC) $$(KC_$(1)_$(2)) -MMD -MP -c -o $$@ $$<
$$(eval $$(call HOW,build/$(1)/$(2).how,$$(KC_$(1)_$(2)) $$(OBJS_$(1)_$(2)) $(3)))
endef

# SHARED FOLDER: the VM and the implementation in a folder, with every symbol and
# a description of every type: what tools/kpi-surface measures.
define SHARED
OBJS_native-kpi_$(1) := $(patsubst %.c,build/native-kpi/$(1)/%.o,\
    $(wildcard sys/*/*.c) $(call files,$(call chain,$(1)),))
KC_native-kpi_$(1) := $(CFLAGS) $(KCFLAGS_native-bench) -fPIC \
    -fno-eliminate-unused-debug-types \
    $(patsubst %,-I%,$(call chain,$(1))) -Imachine/native -Isys -Itest -I.
build/native-kpi/$(1)/kpi.so: $$(OBJS_native-kpi_$(1)) \
    build/native-kpi/$(1).how
	$(Q)$$(CC) -shared -o $$@ $$(OBJS_native-kpi_$(1))
$$(eval $$(call OBJECTS,native-kpi,$(1),$(wildcard $(patsubst \
    %,%/*/*.h,$(call chain,$(1))))))
endef
$(if $(KPI_FOLDER),$(eval $(call SHARED,$(KPI_FOLDER))))

# UNIT FLAVOUR IMPL: the whole VM, its workloads and one implementation.  The
# simulator tells units' debug information apart by their working directory.
define UNIT
SRCS_$(1)_$(2) := $(KSRCS) $(call files,$(call chain,$(2)),) \
    $(if $(filter virtual-sim,$(1)),$(KSIM)) \
    $(if $(findstring LAB_TESTS,$(KCFLAGS_$(1))),$(KTEST) \
    $(call files,$(call chain,$(2)),test/))
OBJS_$(1)_$(2) := $$(SRCS_$(1)_$(2):%.c=build/$(1)/$(2)/%.o)
KC_$(1)_$(2) := $(CFLAGS) $(KCFLAGS_$(1)) -DIMPL_NAME="\"$(2)\"" \
    -DMACHINE_NAME="\"$(call machine_of,$(1))\"" \
    -DFLAVOUR_NAME="\"$(lastword $(subst -, ,$(1)))\"" \
    $(if $(filter virtual-sim,$(1)),-fdebug-prefix-map=$(CURDIR)=$(2)) \
    $(patsubst %,-I%,$(call chain,$(2))) \
    -Imachine/$(call machine_of,$(1)) -Isys -Itest -I.
$$(eval $$(call RELOCATE,$(1),$(2),$(wildcard $(patsubst \
    %,%/*/*.h,$(call chain,$(2))))))
endef
$(foreach f,$(FLAVOURS),$(eval UNITS_$(f) := $(IMPLS:%=build/$(f)/%.o)))
$(foreach f,$(FLAVOURS),$(foreach i,$(IMPLS),$(eval $(call UNIT,$(f),$(i)))))

# ALIAS FLAVOUR IMPL NAME FLAGS: the same objects, linked once more.  Only the
# unit's record is compiled again, with FLAGS, and the primitives, which the
# first one has, are left out.
define ALIAS
OBJS_$(1)_$(3) := $$(patsubst %/$(2)/workload/unit.o,%/$(3)/workload/unit.o,\
    $$(filter-out %/workload/primitive.o,$$(OBJS_$(1)_$(2))))
KC_$(1)_$(3) := $$(KC_$(1)_$(2)) -UIMPL_NAME -DIMPL_NAME="\"$(3)\"" $(4)
$$(eval $$(call RELOCATE,$(1),$(3)))
endef
# An implementation against itself: the A/A arm.
again = $(call ALIAS,native-bench,$(1),$(1).again,-DIMPL_AGAIN="\"$(1)\"")
BASELINE := $(filter old_vpo_wanted,$(IMPLS))
$(if $(BASELINE),$(eval $(call again,$(BASELINE))))
UNITS_native-bench += $(BASELINE:%=build/native-bench/%.again.o)

# The units of the lab's test of itself: one that can be slowed, and copies of
# it that are, by so many per cent.
PLANTED := 0 2 5 10
$(eval $(call UNIT,native-bench,slowed))
$(eval $(call again,slowed))
$(foreach p,$(PLANTED),$(eval $(call ALIAS,native-bench,slowed,slowed_$(p),\
    -DIMPL_UNIT_FLAGS=LAB_PLANTED -DIMPL_PLANTED_PERCENT=$(p))))
UNITS_self := $(patsubst %,build/native-bench/%.o,slowed slowed.again \
    $(PLANTED:%=slowed_%))

# PROBED IMPL: the simulator's unit, linked once more with test/sim/probe.c in
# it, which knows what the simulator should find out.
define PROBED
OBJS_virtual-sim_$(1).probe := $$(OBJS_virtual-sim_$(1)) \
    build/virtual-sim/$(1).probe/test/sim/probe.o
KC_virtual-sim_$(1).probe := $$(KC_virtual-sim_$(1))
$$(eval $$(call RELOCATE,virtual-sim,$(1).probe))
endef
$(foreach i,$(IMPLS),$(eval $(call PROBED,$(i))))
UNITS_probed := $(IMPLS:%=build/virtual-sim/%.probe.o)

# SHM IMPL: the benchmark's unit, linked once more with the unit's side of
# tools/shm in it.
define SHM
OBJS_native-bench_$(1).shm := $$(OBJS_native-bench_$(1)) \
    build/native-bench/$(1).shm/tools/shm/shm_unit.o
KC_native-bench_$(1).shm := $$(KC_native-bench_$(1)) -Itools/shm
$$(eval $$(call RELOCATE,native-bench,$(1).shm))
endef
SHM_IMPLS := $(filter old_vpo_wanted sxbusy sxbusy_rlock,$(IMPLS))
$(foreach i,$(SHM_IMPLS),$(eval $(call SHM,$(i))))
UNITS_shm := $(SHM_IMPLS:%=build/native-bench/%.shm.o)

# DRIVER NAME UNITS: bench with these units, and build/order/NAME-SEED, the
# same with code and data at other addresses.  Both know lab_build, a hash of
# what they are linked of: a run is gone on with by no other.  For Makefile,
# which knows what bench is made of.
comma := ,
define DRIVER
HOST_$(1) := $(call hobj,,bench/main.c $(BENCH) $(NATIVE) $(TRACES)) $(GBENCH)
build/$(1): $$(HOST_$(1)) $(2)
	$(Q)cat $$^ | sha1sum | sed 's/\(.*\)  -/const char lab_build[] = "\1";/' | \
	    $(CC) -x c -c -o $$@.id.o -
	$$(call LINK,$(CXX) -o $$@ $$^ $$@.id.o $(LIBS) -lbenchmark)
build/order/$(1)-%: build/$(1) tools/link-order
	$$(call LINK,$(CXX) -Wl$$(comma)-S -o $$@ $$(HOST_$(1)) build/$(1).id.o \
	    $$$$(tools/link-order $$* $(2)) $(LIBS) -lbenchmark)
endef
