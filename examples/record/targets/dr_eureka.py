"""DrEureka at 1d4e007: the rewards of its quadruped, for walking forward and for balancing on a ball."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording

ROWS = 2000


def batch(**values):
    return {name: torch.tensor(np.asarray(v, float)[None]) for name, v in values.items()}


def forward_locomotion(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    names = take(source / "forward_locomotion/go1_gym/rewards/eureka_reward.py", "EurekaReward", torch=torch)
    out = Recording()
    while out.steps < ROWS:
        out.start()
        low, high = draw.reals(-1.5, -0.5, 12, digits=1), draw.reals(0.5, 1.5, 12, digits=1)
        run = dict(target_velocity=draw.of(1.0, 2.0, 2.5), global_reference=draw.chance(),
                   joint_limits=np.stack([low, high], axis=1))
        before = np.zeros(12)
        for _ in range(25):
            inside = np.round(low + (high - low) * draw.random.random(12), 1)
            joints = inside if draw.chance(0.7) else inside + draw.of(-0.3, 0.3) * draw.of(0, 1)
            velocity, gravity = draw.near([2, 0, 0], [0.2, 2]), draw.near([0, 0, -1], [0.1, 1])
            spin, body = (draw.near([x, 0, 0], [0.3, 1], digits=2) for x in (0, 1))
            command = draw.reals(-1, 1, 3, digits=2)
            height, action = draw.near(0.34, [0.02, 0.2]), draw.reals(-1, 1, 12, digits=1)
            root = np.concatenate([[0, 0, height, 0, 0, 0, 1], velocity, spin])
            env = Stub(num_envs=1, device="cpu", dof_pos_limits=torch.tensor(run["joint_limits"]),
                       cfg=Stub(rewards=Stub(target_velocity=run["target_velocity"], tracking_sigma=0.25,
                                             tracking_sigma_yaw=0.25),
                                commands=Stub(global_reference=run["global_reference"])),
                       **batch(root_states=root, projected_gravity=gravity, dof_pos=joints, actions=action,
                               last_actions=before, commands=command, base_lin_vel=body, base_ang_vel=spin))
            eureka = names["EurekaReward"](env)
            total, parts = eureka.compute_reward(using_curriculum=True)
            out.step(False, False, run | dict(
                height=height, velocity=velocity, gravity=gravity, joints=joints, action=action, command=command,
                body_velocity=body, body_spin=spin),
                reward=total[0], at_two=eureka.compute_success()[0], **{n: v[0] for n, v in parts.items()})
            before = action
    return out


def globe_walking(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    names = take(source / "globe_walking/go1_gym/rewards/eureka_reward.py", "EurekaReward", torch=torch)
    terms = ("height", "balance", "smooth_actions", "penalize_large_actions")
    out = Recording()
    while out.steps < ROWS:
        out.start()
        radius = draw.reals(0.2, 0.5, digits=2)
        before = np.zeros(12)
        for _ in range(25):
            ball = draw.reals(-1, 1, 3, digits=2)
            feet = np.stack([draw.near(ball + [0, 0, radius], [0.05, 0.5, 5], digits=2) for _ in range(4)])
            base, action = draw.near([0, 0, 2 * radius], [0.02, 0.3], digits=2), draw.reals(-1, 1, 12, digits=1)
            env = Stub(ball_radius=radius, **batch(base_pos=base, object_pos_world_frame=ball, foot_positions=feet,
                                                   actions=action, last_actions=before))
            eureka = names["EurekaReward"](env)
            paid = {name: getattr(eureka, f"_reward_{name}")()[0] for name in terms}
            out.step(False, False, dict(ball_radius=radius, base=base, ball=ball, feet=feet, action=action),
                     reward=sum(paid.values()), **paid)
            before = action
    return out
