"""Prometheus: what it scrapes and watches, and the page that lists the metrics."""
