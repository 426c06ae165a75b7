"""What a worker decides before it runs: who has the data folder, what is logged how often, what Faust is told."""

import logging
import socket
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from streams import metrics
from streams.app import changelogs, credentials, faust_settings
from streams.metrics import MAX_SOURCES, OTHER, show_lag, source_label
from streams.settings import Settings
from streams.worker import (
    REPEAT_SECONDS,
    REPEATS,
    DataFolderInUse,
    LimitRepeats,
    NoDataFolder,
    PortInUse,
    owned,
    require_port,
)


def test_a_data_folder_has_one_owner_until_it_is_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    with owned(folder):
        with pytest.raises(DataFolderInUse, match=str(folder)), owned(folder):
            pass
        with owned(tmp_path / "another"):
            assert (tmp_path / "another").is_dir()
    with owned(folder):
        assert folder.is_dir()


def test_a_port_that_is_taken_is_refused_with_the_setting_to_change() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"127.0.0.1:{port}: .* WIREDELTA_WEB_PORT"):
            require_port("127.0.0.1", port)
    require_port("127.0.0.1", port)
    with pytest.raises(PortInUse, match=r"999\.0\.0\.1"):
        require_port("999.0.0.1", port)


def test_a_data_folder_that_cannot_be_made_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = r"file/folder cannot be used: .* \(set WIREDELTA_DATA_DIR\)"
    with pytest.raises(NoDataFolder, match=told), owned(tmp_path / "file" / "folder"):
        pass


def record(message: str, name: str = "aiokafka.conn") -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), None)


def test_a_message_that_repeats_is_let_through_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("streams.worker.time.monotonic", lambda: clock[0])
    limit = LimitRepeats()
    assert [limit.filter(record("broker %s is away")) for _ in range(REPEATS + 2)] == [True] * REPEATS + [False] * 2
    assert limit.filter(record("something else"))
    assert limit.filter(record("broker %s is away", "aiokafka.other"))
    clock[0] += REPEAT_SECONDS + 1
    assert limit.filter(record("broker %s is away"))


def test_what_wiredelta_itself_says_is_never_left_out() -> None:
    limit = LimitRepeats()
    assert all(limit.filter(record("%s failed", "wiredelta")) for _ in range(REPEATS * 3))


def test_fausts_own_environment_does_not_reach_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    from faust import App

    theirs = {"WEB_PORT": "tcp://10.0.0.1:80", "BROKER_URL": "kafka://elsewhere", "TOPIC_PARTITIONS": "3"}
    for name, value in theirs.items():
        monkeypatch.setenv(name, value)
    conf = App("wiredelta", **faust_settings(Settings(broker="a:1,b:2", web_port=7000))).conf
    assert [str(url) for url in conf.broker] == ["kafka://a:1", "kafka://b:2"]
    assert (conf.web_port, conf.topic_partitions, conf.web_host) == (7000, 8, "127.0.0.1")
    assert not conf.web_tables_enabled


def test_changelogs_are_named_as_faust_names_them() -> None:
    assert changelogs(Settings(app_id="desk")) == [
        "desk-known-facts-changelog",
        "desk-alert-positions-changelog",
        "desk-source-state-changelog",
    ]


def test_credentials_are_those_of_the_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    sasl: Any = credentials(
        Settings(
            security_protocol="SASL_PLAINTEXT",
            sasl_mechanism="SCRAM-SHA-256",
            sasl_username="u",
            sasl_password=SecretStr("p"),
        )
    )
    assert (sasl.protocol.value, sasl.mechanism.value) == ("SASL_PLAINTEXT", "SCRAM-SHA-256")
    assert (sasl.username, sasl.password) == ("u", "p")
    assert "password" not in repr(sasl)
    assert credentials(Settings()) is None
    over_tls: Any = credentials(Settings(security_protocol="SSL"))
    assert over_tls.context.check_hostname


def test_outlets_beyond_a_hundred_share_a_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_sources", set())
    labels = [source_label(f"outlet-{number}") for number in range(MAX_SOURCES + 2)]
    assert labels == [f"outlet-{number}" for number in range(MAX_SOURCES)] + [OTHER] * 2
    assert source_label("outlet-5") == "outlet-5"


def shown_lags() -> dict[tuple[str, str], float]:
    [family] = metrics.LAG.collect()
    return {(one.labels["topic"], one.labels["partition"]): one.value for one in family.samples}


def test_the_lag_of_partitions_that_went_elsewhere_is_not_shown_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    metrics.LAG.clear()  # of what other tests of this process have shown
    monkeypatch.setattr(metrics, "_lag_labels", set())
    show_lag("updates", {0: 5, 1: 0})
    show_lag("changes", {1: 2})
    show_lag("updates", {1: 7})
    assert shown_lags() == {("updates", "1"): 7, ("changes", "1"): 2}
    show_lag("updates", {})
    show_lag("changes", {})
    assert shown_lags() == {}
