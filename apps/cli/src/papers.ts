import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { planTests } from '@messlatte/conformity'
import { NEW_PAPERS, readPapersFile } from '@messlatte/exchange'
import type { Papers } from '@messlatte/model'
import { type Declarable, isDeclarable, type PaperInput, sourcesOf } from '@messlatte/report'
import { decisionsHeld } from './decisions-held.ts'
import { CliError } from './errors.ts'
import type { Project } from './project.ts'
import { readTextFile, refuseProblems } from './text-file.ts'

const MOST_PAPERS = 1024 * 1024

/** What documents are filled from: the folder as it was assessed, and its papers. */
export function paperInput(folder: string, project: Project): PaperInput {
  const { assessment, claims, evidence, tables, file, testVerdicts } = project
  return {
    ...project,
    product: file.product,
    papers: readPapers(folder, project),
    decisions: decisionsHeld(project),
    plan: planTests(assessment, tables, claims, evidence, testVerdicts.cases),
  }
}

/** Nothing is declared under a draft, a report or a voluntary scheme. */
export function readActs(text: string): readonly Declarable[] {
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
