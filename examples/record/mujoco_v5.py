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

    # An open-loop gait that runs forward, found by random search; joints from hind thigh to fore foot.
    swing = np.array([1.2, 2.2, 0.6, 1.3, 0.8, 1.2])
    centre = np.array([0.2, 1.0, -0.1, -0.5, -0.3, -0.3])
    phase = np.array([1.2, 3.4, 1.3, 3.2, 3.5, 3.4])

    def run(t):
        return np.clip(centre + swing * np.sin(1.43 * t + phase) + rng.normal(0, 0.05, 6), -1, 1)

    for policy in shares([(random, 5000), (run, 5000)], out):
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
