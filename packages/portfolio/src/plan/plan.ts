import type { ProfileRule } from '@messlatte/conformity'
import type { Pillar, Verdict } from '@messlatte/model'
import { type Day, daysBetween } from '../days.ts'
import { ANSWERS, type Answer, worstAnswer } from '../eligibility/answer.ts'
import { type Eligibility, eligibilityOf, type Ruled } from '../eligibility/eligibility.ts'
import { placingDay } from '../eligibility/under-rule.ts'
import type { Market } from '../markets.ts'
import type { Certificate, Module, Portfolio, Sku, Supply, Variant } from '../portfolio.ts'
import { rulesFor } from '../standing.ts'
import { joinStates, type State, stateUnder } from '../state.ts'
import { assessFinding, type Finding, Findings } from './findings.ts'

export interface PlanInputs {
  readonly portfolio: Portfolio
  readonly findings: readonly Finding[]
  readonly rules: readonly ProfileRule[]
  readonly asOf: Day
  /** Only the supplies to this market; all where it is absent. */
  readonly market?: Market
}

/** What a supplier owes for one of its modules. */
export interface Need {
  readonly module: Module
  /** `release`: no firmware is named · `result`: nobody looked at it · `answers`: something is not settled. */
  readonly what: 'release' | 'result' | 'answers'
  /** By rule, what is not settled; empty unless `answers`. */
  readonly states: readonly State[]
}

/** One line of a plan: a batch of an article that goes to a market. */
export interface PlanRow {
  readonly supply: Supply
  readonly sku: Sku
  readonly variant: Variant
  readonly modules: readonly Module[]
  readonly eligibility: Eligibility
  /** Of the firmware, under the rule of the market that judges provisions by their numbers, else under the standard alone. */
  readonly pillars: Readonly<Record<Pillar, Verdict>>
  readonly needs: readonly Need[]
  /** Certificates and labels that run out within half a year of today, or have. */
  readonly runningOut: readonly Certificate[]
}

export interface TenderLine {
  readonly id: string
  readonly due: Day | null
  readonly rows: readonly PlanRow[]
  /** The worst of its rows. */
  readonly answer: Answer
}

export interface Plan {
  readonly asOf: Day
  readonly market: Market | null
  /** Those that governed a row, law first. */
  readonly rules: readonly ProfileRule[]
  readonly rows: readonly PlanRow[]
  readonly counts: Readonly<Record<Answer, { readonly rows: number; readonly units: number }>>
  readonly tenders: readonly TenderLine[]
}

/** Days within which a certificate or label that ends is named. */
const SOON = 182

/** Pure: the same inputs give the same plan. */
export function planOf({ portfolio, findings, rules, asOf, market }: PlanInputs): Plan {
  const stand = new Standings(portfolio, new Findings(findings), rules, asOf)
  const rows = portfolio.supplies
    .filter((supply) => market === undefined || supply.market === market)
    .map((supply) => rowOf(portfolio, supply, stand, asOf))
  const governing = [...new Set(rows.map(({ supply }) => supply.market))].flatMap((one) =>
    rulesFor(one, rules),
  )
  return {
    asOf,
    market: market ?? null,
    rules: [...new Set(governing)],
    rows,
    counts: countsOf(rows),
    tenders: tendersOf(rows),
  }
}

function rowOf(portfolio: Portfolio, supply: Supply, stand: Standings, asOf: Day): PlanRow {
  const variant = portfolio.variants.get(supply.variant)
  const sku = portfolio.skus.get(supply.sku)
  if (!variant || !sku) throw new Error(`row ${supply.row} names what the portfolio does not hold`)
  const { modules, ruled, pillars, needs, released } = stand.of(variant, supply.market)
  const eligibility = eligibilityOf({ supply, variant, released, asOf }, ruled)
  return {
    supply,
    sku,
    variant,
    modules,
    eligibility,
    pillars,
    needs: eligibility.answer === 'outside' ? [] : needs,
    runningOut: variant.certificates.filter(
      ({ validUntil }) => validUntil !== null && daysBetween(asOf, validUntil) <= SOON,
    ),
  }
}

interface VariantStanding {
  readonly modules: readonly Module[]
  readonly ruled: readonly Ruled[]
  readonly pillars: PlanRow['pillars']
  readonly needs: readonly Need[]
  readonly released: boolean
}

const NO_PILLARS: PlanRow['pillars'] = {
  secureBoot: 'not-applicable',
  credentials: 'not-applicable',
  updates: 'not-applicable',
}

/** How variants stand under the rules of markets; each is found out once, and each module once for what is stated of it. */
class Standings {
  readonly #portfolio: Portfolio
  readonly #findings: Findings
  readonly #rules: readonly ProfileRule[]
  readonly #asOf: Day
  readonly #variants = new Map<string, VariantStanding>()
  readonly #modules = new Map<string, ReadonlyMap<string, State>>()

  constructor(portfolio: Portfolio, findings: Findings, rules: readonly ProfileRule[], asOf: Day) {
    this.#portfolio = portfolio
    this.#findings = findings
    this.#rules = rules
    this.#asOf = asOf
  }

  of(variant: Variant, market: Market): VariantStanding {
    const key = `${market}\n${variant.id}`
    const known = this.#variants.get(key)
    if (known) return known
    const made = this.#find(variant, market)
    this.#variants.set(key, made)
    return made
  }

  #find(variant: Variant, market: Market): VariantStanding {
    const rules = rulesFor(market, this.#rules)
    const modules = variant.modules.flatMap((id) => this.#portfolio.modules.get(id) ?? [])
    // Without a module the product's own answers are all that there is.
    const about = modules.length > 0 ? modules : [undefined]
    const stand = about.map((module) => ({ module, ...this.#module(module, variant) }))
    const ruled = rules.map((rule) => ({
      rule,
      state: joinStates(stand.flatMap(({ states }) => states.get(rule.id) ?? [])),
    }))
    const byNumber = rules.find(({ asks }) => asks === 'all')
    const shown = byNumber?.id ?? BASELINE
    return {
      modules,
      ruled,
      pillars:
        variant.firmware === 'none'
          ? NO_PILLARS
          : joinStates(stand.flatMap(({ states }) => states.get(shown) ?? [])).pillars,
      needs:
        variant.firmware === 'none'
          ? []
          : stand.flatMap(({ module, seen, states }) => (module ? needOf(module, seen, rules, states) : [])),
      released: modules.length > 0 && modules.every(({ release }) => isNamed(release)),
    }
  }

  #module(
    module: Module | undefined,
    variant: Variant,
  ): { readonly seen: boolean; readonly states: ReadonlyMap<string, State> } {
    const finding = module && this.#findings.of(module, variant.model)
    const key = `${finding?.name ?? ''}\n${JSON.stringify(variant.traits)}`
    // Claims without any result are words about a firmware that nobody looked at.
    const seen = finding !== undefined && finding.digests.length > 0
    const known = this.#modules.get(key)
    if (known) return { seen, states: known }
    const assessment = assessFinding(finding, variant.traits, this.#rules, this.#asOf)
    const once = this.#rules.filter(
      ({ id, edition }, at) =>
        edition === assessment.catalogue.id &&
        this.#rules.findIndex((one) => one.id === id && one.edition === edition) === at,
    )
    const states = new Map(once.map((rule) => [rule.id, stateUnder(rule, assessment, seen)] as const))
    const baseline = assessment.pillars[BASELINE]
    if (baseline)
      states.set(BASELINE, {
        rule: BASELINE,
        assessed: seen,
        seen,
        concerns: true,
        unsettled: [],
        pillars: {
          secureBoot: baseline.secureBoot.verdict,
          credentials: baseline.credentials.verdict,
          updates: baseline.updates.verdict,
        },
      })
    this.#modules.set(key, states)
    return { seen, states }
  }
}

const BASELINE = 'baseline'

function isNamed({ version, sha256 }: Module['release']): boolean {
  return version !== null || sha256 !== null
}

function needOf(
  module: Module,
  seen: boolean,
  rules: readonly ProfileRule[],
  states: ReadonlyMap<string, State>,
): readonly Need[] {
  if (!seen) return [{ module, what: isNamed(module.release) ? 'result' : 'release', states: [] }]
  const open = rules.flatMap(({ id }) => states.get(id) ?? []).filter(({ unsettled }) => unsettled.length > 0)
  return open.length > 0 ? [{ module, what: 'answers', states: open }] : []
}

function countsOf(rows: readonly PlanRow[]): Plan['counts'] {
  const counts = new Map(ANSWERS.map((answer) => [answer, { rows: 0, units: 0 }]))
  for (const { eligibility, supply } of rows) {
    const count = counts.get(eligibility.answer)
    if (!count) continue
    count.rows++
    count.units += supply.quantity ?? supply.stock ?? 0
  }
  return Object.fromEntries(counts) as Plan['counts']
}

function tendersOf(rows: readonly PlanRow[]): readonly TenderLine[] {
  const found = new Map<string, { due: Day | null; rows: PlanRow[] }>()
  for (const row of rows) {
    for (const { id, due } of row.supply.tenders) {
      const known = found.get(id)
      if (!known) found.set(id, { due, rows: [row] })
      else {
        known.rows.push(row)
        if (due !== null && (known.due === null || due < known.due)) known.due = due
      }
    }
  }
  return [...found].map(([id, { due, rows: own }]) => ({
    id,
    due,
    rows: own,
    answer: worstAnswer(own.map(({ eligibility }) => eligibility.answer)),
  }))
}

/** The day on which units of a row are placed, where it is known. */
export function placingDayOf({ supply }: Pick<PlanRow, 'supply'>): Day | null {
  return placingDay(supply)
}
