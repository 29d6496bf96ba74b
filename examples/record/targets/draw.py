"""Inputs drawn from a seed, rounded so that they are short in a file."""

from typing import Any

import numpy as np


class Draw:
    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def reals(self, low: float, high: float, shape: Any = None, digits: int = 3) -> Any:
        return np.round(self.random.uniform(low, high, shape), digits)

    def near(self, centre: Any, widths: Any, digits: int = 3) -> np.ndarray:
        """A point beside `centre`, at a scale drawn from `widths`: thresholds of all sizes are met from both sides."""
        centre = np.asarray(centre, float)
        return np.round(centre + self.random.choice(widths) * self.random.uniform(-1, 1, centre.shape), digits)

    def chance(self, share: float = 0.5) -> bool:
        return bool(self.random.random() < share)

    def quaternion(self, digits: int = 6) -> np.ndarray:
        q = self.random.normal(size=4)
        return q / np.linalg.norm(q)

    def of(self, *values: Any) -> Any:
        return values[self.random.integers(len(values))]
