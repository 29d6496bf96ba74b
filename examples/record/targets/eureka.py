"""Eureka at 9eee428: the reward its loop wrote for a hand that turns a cube, and the person's for two hands that stack."""

from pathlib import Path

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording

ROWS = 2500


def shadow_hand(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    reward = take(source / "isaacgymenvs/isaacgymenvs/tasks/shadow_handgpt.py", "compute_reward",
                  torch=torch)["compute_reward"]
    turned = draw.reals(-1, 1, (ROWS, 4))
    goal = draw.reals(-1, 1, (ROWS, 4))
    cube = draw.reals(-0.5, 0.5, (ROWS, 3), digits=2)
    tips = draw.reals(-0.5, 0.5, (ROWS, 5, 3), digits=2)
    total, parts = reward(*map(torch.tensor, (turned, goal, tips, cube)))
    out = Recording()
    out.start()
    for i in range(ROWS):
        out.step(False, False, dict(cube_rotation=turned[i], goal_rotation=goal[i], fingertips=tips[i], cube=cube[i]),
                 reward=total[i], **{name: values[i] for name, values in parts.items()})
    return out


FINGERS = ("ff", "mf", "rf", "lf", "th")


def block_stack(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    file = source / "eureka/envs/bidex/shadow_hand_block_stack.py"
    step = take(file, "compute_success", torch=torch)["compute_success"]
    out = Recording()
    while out.steps < 2540:
        out.start()
        successes = torch.zeros(1)
        target = draw.reals(-0.2, 0.2, 3, digits=2)
        for progress in range(1, 51):
            spread = draw.of(0.02, 0.05, 0.08, 0.08, 0.12) if progress > 25 else 0.06
            right = draw.near(target + [0, -0.1, 0], [0.04, 0.08, 0.3])
            left = draw.near(target + [0, -0.1, 0.05], [0.04, 0.08, 0.3])
            tips = {"right": [draw.near(right, [spread]) for _ in FINGERS],
                    "left": [draw.near(left, [spread]) for _ in FINGERS]}
            if draw.chance(0.15):  # about the bounds of the sums of distances
                side, block = draw.of(("right", right), ("left", left))
                away = np.linalg.norm(tips[side] - block, axis=1).sum()
                scale = draw.of(0, 0.4975, 0.5025, 0.4975, 0.5025, 0.7475, 0.7475, 0.7475, 0.7525) / away
                tips[side] = list(np.round(block + (tips[side] - block) * scale, 4))
            if draw.chance(0.01):  # all at the block, or all but one
                tips["right"] = [right] * 4 + [right + [0, 0, draw.of(0, 0.005)]]
            action = draw.reals(-1, 1, 4, digits=1)
            one = {"block_right_handle_pos": right, "block_left_handle_pos": left, "target_pos": target,
                   "object_pos": target, "object_rot": target, "target_rot": target, "actions": action,
                   "left_hand_pos": left, "right_hand_pos": right}
            one |= {f"{side}_hand_{finger}_pos": p for side, points in tips.items() for finger, p in zip(FINGERS, points)}
            reward, resets, _, _, successes, _ = step(
                None, torch.zeros(1), torch.zeros(1), torch.tensor([float(progress)]), successes, torch.zeros(1), 50.0,
                **{name: torch.tensor(p[None]) for name, p in one.items()},
                dist_reward_scale=0, rot_reward_scale=0, rot_eps=0, action_penalty_scale=0, success_tolerance=0,
                reach_goal_bonus=0, fall_dist=0, fall_penalty=0, max_consecutive_successes=0, av_factor=0,
                ignore_z_rot=False)
            end = bool(resets[0])
            out.step(end, False, dict(target=target, right_block=right, left_block=left,
                                      right_fingers=tips["right"], left_fingers=tips["left"]),
                     reward=reward[0], resets=end, successes=bool(successes[0]))
            if end:
                break
    return out
