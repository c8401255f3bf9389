# How units are built: the first seam (ARCHITECTURE.md).  Included by Makefile.

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
# target that needs it is rebuilt when flags change, a source file goes away, or
# a header appears that overrides an inherited one.
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
	@echo unit $(1)/$(2)
	$(Q)$$(LD) -r -o $$@ $$(OBJS_$(1)_$(2))
	$(Q)objcopy --keep-global-symbol=none $$@
	$(Q)tools/check-unit $$@
build/$(1)/$(2)/%.o: %.c build/$(1)/$(2).how | build/setup-run
	@mkdir -p $$(@D)
	$(Q)$$(CC) $$(KC_$(1)_$(2)) -MMD -MP -c -o $$@ $$<
$$(eval $$(call HOW,build/$(1)/$(2).how,$$(KC_$(1)_$(2)) $$(OBJS_$(1)_$(2)) \
    $(wildcard $(patsubst %,impl/%/*/*.h,$(call chain,$(2))))))
endef
$(foreach f,$(FLAVOURS),$(foreach i,$(IMPLS),$(eval $(call UNIT,$(f),$(i)))))
