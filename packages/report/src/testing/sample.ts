import type {
  CheckResult,
  Evidence,
  Missing,
  Pillar,
  PillarResults,
  ProfileVerdict,
  ProvisionResult,
  ProvisionVerdict,
  Unpacked,
  Verdict,
  VerdictCounts,
} from '@messlatte/model'
import { PILLARS, VERDICTS } from '../words.ts'
import { SAMPLE_CHAIN } from './sample-chains.ts'
import { digestOf, HOSTILE_NAME, SAMPLE_EVIDENCE } from './sample-evidence.ts'
import { SAMPLE_MECHANISM } from './sample-mechanisms.ts'
import { SAMPLE_PROVISIONS, type SampleProvision } from './sample-provisions.ts'
import { MISSING, NOTHING_SEEN, RAISED, RICH_VERDICTS, type SampleVerdict } from './sample-verdicts.ts'

/** A router as one finds them: weak password, private key, telnetd, unsigned kernel, update over plain HTTP. */
export function richSample(): CheckResult {
  return {
    ...minimalSample(),
    options: {
      profiles: ['de-2027'],
      asOf: '2027-01-15',
      failOn: 'profile',
      revealed: false,
      trustedKeys: [digestOf('trusted')],
      readouts: [],
    },
    product: { maker: 'Acme GmbH', model: 'AC-1200', hardware: null, firmware: '1.0.3', batch: null },
    images: [
      { name: 'acme-ac1200-1.0.3.bin', size: 7_995_392, sha256: digestOf('acme-ac1200-1.0.3.bin') },
      { name: 'recovery.itb', size: 2_097_152, sha256: digestOf('recovery.itb') },
    ],
    unpacked: RICH_UNPACKED,
    components: [],
    services: [],
    chains: [SAMPLE_CHAIN],
    mechanisms: [SAMPLE_MECHANISM],
    evidence: SAMPLE_EVIDENCE,
    assessment: assess(RICH_VERDICTS, '2027-01-15', true),
  }
}

/** Four MiB of nothing that any format knows: no evidence, everything open. */
export function minimalSample(): CheckResult {
  return {
    tool: { name: 'messlatte', version: '0.1.0', checksDigest: digestOf('checks') },
    options: {
      profiles: ['de-2027'],
      asOf: '2026-11-22',
      failOn: 'profile',
      revealed: false,
      trustedKeys: [],
      readouts: [],
    },
    product: { maker: null, model: null, hardware: null, firmware: null, batch: null },
    images: [{ name: 'unknown.bin', size: 4_194_304, sha256: digestOf('unknown.bin') }],
    unpacked: {
      artefacts: 1,
      files: 0,
      bytes: 4_194_304,
      unknownBytes: 4_194_304,
      paddingBytes: 0,
      partial: false,
      limits: [],
      damage: [],
      map: [],
      unknown: [
        {
          path: 'unknown.bin',
          offset: 0,
          length: 4_194_304,
          entropy: 7.9998,
          chiSquare: 251,
          guess: 'compressed-or-encrypted',
        },
      ],
      formats: {},
    },
    components: [],
    services: [],
    chains: [],
    mechanisms: [],
    evidence: [],
    assessment: assess({}, '2026-11-22', false),
  }
}

/** The rich sample, with what strangers write made as long and as hostile as it gets. */
export function hostileSample(): CheckResult {
  const rich = richSample()
  const long = HOSTILE_NAME + 'W'.repeat(300)
  return {
    ...rich,
    product: { maker: long, model: long, hardware: long, firmware: long, batch: long },
    images: [{ name: long, size: 1, sha256: digestOf(long) }],
    unpacked: {
      ...rich.unpacked,
      damage: [{ path: long, code: 'name', message: long }],
      limits: rich.unpacked.limits.map((it) => ({ ...it, path: long })),
      unknown: rich.unpacked.unknown.map((it) => ({ ...it, path: long })),
    },
    components: [],
    services: [],
    chains: [
      {
        ...SAMPLE_CHAIN,
        name: long,
        steps: SAMPLE_CHAIN.steps.map((it) => ({
          ...it,
          name: long,
          parts: it.parts.map((one) => ({ ...one, path: long })),
        })),
      },
    ],
    mechanisms: [
      {
        ...SAMPLE_MECHANISM,
        title: { en: long, de: long },
        root: long,
        parts: SAMPLE_MECHANISM.parts.map((it) => ({ ...it, path: long, statement: { en: long, de: long } })),
      },
    ],
    evidence: rich.evidence.map((it) => ({
      ...it,
      path: long,
      title: { en: `${it.title.en} ${long}`, de: `${it.title.de} ${long}` },
      observation: { [long]: long, list: [long, { [long]: long }] },
    })),
  }
}

/** The same as often as one likes: for what a report does with very much. */
export function repeated(evidence: Evidence, count: number): readonly Evidence[] {
  return Array.from({ length: count }, (_, i) => ({
    ...evidence,
    id: digestOf(`${evidence.id} ${i}`),
    path: `${evidence.path}.${i}`,
  }))
}

const RICH_UNPACKED: Unpacked = {
  artefacts: 14,
  files: 1287,
  bytes: 31_457_280,
  unknownBytes: 131_072,
  paddingBytes: 458_752,
  partial: true,
  limits: [
    {
      limit: 'depth',
      path: 'acme-ac1200-1.0.3.bin@0x200040:squashfs/opt/nest.tar@0x0:tar/a.gz@0x0:gzip',
      text: {
        en: 'Containers nested deeper than 8 were not opened.',
        de: 'Container, die tiefer als 8 geschachtelt sind, wurden nicht geöffnet.',
      },
    },
  ],
  damage: [
    {
      path: `acme-ac1200-1.0.3.bin@0x200040:squashfs/opt/${HOSTILE_NAME}`,
      code: 'truncated',
      message: 'gzip stream ends after 1024 bytes',
    },
  ],
  map: [],
  unknown: [
    {
      path: 'acme-ac1200-1.0.3.bin',
      offset: 0,
      length: 65_536,
      entropy: 6.1234,
      chiSquare: 1_503_311,
      guess: 'code',
    },
    {
      path: 'acme-ac1200-1.0.3.bin',
      offset: 7_929_856,
      length: 65_536,
      entropy: 7.9981,
      chiSquare: 262,
      guess: 'compressed-or-encrypted',
    },
  ],
  formats: { squashfs: 1, uimage: 1, fit: 1, elf: 214, gzip: 9, fdt: 2 },
}

function assess(
  verdicts: Readonly<Record<string, SampleVerdict>>,
  asOf: string,
  inForceAsOf: boolean,
): CheckResult['assessment'] {
  const provisions = SAMPLE_PROVISIONS.map((it) => provisionResult(it, verdicts[it.id]))
  const baseline = provisions.map((it) => it.baseline)
  const profile = provisions.flatMap((it) => it.profiles['de-2027'] ?? [])
  return {
    catalogue: { id: 'en303645-2020', version: '1.0.0', digest: digestOf('catalogue') },
    profiles: [
      {
        id: 'de-2027',
        version: '1.0.0',
        digest: digestOf('profile'),
        title: {
          en: 'Germany, placed on the market after 1 January 2027',
          de: 'Deutschland, Inverkehrbringen nach dem 1. Januar 2027',
        },
        question: {
          en: 'May this product be placed on the German market?',
          de: 'Darf dieses Produkt auf dem deutschen Markt in Verkehr gebracht werden?',
        },
        caveat: {
          en: 'Reported on 2 July 2026; no primary source has confirmed it as of 22 November 2026. It is no law that this tool could cite.',
          de: 'Berichtet am 2. Juli 2026; bis zum 22. November 2026 hat keine Primärquelle sie bestätigt. Sie ist kein Recht, das dieses Werkzeug zitieren könnte.',
        },
        lastFreeDay: '2027-01-01',
        zone: 'Europe/Berlin',
        inForceAsOf,
      },
    ],
    asOf,
    traits: [
      { id: 'constrained', value: false, origin: 'stated', because: [] },
      { id: 'telemetry-collected', value: false, origin: 'stated', because: [] },
      {
        id: 'network-updates',
        value: true,
        origin: 'derived',
        because: SAMPLE_EVIDENCE.slice(-1).map((it) => it.id),
      },
      { id: 'personal-data-by-consent', value: null, origin: 'unknown', because: [] },
      { id: 'preinstalled-passwords', value: null, origin: 'unknown', because: [] },
    ],
    provisions,
    pillars: {
      baseline: pillars(provisions, (it) => it.baseline),
      'de-2027': pillars(provisions, (it) => it.profiles['de-2027'] ?? it.baseline),
    },
    requirements: [],
    counts: { baseline: count(baseline), 'de-2027': count(profile) },
    staleSources: [],
    questions: [
      {
        trait: 'personal-data-by-consent',
        question: {
          en: 'Is personal data processed on the basis of consent?',
          de: 'Werden personenbezogene Daten auf Grundlage einer Einwilligung verarbeitet?',
        },
        provisions: ['6-2', '6-3'],
      },
      {
        trait: 'preinstalled-passwords',
        question: {
          en: 'Does the device leave the factory with a password set?',
          de: 'Verlässt das Gerät das Werk mit einem gesetzten Passwort?',
        },
        provisions: ['5.1-2'],
      },
    ],
  }
}

function provisionResult(provision: SampleProvision, verdict: SampleVerdict | undefined): ProvisionResult {
  const raised = RAISED[provision.id]
  const baseline = provisionVerdict(provision, verdict?.baseline ?? 'open', verdict)
  const profile: ProfileVerdict = {
    ...provisionVerdict(provision, verdict?.profile ?? verdict?.baseline ?? 'open', verdict),
    status: raised === undefined ? provision.status : 'M',
    sourceStatus: raised ?? 'published',
  }
  return {
    edition: 'en303645-2020',
    id: provision.id,
    title: { en: provision.en, de: provision.de },
    pillar: provision.pillar,
    baseline,
    profiles: { 'de-2027': profile },
  }
}

function provisionVerdict(
  provision: SampleProvision,
  verdict: Verdict,
  seen: SampleVerdict | undefined,
): ProvisionVerdict {
  return {
    status: provision.status,
    verdict,
    reasons: seen?.reasons ?? [NOTHING_SEEN],
    missing: missingFor(verdict, provision.pillar),
  }
}

function missingFor(verdict: Verdict, pillar: Pillar | null): readonly Missing[] {
  if (verdict === 'open') return MISSING[pillar ?? 'other']
  return verdict === 'not-met' ? MISSING['not-met'] : []
}

function count(verdicts: readonly ProvisionVerdict[]): VerdictCounts {
  const of = (verdict: Verdict) => verdicts.filter((it) => it.verdict === verdict).length
  return {
    fail: of('fail'),
    contested: of('contested'),
    open: of('open'),
    'not-met': of('not-met'),
    supported: of('supported'),
    pass: of('pass'),
    'not-applicable': of('not-applicable'),
  }
}

function pillars(
  provisions: readonly ProvisionResult[],
  verdictOf: (it: ProvisionResult) => ProvisionVerdict,
): PillarResults {
  const result = PILLARS.map((pillar) => {
    const own = provisions.filter((it) => it.pillar === pillar).map(verdictOf)
    const worst = own.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict))[0]
    return [pillar, { verdict: worst?.verdict ?? 'open', reasons: worst?.reasons ?? [] }] as const
  })
  return Object.fromEntries(result) as PillarResults
}
