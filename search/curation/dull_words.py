"""Words that make no topic: lists for `search.curation.keyphrases`. Folded."""

from __future__ import annotations

_ALONE = """
下文 住户 家长 工人 医生 病人 护士 徒弟 厨房 钥匙 图纸 口号 观众 乘客 司机 会员 农户 公司 中心 学院 代表
大厅 窗口 队伍 墙上 工作 问题 情况 方面 时候 时间 人员 大家 同志 活动 内容 方式 作用 结果 办法 做法 成效
经验 启示 背景 措施 意见 要求 需要 任务 基础 过程 能力 水平 机制 效果 特点 条件 关系 原因 思路 目标 重点
环节 单位 部门 组织 党员 支部 党支部 书记 支部书记 群众 干部 党组织 全体 案例 项目 事情 东西 地方 名字 人数
比例 数字 次数 总数 户数 全年 去年 今年 当年 每月 每周 每天 上午 下午 晚上 中午 当天 第二天 年底 年初 月底
小时 分钟 个人 本人 别人 自己 有人 家里 手里 心里 手上 身上 左右 前后 以上 以下 以后 之前 之后 期间 其中
部分 全部 办公室 会议室 主任 组长 会上 现场 电话 手机 照片 名单 一线 实际 具体 主要 一般 普通 重要 相关 有关
各类 各种 多种 不同 共同 进行 开展 推动 推进 加强 提高 提升 落实 做好 完成 解决 实现 形成 建立 坚持 参加
负责 安排 报告 汇报 检查 总结 学习 讨论 会议 记录 通知 支持 帮助 领导 负责人 材料 业务 作业 机器 设备 小区
季度 指令 牌子 格子 本子 白板 椅子 老板 人家 班次 大户 年轻人 老人家 服务 管理 建设 发展 工程 制度 标准 系统
平台 模式 体系 课堂 老师 学生 孩子 老人 居民 村民 职工 员工 朋友 儿子 女儿 父亲 母亲
"""
_BREAKING = """
是 有 没有 可以 可能 能够 应该 必须 不能 不要 不会 不是 就是 还是 只是 都是 进行 使得 认为 觉得 知道 看到
发现 出现 成为 作为 通过 按照 根据 结合 围绕 针对 包括 以及 来 去 到 说 做 干 想 看 要 会 能 让 使 把 被 给
得 着 过 了 的 地 不 没 很 更 最 太 都 也 又 再 还 就 才 只 已 已经 正在 曾经 不断 逐步 进一步 充分 切实
真正 全面 深入 认真 积极 主动 及时 有效 同时 此外 另外 首先 其次 最后 一起 一直 一定 一样 第一 第二 第三
第四 第五 同志 同志们 大家 我们 他们 你们 自己 本 该 各 每 某 全 一 两 三 四 五 六 七 八 九 十 年 月 日 时
分 多 少 大 小 新 老 好 坏 高 低 开始 结束 之前 之后 以后 以来 当时 后来 现在 今天 昨天 明天 今年 去年 明年
前年 有的 所有 任何 一些 许多 左右
"""
_ENGLISH = """
nobody another somebody nearly elsewhere early cannot lines line words home far answer a about after again
all also an and any are as at be because been before being between both but by can could did do does doing
done down during each even every few first five for four from further get got had has have having he her
here hers him his how i if in into is it its itself just last like made make many may me more most much must
my new no nor not now of off on once one only or other our out over own per put said same say see she should
six so some still such take ten than that the their them then there these they this those three through to
too two under until up us use used using very was we were what when where which while who whom why will with
within without would year years day days week weeks month months time times people thing things way well
back came come comes go goes going went gave give given told tell asked ask
"""

DULL = frozenset(_ALONE.split())
"""Alone these say nothing; in a compound they do."""
BREAKING = frozenset(_BREAKING.split())
"""Where one of these stands, a phrase ends."""
STOP_ENGLISH = frozenset(_ENGLISH.split())
