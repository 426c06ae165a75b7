"""Dead letters once more: for when what could not be processed can be by now."""

import logging

from aiokafka import AIOKafkaProducer, ConsumerRecord

from schemas.dead_letters import DeadLetter
from schemas.topics import DEAD_LETTERS
from streams.client.publisher import Progress
from streams.client.reader import Reader
from streams.kafka import make_producer, started
from streams.settings import Settings
from streams.topics import UnknownTopic, partition_counts, require_topics
from streams.wire import NotOurMessage, decode_dead_letter

log = logging.getLogger(__name__)


async def replay_dead_letters(settings: Settings, progress: Progress = lambda count: None) -> int:
    """Send the dead letters that are there now to their topics once more, byte for byte; return how many were sent.

    Each is sent once, however often this is called: a group keeps how far the replays have come.
    Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`.
    """
    topics = set(await partition_counts(settings))
    producer = make_producer(settings)
    letters = Reader(settings, [DEAD_LETTERS.name], until_eos=True, group_id=f"{settings.app_id}-dead-letters")
    replayed = 0
    async with started(producer, settings), letters:
        async for record in letters:
            replayed += await _replay(producer, record, topics)
            progress(replayed)
            await letters.done(record)
    return replayed


async def replay_dead_letter(settings: Settings, letter: DeadLetter) -> None:
    """Send this one to its topic once more, as often as it is asked for.

    Raises `BrokerUnavailable`, `UnknownTopic`, `KafkaRefused`.
    """
    await require_topics(settings, [letter.topic])
    producer = make_producer(settings)
    async with started(producer, settings):
        await producer.send_and_wait(letter.topic, letter.value, key=letter.key)


async def _replay(producer: AIOKafkaProducer, record: ConsumerRecord, topics: set[str]) -> bool:
    place = f"dead letter {record.partition}/{record.offset}"
    try:
        letter = decode_dead_letter(record.key, record.value, record.headers)
    except NotOurMessage as error:
        log.warning("%s is passed over: %s", place, error)
        return False
    if letter.key is None and letter.value is None:
        log.warning("%s is passed over: it has neither key nor value", place)
        return False
    if letter.topic not in topics:
        raise UnknownTopic(f"{place} belongs to the topic {letter.topic}, which is not there")
    await producer.send_and_wait(letter.topic, letter.value, key=letter.key)
    return True
