"""Every number of a report has its value, unit, comparator and class: the table of what usually goes wrong.

Each line is a failure class, a clause of a plan, and its numbers: as printed, value (two for a
range), unit, comparator and class.
"""

import functools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjin_analysis.extraction import extract

PLAN = "一、2023年工作回顾\n过去一年，完成了任务。\n二、2024年工作安排\n"
proves = settings(deadline=None, derandomize=True, max_examples=200)


def target(printed, value, unit="", comparator="eq"):
    return (printed, value, unit, comparator, "target")


def not_one(printed, value, unit="", kind="name_part", comparator="eq"):
    return (printed, value, unit, comparator, kind)


TABLE = [
    # Ranges share their unit and power.
    ("range, hyphen", "增速保持在8-10%。", [target("8-10%", (8, 10), "%", "range")]),
    ("range, to", "新增便民超市5到8家。", [target("5到8家", (5, 8), "家", "range")]),
    ("range, both units", "失业率保持在5%—6%。", [target("5%—6%", (5, 6), "%", "range")]),
    ("range, dash", "新增贷款3—5亿元。", [target("3—5亿元", (3e8, 5e8), "元", "range")]),
    ("range, tilde", "新建公园10~12座。", [target("10~12座", (10, 12), "座", "range")]),
    ("range, power last", "引进人才2.5-3万人。", [target("2.5-3万人", (25_000, 30_000), "人", "range")]),
    ("range, 至", "新增贷款3亿元至5亿元。", [target("3亿元至5亿元", (3e8, 5e8), "元", "range")]),
    ("range, Chinese", "培育三至五家企业。", [target("三至五家", (3, 5), "家", "range")]),
    ("range, pair of digits", "培育两三家企业。", [target("两三家", (2, 3), "家", "range")]),
    ("range, pair of tens", "培育五六十家企业。", [target("五六十家", (50, 60), "家", "range")]),
    ("range of years", "2023—2025年推进甲工程。", [not_one("2023—2025年", (2023, 2025), "年", "date", "range")]),
    ("range of months", "1月至6月开展检查。", [not_one("1月至6月", (1, 6), "月", "date", "range")]),
    ("range of durations", "用3至5年建成。", [not_one("3至5年", (3, 5), "年", "duration", "range")]),
    ("range and 左右", "增长6%至8%左右。", [target("6%至8%", (6, 8), "%", "range")]),
    # Percentage points and shares.
    ("percentage points", "增速提高1.2个百分点。", [target("1.2个百分点", 1.2, "百分点")]),
    ("percentage points, short", "增速回落0.3个点。", [target("0.3个点", 0.3, "百分点")]),
    ("percentage points, listed", "分别提高4.1和1.4个百分点。", [target("4.1", 4.1, "百分点"), target("1.4个百分点", 1.4, "百分点")]),
    ("per cent, words", "产值增长百分之五。", [target("百分之五", 5, "%")]),
    ("per cent, spoken decimals", "产值增长百分之四点五。", [target("百分之四点五", 4.5, "%")]),
    ("per cent, all", "办结率百分之百。", [target("百分之百", 100, "%")]),
    ("per cent, full width", "产值增长５．５％以上。", [target("５．５％", 5.5, "%", "ge")]),
    ("per mille", "死亡率下降5‰。", [target("5‰", 5, "‰")]),
    ("per mille, words", "死亡率下降千分之三。", [target("千分之三", 3, "‰")]),
    ("fraction, words", "改造三分之一的管网。", [target("三分之一", 1 / 3, "分数")]),
    ("fraction at the end", "成本压减三分之一。", [target("三分之一", 1 / 3, "分数")]),
    ("fraction, bounded", "覆盖三分之二以上的村。", [target("三分之二", 2 / 3, "分数", "ge")]),
    ("fraction, slash", "改造1/3的管网。", [target("1/3", 1 / 3, "分数")]),
    ("tenths", "入园率保持在八成。", [target("八成", 80, "%")]),
    ("tenths, bounded", "成本下降三成以上。", [target("三成", 30, "%", "ge")]),
    ("multiple", "产量增加一倍。", [target("一倍", 1, "倍")]),
    # Compound units, and units in base units.
    ("micrograms", "甲指标降至28微克/立方米。", [target("28微克/立方米", 28, "微克/立方米")]),
    ("yuan a month", "标准提高到1200元/月。", [target("1200元/月", 1200, "元/月")]),
    ("yuan a year", "补助300元/年。", [target("300元/年", 300, "元/年")]),
    ("cubic metres a day", "供水5万立方米/日。", [target("5万立方米/日", 50_000, "立方米/日")]),
    ("visits", "接待游客300万人次。", [target("300万人次", 3e6, "人次")]),
    ("kilowatts behind 万", "新增风电140万千瓦。", [target("140万千瓦", 1.4e6, "千瓦")]),
    ("kilowatt hours behind 亿", "发电2.5亿千瓦时。", [target("2.5亿千瓦时", 2.5e8, "千瓦时")]),
    ("jin", "收购粮食25亿斤。", [target("25亿斤", 1.25e9, "kg")]),
    ("tonnes", "减排1.2万吨。", [target("1.2万吨", 1.2e7, "kg")]),
    ("dollars", "引进外资3000万美元。", [target("3000万美元", 3e7, "美元")]),
    ("people counted as 名", "引进人才20名。", [target("20名", 20, "人")]),
    # Thousands, powers, width.
    ("thousands", "改造住房12,500户。", [target("12,500户", 12_500, "户")]),
    ("millions", "改造住房1,234,567平方米。", [target("1,234,567平方米", 1_234_567, "平方米")]),
    ("thousands, full width", "改造住房１２,５００户。", [target("１２,５００户", 12_500, "户")]),
    ("decimal power", "新增就业1.02万人。", [target("1.02万人", 10_200, "人")]),
    ("mixed powers", "新增贷款1亿2千万元。", [target("1亿2千万元", 1.2e8, "元")]),
    ("trillions", "贷款余额增加1.5万亿元。", [target("1.5万亿元", 1.5e12, "元")]),
    ("two hundred", "培育两百家企业。", [target("两百家", 200, "家")]),
    ("space before the unit", "新增 500 个学位。", [target("500 个", 500, "个")]),
    # Dates, durations, anniversaries.
    ("date, year", "2024年完成修缮。", [not_one("2024年", 2024, "年", "date")]),
    ("date, Chinese year", "二〇二五年投用。", [not_one("二〇二五年", 2025, "年", "date")]),
    ("date, month and day", "6月30日前投用。", [not_one("6月", 6, "月", "date"), not_one("30日", 30, "天", "date")]),
    ("date, quarter", "四季度投用。", [not_one("四季度", 4, "季度", "date")]),
    ("date, decade", "修缮90年代住房。", [not_one("90年代", 90, "年代", "date")]),
    ("duration", "用3年时间建成。", [not_one("3年", 3, "年", "duration")]),
    ("duration as a target", "审批时间压缩到3天。", [target("3天", 3, "天")]),
    ("anniversary", "庆祝建市40周年。", [not_one("40周年", 40, "年", "anniversary")]),
    ("anniversary, Chinese", "庆祝建市四十周年。", [not_one("四十周年", 40, "年", "anniversary")]),
    # Codes and grades.
    ("code, road", "修建G305线甲段。", [not_one("305线", 305, "", "code")]),
    ("code, national road", "改造305国道。", [not_one("305国道", 305, "", "code")]),
    ("code, metro lines", "推进1、2号线。", [not_one("1", 1, "", "code"), not_one("2号线", 2, "", "code")]),
    ("code, hotline", "优化12345热线。", [not_one("12345热线", 12345, "", "code")]),
    ("code, emergency", "完善120急救体系。", [not_one("120急救", 120, "", "code")]),
    ("code, document", "落实〔2024〕15号文件。", [not_one("2024", 2024, "", "code"), not_one("15号文", 15, "", "code")]),
    ("grade, scenic area", "新建5A级景区1家。", [not_one("5A级", 5, "级", "grade"), target("1家", 1, "家")]),
    ("grade, particles", "治理PM2.5污染。", [not_one("2.5", 2.5, "", "grade")]),
    ("grade, mobile network", "新建5G基站500个。", [not_one("5G", 5, "级", "grade"), target("500个", 500, "个")]),
    ("grade, platforms", "完善四级平台。", [not_one("四级", 4, "级", "grade")]),
    ("grade, stars", "培育四星级酒店2家。", [not_one("四星级", 4, "级", "grade"), target("2家", 2, "家")]),
    ("grade, version", "发展工业4.0。", [not_one("4.0", 4, "", "grade")]),
    # Names, programmes and words.
    ("programme, minutes", "打造十五分钟便民圈。", [not_one("十五分钟", 15, "分钟")]),
    ("programme, minutes quoted", "打造“15分钟便民圈”。", [not_one("15分钟", 15, "分钟", "duration")]),
    ("programme, years", "实施三年行动。", [not_one("三年", 3, "年", "duration")]),
    ("programme, days", "开展百日攻坚。", [not_one("百日", 100, "天")]),
    ("programme, plan period", "实施“十四五”规划。", [not_one("十四五", 55)]),
    ("name, old and young", "做好一老一小服务。", [not_one("一", 1), not_one("一", 1)]),
    ("name, belt and road", "融入一带一路。", [not_one("一", 1), not_one("一路", 1, "号")]),
    ("name, three guarantees", "兜牢三保底线。", [not_one("三", 3)]),
    ("name, two establishments", "拥护“两个确立”。", [not_one("两个", 2, "个")]),
    ("name, four seasons", "打造四季旅游。", [not_one("四", 4)]),
    ("name, compulsory years", "巩固九年义务教育。", [not_one("九年", 9, "年")]),
    ("name, top enterprises", "引进500强企业3家。", [not_one("500强", 500, "强"), target("3家", 3, "家")]),
    ("name without numeral", "落实双减政策。", []),
    ("lexical, on the one hand", "一方面强化管理。", [not_one("一方面", 1, "个", "lexical")]),
    ("lexical, general", "一般公共预算收入增长5%。", [not_one("一", 1, "", "lexical"), target("5%", 5, "%")]),
    ("lexical, further", "进一步强化管理。", [not_one("一", 1, "", "lexical")]),
    ("lexical, a batch", "推进一批项目。", [not_one("一批", 1, "批", "lexical")]),
    ("lexical, unified", "统一标准。", [not_one("一", 1, "", "lexical")]),
    ("lexical, sales", "零售总额增长6%。", [not_one("零", 0, "", "lexical"), target("6%", 6, "%")]),
    ("counted reforms", "推进五项警务改革。", [target("五项", 5, "项")]),
    # Ordinals.
    ("ordinal, batch", "启动第二批项目。", [not_one("二批", 2, "批", "ordinal")]),
    ("ordinal, meeting", "举办第九届运动会。", [not_one("九届", 9, "届", "ordinal")]),
    ("ordinal, phase", "推进甲工程二期。", [not_one("二期", 2, "期", "ordinal")]),
    ("ordinal, sector", "第三产业增长5%。", [not_one("三", 3, "", "ordinal"), target("5%", 5, "%")]),
    ("ordinal, list", "一是强化管理。", [not_one("一", 1, "", "ordinal")]),
    # Approximate counts.
    ("approximate, 多", "惠及300多户居民。", [target("300多户", 300, "户", "gt")]),
    ("approximate, 余", "惠及2万余人。", [target("2万余人", 20_000, "人", "gt")]),
    ("approximate, 余 before the power", "投入5000余万元。", [target("5000余万元", 5e7, "元", "gt")]),
    ("approximate, 约", "引进企业约30家。", [target("30家", 30, "家", "approx")]),
    ("approximate, 近", "引进近千名人才。", [target("千名", 1000, "人", "approx")]),
    ("approximate, 上", "新增上百家企业。", [target("百家", 100, "家", "ge")]),
    ("approximate, 数", "带动数百人就业。", [target("百人", 100, "人", "gt")]),
    ("approximate, 几 before", "推进几十个项目。", [target("十个", 10, "个", "gt")]),
    ("approximate, 几 behind", "推进十几个项目。", [target("十几个", 10, "个", "gt")]),
    # Zero, all, twice.
    ("double", "产值翻一番。", [target("翻一番", 2, "倍")]),
    ("double twice", "产值翻两番。", [target("翻两番", 4, "倍")]),
    ("all", "社区食堂全覆盖。", [target("全覆盖", 100, "%", "all")]),
    ("zero, cleared", "欠薪动态清零。", [target("清零", 0, "", "zero")]),
    ("zero, 为零", "新增债务为零。", [target("零", 0, "", "zero")]),
    ("zero, 为0", "发生率为0。", [target("0", 0, "", "zero")]),
    ("zero in a name", "倡导零距离服务。", [not_one("零", 0)]),
    # Comparators.
    ("floor before", "产值增长不低于5%。", [target("5%", 5, "%", "ge")]),
    ("floor behind", "产值增长5%以上。", [target("5%", 5, "%", "ge")]),
    ("floor, at least", "举办展览不少于20场次。", [target("20场次", 20, "场次", "ge")]),
    ("more than", "绿地面积超过100亩。", [target("100亩", 100, "亩", "gt")]),
    ("breaking through", "力争税收突破50亿元。", [target("50亿元", 5e9, "元", "gt")]),
    ("ceiling around", "失业率控制在5.5%以内。", [target("5.5%", 5.5, "%", "le")]),
    ("ceiling overruled", "涨幅控制在3%左右。", [target("3%", 3, "%", "approx")]),
    ("ceiling before", "涨幅不超过3%。", [target("3%", 3, "%", "le")]),
    ("striving", "力争产值增长8%。", [target("8%", 8, "%")]),
    ("comparator for all", "分别增长8%、9%左右。", [target("8%", 8, "%", "approx"), target("9%", 9, "%", "approx")]),
    # From one level to another.
    ("from to, rates", "比重从30%提高到45%。", [not_one("30%", 30, "%", "other"), target("45%", 45, "%")]),
    ("from to, counts", "网点由3家增加到5家。", [not_one("3家", 3, "家", "other"), target("5家", 5, "家")]),
    # Sizes of projects and thresholds are no targets.
    ("size of a project", "推进总投资50亿元的甲项目。", [not_one("50亿元", 5e9, "元", "other")]),
    ("capacity of a project", "推进年产10万吨的甲项目。", [not_one("10万吨", 1e8, "kg", "other")]),
    ("threshold", "新开工亿元以上项目20个。", [not_one("亿元", 1e8, "元", "other", "ge"), target("20个", 20, "个")]),
    ("threshold, digits", "引进5000万元以上项目30个。", [not_one("5000万元", 5e7, "元", "other", "ge"), target("30个", 30, "个")]),
    ("power without unit", "推动15万贫困人口增收。", [target("15万", 150_000, "人")]),
    # Marks that printers and scanners put between and among digits.
    ("thousands, space", "新增学位1 200个。", [target("1 200个", 1200, "个")]),
    ("thousands, narrow space", "新增学位1\u2009200个。", [target("1\u2009200个", 1200, "个")]),
    ("thousands, wide comma", "安排资金1，234，000元。", [target("1，234，000元", 1_234_000, "元")]),
    ("space before 多 and the power", "投入60 多亿元。", [target("60 多亿元", 6e9, "元", "gt")]),
    ("point, full width", "产值增长3．5%。", [target("3．5%", 3.5, "%")]),
    ("date, circles for noughts", "二○二五年投用。", [not_one("二○二五年", 2025, "年", "date")]),
    ("date, Latin O for nought", "展望二O三五年。", [not_one("二O三五年", 2035, "年", "date")]),
    ("date, digit for nought", "展望二0三五年。", [not_one("二0三五年", 2035, "年", "date")]),
    ("date, space before 年", "2024 年投用。", [not_one("2024 年", 2024, "年", "date")]),
    ("enumerator, spaces", "（ 3 ）强化管理。", [not_one("3", 3, "", "ordinal")]),
    ("fraction, wide slash", "改造1／3的管网。", [target("1／3", 1 / 3, "分数")]),
    # Ratios, indices, places, medals.
    ("ratio", "城乡收入比缩小到2.1∶1。", [target("2.1", 2.1)]),
    ("ratio of three", "三次产业比例调整为6:52:42。", [not_one("三次", 3, "次"), target("6", 6)]),
    ("ratio, level before", "收入比由2.4:1缩小。", [not_one("2.4", 2.4, "", "other")]),
    ("index", "环境指数达到90以上。", [target("90", 90, "", "ge")]),
    ("index, from to", "指数由2.6缩小到2.5以内。", [not_one("2.6", 2.6, "", "other"), target("2.5", 2.5, "", "le")]),
    ("places gained", "排名前移2位。", [target("2位", 2, "位")]),
    ("rank without unit", "进入全国前50。", [not_one("50", 50, "", "ordinal")]),
    ("medals", "力争夺得6金4银。", [target("6金", 6, "枚"), target("4银", 4, "枚")]),
    ("medals, words", "力争夺得6块金牌。", [target("6块金牌", 6, "枚")]),
    ("sorts of what is counted", "办好十大类30件实事。", [target("十大类", 10, "类"), target("30件", 30, "件")]),
    ("counties and districts", "覆盖3县2区。", [target("3县", 3, "县"), target("2区", 2, "区")]),
    ("days of good air", "优良天数300天以上。", [target("300天", 300, "天", "ge")]),
    ("durations listed", "时限压缩至45天、42天。", [target("45天", 45, "天"), target("42天", 42, "天")]),
    ("duration before 来", "产量创近五年来新高。", [not_one("五年", 5, "年", "duration", "approx")]),
    ("people named before", "覆盖人群不少于100万。", [target("100万", 1e6, "人", "ge")]),
    ("hundred and more", "举办活动百余场。", [target("百余场", 100, "场", "gt")]),
    # Names and codes that look like amounts.
    ("name, platform number", "优化8890服务平台。", [not_one("8890", 8890)]),
    ("code, hotline of citizens", "整合12345市民服务。", [not_one("12345市民服务", 12345, "", "code")]),
    ("code, unit of a plant", "推进5#机组。", [not_one("5#", 5, "", "code")]),
    ("name, street", "打通黄河十一路。", [not_one("十一路", 11, "号")]),
    ("name, three articles", "做好“原字号”等三篇大文章。", [not_one("三篇", 3, "篇")]),
    ("name, bottom lines", "守住两条底线。", [not_one("两条", 2, "条")]),
    ("size of berths", "建设10万吨级泊位2个。", [not_one("10万吨", 1e8, "kg", "other"), target("2个", 2, "个")]),
    ("ordinal, enumerating 要", "三要强化管理。", [not_one("三", 3, "", "ordinal")]),
    ("going through is no more", "经过3个阶段推进。", [target("3个", 3, "个")]),
    # Sizes, thresholds and what there is already are no targets.
    ("size of a plant", "推进60万千瓦机组建设。", [not_one("60万千瓦", 600_000, "千瓦", "other")]),
    ("size as an outcome", "新增60万千瓦装机。", [target("60万千瓦", 600_000, "千瓦")]),
    ("voltage", "建成220千伏变电站3座。", [not_one("220千伏", 220, "千伏", "other"), target("3座", 3, "座")]),
    ("output of works", "抓好甲公司25万辆轿车等重点项目建设。", [not_one("25万辆", 250_000, "辆", "other")]),
    ("sum of what is sized", "引进超10亿元项目5个。", [not_one("10亿元", 1e9, "元", "other", "gt"), target("5个", 5, "个")]),
    ("investment of what follows", "推进投资约2亿元的街巷改造。", [not_one("2亿元", 2e8, "元", "other", "approx")]),
    ("villages by households", "改造30户以上自然村道路。", [not_one("30户", 30, "户", "other", "ge")]),
    ("whose value is to rise", "9个集群实现收入50亿元。", [not_one("9个", 9, "个", "other"), target("50亿元", 5e9, "元")]),
    ("rules to be carried out", "落实36条措施。", [not_one("36条", 36, "条", "other")]),
    ("one of a whole", "建成全国三个试验区之一。", [not_one("三个", 3, "个", "other"), not_one("一", 1, "", "lexical")]),
    # What is counted behind its list, levels of government, powers of ten.
    ("set behind its list", "建设甲园、乙园和丙园三大园区。", [not_one("三大", 3, "个", "other")]),
    ("set with a name of its own", "打赢甲、乙、丙三大攻坚战。", [not_one("三大", 3, "大")]),
    ("two behind their list", "扶持甲镇、乙镇两个重镇。", [not_one("两个", 2, "个", "other")]),
    ("levels of government", "健全市、县两级制度。", [not_one("两级", 2, "级", "other")]),
    ("levels of a system", "健全五级服务体系。", [not_one("五级", 5, "级", "other")]),
    ("level of a hospital", "支持三级医院建设。", [not_one("三级", 3, "级", "grade")]),
    ("counties", "支持北部四县发展。", [not_one("四县", 4, "县", "other")]),
    ("power of money reached", "规模突破千亿。", [target("千亿", 1e11, "元", "gt")]),
    ("power of money before 级", "培育百亿级产业。", [not_one("百亿级", 1e10, "元", "other")]),
    ("power of money in a name", "实施千亿产业培育工程。", [not_one("千亿", 1e11)]),
    ("power of area", "建设千亩基地。", [not_one("千亩", 1000, "亩", "other")]),
    ("power of area in a name", "实施百万亩提质工程。", [not_one("百万亩", 1e6, "亩")]),
    ("every ten thousand people", "每万人拥有甲8个。", [not_one("万人", 10_000, "人", "other"), target("8个", 8, "个")]),
    ("two digits", "保持两位数增长。", [target("两位数", 10, "%", "ge")]),
    ("points listed", "分别提高5个、6.5个百分点。", [target("5个", 5, "百分点"), target("6.5个百分点", 6.5, "百分点")]),
    ("range of per cent, words", "收入增长百分之四至百分之五。", [target("百分之四至百分之五", (4, 5), "%", "range")]),
    ("decimal torn by a space", "比重达到24. 8%。", [target("24. 8%", 24.8, "%")]),
    ("more behind a space", "引进 50 多个品种。", [target("50 多个", 50, "个", "gt")]),
    ("kilovolts behind a space", "建成500 千伏线路。", [not_one("500 千伏", 500, "千伏", "other")]),
    ("meetings listed", "贯彻五次、六次全会精神。", [not_one("五次", 5, "次", "ordinal"), not_one("六次", 6, "次", "ordinal")]),
    ("batches", "分3批推进。", [target("3批", 3, "批")]),
    ("fifteen things, no plan", "推进十五项改革。", [target("十五项", 15, "项")]),
    ("villages by name", "改造五家子桥。", [not_one("五家子", 5, "家子")]),
    ("laid down already", "落实规划确定的24项指标。", [not_one("24项", 24, "项", "other")]),
    ("all, whatever the verb", "村屯全部通上油路。", [target("全部", 100, "%", "all")]),
    ("all, with a number of its own", "时限全部压缩到60天。", [target("60天", 60, "天")]),
    ("all, in a list", "实现甲镇全覆盖、乙镇全覆盖。", [target("全覆盖", 100, "%", "all")] * 2),
    ("growth by nothing", "经费零增长。", [target("零增长", 0, "%", "zero")]),
    ("families without work", "零就业家庭动态清零。", [not_one("零", 0), target("清零", 0, "户", "zero")]),
    ("twofold, done", "总量翻了一番。", [target("翻了一番", 2, "倍")]),
    ("multiple, spoken decimals", "产量增长一点四倍。", [target("一点四倍", 1.4, "倍")]),
    ("years of age", "为65岁以上老人提供服务。", [not_one("65岁", 65, "岁", "other", "ge")]),
    ("years of age behind people", "服务55万60岁以上老人。", [target("55万", 550_000, "人"), not_one("60岁", 60, "岁", "other", "ge")]),
    ("thousands in one sum", "补助12万5000元。", [target("12万5000元", 125_000, "元")]),
    ("terms in a row", "连续3届入选。", [target("3届", 3, "届")]),
    ("range of an ordinal", "推进第10至12篇。", [not_one("10至12篇", (10, 12), "篇", "ordinal", "range")]),
    ("set with an Arabic number", "建设15大基地。", [not_one("15大", 15, "个", "other")]),
    ("at least one", "至少引进一家企业。", [target("一家", 1, "家")]),
    ("only one", "成为全省唯一一家。", [not_one("一一家", 11, "家", "lexical")]),
    ("rank from the end", "退出排名后十位。", [not_one("十位", 10, "人", "ordinal")]),
    ("two countries", "深化中英两国合作。", [not_one("两国", 2, "国", "other")]),
    ("level a head", "补助由每人600元提高到640元。", [not_one("600元", 600, "元", "other"), target("640元", 640, "元")]),
]  # fmt: skip


def numbers(text, year=2024):
    """Return what is printed and found of each number in the last paragraph of a plan."""
    text = PLAN + text
    found = extract(text, year).quantities
    found = found[found["start"] >= len(PLAN)]
    units = found["unit"].astype(object).fillna("")
    ranged = found["value_max"].notna()
    values = [
        (low, high) if both else low for low, high, both in zip(found["value"], found["value_max"], ranged, strict=True)
    ]
    printed = [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)]
    return list(zip(printed, values, units, found["comparator"], found["class"], strict=True))


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_failure_classes_are_read_as_they_are_meant(text, expected):
    assert numbers(text) == [(printed, pytest.approx(value), *codes) for printed, value, *codes in expected]


def test_each_failure_class_has_its_own_name_and_sentence():
    assert len({row[0] for row in TABLE}) == len({row[1] for row in TABLE}) == len(TABLE)


def test_the_table_has_every_class_that_a_plan_can_hold():
    kinds = {one[-1] for *_, expected in TABLE for one in expected}
    classes = set(extract("无。").quantities["class"].cat.categories)
    assert kinds == classes - {"result"}


def test_what_the_review_reports_is_a_result_and_no_target():
    found = extract(
        "一、2023年工作回顾\n新增学位500个，增长8%。\n二、2024年工作安排\n新增学位600个。\n", 2024
    ).quantities
    assert found.loc[found["unit"] == "个", "class"].tolist() == ["result", "target"]
    assert found.loc[found["unit"] == "%", "class"].tolist() == ["result"]
    assert found["is_target"].sum() == 1


@pytest.mark.parametrize(
    "sentence",
    ["到2027年，建成公园20座。", "年均增长6%。", "“十五五”时期，建成公园20座。"],
)
def test_goals_of_several_years_are_targets_but_not_of_this_year(sentence):
    found = extract(PLAN + sentence, 2024).quantities
    found = found[(found["class"] == "target")]
    assert len(found) == 1
    assert not found["is_target"].any()
    assert found["is_multi_year"].all()


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("产值增长8%。", "up"),
        ("比重提高1个百分点。", "up"),
        ("比重提高到45%。", "up"),
        ("收入提升至3万元。", "up"),
        ("能耗下降2%。", "down"),
        ("浓度降至28微克/立方米。", "down"),
        ("窗口减少3个。", "down"),
        ("新建公园3座。", "none"),
    ],
)
def test_words_of_change_give_the_direction(sentence, change):
    found = extract(PLAN + sentence, 2024).quantities
    assert found.loc[found["class"] == "target", "change"].tolist() == [change]


def test_an_elided_verb_reaches_across_coordinate_clauses():
    found = extract(PLAN + "新增学位500个、床位300张，食堂20家，惠及2万人。", 2024).quantities
    found = found[found["start"] >= len(PLAN)]
    assert found["class"].tolist() == ["target"] * 4
    assert found["indicator"].tolist()[:3] == ["学位", "床位", "食堂"]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("新增便民食堂10家以上。", ["便民食堂"]),
        ("新增10家便民食堂。", ["便民食堂"]),
        ("产值增长5%以上。", ["产值"]),
        ("增长5%左右。", [None]),
        ("完成20公里农村公路、30座危桥改造。", ["农村公路", "危桥改造"]),
        ("产值达到50亿元，增长8%。", ["产值", "产值"]),
    ],
)
def test_the_indicator_is_what_is_counted_without_verbs_and_comparators(sentence, indicators):
    found = extract(PLAN + sentence, 2024).quantities
    found = found[found["start"] >= len(PLAN)]
    assert [None if pd.isna(one) else one for one in found["indicator"]] == indicators


@proves
@given(st.integers(1, 99_999_999), st.sampled_from(["个", "户", "家", "人次", "平方米", "公里"]))
def test_any_grouped_number_is_one_number_with_its_value_and_unit(number, unit):
    assert numbers(f"新增设施{number:,}{unit}。") == [(f"{number:,}{unit}", number, unit, "eq", "target")]


@proves
@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from("-—–~～至到"))
def test_a_dash_between_rising_numbers_makes_a_range_and_otherwise_two_numbers(low, high, dash):
    found = numbers(f"新增设施{low}{dash}{high}处。")
    if low < high:
        assert found == [(f"{low}{dash}{high}处", (low, high), "处", "range", "target")]
    else:
        assert [one[1] for one in found] == [low, high]


known_numbers = functools.cache(numbers)  # the sentences of the table come again and again


@settings(proves, max_examples=100)
@given(st.lists(st.sampled_from([row[1] for row in TABLE if "，" not in row[1]]), min_size=1, max_size=6))
def test_what_stands_in_other_sentences_changes_no_value_and_no_unit(sentences):
    alone = [one[:4] for sentence in sentences for one in known_numbers(sentence)]
    assert [one[:4] for one in numbers("\n".join(sentences))] == alone


def test_numerals_that_begin_alike_are_told_apart_and_read_alike_every_time():
    text = "投资1234567890元、12345678901元、12345678901234元和1234元。"
    expected = [1234567890.0, 12345678901.0, 12345678901234.0, 1234.0]
    assert [extract(text).quantities["value"].tolist() for _ in range(2)] == [expected, expected]
