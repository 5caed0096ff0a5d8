import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Evidence, SavedResult, Verdict } from '@messlatte/model'
import { FileProblems } from '../json/fields.ts'
import { JsonError, StrictJson } from '../json/strict.ts'
import { seal } from '../pack/dsse.ts'
import { PAYLOAD_TYPE, STATEMENT } from '../pack/envelope.ts'
import { readResult } from '../result/read-result.ts'
import { readResultJson } from '../result/saved-result.ts'

/** Predicates of the in-toto attestation framework (github.com/in-toto/attestation, spec/predicates). */
export const PREDICATES = {
  svr: 'https://in-toto.io/attestation/svr/v0.2',
  scai: 'https://in-toto.io/attestation/scai/v0.3',
  'test-result': 'https://in-toto.io/attestation/test-result/v0.1',
} as const

export type StatementKind = keyof typeof PREDICATES
export const STATEMENT_KINDS = Object.keys(PREDICATES) as readonly StatementKind[]

/** Our own field beside those of a predicate, named by a URI as the framework asks: the key of whoever signs, in PEM. */
export const SIGNER = 'urn:messlatte:signer'

/**
 * What a stored result says about its images, in a predicate that other tools know, in a signed DSSE envelope. Throws
 * FileProblems where the text is no result or has nothing that the predicate could say.
 */
export function writeStatement(
  kind: StatementKind,
  name: string,
  resultText: string,
  key: KeyObject,
): string {
  const stored = storedOf(name, resultText)
  const predicate = predicateOf(kind, stored)
  if (predicate === undefined)
    throw new FileProblems(name, [
      {
        line: 1,
        field: 'evidence',
        message: {
          en: 'has no evidence for or against anything: there is no attribute to state',
          de: 'hat keinen Befund für oder gegen etwas: Es gibt keine Eigenschaft, die sich erklären ließe',
        },
      },
    ])
  const statement = {
    _type: STATEMENT,
    subject: stored.result.images.map((image) => ({ name: image.name, digest: { sha256: image.sha256 } })),
    predicateType: PREDICATES[kind],
    predicate: { ...predicate, [SIGNER]: createPublicKey(key).export({ format: 'pem', type: 'spki' }) },
  }
  return `${JSON.stringify(seal(PAYLOAD_TYPE, JSON.stringify(statement), key), null, 2)}\n`
}

interface Stored {
  readonly result: SavedResult
  readonly evidence: readonly Evidence[]
  /** Rules that it was assessed under, by their digests. */
  readonly rules: readonly Descriptor[]
}

interface Descriptor {
  readonly name: string
  readonly digest: { readonly sha256: string }
}

function storedOf(name: string, text: string): Stored {
  const { evidence } = readResult(name, text)
  try {
    const assessment = StrictJson.parse(text).at('assessment')
    return {
      result: readResultJson(text),
      evidence,
      rules: [assessment.at('catalogue'), ...assessment.at('profiles').list((one) => one)].map((rule) => ({
        name: `${rule.at('id').text()} ${rule.at('version').text()}`,
        digest: { sha256: rule.at('digest').digest() },
      })),
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new FileProblems(name, [{ line: 1, field: '', message: error.text }])
  }
}

function predicateOf(kind: StatementKind, stored: Stored): object | undefined {
  switch (kind) {
    case 'svr':
      return verification(stored)
    case 'scai':
      return attributes(stored)
    case 'test-result':
      return testResult(stored)
  }
}

/** Only what is backed by evidence or was decided, and each property says which; what is missing from the list is not shown. */
function verification({ result, rules }: Stored) {
  const shown = verdictsOf(result).filter(({ verdict }) => verdict === 'supported' || verdict === 'pass')
  return {
    verifier: { id: `urn:messlatte:${result.tool.version}`, policies: rules },
    timeCreated: `${result.options.asOf}T00:00:00Z`,
    properties: shown.map(({ rule, id, verdict }) =>
      `MESSLATTE_${rule}_${id}_${verdict === 'pass' ? 'DECIDED_PASS' : 'SUPPORTED'}`.toUpperCase(),
    ),
  }
}

/** One attribute for each piece of evidence for or against, with its polarity, so that nobody takes one for the other. */
function attributes({ evidence, result }: Stored): object | undefined {
  const told = evidence.filter(({ polarity }) => polarity !== 'neutral')
  if (told.length === 0) return undefined
  return {
    attributes: told.map((one) => ({
      attribute: one.kind,
      target: { name: one.path, digest: { sha256: one.sha256 } },
      conditions: {
        polarity: one.polarity,
        confidence: one.confidence.grade,
        offset: one.offset,
        length: one.length,
        ...(one.level === undefined ? {} : { level: one.level }),
        provisions: one.provisions.map(({ edition, id }) => `${edition} ${id}`),
      },
      evidence: { name: one.title.en, uri: `urn:messlatte:evidence:${one.id}` },
    })),
    producer: { uri: `urn:messlatte:${result.tool.version}`, name: `messlatte ${result.tool.version}` },
  }
}

/** A test for each provision under each rule. What is open, not met or contested is a warning at best: never passed. */
function testResult({ result, rules }: Stored) {
  const tests = verdictsOf(result).filter(({ verdict }) => verdict !== 'not-applicable')
  const having = (...verdicts: readonly Verdict[]) =>
    tests.filter(({ verdict }) => verdicts.includes(verdict)).map(({ rule, id }) => `${rule} ${id}`)
  const failedTests = having('fail', 'contested')
  const warnedTests = having('open', 'not-met')
  const passed = having('supported', 'pass')
  const whole = warnedTests.length === 0 && passed.length > 0
  return {
    result: failedTests.length > 0 ? 'FAILED' : whole ? 'PASSED' : 'WARNED',
    configuration: [
      ...rules,
      { name: `messlatte ${result.tool.version} checks`, digest: { sha256: result.tool.checksDigest } },
    ],
    passedTests: passed,
    warnedTests,
    failedTests,
  }
}

function verdictsOf({ provisions }: SavedResult) {
  return provisions.flatMap(({ edition, id, verdicts }) =>
    Object.entries(verdicts).map(([rule, verdict]) => ({
      rule: rule === 'baseline' ? edition : rule,
      id,
      verdict,
    })),
  )
}
