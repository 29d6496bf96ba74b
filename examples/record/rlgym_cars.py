"""Rewards of rlgym-tools for several cars, asked about generated states: no game runs."""

from types import SimpleNamespace

import numpy as np
from rlgym_tools.rocket_league.reward_functions.distribute_rewards_wrapper import DistributeRewardsWrapper
from rlgym_tools.rocket_league.reward_functions.flip_reset_reward import FlipResetReward

from recording import Recording

CARS = 4


def columns(rewards: dict, cars: int) -> dict:
    return {f"reward_{car}": rewards.get(car) for car in range(cars)}


def flip_reset(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    out = Recording()

    def car(ball: np.ndarray) -> SimpleNamespace:
        at = np.round(ball + rng.normal(0, 1, 3), 3)
        # Half of the time the underside points to the ball to within a few degrees of 45.
        up = rng.normal(0, 1, 3)
        if rng.random() < 0.5:
            along = (at - ball) / np.linalg.norm(at - ball)
            across = np.cross(along, up)
            angle = np.radians(45 + rng.normal(0, 4))
            up = np.cos(angle) * along + np.sin(angle) * across / np.linalg.norm(across)
        return SimpleNamespace(
            physics=SimpleNamespace(position=at, up=np.round(up / np.linalg.norm(up), 4)),
            ball_touches=int(rng.integers(3) if rng.random() < 0.6 else 0),
            has_flip=bool(rng.random() < 0.5),
            on_ground=bool(rng.random() < 0.15),
            is_flipping=bool(rng.random() < 0.4),
        )

    def state() -> SimpleNamespace:
        ball = np.round(rng.normal(0, 2, 3), 3)
        cars = {i: car(ball) for i in range(CARS)}
        return SimpleNamespace(ball=SimpleNamespace(position=ball), cars=cars)

    def read(now: SimpleNamespace) -> dict:
        cars = now.cars.values()
        return {
            "ball": now.ball.position,
            "at": [c.physics.position for c in cars],
            "up": [c.physics.up for c in cars],
            "touches": [c.ball_touches for c in cars],
            "has_flip": [c.has_flip for c in cars],
            "on_ground": [c.on_ground for c in cars],
            "flipping": [c.is_flipping for c in cars],
        }

    source = FlipResetReward(obtain_flip_weight=0.7, hit_ball_weight=1.5)
    while out.steps < 10_000:
        now = state()
        out.start(**read(now))
        source.reset(list(now.cars), now, {})
        length = int(rng.integers(5, 40))
        for step in range(length):
            now = state()
            rewards = source.get_rewards(list(now.cars), now, {}, {}, {})
            out.step(False, step == length - 1, read(now), **columns(rewards, CARS))
    return out


class Given:
    """A reward that was decided elsewhere."""

    def __init__(self) -> None:
        self.own: dict[int, float] = {}

    def get_rewards(self, agents, *_) -> dict[int, float]:
        return {agent: self.own[agent] for agent in agents}


def distribute_rewards(seed: int) -> Recording:
    rng = np.random.default_rng(seed)
    out = Recording()
    given = Given()
    source = DistributeRewardsWrapper(given, selflessness=0.3, team_coef=0.6)
    out.start()
    for step in range(10_000):
        # Both teams play; some cars are out.
        cars = {}
        while len({c.is_blue for c in cars.values()}) < 2:
            cars = {i: SimpleNamespace(is_blue=bool(rng.random() < 0.5)) for i in range(6) if rng.random() < 0.7}
        given.own = {i: round(float(rng.normal(0, 1)), 3) for i in cars}
        state = SimpleNamespace(cars=cars)
        rewards = source.get_rewards(list(cars), state, {}, {}, {})
        inputs = {
            "own": [given.own.get(i) for i in range(6)],
            "blue": [cars[i].is_blue if i in cars else None for i in range(6)],
        }
        out.step(False, step == 9_999, inputs, **columns(rewards, 6))
    return out
