"""Invented names of people: common surnames and given names put together by chance, no name twice."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FIRST = "建国志永文春晓海立新少庆光正明立宏学宝长福兴广德家振玉世忠秀俊金成云天大友向东启思雪小一卫安景耀传承泽"
SECOND = "军伟强峰磊涛斌勇杰超鹏辉华刚平波龙亮飞宁凯胜利东林山川民海生根平良才俊杰宇航博文彬祥瑞霞敏静丽娟燕芳玲红梅琴兰英慧洁莉颖倩雯"


class Names:
    """Hands out names; every fifth has one given character only."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        self.given: set[str] = set()

    def next(self) -> str:
        while True:
            surname, second = self.chance.choice(SURNAMES), self.chance.choice(SECOND)
            first = "" if self.chance.random() < 0.2 else self.chance.choice(FIRST)
            name = surname + first + second
            if name not in self.given and first != second:
                self.given.add(name)
                return name
