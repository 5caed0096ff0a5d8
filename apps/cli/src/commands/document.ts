import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { planTests } from '@messlatte/conformity'
import { NEW_PAPERS, readPapersFile, writeTestPlanXlsx } from '@messlatte/exchange'
import type { Language, Papers } from '@messlatte/model'
import {
  type Declarable,
  declaration,
  isDeclarable,
  type PaperInput,
  sourcesOf,
  TECHNICAL_FILE_RULE,
  technicalFile,
  testPlan,
  writeDocx,
  writePdf,
} from '@messlatte/report'
import { CliError } from '../errors.ts'
import { parseDay } from '../options.ts'
import { output } from '../output.ts'
import { assessProject, type Project } from '../project.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

export type DocumentKind = 'technical-file' | 'declaration' | 'test-plan'

export interface DocumentFlags {
  readonly output: string
  readonly asOf?: string
  readonly lang: Language
  /** Of a declaration alone. */
  readonly under?: string
}

const MOST_PAPERS = 1024 * 1024

/** Writes a draft of a document; what the folder does not hold is a gap in it. */
export async function documentCommand(
  kind: DocumentKind,
  folder: string,
  flags: DocumentFlags,
): Promise<number> {
  const format = formatOf(kind, flags.output)
  const acts = flags.under === undefined ? [] : readActs(flags.under)
  const asOf = flags.asOf === undefined ? undefined : parseDay('--as-of', flags.asOf)
  const project = assessProject(
    folder,
    asOf,
    undefined,
    kind === 'technical-file' ? [TECHNICAL_FILE_RULE] : acts,
  )
  const input = inputOf(project, readPapers(folder, project))
  if (format === '.xlsx') {
    output(flags.output, writeTestPlanXlsx(input.plan, flags.lang))
    return 0
  }
  const document = made(kind, input, acts, flags.lang)
  output(flags.output, format === '.docx' ? writeDocx(document) : await writePdf(document))
  return 0
}

function made(kind: DocumentKind, input: PaperInput, acts: readonly Declarable[], language: Language) {
  switch (kind) {
    case 'technical-file':
      return technicalFile(input, language)
    case 'declaration':
      return declaration(input, acts, language)
    case 'test-plan':
      return testPlan(input, language)
  }
}

function formatOf(kind: DocumentKind, path: string): '.docx' | '.pdf' | '.xlsx' {
  const format = extname(path).toLowerCase()
  if (format === '.docx' || format === '.pdf' || (format === '.xlsx' && kind === 'test-plan')) return format
  throw new CliError(
    'bad-option',
    `-o ${path}: must end in .docx or .pdf${kind === 'test-plan' ? ' or .xlsx' : ''}, which says what is written`,
  )
}

/** Nothing is declared under a draft, a report or a voluntary scheme. */
function readActs(text: string): readonly Declarable[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  const acts = names.map((name): Declarable => {
    if (isDeclarable(name)) return name
    const statuses = [...new Set(sourcesOf([name]).map(({ status }) => status))]
    const why =
      statuses.length === 0
        ? 'is no rule that has a form'
        : `is no law with a form; its sources: ${statuses.join(', ')}`
    throw new CliError(
      'bad-option',
      `--under ${name}: ${why}. A declaration cites law alone: eu-cra-2027, eu-red-2025, uk-psti`,
    )
  })
  if (acts.includes('uk-psti') && acts.length > 1)
    throw new CliError('bad-option', '--under: uk-psti has a statement of its own; run once for each')
  return acts
}

/** A folder from before there was `papers.json` has stated nothing of it. */
function readPapers(folder: string, { documents }: Project): Papers {
  const path = join(folder, 'papers.json')
  const text = existsSync(path) ? readTextFile(path, MOST_PAPERS) : JSON.stringify(NEW_PAPERS)
  return refuseProblems(() =>
    readPapersFile(
      path,
      text,
      documents.map(({ id }) => id),
    ),
  )
}

function inputOf(project: Project, papers: Papers): PaperInput {
  const { assessment, claims, evidence, tables, file } = project
  return { ...project, product: file.product, papers, plan: planTests(assessment, tables, claims, evidence) }
}
