"""What is not to be kept goes: by the configuration's periods and by the sources' terms."""
import glob
import gzip
import pathlib
import unittest

from support import FEED, ROOT, ScratchCase, configuration, rss, watch, web


def dated(posts):
    """A feed whose items are of the days that they are numbered by, so that one that is missing in between is gone."""
    for guid, text in posts:
        body = rss([(guid, text)]).replace(b'02 Nov', f'0{guid} Nov'.encode())
        item = body[body.index(b'<item>'):body.index(b'</channel>')]
        items = item if (guid, text) == posts[0] else items + item
    return body[:body.index(b'<item>')] + items + b'</channel></rss>'


class Retain(ScratchCase):
    def setUp(self):
        super().setUp()
        feed = (ROOT / 'rules/sources/feed.toml').read_text()
        self.write('rules/sources/board.toml', feed.split('[terms]')[0] +
                   '[terms]\nnote = "kept for a month, and not when gone"\nretention_days = 30\n')
        self.write('rules/sources/talk.toml', feed.split('[terms]')[0] +
                   '[terms]\nnote = "deleted when gone"\ndelete_when_gone = true\n')

    def archived(self):
        return b''.join(gzip.decompress(pathlib.Path(name).read_bytes())
                        for name in glob.glob(str(self.folder / 'archive/*.gz')))

    def configure(self, origin, watches, retention=''):
        self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watches) + retention)

    def crawl(self, now):
        answer = self.cli('crawl', '--all', '--now', now)
        self.assertEqual(answer.code, 0, answer.err)

    def retain(self, now, *words):
        answer = self.cli('retain', '--now', now, '--json', *words)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.json()

    def texts(self):
        return sorted(row['text'] for row in self.sql('SELECT text FROM v_mentions'))

    def assert_all_is_well(self):
        for words in (('doctor', '--deep'), ('evidence', 'verify')):
            answer = self.cli(*words)
            self.assertEqual(answer.code, 0, answer.out + answer.err)

    def test_the_terms_of_a_source_bind_it_alone(self):
        pages = {'/board': rss([('1', 'Acme zyxoboard broke')]), '/other': rss([('2', 'Acme zyxoother broke')])}
        with web(lambda path, request: (200, FEED, pages[path]) if path in pages else (404, [], b'')) as origin:
            self.configure(origin, watch('board', url=origin + '/board') +
                           watch('feed', url=origin.replace('127.0.0.1', 'localhost') + '/other'))
            text = (self.folder / 'testigo.toml').read_text()
            port = origin.rsplit(':', 1)[1]
            self.write('testigo.toml', text.replace('allow_hosts = [', f'allow_hosts = ["localhost:{port}", '))
            self.crawl('2026-01-01T10:00:00Z')
        self.assertEqual(self.retain('2026-01-30T10:00:00Z'), [])
        tried = self.retain('2026-02-05T10:00:00Z', '--dry-run')
        self.assertEqual([(row['source'], row['posts'], row['records']) for row in tried], [('board', 1, 2)])  # and robots.txt
        self.assertEqual(self.texts(), ['Acme zyxoboard broke', 'Acme zyxoother broke'])
        done = self.retain('2026-02-05T10:00:00Z')
        self.assertEqual([(row['posts'], row['digest']) for row in done], [(1, tried[0]['digest'])])
        self.assertEqual(self.texts(), ['Acme zyxoother broke'])
        self.assertNotIn(b'zyxoboard', self.archived())
        self.assertIn(b'zyxoother', self.archived())
        self.assertNotIn(b'zyxoboard', (self.folder / 'testigo.db').read_bytes())
        self.assertEqual(self.retain('2026-02-05T10:00:00Z'), [])
        self.assert_all_is_well()

    def test_what_a_list_still_shows_does_not_come_back_when_its_period_has_passed(self):
        undated = [rss([('1', 'Acme zyxoboard broke')]).replace(b'<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>', b'')]
        with web(lambda path, request: (200, FEED, undated[0]) if path == '/board' else (404, [], b'')) as origin:
            self.configure(origin, watch('board', url=origin + '/board'))
            self.crawl('2026-01-01T10:00:00Z')
            self.assertEqual([row['posts'] for row in self.retain('2026-02-05T10:00:00Z')], [1])
            undated[0] = undated[0].replace(b'<item>', b'<item><guid>2</guid><title>Acme 2</title>'
                                            b'<description>Acme is new here</description></item><item>')
            self.crawl('2026-02-05T11:00:00Z')
            self.assertEqual(self.texts(), ['Acme is new here'])
            self.assertEqual(self.retain('2026-02-06T10:00:00Z'), [])
        self.assert_all_is_well()

    def test_what_a_source_no_longer_shows_goes_from_every_record(self):
        posts = [('3', 'Acme zyxotalk broke'), ('2', 'Acme works'), ('1', 'Acme hums')]
        with web(lambda path, request: (200, FEED, dated(posts)) if path == '/talk' else (404, [], b'')) as origin:
            self.configure(origin, watch('talk', url=origin + '/talk'))
            self.crawl('2026-12-01T10:00:00Z')
            posts[1] = ('2', 'Acme works well')
            self.crawl('2026-12-02T10:00:00Z')
            self.assertEqual(self.archived().count(b'zyxotalk'), 2)
            posts[0] = ('4', 'Acme is new here')
            self.crawl('2026-12-03T10:00:00Z')
        self.assertEqual(self.texts(), ['Acme hums', 'Acme is new here', 'Acme works well'])
        self.assertNotIn(b'zyxotalk', self.archived())
        self.retain('2026-12-04T10:00:00Z')
        self.assertNotIn(b'zyxotalk', (self.folder / 'testigo.db').read_bytes())
        self.assert_all_is_well()

    def test_a_period_takes_its_own_files_and_outlives_the_last_post_of_its_source(self):
        self.write('a.jsonl', '{"id":"1","text":"Acme zyxoblog broke","posted_at":"2026-01-01"}\n')
        self.write('b.jsonl', '{"id":"1","text":"Acme zyxoshop broke","posted_at":"2026-01-01"}\n')
        self.write('testigo.toml', 'contact = "mailto:tests@example.com"\n[brand.acme]\n[retention]\nblog = "10d"\narchive = "40d"\n')
        for file, source in (('a.jsonl', 'blog'), ('b.jsonl', 'shop')):
            answer = self.cli('import', file, '--source', source, '--brand', 'acme', '--now', '2026-01-02T10:00:00Z')
            self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual([(row['source'], row['posts']) for row in self.retain('2026-01-20T10:00:00Z')], [('blog', 1)])
        self.assertNotIn(b'zyxoblog', self.archived())
        self.assertIn(b'zyxoshop', self.archived())
        self.assertEqual(self.retain('2026-01-21T10:00:00Z'), [])
        self.assertEqual([(row['source'], row['posts']) for row in self.retain('2026-03-01T10:00:00Z')], [(None, 0)])
        self.assertNotIn(b'zyxoshop', self.archived())
        self.assertEqual(self.texts(), ['Acme zyxoshop broke'])
        self.assert_all_is_well()

    def test_periods_of_the_configuration(self):
        with web(lambda path, request: (200, FEED, rss([('1', 'Acme broke')])) if path == '/f' else (404, [], b'')) as origin:
            watches = watch('feed', url=origin + '/f')
            self.configure(origin, watches, '[retention]\narchive = "7d"\nfeed = "30d"\n')
            self.crawl('2026-01-01T10:00:00Z')
            self.assertEqual([(row['source'], row['posts']) for row in self.retain('2026-01-09T10:00:00Z')], [(None, 0)])
            self.assertEqual(self.texts(), ['Acme broke'])
            self.assertIn('digest_only', self.cli('evidence', 'verify').out)
            self.assertEqual([row['posts'] for row in self.retain('2026-02-01T10:00:00Z')], [1])
            self.assertEqual(self.texts(), [])
            self.assert_all_is_well()
            self.configure(origin, watches, '[retention]\nfeeed = "30d"\n')
            answer = self.cli('retain')
            self.assertEqual(answer.code, 4)
            self.assertIn('did you mean "feed"?', answer.err)
            self.assert_one_line(answer.err)
            self.configure(origin, watches, '[retention]\nall = "soon"\n')
            answer = self.cli('retain')
            self.assertEqual(answer.code, 4)
            self.assert_one_line(answer.err)


if __name__ == '__main__':
    unittest.main(verbosity=2)
