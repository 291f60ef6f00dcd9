"""Believable shift figures of the five process modules: a handful of causes (load, ore, care of the crew) and what follows.

Each function takes the causes of one shift and gives the figures of the series it reports, as text at the declared
decimals. Noise is made of sums of uniform numbers only, so that every machine writes the same digits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Cause:
    """`load` is the shift's share of the line's standard; `skill` is 1 for an average crew on an average day."""

    load: float
    skill: float
    hours: float
    chance: Random
    day_no: int
    shift_no: int

    def noise(self, width: float) -> float:
        """About −width … +width, most of it near 0."""
        draw = self.chance.random
        return (draw() + draw() + draw() - 1.5) / 1.5 * width

    def near(self, value: float, part: float) -> float:
        return value * (1 + self.noise(part))

    def seldom(self, share: float) -> bool:
        return self.chance.random() < share


def smelting(c: Cause) -> Figures:
    feed = c.near(400 * c.hours / 8 * c.load, 0.05)
    moisture = 8.4 + c.noise(1.2)
    matte, matte_cu = c.near(feed * 0.402, 0.02), 59.6 + c.noise(2.0)
    slag, slag_cu = c.near(feed * 0.61, 0.03), (0.455 + c.noise(0.07)) / c.skill
    blister = matte * matte_cu / 100 * (0.982 + c.noise(0.012))
    copper_in = blister / ((0.9775 + c.noise(0.006)) * (0.7 + 0.3 * c.skill))
    sulphur = feed * (0.284 + c.noise(0.01))
    fault = c.near(0.6, 0.5) if c.seldom(0.06) else 0.0
    return {
        "sm_feed_dry": feed,
        "sm_feed_wet": feed / (1 - moisture / 100),
        "sm_feed_moisture": moisture,
        "sm_coal": c.near(feed * 36.2, 0.05) / c.skill,
        "sm_ladles": matte / 17.6,
        "sm_matte": matte,
        "sm_matte_cu": matte_cu,
        "sm_slag": slag,
        "sm_slag_cu": slag_cu,
        "sm_furnace_power": c.near(feed * 52, 0.05) / c.skill,
        "sm_blister": blister,
        "sm_cu_in": copper_in,
        "sm_cu_out": blister,
        "sm_s_in": sulphur,
        "sm_s_captured": sulphur * min(0.998, 0.9855 + c.noise(0.006) + (c.skill - 1) / 8),
        "sm_s_used": sulphur * (0.968 + c.noise(0.006)),
        "sm_overhauls": c.day_no == 75 and c.shift_no == 1,
        "sm_heats": 2 + (c.load > 0.98) + (c.noise(1) > 0.5),
        "sm_blow_hours": c.hours * (0.82 + c.noise(0.05)) - fault,
        "sm_run_hours": c.hours - 0.35 - fault,
        "sm_fault_hours": fault,
        "sm_power": c.near(blister * 612, 0.04),
        "sm_gas": c.near(blister * 17.5, 0.08),
        "sm_steam_out": c.near(blister * 348, 0.06),
        "sm_so2": 0.24 + c.noise(0.09),
        "sm_exceedances": c.seldom(0.004),
    }


def fire_refining(c: Cause) -> Figures:
    blister = c.near(138 * c.hours / 8 * c.load, 0.05)
    scrap = c.near(24 * c.hours / 8 * c.load, 0.12)
    anode = (blister + scrap) * (0.992 + c.noise(0.004))
    plates = anode / 0.378
    bad = (0.0145 + c.noise(0.006)) / c.skill**3
    copper = blister * 0.9885 + scrap * 0.991
    fault = c.near(0.5, 0.5) if c.seldom(0.05) else 0.0
    return {
        "fr_blister_in": blister,
        "fr_scrap_in": scrap,
        "fr_anode": anode,
        "fr_plates_checked": plates,
        "fr_plates_ok": plates * (1 - bad),
        "fr_flash": plates * bad * 0.34,
        "fr_uneven": plates * bad * 0.26,
        "fr_bent": plates * bad * 0.16,
        "fr_bulged": plates * bad * 0.13,
        "fr_lug": plates * bad * 0.11,
        "fr_cu_in": copper,
        "fr_cu_out": copper * min(0.9995, 0.9952 + c.noise(0.002)),
        "fr_power": c.near(anode * 42, 0.05),
        "fr_gas": c.near(anode * 47.5, 0.05) / c.skill,
        "fr_run_hours": c.hours - 0.3 - fault,
        "fr_fault_hours": fault,
        "fr_exceedances": c.seldom(0.003),
    }


def electrolysis(c: Cause) -> Figures:
    current, cells = 28.4 + c.noise(0.3), max(40, int(420 * c.load))
    efficiency = min(0.989, (0.9655 + c.noise(0.008)) * (0.5 + 0.5 * c.skill))
    voltage = 0.291 + c.noise(0.008)
    cathode = 0.0011855 * current * c.hours * cells * efficiency
    good = min(0.999, (0.9885 + c.noise(0.005)) * (0.6 + 0.4 * c.skill))
    loaded = c.near(cathode * 1.18, 0.03)
    direct = cathode * 1000 * voltage / (1.1855 * efficiency)
    checked = cells * 11.5
    return {
        "el_cathode": cathode,
        "el_cathode_a": cathode * good,
        "el_cathode_ok": cathode * min(1.0, good + 0.010),
        "el_cathode_prime": cathode * (0.925 + c.noise(0.02)),
        "el_current": current,
        "el_cells": cells,
        "el_voltage": voltage,
        "el_dc": direct,
        "el_ac": c.near(direct * 1.13, 0.015),
        "el_anode_loaded": loaded,
        "el_anode_bought": loaded * (0.08 + c.noise(0.04)),
        "el_anode_scrap": loaded * (0.151 + c.noise(0.008)) / c.skill,
        "el_points_checked": checked,
        "el_shorts": checked * (0.0062 + c.noise(0.002)) / c.skill**2,
        "el_steam": c.near(cathode * 0.372, 0.06) / c.skill,
        "el_acid": c.near(cathode * 4.1, 0.1),
        "el_glue": c.near(cathode * 54, 0.06),
        "el_thiourea": c.near(cathode * 47, 0.06),
        "el_cu_in": cathode / (0.9915 + c.noise(0.003)),
        "el_cu_out": cathode,
        "el_slime": loaded * (0.0068 + c.noise(0.0008)),
        "el_slime_cu": 14.2 + c.noise(2.2),
        "el_exceedances": c.seldom(0.003),
    }


def concentrating(c: Cause) -> Figures:
    ore = c.near(1480 * c.hours / 8 * c.load, 0.05)
    nickel, copper = 1.28 + c.noise(0.12), 0.93 + c.noise(0.1)
    by_nickel, by_copper = (0.853 + c.noise(0.012)) * c.skill, (0.824 + c.noise(0.014)) * c.skill
    yielded = 0.145 + c.noise(0.006)
    fault = c.near(0.7, 0.5) if c.seldom(0.06) else 0.0
    run = c.hours - 0.15 - fault
    return {
        "cn_ore": ore,
        "cn_conc": ore * yielded,
        "cn_tail": ore * (1 - yielded),
        "cn_ore_cu": copper,
        "cn_conc_cu": copper * by_copper / yielded,
        "cn_tail_cu": copper * (1 - by_copper) / (1 - yielded),
        "cn_ore_ni": nickel,
        "cn_conc_ni": nickel * by_nickel / yielded,
        "cn_tail_ni": nickel * (1 - by_nickel) / (1 - yielded),
        "cn_run_hours": run,
        "cn_fault_hours": fault,
        "cn_auto_hours": run * (0.955 + c.noise(0.03)),
        "cn_fineness": 67.8 + c.noise(2.5),
        "cn_power": c.near(ore * 29.4, 0.04) / c.skill,
        "cn_balls": c.near(ore * 0.86, 0.08) / c.skill,
        "cn_reagents": c.near(ore * 312, 0.06),
        "cn_water_new": c.near(ore * 0.43, 0.08),
        "cn_water_back": c.near(ore * 2.15, 0.05),
        "cn_exceedances": c.seldom(0.003),
    }


def forging(c: Cause) -> Figures:
    output = c.near(17.5 * c.hours / 12 * c.load, 0.06)
    best = c.near(output * 0.41, 0.06)
    put_in, best_in = output / ((0.722 + c.noise(0.012)) * c.skill), best / ((0.688 + c.noise(0.014)) * c.skill)
    pieces = output * 10.4
    bad = (0.023 + c.noise(0.009)) / c.skill**2
    fault = c.near(0.9, 0.5) if c.seldom(0.08) else 0.0
    change = c.day_no % 9 == 0 and c.shift_no == 1
    return {
        "fg_output": output,
        "fg_output_a": best,
        "fg_input": put_in,
        "fg_input_a": best_in,
        "fg_submitted": pieces,
        "fg_passed_first": pieces * (1 - bad),
        "fg_pieces": pieces * 1.03,
        "fg_scrap_shape": pieces * bad * 0.42,
        "fg_scrap_process": pieces * bad * 0.31,
        "fg_scrap_flaw": pieces * bad * 0.27,
        "fg_run_hours": c.hours - 1.3 - fault,
        "fg_fault_hours": fault,
        "fg_die_pieces": pieces,
        "fg_die_changes": change,
        "fg_gas": c.near(output * 262, 0.05) / c.skill,
        "fg_power": c.near(output * 815, 0.05) / c.skill,
        "fg_exceedances": c.seldom(0.003),
    }


SHIFT: Mapping[str, Callable[[Cause], Figures]] = {
    "smelting": smelting,
    "fire_refining": fire_refining,
    "electrolysis": electrolysis,
    "concentrating": concentrating,
    "forging": forging,
}
"""Module → the figures of one shift."""

COST: Mapping[str, tuple[str, str, float]] = {
    "smelting": ("sm_cost", "sm_blister", 2480),
    "fire_refining": ("fr_cost", "fr_anode", 421),
    "electrolysis": ("el_cost", "el_cathode", 783),
    "concentrating": ("cn_cost", "cn_ore", 61.5),
    "forging": ("fg_cost", "fg_output", 9820),
}
"""Module → the monthly cost series, the output it is divided by, yuan a tonne."""

MONTHLY: Mapping[str, tuple[tuple[str, float], ...]] = {
    "smelting": (("sm_complaints", 0.1),),
    "fire_refining": (("fr_complaints", 0.1),),
    "forging": (("fg_claims", 0.3),),
    "concentrating": (("cn_repair_saved", 0),),
}
"""Other series that come once a month: how often a count is not nought."""

SETTLED: Mapping[str, tuple[str, ...]] = {
    "smelting": ("sm_cu_in", "sm_cu_out"),
    "fire_refining": ("fr_cu_in", "fr_cu_out"),
    "electrolysis": ("el_cu_in", "el_cu_out"),
    "concentrating": ("cn_conc",),
}
"""Series the metal balance settles at the end of a month."""

ASSAYS = frozenset({"sm_slag_cu", "sm_matte_cu", "el_slime_cu", "cn_conc_cu", "cn_conc_ni", "cn_tail_cu", "cn_tail_ni"})
"""Series whose laboratory result may come late and replace the shift's estimate."""
