"""The root of everything that can be wrong with an organisation; each message is Chinese and fit to show."""


class OrgTrouble(ValueError):
    """组织数据有误。"""
