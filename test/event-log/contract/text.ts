import type { Test } from 'tap';
import { newEvent, newStream, type OpenLog, openNewLog, readAllEvents, takeEvents } from './support.ts';

/** JSON texts as JSON.stringify writes them, with what stores and codecs like to change. */
const TEXTS = {
  Hanzi: '{"name":"阮文雄","place":"友谊关"}',
  'Hanzi beyond the basic plane': '{"name":"𠀀𪚥"}',
  'Vietnamese, composed': JSON.stringify({ name: 'Nguyễn Thị Hường'.normalize('NFC') }),
  'Vietnamese, decomposed': JSON.stringify({ name: 'Nguyễn Thị Hường'.normalize('NFD') }),
  emoji: '{"note":"👩🏽‍⚖️🇻🇳🇨🇳"}',
  'a lone surrogate, escaped': '{"text":"\\ud800 and \\udfff"}',
  'control characters and line separators': JSON.stringify({ text: '\u0000\u001f\t\n"\\/\u2028\u2029\ufeff' }),
  'keys out of order': '{"b":1,"a":2,"B":3,"é":4,"":5}',
  'keys with a meaning elsewhere': '{"__proto__":{"x":1},"constructor":2,"toJSON":3}',
  numbers: '[0,-1,0.1,1e+21,1e-7,9007199254740991,1.7976931348623157e+308]',
  'plain values': '"text"',
  nothing: 'null',
  empty: '{}',
  nested: '[[],[[]],{"a":[{"b":null}]}]',
};

export const textContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('text is kept byte for byte', async (t) => {
    const log = await openNewLog(t, open);
    const texts = Object.values(TEXTS);
    const metadata = texts.map((text) => `{"in":${text}}`);
    const events = texts.map((data, index) => newEvent({ data, metadata: metadata[index] ?? '' }));
    const stream = newStream();
    await log.append(stream, 'no-stream', events);

    const ways = {
      'read as a stream': await log.readStream(stream),
      'read with all': await readAllEvents(log),
      subscribed: await takeEvents(log.subscribe(), (_, count) => count === events.length),
    };
    for (const [way, read] of Object.entries(ways)) {
      for (const [index, name] of Object.keys(TEXTS).entries()) {
        t.equal(read[index]?.data, texts[index], `${name}, ${way}`);
        t.equal(read[index]?.metadata, metadata[index], `${name}, ${way}, in the metadata`);
      }
    }
  });
