"""Settings come from the environment and from flags; whatever is wrong is said in one line that names the setting."""

import os
import traceback
from pathlib import Path
from typing import Any

import pytest

from streams.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("WIREDELTA_")]:
        monkeypatch.delenv(name)


def test_defaults_are_for_one_machine() -> None:
    settings = load_settings()
    assert (settings.broker, settings.partitions, settings.web_host) == ("127.0.0.1:9092", 8, "127.0.0.1")


def test_a_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDELTA_PARTITIONS", "3")
    assert load_settings().partitions == 3
    assert load_settings(partitions=5).partitions == 5


def test_a_flag_that_was_not_given_leaves_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDELTA_BROKER", "kafka:9092")
    assert load_settings(broker=None).broker == "kafka:9092"


def test_all_unknown_names_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDELTA_BROKR", "kafka:9092")
    monkeypatch.setenv("WIREDELTA_PARTITION", "3")
    with pytest.raises(SettingsError, match="WIREDELTA_BROKR, WIREDELTA_PARTITION;"):
        load_settings()


def test_other_peoples_names_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_PORT", "tcp://10.0.0.1:80")
    assert load_settings().web_port == 6066


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({"broker": "kafka"}, "WIREDELTA_BROKER: 'kafka' is not HOST:PORT"),
        ({"broker": "a:1,b:99999"}, "'b:99999' is not HOST:PORT"),
        ({"partitions": 0}, "WIREDELTA_PARTITIONS: .*greater than or equal to 1"),
        ({"app_id": "a_b"}, "WIREDELTA_APP_ID"),
        ({"store": "redis://"}, "WIREDELTA_STORE"),
        ({"no_such": 1}, "WIREDELTA_NO_SUCH"),
        ({"security_protocol": "SASL_SSL", "sasl_username": "u"}, "needs sasl_username and sasl_password"),
        ({"ssl_keyfile": "k.pem", "security_protocol": "SSL"}, "ssl_keyfile needs ssl_certfile"),
        ({"ssl_cafile": "ca.pem"}, "need security_protocol SSL"),
        ({"sasl_password_file": "/no/such/file"}, "sasl_password_file cannot be read"),
    ],
)
def test_a_bad_value_is_named_in_one_line(flags: dict[str, Any], expected: str) -> None:
    with pytest.raises(SettingsError, match=expected) as raised:
        load_settings(**flags)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("broker", ["a:1", "a:1,b:2", "[::1]:9092", "kafka-0.kafka:9092, kafka-1.kafka:9092"])
def test_brokers(broker: str) -> None:
    assert load_settings(broker=broker).broker == broker.replace(" ", "")


def test_the_password_can_be_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("s3cret\n")
    settings = load_settings(
        security_protocol="SASL_PLAINTEXT", sasl_username="u", sasl_password_file=tmp_path / "password"
    )
    assert settings.sasl_password is not None
    assert settings.sasl_password.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)
    with pytest.raises(SettingsError, match="both set") as raised:
        load_settings(sasl_password="other", sasl_password_file=tmp_path / "password")
    assert "other" not in str(raised.value)


SECRET = "correct-horse-battery"


@pytest.mark.parametrize(
    "environment",
    [
        {"SASL_PASSWORD": SECRET, "SECURITY_PROTOCOL": "SASL_SSL"},  # no user
        {"SASL_PASSWORD": SECRET, "SASL_PASSWORD_FILE": "/etc/hostname"},
        {"SASL_PASSWORD": SECRET, "PARTITIONS": "none"},
        {"SASL_PASSWRD": SECRET},
        {"SASL_PASSWORD_FILE": "{folder}/binary"},
        {"SASL_PASSWORD_FILE": "{folder}"},
    ],
)
def test_no_error_shows_a_secret(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "binary").write_bytes(SECRET.encode() + b"\xff")
    for name, value in environment.items():
        monkeypatch.setenv(f"WIREDELTA_{name}", value.format(folder=tmp_path))
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    assert "\n" not in str(raised.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().partitions = 2
