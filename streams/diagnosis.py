"""Why Kafka turns a client away: aiokafka raises the same for a wrong password as for a broker that is not there."""

import ssl
from collections.abc import Iterable

from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaConnectionError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnsupportedSaslMechanismError,
)

from streams.settings import PREFIX, Settings

CREDENTIALS = f"{PREFIX}SASL_USERNAME, {PREFIX}SASL_PASSWORD"
PROTOCOL = f"{PREFIX}SECURITY_PROTOCOL"


def refusal(errors: Iterable[BaseException], settings: Settings) -> str | None:
    """What the broker does not accept, as the end of a sentence that begins with its address; None where none answered.

    ``errors``: one for each address that was tried, and of whatever layer: Kafka, TLS or the connection.
    """
    tests = (_credentials, _protocol, missing_right)
    return next((found for error in errors for test in tests if (found := test(error, settings))), None)


def missing_right(error: BaseException, settings: Settings) -> str | None:
    """Likewise, for an error of a client that is connected."""
    user = settings.sasl_username or "an unknown client"
    match error:
        case TopicAuthorizationFailedError():
            return f"does not let {user} do this with the topic {_names(error)}"
        case GroupAuthorizationFailedError():
            return f"does not let {user} join the group {_names(error)}"
        case ClusterAuthorizationFailedError():
            return f"does not let {user} write to any topic"
    return None


def _credentials(error: BaseException, settings: Settings) -> str | None:
    match error:
        case SaslAuthenticationFailed():
            return f"does not know the user {settings.sasl_username} with this password ({CREDENTIALS})"
        case UnsupportedSaslMechanismError():
            return f"does not take {settings.sasl_mechanism} ({PREFIX}SASL_MECHANISM)"
        case ssl.SSLCertVerificationError():
            return f"shows a certificate that is not trusted ({PREFIX}SSL_CAFILE): {error.verify_message}"
    return None


def _protocol(error: BaseException, settings: Settings) -> str | None:
    protocol = settings.security_protocol
    match error:
        case IllegalSaslStateError():
            return f"asks for no credentials, and {protocol} gives them ({PROTOCOL})"
        case ssl.SSLError():
            return f"does not agree on TLS ({PROTOCOL}): {error.strerror or error}"
        case ConnectionResetError():
            return f"hung up on {protocol} ({PROTOCOL})"
        case KafkaConnectionError() if str(error).endswith("closed"):
            return f"hung up on {protocol} ({PROTOCOL})"
    return None


def _names(error: BaseException) -> str:
    """aiokafka gives one name or a set of them."""
    [given] = error.args or ("?",)
    return given if isinstance(given, str) else ", ".join(sorted(given))
