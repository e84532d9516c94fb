"""Backups and corrections while the store is being written."""
import fcntl
import json
import subprocess
import time
import unittest

from support import BINARY, ScratchCase, configuration, testigo, watch
from web_site import Site, review, review_page

TAGS = ('It broke after two days, I want my money back', 'Love it, works every day', 'Does it fit the old one?')
ROWS = 20_000


class Keep(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'text': f'Acme number {i}: {TAGS[i % 3]}', 'date': f'2026-11-{i % 20 + 1:02}T10:00:00Z'}) + '\n'
            for i in range(ROWS)))
        self.write('first.jsonl', '{"id":"first","text":"Acme: what a great idea to break on day one"}\n')

    def test_a_backup_taken_during_an_import_is_whole(self):
        self.assertEqual(self.cli('import', 'first.jsonl', '--brand', 'acme').code, 0)
        writer = subprocess.Popen([BINARY, 'import', 'rows.jsonl', '--brand', 'acme'], cwd=self.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken = []
        while writer.poll() is None and len(taken) < 20:
            answer = self.cli('backup', f'copy{len(taken)}.db', '--json')
            self.assertEqual(answer.code, 0, answer.err)
            taken.append(json.loads(answer.out)[0]['mentions'])
        self.assertEqual(writer.wait(timeout=120), 0)
        self.assertEqual(taken, sorted(taken))
        self.assertGreaterEqual(len(taken), 1)
        for number in {0, len(taken) // 2, len(taken) - 1}:
            checked = self.cli('doctor', '--deep', '--db', f'copy{number}.db')
            self.assertEqual(checked.code, 0, checked.out + checked.err)

    def test_what_cannot_be_done_is_said_of_the_file_that_it_is_about(self):
        self.assertEqual(self.cli('import', 'first.jsonl', '--brand', 'acme').code, 0)
        self.write('file', '')
        for target in ('nowhere/copy.db', 'file/copy.db'):
            answer = self.cli('backup', target)
            self.assertEqual(answer.code, 1)
            self.assertIn(target.split('/')[0] + ': the folder is not there', answer.err)
            self.assert_one_line(answer.err)
        answer = self.cli('audit', '--report', '--brand', 'acme')
        self.assertEqual(answer.code, 1)
        self.assertIn('no audit was drawn; begin with: testigo audit --brand acme', answer.err)
        answer = self.cli('trend', '--corrected', '--brand', 'acme')
        self.assertIn('no audit has labels; begin with: testigo audit --brand acme', answer.err)
        with open(self.folder / 'testigo.db.lock', 'w', encoding='ascii') as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertIn('another testigo writes to this store', self.cli('retain').err)

    def test_a_configuration_that_is_not_there_is_4(self):
        for words in (('mentions',), ('status',), ('trend',), ('evidence', 'verify'), ('backup', 'copy.db'), ('erase', '--author', 'Ana')):
            answer = self.cli(*words, '--config', 'missing.toml')
            self.assertEqual(answer.code, 4, words)
            self.assertIn('missing.toml', answer.err)
            self.assert_one_line(answer.err)

    def test_a_correction_waits_for_the_import_and_holds(self):
        self.assertEqual(self.cli('import', 'first.jsonl', '--brand', 'acme').code, 0)
        one = self.sql('SELECT id FROM v_mentions')[0]['id']
        writer = subprocess.Popen([BINARY, 'import', 'rows.jsonl', '--brand', 'acme'], cwd=self.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        corrected = self.cli('correct', one, 'other', '--by', 'ana')
        self.assertEqual(corrected.code, 0, corrected.err)
        self.assertEqual(writer.wait(timeout=120), 0)
        self.assertEqual(self.sql(f"SELECT tag, corrected FROM v_mentions WHERE id = '{one}'"),
                         [{'tag': 'other', 'corrected': 1}])
        self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions')[0]['n'], ROWS + 1)
        checked = self.cli('doctor', '--deep')
        self.assertEqual(checked.code, 0, checked.out + checked.err)

    def test_corrections_get_their_turn_while_a_crawl_stores_at_full_speed(self):
        pages = 150
        with Site() as site:
            site.pages.update({f'/{i}': review_page([review(f'Acme {i}.{j}: {TAGS[j % 3]}', f'{i}.{j}') for j in range(20)])
                               for i in range(pages)})
            site.pages['/'] = review_page([], links=[f'/{i}' for i in range(pages)])
            self.write('testigo.toml', configuration(site.origin, watch('pages', match='all', url=site.origin + '/')))
            self.assertEqual(self.cli('crawl', '--all').code, 0)
        archived, = (self.folder / 'archive').glob('*.warc.gz')
        writer = subprocess.Popen([BINARY, 'crawl', '--replay', archived, '--db', 'other.db'], cwd=self.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(writer.stderr.close)
        waits = []
        while writer.poll() is None:
            found = self.cli('mentions', '--limit', '1', '--json', '--db', 'other.db')
            if found.code == 0 and found.json():
                began = time.monotonic()
                corrected = self.cli('correct', found.json()[0]['id'], 'other', '--by', 'ana', '--db', 'other.db')
                self.assertEqual(corrected.code, 0, corrected.err)
                waits.append(time.monotonic() - began)
        self.assertEqual((writer.wait(), writer.stderr.read()), (0, b''))
        self.assertGreaterEqual(len(waits), 2)
        self.assertLess(max(waits), 5, 'a transaction of the crawl lasts half a second')
        self.assertEqual(self.sql('SELECT count(*) AS n FROM v_mentions', db='other.db')[0]['n'], 20 * pages)
        checked = self.cli('doctor', '--deep', '--db', 'other.db')
        self.assertEqual(checked.code, 0, checked.out + checked.err)

    def test_the_line_for_cron_runs_from_anywhere(self):
        folder = self.folder / "a shop's 100% daily"
        folder.mkdir()
        for name, words in (('testigo.toml', ()), ('other.toml', ('-c', 'other.toml'))):
            answer = testigo('init', '--brand', 'Acme', '--contact', 'mailto:tests@example.com', *words, cwd=folder)
            self.assertEqual(answer.code, 0, answer.err)
            text = (folder / name).read_text()
            (folder / name).write_text(text[:text.index('[[brand')])
            if name != 'testigo.toml':
                (folder / 'testigo.toml').unlink()
            line = next(line for line in answer.out.splitlines() if line.startswith('20 5 * * *  '))
            command = line.removeprefix('20 5 * * *  ')
            self.assertNotRegex(command, r'(?<!\\)%')  # cron ends the line there
            done = subprocess.run(['/bin/sh', '-c', command.replace('\\%', '%')], cwd='/', capture_output=True, timeout=300,
                                  env={'PATH': '/usr/bin:/bin', 'HOME': '/'}, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, b''))
            log = (folder / 'crawl.log').read_text()
            self.assertIn('nothing is due', log)
            self.assertTrue((folder / 'testigo.db').exists())
            (folder / 'crawl.log').unlink()


if __name__ == '__main__':
    unittest.main(verbosity=2)
