"""Gymnasium's MuJoCo tasks that walk, swim and fall: Hopper, Walker2d, Ant, Humanoid, HumanoidStandup, Swimmer (v5)."""

import gymnasium as gym
import numpy as np
from gymnasium.envs.mujoco.humanoid_v5 import mass_center

import policies
from recording import Recording, shares


class Body:
    """A task that steps and records. `state` reads what the reward does, in a step and (a part of it) at reset."""

    def __init__(self, name: str, seed: int, step, reset=lambda world: {}, parts=()) -> None:
        self.env = gym.make(name, disable_env_checker=True)
        self.world = self.env.unwrapped
        self.data = self.world.data
        self.seed, self.read, self.at_reset, self.parts = seed, step, reset, parts
        self.rng = np.random.default_rng(seed)
        self.out = Recording(split=True)
        space = self.env.action_space
        # In steps of 1/1024 of a unit: short numbers make small files.
        self.low, self.high = (np.trunc(bound.astype(np.float64) * 1024) / 1024 for bound in (space.low, space.high))

    def fit(self, action) -> np.ndarray:
        return np.clip(np.round(np.asarray(action) * 1024) / 1024, self.low, self.high)

    def random(self, t) -> np.ndarray:
        return self.rng.uniform(self.low, self.high)

    def begin(self, state=None) -> None:
        self.env.reset(seed=self.seed + self.out.episode)
        if state is not None:
            self.world.set_state(*(np.array(part, np.float64) for part in state))
        self.out.start(**self.at_reset(self.world))

    def step(self, action) -> bool:
        action = self.fit(action)
        _, reward, terminated, truncated, info = self.env.step(action)
        parts = {name: info[name] for name in self.parts}
        self.out.step(terminated, truncated, self.read(self.world, action), reward=reward, **parts)
        return terminated or truncated

    def play(self, *policies, before=lambda world: None, start=lambda: None) -> None:
        """Whole episodes of each policy, until it has its share of steps."""
        for policy in shares(policies, self.out):
            self.begin(start())
            t = 0
            while True:
                before(self.world)
                if self.step(policy(t)):
                    break
                t += 1

    def perturb(self, states, steps: int = 1) -> None:
        """Short episodes from states set directly, with random actions; they end by neither flag."""
        for state in states:
            self.begin(state)
            for t in range(steps):
                if self.step(self.random(t)):
                    break

    def near(self, **changes) -> tuple[np.ndarray, np.ndarray]:
        """The rest state, with some positions and velocities replaced: q2 = 1.1, v0 = -3."""
        q, v = self.world.init_qpos.copy(), self.world.init_qvel.copy()
        for name, value in changes.items():
            (q if name[0] == "q" else v)[int(name[1:])] = value
        return q, v


def x_of_root(world) -> dict:
    return {"x": world.data.qpos[0]}


WALK = ("reward_forward", "reward_ctrl", "reward_survive")


def hopper(seed: int) -> Recording:
    def read(world, action):
        q = world.data.qpos
        return {"x": q[0], "z": q[1], "state": world.state_vector()[2:], "action": action}

    body = Body("Hopper-v5", seed, read, x_of_root, WALK)
    uniform = body.rng.uniform
    body.play((body.random, 3600), (policies.linear(body.data, policies.HOPPER), 5900))
    # In the air, where nothing but the number itself decides: each bound of what is healthy, from both sides.
    body.perturb(body.near(q1=1.5, v0=uniform(97, 103)) for _ in range(80))
    body.perturb(body.near(q1=1.5, v0=-uniform(97, 103)) for _ in range(80))
    body.perturb(body.near(q1=1.5, q2=s * uniform(0.195, 0.205)) for s in (1, -1) for _ in range(80))
    body.perturb(body.near(q1=uniform(0.68, 0.72), q3=-2.2, q4=-2.2) for _ in range(80))
    return body.out


def walker2d(seed: int) -> Recording:
    def read(world, action):
        q = world.data.qpos
        return {"x": q[0], "z": q[1], "angle": q[2], "action": action}

    body = Body("Walker2d-v5", seed, read, x_of_root, WALK)
    uniform = body.rng.uniform
    body.play((body.random, 4000), (policies.linear(body.data, policies.WALKER), 6000))
    body.perturb(body.near(q1=uniform(1.96, 2.04)) for _ in range(150))
    body.perturb(body.near(q1=1.6, q2=s * uniform(0.97, 1.03)) for s in (1, -1) for _ in range(100))
    body.perturb(body.near(q1=uniform(0.78, 0.82), q3=-2.2, q4=-2.2, q6=-2.2, q7=-2.2) for _ in range(150))
    return body.out


def ant(seed: int) -> Recording:
    def read(world, action):
        return {
            "x": world.data.body(1).xpos[0],
            "z": world.data.qpos[2],
            "contact": world.data.cfrc_ext,
            "action": action,
        }

    def at_reset(world):
        return {"x": world.data.body(1).xpos[0]}

    body = Body("Ant-v5", seed, read, at_reset, (*WALK, "reward_contact"))
    uniform = body.rng.uniform
    body.play((body.random, 3000), (policies.gait(body.rng, **policies.ANT), 3000))
    # Hops: a kick upwards for who comes to rest; most of the time nothing touches the ground.
    body.play((body.random, 3000), before=policies.kick(low=0.45, speed=2.5))
    body.perturb(body.near(q2=uniform(0.97, 1.03)) for _ in range(500))
    # On its back, legs up, and falling so fast that the torso is about the least height at the end of the step.
    body.perturb(body.near(q2=0.9, q3=0, q4=1, v2=-uniform(13, 15)) for _ in range(300))
    return body.out


def touch(world) -> dict:
    """What both humanoids pay for: all contact forces, and the controls as the simulation holds them."""
    return {"contact": world.data.cfrc_ext, "control": world.data.ctrl}


def humanoid(seed: int) -> Recording:
    def at_reset(world):
        return {"x": mass_center(world.model, world.data)[0]}

    def read(world, action):
        return at_reset(world) | {"z": world.data.qpos[2]} | touch(world)

    body = Body("Humanoid-v5", seed, read, at_reset, (*WALK, "reward_contact"))
    uniform = body.rng.uniform
    body.play((body.random, 1500), (policies.hold(body.data, stiffness=2.0, damping=0.2), 1500))
    body.play((body.random, 2000), start=lambda: body.near(q2=uniform(1.5, 1.95)))
    # Juggled: a kick upwards for who sinks; so it lasts as long as the time limit.
    body.play((body.random, 4500), before=policies.kick(low=1.3, speed=2.2))
    body.perturb((body.near(q2=uniform(1.97, 2.03)) for _ in range(300)))
    body.perturb((body.near(q2=uniform(0.97, 1.03), q3=0.7, q4=0.7) for _ in range(300)))
    # From a height, feet first: contacts so hard that their cost is cut at 10.
    body.perturb((body.near(q2=1.35, v2=-uniform(4, 40)) for _ in range(60)), steps=2)
    return body.out


def humanoid_standup(seed: int) -> Recording:
    def read(world, action):
        return {"z": world.data.qpos[2]} | touch(world)

    body = Body("HumanoidStandup-v5", seed, read, parts=("reward_linup", "reward_quadctrl", "reward_impact"))
    uniform = body.rng.uniform
    body.play((body.random, 1000))
    body.play((policies.hold(body.data, stiffness=2.0, damping=0.2), 1000))
    # From a height: seconds in the air, then an impact so hard that its cost is cut at 10.
    body.perturb((body.near(q2=uniform(20, 40)) for _ in range(50)), steps=150)
    body.perturb((body.near(q2=uniform(0.5, 1.5), v2=-uniform(2, 30)) for _ in range(300)), steps=2)
    return body.out


def swimmer(seed: int) -> Recording:
    def read(world, action):
        return {"x": world.data.qpos[0], "action": action}

    body = Body("Swimmer-v5", seed, read, x_of_root, WALK[:2])
    body.play((body.random, 4000), (policies.gait(body.rng, **policies.SWIMMER), 6000))
    body.perturb(body.near(v0=body.rng.uniform(-50, 50)) for _ in range(100))
    return body.out
