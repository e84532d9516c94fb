"""The README's commands work as they stand there."""
import os
import re
import subprocess
import unittest

from support import BINARY, ROOT, ScratchCase


def shell_blocks():
    text = (ROOT / 'README.md').read_text()
    return [block.strip().splitlines() for block in re.findall(r'```sh\n(.*?)```', text, re.S)]


class Readme(ScratchCase):
    def test_every_command_runs(self):
        binaries = self.folder / 'bin'
        binaries.mkdir()
        (binaries / 'testigo').symlink_to(BINARY)
        environment = dict(os.environ, PATH=f'{binaries}:{os.environ["PATH"]}')
        environment.pop('TESTIGO_CONFIG', None)
        ran = 0
        for block in shell_blocks():
            exports = {}
            for line in block:
                if line.startswith('scripts/'):
                    self.assertTrue(os.access(ROOT / line.split()[0], os.X_OK), line)
                    continue
                if line.startswith('export '):
                    name, value = line.removeprefix('export ').split('=')
                    exports[name] = value
                    continue
                result = subprocess.run(line, shell=True, cwd=self.folder, capture_output=True, timeout=120,
                                        env={**environment, **exports}, check=False)
                if line.startswith('testigo init'):
                    with (self.folder / 'testigo.toml').open('a') as file:
                        file.write('[fetch]\nmax_time = "2s"\n')
                # Without a network a crawl of the real web is done in part, and says so.
                allowed = (0, 5) if line.startswith('testigo crawl') else (0,)
                self.assertIn(result.returncode, allowed, f'{line}\n{result.stderr.decode()}')
                ran += 1
        self.assertGreaterEqual(ran, 20)

    def test_the_configuration_shown_is_valid(self):
        text = (ROOT / 'README.md').read_text()
        block = re.search(r'```toml\n(.*?)```', text, re.S).group(1)
        self.write('testigo.toml', block.replace('rules = "rules" ', '# '))
        result = self.cli('config', 'check')
        self.assertEqual(result.code, 0, result.err)

    def test_every_command_has_help_with_an_example(self):
        overview = self.cli('--help')
        self.assertEqual(overview.code, 0)
        names = [m.group(1) for m in re.finditer(r'^  ([a-z]+(?: [a-z]+)?)  ', overview.out, re.M)]
        self.assertGreaterEqual(len(names), 25)
        for name in names:
            page = self.cli(*name.split(), '--help')
            self.assertEqual(page.code, 0, name)
            self.assertIn('examples:', page.out, name)
            self.assertIn(f'Usage: testigo {name}', page.out)

    def test_files_it_links_to_are_there(self):
        for target in re.findall(r'\]\(([^)#]+)\)', (ROOT / 'README.md').read_text()):
            self.assertTrue((ROOT / target).exists(), target)


if __name__ == '__main__':
    unittest.main(verbosity=2)
