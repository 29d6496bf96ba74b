"""Gymnasium's BipedalWalker-v3 and CarRacing-v3."""

import math

import gymnasium as gym
import numpy as np
from gymnasium.envs.box2d.bipedal_walker import BipedalWalkerHeuristics

from recording import Recording, shares


def bipedal_walker(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("BipedalWalker-v3", disable_env_checker=True)
    world = env.unwrapped
    out = Recording()

    def read() -> dict:
        """The bodies, as `shaping` and the endings read them, not the binary32 observation."""
        return {"x": world.hull.position[0], "angle": world.hull.angle, "crashed": bool(world.game_over)}

    def begin():
        observation, _ = env.reset(seed=seed + out.episode)
        # reset() ends with a step of its own, without torques, which sets the first shaping.
        out.start(**read())
        return observation

    def step(action):
        observation, reward, terminated, truncated, _ = env.step(action)
        out.step(terminated, truncated, read() | {"action": action}, reward=reward)
        return observation, terminated or truncated

    def short(action):  # on a grid: short numbers make small files
        return np.round(np.asarray(action, np.float64) * 1024) / 1024

    class Random:
        def step_heuristic(self, observation):
            return rng.uniform(-1.2, 1.2, 4)  # a little more than the motors give, which is not charged

    for policy in shares([(Random, 3000), (BipedalWalkerHeuristics, 6500)], out):
        observation, done, walker = begin(), False, policy()
        walker.a = np.zeros(4)
        while not done:
            observation, done = step(short(walker.step_heuristic(observation)))

    # The whole walker moved to the far end, where the course is done, and to the near one, where it may leave it.
    for goal in [*rng.uniform(88, 89.4, 150), *rng.uniform(-0.02, 0.05, 50)]:
        begin()
        bodies = [world.hull, *world.legs]
        moved = goal - world.hull.position[0]
        for body in bodies:
            body.position = (body.position[0] + moved, body.position[1] + 3)
        # A jump of the potential is paid like any other; two steps, so that the second is an ordinary one.
        for _ in range(2):
            if step(short(rng.uniform(-1, 1, 4)))[1]:
                break
    return out


def car_racing(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    env = gym.make("CarRacing-v3", disable_env_checker=True)
    world = env.unwrapped
    world._render = lambda mode: None  # no pictures: the reward doesn't read them
    out = Recording()

    def step(action) -> bool:
        _, reward, terminated, truncated, _ = env.step(np.asarray(action, np.float64))
        inputs = {
            "visited": world.tile_visited_count,
            "tiles": len(world.track),
            "new_lap": bool(world.new_lap),
            "hull": list(world.car.hull.position),
        }
        out.step(terminated, truncated, inputs, reward=reward)
        return terminated or truncated

    def random():
        return [rng.uniform(-1, 1), rng.uniform(0, 1), rng.uniform(0, 0.2)]

    def away():  # straight on, off the track and off the field
        return [0, 1, 0]

    def drive():
        """Steers for the sixth tile ahead, slower in bends: the whole lap within the time, mostly."""
        hull = world.car.hull
        x, y = hull.position
        points = np.array([tile[2:4] for tile in world.track])
        here = int(np.argmin(((points - [x, y]) ** 2).sum(1)))
        dx, dy = points[(here + 6) % len(points)] - [x, y]
        forward = (-math.sin(hull.angle), math.cos(hull.angle))
        error = math.atan2(forward[0] * dy - forward[1] * dx, forward[0] * dx + forward[1] * dy)
        speed = np.linalg.norm(hull.linearVelocity)
        aim = 60 if abs(error) < 0.15 else 35 if abs(error) < 0.4 else 25
        return [np.clip(-2 * error, -1, 1), 0.4 if speed < aim else 0, 0.3 if speed > aim + 10 else 0]

    for policy in shares([(random, 1000), (away, 1500), (drive, 7000)], out):
        env.reset(seed=seed + out.episode)
        out.start()
        while not step(policy()):
            pass

    def move(dx, dy):
        for body in [world.car.hull, *world.car.wheels]:
            body.position = (body.position[0] + dx, body.position[1] + dy)

    # The car set down about each edge of the field.
    for place in rng.uniform(0.985, 1.015, 400) * 2000 / 6:
        env.reset(seed=seed + out.episode)
        out.start()
        x, y = world.car.hull.position
        corner = [(place, 0), (-place, 0), (0, place), (0, -place)][out.episode % 4]
        move(corner[0] - x, corner[1] - y)
        step(random())
    # A start tile that is first touched near the end of a lap, by a car lifted off and set back on it. Without
    # that a lap is never `new`: the car stands on the tile when it starts.
    for _ in range(20):
        env.reset(seed=seed + out.episode)
        out.start()
        touched = int(len(world.track) * rng.uniform(0.93, 0.99))
        world.reward += 1000 / len(world.track) * (touched - world.tile_visited_count)  # as the touches would have
        world.tile_visited_count = touched
        for tile in world.road:
            tile.road_visited = True
        move(0, 60)
        step(random())
        world.road[0].road_visited = False
        move(0, -60)
        step(random())
    return out
