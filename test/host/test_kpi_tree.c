/*
 * What tools/kpi-tree collects of a source tree.
 *
 * Goal: attributes behind a structure are in its layout, as every header of
 * FreeBSD writes them.  Method: a copy of the small tree of the tests, with
 * structures added.  Runs in the lab's top folder, after build/kpi.
 */
#include "kpi_folder.h"

#include "kpi/surface.h"

static const char planted[] =
    "struct packed { char a; int b; } __attribute__((packed));\n"
    "typedef struct { char a; } __attribute__((aligned(16))) aligned_t;\n"
    "union either { char a[3]; } __attribute__((aligned(8)));\n"
    "struct nowhere;\n";

static const struct kpi_item *
type(const struct kpi_surface *su, const char *name)
{
	const struct kpi_item *it = kpi_surface_find(su, KPI_GROUP_TYPE, name);

	assert_non_null(it);
	return (it);
}

static void
test_attributes(void **state)
{
	struct kpi_surface *su;
	char path[256];

	(void)state;
	put("planted.h", planted);
	if (run("cp -r test/kpi/trees/old \"$T/tree\" && "
	    "cat \"$T/planted.h\" >>\"$T/tree/sys/vm/vm_page.h\" && "
	    "tools/kpi-tree surface \"$T/tree\" \"$T/out\" 2>&1") != 0)
		fail_msg("%s", output);
	snprintf(path, sizeof(path), "%s/out", folder);
	su = kpi_surface_read(path);
	assert_int_equal(type(su, "packed")->ki_size, 5);
	assert_int_equal(kpi_surface_find(su, KPI_GROUP_MEMBER,
	    "packed.b")->ki_offset, 1);
	assert_int_equal(type(su, "aligned_t")->ki_align, 16);
	assert_int_equal(type(su, "either")->ki_align, 8);
	assert_int_equal(type(su, "vm_page")->ki_seen & KPI_SEEN_LAYOUT,
	    KPI_SEEN_LAYOUT);
	kpi_surface_free(su);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attributes),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
