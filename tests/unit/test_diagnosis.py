"""A refusal is told by what has to be changed; a broker that is not there is no refusal."""

import ssl

import pytest
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaConnectionError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnsupportedSaslMechanismError,
)
from pydantic import SecretStr

from streams.diagnosis import refusal
from streams.settings import Settings

SETTINGS = Settings(security_protocol="SASL_SSL", sasl_username="feeds", sasl_password=SecretStr("secret"))
UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
UNTRUSTED.verify_message = "self-signed certificate"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            SaslAuthenticationFailed("invalid credentials"),
            "does not know the user feeds with this password (WIREDELTA_SASL_USERNAME, WIREDELTA_SASL_PASSWORD)",
        ),
        (UnsupportedSaslMechanismError("x"), "does not take SCRAM-SHA-512 (WIREDELTA_SASL_MECHANISM)"),
        (UNTRUSTED, "shows a certificate that is not trusted (WIREDELTA_SSL_CAFILE): self-signed certificate"),
        (
            IllegalSaslStateError("x"),
            "asks for no credentials, and SASL_SSL gives them (WIREDELTA_SECURITY_PROTOCOL)",
        ),
        (ssl.SSLError(1, "wrong version"), "does not agree on TLS (WIREDELTA_SECURITY_PROTOCOL): wrong version"),
        (ConnectionResetError(), "hung up on SASL_SSL (WIREDELTA_SECURITY_PROTOCOL)"),
        (KafkaConnectionError("Connection at a:1 closed"), "hung up on SASL_SSL (WIREDELTA_SECURITY_PROTOCOL)"),
        (TopicAuthorizationFailedError({"b", "a"}), "does not let feeds do this with the topic a, b"),
        (GroupAuthorizationFailedError("desk"), "does not let feeds join the group desk"),
        (ClusterAuthorizationFailedError(), "does not let feeds write to any topic"),
    ],
)
def test_a_refusal_names_the_setting_or_the_right(error: Exception, told: str) -> None:
    assert refusal([ConnectionRefusedError(111, "Connect call failed"), error], SETTINGS) == told


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "Connect call failed"),
        KafkaConnectionError("Unable to bootstrap from [('127.0.0.1', 1)]"),
        OSError(-2, "Name or service not known"),
        TimeoutError(),
    ],
)
def test_a_broker_that_is_not_there_refuses_nothing(error: Exception) -> None:
    assert refusal([error], SETTINGS) is None


def test_who_gives_no_name_is_not_named() -> None:
    anonymous = refusal([TopicAuthorizationFailedError("a")], Settings())
    assert anonymous == "does not let an unknown client do this with the topic a"
