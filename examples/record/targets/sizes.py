"""Counts tokens and lines of the targets' functions, into ../../target_sizes.json, as ../source_sizes.py counts.

    python sizes.py SOURCE=CHECKOUT…

All sources are needed; those that are packages are found where they are installed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from source_sizes import measure, module_file, write  # noqa: E402

DENSE = ("compute_dense_reward",)
ISAAC = "isaacgymenvs/tasks/"
SUITE = "dm_control.suite."
LAB = "isaaclab/source/"
GOALS = ("Empty", "AgentHold", "AgentOnTile", "AgentNear", "TileNear", "TileOnPosition", "AgentOnPosition", "TileNearUp",
         "TileNearRight", "TileNearDown", "TileNearLeft", "AgentNearUp", "AgentNearRight", "AgentNearDown",
         "AgentNearLeft")

# Each target: the files of its source, or modules of its package, and the functions that are its reward.
TARGETS = {
    "text2reward/lift_cube": {"run_maniskill/reward_code/few-shot/LiftCube-v0/specific.py": DENSE},
    "text2reward/turn_faucet_zero_shot": {"run_maniskill/reward_code/zero-shot/TurnFaucet-v0/specific.py": DENSE},
    "text2reward/open_drawer": {"run_maniskill/reward_code/few-shot/OpenCabinetDrawer-v1/specific.py": DENSE},
    "text2reward/window_close": {"run_metaworld/reward_code/window-close-v2/specific.py": DENSE},
    "text2reward/sweep_into": {"run_metaworld/reward_code/sweep-into-v2/specific.py": DENSE},
    "text2reward/turn_faucet": {"ManiSkill2/mani_skill2/envs/misc/turn_faucet.py": tuple(
        f"TurnFaucetEnv.{f}" for f in ("evaluate", "_compute_distance", "compute_dense_reward"))},
    "text2reward/pour": {"ManiSkill2/mani_skill2/envs/mpm/pour_env.py": (
        "success_kernel", "PourEnv.evaluate", "PourEnv.compute_dense_reward")},
    "eureka/shadow_hand": {"isaacgymenvs/isaacgymenvs/tasks/shadow_handgpt.py": ("compute_reward",)},
    "dr_eureka/forward_locomotion": {"forward_locomotion/go1_gym/rewards/eureka_reward.py": (
        "EurekaReward.compute_reward", "EurekaReward.compute_success")},
    "dr_eureka/globe_walking": {"globe_walking/go1_gym/rewards/eureka_reward.py": tuple(
        f"EurekaReward._reward_{term}" for term in ("height", "balance", "smooth_actions", "penalize_large_actions"))},
    "dm_control/humanoid": {SUITE + "humanoid": ("Humanoid.get_reward",)},
    "dm_control/quadruped_fetch": {SUITE + "quadruped": (
        "Fetch.get_reward", "_upright_reward", "Physics.ball_to_target_distance", "Physics.self_to_ball_distance")},
    "dm_control/manipulator_peg": {SUITE + "manipulator": (
        "Bring._peg_reward", "Bring._is_close", "Physics.site_distance")},
    "gymnasium/blackjack": {"gymnasium.envs.toy_text.blackjack": (
        "BlackjackEnv.step", "cmp", "usable_ace", "sum_hand", "is_bust", "score", "is_natural")},
    "isaac_gym/ant": {ISAAC + "ant.py": ("compute_ant_reward",)},
    "isaac_gym/franka_cube_stack": {ISAAC + "franka_cube_stack.py": ("compute_franka_reward",)},
    "isaac_gym/shadow_hand": {ISAAC + "shadow_hand.py": ("compute_hand_reward",)},
    "isaac_gym/sdf_reward": {ISAAC + "industreal/industreal_algo_utils.py": ("get_sdf_reward",)},
    "eureka/block_stack": {"eureka/envs/bidex/shadow_hand_block_stack.py": ("compute_success",)},
    "mani_skill/push_t": {"mani_skill/envs/tasks/tabletop/push_t.py": (
        "PushTEnv.compute_dense_reward", "PushTEnv.quat_to_z_euler")},
    "rlgym/goal_view": {
        "rlgym_tools/rocket_league/reward_functions/goal_prob_reward.py": (
            "GoalProbReward.get_rewards", "GoalProbReward.reset", "GoalViewReward.calculate_blue_goal_prob"),
        "rlgym_tools/rocket_league/math/solid_angle.py": ("solid_angle_eriksson", "view_goal_ratio"),
    },
    "legged_gym/legged_robot": {"legged_gym/envs/base/legged_robot.py": ("LeggedRobot.compute_reward", *(
        f"LeggedRobot._reward_{term}" for term in (
            "tracking_lin_vel", "tracking_ang_vel", "lin_vel_z", "ang_vel_xy", "orientation", "torques", "dof_vel", "dof_acc",
            "base_height", "feet_air_time", "collision", "stumble", "action_rate", "stand_still", "dof_pos_limits",
            "dof_vel_limits", "torque_limits", "feet_contact_forces")))},
    "isaac_lab/velocity": {
        LAB + "isaaclab/isaaclab/envs/mdp/rewards.py": (
            "track_lin_vel_xy_exp", "track_ang_vel_z_exp", "lin_vel_z_l2", "ang_vel_xy_l2", "joint_torques_l2", "joint_acc_l2",
            "action_rate_l2", "undesired_contacts", "flat_orientation_l2", "joint_pos_limits", "joint_vel_limits",
            "joint_deviation_l1", "contact_forces"),
        LAB + "isaaclab_tasks/isaaclab_tasks/manager_based/locomotion/velocity/mdp/rewards.py": ("feet_air_time",),
    },
    "walk_these_ways/smoothness": {"go1_gym/envs/rewards/corl_rewards.py": (
        "CoRLRewards._reward_action_smoothness_1", "CoRLRewards._reward_action_smoothness_2")},
    "rlgym/flip_reset": {"rlgym_tools/rocket_league/reward_functions/flip_reset_reward.py": (
        "FlipResetReward.get_rewards", "FlipResetReward.reset")},
    "rlgym/distribute_rewards": {"rlgym_tools/rocket_league/reward_functions/distribute_rewards_wrapper.py": (
        "DistributeRewardsWrapper.get_rewards",)},
    "xland/goals": {"src/xminigrid/core/goals.py": ("check_goal", *(f"{goal}Goal.__call__" for goal in GOALS))},
}
# Of a method that also plays, the statements about the reward.
CHOSEN = {"BlackjackEnv.step": ("if action",)}


def size(files: dict, checkout: Path | None) -> dict:
    parts = [measure(checkout / file if checkout else module_file(file), {f: CHOSEN.get(f, ()) for f in functions})
             for file, functions in files.items()]
    return {"functions": [f for part in parts for f in part["functions"]],
            **{unit: sum(part[unit] for part in parts) for unit in ("tokens", "lines")}}


def main() -> None:
    checkouts = {source: Path(at) for source, _, at in (given.partition("=") for given in sys.argv[1:])}
    sizes = {task: size(files, checkouts.get(task.split("/")[0])) for task, files in TARGETS.items()}
    write(Path(__file__).parent.parent.parent / "target_sizes.json", sizes)


if __name__ == "__main__":
    main()
