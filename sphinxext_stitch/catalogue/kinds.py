"""The kinds and statuses of the data format."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["source", "destination"]
Status = Literal["released", "beta", "deprecated", "sunset"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
