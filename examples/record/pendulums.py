"""Gymnasium's MuJoCo pendulums and the pusher: InvertedPendulum-v5, InvertedDoublePendulum-v5, Pusher-v5."""

import mujoco
import numpy as np

from mujoco_bodies import Body
from recording import Recording


def regulator(body: Body, gains: list[float]):
    """Linear state feedback; the gains solve the Riccati equation of the upright rest."""

    def policy(t):
        return [-np.dot(gains, np.concatenate([body.data.qpos, body.data.qvel])) + body.rng.normal(0, 0.05)]

    return policy


def inverted_pendulum(seed: int) -> Recording:
    def read(world, action):
        return {"angle": world.data.qpos[1]}

    body = Body("InvertedPendulum-v5", seed, read, parts=("reward_survive",))
    body.play((body.random, 5000), (regulator(body, [-0.95, -9.97, -1.61, -1.95]), 5000))
    body.perturb(body.near(q1=s * body.rng.uniform(0.19, 0.21)) for s in (1, -1) for _ in range(100))
    return body.out


def inverted_double_pendulum(seed: int) -> Recording:
    def read(world, action):
        return {"tip": world.data.site_xpos[0], "spin": world.data.qvel[1:3]}

    parts = ("reward_survive", "distance_penalty", "velocity_penalty")
    body = Body("InvertedDoublePendulum-v5", seed, read, parts=parts)
    body.play((body.random, 5000), (regulator(body, [0.09, 0.98, 4.45, 0.18, 0.61, 0.67]), 5000))
    # About the height of 1 at which it counts as fallen, and far from the middle.
    uniform = body.rng.uniform
    body.perturb(body.near(q0=uniform(-1, 1), q1=s * uniform(0.9, 1.15)) for s in (1, -1) for _ in range(150))
    return body.out


def pusher(seed: int) -> Recording:
    def read(world, action):
        return {name: world.get_body_com(body) for name, body in
                (("tip", "tips_arm"), ("object", "object"), ("goal", "goal"))} | {"action": action}

    body = Body("Pusher-v5", seed, read, parts=("reward_dist", "reward_ctrl", "reward_near"))
    world, data = body.world, body.data
    tip = world.model.body("tips_arm").id

    def reach(t):  # the joint speeds that bring the tip to the object, by damped least squares
        whole = np.zeros((3, world.model.nv))
        mujoco.mj_jacBody(world.model, data, whole, None, tip)
        arm = whole[:, :7]
        velocity = 4 * (world.get_body_com("object") - world.get_body_com("tips_arm"))
        speeds = arm.T @ np.linalg.solve(arm @ arm.T + 0.01 * np.eye(3), velocity)
        return 2 * (speeds - data.qvel[:7])

    body.play((body.random, 4000), (reach, 5500))
    # The object anywhere, at its goal among others.
    uniform = body.rng.uniform
    body.perturb(body.near(q7=uniform(-0.3, 0), q8=uniform(-0.2, 0.2), q9=0, q10=0) for _ in range(250))
    body.perturb(body.near(q7=uniform(-0.01, 0.01), q8=uniform(-0.01, 0.01), q9=0, q10=0) for _ in range(250))
    return body.out
