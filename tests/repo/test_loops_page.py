"""The generated page of the loops tells every state, move and walk that is declared."""

from ronglu.packs import loops as registry
from tools.docs import loops


def test_the_page_names_each_loop_with_its_states_moves_and_walks() -> None:
    told = loops.loops()
    for code, loop in registry.read([]).items():
        part = told.split(f'<a id="{code}"></a>')[1].split("<a id=")[0]
        assert f"## {loop.label} · {loop.en}" in part
        assert part.count("```mermaid") == 1
        for named in (*loop.states, *loop.moves, *loop.rows):
            assert named.label in part, (code, named.label)
        for walk in registry.examples()[code]:
            assert f"- 走法：{walk['name']}" in part


def test_a_deadline_a_second_person_and_the_clock_can_be_read_off_it() -> None:
    told = loops.loops()
    assert "| 整改中 | 办理中 | 5 个工作日，填了“整改期限”按它 | 整改责任人 | — |" in told
    assert "| 揭榜中 | 待处理 | 10 个工作日，填了“揭榜截止”按它 | 厂长／副厂长 | 揭榜截止 |" in told
    assert (
        "- 明细“揭榜方案”：揭榜方案、以哪支队伍揭榜、团队分工；揭榜中时由本厂任何人填，每人一条，“揭榜中、撤榜”时只看见自己的"
        in told
    )
    assert "    bidding --> judging: 揭榜截止" in told
