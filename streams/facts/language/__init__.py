"""Text to sentences, sentences to trees, trees to clauses; who and which event is meant."""
