"""Isaac Lab 2.3.2.post1, an unpacked wheel: rewards of its robots that follow a velocity, one step of physics a step."""

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
STD = 0.5
# Those of RewardsCfg; terms that are off there are on here.
WEIGHTS = dict(
    track_lin_vel_xy_exp=1.0, track_ang_vel_z_exp=0.5, lin_vel_z_l2=-2.0, ang_vel_xy_l2=-0.05, joint_torques_l2=-1e-5,
    joint_acc_l2=-2.5e-7, action_rate_l2=-0.01, feet_air_time=0.125, undesired_contacts=-1.0, flat_orientation_l2=-1.0,
    joint_pos_limits=-1.0, joint_vel_limits=-1.0, joint_deviation_l1=-1.0, contact_forces=-1.0)
PACKAGE = "isaaclab/source/isaaclab/isaaclab"
TASKS = "isaaclab/source/isaaclab_tasks/isaaclab_tasks/manager_based/locomotion/velocity/mdp/rewards.py"


def batch(values):
    return torch.tensor(np.asarray(values)[None])


def sensor(space, bodies):
    """A contact sensor with what its own update needs."""
    data = Stub(net_forces_w=torch.zeros(1, bodies, 3), net_forces_w_history=torch.zeros(1, 3, bodies, 3),
                **{f"{which}_{what}_time": torch.zeros(1, bodies) for which in ("last", "current")
                   for what in ("air", "contact")})
    one = Stub(data=data, _data=data, _num_envs=1, _num_bodies=bodies, _sim_physics_dt=DT, _timestamp=torch.zeros(1),
               _timestamp_last_update=torch.zeros(1), contact_physx_view=Stub(get_net_contact_forces=lambda dt: one.forces),
               cfg=Stub(history_length=3, filter_prim_paths_expr=[], track_pose=False, track_contact_points=False,
                        track_friction_forces=False, track_air_time=True, force_threshold=1.0))
    one.compute_first_contact = lambda dt: space["compute_first_contact"](one, dt)

    def update(forces):
        one.forces = torch.tensor(forces)
        one._timestamp = one._timestamp_last_update + DT
        space["_update_buffers_impl"](one, [0])

    return one, update


def velocity(source: Path, draw: Draw) -> Recording:
    torch.set_default_dtype(torch.float64)
    robot = Stub(name="robot", joint_ids=slice(None))
    names = [name for name in WEIGHTS if name != "feet_air_time"]
    terms = take(source / PACKAGE / "envs/mdp/rewards.py", *names, torch=torch, SceneEntityCfg=lambda name: robot)
    terms |= take(source / TASKS, "feet_air_time", torch=torch)
    manager = take(source / PACKAGE / "managers/reward_manager.py", "compute", within="RewardManager", torch=torch)
    contacts = take(source / PACKAGE / "sensors/contact_sensor/contact_sensor.py", "compute_first_contact",
                    "_update_buffers_impl", within="ContactSensor", torch=torch)
    acceleration = take(source / PACKAGE / "assets/articulation/articulation_data.py", "joint_acc",
                        within="ArticulationData")["joint_acc"]
    feet, thighs = Stub(name="contacts", body_ids=range(FEET)), Stub(name="contacts", body_ids=range(FEET, FEET + 2))
    given = dict(
        track_lin_vel_xy_exp=dict(std=STD, command_name="velocity"),
        track_ang_vel_z_exp=dict(std=STD, command_name="velocity"),
        feet_air_time=dict(command_name="velocity", sensor_cfg=feet, threshold=0.5),
        undesired_contacts=dict(threshold=1.0, sensor_cfg=thighs), contact_forces=dict(threshold=100.0, sensor_cfg=feet),
        joint_vel_limits=dict(soft_ratio=0.9))
    limits = dict(low=draw.reals(-1.1, -0.9, JOINTS), high=draw.reals(0.9, 1.1, JOINTS), rest=draw.reals(-0.5, 0.5, JOINTS),
                  most_rate=draw.reals(10, 11, JOINTS, digits=1))
    out = Recording()
    while out.steps < ROWS:
        walk, before = Walk(draw), draw.reals(-5, 5, JOINTS, digits=1)
        out.start(rate=before, action=np.zeros(JOINTS))
        one, update = sensor(contacts, FEET + 2)
        data = Stub(_joint_acc=Stub(timestamp=0.0, data=None), _sim_timestamp=0.0, _previous_joint_vel=batch(before),
                    default_joint_pos=batch(limits["rest"]), soft_joint_vel_limits=batch(limits["most_rate"]),
                    soft_joint_pos_limits=batch(np.column_stack([limits["low"], limits["high"]])))
        scene = {"robot": Stub(data=data)}
        env = Stub(step_dt=DT, scene=type("Scene", (dict,), {"sensors": {"contacts": one}})(scene),
                   action_manager=Stub(action=torch.zeros(1, JOINTS)))
        rewards = Stub(_reward_buf=torch.zeros(1), _step_reward=torch.zeros(1, len(WEIGHTS)), _env=env,
                       _term_names=list(WEIGHTS), _episode_sums=dict.fromkeys(WEIGHTS, 0),
                       _term_cfgs=[Stub(func=terms[n], weight=w, params=given.get(n, {})) for n, w in WEIGHTS.items()])
        for _ in range(60):
            now = walk.step()
            now["thighs"] = draw.near(np.zeros((2, 3)), [0.5, 1.2, 5], digits=2)
            update(np.concatenate([now["feet"], now["thighs"]]))
            data._sim_timestamp += DT
            data.root_lin_vel_b, data.root_ang_vel_b, data.projected_gravity_b, data.applied_torque = (
                batch(now[n]) for n in ("linear", "angular", "gravity", "torque"))
            data.joint_vel, data.joint_pos = batch(now["rate"]), batch(now["angle"])
            data.joint_acc = acceleration(data)
            env.action_manager = Stub(prev_action=env.action_manager.action, action=batch(now["action"]))
            command = batch([*now["command"], now["turn"]])
            env.command_manager = Stub(get_command=lambda name: command)
            total = manager["compute"](rewards, DT)
            out.step(False, False, now | limits, reward=total[0], **dict(zip(WEIGHTS, rewards._step_reward[0])))
    return out
