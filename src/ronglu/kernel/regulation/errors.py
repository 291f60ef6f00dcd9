"""What can be wrong with a rule record; the texts are Chinese and fit to show."""

from ronglu.kernel.time.errors import TimeTrouble


class RuleProblem(TimeTrouble):
    """规则数据有误；一次列出全部问题。"""
