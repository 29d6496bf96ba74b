"""Policies for bodies with many joints: found by search once, fixed here as numbers."""

import numpy as np


def linear(data, policy):
    """Linear feedback of the package's observation (positions without x, velocities within ±10), found by
    augmented random search (Mania, Guy and Recht, 2018)."""
    gains, bias = np.array(policy["gains"]), np.array(policy["bias"])

    def act(t):
        seen = np.concatenate([data.qpos[1:], np.clip(data.qvel, -10, 10)])
        return gains @ seen + bias

    return act


def gait(rng, pace, phase, swing):
    """An open-loop gait with a little noise, found by random search."""
    return lambda t: np.array(swing) * np.sin(pace * t + np.array(phase)) + rng.normal(0, 0.05, len(phase))


def hold(data, stiffness, damping):
    """A spring in each joint of a body with a free root, which holds the pose of the start."""
    return lambda t: -stiffness * data.qpos[7:] - damping * data.qvel[6:]


def kick(low, speed):
    """Sends a body with a free root upwards whenever it sinks below `low`; no position changes by it."""

    def before(world):
        if world.data.qpos[2] < low and world.data.qvel[2] < 0:
            world.data.qvel[2] = speed

    return before

HOPPER = {
    "gains": [
        [1.82, 0.09, 2.03, 0.93, -0.09, 0.46, 0.04, 0.04, -0.07, 0.0, 0.09],
        [2.53, -0.26, -0.1, 0.4, 1.19, -0.02, -0.22, 0.04, 0.11, -0.06, 0.03],
        [5.52, -0.07, -1.35, -1.52, -0.8, -0.4, -0.16, 0.1, 0.08, 0.09, -0.22],
    ],
    "bias": [-2.15, -3.13, -6.56],
}

WALKER = {
    "gains": [
        [-1.32, 1.1, -1.08, 0.25, -1.95, 0.43, 0.71, -0.5, 0.41, 0.25, 0.33, -0.09, -0.01, -0.08, -0.02, 0.01, 0.06],
        [2.32, 0.9, 0.09, 1.48, -0.86, -0.11, 2.46, 0.39, 0.58, -0.37, 0.02, 0.13, -0.01, -0.02, 0.16, -0.09, -0.0],
        [2.41, -0.05, -1.76, -1.42, -0.95, 0.93, 1.11, -0.42, -0.39, 0.27, -0.11, 0.12, 0.13, -0.1, 0.01, -0.08, -0.07],
        [-1.26, -0.33, 0.2, 4.03, -0.89, -0.83, 0.08, 0.96, 0.27, -0.26, 0.15, -0.05, 0.15, 0.07, -0.23, -0.03, -0.05],
        [-0.89, 0.32, 0.06, 2.48, -1.48, -0.01, 2.13, 0.07, 0.21, -0.14, 0.06, -0.04, 0.09, 0.06, 0.04, 0.1, 0.08],
        [4.08, -0.85, -0.39, 1.42, 0.43, 2.84, 0.44, -0.74, -0.72, 0.05, -0.04, 0.01, 0.07, 0.07, -0.06, -0.02, -0.05],
    ],
    "bias": [2.01, -2.7, -2.49, 1.53, 1.41, -4.5],
}

ANT = {
    "pace": 0.21,
    "phase": [1.53, -3.14, -0.29, 1.06, -1.95, 0.76, 1.01, 0.3],
    "swing": [0.02, 0.49, 0.08, 0.03, 0.69, 0.68, 0.74, 0.08],
}

SWIMMER = {"pace": 0.135, "phase": [1.6, 1.01], "swing": [1.21, 1.62]}
