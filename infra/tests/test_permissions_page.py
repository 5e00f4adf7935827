"""docs/permissions.md says what the templates say."""

import unittest

from permissions_page import PAGE, page
from templates import Templates


class PermissionsPageTest(unittest.TestCase):
    def test_the_page_is_current(self):
        found = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        self.assertEqual(page(Templates.read()), found, "docs/permissions.md is old: run scripts/permissions")


if __name__ == "__main__":
    unittest.main()
