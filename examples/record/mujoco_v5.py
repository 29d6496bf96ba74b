"""Gymnasium's MuJoCo tasks: HalfCheetah-v5, Reacher-v5."""

import gymnasium as gym
import numpy as np

from recording import Recording, shares


def half_cheetah(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("HalfCheetah-v5", disable_env_checker=True)
    data = env.unwrapped.data
    out = Recording()

    def random(t):
        return rng.uniform(-1, 1, 6)

    def gallop(t):  # an open-loop gait: hind and front leg swing in turn, with some noise
        phase = 0.6 * t + np.array([0, 0.8, 1.6, 3.1, 3.9, 4.7])
        return np.clip(0.8 * np.sin(phase) + rng.normal(0, 0.05, 6), -1, 1)

    for policy in shares([(random, 5000), (gallop, 5000)], out):
        env.reset(seed=seed + out.episode)
        out.start(x=data.qpos[0])
        done, t = False, 0
        while not done:
            action = policy(t)
            _, reward, terminated, truncated, info = env.step(action)
            parts = {name: info[name] for name in ("reward_forward", "reward_ctrl")}
            out.step(terminated, truncated, {"x": data.qpos[0], "action": action}, reward=reward, **parts)
            done, t = terminated or truncated, t + 1
    return out


def reacher(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("Reacher-v5", disable_env_checker=True)
    world = env.unwrapped
    out = Recording()

    def random():
        return rng.uniform(-1, 1, 2)

    def reach():  # a spring from the fingertip to the target, through the arm's Jacobian
        tip, target = world.get_body_com("fingertip")[:2], world.get_body_com("target")[:2]
        elbow = world.get_body_com("body1")[:2]
        force = 3 * (target - tip)
        torque = [arm[0] * force[1] - arm[1] * force[0] for arm in (tip, tip - elbow)]
        return np.clip(torque - 0.02 * world.data.qvel[:2], -1, 1)

    for policy in shares([(random, 4000), (reach, 6000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        done = False
        while not done:
            action = policy()
            _, reward, terminated, truncated, info = env.step(action)
            inputs = {
                "fingertip": world.get_body_com("fingertip"),
                "target": world.get_body_com("target"),
                "action": action,
            }
            parts = {name: info[name] for name in ("reward_dist", "reward_ctrl")}
            out.step(terminated, truncated, inputs, reward=reward, **parts)
            done = terminated or truncated
    return out
