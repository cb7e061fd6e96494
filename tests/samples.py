"""Small documents of our own, in official style, with invented formulas."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

REPORT = (
    "全市水利工作会议报告\n"
    "2021年3月5日，全市水利工作会议在临江市召开。会议强调，要做到“四个统筹”，全面提升治水能力。\n"
    "过去一年，全市新建水库12座，治理河道3.5万公里，受益群众超过200万人。\n"
)
NOTICE = (
    "关于推进节水工作的意见\n"
    "各县要坚持“四个统筹”：统筹上游下游、统筹城市农村、统筹地上地下、统筹建设管护。\n"
    "弘扬求实、担当、奉献的治水精神，贯彻落实《节约用水条例》。\n"
)
SPEECH = "临江市水利局局长周文海指出，要坚持“四个统筹”，守住“三条底线”。\n"
