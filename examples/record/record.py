"""Records real transitions of published tasks: what their reward read, and what it answered.

    python record.py all --out ..
    python record.py gymnasium/pendulum gymnasium/cartpole --out /tmp/recorded
    python record.py gymnasium/pendulum --compare ..
"""

import argparse
import importlib
import sys
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
    "metaworld/push": ("meta_world", "push"),
    "metaworld/pick_place": ("meta_world", "pick_place"),
    "metaworld/door_open": ("meta_world", "door_open"),
    "metaworld/door_close": ("meta_world", "door_close"),
    "metaworld/drawer_close": ("meta_world", "drawer_close"),
    "metaworld/button_press": ("meta_world", "button_press"),
    "metaworld/button_press_topdown": ("meta_world", "button_press_topdown"),
    "metaworld/window_open": ("meta_world", "window_open"),
    "metaworld/window_close": ("meta_world", "window_close"),
    "metaworld/faucet_open": ("meta_world", "faucet_open"),
    "metaworld/lever_pull": ("meta_world", "lever_pull"),
    "metaworld/plate_slide": ("meta_world", "plate_slide"),
    "metaworld/sweep": ("meta_world", "sweep"),
    "metaworld/sweep_into": ("meta_world", "sweep_into"),
    "metaworld/coffee_button": ("meta_world", "coffee_button"),
    "metaworld/handle_press": ("meta_world", "handle_press"),
    "metaworld/dial_turn": ("meta_world", "dial_turn"),
    "metaworld/box_close": ("meta_world", "box_close"),
    "rlgym/flip_reset": ("rlgym_cars", "flip_reset"),
    "rlgym/distribute_rewards": ("rlgym_cars", "distribute_rewards"),
    "dm_control/cartpole_swingup": ("dm", "cartpole_swingup"),
    "dm_control/tolerance": ("dm_suite", "tolerance"),
    "dm_control/cheetah_run": ("dm_suite", "cheetah_run"),
    "dm_control/walker_stand": ("dm_suite", "walker_stand"),
    "dm_control/walker_walk": ("dm_suite", "walker_walk"),
    "dm_control/walker_run": ("dm_suite", "walker_run"),
    "dm_control/hopper_stand": ("dm_suite", "hopper_stand"),
    "dm_control/hopper_hop": ("dm_suite", "hopper_hop"),
    "dm_control/reacher_easy": ("dm_suite", "reacher_easy"),
    "dm_control/reacher_hard": ("dm_suite", "reacher_hard"),
    "dm_control/finger_spin": ("dm_suite", "finger_spin"),
    "dm_control/finger_turn_easy": ("dm_suite", "finger_turn_easy"),
    "dm_control/finger_turn_hard": ("dm_suite", "finger_turn_hard"),
}
SEED = 20250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="+", choices=["all", *TASKS], metavar="TASK", help=f"all, {', '.join(TASKS)}")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="write OUT/SUITE/TASK/TASK.parquet")
    what.add_argument("--compare", type=Path, metavar="OUT", help="write nothing: compare with what is there")
    args = parser.parse_args()
    differ = False
    for task in TASKS if "all" in args.tasks else args.tasks:
        module, function = TASKS[task]
        recording = getattr(importlib.import_module(module), function)(SEED)
        path = (args.out or args.compare) / task / f"{Path(task).name}.parquet"
        if args.compare:
            difference = recording.difference(path)
            differ |= difference is not None
            print(f"{task}: {difference or f'{len(recording.rows)} rows, as recorded'}")
        else:
            recording.write(path)
            ends = sum(row["terminated"] for row in recording.rows)
            print(f"{task}: {recording.steps} steps, {recording.episode + 1} episodes, {ends} terminated, "
                  f"{path.stat().st_size} bytes")
    sys.exit(differ)


if __name__ == "__main__":
    main()
