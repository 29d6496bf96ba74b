"""Rows of one task, and how they become a Parquet file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


def plain(value: Any) -> Any:
    """The value as Python's own bool, text, float (binary64) or list of them; None stays None."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    return float(value)


def pose(name: str, position: Any, rotation: Any) -> dict[str, Any]:
    """The columns of a pose."""
    return {f"{name}.position": position, f"{name}.rotation": rotation}


def same(was: Any, now: Any) -> bool:
    """Whether two cells are equal, numbers within the tolerance of the ports."""
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(same, was, now))
    if isinstance(was, float) and isinstance(now, float):
        return was == now or abs(was - now) <= 1e-9 * max(1.0, abs(was))
    return was == now


def leaf(path: str, kind: pa.DataType) -> tuple[str, pa.DataType]:
    """The path and type of the numbers in a column of (lists of) them."""
    return leaf(f"{path}.list.element", kind.value_type) if pa.types.is_list(kind) else (path, kind)


class Recording:
    """Whole episodes, one after the other; a row holds what the reward read and what it answered."""

    def __init__(self, split: bool = False) -> None:
        """With `split`, the first bytes of all numbers of a column stand together, then the second ones, and so on:
        smaller where numbers hardly ever repeat."""
        self.split = split
        self.rows: list[dict[str, Any]] = []
        self.episode = -1
        self.steps = 0

    def start(self, **inputs: Any) -> None:
        """A new episode. With inputs, its reset observation becomes a row that is no step."""
        self.episode += 1
        if inputs:
            self._append(False, False, True, inputs, {})

    def step(self, terminated: bool, truncated: bool, inputs: dict[str, Any], **source: Any) -> None:
        self.steps += 1
        self._append(terminated, truncated, False, inputs, source)

    def _append(self, terminated, truncated, reset, inputs, source) -> None:
        row = {"episode": self.episode, "terminated": bool(terminated), "truncated": bool(truncated), "reset": reset}
        row |= {name: plain(v) for name, v in inputs.items()}
        row |= {f"source.{name}": plain(v) for name, v in source.items()}
        self.rows.append(row)

    def table(self) -> pa.Table:
        # A reset row lacks some columns, so the names come from all rows, in the order of a step's.
        names = dict.fromkeys(name for row in (self.rows[-1], *self.rows) for name in row)
        return pa.table({name: pa.array([row.get(name) for row in self.rows]) for name in names})

    def write(self, path: Path) -> None:
        table = self.table()
        path.parent.mkdir(parents=True, exist_ok=True)
        leaves = [leaf(field.name, field.type) for field in table.schema]
        split = [path for path, kind in leaves if self.split and kind == pa.float64()]
        options = {"use_dictionary": False, "use_byte_stream_split": split} if split else {}
        # No Arrow schema inside: plain Parquet types say all there is to say.
        pq.write_table(
            table, path, compression="zstd", compression_level=19, store_schema=False, **options
        )

    def difference(self, path: Path) -> str | None:
        """The first place where this is not what was recorded in a file; None where there is none."""
        was, now = pq.read_table(path), self.table()
        if was.column_names != now.column_names:
            return f"columns {was.column_names} were recorded, now {now.column_names}"
        for name in was.column_names:
            for row, pair in enumerate(zip(was[name].to_pylist(), now[name].to_pylist())):
                if not same(*pair):
                    return f"row {row}, {name}: {pair[0]} was recorded, now {pair[1]}"
        if was.num_rows != now.num_rows:
            return f"{was.num_rows} rows were recorded, now {now.num_rows}"
        return None


def shares(policies: Iterable[tuple[Any, int]], out: Recording):
    """Yields each policy until the recording has as many steps more as its share; episodes stay whole."""
    for policy, share in policies:
        end = out.steps + share
        while out.steps < end:
            yield policy
