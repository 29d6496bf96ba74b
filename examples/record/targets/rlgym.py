"""rlgym-tools at a3043ba: the difference that a step makes to the chance of a goal."""

import math
from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np

from draw import Draw
from original import take
from recording import Recording

ROWS = 2400
TOOLS = "rlgym_tools/rocket_league"
# From rlgym's common_values, in its units.
FIELD = dict(BALL_RADIUS=91.25, GOAL_HEIGHT=642.775, GOAL_CENTER_TO_POST=892.755)
GOAL_THRESHOLD = 5215.5
BLUE, ORANGE = 0, 1


def goal_view(source: Path, draw: Draw) -> Recording:
    angles = take(source / TOOLS / "math/solid_angle.py", "solid_angle_eriksson", "view_goal_ratio", np=np, math=math,
                  **FIELD)
    space = take(source / TOOLS / "reward_functions/goal_prob_reward.py", "GoalProbReward", "GoalViewReward",
                 RewardFunction=dict, AgentID=int, GameState=Stub, BLUE_TEAM=BLUE, GOAL_THRESHOLD=GOAL_THRESHOLD, view_goal_ratio=angles["view_goal_ratio"])
    out = Recording()
    while out.steps < ROWS:
        gamma, is_blue = draw.of(1.0, 0.99), draw.chance()
        reward = space["GoalViewReward"](gamma)

        def state(scored):
            ball = draw.reals(-1, 1, 3) * [3500, 5000, 900] + [0, 0, 1000]
            team = draw.of(BLUE, ORANGE)
            return Stub(ball=Stub(position=ball), goal_scored=scored, scoring_team=team, cars={0: Stub(is_blue=is_blue)})

        def inputs(now):
            scorer = "none" if not now.goal_scored else "blue" if now.scoring_team == BLUE else "orange"
            return dict(ball=now.ball.position, scorer=scorer)

        first = state(False)
        reward.reset([0], first, {})
        out.start(gamma=gamma, is_blue=is_blue, **inputs(first))
        for _ in range(20):
            now = state(draw.chance(0.07))
            paid = reward.get_rewards([0], now, {0: False}, {0: False}, {})[0]
            out.step(now.goal_scored, False, dict(gamma=gamma, is_blue=is_blue, **inputs(now)), reward=paid)
            if now.goal_scored:
                break
    return out
