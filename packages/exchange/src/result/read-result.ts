import type {
  CaseRef,
  Evidence,
  Language,
  ProductStatement,
  ProvisionRef,
  ReleaseImage,
  StatedTraits,
} from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { JsonError, StrictJson } from '../json/strict.ts'
import { GRADES, LEVELS, POLARITIES } from './closed-words.ts'
import { evidenceId, isRevealed } from './evidence-id.ts'
import { RESULT_SCHEMA_ID } from './schema-id.ts'
import { toldOf } from './told.ts'

/** What an assessment needs of a stored result; an older one has its sentences in one language, which then stands for both. */
export interface StoredResult {
  readonly images: readonly ReleaseImage[]
  readonly evidence: readonly Evidence[]
  readonly partial: boolean
  /** In which its findings are told; none where it does not say. */
  readonly languages: readonly Language[]
  /** Tool and version that made it. */
  readonly tool: string
  /** What was stated about the product; null where nothing was. */
  readonly product: Pick<ProductStatement, 'maker' | 'model' | 'firmware'>
  readonly traits: StatedTraits
}

/**
 * Reads what `messlatte check --json` wrote. Ids of evidence are computed again: what was seen cannot be changed without it showing.
 * Throws FileProblems where it is something else.
 */
export function readResult(name: string, text: string): StoredResult {
  try {
    return storedResult(StrictJson.parse(text))
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new FileProblems(name, [{ line: 1, field: '', message: error.text }])
  }
}

function storedResult(root: StrictJson): StoredResult {
  if (!root.has('schema') || root.at('schema').text() !== RESULT_SCHEMA_ID)
    throw new JsonError({
      en: `schema: must be ${RESULT_SCHEMA_ID}: what messlatte check --json writes`,
      de: `schema: muss ${RESULT_SCHEMA_ID} sein: was messlatte check --json schreibt`,
    })
  const tool = root.at('tool')
  const product = root.at('product')
  const language = languageOf(root)
  const evidence = root.at('evidence')
  const inBoth = evidence.list((one) => one.has('translation')).every(Boolean)
  return {
    images: root.at('images').list(imageOf),
    evidence: evidence.list((one) => evidenceOf(one, language)),
    partial: root.at('unpacked').at('partial').truth(),
    languages: inBoth ? ['en', 'de'] : language === null ? [] : [language],
    tool: `${tool.at('name').text()} ${tool.at('version').text()}`,
    product: {
      maker: product.at('maker').textOrNull(),
      model: product.at('model').textOrNull(),
      firmware: product.at('firmware').textOrNull(),
    },
    traits: Object.fromEntries(root.at('traits').list(statedTrait).flat()),
  }
}

/** In which its sentences are; null where it does not say. */
function languageOf(root: StrictJson): Language | null {
  if (!root.has('options') || !root.at('options').has('language')) return null
  return root
    .at('options')
    .at('language')
    .oneOf(['en', 'de'] as const)
}

/** Derived answers are derived again from the evidence: only those that a person gave are taken over. */
function statedTrait(one: StrictJson): readonly (readonly [string, boolean])[] {
  const value = one.at('value').truthOrNull()
  return one.at('origin').text() === 'stated' && value !== null ? [[one.at('id').text(), value]] : []
}

/** A file of the release, as a result names it. */
export function imageOf(one: StrictJson): ReleaseImage {
  return { name: one.at('name').text(), size: one.at('size').count(), sha256: one.at('sha256').digest() }
}

function evidenceOf(one: StrictJson, language: Language | null): Evidence {
  const read = evidenceAsWritten(one, language)
  if (read.id === evidenceId(read)) return read
  throw new JsonError(
    isRevealed(read.observation)
      ? {
          en: `evidence ${read.id}: shows secrets (check --reveal): its id cannot be computed again; store a result without`,
          de: `evidence ${read.id}: zeigt Geheimnisse (check --reveal): seine ID lässt sich nicht nachrechnen; ein Ergebnis ohne sie speichern`,
        }
      : {
          en: `evidence ${read.id}: is not what its id was computed over; it was changed, or another program wrote it`,
          de: `evidence ${read.id}: ist nicht, worüber seine ID gerechnet wurde; es wurde geändert, oder ein anderes Programm schrieb es`,
        },
  )
}

function evidenceAsWritten(one: StrictJson, language: Language | null): Evidence {
  const { title, reason, overturnedBy } = toldOf(one, language)
  return {
    id: one.at('id').digest(),
    check: one.at('check').text(),
    checkVersion: one.at('checkVersion').count(),
    kind: one.at('kind').text(),
    polarity: one.at('polarity').oneOf(POLARITIES),
    ...(one.has('level') ? { level: one.at('level').oneOf(LEVELS) } : {}),
    provisions: one
      .at('provisions')
      .list((ref) => ({ edition: ref.at('edition').text(), id: ref.at('id').text() }) as ProvisionRef),
    cases: one
      .at('cases')
      .list((ref) => ({ spec: ref.at('spec').text(), id: ref.at('id').text() }) as CaseRef),
    path: one.at('path').text(),
    offset: one.at('offset').count(),
    length: one.at('length').count(),
    sha256: one.at('sha256').digest(),
    title,
    observation: one.at('observation').json(),
    confidence: { grade: one.at('confidence').at('grade').oneOf(GRADES), reason },
    ...(overturnedBy && { overturnedBy }),
  }
}
