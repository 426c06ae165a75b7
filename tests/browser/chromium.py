"""The machine's own Chromium, driven by Playwright: nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(RuntimeError):
    """There is no Chromium on the PATH: one line that says what to do."""


def find_chromium() -> str:
    """The path of the program. Raises `NoChromium`."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoChromium("no Chromium on the PATH: `apt-get install chromium`")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser. Raises `NoChromium`."""
    path = find_chromium()
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []  # Chromium's own refuses to run as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*sandbox, "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()
