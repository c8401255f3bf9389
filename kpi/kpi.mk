# The comparison of KPIs (docs/KPI-CASE.md).  Included by Makefile.

build/kpi: $(call hobj,,kpi/main.c $(KPI) report/save.c)
	$(call LINK,$(CC) -o $@ $^ $(LIBS))
$(filter build/host-asan/test_kpi_%,$(HTESTS)): build/kpi

## kpi: what changes between KPIs, who breaks, is a bump due; OLD=x NEW=y, or
##      CONSUMER=file: two folders, or a source, of your own
kpi: build/kpi build/run-native-test | build/setup-kpi
	@MAKEFLAGS='$(MAKEOVERRIDES)' $(if $(CONSUMER),tools/kpi-consumer \
	    $(CONSUMER),tools/kpi $(if $(OLD)$(NEW),'$(OLD)' '$(NEW)'))

# Consumers are linked with the units of tests and run as these are.
KPI_WITH = CC='$(CC)' LD='$(LD)' LIBS='$(LIBS)' \
	   RUNNER='$(call hobj,,test/run.c $(NATIVE) $(TRACES))'
## kpi-matrix: who breaks: each consumer with each implementation
kpi-matrix: build/kpi build/run-native-test | build/setup-kpi
	@$(KPI_WITH) tools/kpi-matrix

.PHONY: kpi kpi-matrix
