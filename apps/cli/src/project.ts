import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  assess,
  type ClaimFinding,
  type Comparison,
  checkClaims,
  checkDocuments,
  compareClaims,
  type DocumentFinding,
  effectsOf,
  evidenceOn,
  lapse,
  type ProjectDocument,
  testVerdicts,
} from '@messlatte/conformity'
import {
  comparedWithOrigins,
  type ProjectFile,
  readDecisionsFile,
  readDocumentsFile,
  readProjectFile,
  readResult,
  readWaiversFile,
  withOrigins,
} from '@messlatte/exchange'
import type {
  Assessment,
  Claim,
  Decision,
  Evidence,
  IxitTables,
  Language,
  ReleaseImage,
  TestVerdicts,
  Waiver,
} from '@messlatte/model'
import { readProjectClaims, readProjectOrigins } from './claims/project-claims.ts'
import { CliError, tooLarge } from './errors.ts'
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
  readonly comparisons: readonly Comparison[]
  /** Under the baseline. */
  readonly testVerdicts: TestVerdicts
  readonly documents: readonly ProjectDocument[]
  readonly documentFindings: readonly DocumentFinding[]
  readonly decisions: readonly Decision[]
  readonly waivers: readonly Waiver[]
  readonly evidence: readonly Evidence[]
  /** A limit or damage kept part of a release from being looked at. */
  readonly partial: boolean
  readonly results: readonly {
    readonly name: string
    readonly sha256: string
    readonly tool: string
    /** In which its findings are told; none where it does not say. */
    readonly languages: readonly Language[]
    readonly images: readonly ReleaseImage[]
  }[]
  /** Ids of the evidence on a provision, or on what a rule asks in its own numbering. */
  readonly evidenceOn: (subject: string) => readonly string[]
  /** What rules ask in their own numbering. */
  readonly requirements: readonly { readonly rule: string; readonly id: string }[]
}

/** `also` names rules that are assessed beside those of the folder. */
export function assessProject(
  folder: string,
  asOf: string | undefined,
  profile: string | undefined,
  also: readonly string[] = [],
): Project {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CliError('not-found', {
      en: `${folder}: is no folder; messlatte init ${folder} makes one`,
      de: `${folder}: ist kein Ordner; messlatte init ${folder} legt einen an`,
    })
  const read = <Value>(name: string, reader: (name: string, text: string) => Value): Value => {
    const path = join(folder, name)
    const text = readTextFile(path, MOST_FILE)
    return refuseProblems(() => reader(path, text))
  }
  const file = read('project.json', readProjectFile)
  const own = file.profiles.map((name) => (isFile(name) ? join(folder, name) : name))
  const rules = profile ?? [...own, ...also].join(',')
  const named = profile === undefined ? `${join(folder, 'project.json')}: profiles` : `--profile ${profile}`
  const { catalogue, profiles } = readRules(rules, named)
  const claimSet = readProjectClaims(folder)
  const documents = read('documents.json', (name, text) =>
    readDocumentsFile(name, text, (document) => digestOfFile(join(folder, 'documents', document))),
  )
  const decisions = read('decisions.json', readDecisionsFile)
  const known = ['baseline', ...profiles.map(({ id }) => id)]
  const stray = decisions.find(({ rule }) => !known.includes(rule))
  if (stray && profile === undefined)
    throw new CliError('bad-file', {
      en: `${join(folder, 'decisions.json')}: decision ${stray.id}: rule: ${stray.rule} is not among ${known.join(', ')}`,
      de: `${join(folder, 'decisions.json')}: Entscheidung ${stray.id}: rule: ${stray.rule} ist nicht unter ${known.join(', ')}`,
    })
  const results = readResults(join(folder, 'results'))
  const evidence = [
    ...new Map(results.flatMap((one) => one.evidence.map((piece) => [piece.id, piece] as const))).values(),
  ]
  const day = asOf ?? today(profiles[0]?.zone ?? 'UTC')
  const partial = results.some((one) => one.partial)
  const waivers = existsSync(join(folder, 'waivers.json')) ? read('waivers.json', readWaiversFile) : []
  const documentFindings = checkDocuments(documents, {
    product: file.product,
    asOf: day,
    catalogue,
    images: results.flatMap(({ images }) => images.map(({ sha256 }) => sha256)),
  })
  const origins = readProjectOrigins(folder, claimSet)
  const claimFindings = withOrigins(
    checkClaims(claimSet, { traits: file.traits, product: file.product }),
    origins,
  )
  const { claims, ...effects } = effectsOf(claimSet, claimFindings, catalogue, evidence)
  const digests = new Map(documents.map(({ id, found }) => [id, found]))
  const assessment = assess({
    catalogue,
    profiles,
    evidence,
    statedTraits: file.traits,
    asOf: day,
    partial,
    claims,
    effects,
    decisions,
    waivers,
    documents: digests,
    product: file.product,
  })
  const boundOn = evidenceOn(catalogue, evidence, profiles)
  const holding = decisions.filter(
    (one) =>
      one.rule === 'baseline' &&
      lapse(one, boundOn(one.provision), { asOf: day, documents: digests }) === undefined,
  )
  return {
    file,
    assessment,
    claims,
    tables: claimSet.tables,
    claimFindings,
    comparisons: comparedWithOrigins(
      compareClaims(assessment, catalogue, claimSet, claims, evidence, {
        documents,
        findings: documentFindings,
      }),
      origins,
    ),
    testVerdicts: testVerdicts(assessment, claims, holding),
    documents,
    documentFindings,
    decisions,
    waivers,
    evidence,
    partial,
    results: results.map(({ name, sha256, tool, languages, images }) => ({
      name,
      sha256,
      tool,
      languages,
      images,
    })),
    evidenceOn: boundOn,
    requirements: profiles.flatMap((profile) =>
      profile.requirements.map(({ id }) => ({ rule: profile.id, id })),
    ),
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
    throw new CliError('bad-file', {
      en: `${folder}: holds more than ${MOST_RESULTS} results`,
      de: `${folder}: enthält mehr als ${MOST_RESULTS} Ergebnisse`,
    })
  return names.map((name) => {
    const path = join(folder, name)
    const text = readTextFile(path, MOST_RESULT)
    const sha256 = createHash('sha256').update(text, 'utf8').digest('hex')
    return { name: basename(name), sha256, ...refuseProblems(() => readResult(path, text)) }
  })
}

function digestOfFile(path: string): string | null {
  if (!existsSync(path) || !statSync(path).isFile()) return null
  if (statSync(path).size > MOST_DOCUMENT) throw new CliError('bad-file', tooLarge(path, '256 MiB'))
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
