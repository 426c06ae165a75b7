"""A batch of polls to article updates, and what came of those back to their source."""

from schemas.topics import ARTICLE_UPDATES, DEAD_LETTERS, POLLED, SOURCE_POLLS, SOURCE_STATE
from streams.batch_rows import BatchRows
from streams.identifying import Polls, identify_all
from streams.sources.rows import decode_state, state_key
from streams.tracking import Message, Output
from tests.agents.conftest import Batches, MemoryTable
from tests.agents.messages import message
from tests.unit.sources.looks import TEXT, item, poll


def identified(table: MemoryTable, *messages: Message) -> Polls:
    polls = identify_all(messages, BatchRows(table))  # type: ignore[arg-type]
    table.write(polls.rows)
    return polls


def polled(offset: int, body: str, **other: object) -> Message:
    value = poll(60 * offset, item(body=body)).model_dump_json().encode()
    return message(offset, value, "desk", topic=SOURCE_POLLS.name, **other)


def as_messages(outputs: list[Output], topic: str) -> list[Message]:
    """What one agent sends, as the next one gets it."""
    sent = [output for output in outputs if output.topic == topic]
    return [
        message(offset, output.value, (output.key or b"").decode(), topic=topic, headers=output.headers)
        for offset, output in enumerate(sent)
    ]


def test_a_poll_is_an_update_that_names_its_source_and_a_state() -> None:
    polls = identified(MemoryTable(), polled(0, TEXT))
    assert [(output.topic, output.headers) for output in polls.outputs] == [
        (ARTICLE_UPDATES.name, [(POLLED, b"desk")]),
        (SOURCE_STATE.name, []),
    ]


async def test_what_came_of_later_versions_is_known_to_their_source(batches: Batches) -> None:
    sources = MemoryTable()
    bodies = ["dead = 12", "dead = 12\nMore words.", "dead = 17"]
    polls = identified(sources, *(polled(offset, body) for offset, body in enumerate(bodies)))
    tracked = await batches.track(as_messages(polls.outputs, ARTICLE_UPDATES.name))
    outcomes = as_messages(tracked.outputs, SOURCE_POLLS.name)
    assert [outcome.key for outcome in outcomes] == [b"desk", b"desk"], "of the second and the third"
    assert identified(sources, *outcomes).outputs == []
    state = decode_state(sources.row(outcomes[0].partition, state_key("desk")))
    assert state is not None
    assert (state.later_versions, state.telling) == (2, 0.5)


async def test_updates_that_no_poll_brought_have_no_source_to_tell(batches: Batches) -> None:
    polls = identified(MemoryTable(), polled(0, "dead = 12"), polled(1, "dead = 17"))
    updates = [
        message(update.offset, update.value, (update.key or b"").decode())
        for update in as_messages(polls.outputs, ARTICLE_UPDATES.name)
    ]
    assert as_messages((await batches.track(updates)).outputs, SOURCE_POLLS.name) == []


def test_what_is_neither_a_poll_nor_an_outcome_is_a_dead_letter_and_the_next_is_read() -> None:
    outcome = message(1, b"{}", "desk", topic=SOURCE_POLLS.name, headers=[("wiredelta-version-outcome", b"1")])
    elsewhere = message(2, polled(2, TEXT).value, "other", topic=SOURCE_POLLS.name)
    polls = identified(MemoryTable(), message(0, b"no", "desk"), outcome, elsewhere, polled(3, TEXT))
    assert [letter.detail for letter in polls.dead] == [
        "is not valid JSON: expected ident at line 1 column 2",
        "source: is missing; article_id: is missing; version: is missing; and 1 more",
        "the key should be the source's name, desk",
    ]
    assert [output.topic for output in polls.outputs] == [
        DEAD_LETTERS.name, DEAD_LETTERS.name, DEAD_LETTERS.name, ARTICLE_UPDATES.name, SOURCE_STATE.name
    ]  # fmt: skip
