import { extname } from 'node:path'
import { writeTestPlanXlsx } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import {
  type Declarable,
  declaration,
  type PaperInput,
  TECHNICAL_FILE_RULE,
  technicalFile,
  testPlan,
  writeDocx,
  writePdf,
} from '@messlatte/report'
import { CliError } from '../errors.ts'
import { parseDay } from '../options.ts'
import { output } from '../output.ts'
import { paperInput, readActs } from '../papers.ts'
import { assessProject } from '../project.ts'

export type DocumentKind = 'technical-file' | 'declaration' | 'test-plan'

export interface DocumentFlags {
  readonly output: string
  readonly asOf?: string
  readonly lang: Language
  /** Of a declaration alone. */
  readonly under?: string
}

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
  const input = paperInput(folder, project)
  if (format === '.xlsx') {
    output(flags.output, writeTestPlanXlsx(input.plan, flags.lang))
    return 0
  }
  const document = made(kind, input, acts, flags.lang)
  output(flags.output, format === '.docx' ? writeDocx(document) : await writePdf(document))
  const { gaps = 0 } = document
  const told = {
    en: `gaps: ${gaps}, listed at its end`,
    de: `Lücken: ${gaps}, an seinem Ende aufgelistet`,
  }
  if (gaps > 0) process.stderr.write(`messlatte: ${flags.output}: ${told[flags.lang]}\n`)
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
  throw new CliError('bad-option', {
    en: `-o ${path}: must end in .docx or .pdf${kind === 'test-plan' ? ' or .xlsx' : ''}, which says what is written`,
    de: `-o ${path}: muss auf .docx oder .pdf${kind === 'test-plan' ? ' oder .xlsx' : ''} enden; das sagt, was geschrieben wird`,
  })
}
