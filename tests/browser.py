"""A real browser for the tests of pages, where the machine has one; elsewhere they are skipped and say so."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="chromium and chromedriver are not on the path (Debian: chromium, chromium-driver)",
)


@contextmanager
def started() -> Iterator[webdriver.Chrome]:
    """Give a browser without a window that keeps what pages log and ask for."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-device-scale-factor=1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(executable_path=DRIVER))
    try:
        driver.set_script_timeout(60)
        yield driver
    finally:
        driver.quit()


def opened(driver: webdriver.Chrome, path: Path, width: int = 1280, *, script: bool = True) -> None:
    """Open a file at a width of the window, with or without script; what was logged before is forgotten."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get_log("performance")
    driver.get_log("browser")
    driver.get(path.as_uri())


def asked_for(driver: webdriver.Chrome) -> list[str]:
    """Return the addresses that were asked for since the page was opened."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith("data:")]


def whole_picture(driver: webdriver.Chrome, path: Path) -> None:
    """Write a picture of the whole page, for a person to look at."""
    import base64

    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    path.write_bytes(base64.b64decode(shot["data"]))
