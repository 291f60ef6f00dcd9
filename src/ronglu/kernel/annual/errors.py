"""What is wrong with a piece of the annual plan, in words for the person who tried."""

from ronglu.kernel.org.errors import OrgTrouble


class AnnualTrouble(OrgTrouble):
    """年度计划的声明有误，或一件事不能这样办。"""
