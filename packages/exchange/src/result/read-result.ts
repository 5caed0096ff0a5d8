import type { Evidence, Json, ReleaseImage, Text } from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { RESULT_SCHEMA_ID } from './schema-id.ts'

/** What an assessment needs of a stored result; texts are in the language in which it was written, for both. */
export interface StoredResult {
  readonly images: readonly ReleaseImage[]
  readonly evidence: readonly Evidence[]
  readonly partial: boolean
  /** Tool and version that made it. */
  readonly tool: string
}

/** Reads what `messlatte check --json` wrote. Throws FileProblems where it is something else. */
export function readResult(name: string, text: string): StoredResult {
  const refuse = (field: string, message: string): never => {
    throw new FileProblems(name, [{ line: 1, field, message }])
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('', 'is not JSON')
  }
  const root = record(value)
  if (root?.schema !== RESULT_SCHEMA_ID)
    return refuse('schema', `must be ${RESULT_SCHEMA_ID}: what messlatte check --json writes`)
  const unpacked = record(root.unpacked)
  const tool = record(root.tool)
  if (typeof unpacked?.partial !== 'boolean') return refuse('unpacked.partial', 'must be true or false')
  if (!Array.isArray(root.evidence)) return refuse('evidence', 'must be a list')
  if (!Array.isArray(root.images)) return refuse('images', 'must be a list')
  return {
    images: root.images.map((one, at) => image(one) ?? refuse(`images[${at}]`, 'is no image of a result')),
    evidence: root.evidence.map(
      (one, at) => evidence(one) ?? refuse(`evidence[${at}]`, 'is no evidence of a result'),
    ),
    partial: unpacked.partial,
    tool: `${String(tool?.name)} ${String(tool?.version)}`,
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

const DIGEST = /^[0-9a-f]{64}$/

function image(value: unknown): ReleaseImage | undefined {
  const one = record(value)
  if (typeof one?.name !== 'string' || typeof one.size !== 'number' || !isDigest(one.sha256)) return undefined
  return { name: one.name, size: one.size, sha256: one.sha256 }
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value)
}

const POLARITIES: readonly unknown[] = ['against', 'for', 'neutral']
const GRADES: readonly unknown[] = ['high', 'medium', 'low']
const LEVELS: readonly unknown[] = [undefined, 'E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'EX']

function evidence(value: unknown): Evidence | undefined {
  const one = record(value)
  const confidence = record(one?.confidence)
  if (
    !one ||
    !confidence ||
    !isDigest(one.id) ||
    !isDigest(one.sha256) ||
    !POLARITIES.includes(one.polarity) ||
    !GRADES.includes(confidence.grade) ||
    !LEVELS.includes(one.level) ||
    ![one.check, one.kind, one.path, one.title, confidence.reason].every((it) => typeof it === 'string') ||
    ![one.checkVersion, one.offset, one.length].every((it) => typeof it === 'number') ||
    ![one.provisions, one.cases].every(isRefs)
  )
    return undefined
  return {
    ...(one as unknown as Evidence),
    title: both(one.title as string),
    observation: (one.observation ?? null) as Json,
    confidence: {
      grade: confidence.grade as Evidence['confidence']['grade'],
      reason: both(confidence.reason as string),
    },
    ...(typeof one.overturnedBy === 'string' && { overturnedBy: both(one.overturnedBy) }),
  }
}

function isRefs(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof record(one)?.id === 'string')
}

function both(words: string): Text {
  return { en: words, de: words }
}
