import { extname } from 'node:path'
import type { PlanRow } from '@messlatte/portfolio'
import {
  type Audience,
  citedAsLaw,
  type LetterInput,
  letterPaper,
  NotLaw,
  productName,
  writeDocx,
  writePdf,
} from '@messlatte/report'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { loadPlan, type PortfolioFlags } from '../portfolio/load.ts'

export interface LetterFlags extends PortfolioFlags {
  readonly to: Audience
  readonly product?: string
  readonly tender?: string
  readonly supplier?: string
  readonly basis?: string
  readonly output: readonly string[]
}

/** Drafts the status of a product or a tender; whoever sends it answers for it. */
export async function letterCommand(path: string, flags: LetterFlags): Promise<number> {
  const { product, tender, lang } = flags
  if ((product === undefined) === (tender === undefined))
    throw new CliError('bad-option', {
      en: 'letter: say about what, either --product ID or --tender ID',
      de: 'letter: sagen, worüber, mit --product ID oder --tender ID',
    })
  if (flags.output.length === 0)
    throw new CliError('bad-option', {
      en: 'letter: say where it goes, -o letter.docx or -o letter.pdf',
      de: 'letter: sagen, wohin, mit -o brief.docx oder -o brief.pdf',
    })
  for (const file of flags.output) formatOf(file)
  const law = lawOf(flags.basis)
  const loaded = loadPlan(path, flags)
  const rows = loaded.plan.rows.filter((row) => isAbout(row, flags))
  if (rows.length === 0)
    throw new CliError('bad-option', {
      en:
        product === undefined
          ? `--tender ${tender}: no row is promised to it`
          : `--product ${product}: no row has this article number or model`,
      de:
        product === undefined
          ? `--tender ${tender}: keine Zeile ist ihr zugesagt`
          : `--product ${product}: keine Zeile hat diese Artikelnummer oder dieses Modell`,
    })
  const supplier = supplierOf(rows, flags)
  const input: LetterInput = {
    to: flags.to,
    about: tender === undefined ? 'product' : 'tender',
    subject: tender ?? subjectOf(rows, product ?? ''),
    plan: loaded.plan,
    rows,
    findingOf: loaded.findingOf,
    ...(law && { law }),
    ...(supplier !== undefined && { supplier }),
  }
  const paper = letterPaper(input, lang)
  for (const file of flags.output)
    output(file, formatOf(file) === '.docx' ? writeDocx(paper) : await writePdf(paper))
  return 0
}

/** The product by its name, where all rows are of one. */
function subjectOf(rows: readonly PlanRow[], asked: string): string {
  const names = new Set(rows.map(productName))
  const [only] = names
  return names.size === 1 && only !== undefined ? only : asked
}

function isAbout({ sku, variant, supply }: PlanRow, { product, tender }: LetterFlags): boolean {
  return product === undefined
    ? supply.tenders.some(({ id }) => id === tender)
    : sku.id === product || variant.model === product
}

/** A letter to a supplier is about its modules and no one else's. */
function supplierOf(rows: readonly PlanRow[], { to, supplier }: LetterFlags): string | undefined {
  if (to !== 'supplier') return undefined
  const names = [...new Set(rows.flatMap(({ modules }) => modules.map((module) => module.supplier)))]
  const found =
    supplier === undefined ? names : names.filter((name) => name.toLowerCase() === supplier.toLowerCase())
  const [only] = found
  if (found.length === 1 && only !== undefined) return only
  throw new CliError('bad-option', {
    en: `--to supplier: these supplies have modules of ${names.join('; ') || 'nobody'}; name one with --supplier`,
    de: `--to supplier: diese Lieferungen enthalten Module von ${names.join('; ') || 'niemandem'}; einen mit --supplier nennen`,
  })
}

function lawOf(basis: string | undefined) {
  if (basis === undefined) return undefined
  try {
    return citedAsLaw(basis.split(',').map((id) => id.trim()))
  } catch (error) {
    if (error instanceof NotLaw)
      throw new CliError(
        'bad-option',
        { en: `--basis ${basis}: ${error.text.en}`, de: `--basis ${basis}: ${error.text.de}` },
        error,
      )
    throw error
  }
}

function formatOf(path: string): '.docx' | '.pdf' {
  const format = extname(path).toLowerCase()
  if (format === '.docx' || format === '.pdf') return format
  throw new CliError('bad-option', {
    en: `--output ${path}: a letter is a .docx or a .pdf`,
    de: `--output ${path}: ein Brief ist eine .docx oder eine .pdf`,
  })
}
