"""The agents of the Faust app, one a file: a thin shell round what `streams.tracking` and `streams.wire` do."""
