# The comparison of KPIs (docs/KPI-CASE.md).  Included by Makefile.

build/kpi: $(call hobj,,kpi/main.c $(KPI) report/save.c report/field.c \
	   report/kpi_table.c)
	$(call LINK,$(CC) -o $@ $^ $(LIBS))
$(filter build/host-asan/test_kpi_%,$(HTESTS)): build/kpi

# Consumers are linked with the units of tests and run as these are.
KPI_WITH = CC='$(CC)' LD='$(LD)' LIBS='$(LIBS)' \
	   RUNNER='$(call hobj,,test/run.c $(NATIVE) $(TRACES))'
KPI_OF = $(if $(OLD)$(NEW),'$(OLD)' '$(NEW)') $(CONSUMER)
# Trees have sys/; a consumer without them is tried on what is in impl/.
KPI_TOOL = tools/kpi$(if $(wildcard $(OLD:%=%/sys)),-trees,$(if \
	   $(CONSUMER),-consumer $(if $(OLD)$(NEW),--step)))
## kpi: what changes between KPIs, who breaks, how they migrate, is a bump due;
##   OLD=x NEW=y: two folders like impl/*, or two FreeBSD source trees;
##   CONSUMER=FILE.c: a source of yours
kpi: build/kpi build/run-native-test | build/setup-kpi
	@MAKEFLAGS='$(MAKEOVERRIDES)' $(KPI_WITH) $(KPI_TOOL) $(KPI_OF)

## kpi-matrix: who breaks: each consumer with each implementation; MATRIX='...'
kpi-matrix: build/kpi build/run-native-test | build/setup-kpi
	@$(KPI_WITH) tools/kpi-matrix $(MATRIX)

## kpi-migrate: convert the consumers; how much is left for a person
kpi-migrate: | build/setup-kpi
	@tools/kpi-migrate results/kpi

.PHONY: kpi kpi-matrix kpi-migrate
