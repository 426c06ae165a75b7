"""Apache Kafka on this machine without containers, for tests and for trying things out: ``python -m deploy.kafka``."""
