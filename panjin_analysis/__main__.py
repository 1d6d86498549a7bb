"""``python -m panjin_analysis`` is ``panjin``."""

import sys

from panjin_analysis.cli import main

sys.exit(main())
