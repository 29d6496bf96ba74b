"""dm_control's cartpole swingup."""

import os

os.environ.setdefault("MUJOCO_GL", "disable")  # nothing is drawn

import numpy as np
from dm_control import suite

from recording import Recording, shares


def cartpole_swingup(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = suite.load("cartpole", "swingup", task_kwargs={"random": seed})
    physics = env.physics
    out = Recording()

    def random(*state):
        return rng.uniform(-1, 1)

    def swing_up(x, v, theta, spin):
        # Pump energy until it is that of the upright rest, keep to the middle, then balance.
        theta = np.remainder(theta + np.pi, 2 * np.pi) - np.pi
        if abs(theta) < 0.4 and abs(spin) < 4:
            return float(np.clip(2.5 * theta + 0.7 * spin + 0.1 * x + 0.25 * v, -1, 1))
        energy = spin**2 / 2 + 1.5 * 9.81 * (np.cos(theta) - 1)
        return float(np.clip(0.05 * energy * spin * np.cos(theta) - 0.3 * x - 0.2 * v, -1, 1))

    for policy in shares([(random, 3000), (swing_up, 7000)], out):
        env.reset()
        out.start()
        done = False
        while not done:
            (x, theta), (v, spin) = physics.data.qpos, physics.data.qvel
            after = env.step([policy(x, v, theta, spin)])
            # get_reward is the last to touch the physics in a step; read it by the same methods.
            inputs = {
                "cart": physics.cart_position(),
                "pole_cosine": physics.pole_angle_cosine()[0],
                "pole_speed": physics.angular_vel()[0],
                "control": physics.control()[0],
            }
            done = after.last()
            # A suite task without a failure ends by its time limit alone, with discount 1.
            out.step(done and after.discount == 0, done and after.discount == 1, inputs, reward=after.reward)
    return out
