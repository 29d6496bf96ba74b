"""Meta-World v3: reach and drawer-open."""

import metaworld
import numpy as np
from metaworld.policies import SawyerDrawerOpenV3Policy, SawyerReachV3Policy

from recording import Recording, shares


def play(name: str, seed: int, scripted, read, parts: tuple[str, ...]) -> Recording:
    rng = np.random.default_rng(seed)
    benchmark = metaworld.MT1(name, seed=seed)
    env = benchmark.train_classes[name]()
    out = Recording()

    def random(observation):
        return rng.uniform(-1, 1, 4)

    for policy in shares([(random, 3000), (scripted.get_action, 7000)], out):
        # Each episode has another of the benchmark's goals.
        env.set_task(benchmark.train_tasks[(out.episode + 1) % len(benchmark.train_tasks)])
        observation, _ = env.reset()
        out.start()
        done = False
        while not done:
            action = np.asarray(policy(observation), np.float64)
            observation, reward, terminated, truncated, info = env.step(action)
            # evaluate_state, the last thing in a step, saw exactly this observation and these bodies.
            out.step(terminated, truncated, read(env, observation), reward=reward, **{p: info[p] for p in parts})
            done = terminated or truncated
    return out


def reach(seed: int) -> Recording:
    def read(env, observation):
        return {"tcp": env.tcp_center, "target": env._target_pos}

    return play("reach-v3", seed, SawyerReachV3Policy(), read, ("success", "in_place_reward", "obj_to_target"))


def drawer_open(seed: int) -> Recording:
    def read(env, observation):
        return {
            "hand": observation[0:3],
            "opening": observation[3],
            "handle": observation[4:7],
            "target": env._target_pos,
            "init_tcp": env.init_tcp,
        }

    parts = ("success", "near_object", "grasp_success", "grasp_reward", "in_place_reward", "obj_to_target")
    return play("drawer-open-v3", seed, SawyerDrawerOpenV3Policy(), read, parts)
