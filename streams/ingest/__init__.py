"""The service that follows sources: it asks them, publishes what they show, and takes in what is pushed. No Faust."""
