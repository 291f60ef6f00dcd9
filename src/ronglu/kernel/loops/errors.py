"""What loops raise: in words for the person who tried, one reason a line."""


class LoopTrouble(ValueError):
    """这一步现在不能走。"""


class BadField(LoopTrouble):
    """填写的内容不对。"""
