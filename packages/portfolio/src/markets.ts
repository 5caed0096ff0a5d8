/** ISO 3166-1 alpha-2 of a country whose zone and union we know, or `EU` for the Union as a whole. */
export type Market = keyof typeof ZONES

/**
 * The local time of each market, in which a cut-off ends at 24:00. Where a country spans several zones, that of its capital.
 * Names of the IANA time zone database.
 */
const ZONES = {
  EU: 'Europe/Brussels',
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  IS: 'Atlantic/Reykjavik',
  LI: 'Europe/Vaduz',
  NO: 'Europe/Oslo',
  CH: 'Europe/Zurich',
  GB: 'Europe/London',
} as const

/** Countries whose market the Union's product law does not open or close. */
const OUTSIDE_UNION: readonly Market[] = ['CH', 'GB']

/** How people write them besides their English and German names; the two letters are read as they are. */
const NAMES: Readonly<Record<string, Market>> = {
  UK: 'GB',
  EL: 'GR',
  EUROPE: 'EU',
  EWR: 'EU',
  EEA: 'EU',
  EUROPA: 'EU',
  'GREAT BRITAIN': 'GB',
  GROSSBRITANNIEN: 'GB',
  TSCHECHIEN: 'CZ',
  'CZECH REPUBLIC': 'CZ',
  HOLLAND: 'NL',
}

let countries: ReadonlyMap<string, Market> | undefined

/** Their English and German names, as the Unicode Common Locale Data Repository has them. */
function byName(): ReadonlyMap<string, Market> {
  countries ??= new Map(
    ['en', 'de'].flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'region' })
      return (Object.keys(ZONES) as Market[]).map((id) => [names.of(id)?.toUpperCase() ?? id, id] as const)
    }),
  )
  return countries
}

export function readMarket(written: string): Market | undefined {
  const name = written.trim().toUpperCase()
  if (Object.hasOwn(ZONES, name)) return name as Market
  return Object.hasOwn(NAMES, name) ? NAMES[name] : byName().get(name)
}

export function zoneOf(market: Market): string {
  return ZONES[market]
}

/** Whether a rule of `ruled` (a country, `EU`, or `UK`) is one of `market`. */
export function governs(ruled: string, market: Market): boolean {
  const named = readMarket(ruled)
  if (named === undefined) return false
  return named === market || (named === 'EU' && !OUTSIDE_UNION.includes(market))
}
