"""walk-these-ways at 0e7236b: how smoothly it walks."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording
from walk import JOINTS

ROWS = 2000


def smoothness(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    file = source / "go1_gym/envs/rewards/corl_rewards.py"
    space = take(file, "_reward_action_smoothness_1", "_reward_action_smoothness_2", within="CoRLRewards", torch=torch)
    out = Recording()
    while out.steps < ROWS:
        out.start()
        none = torch.zeros(1, JOINTS)
        env = Stub(num_dof=JOINTS, num_actuated_dof=JOINTS, last_actions=none, last_last_actions=none,
                   last_joint_pos_target=none, last_last_joint_pos_target=none)
        for _ in range(25):
            env.joint_pos_target = torch.tensor(draw.reals(-1, 1, JOINTS, digits=2)[None])
            paid = [space[f"_reward_action_smoothness_{n}"](Stub(env=env))[0] for n in (1, 2)]
            out.step(False, False, dict(target=env.joint_pos_target[0].numpy()), first=paid[0], second=paid[1])
            env.last_last_actions, env.last_actions = env.last_actions, torch.ones(1, JOINTS)  # any but 0
            env.last_last_joint_pos_target, env.last_joint_pos_target = env.last_joint_pos_target, env.joint_pos_target
    return out
