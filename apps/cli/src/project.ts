import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  assess,
  type ClaimFinding,
  checkClaims,
  checkDocuments,
  type DocumentFinding,
  evidenceOn,
  type ProjectDocument,
} from '@messlatte/conformity'
import {
  type ProjectFile,
  readDecisionsFile,
  readDocumentsFile,
  readIcsFile,
  readIxitFile,
  readProjectFile,
  readResult,
} from '@messlatte/exchange'
import type { Assessment, Claim, Decision, Evidence, IxitTables, ReleaseImage } from '@messlatte/model'
import { CliError } from './errors.ts'
import { today } from './options.ts'
import { readRules } from './rules.ts'
import { readTextFile, refuseProblems } from './text-file.ts'

const MOST_FILE = 16 * 1024 * 1024
const MOST_RESULT = 400 * 1024 * 1024
const MOST_DOCUMENT = 256 * 1024 * 1024
const MOST_RESULTS = 100

/** All that a project folder says, assessed. */
export interface Project {
  readonly file: ProjectFile
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  readonly tables: IxitTables
  readonly claimFindings: readonly ClaimFinding[]
  readonly documents: readonly ProjectDocument[]
  readonly documentFindings: readonly DocumentFinding[]
  readonly decisions: readonly Decision[]
  readonly evidence: readonly Evidence[]
  /** A limit or damage kept part of a release from being looked at. */
  readonly partial: boolean
  readonly results: readonly {
    readonly name: string
    readonly sha256: string
    readonly tool: string
    readonly images: readonly ReleaseImage[]
  }[]
  /** Ids of the evidence on a provision. */
  readonly evidenceOn: (provision: string) => readonly string[]
}

/** `also` names rules that are assessed beside those of the folder. */
export function assessProject(
  folder: string,
  asOf: string | undefined,
  profile: string | undefined,
  also: readonly string[] = [],
): Project {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CliError('not-found', `${folder}: is no folder; messlatte init ${folder} makes one`)
  const read = <Value>(name: string, reader: (name: string, text: string) => Value): Value => {
    const path = join(folder, name)
    const text = readTextFile(path, MOST_FILE)
    return refuseProblems(() => reader(path, text))
  }
  const file = read('project.json', readProjectFile)
  const own = file.profiles.map((name) => (isFile(name) ? join(folder, name) : name))
  const rules = profile ?? [...own, ...also].join(',')
  const { catalogue, profiles } = readRules(rules, `${join(folder, 'project.json')}: profiles`)
  const ics = read('ics.json', readIcsFile)
  if (ics.edition !== catalogue.edition)
    throw new CliError(
      'bad-file',
      `${join(folder, 'ics.json')}: edition: is ${ics.edition}, and the rules stand over ${catalogue.edition}`,
    )
  const tables = read('ixit.json', readIxitFile)
  const documents = read('documents.json', (name, text) =>
    readDocumentsFile(name, text, (document) => digestOfFile(join(folder, 'documents', document))),
  )
  const decisions = read('decisions.json', readDecisionsFile)
  const known = ['baseline', ...profiles.map(({ id }) => id)]
  const stray = decisions.find(({ rule }) => !known.includes(rule))
  if (stray && profile === undefined)
    throw new CliError(
      'bad-file',
      `${join(folder, 'decisions.json')}: decision ${stray.id}: rule: ${stray.rule} is not among ${known.join(', ')}`,
    )
  const results = readResults(join(folder, 'results'))
  const evidence = [
    ...new Map(results.flatMap((one) => one.evidence.map((piece) => [piece.id, piece] as const))).values(),
  ]
  const day = asOf ?? today(profiles[0]?.zone ?? 'UTC')
  const partial = results.some((one) => one.partial)
  return {
    file,
    assessment: assess({
      catalogue,
      profiles,
      evidence,
      statedTraits: file.traits,
      asOf: day,
      partial,
      claims: ics.claims,
      decisions,
    }),
    claims: ics.claims,
    tables,
    claimFindings: checkClaims(catalogue, ics.claims, tables, file.traits),
    documents,
    documentFindings: checkDocuments(documents, file.product, day),
    decisions,
    evidence,
    partial,
    results: results.map(({ name, sha256, tool, images }) => ({ name, sha256, tool, images })),
    evidenceOn: evidenceOn(catalogue, evidence),
  }
}

function isFile(name: string): boolean {
  return /[./\\]/.test(name)
}

function readResults(folder: string) {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : []
  if (names.length > MOST_RESULTS)
    throw new CliError('bad-file', `${folder}: holds more than ${MOST_RESULTS} results`)
  return names.map((name) => {
    const path = join(folder, name)
    const text = readTextFile(path, MOST_RESULT)
    const sha256 = createHash('sha256').update(text, 'utf8').digest('hex')
    return { name: basename(name), sha256, ...refuseProblems(() => readResult(path, text)) }
  })
}

function digestOfFile(path: string): string | null {
  if (!existsSync(path) || !statSync(path).isFile()) return null
  if (statSync(path).size > MOST_DOCUMENT) throw new CliError('bad-file', `${path}: is larger than 256 MiB`)
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
