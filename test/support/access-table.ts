import { ROLES, type Role } from '../../domain/kernel/roles.ts';

/**
 * Who gets in where, written by hand from what the ledger promises: by route and role, and by record and office. It says what has to be, and
 * is never made from what is.
 */
export interface RouteRule {
  /** Left out: the route is for everybody, without an account. */
  readonly roles?: readonly Role[];
  /** The category of the record that the address names. */
  readonly of?: string;
  /** The category of the records that the answer lists: those that the sender sees, and no others. */
  readonly lists?: string;
  /** Who a person is, or what else is sealed: always in the answer, or where the query asks for it. */
  readonly shows?: 'always' | 'include=person' | 'include=sealed';
  /** Offices whose officers say what for here, where the record alone would not ask for it. */
  readonly sayingWhatFor?: readonly string[];
  /** Records an event. */
  readonly writes?: true;
  /** How whoever gets in is answered by the test's request: 200, or 201 where it writes, unless it says otherwise. */
  readonly answers?: number;
  /** What the query must have, each asked in turn. */
  readonly queries?: readonly string[];
}

/** Of the design: what each route is for, and whom. */
const READERS: readonly Role[] = ['recorder', 'liaison', 'protection', 'auditor'];
const CASEWORKERS: readonly Role[] = ['recorder', 'liaison', 'protection'];
const OFFICERS: readonly Role[] = ['recorder', 'liaison'];
const AUDITORS: readonly Role[] = ['auditor'];
const CHECKING: readonly Role[] = ['auditor', 'admin'];

const PUBLIC: RouteRule = {};

/** The routes of a register: who reads it, and that caseworkers write it. An empty body is bad, for whoever may send one. */
const ofRegister = (of: string, path: string, roles: readonly Role[], listPath = path) => ({
  [`POST ${path}`]: { roles: CASEWORKERS, answers: 400 },
  [`GET ${listPath}`]: { roles, lists: of },
  [`GET ${path}/:id`]: { roles, of, shows: 'include=sealed' },
  [`GET ${path}/:id/events`]: { roles, of, shows: 'include=sealed' },
  [`POST ${path}/:id/events`]: { roles: CASEWORKERS, of, writes: true },
  [`GET ${path}/:id/next`]: { roles, of },
  [`GET ${path}/:id/events/:revision/proof`]: { roles, of },
});

const PROTECTED = 'kind=trafficking-victim,unlawful-detention';
const PERIOD = 'from=2024-01-01&to=2024-12-31';

export const ROUTES = {
  'POST /v1/cases': { roles: CASEWORKERS, answers: 400 },
  // A field that is not known is bad; nothing would be a replay of everything.
  'POST /v1/replays': { roles: CHECKING, answers: 400 },
  'GET /v1/replays/:replayId': { roles: CHECKING, answers: 404 },

  'GET /v1/cases': { roles: READERS, lists: 'case', queries: ['kind=fugitive', PROTECTED] },
  'POST /v1/cases/search': { roles: CASEWORKERS, shows: 'always', lists: 'case of a known person', answers: 200 },
  'GET /v1/cases/:caseId': { roles: READERS, of: 'case', shows: 'include=person' },
  'GET /v1/cases/:caseId/events': { roles: READERS, of: 'case', shows: 'include=person' },
  'POST /v1/cases/:caseId/events': { roles: CASEWORKERS, of: 'case', writes: true },
  'GET /v1/cases/:caseId/next': { roles: READERS, of: 'case' },
  'GET /v1/cases/:caseId/steps': { roles: READERS, of: 'case' },
  'GET /v1/cases/:caseId/candidates': { roles: CASEWORKERS, of: 'case', shows: 'always' },
  'GET /v1/cases/:caseId/person-links': { roles: READERS, of: 'case' },
  'GET /v1/cases/:caseId/deadlines': { roles: READERS, of: 'case' },
  'GET /v1/cases/:caseId/events/:revision/proof': { roles: READERS, of: 'case' },
  'GET /v1/deadlines': { roles: READERS },
  'GET /v1/erasures/due': { roles: READERS },
  'GET /v1/events': { roles: READERS, lists: 'anything' },

  'GET /v1/handovers/yearly': { roles: ROLES },
  'GET /v1/handovers/yearly/diff': { roles: ROLES },
  'GET /v1/handovers/yearly/diff/events': { roles: READERS },
  'GET /v1/handovers/yearly/:year/:direction/events': { roles: READERS, queries: ['kind=fugitive'] },
  'GET /v1/handovers/yearly/:year/:direction/provenance': { roles: AUDITORS, queries: ['kind=fugitive'] },
  'GET /v1/handovers': { roles: READERS },
  'GET /v1/handovers/:id/lines': { roles: READERS, of: 'handover' },
  'GET /v1/reports/period': { roles: ROLES, queries: [PERIOD] },
  'GET /v1/reports/period/:figure/events': { roles: READERS, queries: [PERIOD] },
  'GET /v1/reports/period/:figure/provenance': { roles: AUDITORS, queries: [PERIOD] },

  ...ofRegister('request', '/v1/requests', READERS),
  ...ofRegister('handover', '/v1/handovers', READERS, '/v1/handovers/minutes'),
  // What is a person's stands there as in their case, of which the ministry is asked what for.
  'GET /v1/handovers/:id/events': {
    roles: READERS,
    of: 'handover',
    shows: 'include=sealed',
    sayingWhatFor: ['CN-MPS'],
  },
  ...ofRegister('operation', '/v1/operations', READERS),
  ...ofRegister('erasure', '/v1/erasures', READERS),
  ...ofRegister('reconciliation', '/v1/reconciliations', READERS),
  'GET /v1/reconciliations/:id/lines': { roles: READERS, of: 'reconciliation', shows: 'include=sealed' },
  // The list is whole; whoever may write it is told so.
  'POST /v1/reconciliations/:id/lines': {
    roles: CASEWORKERS,
    of: 'reconciliation',
    writes: true,
    answers: 422,
    queries: ['occurredAt=2026-01-05'],
  },
  ...ofRegister('statement', '/v1/statements', ROLES),
  ...ofRegister('office', '/v1/offices', ROLES),
  ...ofRegister('agreement', '/v1/agreements', ROLES),
  ...ofRegister('meeting', '/v1/meetings', ROLES),
  ...ofRegister('visit', '/v1/visits', ROLES),
  ...ofRegister('training', '/v1/trainings', ROLES),
  ...ofRegister('twinning', '/v1/twinnings', ROLES),
  ...ofRegister('equipment', '/v1/equipment', ROLES),

  'GET /v1/access-records': { roles: AUDITORS },
  'GET /v1/access-records/:id/proof': { roles: AUDITORS, answers: 404 },
  'GET /v1/transparency': { roles: ROLES },
  'GET /tlog/tile/entries/*': { roles: AUDITORS, answers: 404 },

  'GET /v1/reference': PUBLIC,
  'GET /v1/reference/:list': PUBLIC,
  'GET /v1/lifecycles': PUBLIC,
  'GET /v1/lifecycles/:kind': PUBLIC,
  'GET /openapi.json': PUBLIC,
  'GET /docs': PUBLIC,
  'GET /docs/': PUBLIC,
  'GET /docs/js/scalar.js': PUBLIC,
  'GET /livez': PUBLIC,
  'GET /readyz': PUBLIC,
  'GET /metrics': PUBLIC,
  'GET /tlog/key': PUBLIC,
  'GET /tlog/checkpoint': PUBLIC,
  'GET /tlog/tile/*': PUBLIC,
  'GET /tlog/proof/consistency': PUBLIC,
  'GET /tlog/proof/inclusion': PUBLIC,
  // What a witness is sent proves itself by its signature.
  'POST /witness/add-checkpoint': PUBLIC,
  'GET /witness/:originHash/checkpoint': PUBLIC,
} as Readonly<Record<string, RouteRule>>;

/** One of each relation that an account can have to the records below, all of which the first and the last office opened. */
export const OFFICES = ['CN-GX-BLO', 'CN-MPS', 'CN-YN-BLO', 'VN-04-BLO', 'VN-MPS', 'VN-09-BLO'] as const;
type Office = (typeof OFFICES)[number];

export interface RecordRule {
  readonly of: string;
  readonly openedBy: Office;
  /** The offices whose caseworkers see it; auditors see everything. */
  readonly seenBy: readonly Office[];
  /** Every account reads it; the offices that see it write it. */
  readonly public?: true;
  readonly writtenBy: readonly Role[];
  /** The roles that may know who the person is, or what else is sealed. */
  readonly shownTo: readonly Role[];
  /** The offices whose officers need not say what for they read that. */
  readonly freely: readonly Office[];
  /** Nothing is left to be shown. */
  readonly gone?: true;
}

const SIDE: readonly Office[] = ['CN-GX-BLO', 'CN-MPS'];
const OTHER_SIDE: readonly Office[] = ['VN-09-BLO', 'VN-MPS'];
const SHARED: readonly Office[] = [...SIDE, 'VN-04-BLO', 'VN-MPS'];

const ofOfficers = { of: 'case', writtenBy: OFFICERS, shownTo: OFFICERS } as const;
const ofVictims = { of: 'case', writtenBy: CASEWORKERS, shownTo: ['protection'], freely: [] } as const;

/** What is sealed of a register names a person as well, but of no one case: `protection` alone says what for. */
const ofRegisters = { openedBy: 'CN-GX-BLO', writtenBy: CASEWORKERS, shownTo: CASEWORKERS, freely: OFFICES } as const;
const ofMinistry = { ...ofRegisters, openedBy: 'CN-MPS' } as const;

export const RECORDS = {
  'case of the own office': { ...ofOfficers, openedBy: 'CN-GX-BLO', seenBy: SIDE, freely: ['CN-GX-BLO'] },
  'case shared with the other side': {
    ...ofOfficers,
    openedBy: 'CN-GX-BLO',
    seenBy: SHARED,
    freely: ['CN-GX-BLO'],
  },
  'case of the other side': { ...ofOfficers, openedBy: 'VN-09-BLO', seenBy: OTHER_SIDE, freely: ['VN-09-BLO'] },
  'case of a victim': { ...ofVictims, openedBy: 'CN-GX-BLO', seenBy: SIDE },
  'case of a detained person, shared': { ...ofVictims, openedBy: 'CN-GX-BLO', seenBy: SHARED },
  'case of an expunged person': {
    ...ofOfficers,
    openedBy: 'CN-GX-BLO',
    seenBy: SIDE,
    freely: ['CN-GX-BLO'],
    gone: true,
  },

  'request within the side': { ...ofRegisters, of: 'request', seenBy: SIDE },
  'request to the other side': { ...ofRegisters, of: 'request', seenBy: SHARED },
  'request of the other side': { ...ofRegisters, of: 'request', openedBy: 'VN-09-BLO', seenBy: OTHER_SIDE },
  'request about a victim': { ...ofRegisters, of: 'request', seenBy: SIDE, shownTo: ['protection'] },
  minutes: { ...ofRegisters, of: 'handover', seenBy: SIDE },
  'minutes with a counterpart': { ...ofRegisters, of: 'handover', seenBy: SHARED },
  'operation with an office of the other side': { ...ofRegisters, of: 'operation', seenBy: SHARED },
  'operation opened by the other side': {
    ...ofRegisters,
    of: 'operation',
    openedBy: 'VN-09-BLO',
    seenBy: [...SIDE, ...OTHER_SIDE],
  },
  erasure: { ...ofMinistry, of: 'erasure', seenBy: ['CN-MPS'], shownTo: ['protection'], gone: true },
  reconciliation: { ...ofMinistry, of: 'reconciliation', seenBy: ['CN-MPS', 'VN-MPS'], shownTo: OFFICERS },

  statement: { ...ofRegisters, of: 'statement', public: true, seenBy: [...SIDE, 'VN-MPS'] },
  office: { ...ofRegisters, of: 'office', public: true, seenBy: SHARED },
  agreement: { ...ofRegisters, of: 'agreement', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
  meeting: { ...ofRegisters, of: 'meeting', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
  visit: { ...ofRegisters, of: 'visit', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
  training: { ...ofRegisters, of: 'training', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
  twinning: { ...ofRegisters, of: 'twinning', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
  equipment: { ...ofRegisters, of: 'equipment', public: true, seenBy: [...SIDE, ...OTHER_SIDE] },
} as const satisfies Readonly<Record<string, RecordRule>>;

export type RecordName = keyof typeof RECORDS;
