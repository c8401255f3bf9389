// The object of a page, across a time without its lock.  By the time it is
// locked again m->object may be NULL, or another: what is locked, and unlocked
// behind that, is the object remembered before.
//
// Behind vpo_to_sxbusy, which says how they are run and written: all locks have
// their new names.  kpi_kept(m) is the object remembered, kpi_steady(m) one
// that m cannot leave meanwhile.

@pair exists@
typedef vm_page_t;
idexpression vm_page_t m;
@@
VM_OBJECT_WUNLOCK(m->object);
  ... when any
VM_OBJECT_WLOCK(m->object);

// ---- Which relocks? --------------------------------------------------------

// A page that is busied, wired or held stays where it is.
@steady depends on pair exists@
idexpression vm_page_t m;
expression e;
identifier take = {vm_page_xbusy, vm_page_sbusy, vm_page_wire, vm_page_hold};
identifier give = {vm_page_xunbusy, vm_page_sunbusy, vm_page_unwire,
	vm_page_unhold};
position p;
@@
take(m)
  ... when any
      when != give(m, ...)
      when != m = e
VM_OBJECT_WUNLOCK(m->object);
  ... when any
      when != m = e
      when != VM_OBJECT_WLOCK(m->object)
VM_OBJECT_WLOCK(m@p->object);

@@ idexpression vm_page_t m; position steady.p; @@
- m@p->object
+ kpi_steady(m)

// On some path it is no relock, but the first.
@first depends on pair exists@
idexpression vm_page_t m;
identifier fn;
position p;
@@
  fn(...)
  {
  	... when any
  	    when != VM_OBJECT_WUNLOCK(m->object)
  	VM_OBJECT_WLOCK(m@p->object);
  	... when any
  }

@fresh_page depends on pair exists@
idexpression vm_page_t m;
expression e;
position p;
@@
m = e
  ... when any
      when != VM_OBJECT_WUNLOCK(m->object)
VM_OBJECT_WLOCK(m@p->object);

// One page at a time, for there is one variable.
@again depends on pair exists@
idexpression vm_page_t m, n;
expression e;
position p != {first.p, fresh_page.p};
@@
VM_OBJECT_WUNLOCK(m->object);
  ... when != m = e
      when != m++
      when != m--
      when != VM_OBJECT_WUNLOCK(n->object)
VM_OBJECT_WLOCK(m@p->object);

@@ idexpression vm_page_t m; position again.p; @@
- m@p->object
+ kpi_kept(m)

// ---- What is done with it, then --------------------------------------------

// Until the page is another, or is in another object.
@use depends on again exists@
idexpression vm_page_t m;
expression e;
identifier lock =~ "^VM_OBJECT_", g;
identifier move =~ "^vm_page_(remove|rename|insert|replace|free|cache|try_to_)";
position p;
@@
VM_OBJECT_WLOCK(kpi_kept(m));
  ... when any
      when != m = e
      when != m++
      when != m--
      when != move(m, ...)
      when != VM_OBJECT_WLOCK(kpi_kept(...))
\(lock(m@p->object, ...)\|m@p->object->g\)

// Not where a path comes together with it that has not been there.
@joined depends on use exists@
idexpression vm_page_t m;
identifier fn, g;
identifier lock =~ "^VM_OBJECT_";
position use.p, q;
@@
  fn(...)
  {
  	... when any
  	    when != VM_OBJECT_WLOCK(kpi_kept(m))
  	\(lock(m@p@q->object, ...)\|m@p@q->object->g\)
  	... when any
  }

@joined_page depends on use exists@
idexpression vm_page_t m;
expression e;
identifier lock =~ "^VM_OBJECT_", g;
position use.p, q;
@@
m = e
  ... when any
      when != VM_OBJECT_WLOCK(kpi_kept(m))
\(lock(m@p@q->object, ...)\|m@p@q->object->g\)

@@
idexpression vm_page_t m;
position use.p;
position q != {joined.q, joined_page.q};
@@
- m@p@q->object
+ kpi_kept(m)

// ---- For a person ----------------------------------------------------------

@below depends on use exists@
idexpression vm_page_t m;
expression e;
identifier lock =~ "^VM_OBJECT_", g;
identifier move =~ "^vm_page_(remove|rename|insert|replace|free|cache|try_to_)";
position p;
@@
VM_OBJECT_WLOCK@p(kpi_kept(m));
  ... when any
      when != m = e
      when != m++
      when != m--
      when != move(m, ...)
      when != VM_OBJECT_WLOCK(kpi_kept(...))
\(lock(m->object, ...)\|m->object->g\)

@@ position below.p; expression o; @@
+ /* KPI: m->object may be another by now: below, too. */
  VM_OBJECT_WLOCK@p(o);

@relock depends on pair exists@
idexpression vm_page_t m;
expression e;
iterator each;
statement S;
position p;
@@
\(VM_OBJECT_WUNLOCK(m->object)\|VM_OBJECT_WUNLOCK(kpi_kept(m))\);
  ... when any
      when != m = e
      when != m++
      when != m--
      when != each(m, ...) S
      when != VM_OBJECT_WLOCK(kpi_kept(m))
VM_OBJECT_WLOCK@p(m->object);

@@ position relock.p; expression o; @@
+ /* KPI: m->object may be another by now: lock one remembered. */
  VM_OBJECT_WLOCK@p(o);

// ---- The variable ----------------------------------------------------------

@keep depends on again exists@
idexpression vm_page_t m, n;
expression e;
position p;
@@
VM_OBJECT_WUNLOCK@p(m->object);
  ... when != m = e
      when != m++
      when != m--
      when != VM_OBJECT_WUNLOCK(n->object)
VM_OBJECT_WLOCK(kpi_kept(m));

@@ idexpression vm_page_t m; position keep.p; @@
+ kept_object = m->object;
  VM_OBJECT_WUNLOCK@p(
- m->object
+ kept_object
  );

@has depends on keep@ identifier fn; expression e; symbol kept_object; @@
  fn(...)
  {
  	<+...
  	kept_object = e;
  	...+>
  }

// Before other declarations, or the first statement.
@only@ identifier has.fn; statement S; position p; @@
  fn@p(...)
  {
  	S
  	... when any
  }

@@ identifier has.fn; symbol kept_object; position p != only.p; @@
  fn@p(...)
  {
+ 	vm_object_t kept_object;
  	...
  }

@@ identifier has.fn; symbol kept_object; statement S; @@
  fn(...)
  {
+ 	vm_object_t kept_object;
+
  	S
  	... when any
  }

@@ expression m; symbol kept_object; @@
(
- kpi_kept(m)
+ kept_object
|
- kpi_steady(m)
+ m->object
)
