"""A compacted topic as Kafka will leave it: the latest value of each key."""

from collections.abc import Collection

from streams.client.reader import Reader
from streams.settings import Settings


async def latest_values(
    settings: Settings, topic: str, partitions: Collection[int] | None = None, prefix: bytes = b""
) -> dict[bytes, bytes]:
    """By key, of all partitions or these; only keys that begin so. A key whose latest record is a tombstone is absent.

    Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`.
    """
    values: dict[bytes, bytes] = {}
    async with Reader(settings, [topic], until_eos=True, partitions=partitions) as reader:
        async for record in reader:
            if record.key is None or not record.key.startswith(prefix):
                continue
            if record.value is None:
                values.pop(record.key, None)
            else:
                values[record.key] = record.value
    return values
