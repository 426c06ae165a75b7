"""confluent-kafka's admin client, which manages users and rights (aiokafka's cannot), from wiredelta's settings."""

from typing import Any

from confluent_kafka.admin import AdminClient

from streams.settings import Settings


def admin_client(settings: Settings) -> AdminClient:
    """Connects when it is first asked something; what goes wrong then is raised, and not logged as well."""
    return AdminClient({name: value for name, value in _config(settings).items() if value is not None})


def _config(settings: Settings) -> dict[str, Any]:
    sasl = settings.security_protocol.startswith("SASL")
    password = settings.sasl_password
    return {
        "bootstrap.servers": settings.broker,
        "security.protocol": settings.security_protocol,
        "sasl.mechanism": settings.sasl_mechanism if sasl else None,
        "sasl.username": settings.sasl_username if sasl else None,
        "sasl.password": password.get_secret_value() if sasl and password else None,
        "ssl.ca.location": _text(settings.ssl_cafile),
        "ssl.certificate.location": _text(settings.ssl_certfile),
        "ssl.key.location": _text(settings.ssl_keyfile or settings.ssl_certfile),
        "reconnect.backoff.max.ms": 500,
        "log_level": 0,
    }


def _text(path: object) -> str | None:
    return None if path is None else str(path)
