"""Garbage in: one clear line, the documented exit code, nothing lost."""
import contextlib
import gzip
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import unittest

from support import FEED, ROOT, ScratchCase, configuration, rss, testigo, watch, web


class BadConfiguration(ScratchCase):
    def check(self, text):
        self.write('testigo.toml', text)
        answer = self.cli('config', 'check')
        self.assertEqual(answer.code, 4, answer.out + answer.err)
        self.assertRegex(answer.err, r'testigo\.toml:\d+')
        return answer.err

    def test_malformed_toml_names_line_and_column(self):
        self.assertRegex(self.check('store = "a\n[brand'), r'testigo\.toml:1:\d+')

    def test_an_unknown_key_is_met_with_the_nearest(self):
        self.assertIn('contact', self.check('contcat = "mailto:me@example.com"\n'))

    def test_an_unknown_source_is_met_with_the_nearest(self):
        error = self.check('[brand.acme]\n[[brand.acme.watch]]\nsource = "hackernew"\n')
        self.assertIn('did you mean "hackernews"', error)

    def test_a_query_that_does_not_parse(self):
        self.check('[brand.acme]\nquery = "acme AND ("\n')

    def test_an_interval_that_is_none(self):
        self.assertIn('6h', self.check('[brand.acme]\n[[brand.acme.watch]]\nsource = "hackernews"\nevery = "often"\n'))

    def test_an_unknown_time_zone(self):
        self.assertIn('Europe/Madrid', self.check('timezone = "Europe/Atlantis"\n'))

    def test_values_of_a_watch_that_cannot_be_meant_are_named_by_their_line(self):
        site = 'source = "pages"\nurl = "https://a.example/"\n'
        for line, values, mend in ((4, 'source = "pages"\nurl = "a.example"\n', 'write "https://a.example"'),
                                   (4, 'source = "pages"\nurl = "http://anna:sekret@a.example/"\n', 'before the @'),
                                   (5, site + 'path = "reviews/"\n', 'write "/reviews/"'),
                                   (5, site + 'depth = "x"\n', 'from 0 to 20'),
                                   (5, site + 'depth = -1\n', 'from 0 to 20')):
            error = self.check('[brand.acme]\n[[brand.acme.watch]]\n' + values)
            self.assert_one_line(error)
            self.assertIn(f'testigo.toml:{line}:', error)
            self.assertIn(mend, error)
            self.assertNotIn('sekret', error)
            crawl = self.cli('crawl')
            self.assertEqual((crawl.code, crawl.out, crawl.err), (4, '', error))

    def test_a_contact_that_would_be_more_than_a_contact(self):
        self.assertIn('testigo.toml:1:', self.check('contact = "mailto:x@y.example\\r\\nX-Evil: 1"\n'))

    def test_no_configuration_says_how_to_make_one(self):
        answer = self.cli('crawl', env={'HOME': str(self.folder), 'XDG_CONFIG_HOME': ''})
        self.assertEqual(answer.code, 4)
        self.assertIn('testigo init', answer.err)


class BadWords(ScratchCase):
    def test_unknown_commands_and_options_are_usage_errors(self):
        self.assertIn('did you mean "crawl"', self.cli('crwal').err)
        for words in (['crwal'], ['crawl', '--no-such'], ['trend', '--by', 'fortnight'], ['mentions', '--limit', 'x'],
                      ['classify', '--language', 'xx'], ['crawl', '--now', 'yesterday'], ['source', 'lst']):
            answer = self.cli(*words)
            self.assertEqual(answer.code, 2, words)
            self.assertEqual(answer.out, '')
            self.assertEqual(len(answer.err.strip().splitlines()), 1, answer.err)

    def test_a_bad_query_has_a_caret_under_the_spot(self):
        self.write('testigo.toml', '[brand.acme]\n')
        answer = self.cli('mentions', 'tag:complant')
        self.assertEqual(answer.code, 2)
        self.assertIn('^', answer.err)
        self.assertIn('complaint', answer.err)


class BadRules(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', 'rules = "rules"\n[brand.acme]\n')
        self.write('rules/en/lexicon.tsv', 'en.lex.janky\tpolarity\tnegative\t2\tjanky\t-\thand\n')
        self.write('gold.jsonl', '{"text":"good","label":"positive"}\n')

    def refused(self, *words, said, user=None):
        answer = self.cli(*words, user=user)
        self.assertEqual((answer.code, answer.out), (4, ''), (words, answer.err))
        self.assertIn(said, answer.err.splitlines()[0], words)
        return answer.err

    def test_every_command_that_needs_them_ends_with_4(self):
        self.write('rules/en/lexicon.tsv', 'en.lex.janky\tpolarity\tnegativ\t2\tjanky\t-\thand\n')
        for words in (['why', 'the app is janky'], ['classify', 'gold.jsonl'], ['evaluate', 'gold.jsonl'], ['rules', 'list'],
                      ['rules', 'parity'], ['import', 'gold.jsonl', '--dry-run'], ['config', 'check'], ['reclassify']):
            self.refused(*words, said="lexicon.tsv:1:23: 'negativ' is no value of polarity")

    @unittest.skipUnless(os.geteuid() == 0, 'needs another user, who may read less')
    def test_a_folder_in_them_that_cannot_be_read_is_named(self):
        self.folder.chmod(0o755)
        (self.folder / 'rules/en').chmod(0)
        for words in (['why', 'the app is janky'], ['classify', 'gold.jsonl'], ['rules', 'lint']):
            error = self.refused(*words, said='rules/en: this folder of rules cannot be read: Permission denied', user='nobody')
            self.assert_one_line(error)

    def test_what_is_named_as_a_table_and_is_none_is_told(self):
        table = self.folder / 'rules/es/lexicon.tsv'
        table.mkdir(parents=True)
        self.refused('why', 'bueno', said='rules/es/lexicon.tsv: is a folder, so it holds no rules')
        table.rmdir()
        table.symlink_to('nothing.tsv')
        self.refused('classify', 'gold.jsonl', said='rules/es/lexicon.tsv: is a link to nothing')
        table.unlink()
        os.mkfifo(table)
        self.refused('rules', 'lint', said='rules/es/lexicon.tsv: is no plain file')
        table.unlink()
        (self.folder / 'rules/es/.#lexicon.tsv').symlink_to('editor@host')
        table.symlink_to(self.folder / 'rules/en/lexicon.tsv.old')
        (self.folder / 'rules/en/lexicon.tsv.old').write_text('# none\n')
        self.assertEqual(self.cli('rules', 'lint').code, 0)


class NoFiles(ScratchCase):
    def test_a_folder_is_no_file_of_texts(self):
        self.write('testigo.toml', '[brand.acme]\n')
        folder = self.folder / 'texts'
        folder.mkdir()
        for words in (['classify'], ['evaluate'], ['rules', 'suggest'], ['rules', 'list', 'en.lex.great', '--hits'],
                      ['rules', 'accept', '--into', 'rules'], ['import']):
            answer = self.cli(*words, folder)
            self.assertEqual((answer.code, answer.out), (1, ''), words)
            self.assert_one_line(answer.err)
            self.assertIn(f'{folder}: is a folder; name a file in it', answer.err)


class BadGold(ScratchCase):
    def evaluate(self, text, *words):
        return self.cli('evaluate', self.write('gold.jsonl', text), *words)

    def test_a_label_that_the_axis_does_not_know_is_told_with_its_line(self):
        for label in ('banana', 'Positive', 'POS', 3):
            answer = self.evaluate('{"text":"good","label":"positive"}\n\n' + json.dumps({'text': 'bad', 'label': label}))
            self.assertEqual((answer.code, answer.out), (1, ''))
            self.assert_one_line(answer.err)
            self.assertIn(f'gold.jsonl:3: "{label}" is no label of polarity; it is one of positive, negative, neutral, mixed', answer.err)
        answer = self.evaluate('{"text":"good","label":{"act":"priase"}}', '--axis', 'act')
        self.assertIn('"priase" is no label of act; it is one of recommend, warn, praise', answer.err)

    def test_where_nothing_is_scored_that_is_said(self):
        for text in ('', '\n', '{"text":"good","label":{"tag":"advocacy"}}\n'):
            answer = self.evaluate(text, '--axis', 'question')
            self.assertEqual((answer.code, answer.out), (1, ''), answer.err)
            self.assert_one_line(answer.err)
            self.assertIn('gold.jsonl', answer.err)

    def test_rows_without_a_label_of_the_axis_are_counted(self):
        answer = self.evaluate('{"text":"good","label":{"tag":"advocacy","act":"praise"}}\n{"text":"so","label":{"tag":"other"}}\n',
                               '--axis', 'act')
        self.assertEqual(answer.code, 0)
        self.assertEqual(answer.err, 'testigo: 1 row without a label of act left out\n')

    def test_tags_own_names_are_scored_each_for_itself(self):
        answer = self.evaluate('{"text":"good","label":"advocacy"}\n{"text":"bad","label":"mixed"}\n', '--axis', 'tag', '--json')
        self.assertEqual([row['name'] for row in answer.json()[0]['classes']], ['advocacy', 'mixed'])


class BadLines(ScratchCase):
    def test_a_language_is_read_however_it_is_written(self):
        said = {'ES': 'es', 'spa': 'es', 'spanish': 'es', 'EN': 'en', 'eng': 'en', 'rum': 'ro', 'es_mx': 'es-MX', 'klingonese': 'en', 'fr': 'fr'}
        text = ''.join(json.dumps({'id': lang, 'text': 'I love this kettle, it is great', 'lang': lang}) + '\n' for lang in said)
        answer = self.cli('classify', stdin=text.encode())
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual({row['id']: row['language'] for row in answer.lines()}, said)
        self.assertEqual([row['id'] for row in answer.lines() if row['tag'] is None], ['fr'])

    def test_lines_that_cannot_be_read_are_answered_in_their_place(self):
        lines = [b'{"id":1,"text":"I love it"}', b'not json', b'', b'{"id":"x"}', b'{"id":5,"text":"\xff\xfe"}',
                 b'{"id":6,"text":"nul \x00 in it"}', b'{"id":7,"text":7}', b'["text"]', b'{"id":8,"text":"I hate it"}']
        answer = self.cli('classify', '-', stdin=b'\n'.join(lines) + b'\n')
        self.assertEqual(answer.code, 5)
        rows = answer.lines()
        self.assertEqual(len(rows), 8)
        self.assertEqual([row['line'] for row in rows if 'error' in row], [2, 4, 5, 6, 7, 8])
        self.assertEqual([row['id'] for row in rows if 'error' not in row], [1, 8])
        self.assertEqual(rows[2]['id'], 'x')

    def test_order_does_not_depend_on_the_number_of_threads(self):
        text = b''.join(b'{"id":%d,"text":"The battery is bad number %d"}\n' % (i, i) for i in range(3000))
        one = self.cli('classify', '-', stdin=text)
        two = self.cli('classify', '-', '--jobs', '2', stdin=text)
        self.assertEqual(one.code, 0)
        self.assertEqual(one.out, two.out)


class BadImport(ScratchCase):
    def setUp(self):
        super().setUp()
        self.write('testigo.toml', '[brand.acme]\n')

    def test_an_unknown_column_names_those_that_are_there(self):
        self.write('r.csv', 'id,body\n1,Acme is great\n')
        answer = self.cli('import', 'r.csv', '--brand', 'acme', '--map', 'text=bdy')
        self.assertEqual(answer.code, 2)
        self.assertIn('did you mean "body"', answer.err)
        self.assertFalse((self.folder / 'testigo.db').exists())

    def test_bad_rows_are_rejected_with_line_and_reason_and_the_rest_is_kept(self):
        self.write('r.csv', 'id,text,rating,date\n1,Acme is great,5,2026-01-02\n2,,4,2026-01-02\n'
                            '3,Acme broke,many,2026-01-02\n4,Acme again,3,someday\n5,"Acme, ""quoted""\nlines",1,2026-01-03\n')
        answer = self.cli('import', 'r.csv', '--brand', 'acme', '--rejects', 'rejects.txt')
        self.assertEqual(answer.code, 5, answer.err)
        self.assertEqual(len((self.folder / 'rejects.txt').read_text().splitlines()), 3)
        self.assertIn('r.csv:4: rating "many"', (self.folder / 'rejects.txt').read_text())
        texts = [row['text'] for row in self.sql('SELECT text FROM v_mentions ORDER BY text')]
        self.assertEqual(texts, ['Acme is great', 'Acme, "quoted"\nlines'])

    def test_importing_twice_adds_nothing(self):
        self.write('r.jsonl', '{"id":"a","text":"Acme is great","stars":5}\n{"id":"b","text":"Acme is bad","stars":1}\n')
        self.assertIn('2 new', self.cli('import', 'r.jsonl', '--brand', 'acme').out)
        self.assertIn('0 new', self.cli('import', 'r.jsonl', '--brand', 'acme').out)
        self.assertEqual(self.cli('evidence', 'verify').code, 0)

    def test_a_dry_run_writes_nothing(self):
        self.write('r.jsonl', '{"id":"a","text":"Acme is great"}\n')
        answer = self.cli('import', 'r.jsonl', '--dry-run')
        self.assertEqual(answer.code, 0)
        self.assertIn('advocacy', answer.out)
        self.assertFalse((self.folder / 'testigo.db').exists())


class BadAnswers(ScratchCase):
    """The real program crawls a server that misbehaves; a good feed beside it must still come in."""

    def crawl(self, handler, *bad_paths, extra='', source='feed'):
        def answer(path, request):
            if path == '/good.rss':
                return 200, FEED, rss([('g1', 'I love it')])
            if path == '/robots.txt':
                return 404, [], b''
            return handler(path, request)

        with web(answer) as origin:
            watches = watch('feed', url=origin + '/good.rss')
            watches += ''.join(watch(source, url=origin + path) for path in bad_paths)
            self.write('testigo.toml', configuration(origin, watches, extra=extra))
            result = self.cli('crawl', '--all', '--json')
        self.assertIn(result.code, (0, 5), result.err)
        texts = self.sql('SELECT text FROM v_mentions')
        self.assertIn('I love it', [row['text'] for row in texts])
        self.assertEqual(self.cli('evidence', 'verify').code, 0)
        return result

    def test_a_feed_that_is_html(self):
        result = self.crawl(lambda *_: (200, FEED, b'<!DOCTYPE html><html><body><p>Not a feed'), '/bad.rss')
        self.assertEqual(result.code, 5)
        self.assertIn('bad.rss', ' '.join(result.json()['messages']))

    def test_json_with_nul(self):
        feed = (b'{"version":"https://jsonfeed.org/version/1","items":[\x00{"id":"n1","content_text":'
                b'"acme kept its word, dot by dot"}]}')
        self.crawl(lambda *_: (200, [('Content-Type', 'application/json')], feed), '/nul.json')
        self.assertEqual(len(self.sql("SELECT 1 FROM v_mentions WHERE text LIKE '%dot by dot'")), 1)

    def test_json_with_nul_that_is_cut_off(self):
        result = self.crawl(lambda *_: (200, [('Content-Type', 'application/json')], b'{"version":"https://jsonfeed.org/version/1","items":[\x00'), '/bad.json')
        self.assertEqual(result.code, 5)

    def test_invalid_utf8_is_read_with_replacement_characters(self):
        self.crawl(lambda *_: (200, FEED, rss([('b1', 'acme caf\xe9')]).decode().encode('latin-1')), '/latin.rss')
        rows = self.sql("SELECT text FROM v_mentions WHERE text LIKE '%acme%'")
        self.assertEqual(len(rows), 1)

    def test_a_body_of_100_megabytes_is_cut_off(self):
        result = self.crawl(lambda *_: (200, FEED, b'x' * 100_000_000), '/huge.rss')
        self.assertEqual(result.code, 5)
        self.assertIn('too_large', result.json()['failures'])

    def test_a_gzip_bomb_is_refused(self):
        bomb = gzip.compress(b'\0' * 300_000_000, 9)
        result = self.crawl(lambda *_: (200, FEED + [('Content-Encoding', 'gzip')], bomb), '/bomb.rss')
        self.assertEqual(result.code, 5)

    def test_a_redirect_loop_ends(self):
        result = self.crawl(lambda *_: (302, [('Location', '/loop')], b''), '/loop')
        self.assertEqual(result.code, 5)
        self.assertIn('redirect loop', result.json()['failures'])

    def test_a_password_in_a_redirect_is_not_told(self):
        result = self.crawl(lambda *_: (301, [('Location', 'http://anna:sekret@127.0.0.1:1/other')], b''), '/moved')
        self.assertIn('http://127.0.0.1:1/other', str(result.json()['messages']))
        self.assertNotIn('sekret', result.out + result.err)

    def test_redirects_into_private_networks_are_refused(self):
        targets = {'/a': 'http://127.0.0.1:1/x', '/b': 'http://169.254.169.254/latest/meta-data/', '/c': 'http://[::1]:9/',
                   '/d': 'http://[::ffff:10.0.0.1]/', '/e': 'file:///etc/passwd'}
        result = self.crawl(lambda path, _: (302, [('Location', targets[path])], b''), *targets)
        self.assertEqual(result.code, 5)
        self.assertGreaterEqual(result.json()['failures'].get('refused_address', 0), 4)

    def test_loopback_itself_is_refused_unless_it_is_named(self):
        with web(lambda *_: (200, FEED, rss([('g1', 'I love it')]))) as origin:
            self.write('testigo.toml', configuration(origin, watch('feed', url=origin + '/'), allow=False))
            result = self.cli('crawl', '--all', '--json')
        self.assertEqual(result.code, 5)
        self.assertEqual(result.json()['new_posts'], 0)

    def test_a_robots_file_of_10_megabytes_is_read_to_its_bound(self):
        rules = b'User-agent: *\nDisallow: /closed\n' + b'# padding line\n' * 700_000

        def answer(path, _):
            if path == '/robots.txt':
                return 200, [('Content-Type', 'text/plain')], rules
            return 200, FEED, rss([('g1', 'I love it')])

        with web(answer) as origin:
            watches = watch('feed', url=origin + '/open.rss') + watch('feed', url=origin + '/closed.rss')
            self.write('testigo.toml', configuration(origin, watches))
            result = self.cli('crawl', '--all', '--json')
        self.assertEqual(result.code, 0, result.err)
        coverage = result.json()['coverage'][0]
        self.assertEqual((coverage['blocked'], result.json()['new_posts']), (1, 1))


class BadStore(ScratchCase):
    def test_a_database_of_a_newer_version_is_refused(self):
        self.write('testigo.toml', '[brand.acme]\n')
        self.write('r.jsonl', '{"id":"a","text":"Acme is great"}\n')
        self.cli('import', 'r.jsonl', '--brand', 'acme')
        subprocess.run(['sqlite3', str(self.folder / 'testigo.db'), 'PRAGMA user_version = 9999'], check=True)
        answer = self.cli('mentions')
        self.assertEqual(answer.code, 1)
        self.assert_one_line(answer.err)
        self.assertIn('newer', answer.err)

    def test_a_truncated_archive_is_said_and_cut_and_the_rest_kept(self):
        with web(lambda path, _: (404, [], b'') if path == '/robots.txt' else (200, FEED, rss([('g1', 'I love it')]))) as origin:
            self.write('testigo.toml', configuration(origin, watch('feed', url=origin + '/f')))
            self.cli('crawl', '--all')
            archive = next((self.folder / 'archive').glob('*.warc.gz'))
            whole = archive.stat().st_size
            with archive.open('ab') as file:
                file.write(archive.read_bytes()[:40])
            replayed = self.cli('crawl', '--replay', str(archive), '--db', 'again.db', '--json')
            self.assertIn(replayed.code, (0, 5), replayed.err)
            self.assertEqual(replayed.json()['new_posts'], 1)
            again = self.cli('crawl', '--all', '--json')
            self.assertIn(again.code, (0, 5), again.err)
            self.assertTrue(any('40' in message for message in again.json()['messages']), again.out)
            self.assertGreater(archive.stat().st_size, whole)
        self.assertEqual(self.cli('evidence', 'verify').code, 0)

    @unittest.skipIf(os.geteuid() == 0 and not pathlib.Path('/usr/bin/setpriv').exists(),
                     'root writes everywhere, and setpriv is not installed')
    def test_a_store_on_a_medium_that_cannot_be_written_is_read(self):
        self.write('testigo.toml', '[brand.acme]\n')
        self.write('r.jsonl', '{"id":"a","text":"Acme is great"}\n')
        self.assertEqual(self.cli('import', 'r.jsonl', '--brand', 'acme').code, 0)
        for name in ('testigo.db-wal', 'testigo.db-shm'):
            (self.folder / name).unlink(missing_ok=True)
        os.chmod(self.folder / 'testigo.db', 0o444)
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        from support import BINARY
        nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] if os.geteuid() == 0 else []
        for words, code in ((['mentions'], 0), (['trend'], 0), (['correct', '0123456789abcdef', 'other'], 1), (['reclassify'], 1)):
            with self.subTest(words):
                process = subprocess.run([*nobody, BINARY, *words], cwd=self.folder, capture_output=True, text=True, check=False)
                self.assertEqual(process.returncode, code, process.stderr)
                if code == 0:
                    self.assertIn('Acme' if words == ['mentions'] else '2026', process.stdout)
                else:
                    self.assert_one_line(process.stderr)

    @unittest.skipIf(os.geteuid() == 0 and not pathlib.Path('/usr/bin/setpriv').exists(),
                     'root writes everywhere, and setpriv is not installed')
    def test_a_read_only_folder(self):
        self.write('testigo.toml', '[brand.acme]\n')
        self.write('r.jsonl', '{"id":"a","text":"Acme is great"}\n')
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        from support import BINARY
        words = [BINARY, 'import', 'r.jsonl', '--brand', 'acme']
        if os.geteuid() == 0:
            words = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', *words]
        process = subprocess.run(words, cwd=self.folder, capture_output=True, check=False)
        self.assertEqual(process.returncode, 1)
        self.assert_one_line(process.stderr.decode())


class UnknownBrand(ScratchCase):
    def test_the_nearest_brand_is_named_in_one_line(self):
        self.write('testigo.toml', '[brand.acme]\nquery = "acme"\n[[brand.acme.watch]]\nsource = "hackernews"\n')
        self.write('r.jsonl', '{"id":"1","text":"Acme broke"}\n')
        self.assertEqual(self.cli('import', 'r.jsonl').code, 0)
        for words in ('trend', 'share', 'journey', 'themes', 'recoveries', 'brief', 'mentions', 'export', 'audit', 'crawl',
                      'import r.jsonl', 'reclassify --diff'):
            answer = self.cli(*words.split(), '--brand', 'acmee')
            self.assertIn(answer.code, (1, 2), words)
            self.assertIn('did you mean "acme"?', answer.err, words)
            self.assert_one_line(answer.err)
        self.assertIn('did you mean "acme"?', self.cli('brand', 'test', 'acmee').err)


def make_first_version(path, posts):
    """A store as the first version left it: its schema has shipped and is never edited."""
    schema = (ROOT / 'src/store/steps/first_schema.h').read_text()
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute('PRAGMA journal_mode = WAL')
        for sql in re.findall(r'R"sql\((.*?)\)sql"', schema, re.S):
            database.executescript(sql)
        database.executescript("""INSERT INTO setting VALUES('author_key', 'ab'), ('hourly_from', 0);
            INSERT INTO source VALUES(1, 'forum'); INSERT INTO brand VALUES(1, 'acme'); INSERT INTO rules VALUES(1, 'sha256:rules');
            PRAGMA application_id = 1953723495; PRAGMA user_version = 2""")
        for n in range(1, posts + 1):
            database.execute("INSERT INTO post(id, source, page_url, collected_at, said_at, day, dated, by_brand, revision) "
                             "VALUES(?, 1, 'https://forum.example/', 0, 0, 0, 0, 0, ?)", (-n, n))
            database.execute("INSERT INTO revision(id, post, hash, seen_at, text) VALUES(?, ?, ?, 0, ?)",
                             (n, -n, n, f'Acme broke, number {n}: ' + 'again ' * 50))
            database.execute("INSERT INTO verdict(revision, rules, language, tag, polarity, score, confidence, degree, recovery) "
                             "VALUES(?, 1, 'en', 1, 1, -0.5, 0.9, 0, 0)", (n,))
            database.execute("INSERT INTO mention(doc, id, post, brand, day, said_at, rules, tag, score) "
                             "VALUES(?, ?, ?, 1, 0, 0, 1, 1, -0.5)", (n, n, -n))
        database.commit()


class FullDisk(ScratchCase):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / 'disk'
        self.disk.mkdir()
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', str(self.disk)],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest('a small tmpfs cannot be mounted here: ' + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ['umount', str(self.disk)], check=False)

    def test_a_full_disk_is_said_and_what_was_stored_stays(self):
        rows = ''.join('{"id":"%d","text":"Acme broke again and again, number %d: %s"}\n' % (i, i, os.urandom(300).hex())
                       for i in range(3000))
        self.write('r.jsonl', rows)
        (self.disk / 'testigo.toml').write_text('[brand.acme]\n')
        answer = testigo('import', str(self.folder / 'r.jsonl'), '--brand', 'acme', cwd=self.disk)
        self.assertEqual(answer.code, 1, answer.out)
        self.assertRegex(answer.err, r'(?i)full|space')
        stored = subprocess.run(['sqlite3', str(self.disk / 'testigo.db'),
                                 'PRAGMA integrity_check; SELECT count(*) FROM v_mentions'],
                                capture_output=True, check=True).stdout.decode().split()
        self.assertEqual(stored[0], 'ok')
        self.assertLess(int(stored[1]), 3000)
        self.assertEqual(int(stored[1]) % 1000, 0, 'batches are stored whole or not at all')
        subprocess.run(['mount', '-o', 'remount,size=64m', str(self.disk)], check=True)
        again = testigo('import', str(self.folder / 'r.jsonl'), '--brand', 'acme', '--json', cwd=self.disk)
        self.assertEqual(again.code, 0, again.err)
        stored_now = testigo('sql', 'SELECT count(*) AS n FROM v_mentions', '--json', cwd=self.disk)
        self.assertEqual(stored_now.json(), [{'n': 3000}], 'no row is skipped that could not be stored')

    def test_an_export_that_finds_no_room_leaves_the_one_that_was_there(self):
        self.write('testigo.toml', '[brand.acme]\n')
        self.write('r.jsonl', ''.join('{"id":"%d","text":"Acme broke again, number %d: %s"}\n' % (i, i, os.urandom(300).hex())
                                      for i in range(1000)))
        self.assertEqual(self.cli('import', 'r.jsonl', '--brand', 'acme').code, 0)
        target = self.disk / 'rows.csv'
        target.write_text('the last one\n')
        filler = self.disk / 'filler'
        filler.write_bytes(b'x' * (shutil.disk_usage(self.disk).free - 100_000))
        for words in (('export', '-o', target), ('export', '--view', 'v_mentions', '-o', target)):
            answer = self.cli(*words)
            self.assertEqual(answer.code, 1, answer.out)
            self.assertRegex(answer.err, r'disk full')
            self.assert_one_line(answer.err)
            self.assertEqual(target.read_text(), 'the last one\n')
            self.assertEqual(sorted(path.name for path in self.disk.iterdir()), ['filler', 'rows.csv'])
        filler.unlink()
        self.assertEqual(self.cli('export', '-o', target).code, 0)
        self.assertEqual(len(target.read_text().splitlines()), 1001)

    def test_a_disk_that_fills_up_during_a_migration_leaves_the_old_store(self):
        (self.disk / 'testigo.toml').write_text('[brand.acme]\n')
        store = self.disk / 'testigo.db'
        make_first_version(store, 1000)
        size = store.stat().st_size
        for left in (size // 2, size + size // 2):  # no room for the copy; for the copy, and little more
            filler = self.disk / 'filler'
            filler.write_bytes(b'x' * (shutil.disk_usage(self.disk).free - left))
            answer = testigo('retain', cwd=self.disk)
            self.assertEqual(answer.code, 1, answer.out)
            self.assertRegex(answer.err, r'disk is full')
            self.assert_one_line(answer.err)
            filler.unlink()
            with contextlib.closing(sqlite3.connect(store)) as database:
                self.assertEqual(database.execute('PRAGMA integrity_check').fetchone()[0], 'ok')
                self.assertEqual(database.execute('PRAGMA user_version').fetchone()[0], 2)
                self.assertEqual(database.execute('SELECT count(*) FROM v_mentions').fetchone()[0], 1000)
        answer = testigo('sql', 'SELECT count(*) AS n FROM v_mentions', '--json', cwd=self.disk)
        self.assertEqual((answer.code, answer.json()), (0, [{'n': 1000}]), answer.err)
        self.assertTrue((self.disk / 'testigo.db.v2.bak').exists())


if __name__ == '__main__':
    unittest.main(verbosity=2)
