"""A Faust app as its documentation shows one: for each message, a send that is awaited, then a row. No wiredelta in it.

Arguments: broker, data folder, source topic, output topic, partitions, messages, bytes of an output, bytes of a row.
Prints the messages a second and ends.
"""

import os
import sys
import time
from typing import Any

import faust

APP, TABLE = "yardstick-faust", "rows"


def make_app(broker: str, folder: str, source: str, output: str, *numbers: str) -> faust.App:
    partitions, messages, output_bytes, row_bytes = map(int, numbers)
    app = faust.App(
        APP,
        env={},
        broker=f"kafka://{broker}",
        datadir=folder,
        store="rocksdb://?driver=rocksdict",
        topic_partitions=partitions,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=8 * 1024**2,
        web_enabled=False,
    )
    raw: dict[str, Any] = {"key_serializer": "raw", "value_serializer": "raw", "key_type": bytes, "value_type": bytes}
    out = app.topic(output, **raw)
    rows = app.Table(TABLE, partitions=partitions, key_type=bytes, value_type=bytes)
    value, row = b"x" * output_bytes, b"x" * row_bytes

    async def loop(stream: Any) -> None:
        done, began = 0, 0.0
        async for event in stream.events():
            began = began or time.monotonic()
            await (await out.send(key=event.key, value=value))
            rows[event.key] = row
            done += 1
            if done == messages:
                os.write(1, f"{done / (time.monotonic() - began):.2f}\n".encode())
                os._exit(0)

    app.agent(app.topic(source, **raw))(loop)
    return app


if __name__ == "__main__":
    worker = faust.Worker(make_app(*sys.argv[1:]), loglevel="ERROR", quiet=True)
    worker.spinner = None  # it draws on stdout
    worker.execute_from_commandline()
