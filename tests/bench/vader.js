// usage: node vader.js FILE.jsonl
// The yardstick of `testigo classify`: JSONL in, JSONL out, each text judged by vader-sentiment.
const fs = require('fs');
const {SentimentIntensityAnalyzer} = require('vader-sentiment');

const answers = [];
for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line === '') continue;
  const {id, text} = JSON.parse(line);
  answers.push(JSON.stringify({id, ...SentimentIntensityAnalyzer.polarity_scores(text)}));
}
process.stdout.write(answers.join('\n') + '\n');
