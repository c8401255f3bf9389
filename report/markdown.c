/*
 * RESULTS.md: its sections, in their order.  Read output.h first.
 */
#include "detection.h"
#include "kpi_data.h"
#include "output.h"
#include "scaling.h"
#include "switches.h"

char *
rp_markdown(const struct rp_results *r, const struct rp_places *p)
{
	struct rp_text t;

	rp_text_open(&t);
	if (r->machine != NULL) {
		rp_md_simulated(t.f, r, p);
		rp_md_commands(t.f, r, p);
		return (rp_text_close(&t));
	}
	rp_md_answer(t.f, r, p);
	rp_md_losses(t.f, r, p);
	rp_md_kpi(t.f, r, p);
	rp_md_trust(t.f, r, p);
	rp_md_detection(t.f, p);
	rp_md_cells(t.f, r, p);
	rp_md_fairness(t.f, r, p);
	rp_md_steps(t.f, r, p);
	rp_md_traces(t.f, r, p);
	rp_md_scaling(t.f, r, p);
	rp_md_switches(t.f, r);
	rp_md_latency(t.f, r, p);
	rp_md_locks(t.f, r, p);
	rp_md_events(t.f, r, p);
	rp_md_transfer(t.f, r, p);
	rp_md_primitives(t.f, r, p);
	rp_md_missing(t.f, r);
	rp_md_method(t.f, r, p);
	return (rp_text_close(&t));
}
