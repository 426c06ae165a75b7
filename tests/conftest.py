"""Marks every test by the folder it lies in; where ``REQUIRE_ALL_TESTS`` is set (in CI), a skipped test has failed."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

TESTS = Path(__file__).parent
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_addoption(parser: pytest.Parser) -> None:
    brokers = {"choices": ["embedded", "kafka", "both"], "default": "embedded"}
    parser.addoption("--broker", **brokers, help="what the integration tests run against")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(item.path.relative_to(TESTS).parts[0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _skipped_is_failed(report) if not hasattr(report, "wasxfail") else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _skipped_is_failed((yield))


def _skipped_is_failed(report: Report) -> Report:
    if report.skipped and os.environ.get("REQUIRE_ALL_TESTS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and REQUIRE_ALL_TESTS is set: {report.longrepr}"
    return report
