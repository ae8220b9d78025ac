import t from 'tap';
import { z } from 'zod';
import { type CaseEventType, caseEvents } from '../../../domain/case/events.ts';
import { splitData } from '../../../domain/kernel/event-shapes.ts';
import { statedBySchema } from '../../../domain/kernel/stated-by.ts';
import { eventData } from '../../support/case-event-data.ts';
import { given, scenario } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

const TYPES = Object.keys(caseEvents) as CaseEventType[];

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** Places in a schema where anything may be written: strings that are no code, date or id, and fields without a schema. */
const freePlaces = (schema: JsonSchema, path: string): readonly string[] => {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => freePlaces(each, path));
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  if (schema.type === 'string') return schema.format === 'date' || schema.format === 'uuid' ? [] : [path];
  if (schema.type === 'array') return freePlaces(schema.items ?? {}, `${path}[]`);
  if (schema.type !== 'object') return schema.type === 'boolean' || schema.type === 'integer' ? [] : [path];
  const open = schema.additionalProperties === false ? [] : [`${path}.*`];
  return [
    ...open,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => freePlaces(each, `${path}.${name}`)),
  ];
};

const openPlaces = (type: CaseEventType): readonly string[] =>
  freePlaces(z.toJSONSchema(caseEvents[type].open, { io: 'input' }) as JsonSchema, type);

/** What may be open although its schema is not a list of codes, and why nobody can be named there. */
const ALLOWED: ReadonlyMap<RegExp, string> = new Map([
  [/\.case\.incident$|^incident-assigned\.incident$/, 'a code of an affair: letters, digits, dots and hyphens'],
  [/\.case\.offences\[\]\.nationalArticle$/, 'an article of a law, with its number'],
  [/^interpreter-assigned\.language$/, 'a BCP 47 tag'],
  [/^shared-with\.offices\[\]$/, 'office ids, which begin with a side'],
  [/\.handoverDate$/, 'a date, a month or an interval of them'],
  [/^(corrected|recorded-late\.event)\.occurredAt$/, 'an instant, a date or a month'],
  [/^corrected\.eventType$|^recorded-late\.event\.type$/, 'an event type, which must be one of those here'],
  [
    /^corrected\.changes\.\*$|^recorded-late\.event\.data\.\*$/,
    'fields that are open in the event in question; see below',
  ],
]);

t.test('nothing that is stored open can name a person or hold free text', async (t) => {
  const unexplained = TYPES.flatMap(openPlaces).filter(
    (place) => ![...ALLOWED.keys()].some((allowed) => allowed.test(place)),
  );
  t.same(unexplained, []);
});

t.test('every exception to that is still needed', async (t) => {
  const places = TYPES.flatMap(openPlaces);
  for (const [allowed, why] of ALLOWED) {
    t.ok(
      places.some((place) => allowed.test(place)),
      why,
    );
  }
});

t.test('the exceptions take no names', async (t) => {
  const [opening] = ordinaryWays.fugitive;
  const open = (more: object) => ({ ...opening, particulars: { ...opening.particulars, ...more } });
  for (const name of ['Nguyễn Văn A', '阮文甲', 'N. V. A.']) {
    scenario(t, given([]))
      .when(open({ incident: name }))
      .thenRefused('invalid', /a code with a number in it/, '/incident');
    scenario(t, given([]))
      .when(open({ offences: [{ iccs: '0701', nationalArticle: name }] }))
      .thenRefused('invalid', /an article with its number/, '/offences/0/nationalArticle');
    scenario(t, given([opening]))
      .when({ type: 'shared-with', data: { offices: [name] } })
      .thenRefused('invalid', /an office id/, '/data/offices/0');
  }
  for (const nationalArticle of ['art. 266', 'Điều 250', '第三百四十七条', '刑法第347条']) {
    scenario(t, given([]))
      .when(open({ offences: [{ iccs: '0701', nationalArticle }] }))
      .thenStands('reported');
  }
  t.notOk(statedBySchema.safeParse({ office: 'Nguyễn Văn A', document: 'letter' }).success);
});

t.test('what is open and what is sealed have no field in common', async (t) => {
  for (const type of TYPES) {
    const { open, sealed } = caseEvents[type];
    t.same(
      Object.keys(open.shape).filter((field) => field in sealed.shape),
      [],
      type,
    );
  }
});

t.test('what is open and what is sealed together are the data', async (t) => {
  for (const [type, variants] of Object.entries(eventData)) {
    for (const data of variants) {
      const { open, sealed } = splitData(caseEvents, type as CaseEventType, data);
      t.same({ ...open, ...sealed }, data, type);
      t.ok(caseEvents[type as CaseEventType].open.safeParse(open).success, `${type}: the open part is whole by itself`);
      t.ok(
        caseEvents[type as CaseEventType].sealed.partial().safeParse(sealed).success,
        `${type}: so is the sealed one`,
      );
    }
  }
});

t.test('a field that no schema names is sealed rather than open', async (t) => {
  t.same(splitData(caseEvents, 'located', { province: 'VN-09', whoSawIt: 'a cousin', note: undefined }), {
    open: { province: 'VN-09' },
    sealed: { whoSawIt: 'a cousin' },
    entries: [],
  });
});

t.test('of every accepted event the open part is as its schema has it, and holds nothing of the person', async (t) => {
  for (const [kind, way] of Object.entries(ordinaryWays)) {
    for (const { type, data } of given(way).recorded) {
      const { open } = splitData(caseEvents, type, data as Record<string, unknown>);
      t.ok(caseEvents[type].open.safeParse(open).success, `${type} of a ${kind} case`);
      t.notMatch(JSON.stringify(open), /N\. V\. A\./);
    }
  }
});
