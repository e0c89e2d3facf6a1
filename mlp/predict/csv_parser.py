"""Parse chunks of a CSV file with Arrow, each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from mlp.core.errors import InputError
from mlp.data import gaps, number_styles
from mlp.data.csv_format import Format
from mlp.predict import faults
from mlp.predict.batch import Batch
from mlp.predict.header import Header
from mlp.predict.records import Chunk
from mlp.predict.wanted import Wanted

Types = dict[str, pa.DataType]


@dataclass(frozen=True)
class Refused:
    """A chunk that Arrow refuses, and its reason."""

    chunk: Chunk
    error: pa.ArrowException


@dataclass(frozen=True)
class Parser:
    """Parse chunks of one file.

    Attributes
    ----------
    header : Header
    wanted : Wanted
    """

    header: Header
    wanted: Wanted

    def types(self, chunk: Chunk) -> Types:
        """Return the type to read each column of features as, given the first chunk.

        True and false are numbers, which Arrow reads only as bool.
        """
        columns = self.wanted.columns
        texts = dict.fromkeys([*columns.texts, *columns.derived.columns], pa.string())
        try:
            schema = self._read(chunk, self.wanted.sources, texts).schema
        except pa.ArrowException as error:
            raise InputError(faults.find(chunk, error, self.header, 0)) from None
        bools = {field.name for field in schema if pa.types.is_boolean(field.type)}
        numbers = [name for name in self.wanted.sources if name not in texts]
        return texts | {name: pa.bool_() if name in bools else pa.float64() for name in numbers}

    def batch(self, item: tuple[Chunk, int], types: Types) -> Batch | Refused:
        """Return the rows of a chunk, numbered from 0, given the position behind it in the file."""
        chunk, position = item
        try:
            table = self._features(chunk, types)
            carried = self._carried(chunk)
        except pa.ArrowException as error:
            return Refused(chunk, error)
        return Batch(table=table, carried=carried, first=0, position=position)

    def _features(self, chunk: Chunk, types: Types) -> pa.Table:
        try:
            return self._read(chunk, self.wanted.sources, types)
        except pa.ArrowException:
            if (table := self._with_blanks(chunk, types)) is None:
                raise
            return table

    def _with_blanks(self, chunk: Chunk, types: Types) -> pa.Table | None:
        """Return the features if texts of spaces alone, which are gaps, are all that Arrow refuses.

        The stage load takes them too: see `mlp.data.numbers_as_text.without_gaps`.
        """
        number = pa.float64()
        texts = {name: pa.string() if kind == number else kind for name, kind in types.items()}
        table = self._read(chunk, self.wanted.sources, texts)
        for place, name in enumerate(table.column_names):
            if types[name] == number:
                try:
                    values = _numbers(table[name], self.header.form)
                except pa.ArrowException:
                    return None
                table = table.set_column(place, name, values)
        return table

    def _carried(self, chunk: Chunk) -> list[pa.Array]:
        """Return the columns to carry along, as they are written."""
        names = self.wanted.carried
        if not names:
            return []
        table = self._read(chunk, names, dict.fromkeys(names, pa.string()))
        return [column.combine_chunks() for column in table.columns]

    def _read(self, chunk: Chunk, names: Sequence[str], types: Types) -> pa.Table:
        form = self.header.form
        converting = form.convert_options(types)
        converting.include_columns = names
        parsing = form.parse_options
        parsing.newlines_in_values = chunk.is_multiline  # which takes one more pass
        size = len(chunk.text) + 1
        reading = csv.ReadOptions(
            column_names=self.header.names, use_threads=False, block_size=size
        )
        return csv.read_csv(
            pa.BufferReader(chunk.text),
            parse_options=parsing,
            convert_options=converting,
            read_options=reading,
        )


def _numbers(texts: pa.ChunkedArray, form: Format) -> pa.ChunkedArray:
    """Return texts as numbers; a gap is null. ArrowException says that a text is not a number."""
    marked = gaps.marked(gaps.without_blanks(texts), form.convert_options({}).null_values)
    plain = number_styles.with_point(pc.utf8_trim_whitespace(marked), form.decimal)
    return plain.cast(pa.float64())
