/*
 * The classes of compilers' diagnostics.
 *
 * Goal: one mistake has one class, whichever compiler reports it.  Method: the
 * words of gcc 12 and clang 14 for the same line of a consumer, the words of
 * other releases where they differ, and a source file where words say nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kpi/classify.h"

static char *declared[] = { "ulmin", "vm_page_lookup" };

static struct kpi_diags *
read_text(const char *text)
{
	FILE *f = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	struct kpi_diags *ds;

	assert_non_null(f);
	ds = kpi_diags_read(f, declared, 2);
	(void)fclose(f);
	return (ds);
}

/* The text has one error: of this class, about this name. */
static void
one(const char *text, enum kpi_diag_class class, const char *name)
{
	struct kpi_diags *ds = read_text(text);

	assert_int_equal(ds->ds_n, 1);
	assert_string_equal(ds->ds_list[0].kd_name, name);
	assert_string_equal(kpi_diag_class_names[ds->ds_list[0].kd_class],
	    kpi_diag_class_names[class]);
	assert_int_equal(ds->ds_count[class], 1);
	kpi_diags_free(ds);
}

static void
test_names(void **state)
{
	(void)state;
	one("a.c:7:2: error: implicit declaration of function "
	    "'VM_OBJECT_LOCK' [-Werror=implicit-function-declaration]\n",
	    KPI_DIAG_OBJECT_LOCK, "VM_OBJECT_LOCK");
	/* clang 16 */
	one("a.c:7:2: error: call to undeclared function 'VM_OBJECT_LOCK'; "
	    "ISO C99 and later do not support implicit function declarations\n",
	    KPI_DIAG_OBJECT_LOCK, "VM_OBJECT_LOCK");
	/* gcc in a UTF-8 locale */
	one("a.c:7:2: error: \xe2\x80\x98VPO_BUSY\xe2\x80\x99 undeclared\n",
	    KPI_DIAG_FLAGS, "VPO_BUSY");
	one("a.c:7:2: error: use of undeclared identifier 'VM_ALLOC_RETRY'\n",
	    KPI_DIAG_FLAGS, "VM_ALLOC_RETRY");
	one("a.c:7:2: error: call to undeclared function 'vm_page_io_start'\n",
	    KPI_DIAG_BUSY, "vm_page_io_start");
	one("a.c:7:2: error: implicit declaration of function "
	    "'vm_page_tryxbusy'; did you mean 'vm_page_sleep'?\n",
	    KPI_DIAG_BUSY, "vm_page_tryxbusy");
	one("a.c:7:2: error: unused variable 'x' [-Werror]\n",
	    KPI_DIAG_OTHER, "x");
	one("a.c:7: error: expected ';' before '}' token\n",
	    KPI_DIAG_OTHER, "");
}

static void
test_members(void **state)
{
	(void)state;
	one("a.c:7:2: error: 'struct vm_page' has no member named 'busy'\n",
	    KPI_DIAG_BUSY, "busy");
	one("a.c:7:2: error: no member named 'busy' in 'struct vm_page'\n",
	    KPI_DIAG_BUSY, "busy");
	one("a.c:7:2: error: no member named 'mtx' in 'struct vm_object'\n",
	    KPI_DIAG_OBJECT_LOCK, "mtx");
	one("a.c:7:2: error: no member named 'mtx' in 'struct softc'\n",
	    KPI_DIAG_OTHER, "mtx");
}

static void
test_includes(void **state)
{
	(void)state;
	one("a.c:7:2: error: implicit declaration of function 'rw_wlock'\n",
	    KPI_DIAG_INCLUDE, "rw_wlock");
	one("a.c:7:2: error: variable has incomplete type 'struct rwlock'\n",
	    KPI_DIAG_INCLUDE, "rwlock");
	one("a.c:7:2: error: use of undeclared identifier 'MA_OWNED'\n",
	    KPI_DIAG_INCLUDE, "MA_OWNED");
	one("a.c:7:10: fatal error: 'sys/rwlock.h' file not found\n",
	    KPI_DIAG_INCLUDE, "sys/rwlock.h");
	one("a.c:7:10: fatal error: sys/rwlock.h: No such file or directory\n",
	    KPI_DIAG_INCLUDE, "sys/rwlock.h");
	/* The release has it, so it is the header that is missing. */
	one("a.c:7:2: error: use of undeclared identifier 'ulmin'\n",
	    KPI_DIAG_INCLUDE, "ulmin");
	/* The compiler knows this one. */
	one("a.c:7:2: error: conflicting types for 'ulmin'\n",
	    KPI_DIAG_OTHER, "ulmin");
	one("a.c:7:2: error: use of undeclared identifier 'ulmax'\n",
	    KPI_DIAG_OTHER, "ulmax");
}

static void
test_arity(void **state)
{
	(void)state;
	one("a.c:7:2: error: too many arguments to function "
	    "'vm_page_sleep_if_busy'\nb.h:1:1: note: declared here\n",
	    KPI_DIAG_ARITY, "vm_page_sleep_if_busy");
	one("a.c:7:2: error: too many arguments to function call, expected 2, "
	    "have 3\na.c:1:1: note: expanded from macro 'AGAIN'\n"
	    "b.h:1:1: note: 'vm_page_sleep_if_busy' declared here\n",
	    KPI_DIAG_ARITY, "vm_page_sleep_if_busy");
	one("a.c:7:2: error: macro \"vm_page_lock\" passed 3 arguments, but "
	    "takes just 1\n", KPI_DIAG_ARITY, "vm_page_lock");
	one("a.c:7:2: error: too few arguments provided to function-like "
	    "macro invocation\nb.h:1:9: note: macro 'VM_OBJECT_SLEEP' defined "
	    "here\n", KPI_DIAG_ARITY, "VM_OBJECT_SLEEP");
	one("a.c:7:2: error: too few arguments to function call, single "
	    "argument 'm' was not specified\nb.h:1:1: note: 'vm_page_flash' "
	    "declared here\n", KPI_DIAG_ARITY, "vm_page_flash");
	/* An argument's type is no arity, nor is a format's. */
	one("a.c:7:2: error: passing argument 2 of 'vm_page_sleep' makes "
	    "pointer from integer without a cast\n",
	    KPI_DIAG_BUSY, "vm_page_sleep");
	one("a.c:7:2: error: too many arguments for format\n",
	    KPI_DIAG_OTHER, "");
}

/* Where the words name nothing, the text of #error or the source does. */
static void
test_source(void **state)
{
	static const char source[] = "void f(vm_page_t m)\n{\n"
	    "\tvm_page_busy_sleep(m->x(1), /* ( */\n\t    1);\n"
	    "\tVM_OBJECT_MTX(m);\n}\n";
	char name[] = "/tmp/kpi-classify-XXXXXX", text[200];
	int fd = mkstemp(name);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, source, sizeof(source) - 1),
	    sizeof(source) - 1);
	(void)close(fd);
	(void)snprintf(text, sizeof(text), "%s:4:6: error: incompatible "
	    "integer to pointer conversion passing 'int' to parameter of type "
	    "'const char *'\n", name);
	one(text, KPI_DIAG_BUSY, "vm_page_busy_sleep");
	(void)snprintf(text, sizeof(text), "%s:3:28: error: incompatible "
	    "integer to pointer conversion passing 'int' to parameter of type "
	    "'const char *'\n", name);
	one(text, KPI_DIAG_BUSY, "vm_page_busy_sleep");
	(void)snprintf(text, sizeof(text), "%s:5:4: error: attempt to use a "
	    "poisoned identifier\n", name);
	one(text, KPI_DIAG_OBJECT_LOCK, "VM_OBJECT_MTX");
	/* Beyond the end of the file, and of the line. */
	(void)snprintf(text, sizeof(text), "%s:99:400: error: odd\n", name);
	one(text, KPI_DIAG_OTHER, "");
	(void)unlink(name);
	one(text, KPI_DIAG_OTHER, "");
	one("a.c:1:2: error: \"vm_page_sleep: cannot be had\"\n",
	    KPI_DIAG_BUSY, "vm_page_sleep");
	one("a.c:1:2: error: #error \"vm_page_sleep: cannot be had\"\n",
	    KPI_DIAG_BUSY, "vm_page_sleep");
}

/* What is counted: errors, each once, in files of any name. */
static void
test_counts(void **state)
{
	struct kpi_diags *ds = read_text(
	    "In file included from a.c:1:\n"
	    "/x:3/b.h:12:34: error: use of undeclared identifier 'VPO_BUSY'\n"
	    "   if (m->oflags & VPO_BUSY)\n                   ^~~~\n"
	    "a.c:9:2: warning: implicit declaration of function 'rw_wlock'\n"
	    "a.c:10:2: error: passing argument 1 of 'f' makes pointer\n"
	    "a.c:10:2: error: too few arguments to function 'f'\n"
	    "a.c:11:2: error: too few arguments to function 'f'\n"
	    "a.c:12: error: odd\n"
	    "2 errors generated.\n"
	    "torn.c:1:2: err");

	(void)state;
	assert_int_equal(ds->ds_n, 4);
	assert_string_equal(ds->ds_list[0].kd_file, "/x:3/b.h");
	assert_int_equal(ds->ds_list[0].kd_line, 12);
	assert_int_equal(ds->ds_list[0].kd_column, 34);
	assert_int_equal(ds->ds_list[1].kd_line, 10);
	assert_int_equal(ds->ds_list[3].kd_line, 12);
	assert_int_equal(ds->ds_list[3].kd_column, 0);
	assert_int_equal(ds->ds_count[KPI_DIAG_FLAGS], 1);
	assert_int_equal(ds->ds_count[KPI_DIAG_ARITY], 2);
	assert_int_equal(ds->ds_count[KPI_DIAG_OTHER], 1);
	assert_int_equal(ds->ds_count[KPI_DIAG_INCLUDE], 0);
	kpi_diags_free(ds);
	ds = read_text("\n");
	assert_int_equal(ds->ds_n, 0);
	kpi_diags_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_arity),
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_counts),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
