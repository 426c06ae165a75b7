"""Apache Kafka's jars are used only as the committed sums have them; what is absent is told in one line."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from deploy.kafka import jars
from deploy.kafka.errors import KafkaUnavailable
from deploy.kafka.java import java


def folder_with(path: Path, **contents: bytes) -> Path:
    path.mkdir(parents=True)
    for name, content in contents.items():
        (path / f"{name}.jar").write_bytes(content)
    return path


def sums_of(path: Path, **contents: bytes) -> Path:
    path.write_text(
        "".join(f"{hashlib.sha256(content).hexdigest()}  {name}.jar\n" for name, content in contents.items())
    )
    return path


def test_only_listed_jars_are_on_the_class_path(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "jars", broker=b"1", tools=b"2", stray=b"3")
    path = jars.classpath(folder, sums_of(tmp_path / "sums", broker=b"1", tools=b"2"))
    assert path == os.pathsep.join([str(folder / "broker.jar"), str(folder / "tools.jar")])


def test_a_jar_that_differs_is_named_in_one_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "jars", broker=b"1", tools=b"tampered with")
    with pytest.raises(KafkaUnavailable, match=rf"^{folder}/tools\.jar is not what .*sha256 says") as caught:
        jars.classpath(folder, sums_of(tmp_path / "sums", broker=b"1", tools=b"2"))
    assert "\n" not in str(caught.value)


MAVEN = """#!/bin/sh
for argument; do case $argument in -DoutputDirectory=*) folder=${argument#*=};; esac; done
printf fetched > "$folder/broker.jar"
"""


def command(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fetches a single jar."""
    command(tmp_path / "bin", "mvn", MAVEN)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("maven")
def test_what_is_absent_is_fetched_once_and_checked_before_it_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "jars"
    with pytest.raises(KafkaUnavailable, match=r"broker\.jar is not what"):
        jars.classpath(folder, sums_of(tmp_path / "other", broker=b"something else"))
    assert not folder.exists()
    with pytest.raises(KafkaUnavailable, match=r"^tools\.jar is listed in .* and pom\.xml does not fetch it"):
        jars.classpath(folder, sums_of(tmp_path / "more", broker=b"fetched", tools=b"2"))
    sums = sums_of(tmp_path / "sums", broker=b"fetched")
    assert jars.classpath(folder, sums) == str(folder / "broker.jar")
    (tmp_path / "bin" / "mvn").unlink()
    assert jars.classpath(folder, sums) == str(folder / "broker.jar")
    assert [path.name for path in folder.parent.iterdir()] == ["jars"]


@pytest.mark.usefixtures("maven")
def test_sums_are_written_as_they_are_read(tmp_path: Path) -> None:
    assert jars.update_sums(tmp_path / "sums") == 1
    assert (tmp_path / "sums").read_bytes() == sums_of(tmp_path / "wanted", broker=b"fetched").read_bytes()


def test_what_maven_says_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path / "bin", "mvn", "#!/bin/sh\necho '[ERROR] no such artifact'\necho '[ERROR] more'\nexit 1\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(KafkaUnavailable, match=r"^Maven could not fetch Apache Kafka: no such artifact$"):
        jars.update_sums(tmp_path / "sums")


OLD_JAVA = "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n"


@pytest.mark.parametrize(
    ("script", "line"),
    [(None, "Java is absent, and Apache Kafka needs 17"), (OLD_JAVA, "Java is 11 here, and Apache Kafka needs 17")],
)
def test_java_that_is_absent_or_old_is_told(
    script: str | None, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script:
        command(tmp_path, "java", script)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KafkaUnavailable, match=rf"^{line}: on Debian, apt install default-jre-headless$"):
        java.__wrapped__()


def test_the_sums_list_the_broker_and_its_tools() -> None:
    version = jars.kafka_version()
    assert f"<kafka.version>{version}</kafka.version>" in jars.POM.read_text()
    assert {f"kafka_2.13-{version}.jar", f"kafka-tools-{version}.jar"} <= jars.read_sums(jars.SUMS).keys()
