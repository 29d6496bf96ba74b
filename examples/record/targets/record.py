"""Runs published reward functions on generated inputs and keeps the inputs and what they answered.

    python record.py SOURCE=CHECKOUT… --out ../..
    python record.py text2reward=/tmp/text2reward --only lift_cube --out /tmp/recorded

A checkout is that of the source's repository at the commit that README names; packages need none: dm_control=-
"""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from draw import Draw  # noqa: E402

# Source to its targets; each source is a module beside this file.
SOURCES = {
    "text2reward": ["lift_cube", "turn_faucet_zero_shot", "open_drawer", "window_close", "sweep_into", "turn_faucet", "pour"],
    "eureka": ["shadow_hand", "block_stack"],
    "dr_eureka": ["forward_locomotion", "globe_walking"],
    "isaac_gym": ["ant", "franka_cube_stack", "shadow_hand", "sdf_reward"],
    "dm_control": ["humanoid", "quadruped_fetch", "manipulator_peg"],
    "gymnasium": ["blackjack"],
    "mani_skill": ["push_t"],
    "rlgym": ["goal_view"],
    "xland": ["goals"],
    "legged_gym": ["legged_robot"],
    "isaac_lab": ["velocity"],
    "walk_these_ways": ["smoothness"],
}
# Modules that don't take the name of the package they import.
MODULES = {"dm_control": "suite", "gymnasium": "blackjack"}
SEED = 20260


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="SOURCE=CHECKOUT")
    parser.add_argument("--only", help="one target")
    parser.add_argument("--out", type=Path, required=True, help="folder; a target's file is OUT/SOURCE/NAME/NAME.parquet")
    args = parser.parse_args()
    for given in args.sources:
        source, _, checkout = given.partition("=")
        module = importlib.import_module(MODULES.get(source, source))
        for name in SOURCES[source]:
            if args.only in (None, name):
                recording = getattr(module, name)(Path(checkout), Draw(SEED))
                path = args.out / source / name / f"{name}.parquet"
                recording.write(path)
                print(f"{source}/{name}: {recording.steps} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
