import { writeWorkbook } from '@messlatte/exchange'
import { type Module, requestsOf } from '@messlatte/portfolio'
import {
  renderRequests,
  renderTaken,
  requestPaper,
  requestTable,
  writeDocx,
  writePdf,
} from '@messlatte/report'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { loadPlan, type PortfolioFlags } from '../portfolio/load.ts'
import { takeAnswers } from '../request/take.ts'
import { terminalOptions } from '../terminal.ts'

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
    throw new CliError('bad-option', {
      en: 'request: say of whom, --supplier NAME, or for what, --product ID',
      de: 'request: sagen, von wem, mit --supplier NAME, oder wofür, mit --product ID',
    })
  const { plan, findingOf } = loadPlan(path, flags)
  const sourceOf = (module: Module) => findingOf(module, module.name)?.name
  refuseUnknown(plan.rows, flags)
  const requests = requestsOf(plan, {
    ...(flags.supplier !== undefined && { supplier: flags.supplier }),
    ...(flags.product !== undefined && { product: flags.product }),
  })
  if (flags.returned !== undefined) {
    if (flags.results === undefined)
      throw new CliError('bad-option', {
        en: '--returned: say with --results DIR where what is known of releases lies',
        de: '--returned: mit --results ORDNER sagen, wo liegt, was über Firmwarestände bekannt ist',
      })
    const lines = requests.flatMap((request) => request.lines)
    const taken = takeAnswers(flags.returned, lines, flags.results, sourceOf, flags.lang)
    process.stdout.write(renderTaken(taken, terminalOptions(flags.lang)))
    return taken.silent.length + taken.bare.length + taken.problems.length > 0 ? 1 : 0
  }
  const [request, ...more] = requests
  if (more.length > 0 && [flags.docx, flags.pdf, flags.xlsx].some((file) => file !== undefined))
    throw new CliError('bad-option', {
      en: `${flags.product}: carries modules of ${requests.map(({ supplier }) => supplier).join('; ')}; name one with --supplier`,
      de: `${flags.product}: enthält Module von ${requests.map(({ supplier }) => supplier).join('; ')}; einen mit --supplier nennen`,
    })
  const asked = request ?? { supplier: flags.supplier ?? '', asOf: plan.asOf, lines: [] }
  if (flags.docx !== undefined) output(flags.docx, writeDocx(requestPaper(asked, flags.lang)))
  if (flags.pdf !== undefined) output(flags.pdf, await writePdf(requestPaper(asked, flags.lang)))
  if (flags.xlsx !== undefined) output(flags.xlsx, writeWorkbook([requestTable(asked, flags.lang)]))
  if (flags.json !== undefined) output(flags.json, `${JSON.stringify(requests, null, 1)}\n`)
  if ([flags.docx, flags.pdf, flags.xlsx, flags.json].every((file) => file === undefined))
    process.stdout.write(renderRequests(requests, terminalOptions(flags.lang)))
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
    throw new CliError('bad-option', {
      en: `--supplier ${supplier}: no row names it; there are ${[...suppliers].sort().slice(0, 30).join('; ')}`,
      de: `--supplier ${supplier}: keine Zeile nennt ihn; es gibt ${[...suppliers].sort().slice(0, 30).join('; ')}`,
    })
  if (
    product !== undefined &&
    !rows.some(({ sku, variant }) => sku.id === product || variant.model === product)
  )
    throw new CliError('bad-option', {
      en: `--product ${product}: no row has this article number or model`,
      de: `--product ${product}: keine Zeile hat diese Artikelnummer oder dieses Modell`,
    })
}
