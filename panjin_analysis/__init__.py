"""What a Chinese city government promised, and what came of it, as checked tables.

Begin with ``load_commitments()`` and ``codebook("commitments")``.
"""

from panjin_analysis.agreement import agreement, disagreements, load_codings
from panjin_analysis.errors import DataError
from panjin_analysis.figures import plot_funnel, plot_strength, plot_types
from panjin_analysis.load import (
    codebook,
    describe_code,
    load_commitments,
    load_indicators,
    load_reports,
    load_segments,
    load_table,
    load_targets,
    load_vocabulary,
)
from panjin_analysis.quotes import with_quotes
from panjin_analysis.style import use_style
from panjin_analysis.tables import count_by, funnel, labels
