import type { StatedTraits } from '@messlatte/model'
import { type Certificate, type Module, readGtin, readMarket, zoneOf } from '@messlatte/portfolio'
import type { Maker } from './maker.ts'
import {
  EMPTY,
  GTIN_PROBLEMS,
  NEITHER,
  NO_CERTIFICATE_KIND,
  NO_DIGEST,
  NO_KIND,
  NO_MARKET,
  NO_ROLE,
  NO_UNITS,
  ROUNDED,
  UNEVEN,
  YES_OR_NO,
} from './problems.ts'
import type { ReadOptions, RowReader } from './row.ts'
import { kindOfRole, readCertificateKind, readKind, readRole, readTruth, readUnits } from './words.ts'

/** Puts the supply of one row into the portfolio, or tells the row what is wrong with it. */
export function supplyOf(
  row: RowReader,
  number: number,
  made: Maker,
  { market: usual, role: usualRole }: ReadOptions,
): void {
  const article = row.text('article')
  const model = row.has('model') ? row.text('model') : article
  if (article === null) row.wrong('article', EMPTY)
  if (model === null && row.has('model')) row.wrong('model', EMPTY)
  const market = row.read('market', readMarket, NO_MARKET) ?? usual
  const zone = zoneOf(market)
  const unsaid = row.text('role') === null && row.text('kind') === null
  const role = unsaid ? (usualRole ?? null) : row.read('role', readRole, NO_ROLE)
  const kind = row.read('kind', readKind, NO_KIND) ?? (role && kindOfRole(role))
  if (unsaid && role === null) row.wrong('role', NEITHER)
  const gtin = gtinOf(row)
  const hasFirmware = row.read('hasFirmware', readTruth, YES_OR_NO) ?? true
  const dates = {
    planned: row.day('planned', zone),
    actual: row.past('actual', zone),
    placed: row.past('placed', zone),
    supportUntil: row.day('supportUntil', zone),
    due: row.list('due').map((cell) => row.day('due', zone, cell)),
  }
  // The day on which units are owed is the day on which they are planned, where no other is.
  const owed = dates.due.filter((day) => day !== null).toSorted()
  const planned = dates.planned ?? (dates.actual === null ? (owed.at(-1) ?? null) : null)
  const units = (id: 'quantity' | 'stock') => row.read(id, readUnits, NO_UNITS)
  const quantity = units('quantity')
  const stock = units('stock')
  const modules = hasFirmware ? modulesOf(row, model ?? '') : []
  const certificates = certificatesOf(row, zone)
  const traits = traitsOf(row)
  if (row.problems.length > 0 || article === null || model === null || kind === null) return
  const clash = made.sku(article, gtin, number)
  if (clash !== null) {
    row.wrong('gtin', clash)
    return
  }
  made.supply(
    {
      row: number,
      sku: article,
      market,
      role,
      kind,
      planned,
      actual: dates.actual,
      placed: dates.placed,
      proof: row.text('proof'),
      batch: row.text('batch'),
      serials: row.text('serials'),
      quantity,
      stock,
      tenders: row.list('tender').map((id, at) => ({ id, due: dates.due[at] ?? dates.due[0] ?? null })),
    },
    {
      brand: row.text('brand') ?? '',
      product: row.text('product') ?? model,
      model,
      hardware: row.text('hardware'),
      firmware: hasFirmware ? 'some' : 'none',
      traits,
      certificates,
      supportUntil: dates.supportUntil,
    },
    modules,
  )
}

function gtinOf(row: RowReader): string | null {
  const cell = row.text('gtin')
  if (cell === null) return null
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(cell)) {
    row.wrong('gtin', ROUNDED)
    return null
  }
  const read = readGtin(cell)
  if ('gtin' in read) return read.gtin
  row.wrong('gtin', GTIN_PROBLEMS[read.problem])
  return null
}

/** Modules, suppliers and firmware of a row; a supplier that stands alone supplies all of them. */
function modulesOf(row: RowReader, model: string): readonly Omit<Module, 'id'>[] {
  const names = row.list('module')
  const suppliers = row.list('supplier')
  const versions = row.list('version')
  const digests = row.list('sha256').map((digest) => digest.toLowerCase().replace(/^sha256:/, ''))
  const count = Math.max(names.length, versions.length, digests.length, suppliers.length > 0 ? 1 : 0)
  if (suppliers.length > 1 && suppliers.length !== count) row.wrong('supplier', UNEVEN)
  for (const [id, list] of [
    ['module', names],
    ['version', versions],
    ['sha256', digests],
  ] as const)
    if (list.length > 0 && list.length !== count) row.wrong(id, UNEVEN)
  if (digests.some((digest) => digest !== '' && !/^[0-9a-f]{64}$/.test(digest)))
    row.wrong('sha256', NO_DIGEST)
  return Array.from({ length: count }, (_, at) => ({
    name: names[at] || model,
    supplier: suppliers[at] ?? suppliers[0] ?? '',
    release: { version: versions[at] || null, sha256: digests[at] || null },
  }))
}

function certificatesOf(row: RowReader, zone: string): readonly Certificate[] {
  const kinds = row.list('certificateKind')
  const ends = row.list('certificateUntil')
  return row.list('certificate').flatMap((id, at): Certificate[] => {
    if (id === '') return []
    const written = kinds[at] ?? kinds[0] ?? ''
    const kind = written === '' ? 'certificate' : readCertificateKind(written)
    if (kind === undefined) row.wrong('certificateKind', NO_CERTIFICATE_KIND)
    const validUntil = row.day('certificateUntil', zone, ends[at] ?? ends[0] ?? '')
    return [{ id, kind: kind ?? 'certificate', validUntil }]
  })
}

function traitsOf(row: RowReader): StatedTraits {
  const updates = row.read('updatable', readTruth, YES_OR_NO)
  const radio = row.read('radio', readTruth, YES_OR_NO)
  const internet = row.read('internet', readTruth, YES_OR_NO)
  return {
    ...(updates !== null && { 'update-mechanism': updates }),
    ...(radio !== null && { 'radio-equipment': radio }),
    ...(internet !== null && { 'internet-connected': internet }),
  }
}
