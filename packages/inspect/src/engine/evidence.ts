import { createHash, createHmac } from 'node:crypto'
import type { Evidence, Json } from '@messlatte/model'
import type { Check, EvidenceDraft, Observation, Secret } from '../contract.ts'

/** Takes the secrets out of an observation. */
export interface Redaction {
  readonly redact: (observation: Observation) => Json
}

/** Keys and tokens of so many characters show their first and last two. */
const LONG_SECRET = 20

/**
 * The design's rule: a password shows no characters, only a digest keyed for this report; keys and tokens of 20
 * characters or more show the first and last two.
 * @param secretKey the same for every secret of a release; whoever has only the report cannot know it
 */
export function redaction(secretKey: string, reveal: boolean): Redaction {
  function show({ kind, value }: Secret['$secret']): Json {
    if (reveal) return { kind, revealed: value }
    const digest = createHmac('sha256', secretKey).update(value, 'utf8').digest('hex').slice(0, 16)
    if (kind === 'password') return { kind, keyedDigest: digest }
    const preview = value.length >= LONG_SECRET ? `${value.slice(0, 2)}…${value.slice(-2)}` : null
    return { kind, length: value.length, preview, keyedDigest: digest }
  }

  function redact(observation: Observation): Json {
    if (observation === null || typeof observation !== 'object') return observation
    if (Array.isArray(observation)) return observation.map((one: Observation) => redact(one))
    if (isSecret(observation)) return show(observation.$secret)
    return Object.fromEntries(
      Object.entries(observation as Readonly<Record<string, Observation>>).map(([key, value]) => [
        key,
        redact(value),
      ]),
    )
  }

  return { redact }
}

function isSecret(observation: Observation): observation is Secret {
  return typeof observation === 'object' && observation !== null && '$secret' in observation
}

/** The draft as evidence. The id rests on what was seen and where, with the secrets taken out even when they are shown. */
export function finishEvidence(
  check: Pick<Check, 'id' | 'version'>,
  draft: EvidenceDraft,
  shown: Redaction,
  hidden: Redaction,
): Evidence {
  const { kind, polarity, level, place, title, confidence, overturnedBy } = draft
  const identity = canonical({
    check: check.id,
    kind,
    polarity,
    level: level ?? null,
    path: place.path,
    offset: place.offset,
    length: place.length,
    sha256: place.sha256,
    observation: hidden.redact(draft.observation),
  })
  return {
    id: createHash('sha256').update(identity).digest('hex'),
    check: check.id,
    checkVersion: check.version,
    provisions: draft.provisions,
    cases: draft.cases,
    polarity,
    kind,
    ...(level === undefined ? {} : { level }),
    path: place.path,
    offset: place.offset,
    length: place.length,
    sha256: place.sha256,
    title,
    observation: shown.redact(draft.observation),
    confidence,
    ...(overturnedBy === undefined ? {} : { overturnedBy }),
  }
}

/**
 * JSON with sorted keys: the same value gives the same text. Members that are undefined are left out, as a stored result leaves
 * them out: its reader computes ids again.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(',')}]`
  const entries = Object.entries(value as Readonly<Record<string, Json | undefined>>)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
