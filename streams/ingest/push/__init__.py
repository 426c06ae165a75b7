"""``POST /updates``: versions of articles that outlets send by themselves."""
