"""Whether the broker lets a worker do all that it will do, asked before it starts.

A worker that may not join its group would try for ever, and one that may not write would end at its first alert. Kafka
tells a client its rights where it is asked to (KIP-430), which aiokafka 0.14.0 cannot ask: hence two requests of ours.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    IncompatibleBrokerVersion,
    NotCoordinatorForGroupError,
)
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Bytes, Int16, Int32, Schema, String

from streams.kafka import KafkaRefused, connection, started
from streams.settings import Settings

COORDINATOR_ATTEMPTS, COORDINATOR_INTERVAL = 150, 0.2  # times, seconds: until a broker coordinates the group
NO_COORDINATOR = (GroupCoordinatorNotAvailableError, GroupLoadInProgressError, NotCoordinatorForGroupError)
NOT_TOLD = -(2**31)  # in place of rights, by a broker that has no rights to tell


class Operation(IntEnum):
    """Kafka's AclOperation: the number of a bit."""

    READ = 3
    WRITE = 4


@dataclass(frozen=True)
class Needs:
    """What a worker does: topics that it reads, topics that it writes, and the group that it joins."""

    reads: Collection[str]
    writes: Collection[str]
    group: str


class _MetadataResponse_v8(Response):  # type: ignore[misc]
    API_KEY = 3
    API_VERSION = 8
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "brokers",
            Array(("node_id", Int32), ("host", String("utf-8")), ("port", Int32), ("rack", String("utf-8"))),
        ),
        ("cluster_id", String("utf-8")),
        ("controller_id", Int32),
        (
            "topics",
            Array(
                ("error_code", Int16),
                ("topic", String("utf-8")),
                ("is_internal", Boolean),
                (
                    "partitions",
                    Array(
                        ("error_code", Int16),
                        ("partition", Int32),
                        ("leader", Int32),
                        ("leader_epoch", Int32),
                        ("replicas", Array(Int32)),
                        ("isr", Array(Int32)),
                        ("offline_replicas", Array(Int32)),
                    ),
                ),
                ("authorized_operations", Int32),
            ),
        ),
        ("cluster_authorized_operations", Int32),
    )


class _MetadataRequest_v8(RequestStruct):  # type: ignore[misc]
    API_KEY = 3
    API_VERSION = 8
    RESPONSE_TYPE = _MetadataResponse_v8
    SCHEMA = Schema(
        ("topics", Array(String("utf-8"))),
        ("allow_auto_topic_creation", Boolean),
        ("include_cluster_authorized_operations", Boolean),
        ("include_topic_authorized_operations", Boolean),
    )


class _DescribeGroupsResponse_v3(Response):  # type: ignore[misc]
    API_KEY = 15
    API_VERSION = 3
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "groups",
            Array(
                ("error_code", Int16),
                ("group", String("utf-8")),
                ("state", String("utf-8")),
                ("protocol_type", String("utf-8")),
                ("protocol", String("utf-8")),
                (
                    "members",
                    Array(
                        ("member_id", String("utf-8")),
                        ("client_id", String("utf-8")),
                        ("client_host", String("utf-8")),
                        ("member_metadata", Bytes),
                        ("member_assignment", Bytes),
                    ),
                ),
                ("authorized_operations", Int32),
            ),
        ),
    )


class _DescribeGroupsRequest_v3(RequestStruct):  # type: ignore[misc]
    API_KEY = 15
    API_VERSION = 3
    RESPONSE_TYPE = _DescribeGroupsResponse_v3
    SCHEMA = Schema(("groups", Array(String("utf-8"))), ("include_authorized_operations", Boolean))


class _TopicRights(Request[_MetadataRequest_v8]):  # type: ignore[misc]
    API_KEY = 3

    def __init__(self, topics: Collection[str]) -> None:
        self._topics = list(topics)

    def build(self, request_struct_class: type[_MetadataRequest_v8]) -> _MetadataRequest_v8:
        return request_struct_class(self._topics, False, False, True)


class _GroupRights(Request[_DescribeGroupsRequest_v3]):  # type: ignore[misc]
    API_KEY = 15

    def __init__(self, group: str) -> None:
        self._group = group

    def build(self, request_struct_class: type[_DescribeGroupsRequest_v3]) -> _DescribeGroupsRequest_v3:
        return request_struct_class([self._group], True)


async def require_rights(settings: Settings, needs: Needs) -> None:
    """Raises `KafkaRefused`, which names all that is missing, and `BrokerUnavailable`."""
    admin = AIOKafkaAdminClient(**connection(settings))
    async with started(admin, settings):
        missing = await _missing(admin, needs)
    if missing:
        user = settings.sasl_username or "an unknown client"
        raise KafkaRefused(f"Kafka at {settings.broker} does not let {user} {', '.join(missing)}")


async def _missing(admin: AIOKafkaAdminClient, needs: Needs) -> list[str]:
    """What may not be done, in words; nothing where the broker is too old to tell."""
    try:
        topics = await admin._send_request(_TopicRights({*needs.reads, *needs.writes}))
        may_join = await _may_join(admin, needs.group)
    except (IncompatibleBrokerVersion, NotImplementedError):
        return []
    rights = {topic[1]: topic[-1] for topic in topics.topics}
    unread = sorted(topic for topic in needs.reads if not _may(rights[topic], Operation.READ))
    unwritten = sorted(topic for topic in needs.writes if not _may(rights[topic], Operation.WRITE))
    return [
        *([f"read the topic {', '.join(unread)}"] if unread else []),
        *([f"write to the topic {', '.join(unwritten)}"] if unwritten else []),
        *([] if may_join else [f"join the group {needs.group}"]),
    ]


async def _may_join(admin: AIOKafkaAdminClient, group: str) -> bool:
    """A cluster that has never had a group makes the topic for them when it is first asked for a coordinator."""
    for _ in range(COORDINATOR_ATTEMPTS):
        try:
            coordinator = await admin.find_coordinator(group)
            [(code, *_, rights)] = (await admin._send_request(_GroupRights(group), coordinator)).groups
        except GroupAuthorizationFailedError:
            return False
        except NO_COORDINATOR:
            code, rights = GroupCoordinatorNotAvailableError.errno, NOT_TOLD
        if code not in {error.errno for error in NO_COORDINATOR}:
            return code != GroupAuthorizationFailedError.errno and _may(rights, Operation.READ)
        await asyncio.sleep(COORDINATOR_INTERVAL)
    raise GroupCoordinatorNotAvailableError(f"no coordinator of the group {group}")


def _may(rights: int, operation: Operation) -> bool:
    return rights == NOT_TOLD or bool(rights >> operation & 1)
