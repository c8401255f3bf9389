"""Does the page of a run work?  One "ok" or "not ok" line a test.

Pages are built from results/reference and from the runs of test/page_runs.py,
loaded from disk into a headless Chromium, clicked, typed into and looked at.
usage: page.py [DIR]: keep pages and screenshots in DIR.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import page_runs
from page_browser import LOOK, Page, start

REFERENCE = "results/reference"
failures = 0


def check(name, passed, *said):
    global failures
    failures += not passed
    print(f"{'ok' if passed else 'not ok'} - page: {name}")
    if not passed:
        print("#   " + " ".join(str(s)[:600] for s in said))


def attempt(test, page, *more):
    """A test that finds its page in pieces has failed; the others go on."""
    try:
        test(page, *more)
    except (WebDriverException, StopIteration, IndexError) as e:
        check(f"{test.__name__} {' '.join(more[:1])} comes to its end", False,
              type(e).__name__, str(e).split("\n")[0])


def number(text):
    """What a cell of a table says, in its base unit; None: nothing."""
    units = {"k": 1e3, "M": 1e6, "G": 1e9, "µs": 1e3, "ms": 1e6, "s": 1e9,
             "%": 0.01}
    words = text.split()
    try:
        return float(words[0]) * units.get((words + [""])[1], 1)
    except (ValueError, IndexError):
        return None


def test_quiet(page, name):
    """No error in the console, and nothing asked of the network."""
    logs = [e["message"] for e in page.driver.get_log("browser")]
    check(f"{name}: no console message", logs == [], logs)
    urls = []
    for entry in page.driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            urls.append(message["params"]["request"]["url"])
    bad = [u for u in urls if not u.startswith(("file:", "data:"))]
    pages = [u for u in urls if u.startswith("file:")]
    check(f"{name}: no network request", bad == [] and all(
        u.endswith(".html") for u in pages) and pages != [], bad, pages)


def test_sections(page, name, least, absent=None):
    """Sections are never missing: they show something, or say why not."""
    texts = page.run("""
        return [...document.querySelectorAll('section')].map((s) => [s.id,
            s.querySelectorAll('svg g *, table, dl, .machine').length,
            s.querySelector('.absent') !== null, s.innerText.length])""")
    check(f"{name}: every section stands", len(texts) == 22 and
          all(t[3] > 10 for t in texts), texts)
    drawn = [t[0] for t in texts if t[1] > 0]
    check(f"{name}: {least} sections have a figure or a table",
          len(drawn) >= least, drawn)
    if absent is not None:
        said = [t[0] for t in texts if t[2]]
        check(f"{name}: only {', '.join(absent)} was not measured",
              said == absent, said)


def test_sort(page):
    for name in ("ops/s", "ratio", "p99"):
        button = page.head("cells-table", name)
        for down in (False, True):
            page.click(button)
            values = [number(t) for t in page.column("cells-table", name)]
            some = [v for v in values if v is not None]
            check(f"{name} sorts {'down' if down else 'up'} as numbers",
                  len(set(some)) > 5 and
                  some == sorted(some, reverse=down) and
                  values == some + [None] * (len(values) - len(some)),
                  values[:40])
    names = "return document.querySelectorAll('#cells-table tbody tr').length"
    before = page.run(names)
    box = page.one("#cells-table input")
    box.send_keys("fault_soft SXBUSY_rlock")
    rows = page.column("cells-table", "cell")
    impls = page.column("cells-table", "implementation")
    check("the filter keeps the rows that have both words",
          0 < len(rows) < before and
          all(r.startswith("fault_soft") for r in rows) and
          set(impls) == {"sxbusy_rlock"}, rows, impls)
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(Keys.BACKSPACE)
    check("an emptied filter keeps all", page.run(names) == before)


def test_legend(page, section):
    count = (f"return [...document.querySelectorAll('#{section} .series')]"
             ".filter((g) => g.getBoundingClientRect().width > 0)"
             ".map((g) => g.dataset.impl)")
    button = page.one(f"#{section} .legend button[aria-pressed=true]")
    key = button.get_attribute("data-key")
    before = page.run(count)
    page.click(button)
    hidden = page.run(count)
    check(f"{section}: a click on the legend hides the curve",
          before.count(key) > 0 and hidden.count(key) == 0 and
          len(hidden) == len(before) - before.count(key) and
          button.get_attribute("aria-pressed") == "false", before, hidden)
    page.click(button)
    check(f"{section}: another shows it again", page.run(count) == before)


def test_tip(page):
    mark = page.one("#throughput svg .series .mark")
    page.run("arguments[0].scrollIntoView({block: 'center'})", mark)
    ActionChains(page.driver).move_to_element(mark).perform()
    tip = page.one("#tip")
    check("a mark shows its values when hovered", tip.is_displayed() and
          "operations/s" in tip.text, tip.text)
    ActionChains(page.driver).move_to_element(
        page.one("#throughput h2")).perform()
    check("and no longer when left", not tip.is_displayed())
    page.run("document.querySelector('#speed-up-map svg').focus()")
    ActionChains(page.driver).send_keys(Keys.ARROW_RIGHT).perform()
    first = tip.text
    ActionChains(page.driver).send_keys(Keys.ARROW_RIGHT).perform()
    check("arrow keys go from value to value", first != "" and
          tip.text not in ("", first), first, tip.text)


def test_copy(page):
    command = page.one("#speed-up-map .command")
    code, button = (command.find_element("css selector", s)
                    for s in ("code", "button"))
    page.driver.execute_cdp_cmd("Browser.grantPermissions", {
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    page.click(button)
    time.sleep(0.2)
    copied = page.driver.execute_async_script(
        "navigator.clipboard.readText().then(arguments[0], (e) => "
        "arguments[0](String(e)))")
    check("the button copies the command", copied == code.text and
          "build/report" in copied and button.text == "Copied", copied,
          button.text)
    page.run("navigator.clipboard.writeText = () => Promise.reject();"
             "document.execCommand = () => false;")
    page.click(button)
    time.sleep(0.2)
    check("where copying is refused the command is selected",
          page.run("return String(getSelection())") == code.text and
          button.text == "Selected", button.text)


def test_theme(page):
    ground = ("return getComputedStyle(document.body).backgroundColor"
              ".match(/\\d+/g).map(Number)")
    light = page.run(ground)
    page.click(page.one("#theme"))
    dark = page.run(ground)
    page.click(page.one("#theme"))
    check("the button changes light to dark and back", min(light) > 200 and
          max(dark) < 60 and page.run(ground) == light, light, dark)


ALL_LOOKS = ((1280, "light"), (1280, "dark"), (420, "light"), (420, "dark"))


def test_looks(page, name, keep, looks):
    pictures = {}
    for width, theme in looks:
        page.load(width, theme)
        over = page.run("return document.documentElement.scrollWidth")
        check(f"{name}: no horizontal scroll at {width}, {theme}",
              over <= width, over)
        pictures[f"{width} {theme}"] = page.picture(
            f"{name}-{width}-{theme}", keep)
        if theme == "dark":
            check(f"{name}: dark at {width} where the system is dark",
                  page.run("return document.documentElement.dataset.theme")
                  == "dark")
    test_quiet(page, name)
    page.driver.get("about:blank")
    for which, data in pictures.items():
        colours, share = page.driver.execute_async_script(LOOK, data)
        check(f"{name}: the screenshot at {which} is not blank",
              colours > 60 and share > 0.04, colours, share)


def test_numbers(page, folder, tables):
    """The ratios of the page are those of the table for gnuplot."""
    rows = table(f"{tables}/cells.tsv")
    want = sorted(f"{r['cell']} {r['impl']} {float(r['ratio_median']):.2f}"
                  for r in rows if r["impl"] != "old_vpo_wanted" and
                  r["ratio_median"] != "NaN")
    have = sorted(f"{c} {i} {v}" for c, i, v in zip(*(
        page.column("cells-table", n)
        for n in ("cell", "implementation", "ratio"))) if v != "–")
    check(f"ratios of {folder} are those of cells.tsv", have == want and
          len(want) > 20, [x for x in zip(have, want) if x[0] != x[1]][:4])


def table(path):
    """The rows of a table for gnuplot, by the names of its columns."""
    with open(path) as f:
        lines = f.read().splitlines()
    names = next(s for s in reversed(lines) if s.startswith("# "))
    names = names[2:].split("\t")
    return [dict(zip(names, s.split("\t"))) for s in lines
            if not s.startswith("#")]


def test_decision(page, tables):
    """What the page says is decided is what decision.tsv says."""
    rows = table(f"{tables}/decision.tsv")
    want = [f"{r['from']} → {r['to']}: {r['decision']}"
            for r in rows if r["criterion"] == "gain"]
    have = [f"{s}: {d}" for s, d in zip(*(page.column("decision-table", n)
                                          for n in ("step", "decision")))]
    check("decisions are those of decision.tsv", have == want and
          len(want) == 6, have, want)
    check("every criterion is there, and says the same", [
        r["says"] for r in rows] == page.column("criteria-table", "says"))
    matrix = page.column("matrix-table", "sxbusy")
    check("the matrix has every consumer by port", matrix == [
        "compile, 7 errors", "ok"] * 2, matrix)
    check("a hostile consumer is shown as it is", page.column(
        "matrix-table", "consumer")[2] == page_runs.HOSTILE_NAME and
        page.all("b[onload]") == [])


def test_scaling(page, tables):
    """Every point of the table is a mark, and names stay names."""
    rows = table(f"{tables}/scaling-made-up.tsv")
    place = "#scaling-on-simulated-machines"
    page.run(f"document.querySelector('{place}').scrollIntoView()")
    time.sleep(0.5)
    marks = page.all(f"{place} svg .mark")
    check("a mark for each simulated throughput", len(marks) == len(rows) and
          len(rows) == 2 * 3 * 4, len(marks), len(rows))
    check("its legend names the implementations", [
        b.text for b in page.all(f"{place} .legend button")] == [
            "old_vpo_wanted", "sxbusy", page_runs.HOSTILE_NAME])
    ratios = page.run(f"""
        return [...document.querySelectorAll('{place} details td')]
            .map((e) => e.textContent)""")
    want = [r for r in rows if r["impl"] == "sxbusy" and r["cpus"] == "64"]
    check("ratios are those of the table", len(want) == 2 and all(
        f"{float(r['ratio']):.2f}" in ratios for r in want), ratios)


def test_figures(page):
    """What is written beside marks and in tables is in units, and true."""
    said = page.run("return document.querySelector('main').innerText")
    check("nothing that rounds to zero is negative", "-0.00" not in said)
    loads = page.column("processes-table", "load")
    check("the load of every process is shown", len(loads) > 5 and
          None not in [number(t) for t in loads], loads)
    check("the detection curve has what is required, and its figures",
          len(page.all("#what-the-lab-can-see .required")) == 2 and
          None not in [number(t) for t in page.column(
              "detection-table", "interval held the truth")])
    alone = page.run("""
        return [...document.querySelectorAll('.how')].map((e) =>
            [...e.querySelectorAll('code')].map((c) => c.textContent))
            .filter((c) => c.some((t) => t.startsWith('build/bench') &&
                !t.includes('--processes') &&
                !t.includes('&& build/report')))""")
    check("what measures a figure anew also shows it", alone == [], alone)


def test_hostile(page):
    check("hostile names do not become elements", page.all("b[onload]") == []
          and page.all("main script") == [] and page.all("main i i") == [])
    names = [b.text for b in page.all("#throughput .legend button")]
    check("hostile names are shown as they are",
          page_runs.HOSTILE_NAME + "7" in names, names)
    check("a failed window is told of", "failed" in
          page.one("#the-answer").text and
          page_runs.HOSTILE_NAME in page.one("#what-was-not-measured").text)


def test_links(page):
    folder = os.path.dirname(page.path)
    links = page.run("return [...document.querySelectorAll('a')].map((a) => "
                     "a.getAttribute('href'))")
    files = [s for s in links if not s.startswith("#")]
    lost = [s for s in files if not os.path.exists(
        os.path.join(folder, urllib.parse.unquote(s)))]
    lost += [s for s in links if s.startswith("#") and
             page.all(f"[id='{s[1:]}']") == []]
    check("every link leads somewhere", lost == [] and len(files) > 5, lost)


def build(folder, html, *more):
    done = subprocess.run(["build/report", folder, "--html", html, *more],
                          capture_output=True, text=True)
    check(f"report builds {os.path.basename(html)}", done.returncode == 0,
          done.stderr)


def main(keep):
    tables = f"{keep}/rich/data"
    page_runs.kpi(f"{keep}/kpi")
    page_runs.simulated(f"{keep}/sim")
    for name in ("rich", "hostile", "bare", "alone"):
        getattr(page_runs, name)(f"{keep}/{name}")
        build(f"{keep}/{name}", f"{keep}/{name}/report.html", "--out",
              f"{keep}/{name}/data", *(["--kpi", f"{keep}/kpi"]
                                       if name == "rich" else []),
              *(["--sim", f"{keep}/sim"] if name == "rich" else []))
    os.makedirs(f"{keep}/data", exist_ok=True)
    shutil.copy(f"{REFERENCE}/data/detection.tsv", f"{keep}/data")
    build(REFERENCE, f"{keep}/reference.html", "--out", f"{keep}/data")
    missing = subprocess.run(["build/report", REFERENCE, "--html",
                              f"{keep}/nowhere/report.html"],
                             capture_output=True, text=True)
    check("a folder that is not there is said in one line",
          missing.returncode == 1 and
          "nowhere/report.html" in missing.stderr and
          "make its folder first" in missing.stderr and
          missing.stderr.count("\n") == 1, missing.stderr)
    driver = start()
    try:
        rich, hostile, bare, alone = (
            Page(driver, f"{keep}/{name}/report.html")
            for name in ("rich", "hostile", "bare", "alone"))
        reference = Page(driver, f"{keep}/reference.html")
        tests = [(rich, test_sections, "rich", 15,
                  ["what-the-lab-can-see", "primitives"]),
                 (rich, test_numbers, "a made-up run", tables),
                 (rich, test_decision, tables),
                 (rich, test_scaling, tables),
                 (rich, test_sort),
                 (rich, test_legend, "throughput"),
                 (rich, test_legend, "every-cell-at-a-glance"),
                 (rich, test_legend, "latency"),
                 (rich, test_tip), (rich, test_copy), (rich, test_theme),
                 (reference, test_sections, "reference", 12),
                 (reference, test_numbers, REFERENCE, f"{keep}/data"),
                 (reference, test_links), (reference, test_figures),
                 (hostile, test_hostile),
                 (hostile, test_sections, "hostile", 8),
                 (bare, test_sections, "bare", 2),
                 (alone, test_sections, "alone", 4),
                 (alone, test_legend, "throughput"),
                 (reference, test_looks, "reference", keep, ALL_LOOKS),
                 (rich, test_looks, "rich", keep, ALL_LOOKS[1:3]),
                 (hostile, test_looks, "hostile", keep, ALL_LOOKS[2:3]),
                 (bare, test_looks, "bare", keep, ALL_LOOKS[2:3]),
                 (alone, test_looks, "alone", keep, ALL_LOOKS[2:3])]
        loaded = None
        for page, test, *more in tests:
            if page is not loaded:
                page.load(1280)
                loaded = page
            attempt(test, page, *more)
    finally:
        driver.quit()
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.makedirs(sys.argv[1], exist_ok=True)
        sys.exit(main(sys.argv[1]))
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(scratch))
