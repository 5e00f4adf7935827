"""Each rule can fail: faults planted in the templates are found."""

import unittest

import test_rules  # registers the rules
from faults import FAULTS
from rules import RULES
from templates import Templates

assert test_rules.MODULES


class FaultsTest(unittest.TestCase):
    """A rule finds the fault that is planted for it, and nothing before."""

    @classmethod
    def setUpClass(cls):
        cls.templates = Templates.read()

    def test_every_rule_is_tried(self):
        self.assertEqual(set(), set(RULES) - {fault.rule for fault in FAULTS}, "rules without a fault")


def _test(fault):
    def test(self):
        rule = RULES[fault.rule]
        before = rule.findings(self.templates)
        spoilt = self.templates.copy()
        fault.plant(spoilt)
        after = rule.findings(spoilt)
        self.assertGreater(len(set(after) - set(before)), 0, f"{rule.name} does not see it")

    return test


for _fault in FAULTS:
    setattr(FaultsTest, f"test_{_fault.rule}_finds_{_fault.what}", _test(_fault))

if __name__ == "__main__":
    unittest.main()
