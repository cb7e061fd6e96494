"""Full dates and ranges of days as mastheads, notes and captions write them."""

from __future__ import annotations

import pytest

from kg.repair.dates import first_date


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2019年4月8日，工人在检修设备", "2019-04-08"),
        ("（2019年04月08日）", "2019-04-08"),
        ("2019-4-8 08:30", "2019-04-08"),
        ("二〇一九年四月八日", "2019-04-08"),
        ("二○二〇年十一月三十日", "2020-11-30"),
        ("二〇二一年十月二十一日", "2021-10-21"),
        ("2019年4月8日至10日", "2019-04-08/2019-04-10"),
        ("2019年4月28日至5月3日", "2019-04-28/2019-05-03"),
        ("2019年2月30日，2019年3月1日", "2019-03-01"),  # the first is in no calendar
        ("2019年4月", ""),
        ("4月8日", ""),
        ("电话：2019-88-4444", ""),
        ("", ""),
    ],
)
def test_first_date(text: str, edtf: str) -> None:
    assert first_date(text) == edtf
