"""What leaves the store: every view as a file, and the file itself in other SQLite tools."""
import csv
import io
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import testigo

NOW = '2026-11-26T00:00:00Z'
DEBIAN_PYTHON = '/usr/bin/python3'


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix='testigo-export-')
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = pathlib.Path(cls._folder.name)
        made = testigo('demo', '--dir', 'd', '--now', NOW, cwd=cls.folder)
        assert made.code == 0, made.err
        cls.db = next((cls.folder / 'd').rglob('*.db'))

    def cli(self, *words, code=0):
        answer = testigo(*words, '--now', NOW, cwd=self.folder,
                         env={'TESTIGO_CONFIG': str(self.folder / 'd/testigo.toml')})
        self.assertEqual(answer.code, code, answer.err)
        return answer

    def views(self):
        rows = self.cli('sql', "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name", '--format', 'jsonl').lines()
        return [row['name'] for row in rows]

    def count(self, view):
        return self.cli('sql', f'SELECT count(*) AS n FROM {view}', '--format', 'jsonl').lines()[0]['n']

    def test_every_view_is_exported_with_all_its_rows(self):
        views = self.views()
        self.assertGreater(len(views), 10)
        counts = {view: self.count(view) for view in views}
        self.assertGreater(counts['v_why'], counts['v_mentions'])
        for form in ('csv', 'jsonl', 'md', 'tsv', 'json'):
            said = self.cli('export', '--view', 'all', '--format', form, '-o', f'out-{form}').err
            files = sorted((self.folder / f'out-{form}').iterdir())
            self.assertEqual([file.name for file in files], [f'{view}.{form}' for view in views])
            for view, file in zip(views, files):
                text = file.read_text()
                rows = {'csv': lambda: len(list(csv.reader(io.StringIO(text, newline='')))) - 1,
                        'jsonl': lambda: len([json.loads(line) for line in text.splitlines()]),
                        'json': lambda: len(json.loads(text)),
                        'tsv': lambda: len(text.splitlines()) - 1,
                        'md': lambda: len(text.splitlines()) - 2}[form]()
                self.assertEqual(rows, counts[view], f'{view} as {form}')
                self.assertIn(f'{view}: {rows} row', said)

    def test_one_view_goes_where_it_is_sent(self):
        answer = self.cli('export', '--view', 'v_daily')
        rows = list(csv.DictReader(io.StringIO(answer.out, newline='')))
        self.assertEqual(len(rows), self.count('v_daily'))
        self.assertEqual(answer.err, f'{len(rows)} rows\n')
        self.assertEqual(sum(int(row['mentions']) for row in rows),
                         self.cli('sql', 'SELECT sum(mentions) AS n FROM v_daily', '--format', 'jsonl').lines()[0]['n'])
        self.cli('export', '--view', 'v_daily', '-o', 'daily.csv')
        self.assertEqual((self.folder / 'daily.csv').read_bytes().decode(), answer.out)
        self.assertEqual(self.cli('export', '--view', 'v_erasures', '--fail-empty', code=3).err, '0 rows\n')

    def test_mentions_are_as_many_as_are_shown(self):
        for words in ((), ('tag:complaint',), ('battery OR filter', '--brand', 'brumiva'), ('--since', '60d', '--order', 'worst')):
            shown = json.loads(self.cli('mentions', *words, '--limit', '0', '--json').out)
            self.assertEqual(self.cli('export', *words, '--format', 'jsonl').lines(), shown, words)

    def test_mistakes_are_explained(self):
        self.assertIn('did you mean "v_daily"?', self.cli('export', '--view', 'v_dialy', code=2).err)
        self.assertIn('there are v_audits, ', self.cli('export', '--view', 'mention', code=2).err)
        self.assertIn('-o FOLDER', self.cli('export', '--view', 'all', code=2).err)
        self.assertIn('exported whole', self.cli('export', 'tag:complaint', '--view', 'v_daily', code=2).err)
        (self.folder / 'taken').write_text('')
        self.assertIn('taken', self.cli('export', '--view', 'all', '-o', 'taken', code=1).err)

    def questions(self):
        """A question of each view and of the full text, with what our own program answers."""
        found = self.cli('mentions', 'filter', '--limit', '0', '--json').out
        yield "SELECT count(*) FROM mention_fts WHERE mention_fts MATCH 'filter'", len(json.loads(found))
        yield ("SELECT count(*) FROM mention_fts f JOIN mention m ON m.doc = f.rowid JOIN v_mentions v ON v.id = printf('%016x', m.id) "
               "WHERE mention_fts MATCH '\":tag:complaint\"' AND v.tag = 'complaint'",
               self.cli('sql', "SELECT count(*) AS n FROM v_mentions WHERE tag = 'complaint'", '--format', 'jsonl').lines()[0]['n'])
        for view in self.views():
            yield f'SELECT count(*) FROM (SELECT * FROM {view})', self.count(view)

    def test_the_sqlite_shell_opens_the_file(self):
        if not shutil.which('sqlite3'):
            self.skipTest('sqlite3 is not installed')
        for question, answer in self.questions():
            shell = subprocess.run(['sqlite3', '-readonly', self.db, question], capture_output=True, text=True, check=False)
            self.assertEqual((shell.returncode, shell.stdout.strip()), (0, str(answer)), shell.stderr)

    def test_debians_python_opens_the_file(self):
        if not pathlib.Path(DEBIAN_PYTHON).exists():
            self.skipTest(f'{DEBIAN_PYTHON} is not there')
        for question, answer in self.questions():
            program = f'import sqlite3; print(sqlite3.connect("file:{self.db}?mode=ro", uri=True).execute({question!r}).fetchone()[0])'
            run = subprocess.run([DEBIAN_PYTHON, '-c', program], capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stdout.strip()), (0, str(answer)), run.stderr)


if __name__ == '__main__':
    unittest.main(verbosity=2)
