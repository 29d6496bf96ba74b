"""Meta-World v3."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import metaworld
import numpy as np

from recording import Recording, shares
from sawyer_states import Place, disturb, move_task


@dataclass(frozen=True)
class Step:
    """What a reward may read: the world as evaluate_state, the last thing in a step, saw it."""

    env: object
    observation: np.ndarray
    action: np.ndarray


def attribute(name: str) -> Callable[[Step], object]:
    return lambda s: getattr(s.env, name)


def com(name: str) -> Callable[[Step], object]:
    return lambda s: s.env.get_body_com(name)


HAND = lambda s: s.observation[0:3]
OPENING = lambda s: s.observation[3]
OBJECT = lambda s: s.observation[4:7]
TURN = lambda s: s.observation[7:11]
LIVE = lambda s: s.env._get_pos_objects()  # where the reward asks the simulation, not the observation
GRIPPER = lambda s: s.action[3]
PADS = lambda s: [s.env.get_body_com("leftpad")[1], s.env.get_body_com("rightpad")[1]]
TOUCHING = lambda s: s.env.touching_main_object
TCP, TARGET, TCP_START = attribute("tcp_center"), attribute("_target_pos"), attribute("init_tcp")
START = attribute("obj_init_pos")
TRAVEL = attribute("_obj_to_target_init")


def joint(name: str) -> Callable[[Step], object]:
    return lambda s: s.env.data.joint(name).qpos.item()


ERROR = ("in_place_reward", "obj_to_target", "success")
NEAR = ("grasp_reward", "near_object", *ERROR)
GRASPED = ("grasp_success", *NEAR)
READY = ("grasp_reward", "grasp_success", "near_object", "in_place_reward", "success")


@dataclass(frozen=True)
class Task:
    name: str  # the package's, without -v3
    reads: dict[str, Callable[[Step], object]]  # the program's inputs
    parts: tuple[str, ...]  # what info publishes, without constants and what repeats another
    place: Place | None = None  # how to put the world into states that trajectories don't visit
    random: int = 500
    expert: int = 1000
    shaky: int = 500  # steps of the expert with noise on its actions
    placed: int = 1500

    def policy(self):
        words = "".join(word.capitalize() for word in self.name.split("-"))
        module = importlib.import_module(f"metaworld.policies.sawyer_{self.name.replace('-', '_')}_v3_policy")
        return getattr(module, f"Sawyer{words}V3Policy")()


GRASP = {"tcp": TCP, "pads": PADS, "opening": OPENING, "gripper": GRIPPER, "touching": TOUCHING}
SWEEP = {"tcp": TCP, "pads": PADS, "opening": OPENING, "touching": TOUCHING}
BUTTON = {"tcp": TCP, "opening": OPENING, "button": OBJECT, "target": TARGET, "tcp_start": TCP_START}

TASKS = {
    "reach": Task("reach", {"tcp": TCP, "target": TARGET}, ("success", "in_place_reward", "obj_to_target"),
                  random=3000, expert=7000, shaky=0, placed=0),
    "drawer_open": Task(
        "drawer-open",
        {"hand": HAND, "opening": OPENING, "handle": OBJECT, "target": TARGET, "init_tcp": TCP_START},
        ("success", "near_object", "grasp_success", "grasp_reward", "in_place_reward", "obj_to_target"),
        random=3000, expert=7000, shaky=0, placed=0,
    ),
    "push": Task(
        "push",
        {**GRASP, "puck": OBJECT, "target": TARGET, "tcp_start": TCP_START, "puck_start": START},
        GRASPED,
        Place(("body", "obj"), near=(0.02, 0.03), placed=(0.05,), lifted=(0.02,)),
    ),
    "pick_place": Task(
        "pick-place",
        {**GRASP, "puck": OBJECT, "target": TARGET, "tcp_start": TCP_START, "puck_start": START},
        GRASPED,
        Place(("body", "obj"), near=(0.02, 0.03), placed=(0.05, 0.07), lifted=(0.01, 0.02)),
    ),
    "door_open": Task(
        "door-open",
        {"hand": HAND, "handle": OBJECT, "hinge": joint("doorjoint"), "gripper": GRIPPER, "target": TARGET},
        READY,
        Place(("geom", "handle"), by="hand", near=(0.06, 0.12), placed=(0.08,), along=0, joint="doorjoint",
              angles=(0, -np.pi / 90, -np.pi / 2 - np.pi / 6 + 0.5, -2.4)),
    ),
    "door_close": Task(
        "door-close",
        {"tcp": TCP, "handle": OBJECT, "target": TARGET, "hand_start": attribute("hand_init_pos"), "door_start": START},
        ERROR,
        Place(("geom", "handle"), near=(0.0125,), placed=(0.05, 0.08), to_target=True),
    ),
    "drawer_close": Task(
        "drawer-close",
        {"tcp": TCP, "handle": OBJECT, "gripper": GRIPPER, "target": TARGET, "tcp_start": TCP_START,
         "handle_start": START},
        NEAR,
        Place(("body", "drawer_link"), near=(0.005, 0.01), placed=(0.05, 0.065)),
    ),
    "button_press": Task(
        "button-press", {**BUTTON, "travel": TRAVEL}, GRASPED,
        Place(("body", "button"), near=(0.05,), placed=(0.005, 0.02), along=1),
    ),
    "button_press_topdown": Task(
        "button-press-topdown", {**BUTTON, "travel": TRAVEL}, GRASPED,
        Place(("body", "button"), near=(0.01, 0.03, 0.05), placed=(0.005, 0.024), along=2),
    ),
    "window_open": Task(
        "window-open",
        {"tcp": TCP, "handle": LIVE, "target": TARGET, "tcp_start": TCP_START, "window_start": START,
         "handle_start": attribute("window_handle_pos_init")},
        NEAR,
        Place(("site", "handleOpenStart"), near=(0.02, 0.05), placed=(0.05,), along=0),
    ),
    "window_close": Task(
        "window-close",
        {"tcp": TCP, "handle": LIVE, "target": TARGET, "tcp_start": TCP_START,
         "handle_start": attribute("window_handle_pos_init")},
        NEAR,
        Place(("site", "handleCloseStart"), near=(0.02, 0.05), placed=(0.05,), along=0, moved=("_target_pos",)),
    ),
    "faucet_open": Task(
        "faucet-open",
        {"tcp": TCP, "handle": OBJECT, "target": TARGET, "tcp_start": TCP_START, "faucet_start": START},
        NEAR,
        Place(("site", "handleStartOpen"), near=(0.01,), placed=(0.07,), at=(-0.04, 0, 0.03)),
    ),
    "lever_pull": Task(
        "lever-pull",
        {"hand": HAND, "lever": OBJECT, "angle": joint("LeverAxis"), "target": TARGET, "tcp_start": TCP_START,
         "lever_start": attribute("_lever_pos_init")},
        GRASPED,
        Place(("site", "leverStart"), by="hand", near=(0.02, 0.03), placed=(0.04,), at=(0, -0.055, -0.07),
              stretch=(4, 1, 4), joint="LeverAxis",
              angles=tuple(-np.pi / 2 + s * np.pi / n for n in (24, 48) for s in (-1, 1))),
    ),
    "plate_slide": Task(
        "plate-slide",
        {"tcp": TCP, "plate": OBJECT, "target": TARGET, "tcp_start": TCP_START, "plate_start": START},
        NEAR,
        Place(("geom", "puck"), near=(0.03, 0.05), placed=(0.05, 0.07), moved=("_target_pos", "obj_init_pos")),
    ),
    "sweep": Task(
        "sweep",
        {**SWEEP, "cube": OBJECT, "target": TARGET, "tcp_start": TCP_START, "cube_start": START},
        GRASPED,
        Place(("body", "obj"), near=(0.03,), placed=(0.05,)),
    ),
    "sweep_into": Task(
        "sweep-into",
        {**SWEEP, "cube": OBJECT, "hole": TARGET, "tcp_start": TCP_START, "cube_start": START},
        GRASPED,
        Place(("body", "obj"), near=(0.03,), placed=(0.05,)),
    ),
    "coffee_button": Task(
        "coffee-button", BUTTON, GRASPED,
        Place(("site", "buttonStart"), near=(0.05,), placed=(0.005, 0.02), along=1),
    ),
    "handle_press": Task(
        "handle-press",
        {"tcp": TCP, "handle": LIVE, "target": TARGET, "tcp_start": TCP_START,
         "handle_start": attribute("_handle_init_pos")},
        NEAR,
        Place(("site", "handleStart"), near=(0.02, 0.05), placed=(0.02,), along=2),
    ),
    "dial_turn": Task(
        "dial-turn",
        {"tcp": TCP, "dial": LIVE, "gripper": GRIPPER, "target": TARGET, "tcp_start": TCP_START,
         "push_start": attribute("dial_push_position")},
        NEAR,
        Place(("body", "dial"), near=(0.005, 0.01), placed=(0.07,), at=(0.05, 0.02, 0.09)),
    ),
    "box_close": Task(
        "box-close",
        {"hand": HAND, "lid": OBJECT, "turn": TURN, "gripper": GRIPPER, "target": TARGET},
        READY,
        Place(("body", "top_link"), by="hand", near=(0.02,), placed=(0.08,), at=(0, 0, 0.02), heights=(0.02,),
              turn=(0.707, 0, 0, 0.707)),
    ),
}


def play(task: str, seed: int) -> Recording:
    spec = TASKS[task]
    rng = np.random.default_rng(seed)
    name = f"{spec.name}-v3"
    benchmark = metaworld.MT1(name, seed=seed)
    env = benchmark.train_classes[name]()
    scripted = spec.policy()
    out = Recording()

    def random(observation):
        return rng.uniform(-1, 1, 4)

    def shaky(observation):
        return scripted.get_action(observation) + rng.normal(0, 0.5, 4)

    def reset():
        # Each episode has another of the benchmark's goals.
        env.set_task(benchmark.train_tasks[(out.episode + 1) % len(benchmark.train_tasks)])
        observation, _ = env.reset()
        out.start()
        return observation

    def write(observation, action, reward, info, truncated):
        step = Step(env, observation, action)
        inputs = {name: read(step) for name, read in spec.reads.items()}
        out.step(False, truncated, inputs, reward=reward, **{p: info[p] for p in spec.parts})

    for policy in shares([(random, spec.random), (scripted.get_action, spec.expert), (shaky, spec.shaky)], out):
        observation = reset()
        truncated = False
        while not truncated:
            action = np.asarray(policy(observation), np.float64)
            observation, reward, _, truncated, info = env.step(action)
            write(observation, action, reward, info, truncated)
    for _ in shares([(None, spec.placed)], out):
        observation = reset()
        for _ in range(100 * (out.episode % 2) if "touching" in spec.reads else 0):
            if not env.touching_main_object:  # else the fingers keep their contact from here on
                observation, *_ = env.step(np.asarray(scripted.get_action(observation), np.float64))
        move_task(env, spec.place, rng)
        # No step is simulated here; evaluate_state judges each state that the world is put into.
        for left in reversed(range(env.max_path_length)):
            write(*disturb(env, spec.place, rng), left == 0)
    return out


def __getattr__(task: str) -> Callable[[int], Recording]:
    if task in TASKS:
        return partial(play, task)
    raise AttributeError(task)
