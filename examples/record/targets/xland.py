"""xland-minigrid at 0d306d1: its fifteen kinds of goals on small grids."""

import abc
from pathlib import Path
from types import SimpleNamespace as Stub

import jax
import jax.numpy as jnp
import numpy as np

from draw import Draw
from original import take
from recording import Recording

ROWS = 3000
SIDE = 5
KINDS = ("empty", "agent_hold", "agent_on_tile", "agent_near", "tile_near", "tile_on_position", "agent_on_position",
         "tile_near_up", "tile_near_right", "tile_near_down", "tile_near_left",
         "agent_near_up", "agent_near_right", "agent_near_down", "agent_near_left")
CLASSES = ("EmptyGoal", "AgentHoldGoal", "AgentOnTileGoal", "AgentNearGoal", "TileNearGoal", "TileOnPositionGoal",
           "AgentOnPositionGoal", "TileNearUpGoal", "TileNearRightGoal", "TileNearDownGoal", "TileNearLeftGoal",
           "AgentNearUpGoal", "AgentNearRightGoal", "AgentNearDownGoal", "AgentNearLeftGoal")
ACTIONS = ("move", "turn_right", "turn_left", "pick_up", "put_down", "toggle")


class Node:
    """In place of flax's struct: fields by name."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


def goals(source: Path, draw: Draw) -> Recording:
    core = source / "src/xminigrid/core"
    grids = take(core / "grid.py", "equal", "get_neighbouring_tiles", jnp=jnp, Tiles=Stub(EMPTY=0))
    space = take(core / "goals.py", "check_goal", "BaseGoal", *CLASSES, jax=jax, jnp=jnp, abc=abc,
                 struct=Stub(PyTreeNode=Node), equal=grids["equal"], get_neighbouring_tiles=grids["get_neighbouring_tiles"], pad_along_axis=None)
    check = jax.jit(lambda encoding, grid, at, pocket, action, position: space["check_goal"](
        encoding, grid, Stub(position=at, pocket=pocket), action, position))
    out = Recording()
    out.start()
    kinds = [(1, 7), (3, 1), (3, 2), (4, 1)]  # tile and colour
    for row in range(ROWS):
        kind = row % len(KINDS)
        grid = np.array([[draw.of(*kinds) for _ in range(SIDE)] for _ in range(SIDE)], np.uint8)
        at, position = (draw.random.integers(0, SIDE, 2) for _ in range(2))
        spot = position if draw.chance(0.3) else draw.random.integers(0, SIDE, 2)
        place = at if draw.chance(0.3) else draw.random.integers(0, SIDE, 2)
        a, b, pocket = (draw.of(*kinds, *kinds, (0, 0), (0, 1)) for _ in range(3))
        wanted = {1: 3, 2: 0, 3: 0, 4: 4}.get(kind, 4 if kind > 6 else draw.of(0, 1))
        action = wanted if draw.chance(0.8) else int(draw.random.integers(0, 6))
        if kind > 10 and draw.chance():
            action = 0
        rest = {5: (*a, *spot), 6: (*place, 0, 0)}.get(kind, (*a, *b))
        encoding = np.array([kind, *rest], np.uint8)
        # positions in the encoding are unsigned bytes, as there
        met = check(encoding, grid, at, np.array(pocket, np.uint8), action, position)
        out.step(False, False, dict(
            goal=KINDS[kind], a=a, b=b, spot=spot if kind == 5 else place, tiles=grid[:, :, 0], colours=grid[:, :, 1],
            agent=at, pocket=pocket, action=ACTIONS[action], position=position), met=bool(met))
    return out
