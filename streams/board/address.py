"""Where a board is found."""

from streams.settings import Settings


def board_address(settings: Settings) -> str:
    """`http://127.0.0.1:6067`"""
    host = f"[{settings.board_host}]" if ":" in settings.board_host else settings.board_host
    return f"http://{host}:{settings.board_port}"
