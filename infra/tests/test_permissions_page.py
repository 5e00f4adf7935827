"""docs/permissions.md and what the doctor asks for say what the templates say."""

import unittest

import needs
from permissions_page import PAGE, page
from templates import Templates


class PermissionsPageTest(unittest.TestCase):
    def test_the_page_is_current(self):
        found = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        self.assertEqual(page(Templates.read()), found, "docs/permissions.md is old: run scripts/permissions")

    def test_the_doctor_asks_for_what_the_templates_give(self):
        found = needs.FILE.read_text(encoding="utf-8") if needs.FILE.is_file() else ""
        self.assertEqual(needs.needs(Templates.read()), found, "needs.json is old: run scripts/permissions")


if __name__ == "__main__":
    unittest.main()
