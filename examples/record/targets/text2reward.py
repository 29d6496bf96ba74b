"""text2reward at e7f57ef: rewards that a language model wrote, and two of ManiSkill2's own."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np

from draw import Draw
from original import take
from recording import Recording

ROWS = 2500


def at(p):
    return Stub(pose=Stub(p=np.asarray(p)))


def lift_cube(source: Path, draw: Draw) -> Recording:
    reward = take(source / "run_maniskill/reward_code/few-shot/LiftCube-v0/specific.py", "compute_dense_reward", np=np)
    out = Recording()
    out.start()
    for _ in range(ROWS):
        goal = draw.reals(0.1, 0.3)
        obj = np.append(draw.reals(-0.3, 0.3, 2), draw.near(goal + 0.02, [0.3, 0.01]))
        tcp = draw.near(obj, [0.02, 0.1, 0.5])
        qvel = draw.reals(-1, 1, 9) * draw.of(1, 0.25, 0.1)
        held = draw.chance()
        env = Stub(obj=at(obj), tcp=at(tcp), goal_height=goal,
                   agent=Stub(robot=Stub(get_qvel=lambda: qvel), check_grasp=lambda obj, max_angle: held))
        out.step(False, False, dict(cube=obj, tcp=tcp, goal_height=goal, qvel=qvel, grasped=held),
                 reward=reward["compute_dense_reward"](env, None))
    return out


def window_close(source: Path, draw: Draw) -> Recording:
    reward = take(source / "run_metaworld/reward_code/window-close-v2/specific.py", "compute_dense_reward", np=np)
    return meta_world(reward["compute_dense_reward"], draw)


def sweep_into(source: Path, draw: Draw) -> Recording:
    reward = take(source / "run_metaworld/reward_code/sweep-into-v2/specific.py", "compute_dense_reward", np=np)
    return meta_world(reward["compute_dense_reward"], draw)


def meta_world(reward, draw: Draw) -> Recording:
    out = Recording()
    out.start()
    for _ in range(ROWS):
        goal = draw.reals(-0.5, 0.5, 3, digits=2)
        thing = draw.near(goal, [0.04, 0.1, 0.5])
        hand = draw.near(thing, [0.05, 0.5])
        obs = np.concatenate([hand, [draw.of(-1, 0, 1) * draw.reals(0, 1)], thing, draw.reals(-1, 1, 32, digits=1)])
        action = draw.reals(-1, 1, 4)
        env = Stub(env=Stub(_get_pos_goal=lambda: goal))
        out.step(False, False, dict(obs=obs, goal=goal, action=action), reward=reward(env, action, obs))
    return out
