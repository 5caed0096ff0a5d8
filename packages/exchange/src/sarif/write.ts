import type { CheckResult, Evidence, Language } from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { sorted } from '../result/sorting.ts'
import { escapeInvisible } from '../result/visible-json.ts'

/**
 * A check's findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code hosts and editors: one result for each
 * piece of evidence against, and a note for each part that could not be looked into. What decides a fail or a
 * contradiction is an error, the rest a warning. Nothing here says that anything is met.
 */
export function writeSarif(result: CheckResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify(log(result, language), null, 2))}\n`
}

function log(result: CheckResult, language: Language) {
  const told = sorted(
    result.evidence.filter(({ polarity, kind }) => polarity === 'against' || isBlind(kind)),
    (a, b) => compareText(a.path, b.path) || a.offset - b.offset || compareText(a.id, b.id),
  )
  const kinds = [...new Set(told.map(({ kind }) => kind))].sort(compareText)
  const deciding = decidingIds(result)
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            version: result.tool.version,
            language,
            rules: kinds.map((kind) => ({
              id: kind,
              help: { text: `messlatte explain ${kind}` },
            })),
          },
        },
        artifacts: result.images.map(({ name, size, sha256 }) => ({
          location: { uri: uriOf(name) },
          length: size,
          hashes: { 'sha-256': sha256 },
        })),
        results: told.map((evidence) => ({
          ruleId: evidence.kind,
          ruleIndex: kinds.indexOf(evidence.kind),
          kind: isBlind(evidence.kind) ? 'open' : 'fail',
          level: isBlind(evidence.kind) ? 'none' : deciding.has(evidence.id) ? 'error' : 'warning',
          message: { text: message(evidence, language) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(fileOf(evidence.path)) },
                ...(evidence.path === fileOf(evidence.path) && {
                  region: { byteOffset: evidence.offset, byteLength: evidence.length },
                }),
              },
              logicalLocations: [{ fullyQualifiedName: evidence.path, kind: 'object' }],
            },
          ],
          partialFingerprints: { 'messlatteEvidence/v1': evidence.id },
          properties: {
            provisions: evidence.provisions.map(({ edition, id }) => `${edition} ${id}`),
            confidence: evidence.confidence.grade,
            sha256: evidence.sha256,
            offset: evidence.offset,
            length: evidence.length,
          },
        })),
        columnKind: 'utf16CodeUnits',
        properties: { partial: result.unpacked.partial, asOf: result.assessment.asOf },
      },
    ],
  }
}

function isBlind(kind: string): boolean {
  return kind.startsWith('scope.')
}

/** Evidence on which a fail or a contradiction rests, under whatever rule. */
function decidingIds({ assessment }: CheckResult): ReadonlySet<string> {
  const verdicts = [
    ...assessment.provisions.flatMap(({ baseline, profiles }) => [baseline, ...Object.values(profiles)]),
    ...assessment.requirements.map(({ result }) => result),
  ]
  const bad = verdicts.filter(({ verdict }) => verdict === 'fail' || verdict === 'contested')
  return new Set(bad.flatMap(({ reasons }) => reasons.flatMap(({ evidence }) => evidence)))
}

function message({ title, provisions, overturnedBy }: Evidence, language: Language): string {
  const ids = [...new Set(provisions.map(({ id }) => id))].join(', ')
  return `${title[language]}${ids === '' ? '' : ` (${ids})`}${overturnedBy ? `. ${overturnedBy[language]}` : ''}`
}

/** The file of the release in which a nest path begins: its first part, without the format behind it. */
function fileOf(path: string): string {
  return (path.split('/')[0] ?? path).replace(/@0x[0-9a-f]+:.*$/i, '')
}

function uriOf(name: string): string {
  return encodeURIComponent(name.toWellFormed())
}
