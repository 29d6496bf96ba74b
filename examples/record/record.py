"""Records real transitions of published tasks: what their reward read, and what it answered.

    python record.py all --out ..
    python record.py gymnasium/pendulum --out /tmp/recorded
"""

import argparse
import importlib
from pathlib import Path

# Task to module and function; a module is imported only when asked for.
TASKS = {
    "gymnasium/cartpole": ("classic", "cartpole"),
    "gymnasium/mountain_car": ("classic", "mountain_car"),
    "gymnasium/pendulum": ("classic", "pendulum"),
    "gymnasium/lunar_lander": ("lander", "lunar_lander"),
    "gymnasium/half_cheetah": ("mujoco_v5", "half_cheetah"),
    "gymnasium/reacher": ("mujoco_v5", "reacher"),
    "gymnasium/acrobot": ("classic", "acrobot"),
    "gymnasium/mountain_car_discrete": ("classic", "mountain_car_discrete"),
    "gymnasium/bipedal_walker": ("walker_racer", "bipedal_walker"),
    "gymnasium/car_racing": ("walker_racer", "car_racing"),
    "gymnasium/hopper": ("mujoco_bodies", "hopper"),
    "gymnasium/walker2d": ("mujoco_bodies", "walker2d"),
    "gymnasium/ant": ("mujoco_bodies", "ant"),
    "gymnasium/humanoid": ("mujoco_bodies", "humanoid"),
    "gymnasium/humanoid_standup": ("mujoco_bodies", "humanoid_standup"),
    "gymnasium/swimmer": ("mujoco_bodies", "swimmer"),
    "gymnasium/inverted_pendulum": ("pendulums", "inverted_pendulum"),
    "gymnasium/inverted_double_pendulum": ("pendulums", "inverted_double_pendulum"),
    "gymnasium/pusher": ("pendulums", "pusher"),
    "metaworld/reach": ("meta_world", "reach"),
    "metaworld/drawer_open": ("drawer_states", "drawer_open"),
    "dm_control/cartpole_swingup": ("dm", "cartpole_swingup"),
}
SEED = 20250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["all", *TASKS])
    parser.add_argument("--out", type=Path, required=True, help="folder; a task's file is OUT/SUITE/TASK/TASK.parquet")
    args = parser.parse_args()
    for task in TASKS if args.task == "all" else [args.task]:
        module, function = TASKS[task]
        recording = getattr(importlib.import_module(module), function)(SEED)
        path = args.out / task / f"{Path(task).name}.parquet"
        recording.write(path)
        ends = sum(row["terminated"] for row in recording.rows)
        print(f"{task}: {recording.steps} steps, {recording.episode + 1} episodes, {ends} terminated, "
              f"{path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
