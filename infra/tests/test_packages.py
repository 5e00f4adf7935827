"""What the templates name is in the packages: run it after scripts/package."""

import io
import unittest
import zipfile

from templates import Templates, short_name
from translation import ROOT


def classes(archive):
    """The class files of a package, by their names in it; those in its jars, too."""
    for name in archive.namelist():
        if name.endswith(".jar"):
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as jar:
                yield from jar.namelist()


class PackagesTest(unittest.TestCase):
    """Each function's zip, and the layer."""

    def package(self, key):
        path = ROOT / key
        self.assertTrue(path.is_file(), f"{key} is not there: run scripts/package")
        return zipfile.ZipFile(path)

    def test_every_handler_is_in_its_package(self):
        for function in Templates.read().functions():
            with self.subTest(short_name(function)), self.package(function.properties["Code"]["S3Key"]) as package:
                names = set(classes(package))
                wanted = [function.properties["Handler"]]
                wanted += [value for key, value in function.properties["Environment"]["Variables"].items() if key == "MAIN_CLASS"]
                for class_ in wanted:
                    self.assertIn(class_.replace(".", "/") + ".class", names, f"{function} would not start")

    def test_the_layer_has_the_bootstrap(self):
        (layer,) = Templates.read().resources("AWS::Lambda::LayerVersion")
        with self.package(layer.properties["Content"]["S3Key"]) as package:
            mode = package.getinfo("bootstrap").external_attr >> 16
            self.assertTrue(mode & 0o111, "/opt/bootstrap can't be executed")

    def test_sizes(self):
        templates = Templates.read()
        (layer,) = templates.resources("AWS::Lambda::LayerVersion")
        layers = self.unzipped(layer.properties["Content"]["S3Key"])
        for function in templates.functions():
            with self.subTest(short_name(function)):
                code = self.unzipped(function.properties["Code"]["S3Key"])
                whole = code + (layers if "Layers" in function.properties else 0)
                self.assertLess(whole, 250 * 1024 * 1024, "Lambda takes 250 MB, unzipped")

    def unzipped(self, key):
        with self.package(key) as package:
            return sum(member.file_size for member in package.infolist())


if __name__ == "__main__":
    unittest.main()
