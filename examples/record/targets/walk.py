"""Steps of a robot on four legs, drawn about everything that its published rewards ask."""

from typing import Any

import numpy as np

from draw import Draw

FEET, JOINTS = 4, 12


class Walk:
    """One episode: the feet come down and lift, the rest is drawn anew in each step."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.down = np.array([draw.chance() for _ in range(FEET)])
        # standing still is below 0.1 m/s
        aside = draw.reals(-3, 3)
        self.command = np.round(draw.of(0, 0.09, 0.0995, 0.1005, 0.5, 1) * np.array([np.cos(aside), np.sin(aside)]), 4)
        self.turn = draw.reals(-1, 1, digits=1)

    def forces(self) -> np.ndarray:
        """Of each foot: a contact is more than 1 N, and may be hard, or sideways."""
        draw = self.draw
        self.down ^= draw.random.random(FEET) < draw.of(0, 0, 0, 0.5)
        up = np.where(self.down, draw.reals(0, 150, FEET, digits=0) + 1.005, draw.reals(0, 1, FEET, digits=0) * 0.995)
        aside = draw.near(np.zeros((FEET, 2)), [0.5, 20], digits=1)
        if draw.chance(0.2):  # about five times as much as upwards
            aside[0] = [0, 5 * up[0] * draw.of(0.9, 0.995, 1.005, 1.2)]
        return np.round(np.column_stack([aside, up]), 4)

    def step(self) -> dict[str, Any]:
        draw = self.draw
        moved = draw.near(np.append(self.command, 0), [0.1, 1])
        return dict(
            linear=moved, angular=draw.near([0, 0, self.turn], [0.1, 1]), gravity=draw.near([0, 0, -1], [0.1, 1]),
            angle=draw.reals(-1.2, 1.2, JOINTS, digits=2), rate=draw.reals(-11, 11, JOINTS, digits=1),
            torque=draw.reals(-25, 25, JOINTS, digits=1), action=draw.reals(-1, 1, JOINTS, digits=2), feet=self.forces(),
            command=self.command, turn=self.turn)
