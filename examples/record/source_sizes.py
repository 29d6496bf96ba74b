"""Counts tokens and lines of the reward functions in the installed packages, into ../source_sizes.json.

    python source_sizes.py

Tokens are those of Python's tokenize, without comments, docstrings, line ends and indentation; lines are those
that hold such a token. Of a method that also steps the simulation only the statements about the reward and the
ends of the episode count, chosen here by their first words. The sources themselves stay where they are.
"""

import ast
import importlib
import inspect
import io
import json
import tokenize
from pathlib import Path

CLASSIC, BOX2D, MUJOCO = (f"gymnasium.envs.{suite}." for suite in ("classic_control", "box2d", "mujoco"))
RUN = ("x_position_before =", "x_position_after =", "x_velocity =", "reward, reward_info =")
RUN_XY = ("xy_position_before =", "xy_position_after =", "xy_velocity =", "x_velocity, y_velocity =", RUN[-1])
FALL = ("terminated =",)

# Every task but Meta-World's: module, then class.function and the statements that count, all if there are none.
SOURCES = {
    "gymnasium/cartpole": (CLASSIC + "cartpole", {"CartPoleEnv.step": ("terminated =", "if not terminated")}),
    "gymnasium/mountain_car": (
        CLASSIC + "continuous_mountain_car",
        {"Continuous_MountainCarEnv.step": ("terminated =", "reward =", "if terminated", "reward -=")},
    ),
    "gymnasium/pendulum": (
        CLASSIC + "pendulum",
        {"PendulumEnv.step": ("th, thdot =", "u = np.clip", "costs =", "return"), "angle_normalize": ()},
    ),
    "gymnasium/acrobot": (
        CLASSIC + "acrobot",
        {"AcrobotEnv.step": ("terminated =", "reward ="), "AcrobotEnv._terminal": ()},
    ),
    "gymnasium/mountain_car_discrete": (
        CLASSIC + "mountain_car",
        {"MountainCarEnv.step": ("terminated =", "reward =")},
    ),
    "gymnasium/lunar_lander": (
        BOX2D + "lunar_lander",
        {"LunarLander.step": ("reward =", "shaping =", "if self.prev_shaping", "self.prev_shaping =", "reward -=",
                              "terminated =", "if self.game_over", "if not self.lander.awake")},
    ),
    "gymnasium/bipedal_walker": (
        BOX2D + "bipedal_walker",
        {"BipedalWalker.step": ("shaping =", "shaping -=", "reward =", "if self.prev_shaping", "self.prev_shaping =",
                                "for a in action", "terminated =", "if self.game_over", "if pos[0] >")},
    ),
    "gymnasium/car_racing": (
        BOX2D + "car_racing",
        {"CarRacing.step": ("step_reward =", "terminated =", "if action is not None:\n    self.reward"),
         "FrictionDetector._contact": ("if begin",)},
    ),
    "gymnasium/half_cheetah": (
        MUJOCO + "half_cheetah_v5",
        {"HalfCheetahEnv.step": RUN, "HalfCheetahEnv._get_rew": (), "HalfCheetahEnv.control_cost": ()},
    ),
    "gymnasium/reacher": (MUJOCO + "reacher_v5", {"ReacherEnv._get_rew": ()}),
    "gymnasium/pusher": (MUJOCO + "pusher_v5", {"PusherEnv._get_rew": ()}),
    "gymnasium/swimmer": (
        MUJOCO + "swimmer_v5",
        {"SwimmerEnv.step": RUN_XY, "SwimmerEnv._get_rew": (), "SwimmerEnv.control_cost": ()},
    ),
    **{
        f"gymnasium/{task}": (
            MUJOCO + f"{task}_v5",
            {f"{name}.step": RUN + FALL,
             **{f"{name}.{f}": () for f in ("_get_rew", "is_healthy", "healthy_reward", "control_cost")}},
        )
        for task, name in (("hopper", "HopperEnv"), ("walker2d", "Walker2dEnv"))
    },
    "gymnasium/ant": (
        MUJOCO + "ant_v5",
        {"AntEnv.step": RUN_XY + FALL,
         **{f"AntEnv.{f}": () for f in
            ("_get_rew", "is_healthy", "healthy_reward", "control_cost", "contact_cost", "contact_forces")}},
    ),
    "gymnasium/humanoid": (
        MUJOCO + "humanoid_v5",
        {"HumanoidEnv.step": RUN_XY + FALL, "mass_center": (),
         **{f"HumanoidEnv.{f}": () for f in
            ("_get_rew", "is_healthy", "healthy_reward", "control_cost", "contact_cost")}},
    ),
    "gymnasium/humanoid_standup": (MUJOCO + "humanoidstandup_v5", {"HumanoidStandupEnv._get_rew": ()}),
    "gymnasium/inverted_pendulum": (
        MUJOCO + "inverted_pendulum_v5",
        {"InvertedPendulumEnv.step": ("terminated =", "reward =", "info =")},
    ),
    "gymnasium/inverted_double_pendulum": (
        MUJOCO + "inverted_double_pendulum_v5",
        {"InvertedDoublePendulumEnv.step": ("x, _, y =", "terminated =", "reward, reward_info ="),
         "InvertedDoublePendulumEnv._get_rew": ()},
    ),
    "dm_control/cartpole_swingup": (
        "dm_control.suite.cartpole",
        {"Balance._get_reward": (), "Balance.get_reward": ()},
    ),
    "dm_control/tolerance": None,  # a call of a library function on either side
    **{
        f"dm_control/{domain}_{task}": (f"dm_control.suite.{domain}", {f"{name}.get_reward": ()})
        for domain, name, tasks in (
            ("cheetah", "Cheetah", ("run",)),
            ("walker", "PlanarWalker", ("stand", "walk", "run")),
            ("hopper", "Hopper", ("stand", "hop")),
            ("reacher", "Reacher", ("easy", "hard")),
            ("finger", "Spin", ("spin",)),
            ("finger", "Turn", ("turn_easy", "turn_hard")),
        )
        for task in tasks
    },
}

# Meta-World's tasks are all alike; two of its files have other names than their tasks.
OTHER_NAMES = {"door_open": "door", "sweep_into": "sweep_into_goal"}


def source(task: str) -> tuple[str, dict] | None:
    suite, name = task.split("/")
    if suite != "metaworld":
        return SOURCES[task]
    module = f"metaworld.envs.sawyer_{OTHER_NAMES.get(name, name)}_v3"
    classes = inspect.getmembers(importlib.import_module(module), inspect.isclass)
    (env,) = (c for _, c in classes if c.__module__ == module)
    return module, {f"{env.__name__}.{f}": () for f in ("compute_reward", "evaluate_state")}


LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def find(tree: ast.Module, path: str) -> ast.FunctionDef:
    node = tree
    for name in path.split("."):
        node = next(n for n in node.body if getattr(n, "name", None) == name)
    return node


def pieces(function: ast.FunctionDef, chosen: tuple[str, ...]) -> list[ast.AST]:
    """The parts that count: the function, or those of its statements that begin as chosen."""
    for word in chosen:
        if not any(ast.unparse(statement).startswith(word) for statement in function.body):
            raise ValueError(f"{function.name} has no statement `{word}`")
    return [s for s in function.body if ast.unparse(s).startswith(chosen)] if chosen else [function]


def left_out(function: ast.FunctionDef) -> list[ast.AST]:
    """The docstring, and Meta-World's old rewards beside those of version 2."""
    docs = function.body[:1] if ast.get_docstring(function) is not None else []
    choices = [node for node in ast.walk(function) if isinstance(node, ast.If)]
    versions = [node for node in choices if "reward_function_version" in ast.unparse(node.test)]
    return docs + [statement for node in versions for statement in node.orelse]


def within(token: tokenize.TokenInfo, node: ast.AST) -> bool:
    return (node.lineno, node.col_offset) <= token.start < (node.end_lineno, node.end_col_offset)


def measure(file: Path, functions: dict) -> dict:
    text = file.read_text()
    tree = ast.parse(text)
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type not in LAYOUT]
    counted = []
    for path, chosen in functions.items():
        function = find(tree, path)
        parts = pieces(function, chosen)
        out = left_out(function)
        counted += [t for t in tokens if any(within(t, p) for p in parts) and not any(within(t, o) for o in out)]
    return {"functions": list(functions), "tokens": len(counted), "lines": len({t.start[0] for t in counted})}


def main() -> None:
    examples = Path(__file__).parent.parent
    ports = json.loads(examples.joinpath("ports.json").read_text())["ports"]
    sources = {port["task"]: source(port["task"]) for port in ports}
    sizes = {task: known and measure(module_file(known[0]), known[1]) for task, known in sources.items()}
    write(examples / "source_sizes.json", sizes)


def module_file(module: str) -> Path:
    return Path(inspect.getsourcefile(importlib.import_module(module)))


def write(file: Path, sizes: dict) -> None:
    rows = ",\n".join(f"  {json.dumps(task)}: {json.dumps(size)}" for task, size in sizes.items())
    file.write_text("{\n" + rows + "\n}\n")


if __name__ == "__main__":
    main()
