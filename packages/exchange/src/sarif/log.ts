import type { Evidence, Language } from '@messlatte/model'
import { escapeInvisible } from '../result/visible-json.ts'

/** A result object of SARIF 2.1.0, section 3.27, before it is known where its rule stands in the list. */
export interface SarifResult {
  readonly ruleId: string
  readonly kind: 'fail' | 'open'
  readonly level: 'error' | 'warning' | 'none'
  readonly message: { readonly text: string }
  readonly locations: readonly unknown[]
  readonly relatedLocations?: readonly unknown[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, unknown>>
}

/** What one run of SARIF 2.1.0 is made of. */
export interface SarifRun {
  readonly tool: { readonly name: string; readonly version: string }
  readonly language: Language
  /** Rules by id, in the order of the list. */
  readonly rules: ReadonlyMap<string, string>
  readonly images: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly results: readonly SarifResult[]
  readonly partial: boolean
  /** Calendar day, ISO 8601. */
  readonly asOf: string
}

/** A log with one run, as text. */
export function sarifText({ tool, language, rules, images, results, partial, asOf }: SarifRun): string {
  const ids = [...rules.keys()]
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            language,
            rules: [...rules].map(([id, text]) => ({ id, help: { text } })),
          },
        },
        artifacts: images.map(({ name, size, sha256 }) => ({
          location: { uri: uriOf(name) },
          length: size,
          hashes: { 'sha-256': sha256 },
        })),
        results: results.map(({ ruleId, ...rest }) => ({ ruleId, ruleIndex: ids.indexOf(ruleId), ...rest })),
        columnKind: 'utf16CodeUnits',
        properties: { partial, asOf },
      },
    ],
  }
  return `${escapeInvisible(JSON.stringify(log, null, 2))}\n`
}

/** @param deciding ids of the evidence on which a fail or a contradiction rests */
export function evidenceResult(
  evidence: Evidence,
  deciding: ReadonlySet<string>,
  language: Language,
): SarifResult {
  const file = fileOf(evidence.path)
  return {
    ruleId: evidence.kind,
    kind: isBlind(evidence.kind) ? 'open' : 'fail',
    level: isBlind(evidence.kind) ? 'none' : deciding.has(evidence.id) ? 'error' : 'warning',
    message: { text: message(evidence, language) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          ...(evidence.path === file && {
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
  }
}

/** It says that something could not be looked into. */
export function isBlind(kind: string): boolean {
  return kind.startsWith('scope.')
}

function message({ title, provisions, overturnedBy }: Evidence, language: Language): string {
  const ids = [...new Set(provisions.map(({ id }) => id))].join(', ')
  return `${title[language]}${ids === '' ? '' : ` (${ids})`}${overturnedBy ? `. ${overturnedBy[language]}` : ''}`
}

/** The file of the release in which a nest path begins: what stands before the first container step. */
function fileOf(path: string): string {
  return path.replace(/@0x[0-9a-f]+:.*$/is, '')
}

function uriOf(name: string): string {
  return name
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
}
