"""ManiSkill at 0a6828931108: batched rewards, run here one environment at a time."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
import torch

from draw import Draw
from original import take
from recording import Recording, pose

ROWS = 2000


def push_t(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    file = source / "mani_skill/envs/tasks/tabletop/push_t.py"
    space = take(file, "quat_to_z_euler", "compute_dense_reward", within="PushTEnv", torch=torch)
    out = Recording()
    out.start()
    for _ in range(ROWS):
        goal = np.array([-0.156, -0.1, 0.001])
        tee = draw.near([-0.156, -0.1, 0.021], [0.02, 0.2, 1])
        tcp = draw.near(tee, [0.05, 0.5])
        angle = draw.reals(-2 * np.pi, 2 * np.pi, digits=2)
        q = np.array([np.cos(angle / 2), 0, 0, np.sin(angle / 2)])
        placed = draw.chance(0.2)
        at = {name: torch.tensor(p[None]) for name, p in (("goal", goal), ("tee", tee), ("tcp", tcp), ("q", q))}
        env = Stub(goal_z_rot=(5 / 3) * np.pi, tee=Stub(pose=Stub(p=at["tee"], q=at["q"])),
                   goal_tee=Stub(pose=Stub(p=at["goal"])), agent=Stub(tcp=Stub(pose=Stub(p=at["tcp"]))))
        env.quat_to_z_euler = lambda quats: space["quat_to_z_euler"](env, quats)
        reward = space["compute_dense_reward"](env, None, None, {"success": torch.tensor([placed])})
        out.step(False, False, dict(pose("tee", tee, q), goal=goal, tcp=tcp, placed=placed), reward=reward[0])
    return out
