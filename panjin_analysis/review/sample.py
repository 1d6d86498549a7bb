"""A short report of a city that does not exist, written for this project, to try extraction and review on.

It holds what trips a reader of numbers: goals of five years, last year's results, names and
codes with numerals, ranges, thresholds, two numbers under one verb.
"""

YEAR = 2031
TEXT = """\
芦港市政府工作报告
——2031年1月12日在芦港市第四届人民代表大会第三次会议上
各位代表：
现在，我代表市人民政府向大会报告工作，请予审议。
一、2030年工作回顾
过去一年，全市上下迎难而上，地区生产总值增长5.6%，一般公共预算收入增长4.2%。
新建公园12处，改造老旧小区36个，惠及居民2.1万户。引进技能人才260名，12345热线按时办结率达到98%。
同时也要看到，全市产业结构还不够优，部分乡镇供水管网老化。
二、今后五年发展目标
到2035年，地区生产总值年均增长6%以上，森林覆盖率达到32%。
三、2031年工作安排
今年是芦港建市40周年。做好今年工作，要坚持稳中求进工作总基调。
今年主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长4.5%，城镇新增就业1.2万人以上，居民消费价格涨幅控制在3%以内，城乡居民收入增长与经济增长同步。
（一）教育和人才。办好家门口的学校。新建公办幼儿园3所，扩建中学2所，新增学位2400个。实施第二批强师行动，培训教师不少于800名。力争引进高层次人才15名、技能人才300名以上。
（二）一老一小。为65岁以上独居老人安装呼叫器1500套，建成社区食堂8到10家。推进三级养老服务网络建设，探索“十五分钟”照护圈。
（三）水与路。加快引湖入城工程建设，完成主管网铺设26公里。确保年底前恢复G217线芦港桥通车。持续巩固国家卫生城市成果，积极创建省级文明城市。
（四）安全底线。坚决守住不发生系统性风险的底线，实现重大事故零发生、化工园区监控全覆盖。支持企业参加两场进口博览会。
四、加强政府自身建设
各位代表，新的一年，我们要以实干赢得信任。一般性支出压减5%，政务服务事项网上可办率提高2个百分点。
"""


def sample_report() -> str:
    """Return the text of a made-up report for 2031, so that everything can be tried without a real one.

    Examples
    --------
    >>> sample_report().splitlines()[0]
    '芦港市政府工作报告'
    """
    return TEXT
