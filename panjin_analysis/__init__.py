"""What a Chinese city government promised, and what came of it, as checked tables.

Begin with ``load_commitments()`` and ``codebook("commitments")``.
"""

from panjin_analysis.agreement import agreement, load_codings
from panjin_analysis.cite import cite
from panjin_analysis.compare import (
    add_previous,
    add_result,
    continuity,
    count_continuity,
    count_fulfilment,
    fulfilment,
    fulfilment_range,
    histories,
    history,
    promises,
    stage_ladder,
    targets_compared,
)
from panjin_analysis.errors import DataError
from panjin_analysis.export import export
from panjin_analysis.extraction import extract, extract_many
from panjin_analysis.figures import (
    plot_continuity,
    plot_fulfilment,
    plot_funnel,
    plot_histories,
    plot_ladder,
    plot_promises,
    plot_range,
    plot_strength,
    plot_targets,
    plot_types,
)
from panjin_analysis.load import (
    codebook,
    describe_code,
    load_commitments,
    load_indicators,
    load_observations,
    load_reports,
    load_segments,
    load_table,
    load_targets,
    load_vocabulary,
)
from panjin_analysis.quotes import with_quotes
from panjin_analysis.readable import readable
from panjin_analysis.style import use_style
from panjin_analysis.tables import count_by, funnel
