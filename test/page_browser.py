"""The headless Chromium of test/page.py, and a page in it.

Nothing here judges: pages are loaded from disk, clicked and photographed.
"""
import base64
import os
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

# Colours of a screenshot, and the share of it that is not the background.
LOOK = """
const done = arguments[1], image = new Image();
image.onload = () => {
    const c = document.createElement("canvas");
    c.width = image.width; c.height = image.height;
    const g = c.getContext("2d");
    g.drawImage(image, 0, 0);
    const d = new Uint32Array(g.getImageData(0, 0, c.width, c.height)
        .data.buffer), seen = new Map();
    for (const p of d) seen.set(p, (seen.get(p) || 0) + 1);
    done([seen.size, 1 - Math.max(...seen.values()) / d.length]);
};
image.src = "data:image/png;base64," + arguments[0];
"""


def start():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("headless=new", "no-sandbox", "disable-dev-shm-usage",
                 "disable-gpu", "hide-scrollbars"):
        options.add_argument("--" + flag)
    options.set_capability("goog:loggingPrefs",
                           {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"),
                            options=options)


class Page:
    """A page in the browser, and what is done with it."""

    def __init__(self, driver, path):
        self.driver = driver
        self.path = os.path.abspath(path)

    def load(self, width, theme="light"):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1,
            "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": theme}]})
        self.driver.get("file://" + urllib.parse.quote(self.path))
        self.settle()

    def settle(self):
        """Two frames: charts draw in the one after their box has a size."""
        self.driver.execute_async_script(
            "requestAnimationFrame(() => requestAnimationFrame("
            "() => setTimeout(arguments[0], 20)))")

    def run(self, script, *args):
        return self.driver.execute_script(script, *args)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def one(self, selector):
        return self.driver.find_element("css selector", selector)

    def click(self, element):
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        self.settle()

    def column(self, table, name):
        """Texts of a column of a table."""
        return self.run("""
            const t = document.getElementById(arguments[0]);
            const n = [...t.querySelectorAll("thead th")].findIndex((h) =>
                h.textContent === arguments[1]);
            return [...t.querySelectorAll("tbody tr")].map((r) =>
                r.cells[n].textContent);""", table, name)

    def head(self, table, name):
        return next(b for b in self.all(f"#{table} thead button")
                    if b.text == name)

    def picture(self, name, keep):
        size = self.run("return [innerWidth, Math.min(4000, "
                        "document.documentElement.scrollHeight)]")
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "captureBeyondViewport": True, "clip": {
                "x": 0, "y": 0, "width": size[0], "height": size[1],
                "scale": 1}})["data"]
        with open(f"{keep}/{name}.png", "wb") as f:
            f.write(base64.b64decode(data))
        return data
