"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "configs" / "demo.yaml"
PAGES = ROOT / "tests" / "pages"
SUPPORT = ROOT / "tests" / "support"
