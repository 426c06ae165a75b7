"""Options that commands share. Names and words of the settings stand here a second time, since importing the settings
costs more than `--help` may take; a test holds the two together."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from streams.cli.errors import BadInput

if TYPE_CHECKING:
    from streams.settings import Settings

Command = Callable[..., Any]

CONNECTION = {
    "broker": ("HOST:PORT", "Kafka's addresses, parted by commas.  [127.0.0.1:9092]"),
    "security_protocol": ("WORD", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."),
    "sasl_mechanism": ("WORD", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."),
    "sasl_username": ("NAME", "User at the broker."),
    "sasl_password_file": ("FILE", "Holds the user's password."),
    "ssl_cafile": ("FILE", "PEM: certificates to trust."),
    "ssl_certfile": ("FILE", "PEM: this client's certificate."),
    "ssl_keyfile": ("FILE", "PEM: the certificate's key."),
}
APP = {"app_id": ("NAME", "Consumer group of the workers.  [wiredelta]")}
TOPICS = {
    "partitions": ("NUMBER", "Of each topic, fixed once they are made.  [8]"),
    "replication_factor": ("NUMBER", "Of topics that are made.  [the broker's default]"),
}
BOARD = {
    "board_host": ("HOST", "Where the board is served.  [127.0.0.1]"),
    "board_port": ("PORT", "Where the board is served.  [6067]"),
    "board_days": ("DAYS", "How far back the topics are read.  [30]"),
}
PUSH = {
    "push_host": ("HOST", "Where pushes are taken in.  [127.0.0.1]"),
    "push_port": ("PORT", "Where pushes are taken in.  [6068]"),
}
WORKER = {
    "data_dir": ("FOLDER", "Local tables; one folder for each worker."),
    "web_host": ("HOST", "Where /metrics, /healthz and /readyz are.  [127.0.0.1]"),
    "web_port": ("PORT", "Their port.  [6066]"),
    "store": ("URL", "rocksdb://?driver=rocksdict or memory://."),
    "story_idle_days": ("DAYS", "After which an idle story is forgotten.  [30]"),
    "canceled_sentences": ("YES|NO", "Whether alerts of a canceled article carry its sentences.  [yes]"),
    "max_dead_letters_in_a_row": ("NUMBER", "More than these stop the worker.  [1000]"),
    "read_processes": ("NUMBER", "Processes that parse text.  [1]"),
    "read_timeout": ("SECONDS", "For a text of 50,000 characters.  [60]"),
    "stall_timeout": ("SECONDS", "Without progress, after which it ends.  [600]"),
    "broker_timeout": ("SECONDS", "Without a broker, after which it ends.  [120]"),
    "session_timeout": ("SECONDS", "After which a silent worker's work moves on.  [6]"),
    "log_level": ("WORD", "debug, info, warning or error.  [warning]"),
}


def settings_flags(*groups: dict[str, tuple[str, str]]) -> Callable[[Command], Command]:
    """Flags named as the settings of these groups; the command gets them as keyword arguments, None if not given."""

    def add(command: Command) -> Command:
        for group in reversed(groups):
            for name, (metavar, words) in reversed(group.items()):
                command = click.option(f"--{name.replace('_', '-')}", name, metavar=metavar, help=words)(command)
        return command

    return add


def settings_from(flags: dict[str, Any]) -> "Settings":
    """The settings from environment and flags; the flags win. Raises `BadInput`."""
    from streams.settings import SettingsError, load_settings

    try:
        return load_settings(**flags)
    except SettingsError as error:
        raise BadInput(str(error)) from None


input_file = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)
json_flag = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
where_option = click.option("--where", metavar="CEL", help="Only alerts for which this CEL expression is true.")
