"""Gymnasium's classic control: CartPole-v1, MountainCarContinuous-v0, Pendulum-v1, Acrobot-v1, MountainCar-v0."""

import math

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control import continuous_mountain_car

from recording import Recording, shares


def cartpole(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("CartPole-v1", disable_env_checker=True)
    out = Recording()

    def random(s):
        return int(rng.integers(2))

    def balance(s):
        return int(s[2] + 0.5 * s[3] + 0.05 * s[0] + 0.1 * s[1] > 0)

    def drift(s):  # balances about a lean, so that the cart leaves the track with its pole up
        return int(s[2] + 0.3 * s[3] > 0.06)

    for policy in shares([(random, 3000), (drift, 2000), (balance, 5000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        done = False
        while not done:
            state = env.unwrapped.state
            _, reward, terminated, truncated, _ = env.step(policy(state))
            # The reward tests the binary64 state, not the binary32 observation.
            x, _, theta, _ = env.unwrapped.state
            out.step(terminated, truncated, {"x": x, "theta": theta}, reward=reward)
            done = terminated or truncated
    return out


class _NumpyThatRemembers:
    """The environment rounds its state to binary32 after it has decided on the reward, in its only
    call of np.array within a step; this keeps the numbers as they were before."""

    def __init__(self) -> None:
        self.last = None

    def __getattr__(self, name):
        return getattr(np, name)

    def array(self, value, *args, **kwargs):
        self.last = value
        return np.array(value, *args, **kwargs)


def mountain_car(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("MountainCarContinuous-v0", disable_env_checker=True)
    seen = _NumpyThatRemembers()
    out = Recording()

    def random(velocity):
        return rng.uniform(-1, 1)

    def pump(velocity):  # push the way the car already rolls, a little short of full power
        return math.copysign(rng.uniform(0.7, 1), velocity)

    def step(force) -> bool:
        continuous_mountain_car.np = seen
        _, reward, terminated, truncated, _ = env.step(np.array([force]))
        continuous_mountain_car.np = np
        position, velocity = seen.last
        inputs = {"position": position, "velocity": velocity, "force": force}
        out.step(terminated, truncated, inputs, reward=reward)
        return terminated or truncated

    for policy in shares([(random, 3000), (pump, 7000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        while not step(policy(env.unwrapped.state[1])):
            pass
    # About the flag, rolling either way.
    for _ in range(200):
        env.reset(seed=seed + out.episode)
        out.start()
        env.unwrapped.state = np.array([rng.uniform(0.43, 0.47), rng.uniform(-0.01, 0.01)])
        step(random(0))
    return out


def pendulum(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("Pendulum-v1", disable_env_checker=True)
    out = Recording()

    def random(theta, speed):
        return rng.uniform(-2, 2)

    def swing_up(theta, speed):
        # Pump energy until it is that of the upright rest (5 J), then hold. Asks for more than
        # the motor's 2 N m at times: the environment clips it.
        if math.cos(theta) > 0.9:
            return -15 * math.remainder(theta, math.tau) - 4 * speed
        energy = speed**2 / 6 + 5 * math.cos(theta)
        return (5 - energy) * speed

    for policy in shares([(random, 4000), (swing_up, 6000)], out):
        env.reset(seed=seed + out.episode)
        theta, speed = env.unwrapped.state
        # The reward is about the state before the step, so the first one needs the reset.
        out.start(theta=theta, theta_dot=speed)
        done = False
        while not done:
            torque = policy(theta, speed)
            _, reward, terminated, truncated, _ = env.step(np.array([torque]))
            theta, speed = env.unwrapped.state
            out.step(terminated, truncated, {"theta": theta, "theta_dot": speed, "torque": torque}, reward=reward)
            done = terminated or truncated
    return out


def acrobot(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("Acrobot-v1", disable_env_checker=True)
    world = env.unwrapped
    out = Recording()

    def step(action) -> bool:
        _, reward, terminated, truncated, _ = env.step(action)
        out.step(terminated, truncated, {"theta": world.state[:2]}, reward=reward)
        return terminated or truncated

    def random():
        return int(rng.integers(3))

    def pump():  # torque with the second link's swing, mostly: up within 60 to 200 steps
        return int(rng.integers(3)) if rng.random() < 0.1 else 2 if world.state[3] > 0 else 0

    for policy in shares([(random, 4000), (pump, 6000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        while not step(policy()):
            pass
    # Anywhere, so that the tip is above the bar, below it and about it, by every share of the two links.
    for _ in range(1000):
        env.reset(seed=seed + out.episode)
        out.start()
        world.state = np.array([*rng.uniform(-math.pi, math.pi, 2), *rng.uniform(-1, 1, 2)])
        step(random())
    return out


def mountain_car_discrete(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("MountainCar-v0", disable_env_checker=True)
    world = env.unwrapped
    out = Recording()

    def step(action) -> bool:
        _, reward, terminated, truncated, _ = env.step(action)
        position, velocity = world.state  # binary64, not the observation
        out.step(terminated, truncated, {"position": position, "velocity": velocity}, reward=reward)
        return terminated or truncated

    def random():
        return int(rng.integers(3))

    def pump():
        return int(rng.integers(3)) if rng.random() < 0.1 else 2 if world.state[1] >= 0 else 0

    for policy in shares([(random, 4000), (pump, 6000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        while not step(policy()):
            pass
    # About the flag, rolling either way.
    for _ in range(300):
        env.reset(seed=seed + out.episode)
        out.start()
        world.state = (rng.uniform(0.48, 0.52), rng.uniform(-0.01, 0.01))
        step(random())
    return out
