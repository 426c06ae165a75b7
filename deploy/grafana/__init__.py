"""Dashboards for Grafana, written by `make dashboards` and checked in."""
