"""dm_control 1.0.50 (its rewards are those of 985d094): the tasks' own get_reward over generated states."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
from dm_control.suite import humanoid as humanoids
from dm_control.suite import manipulator as manipulators
from dm_control.suite import quadruped as quadrupeds

from draw import Draw
from recording import Recording

ROWS = 2400


def humanoid(_: Path, draw: Draw) -> Recording:
    out = Recording()
    for speed in (0, 0.005, 1, 10):  # so slow is moving, too
        task = humanoids.Humanoid(move_speed=speed, pure_state=False)
        out.start()
        for _ in range(ROWS // 4):
            head, upright = draw.near(1.4, [0.05, 0.4]), np.clip(draw.near(0.9, [0.05, 1]), -1, 1)
            control = draw.reals(-1.2, 1.2, 21, digits=1)
            velocity = draw.near([speed / 2, 0, 0], [0.5, 3, 12])
            physics = Stub(head_height=lambda: head, torso_upright=lambda: upright, control=lambda: control,
                           center_of_mass_velocity=lambda: velocity)
            out.step(False, False, dict(move_speed=speed, head_height=head, upright=upright, control=control,
                                        velocity=velocity), reward=task.get_reward(physics))
    return out


class Named:
    """What physics.named.model reads of the quadruped's arena."""

    geom_size = {("floor", 0): 10.0, ("ball", 0): 0.15}
    site_size = {("workspace", 0): 0.3, ("target", 0): 0.4}


def quadruped_fetch(_: Path, draw: Draw) -> Recording:
    task = quadrupeds.Fetch()
    out = Recording()
    out.start()
    for _ in range(ROWS):
        target = np.zeros(3)
        ball = draw.near(target, [0.6, 5, 20])
        workspace = draw.near(ball, [0.6, 5, 20])
        upright = np.clip(draw.near(1, [0.1, 2]), -1, 1)
        places = dict(target=target, workspace=workspace)
        data = Stub(site_xpos=places, xpos=dict(ball=ball))
        stub = Stub(named=Stub(model=Named, data=data), torso_upright=lambda: upright)
        stub.self_to_ball_distance = lambda: quadrupeds.Physics.self_to_ball_distance(stub)
        stub.ball_to_target_distance = lambda: quadrupeds.Physics.ball_to_target_distance(stub)
        out.step(False, False, dict(ball=ball, workspace=workspace, target=target, upright=upright),
                 reward=task.get_reward(stub))
    return out


class Sites(dict):
    def __getitem__(self, names):
        return np.array([dict.__getitem__(self, name) for name in names])


def manipulator_peg(_: Path, draw: Draw) -> Recording:
    task = manipulators.Bring(use_peg=True, insert=False, fully_observable=True)
    out = Recording()
    out.start()
    for _ in range(ROWS):
        sites = Sites()
        for one, other in (("peg", "target_peg"), ("peg_tip", "target_peg_tip"), ("peg_grasp", "grasp"),
                           ("peg_pinch", "pinch")):
            sites[one] = draw.reals(-0.5, 0.5, 3, digits=2)
            sites[other] = draw.near(dict.__getitem__(sites, one), [0.006, 0.02, 0.1])
        physics = Stub(named=Stub(data=Stub(site_xpos=sites)))
        physics.site_distance = lambda a, b: manipulators.Physics.site_distance(physics, a, b)
        out.step(False, False, dict(sites), reward=task.get_reward(physics))
    return out
