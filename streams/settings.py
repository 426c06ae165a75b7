"""Settings: from the environment (prefix ``WIREDELTA_``) and from flags of the same name, which win."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "WIREDELTA_"
ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:,\[\]]+):(\d{1,5})")


class SettingsError(ValueError):
    """What is wrong with the settings, in one line that names the setting."""


def _host_ports(broker: str) -> str:
    addresses = [address.strip() for address in broker.split(",")]
    for address in addresses:
        found = ADDRESS.fullmatch(address)
        if found is None or not 0 < int(found[2]) < 65536:
            raise ValueError(f"{address!r} is not HOST:PORT (several are parted by commas)")
    return ",".join(addresses)


class Settings(BaseSettings):
    """Everything that can be set. Times are in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    broker: Annotated[str, AfterValidator(_host_ports)] = Field(
        "127.0.0.1:9092", description="Kafka's addresses, HOST:PORT, parted by commas"
    )
    app_id: str = Field(
        "wiredelta", pattern=r"^[A-Za-z0-9.-]{1,100}$", description="consumer group, and prefix of the changelogs"
    )
    data_dir: Path = Field(Path("wiredelta-data"), description="local tables and caches; one folder for each worker")
    partitions: int = Field(8, ge=1, le=1000, description="of each topic; fixed once the topics are made")
    replication_factor: int = Field(-1, ge=-1, le=100, description="of topics that are made; -1: the broker's default")
    web_host: str = Field("127.0.0.1", min_length=1, description="where /metrics, /healthz and /readyz are served")
    web_port: int = Field(6066, ge=1, le=65535, description="their port")
    board_host: str = Field("127.0.0.1", min_length=1, description="where the board is served")
    board_port: int = Field(6067, ge=1, le=65535, description="where the board is served")
    board_days: float = Field(30, gt=0, le=365, description="how far back the board reads the topics")
    push_host: str = Field("127.0.0.1", min_length=1, description="where ingest takes in pushes")
    push_port: int = Field(6068, ge=1, le=65535, description="where ingest takes in pushes")
    admin_token: SecretStr | None = Field(
        None, min_length=8, description="what the board asks for before it changes anything; unset: it changes nothing"
    )
    store: Literal["rocksdb://?driver=rocksdict", "memory://"] = Field(
        "rocksdb://?driver=rocksdict",
        description="where a worker keeps its tables; memory:// is read anew at each start",
    )
    story_idle_days: float = Field(30, gt=0, description="days without an update after which a story is forgotten")
    canceled_sentences: bool = Field(
        True, description="whether alerts of a canceled article carry its sentences; the audit log does in any case"
    )
    max_dead_letters_in_a_row: int = Field(1000, ge=1, description="more than these stop the worker")
    read_processes: int = Field(1, ge=1, le=64, description="processes that parse text")
    read_timeout: float = Field(
        60,
        ge=1,
        le=3600,
        description="seconds to read a text, or 50,000 characters of a longer one; then it is a dead letter",
    )
    stall_timeout: float = Field(600, ge=2, description="seconds without progress after which a worker ends")
    broker_timeout: float = Field(120, ge=2, description="seconds without a broker after which a worker ends")
    session_timeout: float = Field(6, ge=2, le=300, description="after which a silent worker's partitions move on")
    log_level: Literal["debug", "info", "warning", "error"] = Field("warning", description="of the log on stderr")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="how to talk to Kafka"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field("SCRAM-SHA-512", description="of SASL_*")
    sasl_username: str | None = Field(None, description="of SASL_*")
    sasl_password: SecretStr | None = Field(None, description="of SASL_*")
    sasl_password_file: Path | None = Field(None, description="a file that holds the password, in place of it")
    ssl_cafile: Path | None = Field(None, description="PEM; certificates to trust, else the system's")
    ssl_certfile: Path | None = Field(None, description="PEM; this client's certificate")
    ssl_keyfile: Path | None = Field(None, description="PEM; its key, where it is not in ssl_certfile")

    @model_validator(mode="before")
    @classmethod
    def _read_password(cls, given: dict[str, Any]) -> dict[str, Any]:
        path = given.get("sasl_password_file")
        if path is None:
            return given
        if given.get("sasl_password") is not None:
            raise ValueError("sasl_password and sasl_password_file are both set")
        try:
            return given | {"sasl_password": Path(path).read_text().strip()}
        except OSError as error:
            raise ValueError(f"sasl_password_file cannot be read: {error}") from error

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(f"security_protocol {self.security_protocol} needs sasl_username and sasl_password")
        if self.ssl_keyfile and not self.ssl_certfile:
            raise ValueError("ssl_keyfile needs ssl_certfile")
        if (self.ssl_cafile or self.ssl_certfile) and not self.security_protocol.endswith("SSL"):
            raise ValueError("ssl_cafile and ssl_certfile need security_protocol SSL or SASL_SSL")
        return self


def load_settings(**flags: Any) -> Settings:
    """The settings of this process; a flag that is None was not given. Raises `SettingsError`."""
    _refuse_unknown_names()
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        raise SettingsError("; ".join(_one_line(problem) for problem in error.errors())) from None


def _refuse_unknown_names() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"unknown settings in the environment: {', '.join(unknown)}; see the settings in README.md")


def _one_line(problem: Any) -> str:
    """A secret's value is not shown, nor is any other: the name and what was expected are enough."""
    message = problem["msg"].removeprefix("Value error, ")
    name = "_".join(str(part) for part in problem["loc"])
    return f"{PREFIX}{name.upper()}: {message}" if name else message
