"""How a CSV file is written, and the options that tell Arrow so."""

from dataclasses import dataclass

import pyarrow as pa
from pyarrow import csv

BLOCK = 1 << 20  # bytes that one thread parses at a time
WIDTH = 512  # bytes a block has at least for each byte of the header: hundreds of whole rows


@dataclass(frozen=True)
class Format:
    """The character between fields, the decimal sign, the encoding, and texts that mark gaps."""

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    missing: tuple[str, ...] = ()

    @property
    def parse_options(self) -> csv.ParseOptions:
        """Arrow's options for parsing; a quoted text may hold line breaks."""
        return csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True)

    def convert_options(self, types: dict[str, pa.DataType]) -> csv.ConvertOptions:
        """Return Arrow's options for the values, given the types of some columns."""
        options = csv.ConvertOptions(column_types=types, decimal_point=self.decimal)
        # Arrow compares whole fields, and people write a space after a comma.
        gaps = ["", *self.missing]
        spaced = [f"{a}{text}{b}" for text in gaps for a in ("", " ") for b in ("", " ")]
        options.null_values = [*options.null_values, *spaced]
        return options

    def read_options(
        self, names: list[str], block: int = BLOCK, *, threads: bool = True
    ) -> csv.ReadOptions:
        """Return Arrow's options for reading, given the names in the header."""
        size = max(block, WIDTH * len("".join(names)))
        return csv.ReadOptions(encoding=self.encoding, block_size=size, use_threads=threads)
