"""Apache Kafka's jars: fetched by Maven, and held to the committed sha256 sums before each use.

Maven checks what it downloads and never looks at its cache again, which is why the sums are checked here.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka.errors import KafkaUnavailable

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
SUMS = HERE / "jars.sha256"  # as `sha256sum` writes and checks it
JARS = HERE / "build" / "jars"
FETCHED_WITHIN = 540.0  # seconds; 54 MB took 10 to 18

Sums = dict[str, str]


def classpath(jars: Path = JARS, sums: Path = SUMS) -> str:
    """The listed jars, for ``java -cp``; fetched first if one is absent. Raises `KafkaUnavailable`."""
    wanted = read_sums(sums)
    if not all((jars / name).is_file() for name in wanted):
        jars.parent.mkdir(parents=True, exist_ok=True)
        with _fetched(beside=jars) as folder:
            _check(folder, wanted)
            jars.mkdir(exist_ok=True)
            for name in wanted:
                (folder / name).replace(jars / name)
    _check(jars, wanted)
    return os.pathsep.join(str(jars / name) for name in wanted)


def update_sums(sums: Path = SUMS) -> int:
    """Write the sums of what the pom fetches now, and return how many; for whoever changes a version in it."""
    with _fetched() as folder:
        found = {jar.name: _sha256(jar) for jar in sorted(folder.glob("*.jar"))}
    sums.write_text("".join(f"{digest}  {name}\n" for name, digest in found.items()))
    return len(found)


def kafka_version(sums: Path = SUMS) -> str:
    """Of the broker, as its jar's name has it."""
    [name] = [name for name in read_sums(sums) if name.startswith("kafka_2.13-")]
    return name.removeprefix("kafka_2.13-").removesuffix(".jar")


def read_sums(sums: Path = SUMS) -> Sums:
    """The sha256 of each jar, by its file's name."""
    lines = (line.split() for line in sums.read_text().splitlines())
    return {name: digest for digest, name in lines}


def _check(folder: Path, wanted: Sums) -> None:
    for name, digest in wanted.items():
        jar = folder / name
        if not jar.is_file():
            raise KafkaUnavailable(f"{name} is listed in {SUMS.name}, and {POM.name} does not fetch it: --update-sums")
        if _sha256(jar) != digest:
            raise KafkaUnavailable(f"{jar} is not what {SUMS.name} says it must be: delete it, and Maven's copy of it")


def _sha256(jar: Path) -> str:
    with jar.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _fetched(beside: Path | None = None) -> Iterator[Path]:
    """A folder with what the pom asks for; beside where the jars belong, so that they can be moved there at once."""
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaUnavailable("Maven is absent (mvn), which fetches Apache Kafka: on Debian, apt install maven")
    with tempfile.TemporaryDirectory(dir=beside and beside.parent) as name:
        folder = Path(name)
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
        command = [maven, "--batch-mode", "--quiet", "--strict-checksums", "--file", str(POM), *goal]
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCHED_WITHIN)
        if done.returncode != 0:
            raise KafkaUnavailable(f"Maven could not fetch Apache Kafka: {_first_error(done.stdout + done.stderr)}")
        yield folder


def _first_error(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("[ERROR] ") for line in lines if line.startswith("[ERROR]")]
    return (errors or lines or ["it said nothing"])[0]
