"""dm_control's cheetah, walker, hopper, reacher and finger."""

import os

os.environ.setdefault("MUJOCO_GL", "disable")  # nothing is drawn

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from dm_control import suite

from recording import Recording, shares


class Scripted:
    """A policy of one episode, and the state that the episode begins in if not in the suite's own."""

    def __init__(self, physics, rng) -> None:
        self.physics, self.rng = physics, rng

    def begin(self) -> None:
        pass

    def act(self, t: int) -> np.ndarray:
        raise NotImplementedError


class Gallop(Scripted):
    """The open-loop gait of Gymnasium's HalfCheetah, whose body this is."""

    swing = np.array([1.2, 2.2, 0.6, 1.3, 0.8, 1.2])
    centre = np.array([0.2, 1.0, -0.1, -0.5, -0.3, -0.3])
    phase = np.array([1.2, 3.4, 1.3, 3.2, 3.5, 3.4])

    def begin(self):
        self.physics.data.qvel[0] = self.rng.uniform(0, 12)  # pushed

    def act(self, t):
        return self.centre + self.swing * np.sin(0.286 * t + self.phase) + self.rng.normal(0, 0.1, 6)


class Pushed(Scripted):
    """Upright, pushed forward, and held stiff until it falls."""

    upright: dict[str, float] = {}
    speed = 3.0

    def begin(self):
        qpos, qvel = self.physics.named.data.qpos, self.physics.named.data.qvel
        qpos[:] = 0
        for joint, angle in self.upright.items():
            qpos[joint] = angle
        qvel["rootx"] = self.rng.uniform(0, self.speed)
        self.pose = self.physics.data.qpos[3:].copy()

    def act(self, t):
        off = self.pose + 0.2 * np.sin(0.3 * t) - self.physics.data.qpos[3:]
        return 2 * off - 0.2 * self.physics.data.qvel[3:] + self.rng.normal(0, 0.1, len(off))


class Walker(Pushed):
    speed = 10.0


class Hopper(Pushed):
    upright = {"hip": -0.6, "knee": 1.2, "ankle": -0.6}


class Reach(Scripted):
    """A spring from the finger to the target, through the arm's Jacobian."""

    def act(self, t):
        at = self.physics.named.data.geom_xpos
        finger, elbow = at["finger", :2], self.physics.named.data.xpos["hand", :2]
        force = 20 * (at["target", :2] - finger)
        torque = [arm[0] * force[1] - arm[1] * force[0] for arm in (finger, finger - elbow)]
        return np.array(torque) - 0.3 * self.physics.data.qvel


class Flick(Scripted):
    """Sweeps past the body again and again; the body begins turning."""

    def begin(self):
        self.physics.named.data.qvel["hinge"] = self.rng.uniform(-40, 20)

    def act(self, t):
        return np.array([np.sin(0.2 * t), np.cos(0.2 * t)]) + self.rng.normal(0, 0.3, 2)


def near(rng, values, low: float, high: float) -> float:
    """Mostly near one of the values, on either side of it; else anywhere in low..high."""
    return rng.choice(values) * rng.uniform(0.985, 1.015) if rng.random() < 0.4 else rng.uniform(low, high)


def joints(physics, rng) -> None:
    """All limited joints anywhere in their ranges, the body turned."""
    limited = physics.model.jnt_limited == 1
    low, high = physics.model.jnt_range[limited].T
    physics.data.qpos[limited] = rng.uniform(low, high)
    physics.data.qvel[:] = rng.normal(0, 0.3, physics.model.nv)
    if "rooty" in physics.named.data.qpos.axes.row.names:
        physics.named.data.qpos["rooty"] = rng.normal(0, 1)


def galloping(physics, rng) -> None:
    joints(physics, rng)
    physics.named.data.qvel["rootx"] = near(rng, (10,), -5, 13)
    physics.forward()


def walking(physics, rng) -> None:
    joints(physics, rng)
    physics.named.data.qpos["rootz"] = near(rng, (1.2,), 0.3, 1.6) - 1.3  # the torso's height at 0 is 1.3
    physics.named.data.qvel["rootx"] = near(rng, (1, 8, 0.5, 4), -2, 10)
    physics.forward()


def hopping(physics, rng) -> None:
    joints(physics, rng)
    physics.named.data.qvel["rootx"] = near(rng, (2, 1), -1, 3)
    physics.set_control(rng.uniform(-1.1, 1.1, physics.model.nu))
    physics.forward()
    if rng.random() < 0.5:
        bodies = physics.named.data.xipos
        bodies["torso", "z"] = bodies["foot", "z"] + near(rng, (0.6, 2), 0.2, 2.4)


def reaching(physics, rng) -> None:
    joints(physics, rng)
    physics.forward()
    radii = physics.named.model.geom_size[["target", "finger"], 0].sum()
    angle, at = rng.uniform(-np.pi, np.pi), physics.named.data.geom_xpos
    at["target", :2] = at["finger", :2] + near(rng, (radii,), 0, 0.2) * np.array([np.cos(angle), np.sin(angle)])


def turning(physics, rng) -> None:
    joints(physics, rng)
    radius = physics.named.model.site_size["target", 0]
    target = physics.target_position()
    # The tip turns on a circle through the target; a chord of the target's radius takes this angle.
    chord = near(rng, (radius,), 0, 0.2)
    off = 2 * np.arcsin(chord / 2 / np.linalg.norm(target)) * rng.choice((-1, 1))
    physics.named.data.qpos["hinge"] = -np.arctan2(target[0], target[1]) + off
    physics.named.data.qvel["hinge"] = near(rng, (-15,), -30, 30)
    physics.forward()


@dataclass(frozen=True)
class Task:
    domain: str
    task: str
    reads: Callable  # from the physics to the program's inputs, by the methods that get_reward uses
    script: type[Scripted]
    disturb: Callable


def cheetah(p):
    return {"speed": p.speed()}


def walker_stands(p):
    return {"height": p.torso_height(), "torso_up": p.torso_upright()}


def walker(p):
    return walker_stands(p) | {"speed": p.horizontal_velocity()}


def arm(p):
    at = p.named.data.geom_xpos
    return {"finger": at["finger", :2].copy(), "target": at["target", :2].copy()}


def tip(p):
    return {"tip": p.tip_position(), "target": p.target_position()}


TASKS = {
    "cheetah_run": Task("cheetah", "run", cheetah, Gallop, galloping),
    "walker_stand": Task("walker", "stand", walker_stands, Walker, walking),
    "walker_walk": Task("walker", "walk", walker, Walker, walking),
    "walker_run": Task("walker", "run", walker, Walker, walking),
    "hopper_stand": Task("hopper", "stand", lambda p: {"height": p.height(), "control": p.control()}, Hopper, hopping),
    "hopper_hop": Task("hopper", "hop", lambda p: {"height": p.height(), "speed": p.speed()}, Hopper, hopping),
    "reacher_easy": Task("reacher", "easy", arm, Reach, reaching),
    "reacher_hard": Task("reacher", "hard", arm, Reach, reaching),
    "finger_spin": Task("finger", "spin", lambda p: {"spin": p.hinge_velocity()}, Flick, turning),
    "finger_turn_easy": Task("finger", "turn_easy", tip, Flick, turning),
    "finger_turn_hard": Task("finger", "turn_hard", tip, Flick, turning),
}


def play(name: str, seed: int) -> Recording:
    task = TASKS[name]
    rng = np.random.default_rng(seed)
    env = suite.load(task.domain, task.task, task_kwargs={"random": seed})
    physics, size = env.physics, env.action_spec().shape
    out = Recording()

    class Random(Scripted):
        def act(self, t):
            return rng.uniform(-1, 1, size)

    for policy in shares([(Random, 2000), (task.script, 4000)], out):
        env.reset()
        actor = policy(physics, rng)
        actor.begin()
        physics.forward()
        out.start()
        done, t = False, 0
        while not done:
            after = env.step(np.clip(actor.act(t), -1, 1))
            done, t = after.last(), t + 1
            # A suite task without a failure ends by its time limit alone, with discount 1.
            inputs = task.reads(physics)
            out.step(done and after.discount == 0, done and after.discount == 1, inputs, reward=after.reward)
    for _ in shares([(None, 4000)], out):
        env.reset()
        out.start()
        # No step is simulated here; get_reward judges each state that the world is put into.
        for left in reversed(range(1000)):
            task.disturb(physics, rng)
            out.step(False, left == 0, task.reads(physics), reward=env.task.get_reward(physics))
    return out


def tolerance(seed: int) -> Recording:
    """dm_control's `rewards.tolerance` over a grid; the bounds open on one side are infinite."""
    from dm_control.utils import rewards

    out = Recording()
    out.start()
    grid = np.concatenate([np.linspace(-6, 6, 25), [-1.5 - 1e-9, -1 + 1e-9, 1e-9, 1 - 1e-9, 2 + 1e-9]])
    for sigmoid in "gaussian hyperbolic long_tail reciprocal cosine linear quadratic tanh_squared".split():
        for lower, upper in ((0, 0), (-1.5, -1), (-1, 2), (1, 1), (0.25, 4)):
            for margin in (0, 0.5, 1, 3.5):
                for value in (0.1, 0.01, 0.5, 0.9, *((0,) if sigmoid in ("cosine", "linear", "quadratic") else ())):
                    for x in grid:
                        rest = (margin, sigmoid, value)
                        inputs = {"x": x, "lower": lower, "upper": upper, "margin": margin, "sigmoid": sigmoid,
                                  "value_at_margin": value}
                        out.step(
                            False, False, inputs,
                            between=rewards.tolerance(x, (lower, upper), *rest),
                            above=rewards.tolerance(x, (lower, np.inf), *rest),
                            below=rewards.tolerance(x, (-np.inf, upper), *rest),
                            default=rewards.tolerance(x, (lower, upper), margin),
                        )
    return out


def __getattr__(task: str) -> Callable[[int], Recording]:
    if task in TASKS:
        return partial(play, task)
    raise AttributeError(task)
