"""Rules as a craft: what a person is told of the lines they write, and what rules do in their texts."""
import json
import unittest

from support import ScratchCase

TEXTS = (('It broke after two days, so zyxo', 'complaint'),
         ('Zyxo colours but it works great', 'mixed'),
         ('I am happy with it', 'advocacy'))


class Rules(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\nrules = "rules"\n'
                                   '[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        self.own('en.lex.zyxo\tpolarity\tnegative\t2\tzyxo*\t-\thand\n')

    def own(self, *lines):
        self.write('rules/en/own.tsv', ''.join(lines))

    def hits(self, *words):
        answer = self.cli('rules', 'list', *words, '--json')
        self.assertEqual(answer.code, 0, answer.err)
        return {row['id']: row for row in answer.json()}

    def test_rules_are_counted_by_the_texts_they_fire_in(self):
        texts = self.write('texts.jsonl', ''.join(json.dumps({'text': text, 'label': label}) + '\n' for text, label in TEXTS))
        rows = self.hits('en.lex', '--hits', texts)
        self.assertEqual((rows['en.lex.zyxo']['hits'], rows['en.lex.zyxo']['labels']), (2, 'complaint 1, mixed 1'))
        self.assertEqual((rows['en.lex.awful']['hits'], rows['en.lex.awful']['labels']), (0, ''))
        counts = [row['hits'] for row in rows.values()]
        self.assertEqual(counts, sorted(counts, reverse=True))
        twice = self.hits('en.lex', '--hits', texts, '--hits', texts)
        self.assertEqual(twice['en.lex.zyxo']['hits'], 4)
        self.assertNotIn('hits', self.hits('en.lex')['en.lex.zyxo'])

    def test_texts_that_are_none_are_told_with_their_line(self):
        answer = self.cli('rules', 'list', '--hits', 'none.jsonl')
        self.assertEqual(answer.code, 1)
        self.assert_one_line(answer.err)
        self.write('bad.jsonl', '{"text":"fine"}\n{"text":7}\n')
        answer = self.cli('rules', 'list', '--hits', 'bad.jsonl')
        self.assertEqual(answer.code, 1)
        self.assertIn('bad.jsonl:2', answer.err)

    def test_lint_warns_of_lines_that_stand_in_each_others_way(self):
        self.own('en.lex.zyxo\tpolarity\tnegative\t2\tzyxo*\t-\thand\n',
                 'en.lex.zyxo-gut\tpolarity\tpositive\t2\tzyxogut\t-\thand\n',
                 'en.lex.zyxofar\tpolarity\tnegative\t1\tzyxofar\t-\thand\n')
        answer = self.cli('rules', 'lint')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn("own.tsv:3:1: 'en.lex.zyxofar' never counts", answer.err)
        self.assertIn("own.tsv:2:1: 'en.lex.zyxo-gut' says the opposite of 'en.lex.zyxo'", answer.err)
        self.assertIn('2 warnings', answer.out)

    def test_a_built_in_rule_may_be_switched_off(self):
        self.own('en.lex.great\tpolarity\tpositive\toff\n')
        answer = self.cli('rules', 'lint')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn('0 errors', answer.out)
        self.assertIn('your rules turn this built-in example: ', answer.err)

    def test_lint_reads_what_is_no_table_too(self):
        names = ('moments.toml', 'switches.toml', 'asking.toml', 'sources/foo.toml')
        for name in names:
            self.write('rules/' + name, 'x = [\n')
        answer = self.cli('rules', 'lint')
        self.assertEqual(answer.code, 4)
        for name in names:
            self.assertRegex(answer.err, rf'(?m)^\S*{name}:\d+')
        self.assertIn(', 4 errors, ', answer.out)

    def test_names_are_whole_in_a_pipe(self):
        answer = self.cli('rules', 'list', 'en.lex.great', '--hits', self.write('t.jsonl', '{"text":"great"}\n'))
        self.assertNotIn('…', answer.out)
        self.assertRegex(answer.out, r'rules/en/lexicon\.tsv:\d+')

    def test_examples_run_alone_and_by_the_rules_they_are_of(self):
        self.write('rules/en/examples.tsv', 'en.lex.zyxo\tfires\ta zyxoid day\nen.lex.zyxo\tfires\ta good day\n')
        answer = self.cli('rules', 'test', 'en.lex.zyxo')
        self.assertEqual((answer.code, answer.out), (4, '2 examples, 1 failed\n'))
        self.assertIn("examples.tsv:2", answer.err)
        self.assertEqual(self.cli('rules', 'test', 'en.nothing').code, 0)
        self.assertEqual(self.cli('rules', 'test', 'en.nothing', '--fail-empty').code, 3)
        everything = self.cli('rules', 'test')
        self.assertRegex(everything.out, r'^[0-9]{4,} examples, 1 failed')

    def test_learning_tells_of_rows_that_teach_nothing(self):
        good = ''.join(json.dumps({'text': f'the stool is {word}, day {day}', 'rating': stars}) + '\n'
                       for day in range(30) for word, stars in (('scuffed', 1), ('toasty', 5), ('there', 3)))
        rows = good + '{"text":"it is fine","rating":"5"}\n{"text":"it is bad","rating":9}\n{"text":"so so","label":"meh"}\n'
        answer = self.cli('rules', 'suggest', self.write('rows.jsonl', rows), '--penalty', '3')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn('rows.jsonl:91: 3 rows passed over, this the first: a row has a label of polarity', answer.err)
        self.assertIn('toasty', answer.out)
        answer = self.cli('rules', 'suggest', self.write('fr.jsonl', '{"text":"très bien","rating":5,"lang":"fr"}\n'))
        self.assertIn('1 text in "fr" passed over: there are no rules of it', answer.err)
        self.assertIn('there is nothing to learn from', answer.err)
        answer = self.cli('rules', 'suggest', 'rows.jsonl', '--lang', 'fr')
        self.assertEqual((answer.code, answer.out), (2, ''))
        self.assertIn('--lang: there are no rules of "fr"; it is one of en, es, ro', answer.err)

    def test_a_text_of_a_file_and_of_the_store_teaches_once(self):
        rows = ''.join(json.dumps({'id': f'{word}{day}', 'text': f'the acme stool is {word}, day {day}', 'rating': stars, 'lang': 'EN',
                                   'date': '2026-11-01T10:00:00Z'}) + '\n'
                       for day in range(30) for word, stars in (('scuffed', 1), ('toasty', 5), ('there', 3)))
        file = self.write('rows.jsonl', rows)
        self.assertEqual(self.cli('import', file).code, 0)
        learnt = self.cli('rules', 'suggest', file, '--penalty', '3')
        self.assertIn('toasty', learnt.out)
        self.assertEqual(self.cli('rules', 'suggest', file, '--from-store', '--lang', 'eng', '--penalty', '3').out, learnt.out)

    def test_a_bias_is_not_offered_as_a_rule_that_never_fires(self):
        rows = ''.join(json.dumps({'text': f'the stool is {word}, day {day}', 'label': label}) + '\n'
                       for day in range(30) for word, label in (('scuffed', 'complaint'), ('toasty', 'advocacy'), ('there', 'other')))
        self.assertEqual(self.cli('rules', 'suggest', self.write('rows.jsonl', rows), '--axis', 'tag', '--penalty', '3',
                                  '--out', 'c.tsv').code, 0)
        draft = (self.folder / 'c.tsv').read_text()
        self.assertIn('en.learnt-tag.', draft)
        self.assertNotIn('of 0', draft)

    def test_parity_counts_what_each_language_has(self):
        answer = self.cli('rules', 'parity', '--json')
        self.assertEqual(answer.code, 0, answer.err)
        rows = {(row['axis'], row['value']): row for row in answer.json()}
        warn = rows[('act', 'warn')]
        for language in ('en', 'es', 'ro'):
            listed = [row for row in self.hits(f'{language}.').values()
                      if (row['axis'], row['value']) == ('act', 'warn') and float(row['weight']) > 0.1]
            self.assertEqual(warn[language], len(listed))
        gaps = self.cli('rules', 'parity', '--gaps', '--json').json()
        self.assertTrue(all(row['behind'] for row in gaps))


if __name__ == '__main__':
    unittest.main()
