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
    "metaworld/reach": ("meta_world", "reach"),
    "metaworld/drawer_open": ("meta_world", "drawer_open"),
    "dm_control/cartpole_swingup": ("dm", "cartpole_swingup"),
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
