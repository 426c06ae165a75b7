"""What the launcher raises."""


class KafkaUnavailable(RuntimeError):
    """Apache Kafka cannot be had here: one line that says what is absent or wrong, and what to do."""
