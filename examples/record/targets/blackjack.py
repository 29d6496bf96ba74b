"""Gymnasium 1.4.0: the game itself, hands drawn by it, every third one dealt from aces and tens."""

from pathlib import Path

from gymnasium.envs.toy_text.blackjack import BlackjackEnv

from draw import Draw
from recording import Recording

ROWS = 4000
CARDS = 12


def blackjack(_: Path, draw: Draw) -> Recording:
    out = Recording()
    while out.steps < ROWS:
        rules = dict(natural=draw.chance(), sab=draw.chance())
        env = BlackjackEnv(**rules)
        env.reset(seed=int(draw.random.integers(1 << 31)))
        if draw.chance(0.3):
            env.player, env.dealer = ([draw.of(1, 9, 10) for _ in range(2)] for _ in range(2))
        out.start()
        ended = False
        while not ended:
            hit = draw.chance(0.4)
            _, reward, ended, _, _ = env.step(int(hit))
            hands = {name: hand + [0] * (CARDS - len(hand)) for name, hand in (("player", env.player), ("dealer", env.dealer))}
            out.step(ended, False, rules | dict(hit=hit) | hands, reward=reward)
    return out
