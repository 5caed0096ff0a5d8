import type {
  CheckResult,
  Evidence,
  PillarResult,
  ProvisionResult,
  ProvisionVerdict,
  Text,
  VerdictCounts,
} from '@messlatte/model'

const digest = (letter: string) => letter.repeat(64)
const text = (word: string): Text => ({ en: `${word} (en)`, de: `${word} (de)` })

const PART = {
  statement: text('RAUC is installed'),
  polarity: 'neutral',
  confidence: { grade: 'high', reason: text('it stands there') },
  how: 'configuration',
  path: 'a.bin@0x0:squashfs/etc/rauc/system.conf',
  offset: 3,
  length: 12,
  line: 2,
  evidence: 'update.client',
} as const

const OPEN: ProvisionVerdict = {
  status: 'M',
  verdict: 'open',
  reasons: [{ text: text('nothing seen'), evidence: [] }],
  missing: [{ what: text('a second unit'), who: 'laboratory', input: 'units' }],
}
const OPEN_PILLAR: PillarResult = { verdict: 'open', reasons: [] }
const NO_COUNTS: VerdictCounts = {
  fail: 0,
  contested: 0,
  open: 0,
  'not-met': 0,
  supported: 0,
  pass: 0,
  'not-applicable': 0,
}

/** Nothing found, nothing stated, no profile: the least that a run can say. */
export const minimal: CheckResult = {
  tool: { name: 'messlatte', version: '0.1.0', checksDigest: digest('1') },
  options: {
    profiles: [],
    asOf: '2027-01-15',
    failOn: 'profile',
    revealed: false,
    trustedKeys: [],
    readouts: [],
  },
  product: { maker: null, model: null, hardware: null, firmware: null, batch: null },
  images: [{ name: 'zeros.bin', size: 0, sha256: digest('2') }],
  unpacked: {
    artefacts: 0,
    files: 0,
    bytes: 0,
    unknownBytes: 0,
    paddingBytes: 0,
    partial: false,
    limits: [],
    damage: [],
    map: [],
    unknown: [],
    formats: {},
  },
  components: [],
  services: [],
  chains: [],
  mechanisms: [],
  evidence: [],
  assessment: {
    catalogue: { id: 'en303645-2020', version: '1', digest: digest('3') },
    profiles: [],
    asOf: '2027-01-15',
    traits: [],
    provisions: [{ ...provision('5.1-1'), profiles: {} }],
    pillars: { baseline: { secureBoot: OPEN_PILLAR, credentials: OPEN_PILLAR, updates: OPEN_PILLAR } },
    counts: { baseline: { ...NO_COUNTS, open: 1 } },
    staleSources: [],
    requirements: [],
    questions: [],
  },
}

/** Every optional part filled, and every list in an order that is not the sorted one. */
export const rich: CheckResult = {
  ...minimal,
  options: {
    ...minimal.options,
    profiles: ['de-2027'],
    trustedKeys: [digest('b'), digest('a')],
    readouts: [],
  },
  product: { ...minimal.product, maker: 'Acme \u202egpj.exe\u001b[2J' },
  images: [
    { name: 'b.bin', size: 7, sha256: digest('5') },
    { name: 'a.bin', size: 5_000_000_000, sha256: digest('4') },
  ],
  unpacked: {
    artefacts: 12,
    files: 9,
    bytes: 5_000_000_007,
    unknownBytes: 4,
    paddingBytes: 3,
    partial: true,
    limits: [
      { limit: 'depth', path: 'b.bin', text: text('too deep') },
      { limit: 'bytes', path: 'a.bin', text: text('too much') },
    ],
    damage: [
      { path: 'b.bin', code: 'truncated', message: 'ends early' },
      { path: 'a.bin', code: 'checksum', message: 'CRC differs' },
    ],
    map: [],
    unknown: [
      { path: 'a.bin', offset: 9, length: 2, entropy: 8, chiSquare: 250, guess: 'compressed-or-encrypted' },
      { path: 'a.bin', offset: 1, length: 2, entropy: 0.25, chiSquare: 510, guess: 'text' },
    ],
    formats: { xz: 1, squashfs: 2, 'lzma-alone': 1 },
    omitted: { unknown: 3, damage: 7 },
  },
  components: [],
  services: [],
  chains: [],
  mechanisms: [
    {
      client: 'rauc',
      title: text('RAUC'),
      root: 'a.bin@0x0:squashfs',
      parts: [
        {
          id: 'agent',
          version: null,
          program: '/usr/bin/rauc',
          started: 'boot',
          ...PART,
        },
        { id: 'install', method: 'slots', names: ['rootfs.0', 'rootfs.1'], ...PART, line: null },
        {
          id: 'anchor',
          algorithm: 'RSA-2048',
          fingerprint: digest('a'),
          strength: 'legacy',
          everybody: false,
          leaked: true,
          ...PART,
        },
      ],
      open: [{ id: 'reach', question: text('what can be updated?') }],
    },
  ],
  evidence: [
    evidence({ id: digest('f'), path: 'b.bin', offset: 1 }),
    evidence({ id: digest('e'), path: 'a.bin', offset: 100, level: 'EX', overturnedBy: text('a key') }),
    evidence({
      id: digest('d'),
      path: 'a.bin',
      offset: 20,
      observation: { z: [1, { b: null, a: true }] },
    }),
    evidence({ id: digest('c'), path: 'a.bin', offset: 20 }),
  ],
  assessment: {
    ...minimal.assessment,
    profiles: [
      {
        id: 'de-2027',
        version: '1',
        digest: digest('6'),
        title: text('Germany'),
        question: text('may it?'),
        caveat: text('as reported'),
        lastFreeDay: '2027-01-01',
        zone: 'Europe/Berlin',
        inForceAsOf: true,
      },
    ],
    traits: [
      { id: 'network-updates', value: true, origin: 'derived', because: [digest('c')] },
      { id: 'constrained', value: null, origin: 'unknown', because: [] },
    ],
    provisions: ['5.10-1', '5.9-3', '5.3-4B', '5.3-4A', '4-1'].map(provision),
    pillars: {
      'de-2027': {
        secureBoot: { verdict: 'fail', reasons: [{ text: text('unsigned'), evidence: [digest('e')] }] },
        credentials: OPEN_PILLAR,
        updates: OPEN_PILLAR,
      },
      baseline: { secureBoot: OPEN_PILLAR, credentials: OPEN_PILLAR, updates: OPEN_PILLAR },
    },
    counts: { 'de-2027': { ...NO_COUNTS, open: 5 }, baseline: { ...NO_COUNTS, open: 5 } },
    staleSources: [],
    requirements: [
      {
        profile: 'de-2027',
        id: 'X-1',
        where: 'Part 1',
        title: text('asked elsewhere'),
        pillar: null,
        result: { ...OPEN, sourceStatus: 'published' },
        lines: [
          {
            provision: '5.3-4A',
            relation: 'part',
            author: 'somebody',
            confidence: 'medium',
            source: 'a-source',
          },
        ],
      },
    ],
    questions: [{ trait: 'constrained', question: text('is it?'), provisions: ['5.3-2'] }],
  },
}

function provision(id: string): ProvisionResult {
  return {
    edition: 'en303645-2020',
    id,
    title: text(id),
    pillar: id.startsWith('5.3') ? 'updates' : null,
    baseline: OPEN,
    profiles: { 'de-2027': { ...OPEN, sourceStatus: 'reported' } },
  }
}

function evidence(parts: Partial<Evidence>): Evidence {
  return {
    id: digest('0'),
    check: 'credentials.accounts',
    checkVersion: 1,
    provisions: [
      { edition: 'en303645-v3.1.3', id: '5.1-1' },
      { edition: 'en303645-2020', id: '5.10-1' },
      { edition: 'en303645-2020', id: '5.9-1' },
    ],
    cases: [{ spec: 'ts103701-v1.1.1', id: '5.1-1-2' }],
    polarity: 'against',
    kind: 'account.password.weak',
    path: 'a.bin',
    offset: 0,
    length: 4,
    sha256: digest('7'),
    title: text('weak'),
    observation: 'plain',
    confidence: { grade: 'high', reason: text('tried') },
    ...parts,
  }
}
