"""What crosses Kafka: the models, the topics that carry them, and their JSON Schemas and examples."""
