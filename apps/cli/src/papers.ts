import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { planTests } from '@messlatte/conformity'
import { NEW_PAPERS, readPapersFile } from '@messlatte/exchange'
import type { Language, Papers, SourceStatus, Text } from '@messlatte/model'
import {
  type Declarable,
  isDeclarable,
  type PaperInput,
  SOURCE_STATUS_WORDS,
  sourcesOf,
} from '@messlatte/report'
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
        ? { en: 'is no rule that has a form', de: 'ist keine Regel mit einem Formular' }
        : noForm(statuses)
    throw new CliError('bad-option', {
      en: `--under ${name}: ${why.en}. A declaration cites law alone: eu-cra-2027, eu-red-2025, uk-psti`,
      de: `--under ${name}: ${why.de}. Eine Erklärung führt allein Recht an: eu-cra-2027, eu-red-2025, uk-psti`,
    })
  })
  if (acts.includes('uk-psti') && acts.length > 1)
    throw new CliError('bad-option', {
      en: '--under: uk-psti has a statement of its own; run once for each',
      de: '--under: uk-psti hat eine eigene Erklärung; je einmal aufrufen',
    })
  return acts
}

function noForm(statuses: readonly SourceStatus[]): Text {
  const words = (language: Language) =>
    statuses.map((status) => SOURCE_STATUS_WORDS[status][language]).join(', ')
  return {
    en: `is no law with a form; its sources: ${words('en')}`,
    de: `ist kein Recht mit einem Formular; seine Quellen: ${words('de')}`,
  }
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
