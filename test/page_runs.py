"""Runs made up for test/page.py: folders of a run that no machine measured.

rich() has all that docs/DATA.md knows, on a machine of 128 processors, and
effects that are resolved; simulated() is such a run's machine in the
simulator; hostile() has 40 implementations with names that
would break out of a page, a window that failed, and little else; bare() has
a window of a primitive and not one cell; alone() has no baseline, environment
or end.
"""
import json
import math
import os
import random

HOSTILE_NAME = '</script><b onload="x()">&\'\\"'


def bucket(ns):
    """docs/DATA.md, latency."""
    if ns < 64:
        return ns
    e = ns.bit_length() - 1
    return (e - 5) * 64 + (ns >> (e - 6)) - 64


def latency(rng, median):
    counts, values = {}, []
    for _ in range(2000):
        ns = int(median * math.exp(min(9, rng.expovariate(1) ** 2 / 2)))
        values.append(ns)
        counts[bucket(ns)] = counts.get(bucket(ns), 0) + 1
    return {"sub_bits": 6, "sampled": len(values), "max_ns": max(values),
            "counts": sorted(counts.items())}


def window(rng, cell, impl, rate, **more):
    workload, variant, sharing, t, placement = cell.split("/")
    threads = int(t[1:])
    ops = [max(1, int(rate / 50 / threads * rng.uniform(0.8, 1)))
           for _ in range(threads)]
    return {"schema": 1, "kind": "window", "cell": cell, "workload": workload,
            "variant": variant, "sharing": sharing, "threads": threads,
            "placement": placement, "home": 0, "impl": impl,
            "flavour": "bench", "process": 0, "round": 0, "position": 0,
            "seed": 1, "time": "2013-08-09T11:11:02.120Z", "status": "ok",
            "ops": sum(ops), "window_ns": 20000000,
            "ops_per_s_total": sum(ops) * 50.0, "thread_ops": ops,
            "overlap": 0.99, "start_skew_ns": 800,
            "cpus": list(range(threads)), "cpu_ns": 19000000 * threads,
            "switches": 2 * threads, "migrations": 0, "faults": 3} | more


def write(folder, lines, environment=None, transfer=None, drawing=None):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/rounds.jsonl", "w") as f:
        f.writelines(json.dumps(x) + "\n" for x in lines)
    for name, value in (("environment.json", environment),
                        ("transfer.json", transfer)):
        if value is not None:
            with open(f"{folder}/{name}", "w") as f:
                json.dump(value, f)
    if drawing is not None:
        with open(f"{folder}/topology.svg", "w") as f:
            f.write(drawing)


def machine(packages, l3s, cores, smt):
    """Processors, numbered as Linux does: second threads come last."""
    total = packages * l3s * cores
    return [{"worker": 0, "cpu": core + k * total, "core": core,
             "l3": core // cores, "node": core // (cores * l3s),
             "package": core // (cores * l3s)}
            for core in range(total) for k in range(smt)]


def level(a, b):
    return next((x for x in ("core", "l3", "node") if a[x] == b[x]),
                "machine")


def rich(folder, processes=12, workloads=None, threads=(1, 2, 8, 64)):
    rng = random.Random(7)
    pus = machine(2, 4, 8, 2)
    speed = {"old_vpo_wanted": 1, "old_vpo_wanted.again": 1,
             "rwlock_vpo": 1.01, "rwlock_read": 0.95, "sxbusy": 1.15,
             "sxbusy_rlock": 1.6, "null": 4}
    gain = workloads or {"fault_soft": 1, "grab_hit": -1, "io_hold": 0}
    cells = [(f"{w}/-/{s}/t{t}/compact", w, t) for w in gain
             for s in ("private", "shared") for t in threads
             if t > 1 or s == "private"]
    lines = [{"schema": 1, "kind": "run", "seed": 1, "impls": list(speed),
              "cells": len(cells), "window_ns": 20000000,
              "rounds": processes, "processes": processes,
              "passes": ["stats", "latency"], "planned_s": 900.0,
              "command": "build/bench --full"}]
    ns = {"core": 11, "l3": 26, "node": 95, "machine": 190}

    def rate(cell, w, t, impl):
        share = math.log2(t) / 6
        scale = t ** (0.9 if "private" in cell else 0.25)
        return (2e6 * scale * speed[impl] ** (gain[w] * share) *
                math.exp(rng.gauss(0, 0.004)))

    for p in range(processes):
        lines.append({"schema": 1, "kind": "process", "process": p,
                      "first_round": p, "link_order": p * 7919,
                      "environment_bytes": 900 + 311 * p,
                      "time": "2013-08-09T11:11:00Z", "load": 0.1,
                      "command": "build/bench --full"})
        for cell, w, t in cells:
            for impl in speed:
                x = rate(cell, w, t, impl)
                at = {"process": p, "round": p}
                lines.append(window(rng, cell, impl, x, **at))
                if p > 0 or impl.endswith(".again"):
                    continue
                lines.append(window(rng, cell, impl, x / 2, **at,
                                    flavour="latency", latency=latency(
                                        rng, 1e9 * t / x)))
                lines.append(window(
                    rng, cell, impl, x / 3, **at, flavour="stats", locks=[
                        {"type": name, "acquired": 90000,
                         "contended": 900 * k * t, "wait_ns":
                         400000 * k * (t - 1), "hold_ns": 90000 * k}
                        for k, name in enumerate(
                            ("vm page", "pmap", "vm object"))]))
        for impl in speed:
            lines.append(window(rng, cells[0][0], impl, 2.1e6, process=p,
                                round=p) | {"kind": "repeat"})
        lines.append({"schema": 1, "kind": "process_end", "process": p,
                      "elapsed_s": 70.5 + p})
    lines.append({"schema": 1, "kind": "end", "windows": len(lines),
                  "elapsed_s": 880.0})
    placements = [{"placement": "compact", "threads": t, "workers":
                   [x | {"worker": i} for i, x in enumerate(pus[:t])]}
                  for t in (*threads, len(pus))]
    environment = {"machine_key": "made-up", "run_id": "20130809T111100Z",
                   "cpu_model": "Made Up 128", "packages": 2, "nodes": 2,
                   "pus": len(pus), "pus_allowed": len(pus),
                   "commit": "0123456789abcdef", "dirty": True,
                   "placements": placements, "warnings": ["made up"]}
    pairs = [{"a": a["cpu"], "b": b["cpu"], "level": level(a, b),
              "ns_median": ns[level(a, b)] + rng.uniform(-3, 3),
              "ns_min": 10, "ns_max": 400, "repeats": 9}
             for i, a in enumerate(pus) for b in pus[i + 1:]]
    write(folder, lines, environment, {
        "schema": 1, "memory_node": 0, "verified": "yes", "pairs": pairs},
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')


def kpi(folder):
    """The tables of make kpi, of two consumers; one would break out."""
    impls = ["old_vpo_wanted", "rwlock_vpo", "rwlock_read", "sxbusy",
             "sxbusy_rlock"]
    consumers = ["tmpfs", HOSTILE_NAME]
    errors = ["object_lock", "include", "busy", "flags", "arity", "other"]

    def outcome(port, k):
        ok = port == "converted" and k > 2 or port == "original" and k == 0
        return ["ok", "-"] + [0] * 6 if ok else \
            ["compile", "-", 3, 0, 4 * (k > 2), 0, 0, 0]

    tables = {
        "verdicts": [["old", "new", "verdict", "because", "removed",
                      "freebsd"],
                     ["rwlock_vpo", "sxbusy", "bump", "removed", 4, "-"]],
        "matrix": [["consumer", "port", "impl", "outcome", "detail", *errors],
                   *([c, port, impl, *outcome(port, k)] for c in consumers
                     for port in ("original", "converted")
                     for k, impl in enumerate(impls))],
        "migration": [["consumer", "uses", "converted", "remaining",
                       "comments", "seconds"],
                      *([c, 40, 39, 1, 2, "0.2"] for c in consumers)],
        "sizes": [["implementation", "structure", "bytes"],
                  *([impl, "vm_page", 104] for impl in impls)],
        "checks": [["implementation", "passed", "failed"],
                   *([impl, 300, 0] for impl in impls)],
        "remaining": [["consumer", "line", "name", "text"],
                      [consumers[0], 88, "VPO_BUSY", HOSTILE_NAME]]}
    os.makedirs(folder, exist_ok=True)
    for name, rows in tables.items():
        with open(f"{folder}/kpi_{name}.tsv", "w") as f:
            f.writelines("\t".join(map(str, row)) + "\n" for row in rows)


def simulated(folder):
    """A simulated machine of 64 processors, one implementation hostile."""
    told = {"machine": "made-up", "description": HOSTILE_NAME, "cpus": 64}
    speed = {"old_vpo_wanted": 0.2, "sxbusy": 0.5, HOSTILE_NAME: 0.9}
    lines = [{"schema": 1, "kind": "run", "seed": 1, "simulated": told}]
    for sharing in ("private", "shared"):
        for t in (1, 8, 32, 64):
            for impl, grows in speed.items():
                lines.append({
                    "schema": 1, "kind": "window", "workload": "grab_hit",
                    "cell": f"grab_hit/-/{sharing}/t{t}/compact",
                    "variant": "-", "sharing": sharing, "threads": t,
                    "placement": "compact", "home": 0, "impl": impl,
                    "flavour": "bench", "round": 0, "position": 0, "seed": 1,
                    "status": "ok", "ops_per_s_total": 1e6 * t ** grows,
                    "simulated": {"machine": "made-up", "waits": [
                        {"name": "vm_object.lock", "share": 0.5}]}})
    lines.append({"schema": 1, "kind": "end", "windows": len(lines) - 1})
    write(folder, lines)


def hostile(folder):
    rng = random.Random(9)
    impls = ["old_vpo_wanted"] + [f"{HOSTILE_NAME}{k}" for k in range(39)]
    lines = [{"schema": 1, "kind": "run", "seed": 1, "impls": impls,
              "cells": 2, "window_ns": 1, "rounds": 2,
              "command": f"echo '{HOSTILE_NAME}'"}]
    for cell in (f"{HOSTILE_NAME.replace('/', '')}/-/private/t1/compact",
                 "w/<i>/shared/t2/compact"):
        for r in range(2):
            for impl in impls:
                more = {"status": "failed", "why": HOSTILE_NAME} \
                    if impl == impls[1] else {}
                lines.append(window(rng, cell, impl, 1e6, round=r, **more))
    write(folder, lines, {"cpu_model": HOSTILE_NAME, "placements": [],
                          "warnings": [HOSTILE_NAME]},
          drawing=f"{HOSTILE_NAME}<svg onload='x()'")


def alone(folder):
    rng = random.Random(5)
    write(folder, [window(rng, f"w/-/shared/t{t}/compact", "sxbusy", 1e6,
                          round=r) for t in (1, 2) for r in range(7)])


def bare(folder):
    rng = random.Random(3)
    write(folder, [window(rng, "primitive/mtx/private/t1/compact", "sxbusy",
                          1e8)])
