"""Fonts that a book may ask for, and the free ones that stand in for them where they are not installed."""

FAMILIES: dict[tuple[str, ...], tuple[str, ...]] = {
    (
        "宋体",
        "SimSun",
        "方正书宋简体",
        "方正小标宋简体",
        "华文中宋",
        "STZhongsong",
        "思源宋体",
        "思源宋体 CN",
    ): (*("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN"),),
    (
        "黑体",
        "SimHei",
        "微软雅黑",
        "Microsoft YaHei",
        "等线",
        "DengXian",
        "方正黑体简体",
        "思源黑体",
        "思源黑体 CN",
    ): (*("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),),
    ("楷体", "KaiTi", "楷体_GB2312", "华文楷体", "STKaiti", "方正楷体简体", "霞鹜文楷"): (
        *("LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    ),
    ("仿宋", "FangSong", "仿宋_GB2312", "华文仿宋", "STFangsong", "方正仿宋简体"): (
        *("LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    ),
    ("Times New Roman", "Georgia", "Cambria", "Garamond"): ("Liberation Serif",),
    ("Arial", "Helvetica", "Calibri"): ("Liberation Sans",),
}

LICENCES = {
    "Noto Serif CJK SC": "SIL OFL 1.1",
    "Noto Sans CJK SC": "SIL OFL 1.1",
    "Source Han Serif SC": "SIL OFL 1.1",
    "Source Han Sans SC": "SIL OFL 1.1",
    "LXGW WenKai": "SIL OFL 1.1",
    "AR PL UMing CN": "Arphic Public License",
    "AR PL UKai CN": "Arphic Public License",
    "WenQuanYi Zen Hei": "GPL 2 with font exception",
    "Liberation Serif": "SIL OFL 1.1",
    "Liberation Sans": "SIL OFL 1.1",
}

HAN_OFFERED = (
    *("宋体", "黑体", "楷体", "仿宋", "方正小标宋简体", "华文中宋", "微软雅黑"),
    *("思源宋体", "思源黑体", "霞鹜文楷"),
)
LATIN_OFFERED = ("Times New Roman", "Arial", "Georgia", "Cambria", "Calibri")


def substitutes(name: str) -> tuple[str, ...]:
    """Free families for this one, the best first; none where it is not known."""
    wanted = name.casefold()
    for names, others in FAMILIES.items():
        if wanted in (each.casefold() for each in names):
            return others
    return ()
