"""The EDTF subset: what is valid, and the days it spans."""

import pytest
from edtf_validate.valid_edtf import is_valid

from kg.edtf import bounds, valid

GOOD = {
    "2018": ("2018-01-01", "2018-12-31"),
    "2018-10": ("2018-10-01", "2018-10-31"),
    "2018-10-22": ("2018-10-22", "2018-10-22"),
    "2020-02-29": ("2020-02-29", "2020-02-29"),
    "2023-02": ("2023-02-01", "2023-02-28"),
    "2050~": ("2050-01-01", "2050-12-31"),
    "1937-07?": ("1937-07-01", "1937-07-31"),
    "2022-04-30~": ("2022-04-30", "2022-04-30"),
    "202X": ("2020-01-01", "2029-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "XXXX-10": ("", ""),
    "XXXX-10-23": ("", ""),
    "XXXX-02-29": ("", ""),
    "XXXX-XX-31": ("", ""),
    "2016/2020": ("2016-01-01", "2020-12-31"),
    "2012-11-08/..": ("2012-11-08", ""),
    "../2020-12-31": ("", "2020-12-31"),
    "2020-03/2020-05-02": ("2020-03-01", "2020-05-02"),
    "2018-10~/2023": ("2018-10-01", "2023-12-31"),
    "XXXX-12-28/XXXX-01-05": ("", ""),
}
BAD = [
    *("", "x", "18", "20181", "2018-1", "2018-13", "2018-00", "2018-02-29", "2023-04-31"),
    *("XXXX-02-30", "XXXX-13", "XXXX-XX-32", "XXXX", "0000", "000X", "00XX", "202X~", "2018~?"),
    *("../..", "/2018", "2018/", "2019/2018", "2018-05-02/2018-05-01", "2018/2019/2020"),
    *("2018-10-22T10:00:00", "2018 ", "２０１８", "P3Y", "2018%", "201X-05", "20181022"),
    *("XXXX-05-01/..", "../XXXX-05-01", "19XX/..", "../198X"),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_date_of_the_subset_is_valid_and_has_bounds(text: str) -> None:
    assert valid(text)
    assert bounds(text) == GOOD[text]
    assert is_valid(text), "the subset must stay inside EDTF"


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_and_has_no_bounds(text: str) -> None:
    assert not valid(text)
    assert bounds(text) == ("", "")
