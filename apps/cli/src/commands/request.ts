import { writeWorkbook } from '@messlatte/exchange'
import type { Language, Text } from '@messlatte/model'
import { type Module, type RequestLine, requestsOf, type SupplierRequest } from '@messlatte/portfolio'
import { requestPaper, requestTable, visible, writeDocx, writePdf } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { loadPlan, type PortfolioFlags } from '../portfolio/load.ts'
import { takeAnswers } from '../request/take.ts'

export interface RequestFlags extends PortfolioFlags {
  readonly supplier?: string
  readonly product?: string
  readonly docx?: string
  readonly pdf?: string
  readonly xlsx?: string
  readonly json?: string
  readonly returned?: string
}

/** 0 written or nothing is missing; with `--returned` 1 where something still is. */
export async function requestCommand(path: string, flags: RequestFlags): Promise<number> {
  if (flags.supplier === undefined && flags.product === undefined)
    throw new CliError('bad-option', 'request: say of whom, --supplier NAME, or for what, --product ID')
  const { plan, findingOf } = loadPlan(path, flags)
  const sourceOf = (module: Module) => findingOf(module, module.name)?.name
  refuseUnknown(plan.rows, flags)
  const requests = requestsOf(plan, {
    ...(flags.supplier !== undefined && { supplier: flags.supplier }),
    ...(flags.product !== undefined && { product: flags.product }),
  })
  if (flags.returned !== undefined) {
    if (flags.results === undefined)
      throw new CliError(
        'bad-option',
        '--returned: say with --results DIR where what is known of releases lies',
      )
    const lines = requests.flatMap((request) => request.lines)
    const taken = takeAnswers(flags.returned, lines, flags.results, sourceOf, flags.lang)
    process.stdout.write(takenText(taken, flags.lang))
    return taken.silent.length + taken.bare.length + taken.problems.length > 0 ? 1 : 0
  }
  const [request, ...more] = requests
  if (more.length > 0 && [flags.docx, flags.pdf, flags.xlsx].some((file) => file !== undefined))
    throw new CliError(
      'bad-option',
      `${flags.product}: carries modules of ${requests.map(({ supplier }) => supplier).join('; ')}; name one with --supplier`,
    )
  const asked = request ?? { supplier: flags.supplier ?? '', asOf: plan.asOf, lines: [] }
  if (flags.docx !== undefined) output(flags.docx, writeDocx(requestPaper(asked, flags.lang)))
  if (flags.pdf !== undefined) output(flags.pdf, await writePdf(requestPaper(asked, flags.lang)))
  if (flags.xlsx !== undefined) output(flags.xlsx, writeWorkbook([requestTable(asked, flags.lang)]))
  if (flags.json !== undefined) output(flags.json, `${JSON.stringify(requests, null, 1)}\n`)
  if ([flags.docx, flags.pdf, flags.xlsx, flags.json].every((file) => file === undefined))
    process.stdout.write(summary(requests, flags.lang))
  return 0
}

function refuseUnknown(
  rows: readonly {
    readonly sku: { readonly id: string }
    readonly variant: { readonly model: string }
    readonly modules: readonly { readonly supplier: string }[]
  }[],
  { supplier, product }: RequestFlags,
): void {
  const suppliers = new Set(rows.flatMap(({ modules }) => modules.map((module) => module.supplier)))
  if (
    supplier !== undefined &&
    ![...suppliers].some((one) => one.toLowerCase() === supplier.trim().toLowerCase())
  )
    throw new CliError(
      'bad-option',
      `--supplier ${supplier}: no row names it; there are ${[...suppliers].sort().slice(0, 30).join('; ')}`,
    )
  if (
    product !== undefined &&
    !rows.some(({ sku, variant }) => sku.id === product || variant.model === product)
  )
    throw new CliError('bad-option', `--product ${product}: no row has this article number or model`)
}

const SAY = {
  summary: {
    en: '{supplier}: {lines} lines for {modules} modules',
    de: '{supplier}: {lines} Zeilen zu {modules} Modulen',
  },
  nothing: { en: 'Nothing is missing.', de: 'Es fehlt nichts.' },
  taken: {
    en: 'Taken over: {claims} claims, {documents} documents.',
    de: 'Übernommen: {claims} Angaben, {documents} Dokumente.',
  },
  look: { en: 'To be looked at: {command}', de: 'Noch anzusehen: {command}' },
  silent: { en: 'Not answered ({count}):', de: 'Nicht beantwortet ({count}):' },
  bare: { en: 'Claimed, and still to be shown ({count}):', de: 'Angegeben und noch zu zeigen ({count}):' },
  complete: {
    en: 'Every line has an answer and what shows it.',
    de: 'Jede Zeile hat eine Antwort und etwas, das sie zeigt.',
  },
} as const satisfies Readonly<Record<string, Text>>

function said(
  text: Text,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => visible(String(values[name] ?? '')))
}

function summary(requests: readonly SupplierRequest[], language: Language): string {
  if (requests.length === 0) return `${said(SAY.nothing, language)}\n`
  return requests
    .map(({ supplier, lines }) => {
      const modules = new Set(lines.map(({ module }) => module.id)).size
      return `${said(SAY.summary, language, { supplier, lines: lines.length, modules })}\n`
    })
    .join('')
}

function takenText(taken: ReturnType<typeof takeAnswers>, language: Language): string {
  const { claims, documents, releases, problems, silent, bare } = taken
  const lines = [
    said(SAY.taken, language, { claims, documents }),
    ...problems.map((text) => `! ${visible(text[language])}`),
    ...releases.map(({ file, module, result }) => {
      const version = module.release.version === null ? '' : ` --firmware ${quoted(module.release.version)}`
      const command = `messlatte check ${quoted(file)} --model ${quoted(module.name)}${version} --json ${quoted(result)}`
      return said(SAY.look, language, { command })
    }),
    ...listed(SAY.silent, silent, language),
    ...listed(SAY.bare, bare, language),
    ...(silent.length + bare.length === 0 ? [said(SAY.complete, language)] : []),
  ]
  return `${lines.join('\n')}\n`
}

const MOST_LINES = 200

function listed(title: Text, lines: readonly RequestLine[], language: Language): readonly string[] {
  if (lines.length === 0) return []
  return [
    said(title, language, { count: lines.length }),
    ...lines
      .slice(0, MOST_LINES)
      .map(({ module, rule, id, title: asks }) =>
        visible(
          `  ${module.name}: ${rule === null ? id : `${rule} ${id}`}${asks ? `, ${asks[language]}` : ''}`,
        ),
      ),
  ]
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
