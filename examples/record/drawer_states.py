"""Meta-World's drawer-open, with states after its episodes that no trajectory visits."""

import meta_world
import metaworld
import numpy as np

from recording import Recording


def drawer_open(seed: int) -> Recording:
    out = meta_world.drawer_open(seed)
    rng = np.random.default_rng(seed)
    benchmark = metaworld.MT1("drawer-open-v3", seed=seed)
    env = benchmark.train_classes["drawer-open-v3"]()
    parts = ("success", "near_object", "grasp_success", "grasp_reward", "in_place_reward", "obj_to_target")

    def near(point, *distances):
        """A point about one of these distances away, on either side of it."""
        away = rng.normal(size=3)
        return point + away / np.linalg.norm(away) * rng.choice(distances) * rng.uniform(0.98, 1.02)

    # No step is simulated: evaluate_state judges the observation it is given. About every bound of the
    # reward's, and with fingers all but shut.
    for _ in range(500):
        env.set_task(benchmark.train_tasks[out.episode % len(benchmark.train_tasks)])
        observation, _ = env.reset()
        observation[4:7] = near(env._target_pos, 0.03, 0.02, 0.0001, 0.00005)
        observation[0:3] = near(observation[4:7], 0.03, 0.01, 0.0001, 0.00001)
        observation[3] = rng.choice([0, rng.uniform(0, 0.01), rng.uniform(0, 1)])
        reward, info = env.evaluate_state(observation, np.zeros(4))
        inputs = {
            "hand": observation[0:3],
            "opening": observation[3],
            "handle": observation[4:7],
            "target": env._target_pos,
            "init_tcp": env.init_tcp,
        }
        out.start()
        out.step(False, False, inputs, reward=reward, **{p: info[p] for p in parts})
    return out
