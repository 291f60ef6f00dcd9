-- The default sheet by hand for DuckDB: what one would write for this sheet alone, every number typed in.
-- Tables: facts (the Parquet files), branches(branch). Shares in billionths, points in hundredths, halves up.
WITH items(item, points, gone, least) AS (VALUES
    ('A1', 400, FALSE, NULL), ('A2', 500, TRUE, NULL), ('A3', 400, FALSE, NULL), ('A4', 600, FALSE, NULL),
    ('A5', 400, FALSE, NULL), ('A6', 400, TRUE, NULL), ('A7', 300, FALSE, NULL), ('B1', 800, FALSE, NULL),
    ('B2', 400, FALSE, NULL), ('B3', 700, TRUE, NULL), ('B4', 500, FALSE, NULL), ('B5', 400, TRUE, NULL),
    ('B6', 400, FALSE, NULL), ('B7', 300, FALSE, NULL), ('B8', 500, TRUE, NULL), ('C1', 800, TRUE, NULL),
    ('C2', 700, TRUE, NULL), ('C3', 500, TRUE, NULL), ('C4', 500, TRUE, NULL), ('C5', 500, TRUE, NULL),
    ('D1', 1200, TRUE, 90), ('D2', 1000, TRUE, 90), ('D3', 800, TRUE, 90), ('D4', 600, TRUE, 90),
    ('D5', 600, TRUE, 90), ('D6', 600, TRUE, NULL), ('D7', 800, TRUE, NULL), ('D8', 400, TRUE, 90),
    ('E1', 1200, FALSE, NULL), ('E2', 1000, FALSE, NULL), ('E3', 600, FALSE, 95), ('E4', 700, FALSE, NULL),
    ('E5', 500, FALSE, NULL)),
read AS (
    SELECT branch, part, key, num, den, plan, weight, method, direction, tol, covered, expected, fact,
        CASE fact
            WHEN 'duty_due' THEN CASE type WHEN 'relay' THEN 'A1' WHEN 'party_day' THEN 'B2'
                WHEN 'members_meeting' THEN 'B1' WHEN 'committee' THEN 'B1' WHEN 'group_meeting' THEN 'B1'
                WHEN 'lecture' THEN 'B1' END
            WHEN 'study_topic' THEN 'A2' WHEN 'study_link' THEN 'A3' WHEN 'duty_list' THEN 'A4'
            WHEN 'key_task_stage' THEN 'A5' WHEN 'problem' THEN 'A6' WHEN 'commitment' THEN 'A7'
            WHEN 'resolution' THEN 'B3' WHEN 'group_month' THEN 'B4' WHEN 'coverage' THEN 'B5'
            WHEN 'standard_item' THEN 'B6' WHEN 'org_finding' THEN CASE WHEN open_days > 30 THEN 'B7' END
            WHEN 'practice' THEN 'B8' WHEN 'zone_coverage' THEN 'C1' WHEN 'zone_finding' THEN 'C1'
            WHEN 'member_axes' THEN 'C2' WHEN 'pair_goal' THEN 'C3' WHEN 'mission' THEN 'C4' WHEN 'request' THEN 'C5'
            WHEN 'indicator_month' THEN item WHEN 'cost_month' THEN 'D4' WHEN 'benchmark_gap' THEN 'D5'
            WHEN 'idea' THEN 'D6' WHEN 'project_milestone' THEN 'D7' WHEN 'contest_result' THEN 'D8'
            WHEN 'hazard_measure' THEN 'E1' WHEN 'hazard_lapse' THEN 'E1' WHEN 'recordable_event' THEN CASE WHEN state = 'confirmed' THEN 'E2' END
            WHEN 'exceedance' THEN 'E3' WHEN 'feedback' THEN 'E4' WHEN 'complaint' THEN 'E4'
            WHEN 'drill_kit' THEN 'E5' END AS of_item
    FROM facts),
attained AS (
    SELECT *, CASE
        WHEN direction = 'up' AND num <= 0 THEN 0
        WHEN direction = 'up' THEN (2 * num * 1000000 + den * plan) // (2 * den * plan)
        WHEN num <= 0 THEN 1050000
        ELSE (2 * plan * den * 1000000 + num) // (2 * num) END AS a
    FROM read
    WHERE of_item IN ('D1', 'D2', 'D3', 'D4') AND num IS NOT NULL AND den > 0 AND weight > 0 AND plan IS NOT NULL
        AND (tol > 0 OR method = 'attainment')),
judged AS (
    SELECT branch, of_item, weight, CASE
        WHEN method = 'attainment' AND plan > 0 THEN CASE
            WHEN a < 850000 THEN 0
            WHEN a <= 900000 THEN (2 * (a - 850000) * 400000000 + 50000) // 100000
            WHEN a <= 950000 THEN 400000000 + (2 * (a - 900000) * 300000000 + 50000) // 100000
            WHEN a <= 980000 THEN 700000000 + (2 * (a - 950000) * 200000000 + 30000) // 60000
            WHEN a <= 1000000 THEN 900000000 + (2 * (a - 980000) * 100000000 + 20000) // 40000
            ELSE 1000000000 END
        ELSE least(1000000000, greatest(0, tol * den + CASE direction WHEN 'down' THEN plan * den - num ELSE num - plan * den END)
            * 2000000000 // (2 * tol * den)
            + (greatest(0, tol * den + CASE direction WHEN 'down' THEN plan * den - num ELSE num - plan * den END)
            * 2000000000 % (2 * tol * den) >= tol * den)::INT) END AS row
    FROM attained),
banded AS (
    SELECT branch, of_item, weight, CASE
        WHEN of_item = 'D5' THEN CASE
            WHEN key = 'met' THEN 1000000000
            WHEN den > 0 AND num * 1000000 >= 100000 * den THEN 1000000000
            WHEN den > 0 AND num >= 0 THEN 666666667
            ELSE 333333333 END
        ELSE (2 * (den * 280
            + CASE WHEN num <= 1 AND 1 < num + den THEN 120 ELSE 0 END
            + CASE WHEN num <= 2 AND 2 < num + den THEN 80 ELSE 0 END
            + CASE WHEN num <= 3 AND 3 < num + den THEN 40 ELSE 0 END) * 1000000000 + den * 400) // (2 * den * 400)
        END AS row
    FROM read WHERE of_item IN ('D5', 'D8') AND num IS NOT NULL),
means AS (
    SELECT branch, of_item, (2 * sum(weight * row) + sum(weight)) // (2 * sum(weight)) AS ppb
    FROM (SELECT * FROM judged UNION ALL SELECT * FROM banded) GROUP BY ALL),
counted AS (
    SELECT branch, of_item,
        sum(num) FILTER (fact <> 'zone_finding' AND fact <> 'complaint' AND part <> 'major') AS n,
        sum(den) FILTER (fact <> 'zone_finding' AND fact <> 'complaint' AND part <> 'major') AS d,
        sum(num) FILTER (fact = 'zone_finding') AS n2, sum(den) FILTER (fact = 'zone_finding') AS d2,
        min(den) AS least_den,
        sum(num * CASE
            WHEN of_item IN ('A1', 'B1', 'E4') THEN 200 WHEN of_item = 'A4' THEN 150 WHEN of_item = 'B6' THEN 80
            WHEN of_item = 'A7' AND key = 'overdue' THEN 200 WHEN of_item = 'B2' AND key = 'missed' THEN 200
            WHEN of_item = 'E2' AND key = 'lost_time' THEN 1000 WHEN of_item = 'E3' AND key = 'untidy' THEN 100 WHEN of_item IN ('E2', 'E3') THEN 300 ELSE 100 END)
            FILTER (fact <> 'feedback') AS paid,
        sum(num + den) FILTER (fact = 'complaint') AS complaints,
        coalesce(sum(num) FILTER (part = 'major'), 0) > 0 AS veto
    FROM read WHERE of_item IS NOT NULL AND of_item NOT IN ('D1', 'D2', 'D3', 'D4', 'D5', 'D8') GROUP BY ALL),
rates AS (
    SELECT *,
        CASE WHEN d > 0 THEN (2 * least(n, d) * 1000000000 + d) // (2 * d) END AS rate,
        CASE WHEN d2 > 0 THEN (2 * least(n2, d2) * 1000000000 + d2) // (2 * d2) END AS rate2,
        CASE WHEN points > paid THEN (2 * (points - paid) * 1000000000 + points) // (2 * points) ELSE 0 END AS rest
    FROM counted JOIN items ON item = of_item),
sums AS (
    SELECT branch, of_item, veto, CASE
        WHEN of_item IN ('B8', 'C4') THEN CASE WHEN least_den < 15 THEN 2 ELSE 1 END
        WHEN of_item IN ('A2', 'A6', 'B3', 'B5', 'C2', 'C3', 'C5', 'D6', 'D7', 'E1') THEN CASE WHEN d > 0 THEN 1 ELSE 0 END
        WHEN of_item = 'C1' THEN CASE WHEN d > 0 OR d2 > 0 THEN 1 ELSE 0 END
        WHEN of_item = 'E4' THEN CASE WHEN d > 0 OR complaints > 0 THEN 1 ELSE 0 END
        ELSE CASE WHEN n + d > 0 THEN 1 ELSE 0 END END AS state,
    CASE
        WHEN of_item IN ('B8', 'C4') THEN (2 * n * 1000000000 + d) // (2 * d)
        WHEN of_item IN ('A2', 'A6', 'B3', 'B5', 'C2', 'C3', 'C5', 'D6', 'D7', 'E1') THEN rate
        WHEN of_item = 'C1' THEN CASE
            WHEN rate IS NULL THEN rate2 WHEN rate2 IS NULL THEN rate
            ELSE (2 * (4 * rate + 6 * rate2) + 10) // 20 END
        WHEN of_item = 'E4' THEN greatest(0, coalesce(rate, 1000000000) - (1000000000 - rest))
        ELSE rest END AS ppb
    FROM rates),
found AS (
    SELECT * FROM sums UNION ALL SELECT branch, of_item, FALSE, 1, ppb FROM means),
covers AS (
    SELECT branch, of_item, sum(covered) AS covered, sum(expected) AS expected
    FROM read WHERE of_item IN ('D1', 'D2', 'D3', 'D4', 'D5', 'D8', 'E3') GROUP BY ALL),
joined AS (
    SELECT b.branch, i.*, f.state, f.ppb, f.veto, c.covered, c.expected,
        coalesce(c.expected > 0 AND c.covered * 100 < c.expected * i.least, FALSE) AS short,
        coalesce(f.state, 0) = 0 AS empty
    FROM branches b CROSS JOIN items i
    LEFT JOIN found f ON f.branch = b.branch AND f.of_item = i.item
    LEFT JOIN covers c ON c.branch = b.branch AND c.of_item = i.item)
SELECT branch, item,
    CASE WHEN short THEN 3 WHEN empty AND gone THEN 4 WHEN empty THEN 0 ELSE state END::TINYINT AS state,
    CASE WHEN short THEN NULL WHEN empty THEN CASE WHEN NOT gone THEN 1000000000 END WHEN state = 1 THEN ppb END::BIGINT AS ppb,
    CASE WHEN short THEN NULL WHEN empty THEN CASE WHEN NOT gone THEN points END
        WHEN state = 1 THEN (2 * ppb * points + 1000000000) // 2000000000 END::BIGINT AS won,
    coalesce(veto, FALSE) AS veto, covered::BIGINT AS covered, expected::BIGINT AS expected
FROM joined
