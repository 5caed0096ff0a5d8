import { readFileSync, statSync } from 'node:fs'
import { PROFILES, type ProfileRule } from '@messlatte/conformity'
import {
  csvTable,
  NO_ROLE,
  PortfolioError,
  type PortfolioFile,
  type ReadOptions,
  readPortfolio,
  readRole,
  sheetTable,
  type Table,
} from '@messlatte/exchange'
import type { Language, Text } from '@messlatte/model'
import {
  type Finding,
  Findings,
  type Market,
  type MarketRole,
  type Module,
  type Plan,
  planOf,
  readMarket,
  zoneOf,
} from '@messlatte/portfolio'
import { readWorkbookInSandbox } from '../claims/sandboxed-workbook.ts'
import { CliError, cannotBeRead, noSuchFile, tooLarge } from '../errors.ts'
import { parseDay, today } from '../options.ts'
import { readProfile } from '../profile-file.ts'
import { readResults } from './results.ts'

const MOST_FILE = 256 * 1024 * 1024
const USUAL_MARKET: Market = 'DE'

/** What plan, request and letter have in common. */
export interface PortfolioFlags {
  readonly market?: string
  readonly asOf?: string
  readonly results?: string
  readonly rule: readonly string[]
  readonly role?: string
  readonly lang: Language
}

export interface Loaded {
  readonly plan: Plan
  /** All that it was evaluated under, also those that govern no row. */
  readonly rules: readonly ProfileRule[]
  readonly file: PortfolioFile
  readonly notes: readonly Text[]
  /** What is known of a module's firmware, in a product of this model. */
  readonly findingOf: (module: Module, model: string) => Finding | undefined
}

/** Reads a portfolio with what is known about its releases, and evaluates it. */
export function loadPlan(path: string, flags: PortfolioFlags): Loaded {
  const market = flags.market === undefined ? undefined : readMarket(flags.market)
  if (flags.market !== undefined && market === undefined)
    throw new CliError('bad-option', {
      en: `--market ${flags.market}: is no market that we know, such as DE, FR, GB or EU`,
      de: `--market ${flags.market}: ist kein Markt, den wir kennen, wie DE, FR, GB oder EU`,
    })
  const asOf =
    flags.asOf === undefined ? today(zoneOf(market ?? USUAL_MARKET)) : parseDay('--as-of', flags.asOf)
  const role = roleOf(flags.role)
  const { file, notes: said } = readFile(path, {
    market: market ?? USUAL_MARKET,
    asOf,
    ...(role && { role }),
  })
  const { findings, notes } =
    flags.results === undefined ? { findings: [], notes: [] } : readResults(flags.results, asOf)
  const rules: readonly ProfileRule[] = [...PROFILES, ...flags.rule.map(ownRule)]
  const plan = planOf({ portfolio: file.portfolio, findings, rules, asOf, ...(market && { market }) })
  const known = new Findings(findings)
  return {
    plan,
    rules,
    file,
    notes: [...said, ...notes],
    findingOf: (module, model) => known.of(module, model),
  }
}

/** A plan stands over one edition of the standard. */
function ownRule(path: string): ProfileRule {
  const rule = readProfile(path)
  if (rule.edition === 'en303645-2020') return rule
  throw new CliError('bad-file', {
    en: `--rule ${path}: stands over ${rule.edition}; a plan stands over the edition of 2020`,
    de: `--rule ${path}: steht über ${rule.edition}; ein Plan steht über der Ausgabe von 2020`,
  })
}

function roleOf(written: string | undefined): MarketRole | undefined {
  if (written === undefined) return undefined
  const role = readRole(written)
  if (role !== undefined) return role
  throw new CliError('bad-option', {
    en: `--role ${written}: ${NO_ROLE.en}`,
    de: `--role ${written}: ${NO_ROLE.de}`,
  })
}

function readFile(
  path: string,
  options: ReadOptions,
): { readonly file: PortfolioFile; readonly notes: readonly Text[] } {
  try {
    const table = tableOf(path)
    return { file: readPortfolio(table, options), notes: sheetNotes(table) }
  } catch (error) {
    if (error instanceof PortfolioError)
      throw new CliError(
        'bad-file',
        { en: `${path}: ${error.text.en}`, de: `${path}: ${error.text.de}` },
        error,
      )
    throw error
  }
}

/** Which sheet was read, where others look alike. */
function sheetNotes({ sheet }: Table): readonly Text[] {
  if (sheet === undefined || sheet.others.length === 0) return []
  const others = sheet.others.join(', ')
  return [
    {
      en: `Of the workbook the sheet ${sheet.name} was read; not read: ${others}`,
      de: `Aus der Arbeitsmappe wurde das Blatt ${sheet.name} gelesen; nicht gelesen: ${others}`,
    },
  ]
}

function tableOf(path: string): Table {
  if (path.toLowerCase().endsWith('.xlsx')) return sheetTable(readWorkbookInSandbox(path))
  let bytes: Buffer
  try {
    if (statSync(path).size > MOST_FILE) throw new CliError('bad-file', tooLarge(path, '256 MiB'))
    bytes = readFileSync(path)
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new CliError('not-found', missing ? noSuchFile(path) : cannotBeRead(path), cause)
  }
  return csvTable(bytes)
}
