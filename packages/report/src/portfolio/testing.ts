import { PROFILES } from '@messlatte/conformity'
import { type Plan, type Portfolio, planOf, type Supply, type Variant } from '@messlatte/portfolio'
import type { PlanContext } from './terminal.ts'

const VARIANT: Variant = {
  id: 'router',
  brand: 'Haus & Hof',
  product: 'Router',
  model: 'T1',
  hardware: 'Rev 1',
  firmware: 'some',
  traits: { 'radio-equipment': true, 'internet-connected': true },
  modules: ['m1', 'm2'],
  certificates: [{ id: 'TE-1', kind: 'type-examination', validUntil: '2027-01-10' }],
  supportUntil: '2027-01-31',
}
const SUPPLY: Supply = {
  row: 2,
  sku: 'BH-1',
  variant: 'router',
  market: 'DE',
  role: 'brand-owner',
  kind: 'placing',
  planned: '2027-02-01',
  actual: null,
  placed: null,
  proof: null,
  batch: 'L1',
  serials: null,
  quantity: 1200,
  stock: null,
  tenders: [{ id: 'AU-1', due: '2027-03-01' }],
}

/** A small portfolio whose plan has each answer that needs no result, in two markets; names are a stranger's. */
export const SAMPLE: Portfolio = {
  modules: new Map(
    [
      { id: 'm1', name: 'M-01', supplier: 'Nordlicht <b>', release: { version: '1.0', sha256: null } },
      { id: 'm2', name: 'M-02', supplier: 'Taunus \u202e AG', release: { version: null, sha256: null } },
    ].map((module) => [module.id, module] as const),
  ),
  variants: new Map(
    [
      VARIANT,
      {
        ...VARIANT,
        id: 'plug',
        product: 'Steckdose',
        traits: { 'update-mechanism': false, 'radio-equipment': false },
      },
      { ...VARIANT, id: 'shelf', product: 'Regal', firmware: 'none' as const, modules: [] },
    ].map((variant) => [variant.id, variant] as const),
  ),
  skus: new Map([['BH-1', { id: 'BH-1', gtin: '09501101000018' }]]),
  supplies: [
    SUPPLY,
    { ...SUPPLY, row: 3, variant: 'plug' },
    { ...SUPPLY, row: 4, variant: 'plug', planned: '2027-12-20' },
    { ...SUPPLY, row: 5, variant: 'plug', planned: '2027-01-01' },
    { ...SUPPLY, row: 6, variant: 'plug', market: 'FR', planned: '2027-01-05' },
    { ...SUPPLY, row: 7, variant: 'plug', planned: null, actual: '2026-10-01', proof: 'Rechnung 7.pdf' },
    { ...SUPPLY, row: 8, variant: 'shelf', market: 'GB' },
    { ...SUPPLY, row: 9, kind: 'making-available', role: 'distributor', stock: 40, quantity: null },
  ],
}

export const SAMPLE_PLAN: Plan = planOf({
  portfolio: SAMPLE,
  findings: [],
  rules: PROFILES,
  asOf: '2026-11-28',
})

export const SAMPLE_CONTEXT: PlanContext = {
  rows: 9,
  leftOut: [
    {
      row: 10,
      cell: 'B10',
      header: 'EAN',
      value: '<script>',
      text: { en: 'is no GTIN', de: 'ist keine GTIN' },
    },
  ],
  unknown: ['Bemerkung'],
  notes: [{ en: 'x.json is passed over', de: 'x.json wird übergangen' }],
}
