"""Entries that python3-feedparser reads in a CPU second, warm.  usage: feed_peer.py FEED.xml SECONDS"""
import sys
import time

import feedparser

bytes_of_feed = open(sys.argv[1], 'rb').read()
entries = len(feedparser.parse(bytes_of_feed).entries)
rounds, start = 0, time.process_time()
while time.process_time() - start < float(sys.argv[2]):
    feedparser.parse(bytes_of_feed)
    rounds += 1
print(entries * rounds / (time.process_time() - start))
