"""Silence is told from not having looked: by day, and by source."""
import unittest

from support import FEED, ROOT, ScratchCase, configuration, rss, watch, web


class Coverage(ScratchCase):
    def crawl(self, day):
        answer = self.cli('crawl', '--all', '--now', f'2026-11-0{day}T08:00:00Z')
        self.assertEqual(answer.code, 0, answer.err)

    def points(self, *words):
        """Of each series, whether each day is a gap, and how much was said."""
        answer = self.cli('trend', '--brand', 'acme', '--by', 'day', '--since', '2026-11-01', '--until', '2026-11-05',
                          '--now', '2026-11-05T20:00:00Z', '--json', *words)
        self.assertEqual(answer.code, 0, answer.err)
        series = {}
        for row in answer.json():
            series.setdefault(row['series'] or 'all', []).append((bool(row['gap']), row['mentions']))
        return series

    def test_a_quiet_source_that_is_asked_is_a_zero_and_a_day_without_asking_a_gap(self):
        posts = {'/loud': [], '/quiet': [], '/late': []}
        with web(lambda path, request: (200, FEED, rss(posts[path])) if path in posts else (404, [], b'')) as origin:
            for name in ('quiet', 'late'):
                self.write(f'rules/sources/{name}.toml', (ROOT / 'rules/sources/feed.toml').read_text())
            watches = watch('feed', url=origin + '/loud', every='1h') + watch('quiet', url=origin + '/quiet', every='1h')
            late = watch('late', url=origin + '/late', every='1h')
            self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watches))
            self.crawl(1)
            posts['/loud'] = [('1', 'Acme broke')]
            self.crawl(3)
            self.write('testigo.toml', 'rules = "rules"\n' + configuration(origin, watches + late))
            self.crawl(4)
        gap, zero = (True, None), (False, 0)
        # What was said on the second of November is known, though nobody looked on that day.
        self.assertEqual(self.points()['all'], [zero, (False, 1), zero, zero, gap])
        self.assertEqual(self.points('--split', 'source'), {'feed': [zero, (False, 1), zero, zero, gap],
                                                            'quiet': [zero, gap, zero, zero, gap],
                                                            'late': [gap, gap, gap, zero, gap]})
        self.assertEqual(self.points('--source', 'quiet')['all'], [zero, gap, zero, zero, gap])
        looks = self.sql("SELECT source, looked_from, looked_to FROM v_looks WHERE source = 'quiet' ORDER BY looked_from")
        self.assertEqual([(row['looked_from'][:10], row['looked_to'][:10]) for row in looks],
                         [('2026-11-01', '2026-11-01'), ('2026-11-03', '2026-11-03'), ('2026-11-04', '2026-11-04')])

    def test_a_crawl_with_nothing_due_sums_up_nothing(self):
        with web(lambda path, request: (200, FEED, rss([])) if path == '/feed' else (404, [], b'')) as origin:
            self.write('testigo.toml', configuration(origin, watch('feed', url=origin + '/feed')))
            first = self.cli('crawl', '--json').json()
            answer = self.cli('crawl', '--json')
        self.assertEqual(answer.code, 0)
        self.assertIn('nothing is due', answer.err)
        summary = answer.json()
        self.assertEqual(set(summary), set(first))
        self.assertIsNone(summary['run'])
        self.assertEqual([summary[key] for key in ('pages', 'new_posts', 'new_mentions', 'left', 'coverage', 'messages')],
                         [0, 0, 0, 0, [], []])


if __name__ == '__main__':
    unittest.main(verbosity=2)
