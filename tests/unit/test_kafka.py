"""The partitioner against Kafka's own values, and aiokafka's arguments from the settings."""

import ssl
from pathlib import Path

import pytest
from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from streams.kafka import connection, partition_of
from streams.settings import Settings, SettingsError

# Utils.murmur2 of Kafka's Java client, from its UtilsTest.testMurmur2 (signed 32-bit numbers).
JAVA_MURMUR2 = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}


@pytest.mark.parametrize(("key", "murmur2"), JAVA_MURMUR2.items())
@pytest.mark.parametrize("partitions", [1, 3, 8, 1000])
def test_partition_is_that_of_kafkas_java_client(key: bytes, murmur2: int, partitions: int) -> None:
    assert partition_of(key, partitions) == (murmur2 & 0x7FFFFFFF) % partitions


@given(key=st.binary(max_size=200), partitions=st.integers(min_value=1, max_value=64))
def test_partition_is_that_of_aiokafkas_producer(key: bytes, partitions: int) -> None:
    every = list(range(partitions))
    assert partition_of(key, partitions) == DefaultPartitioner()(key, every, every)


def test_plaintext_needs_addresses_only() -> None:
    settings = Settings(broker="one:9092, two:9093")
    assert connection(settings) == {"bootstrap_servers": ["one:9092", "two:9093"], "security_protocol": "PLAINTEXT"}


def test_sasl_passes_mechanism_and_credentials() -> None:
    settings = Settings(
        security_protocol="SASL_PLAINTEXT", sasl_mechanism="PLAIN", sasl_username="desk", sasl_password="s3cret"
    )
    arguments = connection(settings)
    assert arguments["sasl_mechanism"] == "PLAIN"
    assert (arguments["sasl_plain_username"], arguments["sasl_plain_password"]) == ("desk", "s3cret")
    assert "ssl_context" not in arguments


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL"])
def test_tls_checks_certificate_and_host(protocol: str) -> None:
    credentials = {"sasl_username": "desk", "sasl_password": "s3cret"} if protocol == "SASL_SSL" else {}
    arguments = connection(Settings(security_protocol=protocol, **credentials))
    context = arguments["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert ("sasl_plain_username" in arguments) == (protocol == "SASL_SSL")


@pytest.mark.parametrize("name", ["ssl_cafile", "ssl_certfile"])
def test_an_unreadable_certificate_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=rf"{name} .*absent\.pem cannot be read"):
        connection(Settings(security_protocol="SSL", **{name: tmp_path / "absent.pem"}))


def test_a_certificate_file_that_is_none_is_named(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.pem"
    garbage.write_text("not a certificate")
    with pytest.raises(SettingsError, match=r"ssl_cafile .*garbage\.pem cannot be read"):
        connection(Settings(security_protocol="SSL", ssl_cafile=garbage))
