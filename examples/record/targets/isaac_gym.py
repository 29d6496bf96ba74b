"""IsaacGymEnvs at aeed298: rewards over batches of environments, run here one environment at a time."""

from pathlib import Path

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording

ROWS = 2500
TASKS = "isaacgymenvs/tasks"


def batch(**values):
    return {name: torch.tensor(np.asarray(v, float)[None]) for name, v in values.items()}


def ant(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    reward = take(source / TASKS / "ant.py", "compute_ant_reward", torch=torch)["compute_ant_reward"]
    out = Recording()
    length = 1000
    while out.steps < ROWS:
        stays = out.steps == 0  # one episode up to the limit of time
        before = draw.reals(-60_000, 0, digits=0)
        out.start(potential=before)
        for progress in range(1, length + 1 if stays else 30):
            obs = draw.reals(-1, 1, 28, digits=2)
            obs[0] = draw.reals(0.31, 1) if stays else draw.near(0.36, [0.03, 0.3])
            obs[10], obs[11] = draw.near(0.93, [0.02, 0.07, 1]), draw.near(0.8, [0.05, 0.2, 1])
            obs[12:20] = np.where(draw.random.random(8) < 0.2, draw.near(np.full(8, 0.99), [0.01]), obs[12:20])
            action = draw.reals(-1, 1, 8, digits=2)
            potential = before + draw.reals(-10, 10, digits=1)
            values = batch(obs_buf=obs, reset_buf=0, progress_buf=progress, actions=action, potentials=potential,
                           prev_potentials=before)
            total, reset = reward(**values, up_weight=0.1, heading_weight=0.5, actions_cost_scale=0.005,
                                  energy_cost_scale=0.05, joints_at_limit_cost_scale=0.1, termination_height=0.31,
                                  death_cost=-2.0, max_episode_length=float(length))
            out.step(reset[0], False, dict(obs=obs, action=action, potential=potential), reward=total[0],
                     reset=bool(reset[0]))
            before = potential
            if reset[0]:
                break
    return out


def franka_cube_stack(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    file = source / TASKS / "franka_cube_stack.py"
    reward = take(file, "compute_franka_reward", torch=torch)["compute_franka_reward"]
    settings = dict(r_dist_scale=0.1, r_lift_scale=1.5, r_align_scale=2.0, r_stack_scale=16.0, table_height=1.025)
    out = Recording()
    length = 300
    while out.steps < ROWS:
        stays = out.steps == 0
        out.start()
        size_a, size_b = draw.of(0.04, 0.05, 0.06), draw.of(0.06, 0.07)
        for progress in range(1, length + 1 if stays else 40):
            on_top = 1.025 + size_b + size_a / 2
            cube = draw.near([0, 0, draw.of(on_top, 1.025 + size_a + 0.04)], [0.01, 0.03, 0.1])
            hand = draw.near([0, 0, 0], [0.05, 0.2])
            left, right = draw.near(cube, [0.02, 0.2]), draw.near(cube, [0.02, 0.2])
            to_b = draw.near([0, 0, -(size_a + size_b) / 2], [0.02, 0.2])
            if stays:
                to_b[0] = 0.1
            values = dict(cubeA_size=size_a, cubeB_size=size_b, cubeA_pos=cube, cubeA_pos_relative=hand,
                          eef_lf_pos=left, eef_rf_pos=right, cubeA_to_cubeB_pos=to_b)
            total, reset = reward(torch.zeros(1), torch.tensor([float(progress)]), None, batch(**values), settings,
                                  float(length))
            out.step(reset[0], False, dict(size_a=size_a, size_b=size_b, cube_a=cube, hand_to_a=hand, left_finger=left,
                                           right_finger=right, a_to_b=to_b), reward=total[0], reset=bool(reset[0]))
            if reset[0]:
                break
    return out
