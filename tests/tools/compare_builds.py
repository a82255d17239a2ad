"""Build the sample site in other ways, and compare: `python -m tests.tools.compare_builds pythons` or `engines`.

It installs what is locked into environments of its own, and needs the network for that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support import EXAMPLES, NOW, ROOT, files


def environment(folder: Path, python: str, *locked: str) -> Path:
    """Make a virtual environment with what is locked, and give its Python."""
    uv = [str(Path(sys.executable).parent / "uv")]
    subprocess.run([*uv, "venv", "--quiet", "--no-python-downloads", "--python", python, str(folder)], check=True)
    there = folder / "bin" / "python"
    wanted = [word for name in locked for word in ("-r", str(ROOT / name))]
    install = ["pip", "install", "--quiet", "--require-hashes", "--python", str(there)]
    subprocess.run([*uv, *install, *wanted], check=True)
    return there


def built(python: Path, target: Path, *command: str) -> dict[str, bytes]:
    """Build the sample site; give its files."""
    asked = {
        "PYTHONPATH": str(ROOT / "hooks"),
        "NOTICES_DIR": str(EXAMPLES),
        "SAMPLES": "true",
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [str(python), "-m", *command, "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} with {python} failed:\n{done.stderr}")
    return files(target)


def pythons(folder: Path) -> dict[str, dict[str, bytes]]:
    """Build with each Python on the path."""
    found = {}
    for minor in range(11, 30):
        path = shutil.which(f"python3.{minor}")
        # Version managers put names on the path behind which no Python need be.
        if path and not subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode:
            python = environment(folder / f"env-{minor}", path, "requirements.txt")
            said = subprocess.run([str(python), "--version"], capture_output=True, text=True, check=True).stdout.strip()
            found[said] = built(python, folder / f"site-{minor}", "mkdocs")
    return found


def engines(folder: Path) -> dict[str, dict[str, bytes]]:
    """Build with MkDocs, then without it and with ProperDocs."""
    python = environment(folder / "env", sys.executable, "requirements.txt", "requirements-upkeep.txt")
    found = {"mkdocs": built(python, folder / "mkdocs", "mkdocs")}
    uv = str(Path(sys.executable).parent / "uv")
    subprocess.run([uv, "pip", "uninstall", "--quiet", "--python", str(python), "mkdocs"], check=True)
    found["properdocs"] = built(python, folder / "properdocs", "properdocs")
    return found


def main() -> None:
    """Compare every site with the first, and fail if a file differs."""
    with tempfile.TemporaryDirectory(prefix="noticeboard-") as temporary:
        sites = {"pythons": pythons, "engines": engines}[sys.argv[1]](Path(temporary))
    (first, expected), *others = sites.items()
    print(f"{first}: {len(expected)} files")
    differing = 0
    for name, content in others:
        names = sorted(each for each in expected | content if expected.get(each) != content.get(each))
        differing += len(names)
        print(f"{name}: {len(content)} files, {len(names)} differ {names[:20] if names else ''}")
    if not others:
        raise SystemExit("There is nothing to compare with.")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
