// Entries that rss-parser reads in a CPU second, warm.  usage: feed_peer.js FEED.xml SECONDS
const fs = require('fs');
const Parser = require('rss-parser');

const spent = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

async function main(file, seconds) {
  const text = fs.readFileSync(file, 'utf8');
  const parser = new Parser();
  let entries = 0;
  for (let warm = 0; warm < 20; ++warm) entries = (await parser.parseString(text)).items.length;
  let rounds = 0;
  const start = spent();
  while (spent() - start < seconds) {
    await parser.parseString(text);
    ++rounds;
  }
  console.log(entries * rounds / (spent() - start));
}

main(process.argv[2], Number(process.argv[3]));
