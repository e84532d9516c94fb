"""A person labels a sample: figures, corrected shares, without a terminal too."""
import json
import unittest

from support import ScratchCase

TEXTS = ('Acme lamp: it broke after two days, I want my money back, order', 'I love my Acme lamp, works every day, number',
         'Does the Acme lamp fit a small desk, anyone? I am thinking of buying number')


class Audit(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n'
                                   '[brand.acme]\nname = "Acme"\nquery = "acme"\n')
        self.write('rows.jsonl', ''.join(json.dumps(
            {'id': str(i), 'text': f'{TEXTS[i % 10 % 3]} {i}', 'date': f'2026-11-{i % 20 + 1:02}T10:00:00Z'}) + '\n' for i in range(500)))
        self.assertEqual(self.cli('import', 'rows.jsonl', '--brand', 'acme').code, 0)

    def labelled(self, wrong):
        """Fills in the exported table as the rules have it, but for the complaints that `wrong` picks."""
        tags = {row['id']: row['tag'] for row in self.sql('SELECT id, tag FROM v_mentions')}
        lines = (self.folder / 'sample.tsv').read_text().splitlines()
        out, complaints = [lines[0]], 0
        for line in lines[1:]:
            cells = line.split('\t')
            tag = tags[cells[1]]
            complaints += tag == 'complaint'
            cells[2] = 'other' if tag == 'complaint' and wrong(complaints) else tag.upper()
            out.append('\t'.join(cells))
        self.write('sample.tsv', '\n'.join(out) + '\n')

    def test_a_sample_goes_out_to_a_spreadsheet_and_comes_back_as_figures(self):
        answer = self.cli('audit', '--sample', '60', '--seed', '7', '--export', 'sample.tsv', '--now', '2026-11-29T08:00:00Z')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(self.sql('SELECT DISTINCT drawn_at FROM v_audits'), [{'drawn_at': '2026-11-29T08:00:00Z'}])
        first = (self.folder / 'sample.tsv').read_text()
        self.assertEqual(len(first.splitlines()), 61)
        self.assertNotIn('complaint', first)  # whoever labels does not see what the rules say
        self.labelled(lambda n: n % 4 == 0)
        answer = self.cli('audit', '--labels', 'sample.tsv', '--json', '--by', 'ana', '--now', '2026-11-30T09:00:00Z')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(self.sql('SELECT DISTINCT labelled_at FROM v_audits'), [{'labelled_at': '2026-11-30T09:00:00Z'}])
        rows = {row['tag']: row for row in answer.json()}
        self.assertEqual({tag: row['labelled'] for tag, row in rows.items()}, {'advocacy': 20, 'complaint': 20, 'question': 20})
        complaint = rows['complaint']
        self.assertEqual((complaint['mentions'], complaint['precision'], complaint['recall']), (200, 0.75, 1.0))
        self.assertLess(complaint['precision_low'], 0.75)
        self.assertAlmostEqual(complaint['corrected'], 0.3)  # 0.75 · 200 / 500
        self.assertLess(complaint['corrected_low'], 0.3)
        self.assertGreater(complaint['corrected_high'], 0.3)
        self.assertEqual(self.cli('audit', '--report', '--json').json(), answer.json())

        plain = self.cli('trend', '--by', 'month', '--since', '2026-11-01', '--now', '2026-11-30T00:00:00Z', '--json').json()[0]
        corrected = self.cli('trend', '--by', 'month', '--since', '2026-11-01', '--now', '2026-11-30T00:00:00Z', '--json', '--corrected')
        self.assertEqual(corrected.code, 0, corrected.err)
        self.assertIn('corrected by audit 1, 60 labels', corrected.err)
        self.assertAlmostEqual(plain['complaint_share'], 0.4)
        self.assertAlmostEqual(corrected.json()[0]['complaint_share'], 0.3)
        self.assertEqual(corrected.json()[0]['complaint'], plain['complaint'])
        names = ['advocacy_share', 'advocacy_low', 'advocacy_high', 'complaint_share', 'complaint_low', 'complaint_high']
        self.assertEqual(corrected.json()[0]['corrected'], names)
        self.assertEqual(corrected.json()[0]['net'], plain['net'])
        self.assertNotIn('corrected', plain)
        for command in ('trend', 'share'):
            for form, words in (('table', 'counts and net sentiment are as tagged'), ('csv', '"[""advocacy_share""'),
                                ('md', '\\["advocacy\\_share"'), ('tsv', '["advocacy_share"'), ('jsonl', '"corrected":["advocacy_share"')):
                out = self.cli(command, '--corrected', '--since', '2026-11-01', '--now', '2026-11-30T00:00:00Z', '--format', form).out
                self.assertIn(words, out.splitlines()[-1] if form == 'table' and command == 'share' else out)
        voices = self.cli('share', '--brand', 'acme', '--since', '2026-11-01', '--now', '2026-11-30T00:00:00Z', '--json', '--corrected')
        self.assertEqual((voices.code, voices.json()[0]['advocacy_share']), (0, 1.0), voices.err)
        # The same seed draws the same, another draws others.
        self.assertEqual(self.cli('audit', '--sample', '60', '--seed', '7', '--export', 'again.tsv').code, 0)
        mentions = [line.split('\t')[1] for line in first.splitlines()]
        self.assertEqual(mentions, [line.split('\t')[1] for line in (self.folder / 'again.tsv').read_text().splitlines()])
        self.assertEqual(self.cli('audit', '--sample', '60', '--seed', '8', '--export', 'other.tsv').code, 0)
        self.assertNotEqual(mentions, [line.split('\t')[1] for line in (self.folder / 'other.tsv').read_text().splitlines()])

    def test_labels_are_asked_for_one_by_one_and_go_on_later(self):
        answer = self.cli('audit', '--sample', '6', '--json', stdin=b'c\nnonsense\nadvocacy\ns\nx\n')
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn('2 of 6 labelled', answer.err)
        answer = self.cli('audit', '--json', stdin=b'c\nq\no\nm\nc\n')
        self.assertIn('6 of 6 labelled', answer.err)
        self.assertEqual(len(self.sql('SELECT * FROM v_audits WHERE label IS NOT NULL')), 6)

    def test_an_audit_of_one_brand_is_named_where_all_are_asked_for(self):
        self.assertEqual(self.cli('audit', '--brand', 'acme', '--sample', '6', stdin=b'c\nx\n').code, 0)
        for words in (('share', '--brand', 'acme', '--corrected'), ('audit', '--report'), ('trend', '--corrected')):
            answer = self.cli(*words)
            self.assertEqual(answer.code, 1, words)
            self.assertIn('audit 1 is of acme alone (--brand acme), none is of all brands', answer.err)
            self.assert_one_line(answer.err)
        self.assertEqual(self.cli('audit', '--brand', 'acme', '--report').code, 0)
        self.assertIn('net sentiment are not', self.cli('trend', '--brand', 'acme', '--corrected', '--since', '2026-11-01').err)

    def test_an_erased_mention_leaves_the_audit(self):
        self.assertEqual(self.cli('audit', '--sample', '500', '--export', 'sample.tsv').code, 0)
        one = self.sql('SELECT mention FROM v_audits LIMIT 1')[0]['mention']
        self.assertEqual(self.cli('erase', '--post', one).code, 0)
        self.assertEqual(self.sql('SELECT count(*) AS n FROM v_audits')[0]['n'], 499)

    def test_wrong_words_are_refused_in_one_line(self):
        self.assertEqual(self.cli('audit', '--sample', '9', '--export', 'sample.tsv').code, 0)
        good = (self.folder / 'sample.tsv').read_text()
        for content in ('', 'x\ty\tz\n', good.replace('\t\timport', '\tperhaps\timport'), '1\t0000000000000001\tother\n'):
            self.write('sample.tsv', content)
            answer = self.cli('audit', '--labels', 'sample.tsv')
            self.assertEqual(answer.code, 1, content)
            self.assert_one_line(answer.err)
        for words, code in ((('--sample', '0'), 2), (('--brand', 'acmee'), 2), (('--seed', 'x'), 2)):
            answer = self.cli('audit', *words)
            self.assertEqual(answer.code, code, words)
            self.assert_one_line(answer.err)
        self.assertEqual(self.cli('trend', '--corrected').code, 1)


if __name__ == '__main__':
    unittest.main(verbosity=2)
