"""The sentences of the reading side by code: severity and Chinese template; a face may translate the template and fill it itself."""

MESSAGES: dict[str, tuple[str, str]] = {
    # the table
    "header_missing": (
        "error",
        "在前 {rows} 行里没有找到表头。应有的列:{wanted}。请核对方案里的表头用词,或者不选这张表。",
    ),
    "column_missing": ("error", "没有找到列“{word}”。这张表的表头有:{present}。请改方案里的用词,或补上这一列。"),
    "column_twice": ("error", "“{word}”对应了不止一列:{places}。请在方案里写出能分清的表头用词。"),
    "column_unknown": ("note", "列“{value}”不在方案里,没有读取。"),
    "word_unknown": ("question", "表头“{value}”不认识,这一列没有读取。请在同义词里说明它是哪一类,或确认不读。"),
    "no_rows": ("error", "表头下面没有一行数据。请核对工作表是否选对。"),
    "no_sheet": ("error", "没有一张工作表符合方案({wanted})。这个文件有:{present}。"),
    "sheet_empty": ("note", "表“{value}”是空的,没有读取。"),
    "hidden_sheet": ("note", "表“{value}”是隐藏的,没有读取。需要时请选择导入。"),
    "hidden_rows": ("note", "有 {count} 个隐藏行({value}),没有读取。需要时请选择导入。"),
    "hidden_columns": ("note", "有隐藏列({value}),没有读取。需要时请选择导入。"),
    "rows_after_stop": ("question", "“{value}”下面还有 {count} 行像是数据,没有读取。请移到签名行上面,或确认不要。"),
    "totals_skipped": ("note", "“{value}”是汇总行,没有当作数据。"),
    "totals_differ": ("note", "汇总行写的是 {value},按上面各行相加是 {computed}。请核对。"),
    "totals_as_data": (
        "error",
        "这一行({value})等于上面所有行之和,像是没有写“合计”的汇总行,不能当作数据。请删去,或在日期格写“合计”。",
    ),
    "renamed": ("note", "文件名是“{value}”,内容其实是 {kind},已按内容读取。"),
    # the period
    "period_missing": ("question", "没有找到这张表的期间(查到:{shown})。请选定它属于哪个月。"),
    "period_confirm": ("question", "期间写的是 {value}(依据:{shown})。请确认。"),
    "period_disagrees": ("question", "期间说法不一:{value}(依据:{shown})。请选定正确的一个。"),
    "period_stale": ("note", "{where} 写的是“{value}”,与选定的 {chosen} 不同,按选定的读取。"),
    "period_bad": ("error", "“{value}”不是月份。请写成 2025-04,或 2025-03-25..2025-04-05。"),
    "before_period": ("question", "有 {count} 行早于所选的 {expected}(最早 {value})。请核对是否选错了文件或期间。"),
    "after_period": ("question", "报告期以后的日期里有不为零的数 {value}。请确认保留还是不要。"),
    "zero_after_period": ("note", "报告期以后的 {count} 个 0 按“没有数”处理。"),
    "overlap": (
        "error",
        "{series} 在表“{one}”({one_span})与表“{two}”({two_span})的期间重叠,不能都要。请只选完整月份的那张表。",
    ),
    # rows
    "date_missing": ("error", "这一行有数,但没有日期。"),
    "date_bad": ("error", "“{value}”不是日期。应写成 2025-03-14 这样。"),
    "date_order": (
        "question",
        "日期“{value}”两种读法都通:日在前是 {dmy},月在前是 {mdy}。请选一种(dmy 日在前,mdy 月在前)。",
    ),
    "date_order_mixed": ("error", "这一列的日期有的日在前、有的月在前,不能一起读。请在源表里统一。"),
    "shift_missing": ("error", "这一行没有班次。可用:{known}。"),
    "shift_unknown": ("error", "班次“{value}”不认识。可用:{known}。"),
    "line_missing": ("error", "这一行没有产线。"),
    "line_unknown": ("error", "产线“{value}”不认识。方案里有:{known}。"),
    "same_twice": ("note", "与 {other} 是同一时段的同一个数,只取一次。"),
    "differ_twice": ("error", "同一时段写了两个不同的数:这里 {value},{other} 是 {there}。请改正其中一个。"),
    # cells
    "text_in_value": ("question", "数值格里是文字“{value}”,没有取数。请改成数,或确认作为说明不取。"),
    "text_number": ("note", "有 {count} 个数是以文本保存的,已按数读取。"),
    "error_value": ("note", "公式出错({value}),按“没有数”处理。"),
    "formula_uncached": (
        "question",
        "公式没有计算结果(文件被别的程序重新保存过)。请用原文件,或用 Excel 打开后保存再上传。",
    ),
    "linked": ("note", "这一列有 {count} 个数来自别的工作簿的链接,取的是上次保存时的结果。"),
    "links": ("note", "这个文件引用了 {value} 个别的工作簿,引用不打开,只取保存的结果。"),
    "not_a_number": ("question", "数值格里是“{value}”,不是数。请改正,或确认不取。"),
    "date_as_value": ("question", "数值格里是日期或时间“{value}”。请改成数,或确认不取。"),
    "percent_format": ("note", "这一列 {count} 格是百分比格式(例如 {value} 显示为百分数),按百分数读取。"),
    "percent_scale": (
        "question",
        "“{name}”的百分比写法看不出来:{count} 个数里 {formatted} 个是百分比格式,例如 {value}。请选:as_is 93 即 93%,fraction 0.93 即 93%,format 按格式。",
    ),
    "implausible": (
        "error",
        "“{name}”整列不收:{count} 个数里有 {outside} 个在合理范围 {range} 之外,例如 {examples}。{why}。",
    ),
    "implausible_value": ("question", "“{name}”的 {value} 在合理范围 {range} 之外。请核对,确认保留或不取。"),
    "spread": (
        "question",
        "“{name}”没有写合理范围,而最大的 {value} 是中间值 {middle} 的上千倍,像是小数逗号被当成了千分位。请核对,确认保留或不取。",
    ),
    # units, labels
    "series_unknown": ("error", "序列“{value}”不在这个厂的序列表里,也没有写小数位数。"),
    "unit_changed": ("error", "表里的单位是“{value}”,方案里写的是“{declared}”。单位变了不能照读,请改方案或改表。"),
    "unit_unknown": ("error", "单位“{value}”换算成“{target}”的系数没有规定。请在方案里写明系数。"),
    "unit_converted": ("note", "单位由“{value}”换算为“{target}”,系数 {factor}。"),
    "label_missing": ("question", "这一行有数,但没有项目名称,没有读取。"),
    "label_unknown": ("question", "项目“{value}”不在方案里,没有读取。请补进方案,或确认不读。"),
    "label_ambiguous": (
        "error",
        "项目“{value}”在方案里不止一个(上级:{parents}),这里看不出属于哪个。请写明代码、单位或缩进。",
    ),
    "label_twice": ("error", "项目“{value}”在第 {first} 行已经出现过。请在方案里用上级、代码或单位分开。"),
    "code_differs": (
        "question",
        "代码 {item_code} 在方案里是“{declared}”,这里写的是“{value}”。同一代码在别的表里可能是别的指标,请核对。",
    ),
    "item_absent": ("note", "方案里的项目“{value}”这张表没有。"),
    "no_such_day": ("question", "这个统计月没有 {value} 日,这一格没有读取。"),
    # checks
    "check_cumulative": (
        "question",
        "{series} 累计写的是 {value},上月累计 {before} 加本月 {month} 应是 {computed}。请核对。",
    ),
    "check_last_year": ("question", "{series} 上年同期写的是 {value},上年报表里是 {computed}。请核对。"),
    "check_months": ("question", "{series} 累计写的是 {value},{count} 个月相加是 {computed}。请核对。"),
    "check_ratio": (
        "question",
        "{series} 写的是 {value},由 {above} 与 {below} 计算是 {computed}。请核对分子是哪一种。",
    ),
    "excluded_pair": ("question", "{value}({one})与 {other}({two})是同一笔数量,汇总时只能取一个。{why}"),
    "more": ("note", "同类问题({kind})还有 {count} 处没有逐条列出。"),
}
