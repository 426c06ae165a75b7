"""How far the workers are behind, as their group's offsets tell it: for displays, not for decisions."""

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from schemas.topics import ARTICLE_UPDATES
from streams.kafka import connection, make_consumer, started
from streams.settings import Settings


async def worker_lags(settings: Settings) -> dict[int, int] | None:
    """Article updates that no worker has dealt with yet, by partition; None where no worker has ever begun.

    Raises `BrokerUnavailable`, `KafkaRefused`.
    """
    admin = AIOKafkaAdminClient(**connection(settings))
    async with started(admin, settings):
        offsets = await admin.list_consumer_group_offsets(settings.app_id)
    done = {partition: found.offset for partition, found in offsets.items() if partition.topic == ARTICLE_UPDATES.name}
    if not done:
        return None
    consumer = make_consumer(settings)
    async with started(consumer, settings):
        ends: dict[TopicPartition, int] = await consumer.end_offsets(list(done))
    return {at.partition: int(max(0, ends[at] - max(offset, 0))) for at, offset in sorted(done.items())}
