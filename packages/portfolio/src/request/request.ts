import { compareProvisionIds, digestOf } from '@messlatte/conformity'
import type { InputClass, Missing, Text } from '@messlatte/model'
import type { Day } from '../days.ts'
import { rankOf } from '../eligibility/answer.ts'
import { placingDay } from '../eligibility/under-rule.ts'
import type { Plan, PlanRow } from '../plan/plan.ts'
import type { Module } from '../portfolio.ts'
import type { Unsettled } from '../state.ts'

/** What may be handed in as an answer; each of them is one. */
export type AnswerForm = 'release' | 'pack' | 'report' | 'ixit' | 'statement'

/** Something that a supplier is asked for, once for all products that carry the module. */
export interface RequestLine {
  /** Short and stable: by it an answer finds its way back. */
  readonly key: string
  readonly module: Module
  /** Null for the release itself. */
  readonly rule: string | null
  /** Number of the provision or requirement; `release` for the release itself. */
  readonly id: string
  readonly title: Text | null
  readonly verdict: Unsettled['verdict'] | null
  readonly reasons: readonly Text[]
  /** What would close it; empty for the release itself. */
  readonly closes: readonly Missing[]
  readonly accepted: readonly AnswerForm[]
  /** The first day on which units that wait for it are to be placed or delivered; null where there is none ahead. */
  readonly by: Day | null
  readonly products: readonly string[]
}

export interface SupplierRequest {
  readonly supplier: string
  readonly asOf: Day
  readonly lines: readonly RequestLine[]
}

export interface Wanted {
  readonly supplier?: string
  /** An article number, or a model. */
  readonly product?: string
}

/**
 * What is missing from suppliers, and nothing else: what keeps a supply from its answer under a rule that looks at it. Lines of one
 * supplier in the order of its modules, then of the rules, then of the numbers.
 */
export function requestsOf(plan: Plan, wanted: Wanted): readonly SupplierRequest[] {
  const lines = new Map<string, RequestLine>()
  for (const row of plan.rows) {
    if (wanted.product !== undefined && row.sku.id !== wanted.product && row.variant.model !== wanted.product)
      continue
    for (const line of linesOf(row, plan.asOf))
      if (wanted.supplier === undefined || same(line.module.supplier, wanted.supplier))
        lines.set(line.key, joined(lines.get(line.key), line))
  }
  const suppliers = new Map<string, RequestLine[]>()
  for (const line of lines.values()) {
    const known = suppliers.get(line.module.supplier)
    if (known) known.push(line)
    else suppliers.set(line.module.supplier, [line])
  }
  const rules = plan.rules.map(({ id }) => id)
  return [...suppliers]
    .map(([supplier, own]) => ({
      supplier,
      asOf: plan.asOf,
      lines: own.toSorted(
        (a, b) =>
          compare(a.module.name, b.module.name) ||
          compare(a.module.id, b.module.id) ||
          rules.indexOf(a.rule ?? '') - rules.indexOf(b.rule ?? '') ||
          compareProvisionIds(a.id, b.id),
      ),
    }))
    .toSorted((a, b) => compare(a.supplier, b.supplier))
}

function linesOf(row: PlanRow, asOf: Day): readonly RequestLine[] {
  const waiting = new Set(
    row.eligibility.rules
      .filter(({ answer }) => rankOf(answer) < rankOf('no-obstacle'))
      .map(({ rule }) => rule),
  )
  if (waiting.size === 0) return []
  const shared = { by: dayOf(row, asOf), products: [nameOf(row)] }
  return row.needs.flatMap(({ module, states }): RequestLine[] => {
    if (states.length === 0)
      return [
        {
          ...shared,
          key: keyOf(module, null, 'release'),
          module,
          rule: null,
          id: 'release',
          title: null,
          verdict: null,
          reasons: [],
          closes: [],
          accepted: ['release', 'pack'],
        },
      ]
    return states
      .filter(({ rule }) => waiting.has(rule))
      .flatMap(({ rule, unsettled }) =>
        unsettled.map((one) => ({
          ...shared,
          key: keyOf(module, rule, one.id),
          module,
          rule,
          id: one.id,
          title: one.title,
          verdict: one.verdict,
          reasons: one.reasons.map(({ text }) => text),
          closes: one.missing,
          accepted: acceptedFor(one),
        })),
      )
  })
}

/** What was seen in an image is answered by another image; what no image shows, by papers. */
function acceptedFor({ verdict, missing }: Unsettled): readonly AnswerForm[] {
  const inputs = new Set<InputClass>(missing.map(({ input }) => input))
  if (verdict !== 'open') return ['release', 'pack', 'report']
  const byImage = inputs.has('image') || inputs.has('versions')
  const byPaper = inputs.has('documents') || inputs.size === 0
  return [
    ...(byImage ? (['release', 'pack'] as const) : []),
    ...(byPaper ? (['ixit', 'statement'] as const) : []),
    'report',
  ]
}

/** The worse of two of the same line, by the earlier day, for the products of both. */
function joined(before: RequestLine | undefined, line: RequestLine): RequestLine {
  if (!before) return line
  const worse = gravity(line) < gravity(before) ? line : before
  const days = [before.by, line.by].filter((day) => day !== null)
  return {
    ...worse,
    by: days.toSorted(compare)[0] ?? null,
    products: [...new Set([...before.products, ...line.products])],
  }
}

function gravity({ verdict }: RequestLine): number {
  return ['fail', 'contested', 'open', null].indexOf(verdict)
}

function dayOf({ supply }: PlanRow, asOf: Day): Day | null {
  const ahead = [placingDay(supply), supply.planned, ...supply.tenders.map(({ due }) => due)].filter(
    (day) => day !== null && day > asOf,
  )
  return ahead.toSorted((a, b) => compare(a ?? '', b ?? ''))[0] ?? null
}

function nameOf({ variant }: PlanRow): string {
  return [variant.brand, variant.product === variant.model ? '' : variant.product, variant.model]
    .filter((part) => part !== '')
    .join(' ')
}

function keyOf(module: Module, rule: string | null, id: string): string {
  return digestOf([module.id, rule, id]).slice(0, 12)
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
