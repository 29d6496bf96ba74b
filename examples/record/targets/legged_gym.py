"""legged_gym at 8fa29ac: every term of its robot's reward, and their sum."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording
from walk import FEET, JOINTS, Walk

ROWS = 2500
DT = 0.02
# Those of LeggedRobotCfg; terms that are off there are on here.
SCALES = dict(
    tracking_lin_vel=1.0, tracking_ang_vel=0.5, lin_vel_z=-2.0, ang_vel_xy=-0.05, orientation=-1.0, torques=-0.00001,
    dof_vel=-0.001, dof_acc=-2.5e-7, base_height=-1.0, feet_air_time=1.0, collision=-1.0, stumble=-1.0, action_rate=-0.01,
    stand_still=-1.0, dof_pos_limits=-1.0, dof_vel_limits=-1.0, torque_limits=-1.0, feet_contact_forces=-1.0)


def batch(values):
    return torch.tensor(np.asarray(values)[None])


def legged_robot(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    space = take(source / "legged_gym/envs/base/legged_robot.py", "compute_reward", *(f"_reward_{t}" for t in SCALES),
                 within="LeggedRobot", torch=torch)
    limits = dict(low=draw.reals(-1.1, -0.9, JOINTS), high=draw.reals(0.9, 1.1, JOINTS), rest=draw.reals(-0.5, 0.5, JOINTS),
                  most_rate=draw.reals(9, 10, JOINTS, digits=1), most_torque=draw.reals(20, 24, JOINTS, digits=1))
    out = Recording()
    while out.steps < ROWS:
        walk = Walk(draw)
        out.start(rate=np.zeros(JOINTS), action=np.zeros(JOINTS))
        paid = {}

        def kept(name, env):
            def term():
                paid[name] = space[f"_reward_{name}"](env) * 1.0
                return paid[name]
            return term

        env = Stub(
            cfg=Stub(rewards=Stub(tracking_sigma=0.25, base_height_target=1.0, soft_dof_vel_limit=1.0,
                                  soft_torque_limit=1.0, max_contact_force=100.0, only_positive_rewards=False)),
            dt=DT, rew_buf=torch.zeros(1), reward_names=list(SCALES), episode_sums=dict.fromkeys(SCALES, 0),
            reward_scales={name: scale * DT for name, scale in SCALES.items()}, default_dof_pos=batch(limits["rest"]),
            dof_pos_limits=torch.tensor(np.column_stack([limits["low"], limits["high"]])),
            dof_vel_limits=torch.tensor(limits["most_rate"]), torque_limits=torch.tensor(limits["most_torque"]),
            feet_indices=range(FEET), penalised_contact_indices=range(FEET, FEET + 3),
            last_contacts=torch.zeros(1, FEET, dtype=bool), feet_air_time=torch.zeros(1, FEET),
            last_actions=torch.zeros(1, JOINTS), last_dof_vel=torch.zeros(1, JOINTS))
        env.reward_functions = [kept(name, env) for name in SCALES]
        for _ in range(60):
            now = walk.step()
            now["knocks"] = draw.near(np.zeros((3, 3)), [0.05, 0.12, 5], digits=2)
            now["height"], now["ground"] = draw.near(1, [0.05, 0.3]), draw.near(np.zeros(5), [0.1], digits=2)
            env.base_lin_vel, env.base_ang_vel, env.projected_gravity, env.torques, env.dof_vel, env.dof_pos, env.actions = (
                batch(now[n]) for n in ("linear", "angular", "gravity", "torque", "rate", "angle", "action"))
            env.commands = batch([*now["command"], now["turn"]])
            env.contact_forces = batch(np.concatenate([now["feet"], now["knocks"]]))
            env.root_states, env.measured_heights = batch([0, 0, now["height"]]), batch(now["ground"])
            space["compute_reward"](env)
            out.step(False, False, now | limits, reward=env.rew_buf[0],
                     **{name: paid[name][0] * scale for name, scale in SCALES.items()})
            env.last_actions, env.last_dof_vel = env.actions, env.dof_vel
    return out
