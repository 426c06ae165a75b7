"""`worker`: the Faust app in this process, and a broker beside it where one is asked for."""

from contextlib import AbstractContextManager, nullcontext

from streams.cli.errors import BadInput, Failed
from streams.cli.run.failures import told_plainly
from streams.embedded import HOST, SESSION_TIMEOUT, EmbeddedBroker
from streams.settings import Settings
from streams.worker import CannotStart, run_worker


def run(settings: Settings, embedded: bool) -> None:
    """Returns when the worker is stopped. Raises `BadInput` or `Failed` where it cannot start."""
    if embedded:
        settings = settings.model_copy(update={"session_timeout": SESSION_TIMEOUT})
    with told_plainly(), _embedded_broker(settings) if embedded else nullcontext():
        try:
            run_worker(settings)
        except CannotStart as error:
            raise Failed(str(error)) from None


def _embedded_broker(settings: Settings) -> AbstractContextManager[EmbeddedBroker]:
    """At the address that the settings name, so that the other commands find it where they look for a broker."""
    host, _, port = settings.broker.rpartition(":")
    if host not in (HOST, "localhost") or settings.security_protocol != "PLAINTEXT":
        raise BadInput(f"--embedded starts a broker for this machine alone, at {HOST}:PORT, not at {settings.broker}")
    return EmbeddedBroker(settings.data_dir / "broker", int(port))
