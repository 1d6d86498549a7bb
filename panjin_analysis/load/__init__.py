"""Files to typed, checked tables, and what they mean."""

from panjin_analysis.load.codes import codebook, describe_code, load_vocabulary
from panjin_analysis.load.store import (
    bundled,
    data_dir,
    load_table,
    load_tables,
    load_user_table,
    read_codebook,
    read_package,
    read_user_tables,
)
from panjin_analysis.load.tables import (
    load_commitments,
    load_indicators,
    load_observations,
    load_reports,
    load_segments,
    load_targets,
)

__all__ = [
    "bundled",
    "codebook",
    "data_dir",
    "describe_code",
    "load_commitments",
    "load_indicators",
    "load_observations",
    "load_reports",
    "load_segments",
    "load_table",
    "load_tables",
    "load_targets",
    "load_user_table",
    "load_vocabulary",
    "read_codebook",
    "read_package",
    "read_user_tables",
]
