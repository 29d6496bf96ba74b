"""IsaacGymEnvs at aeed298: rewards over batches of environments, run here one environment at a time."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording, pose

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
            if draw.chance(0.2):
                cube[2] = 1.025 + draw.of(size_a + 0.04, on_top - 1.005, on_top - 1.045) + draw.reals(-0.0003, 0.0003, digits=4)
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


def shadow_hand(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    quaternions = take(source / "isaacgymenvs/utils/torch_jit_utils.py", "quat_mul", "quat_conjugate", torch=torch)
    products = {name: quaternions[name] for name in ("quat_mul", "quat_conjugate")}
    step = take(source / TASKS / "shadow_hand.py", "compute_hand_reward", torch=torch, **products)
    pool = [draw.quaternion() for _ in range(60)]
    out = Recording()
    length = 40
    while out.steps < ROWS:
        out.start()
        progress, successes = torch.zeros(1), torch.zeros(1)
        most, any_turn = draw.of(0, 3), draw.chance()
        goal_place, falls = draw.reals(-0.1, 0.1, 3, digits=2), draw.chance()
        for _ in range(130):
            goal = pool[draw.random.integers(len(pool))]
            angle = draw.of(0.045, 0.09, 0.0995, 0.1005, 0.12, 1.0) * draw.of(1, 2) if draw.chance(0.15) else draw.of(2.5, 3.1)
            turn = np.append(np.sin(angle / 2) * draw.of(*np.eye(3)), np.cos(angle / 2))
            cube = quaternions["quat_mul"](torch.tensor(turn[None]), torch.tensor(goal[None]))[0].numpy()
            place = draw.near(goal_place, [0.02, 0.1, 0.2 if falls else 0.1], digits=2)
            action = draw.reals(-1, 1, 20, digits=1)
            progress = progress + 1
            values = batch(object_pos=place, object_rot=cube, target_pos=goal_place, target_rot=goal, actions=action)
            reward, resets, hits, progress, successes, _ = step["compute_hand_reward"](
                None, torch.zeros(1), torch.zeros(1), progress, successes, torch.zeros(1), float(length), **values,
                dist_reward_scale=-10.0, rot_reward_scale=1.0, rot_eps=0.1, action_penalty_scale=-0.0002,
                success_tolerance=0.1, reach_goal_bonus=250.0, fall_dist=0.24, fall_penalty=-50.0,
                max_consecutive_successes=most, av_factor=0.1, ignore_z_rot=any_turn)
            out.step(resets[0], False, dict(
                pose("cube", place, cube) | pose("goal", goal_place, goal),
                action=action, max_successes=most, ignore_z_turn=any_turn),
                reward=reward[0], resets=bool(resets[0]), goal_resets=bool(hits[0]), successes=successes[0])
            if resets[0]:
                break
    return out


class Points(np.ndarray):
    """In place of Warp's array of points."""

    def numpy(self):
        return np.asarray(self)


def turned(q, points):
    """Points turned by a quaternion whose last element is real."""
    across = 2 * np.cross(q[:3], points)
    return points + q[3] * across + np.cross(q[:3], across)


def launch(kernel, dim, inputs, device):
    points, to, (place, q) = inputs
    to[:] = turned(np.asarray(q), points) + np.asarray(place)


class Box:
    """The signed distance of a box at a pose, as pysdf gives it for a mesh: positive inside."""

    def __init__(self, half, place, q):
        self.half, self.place, self.back = half, place, q * [-1, -1, -1, 1]

    def __call__(self, points):
        beyond = np.abs(turned(self.back, points - self.place)) - self.half
        return -(np.linalg.norm(np.maximum(beyond, 0), axis=1) + np.minimum(beyond.max(axis=1), 0))


def sdf_reward(source: Path, draw: Draw) -> Recording:
    wp = Stub(clone=lambda points: points.copy(), transform=lambda place, q: (place, q), launch=launch)
    file = source / TASKS / "industreal/industreal_algo_utils.py"
    reward = take(file, "get_sdf_reward", torch=torch, wp=wp, transform_points=None)["get_sdf_reward"]
    half = np.array([0.008, 0.008, 0.025])
    sampled = np.round(draw.random.uniform(-1, 1, (24, 3)), 2)
    sampled[np.arange(24), draw.random.integers(0, 3, 24)] = 1.0
    sampled = sampled * half
    pool = [draw.quaternion() for _ in range(60)]
    out = Recording()
    out.start()
    for _ in range(ROWS):
        goal, goal_turn = draw.reals(-0.1, 0.1, 3), pool[draw.random.integers(len(pool))]
        plug, turn = draw.near(goal, [0.003, 0.01, 0.1]), goal_turn if draw.chance() else pool[draw.random.integers(60)]
        paid = reward([sampled.view(Points)], [0], plug[None], turn[None], [Box(half, goal, goal_turn)], None, "cpu")
        if paid[0] < 15:  # beyond that the distance is rounding alone, or 0
            out.step(False, False, dict(pose("plug", plug, turn) | pose("goal", goal, goal_turn), points=sampled),
                     reward=paid[0])
    return out
