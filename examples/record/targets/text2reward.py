"""text2reward at e7f57ef: rewards that a language model wrote, and two of ManiSkill2's own."""

from pathlib import Path
from types import SimpleNamespace as Stub

import numpy as np
from scipy.spatial.distance import cdist

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


class Frames:
    """A pose as the source asks for it; the rotations are few, so that a file of them is short."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.turns = [np.linalg.qr(draw.random.normal(size=(3, 3)))[0] for _ in range(40)]
        self.turns = [turn * np.linalg.det(turn) for turn in self.turns]

    def one(self, place) -> np.ndarray:
        return frame(self.turns[self.draw.random.integers(len(self.turns))], place)


def turn(axis: int, angle: float) -> np.ndarray:
    """The rotation about a coordinate axis."""
    a, b = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[[a, b], [a, b]], matrix[a, b], matrix[b, a] = np.cos(angle), -np.sin(angle), np.sin(angle)
    return matrix


def frame(rotation: np.ndarray, place) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = rotation, place
    return matrix


def pose(frame: np.ndarray):
    return Stub(p=frame[:3, 3], to_transformation_matrix=lambda: frame)


def transform_points(frame, points):
    return points @ frame[:3, :3].T + frame[:3, 3]


def turn_faucet_zero_shot(source: Path, draw: Draw) -> Recording:
    file = source / "run_maniskill/reward_code/zero-shot/TurnFaucet-v0/specific.py"
    reward = take(file, "compute_dense_reward", np=np, cdist=cdist, transform_points=transform_points)
    frames = Frames(draw)
    cloud = draw.reals(-0.1, 0.1, (16, 3), digits=2)
    out = Recording()
    out.start()
    for _ in range(ROWS):
        link = frames.one(draw.reals(-0.5, 0.5, 3, digits=2))
        fingers = [draw.near(link[:3, 3], [0.05, 0.2, 0.6]) for _ in range(2)]
        angle, held, action = draw.near(1.2, [0.1, 1], digits=2), draw.chance(), draw.reals(-1, 1, 8, digits=2)
        env = Stub(target_link=Stub(pose=pose(link)), target_link_pcd=cloud, lfinger=at(fingers[0]), rfinger=at(fingers[1]),
                   agent=Stub(check_grasp=lambda link: held), target_angle=1.2, current_angle=angle)
        out.step(False, False, dict(link=link, handle=cloud, left=fingers[0], right=fingers[1], grasped=held,
                                    angle=angle, target_angle=1.2, action=action),
                 reward=reward["compute_dense_reward"](env, action))
    return out


def open_drawer(source: Path, draw: Draw) -> Recording:
    file = source / "run_maniskill/reward_code/few-shot/OpenCabinetDrawer-v1/specific.py"
    reward = take(file, "compute_dense_reward", np=np, sdist=Stub(cdist=cdist), transform_points=transform_points)
    frames = Frames(draw)
    cloud = draw.reals(-0.05, 0.05, (12, 3), digits=2)
    out = Recording()
    out.start()
    for _ in range(2000):
        link = frames.one(draw.reals(-0.5, 0.5, 3, digits=1))
        ends = np.round(link[:3, 3] + draw.of(0, 0.1, 0.5, 2) + draw.reals(-0.1, 0.1, (2, 10, 3), digits=2), 2)
        if draw.chance(0.02):  # the hand wraps the handle
            link[:3, :3] = np.eye(3)
            ends.reshape(-1, 3)[:12] = transform_points(link, cloud)
        action, opened = draw.reals(-1, 1, 11, digits=1), draw.near(0.3, [0.02, 0.3])
        speeds = [draw.near(np.zeros(3), [0.1, 1], digits=2) for _ in range(2)]
        env = Stub(agent=Stub(get_ee_coords_sample=lambda: ends), target_link=Stub(pose=pose(link), velocity=speeds[0]),
                   target_handle_pcd=cloud, link_qpos=opened, target_qpos=0.3,
                   cabinet=Stub(get_links=lambda: [Stub(velocity=speeds[1])]))
        out.step(False, False, dict(ends=ends, link=link, handle=cloud, opened=opened, target=0.3,
                                    handle_velocity=speeds[0], cabinet_velocity=speeds[1], action=action),
                 reward=reward["compute_dense_reward"](env, action))
    return out


def turn_faucet(source: Path, draw: Draw) -> Recording:
    env_type = take(source / "ManiSkill2/mani_skill2/envs/misc/turn_faucet.py", "evaluate", "_compute_distance",
                    "compute_dense_reward", within="TurnFaucetEnv", np=np, cdist=cdist,
                    transform_points=transform_points)
    frames = Frames(draw)
    cloud = draw.reals(-0.1, 0.1, (12, 3), digits=2)
    tips = [draw.reals(-0.02, 0.02, (6, 3), digits=2) for _ in range(2)]
    out = Recording()
    while out.steps < ROWS:
        angle, target = draw.reals(0, 0.5, digits=2), 1.5
        out.start(angle=angle, target_angle=target)
        env = Stub(last_angle_diff=target - angle, target_angle=target, target_link_pcd=cloud, lfinger_pcd=tips[0],
                   rfinger_pcd=tips[1])
        env._compute_distance = lambda env=env: env_type["_compute_distance"](env)
        for _ in range(30):
            angle = np.round(angle + draw.of(-0.05, 0.02, 0.1) * draw.of(1, 1, 3), 2)
            if draw.chance(0.05):
                angle = draw.of(target, target - 0.005)
            link = frames.one(draw.reals(-0.3, 0.3, 3, digits=1))
            fingers = [frames.one(draw.near(link[:3, 3], [0.1, 0.2, 0.5], digits=1)) for _ in range(2)]
            env.current_angle = angle
            env.target_link, env.lfinger, env.rfinger = (Stub(pose=pose(frame)) for frame in (link, *fingers))
            info = env_type["evaluate"](env)
            paid = env_type["compute_dense_reward"](env, info)
            out.step(info["success"], False, dict(
                angle=angle, target_angle=target, link=link, left=fingers[0], right=fingers[1], handle=cloud,
                left_tip=tips[0], right_tip=tips[1]), reward=paid, success=info["success"])
            if info["success"]:
                break
    return out


def success_kernel(points, center, radius, height, h1, h2, output):
    """The source's kernel, which Warp runs once a particle, over all of them: what it adds to each counter."""
    a, b, z = points[:, 0] - center[0], points[:, 1] - center[1], points[:, 2]
    inside = (a * a + b * b < radius * radius) & (z < height)
    output += [np.sum(inside & (z > h1)), np.sum(inside & (z > h2)), np.sum(~inside & (z < 0.001)), np.sum(inside)]


class Counters(np.ndarray):
    def zero_(self):
        self[:] = 0

    def numpy(self):
        return np.asarray(self)


def pour(source: Path, draw: Draw) -> Recording:
    wp = Stub(launch=lambda kernel, dim, inputs, device: kernel(*inputs))
    space = take(source / "ManiSkill2/mani_skill2/envs/mpm/pour_env.py", "evaluate", "compute_dense_reward",
                 within="PourEnv", np=np, wp=wp, success_kernel=success_kernel)
    out = Recording()
    while out.steps < 2000:
        line = draw.of(0.01, 0.012)
        # places from the middle of the beaker's ground, some a hair inside and outside of each bound
        spots = {"low": (0, 0, 0.005), "filled": (0.01, 0, 0.016), "over": (0, 0.02, 0.03), "spilt": (0.3, 0, 0),
                 "above": (0, 0.01, 0.3), "held": (0.1, 0.1, 0.2)}
        edges = [(x * r, y * r, 0.005) for x, y in ((1, 0), (-0.6, 0.8), (0, -1)) for r in (0.0399, 0.0401)]
        edges += [(0.01, 0, 0.0995), (0.01, 0, 0.1005), (0.3, 0, 0.000995), (0.3, 0, 0.001005)]
        edges += [(0.01, 0, h) for h in (line - 5e-5, line + 5e-5, line + 0.00398, line + 0.00402)]
        spots |= {f"edge_{i}": place for i, place in enumerate(edges)}
        beaker = frame(turn(2, draw.reals(-3, 3, digits=1)) @ turn(0, draw.of(0, 0, 0.1)),
                       np.append(draw.reals(-0.2, 0.2, 2, digits=2), 0))
        cylinder = np.append(draw.reals(-0.01, 0.01, 2), [0.04, 0, 0.1])
        brim = transform_points(beaker, cylinder[[0, 1, 4]])
        box = np.sort(draw.reals(-0.05, 0.05, (2, 3), digits=2) + [[-0.02], [0.02]], axis=0)
        out.start()
        for _ in range(25):
            counts = dict.fromkeys(spots, 0)
            finished = draw.chance(0.5)
            counts["filled"] = draw.of(60, 99, 100, 101, 130, 400, 520) if finished else draw.of(0, 60, 99, 100)
            counts["over"] = draw.of(0, 5, 9, 10, 110) if finished else draw.of(0, 20)
            counts["spilt"] = draw.of(0, 0, 20, 99, 100)
            counts["low"], counts["above"] = draw.of(0, 10), draw.of(0, 10)
            if draw.chance(0.3):
                counts |= {name: draw.of(0, 1) for name in spots if name.startswith("edge")}
            counts["held"] = 680 - sum(counts.values())
            if counts["held"] < 0:
                counts["low"], counts["above"], counts["spilt"] = 0, 0, 0
                counts["held"] = max(0, 680 - sum(n for name, n in counts.items() if name != "held"))
            particles = np.concatenate([np.tile(spots[name], (n, 1)) for name, n in counts.items()])[:680]
            particles = np.round(particles + [*beaker[:2, 3], 0], 6)
            angle = draw.of(0, 0.3, 0.51, 0.52, 0.527, 0.535, 1.0, np.pi / 2, 3.0)
            longer = 1.000001 if angle == np.pi / 2 else 1  # as rounding in binary32 makes it
            bottle = frame(turn(2, draw.reals(-3, 3, digits=1)) @ turn(0, angle) * longer,
                           draw.reals(-0.1, 0.1, 3, digits=2) + brim)
            t = np.array([0.5, 0.5, 0.33])
            at_grip = box[0] * (1 - t) + box[1] * t
            if draw.chance(0.3):  # the grip about the height from which it pours
                bottle[2, 3] += brim[2] + draw.of(0.05, 0.055, 0.0597, 0.0603) - transform_points(bottle, at_grip)[2]
                site = transform_points(bottle, at_grip) + np.append(draw.near([0, 0], [0.02], digits=2), 0)
            elif draw.chance(0.1):  # as far off as it may be, or a hair further
                site = transform_points(bottle, at_grip) + draw.of(0.0498, 0.0502) * turn(2, draw.reals(-3, 3))[0]
            else:
                site = draw.near(transform_points(bottle, at_grip), [0.02, 0.02, 0.1], digits=2)
            fingers = [draw.near(site, [0.05], digits=2) for _ in range(2)]
            if draw.chance(0.2):  # the left one ahead by a hair, or behind
                way = (brim - fingers[1]) / np.linalg.norm(brim - fingers[1])
                fingers[0] = np.round(fingers[1] + draw.of(-0.0005, 0.0005) * way, 6)
            held = draw.chance(0.8)
            qvel = draw.of(0.01, 0.01, 0.1) * draw.reals(-1, 1, 9, digits=1)
            qvel[0] = draw.of(qvel[0], -0.0498, 0.0498, -0.0502, 0.0502)
            env = Stub(
                get_mpm_state=lambda: {"v": None}, mpm_states=[Stub(struct=Stub(particle_q=particles))],
                mpm_model=Stub(device=None, struct=Stub(n_particles=len(particles))),
                target_beaker=Stub(pose=pose(beaker)), source_container=Stub(pose=pose(bottle)), _target_radius=0.04,
                _target_height=0.1, h1=line, h2=line + 0.004, _success_helper=np.zeros(4, int).view(Counters),
                agent=Stub(robot=Stub(get_qvel=lambda: qvel), check_grasp=lambda thing: held), source_aabb=box,
                target_aabc=cylinder, grasp_site=at(site), lfinger=at(fingers[0]), rfinger=at(fingers[1]))
            env.evaluate = lambda: space["evaluate"](env)
            parts = space["compute_dense_reward"](env, reward_info=True)
            done = env.evaluate()["success"]
            for _ in range(2 if done else 1):  # at rest it stays done
                out.step(False, False, dict(
                    particles=particles, bottle=bottle, beaker=beaker, grip=site, left=fingers[0], right=fingers[1],
                    grasped=held, qvel=qvel, fill=line, bottle_box=box, beaker_top=cylinder[[0, 1, 4]]),
                    reward=parts["reward"], success=done,
                    **{name: parts.get(f"reward_{name}", 0)
                       for name in ("grasp_site", "grasp", "orientation", "dist", "finger")})
    return out
