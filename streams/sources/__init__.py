"""What a source shows, made into articles, versions, a schedule and a state of health. Pure: no network, no clock."""
