"""Rules change, and stored posts with them: what would change, what changed, what a kill leaves."""
import contextlib
import json
import signal
import sqlite3
import subprocess
import time
import unittest

from support import BINARY, ScratchCase

TEXTS = ('The zyxo Acme lamp is on my desk, model', 'Acme lamp: it broke after two days, I want my money back, order',
         'I love my Acme lamp, works every day, number')
ROWS = 9000


class Reclassify(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\nrules = "rules"\n'
                                   '[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        (self.folder / 'rules/en').mkdir(parents=True)
        self.fill(300)

    def fill(self, rows):
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'text': f'{TEXTS[i % 3]} {i}', 'date': f'2026-{i % 2 + 9:02}-{i % 20 + 1:02}T10:00:00Z'}) + '\n'
            for i in range(rows)))
        answer = self.cli('import', 'rows.jsonl', '--brand', 'acme')
        self.assertEqual(answer.code, 0, answer.err)

    def rule(self):
        self.write('rules/en/own.tsv', 'en.act.zyxo\ttag\tcomplaint\t9\tzyxo\t-\thand, 2026\n')

    def tags(self):
        return {row['tag']: row['n'] for row in self.sql('SELECT tag, count(*) AS n FROM v_mentions GROUP BY tag')}

    def assert_well(self):
        answer = self.cli('doctor', '--deep')
        self.assertEqual(answer.code, 0, answer.out + answer.err)

    def test_a_diff_says_what_changes_and_why_and_writes_nothing(self):
        before = self.tags()
        self.assertEqual(self.cli('reclassify', '--diff', '--json').json()['changed'], 0)
        self.rule()
        one = self.sql("SELECT id FROM v_mentions WHERE text LIKE '%zyxo%' ORDER BY id")[0]['id']
        self.assertEqual(self.cli('correct', one, 'question').code, 0)
        answer = self.cli('reclassify', '--diff', '--json')
        self.assertEqual(answer.code, 0, answer.err)
        diff = answer.json()
        self.assertEqual((diff['posts'], diff['mentions'], diff['changed'], diff['corrected']), (300, 300, 99, 1))
        self.assertEqual(sum(row['mentions'] for row in diff['tags'] if row['to'] == 'complaint'), 99)
        shift = next(row for row in diff['rule_shifts'] if row['rule'] == 'en.act.zyxo')
        self.assertEqual((shift['gained'], shift['lost'], shift['gained_tag']), (100, 0, 99))  # one changes its act alone
        self.assertIn('zyxo', diff['examples'][0]['quote'])
        self.assertEqual([row['month'] for row in diff['months']], ['2026-09', '2026-10'])
        for month in diff['months']:
            self.assertLess(month['after']['net'], month['before']['net'])
        self.assertIn('99 of 300 mentions would get another tag', self.cli('reclassify', '--diff').out)
        self.assertEqual(self.cli('reclassify', '--diff', '--since', '2026-10-01', '--json').json()['posts'], 150)
        self.assertEqual(self.tags(), before | {'question': before.get('question', 0) + 1, 'other': before['other'] - 1})
        self.assertEqual(self.cli('reclassify', '--diff', '--brand', 'acmee').code, 2)

    def test_mentions_that_keep_their_tag_and_change_elsewhere_are_counted_too(self):
        self.write('rules/en/own.tsv', 'en.stage.zyxo\tstage\tzmot\t9\tzyxo\t-\thand, 2026\n'
                                       'en.theme.zyxo\ttheme\tsound\t9\tzyxo\t-\thand, 2026\n')
        diff = self.cli('reclassify', '--diff', '--json').json()
        self.assertEqual((diff['changed'], diff['tags']), (0, []))
        axes = {row['axis']: row for row in diff['axes']}
        self.assertEqual({axis: row['mentions'] for axis, row in axes.items()},
                         {'polarity': 0, 'act': 0, 'stage': 100, 'intent': 0, 'theme': 100})
        change = axes['stage']['changes'][0]
        self.assertEqual((change['from'], change['to'], change['mentions']), ('none', 'zmot', 100))
        self.assertEqual(axes['theme']['changes'][0]['to'], 'sound:neutral')
        self.assertIn('zyxo', self.sql(f"SELECT text FROM v_mentions WHERE id = '{change['example']}'")[0]['text'])
        shifts = {row['rule']: (row['gained'], row['lost'], row['gained_tag']) for row in diff['rule_shifts']}
        self.assertEqual(shifts['en.stage.zyxo'], (100, 0, 0))
        self.assertEqual(shifts['en.theme.zyxo'], (100, 0, 0))
        said = self.cli('reclassify', '--diff').out
        self.assertIn('0 of 300 mentions would get another tag, 0 another polarity, 0 another act, 100 another stage', said)
        self.assertRegex(said, r'stage +100 +none → zmot 100 +' + change['example'])
        self.assertIn('en.stage.zyxo', said)
        done = self.cli('reclassify', '--json').json()[0]
        self.assertEqual([done[name] for name in ('posts', 'changed', 'polarity', 'act', 'stage', 'intent', 'themes')],
                         [300, 0, 0, 0, 100, 0, 100])
        self.assertEqual(self.cli('reclassify', '--diff', '--json').json()['axes'][2]['mentions'], 0)

    def test_reclassified_posts_keep_their_old_verdicts(self):
        old = self.sql("SELECT rules FROM v_runs")[0]['rules']
        self.rule()
        answer = self.cli('reclassify', '--json')
        self.assertEqual(answer.code, 0, answer.err)
        done = answer.json()[0]
        self.assertEqual((done['posts'], done['changed']), (300, 100))
        self.assertEqual(self.sql("SELECT DISTINCT tag FROM v_mentions WHERE text LIKE '%zyxo%'"), [{'tag': 'complaint'}])
        self.assertEqual(len(self.cli('mentions', 'tag:complaint zyxo', '--format', 'jsonl', '--limit', '0').lines()), 100)
        both = self.sql("SELECT rules, current, count(*) AS n FROM v_verdicts GROUP BY rules, current")
        self.assertEqual({(row['rules'] == old, row['current'], row['n']) for row in both}, {(True, 0, 300), (False, 1, 300)})
        self.assert_well()
        self.assertEqual(self.cli('reclassify', '--json').json()[0]['posts'], 0)
        (self.folder / 'rules/en/own.tsv').unlink()
        self.assertEqual(self.cli('reclassify', '--json').json()[0]['changed'], 100)
        self.assertEqual({row['rules'] for row in self.sql("SELECT rules FROM v_verdicts WHERE current")}, {old})
        self.assert_well()

    def test_what_an_earlier_rule_was_called_is_still_said_when_it_is_gone(self):
        self.rule()
        self.assertEqual(self.cli('reclassify').code, 0)
        own = [line.split('\t')[0] for line in (self.folder / 'rules/en/own.tsv').read_text().splitlines() if line.startswith('en.')]
        one = self.sql("SELECT id FROM v_mentions WHERE text LIKE '%zyxo%'")[0]['id']
        self.assertNotIn('gone', self.cli('why', one).out)
        self.assertNotIn('rules_gone', self.cli('why', one, '--json').json())
        (self.folder / 'rules/en/own.tsv').unlink()
        said = self.cli('why', one)
        self.assertEqual(said.code, 0, said.err)
        self.assertRegex(said.out, r'judged by earlier rules \(sha256:[0-9a-f]+\), of which are gone: ' + own[0])
        self.assertEqual(self.cli('why', one, '--json').json()['rules_gone'], own)

    def test_an_undone_correction_leaves_each_of_several_brands_what_the_rules_say(self):
        with open(self.folder / 'testigo.toml', 'a') as file:
            file.write('[brand.globex]\nname = "Globex"\n')
        self.write('both.jsonl', '{"id":"1","text":"Acme lamps are great. The Globex kettle is zyxo"}\n'
                                 '{"id":"2","text":"The Acme lamp is zyxo, Globex is wonderful"}\n')

        def stored(db):
            self.assertEqual(self.cli('import', 'both.jsonl', '--source', 'both', '--db', db).code, 0)

        def rows(db):
            return self.sql("SELECT id, tag, polarity, score, corrected FROM v_mentions WHERE source = 'both' ORDER BY id", db)

        def each(*words):
            for row in rows('b.db'):
                answer = self.cli('correct', row['id'], *words, '--db', 'b.db')
                self.assertEqual(answer.code, 0, answer.err)

        stored('b.db')
        before = rows('b.db')
        self.assertEqual(len(before), 4)
        each('mixed')
        each('--undo')
        self.assertEqual(rows('b.db'), before)
        each('mixed')
        self.write('rules/en/own.tsv', 'en.lex.zyxo\tpolarity\tnegative\t3\tzyxo\t-\thand, 2026\n')
        self.assertEqual(self.cli('reclassify', '--db', 'b.db').code, 0)
        self.assertEqual({row['tag'] for row in rows('b.db')}, {'mixed'})
        each('--undo')
        stored('fresh.db')
        self.assertNotEqual(rows('fresh.db'), before)
        self.assertEqual(rows('b.db'), rows('fresh.db'))
        answer = self.cli('doctor', '--deep', '--db', 'b.db')
        self.assertEqual(answer.code, 0, answer.out + answer.err)

    def test_killed_it_goes_on_where_it_was(self):
        self.fill(ROWS)
        self.rule()
        process = subprocess.Popen([BINARY, 'reclassify'], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        with contextlib.closing(sqlite3.connect(self.folder / 'testigo.db', timeout=30)) as database:
            while process.poll() is None:
                if database.execute('SELECT count(DISTINCT rules) FROM mention').fetchone()[0] > 1:
                    break
                time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        self.assert_well()
        for words in (('trend', '--since', '2026-09-01'), ('share', '--since', '2026-09-01'), ('status',)):
            self.assertIn('several versions of the rules', self.cli(*words).err, words)
        self.assertIn('`testigo reclassify`', self.cli('doctor', '--deep').out)
        left = self.sql('SELECT count(*) AS n FROM v_verdicts WHERE current = 0')[0]['n']
        self.assertGreater(left, 0)
        answer = self.cli('reclassify', '--json')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertLess(answer.json()[0]['posts'], ROWS)
        self.assertEqual(self.sql('SELECT count(*) AS n, count(DISTINCT rules) AS r FROM v_verdicts WHERE current')[0],
                         {'n': ROWS, 'r': 1})
        self.assertNotIn('several versions', self.cli('trend', '--since', '2026-09-01').err)
        self.assertIn('one version judged them all', self.cli('doctor', '--deep').out)
        self.assert_well()

    def test_a_correction_becomes_a_rule(self):
        one = self.sql("SELECT id FROM v_mentions WHERE text LIKE '%zyxo%'")[0]['id']
        tried = self.cli('correct', one, 'complaint', '--rule', 'zyxo acme', '--dry-run')
        self.assertEqual(tried.code, 0, tried.err)
        self.assertRegex(tried.out, r'en\.fix\.zyxo-acme: \d+ of 300 past mentions would get another tag')
        self.assertFalse((self.folder / 'rules/en/corrections.tsv').exists())
        made = self.cli('correct', one, 'complaint', '--rule', 'zyxo acme', '--by', 'ana')
        self.assertEqual(made.code, 0, made.err)
        table = (self.folder / 'rules/en/corrections.tsv').read_text()
        self.assertRegex(table, r'\nen\.fix\.zyxo-acme\ttag\tcomplaint\t3\tzyxo acme\t-\tana, \d{4}-\d\d-\d\d\n')
        self.assertEqual(self.cli('rules', 'lint').code, 0)
        self.assertEqual(self.sql(f"SELECT tag, corrected FROM v_mentions WHERE id = '{one}'"), [{'tag': 'complaint', 'corrected': 1}])
        said = int(made.out.split(': ')[1].split(' of ')[0])
        self.assertEqual(self.cli('reclassify', '--json').json()[0]['posts'], 300)
        changed = self.sql("SELECT count(*) AS n FROM v_mentions WHERE text LIKE '%zyxo%' AND tag = 'complaint'")[0]['n']
        self.assertEqual(changed - 1, said - 1)
        for words, code in (((one, 'complaint', '--rule', 'nowhere said'), 1), ((one, 'complaint', '--rule', '(('), 4),
                            ((one, '--undo', '--rule', 'zyxo'), 2), ((one, 'complaint', '--dry-run'), 2)):
            answer = self.cli('correct', *words)
            self.assertEqual(answer.code, code, (words, answer.err))

    def test_a_rule_is_tried_as_the_store_would_judge_it(self):
        self.write('more.jsonl', '{"id":"n","text":"Acme announced a new kettle on Tuesday in Madrid"}\n'
                                 '{"id":"q","text":"Did the qwerx Acme lamp arrive?"}\n')
        self.assertEqual(self.cli('import', 'more.jsonl', '--brand', 'acme').code, 0)
        news, asked = (self.sql(f"SELECT id, tag FROM v_mentions WHERE text LIKE '%{word}%'")[0] for word in ('announced', 'qwerx'))
        self.assertEqual(news['tag'], 'other')
        tried = self.cli('correct', news['id'], 'complaint', '--rule', 'announced a new', '--dry-run')
        self.assertEqual(tried.code, 0, tried.err)
        self.assertIn('0 of 302 past mentions would get another tag', tried.out)
        self.assertIn('without --dry-run it is refused', tried.out)
        self.assertIn('the text is still other; other rules weigh more', tried.err)
        refused = self.cli('correct', news['id'], 'complaint', '--rule', 'announced a new')
        self.assertEqual(refused.code, 1)
        self.assertIn('would change the tag of no mention, not even of this one', refused.err)
        self.assertEqual(len(refused.err.strip().splitlines()), 1)
        asks = self.cli('correct', asked['id'], 'complaint', '--rule', 'qwerx acme')
        self.assertEqual(asks.code, 1)
        self.assertIn('the words stand in a question of this text', asks.err)
        self.assertIn('not found', self.cli('correct', asked['id'], 'complaint', '--rule', 'zyxo').err)
        self.assertFalse((self.folder / 'rules/en/corrections.tsv').exists())
        self.assertEqual(self.sql("SELECT count(*) AS n FROM v_mentions WHERE corrected"), [{'n': 0}])


if __name__ == '__main__':
    unittest.main(verbosity=2)
