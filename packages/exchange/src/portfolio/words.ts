import type { Certificate, MarketRole, SupplyKind } from '@messlatte/portfolio'

/** What people write in cells, without case, spaces and signs; several spellings of one word. */
function spellings<Word>(
  all: readonly (readonly [Word, readonly string[]])[],
): (cell: string) => Word | undefined {
  const known = new Map(all.flatMap(([word, list]) => list.map((one) => [one, word] as const)))
  return (cell) => known.get(cell.toLowerCase().replaceAll(/[\s_\-–.]/g, ''))
}

export const readTruth = spellings<boolean>([
  [true, ['yes', 'y', 'ja', 'j', 'true', 'wahr', '1', 'x']],
  [false, ['no', 'n', 'nein', 'false', 'falsch', '0', '-']],
])

export const readRole = spellings<MarketRole>([
  ['maker', ['maker', 'manufacturer', 'hersteller']],
  [
    'authorised-representative',
    ['authorisedrepresentative', 'authorizedrepresentative', 'bevollmächtigter', 'bevollmächtigte'],
  ],
  ['importer', ['importer', 'einführer', 'einführerin', 'importeur']],
  ['brand-owner', ['brandowner', 'ownbrand', 'quasimaker', 'markeninhaber', 'eigenmarke', 'quasihersteller']],
  ['distributor', ['distributor', 'dealer', 'retailer', 'händler', 'händlerin', 'vertrieb', 'distributeur']],
  ['buyer', ['buyer', 'customer', 'käufer', 'kunde', 'beschaffer']],
])

export const readKind = spellings<SupplyKind>([
  ['placing', ['placing', 'placingonthemarket', 'inverkehrbringen', 'erstabgabe', 'firstsupply']],
  [
    'making-available',
    [
      'makingavailable',
      'madeavailable',
      'bereitstellung',
      'bereitstellen',
      'stock',
      'sale',
      'verkauf',
      'abverkauf',
    ],
  ],
])

export const readCertificateKind = spellings<Certificate['kind']>([
  ['certificate', ['certificate', 'bescheinigung', 'zertifikat']],
  ['type-examination', ['typeexamination', 'eutypeexamination', 'baumusterprüfung', 'eubaumusterprüfung']],
  ['label', ['label', 'kennzeichen', 'itsicherheitskennzeichen', 'siegel']],
])

/** Who places units on the market: maker, representative (on the maker's behalf), importer, and a brand owner as a maker. */
export function kindOfRole(role: MarketRole): SupplyKind {
  switch (role) {
    case 'maker':
    case 'authorised-representative':
    case 'importer':
    case 'brand-owner':
      return 'placing'
    case 'distributor':
    case 'buyer':
      return 'making-available'
  }
}

/** Units, with or without signs between thousands and zeros behind the point; undefined for anything else. */
export function readUnits(cell: string): number | undefined {
  const entire = cell.replace(/[.,]0{1,2}$/, '')
  const plain = /^\d{1,3}([.,’' \u00a0\u202f]\d{3})+$/.test(entire) ? entire.replaceAll(/\D/g, '') : entire
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined
}
