#!/usr/bin/env bash
# The image of deploy/Dockerfile without a container engine (Debian, as root: buildah, mmdebstrap), and a look at what it
# does. Its base is Debian's own Python, put together here. Image and base are kept in build/image. With arguments:
# runs that command of wiredelta in the image, with this shell's WIREDELTA_ variables and this machine's network.
set -euo pipefail
cd "$(dirname "$0")/.."

kept=$PWD/build/image
base=localhost/python-base
tag=localhost/wiredelta

buildah() { command buildah --root "$kept/storage" --runroot "$kept/run" --storage-driver vfs "$@"; }
container=
trap 'if [ -n "$container" ]; then buildah rm "$container" >/dev/null; fi' EXIT
run() { buildah run --isolation chroot "$@"; }

if [ $# -gt 0 ]; then
  settings=()
  while read -r name; do settings+=(--env "$name=${!name}"); done < <(compgen -e WIREDELTA_ || true)
  container=$(buildah from "$tag")
  run "${settings[@]}" "$container" -- wiredelta "$@"
  exit
fi

# What pip is told on this machine holds in the build too, and stays out of the image: its settings, its certificates.
mkdir -p "$kept"
{
  grep -v '^\[' /etc/pip.conf 2>/dev/null || true
  env | sed -n 's/^PIP_\([A-Z_]*\)=/\1 = /p' | awk -F' = ' '{n=tolower($1); gsub("_","-",n); print n " = " $2}' | grep -E '^(cert|index-url|extra-index-url|trusted-host) ' || true
} | sort -u | sed '1i [global]' >"$kept/pip.conf"
volumes=(--volume "$kept/pip.conf:/etc/pip.conf:ro")
if [ -n "${PIP_CERT:-}" ]; then volumes+=(--volume "$PIP_CERT:$PIP_CERT:ro"); fi

if ! buildah images -q "$base" >/dev/null 2>&1; then
  mmdebstrap --quiet --variant=minbase --mode=root --include=ca-certificates,python-is-python3,python3,python3-venv \
    bookworm "$kept/base.tar"
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$kept/base.tar" / >/dev/null
  buildah commit --quiet --rm "$container" "$base" >/dev/null
  container=
fi

buildah build --quiet --isolation chroot --build-arg BASE="$base" "${volumes[@]}" -f deploy/Dockerfile -t "$tag" .

container=$(buildah from "$tag")
run "$container" -- wiredelta --version
run "$container" -- sh -c 'test "$(id -u)" = 10001 && test -w /var/lib/wiredelta && ! test -w /opt/wiredelta'
run "$container" -- python -c 'from streams.facts.language.parse import model; model(); print("texts can be read")'
buildah rmi --prune --force >/dev/null # what this build replaces
buildah images "$tag"
