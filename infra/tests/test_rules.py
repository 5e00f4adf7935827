"""The rules over the translated templates; each is a test of its own."""

import unittest

import api_rules
import data_rules
import fence_rules
import function_rules
import network_rules
import permission_rules
from rules import RULES
from templates import Templates

MODULES = (api_rules, data_rules, fence_rules, function_rules, network_rules, permission_rules)


class RulesTest(unittest.TestCase):
    """Each rule finds nothing wrong."""

    @classmethod
    def setUpClass(cls):
        cls.templates = Templates.read()


def _test(rule):
    def test(self):
        findings = rule.findings(self.templates)
        self.assertEqual([], findings, "\n" + rule.why + "\n" + "\n".join(findings))

    test.__doc__ = rule.why
    return test


for _rule in RULES.values():
    setattr(RulesTest, f"test_{_rule.name}", _test(_rule))

if __name__ == "__main__":
    unittest.main()
