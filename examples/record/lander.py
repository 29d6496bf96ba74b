"""Gymnasium's LunarLander-v3, with continuous engines."""

import gymnasium as gym
import numpy as np

from recording import Recording, shares

# As in gymnasium/envs/box2d/lunar_lander.py: half the viewport, in metres of Box2D.
HALF_W, HALF_H, LEG_DOWN, FPS = 600 / 30 / 2, 400 / 30 / 2, 18 / 30, 50


def read(env) -> dict:
    """What `shaping` and the endings are computed from: the bodies, not the binary32 observation."""
    body = env.lander
    return {
        "position": [
            (body.position.x - HALF_W) / HALF_W,
            (body.position.y - (env.helipad_y + LEG_DOWN)) / HALF_H,
        ],
        "velocity": [body.linearVelocity.x * HALF_W / FPS, body.linearVelocity.y * HALF_H / FPS],
        "angle": body.angle,
        "legs": [bool(leg.ground_contact) for leg in env.legs],
        "crashed": bool(env.game_over),
        "asleep": not body.awake,
    }


def lunar_lander(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("LunarLander-v3", continuous=True, disable_env_checker=True)
    out = Recording()

    def random(s):
        return rng.uniform(-1, 1, 2)

    def land(s):
        # Lean towards the pad, sink slower the lower it is; the idea of the package's own heuristic.
        x, y, vx, vy, angle, spin, left, right = (float(v) for v in s)
        if left or right:
            lift, turn = -0.5 * vy, 0.0
        else:
            lean = float(np.clip(0.5 * x + vx, -0.4, 0.4))
            lift = 0.5 * (0.55 * abs(x) - y) - 0.5 * vy
            turn = 0.5 * (lean - angle) - spin
        return np.clip([20 * lift - 1, -20 * turn], -1, 1)

    def hover(s):  # until the time limit
        x, y, vx, vy, angle, spin, *_ = (float(v) for v in s)
        lean = float(np.clip(0.5 * x + vx, -0.4, 0.4))
        lift, turn = 0.5 * (0.6 - y) - 0.5 * vy, 0.5 * (lean - angle) - spin
        return np.clip([20 * lift - 1, -20 * turn], -1, 1)

    for policy in shares([(random, 4000), (land, 6000), (hover, 1000)], out):
        observation, _ = env.reset(seed=seed + out.episode)
        # reset() ends with a step of its own, without engines, which sets the first shaping:
        # the state it leaves is the reset observation.
        out.start(**read(env.unwrapped))
        done = False
        while not done:
            action = policy(observation)
            observation, reward, terminated, truncated, _ = env.step(action)
            out.step(terminated, truncated, read(env.unwrapped) | {"action": action}, reward=reward)
            done = terminated or truncated
    return out
