"""What an update costs the pure code, without a broker: how far it grows with the change alone.

``python -m tests.benchmarks.cost`` prints the figures and writes docs/benchmarks.md. Ratios of one run; each time is
the least of several, of this process on its processor.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice

from schemas.updates import ArticleUpdate
from streams.backtest import MemoryRows, backtest
from streams.facts.language.parse import model
from streams.facts.rows import decode_fact_row
from tests.benchmarks.report import write_section
from tests.benchmarks.uk_travel import data_file, load_updates

TITLE = "What an update costs"
METHOD = """\
`make bench-cost` writes this section: the pure code (`streams/facts`) over rows in memory, in one process, without a
broker. Times are of the process on its processor, the least of twelve. *Parsing all of it* is spaCy with the same model
on every version's whole text, one version after the other, as a watcher without memory would (a tenth of the versions
are parsed, and the time is taken ten times). The made-up articles consist of distinct sentences of four forms, each
with a number and a name: so that sentences share most of their words, which is the hardest case for finding a fact.
"""
EACH = 12  # times that a version is measured
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FORMS = (
    "The council of {name} said on Monday that {number} homes had lost their water.",
    "Police in {name} arrested {number} people after the match.",
    "The bridge at {name} was closed for {number} days because of the flood.",
    "A firm from {name} will build {number} flats beside the harbour.",
)
SYLLABLES = (
    "bar",
    "del",
    "fin",
    "gor",
    "hal",
    "kem",
    "lor",
    "mar",
    "nol",
    "pas",
    "rin",
    "sol",
    "tar",
    "vel",
    "wen",
    "zor",
)


def sentence(number: int) -> str:
    names = ((a + b + c).title() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES)
    name = next(islice(names, number % len(SYLLABLES) ** 3, None))
    return FORMS[number % len(FORMS)].format(name=name, number=number + 2)


def update(article: str, version: int, sentences: Sequence[str]) -> ArticleUpdate:
    return ArticleUpdate(
        article_id=f"https://example.org/{article}",
        version=version,
        story_id="story",
        source="example.org",
        headline="A county after the flood",
        body="\n\n".join(sentences),
        language="en",
        published_at=START,
        updated_at=START + timedelta(minutes=version),
    )


def run(updates: Sequence[ArticleUpdate], rows: MemoryRows) -> float:
    """Seconds of the processor."""
    began = time.process_time()
    for _ in backtest(updates, rows):
        pass
    return time.process_time() - began


def of_one_change(length: int) -> float:
    """Seconds for a version of so many sentences, one of which is new."""
    rows, said = MemoryRows(), [sentence(n) for n in range(length)]
    run([update("long", 1, said)], rows)
    versions = count(2)

    def next_version() -> float:
        version = next(versions)
        said[version % length] = sentence(length + version)
        return run([update("long", version, said)], rows)

    return min(next_version() for _ in range(EACH))


def of_known_facts(least: int) -> tuple[float, int, int]:
    """Seconds for a new article of five sentences in a story of so many facts; how many there are, and their bytes."""
    rows, numbers, articles = MemoryRows(), count(1000), count(1)
    size = min(least // 2, 100)  # sentences of an article
    while facts(rows) < least:
        run([update(f"known-{next(articles)}", 1, [sentence(n) for n in islice(numbers, size)])], rows)
    found, size = facts(rows), sum(len(key) + len(row) for key, row in rows._rows.items())
    said = [sentence(n) for n in range(5)]
    return min(run([update(f"fresh-{next(articles)}", 1, said)], rows) for _ in range(EACH)), found, size


def facts(rows: MemoryRows) -> int:
    return sum(decode_fact_row(key, row) is not None for key, row in rows._rows.items())


def of_three_new_sentences() -> float:
    """Updates a second of which three sentences are new, in twenty."""
    kept, numbers = [sentence(n) for n in range(17)], count(3000)
    updates = [update("busy", 1, kept)]
    updates += [update("busy", v, [*kept, *(sentence(next(numbers)) for _ in range(3))]) for v in range(2, 202)]
    return 200 / run(updates, MemoryRows())


def of_real_pages() -> tuple[float, float]:
    """Seconds for all versions of the UK's travel advice: ours, and a parse of every whole version."""
    updates = load_updates(data_file())
    ours = run(updates, MemoryRows())
    began = time.process_time()
    for _ in model().pipe((one.body for one in updates[::10]), batch_size=1):
        pass
    return ours, 10 * (time.process_time() - began)


def main() -> None:
    run([update("warm", 1, [sentence(n) for n in range(4)])], MemoryRows())
    ours, whole = of_real_pages()
    long, short = of_one_change(400), of_one_change(20)
    many, many_facts, size = of_known_facts(10_000)
    few, few_facts, _ = of_known_facts(10)
    figures: dict[str, str] = {
        "UK sequences, all versions: ours, parsing all of it": f"{ours:.0f} s, {whole:.0f} s: {whole / ours:.1f} times",
        "one new sentence in 400, in 20": f"{long * 1e3:.1f} ms, {short * 1e3:.1f} ms: {long / short:.2f} times",
        f"five sentences in a story of {many_facts:,} facts, of {few_facts}": (
            f"{many * 1e3:.1f} ms, {few * 1e3:.1f} ms: {many / few:.2f} times"
        ),
        "updates a second and core, three new sentences of twenty": f"{of_three_new_sentences():.0f}",
        "rows of a story at rest, bytes a fact": f"{size / many_facts:,.0f}",
    }
    for name, figure in figures.items():
        print(f"{name:66} {figure}")
    write_section(TITLE, METHOD, {"pure code": figures})


if __name__ == "__main__":
    main()
