"""States of Meta-World's arm that no trajectory visits: bodies put elsewhere, gates just open or just shut."""

from dataclasses import dataclass

import numpy as np

GRIPPER = ("hand", "leftpad", "rightpad", "leftclaw", "rightclaw")
FINGERS = ("leftEndEffector", "rightEndEffector")


@dataclass(frozen=True)
class Place:
    """What to move, and the distances at which the reward's gates switch."""

    body: tuple[str, str]  # kind and name of what the package takes the object's position from
    near: tuple[float, ...]  # between object and gripper
    placed: tuple[float, ...]  # between object and target
    by: str = "tcp"  # or "hand": which point of the gripper counts
    at: tuple[float, float, float] = (0, 0, 0)  # the point to be reached, from the object
    stretch: tuple[float, float, float] = (1, 1, 1)  # weights of the axes in that distance
    along: int | None = None  # the only axis in which the target counts
    to_target: bool = False  # the gripper is to reach the target, not the object
    lifted: tuple[float, ...] = ()  # heights above the start
    heights: tuple[float, ...] = ()  # heights above 0
    joint: str | None = None
    angles: tuple[float, ...] = ()
    turn: tuple[float, float, float, float] | None = None  # the body's upright quaternion
    moved: tuple[str, ...] = ()  # places of the task that the benchmark leaves at 0 in some axis


def around(rng, values) -> float:
    """Mostly near one of the values, on either side of it."""
    if rng.random() < 0.5:
        return rng.choice(values) * rng.uniform(0.985, 1.015)
    return 10 ** rng.uniform(-3.5, -0.3)


def direction(rng) -> np.ndarray:
    """A unit vector, often close to an axis or a plane."""
    v = rng.normal(size=3) * 10 ** rng.uniform(-2, 0, 3)
    return v / np.linalg.norm(v)


def move_task(env, place: Place, rng) -> None:
    for name in place.moved:
        setattr(env, name, getattr(env, name) + rng.normal(0, 0.05, 3))


def disturb(env, place: Place, rng):
    data = env.data
    kind, name = place.body
    position = getattr(data, kind)(name).xpos
    seen = env._get_pos_objects()

    # The object: near the target, near its start, or where it is. It is moved by what it should be off.
    target, start = np.array(env._target_pos), np.array(env.obj_init_pos)
    choice = rng.random()
    if choice < 0.6:
        away = around(rng, place.placed) * direction(rng)
        if place.along is not None:
            away = rng.normal(0, 0.1, 3)
            away[place.along] = around(rng, place.placed) * rng.choice((-1, 1))
        wanted = target + away - (np.array(place.at) if rng.random() < 0.5 else 0)
    elif choice < 0.9:
        wanted = start + around(rng, place.near) * direction(rng)
    else:
        wanted = seen.copy()
    if place.lifted and rng.random() < 0.6:
        wanted[2] = start[2] + rng.choice(place.lifted) * rng.uniform(0.9, 1.1)
    if place.heights and rng.random() < 0.3:
        wanted[2] = rng.choice(place.heights) * rng.uniform(0.9, 1.1)
    if place.joint is not None:
        data.joint(place.joint).qpos[:] = (
            rng.choice(place.angles) * rng.uniform(0.985, 1.015) if rng.random() < 0.6 else rng.uniform(-2.7, 0.2)
        )
    if place.turn is not None:
        data.body(name).xquat[:] = place.turn + rng.normal(0, 10 ** rng.uniform(-3, -0.7), 4)
    position += wanted - env._get_pos_objects()

    # The gripper, as a whole, to a point near the object; then its fingers.
    goal = target if place.to_target else env._get_pos_objects() + place.at
    spot = goal + around(rng, place.near) * direction(rng) / place.stretch
    if rng.random() < 0.2:
        spot[2] = rng.uniform(-0.05, 0.5)
    shift = spot - (env.tcp_center if place.by == "tcp" else env.get_endeff_pos())
    for body in GRIPPER:
        data.body(body).xpos += shift
    for site in FINGERS:
        data.site(site).xpos += shift
    y = env._get_pos_objects()[1]
    gaps = [rng.choice((0.015, 0.02, 0.025, 0.03, 0.05)) * rng.uniform(0.985, 1.015)
            if rng.random() < 0.3 else rng.uniform(*rng.choice([(0.016, 0.05), (-0.03, 0.09)]))
            for _ in range(2)]
    data.body("leftpad").xpos[1], data.body("rightpad").xpos[1] = y + gaps[0], y - gaps[1]
    apart = 0 if rng.random() < 0.2 else rng.uniform(0, 0.11)
    data.body("leftclaw").xpos[:] = data.body("rightclaw").xpos + apart * direction(rng)

    space = env.sawyer_observation_space
    observation = np.clip(env._get_obs(), space.low, space.high)
    action = rng.uniform(-1.5, 1.5, 4)
    reward, info = env.evaluate_state(observation, action)
    return observation, action, reward, info
