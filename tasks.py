"""Set-up and chores with nothing but Python: ``python3 tasks.py run`` (Windows: ``py tasks.py run``).

Makes ``.venv`` beside this file from the hashed lock when it is missing or out
of date, then does the job in it. The system's Python is never touched.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("PANJIN_VENV", ROOT / ".venv"))
LOCK = ROOT / "requirements.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

PYTEST = ["-m", "pytest"]
LOCKING = [
    *("--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
    *("--python-version", "3.11", "--group", "dev"),
]
JOBS = {
    "run": [["-m", "panjin_analysis", "build"]],
    "test": [PYTEST],
    # The tests come last, so that their closing line is the last thing printed.
    "check": [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
        PYTEST,
    ],
    # Universal: one lock for every platform and Python. It names no address.
    "lock": [
        ["-m", "uv", "pip", "compile", "--quiet", *LOCKING, "--output-file", "requirements.lock", "pyproject.toml"]
    ],
    "lab": [["-m", "panjin_analysis", "lab"]],
}
USAGE = f"""用法 / usage: python3 tasks.py [{" | ".join(JOBS)}] [...]
  run    生成全部图表、工作簿和笔记本 / build every chart, workbook and notebook
  test   运行全部测试 / run every test
  check  代码规范、类型检查和全部测试 / lint, format, types and every test
  lock   按 pyproject.toml 更新锁文件 / renew the lock from pyproject.toml
  lab    在笔记本的副本上打开 JupyterLab / open JupyterLab on copies of the notebooks"""


def fingerprint() -> str:
    """Return what the environment was made from, so that a change remakes it."""
    made_from = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(made_from + repr((sys.version_info[:2], str(ROOT))).encode()).hexdigest()


def ready() -> None:
    """Make the environment unless it is there and made from today's lock."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"需要 Python 3.11–3.13，当前为 {found} / Python 3.11 to 3.13 is needed, this is {found}")
    mark = VENV / ".made-from"
    if PYTHON.exists() and mark.exists() and mark.read_text() == fingerprint():
        return
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        sys.exit(f"{VENV} 不是虚拟环境，未改动 / {VENV} is not a virtual environment and was left alone")
    print(f"正在准备环境（首次约一分钟）/ preparing {VENV} (about a minute the first time) …", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("缺少 venv 模块，Debian/Ubuntu 请安装 python3-venv / install the package python3-venv, then run again")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    install(*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
    # Without build isolation nothing more is downloaded: setuptools is in the lock.
    install(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    mark.write_text(fingerprint())


def install(*command: str) -> None:
    """Run pip; stop with one line (pip has printed its own) when it fails."""
    if subprocess.run(command, check=False).returncode:
        sys.exit("安装失败，请检查网络后重试 / installing failed; check the network and run the same line again")


def main(argv: list[str]) -> int:
    """Run one job; extra words go to its last command."""
    job, *rest = argv or [""]
    if job not in JOBS:
        print(USAGE)
        return 0 if job in {"-h", "--help", "help"} else 2
    ready()
    environment = {**os.environ, "PYTHONUTF8": "1", "MPLBACKEND": os.environ.get("MPLBACKEND", "Agg")}
    *first, last = JOBS[job]
    for words in [*first, [*last, *rest]]:
        status = subprocess.call([str(PYTHON), *words], cwd=ROOT, env=environment)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
