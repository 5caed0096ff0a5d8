import type {
  ClaimedCondition,
  ClaimSet,
  Condition,
  Edition,
  ProductStatement,
  StatedTraits,
} from '@messlatte/model'
import { CONDITIONS as CONDITIONS_2020 } from '../catalogues/en303645-2020/conditions.ts'
import { CONDITIONS as CONDITIONS_V3, FEATURES } from '../catalogues/en303645-v3/conditions.ts'
import { CATALOGUES } from '../catalogues/index.ts'
import { text } from '../text.ts'
import { evaluate } from '../traits/condition.ts'
import { admissionsOf, admissionTexts } from './admissions.ts'
import { effectiveClaims } from './effective.ts'
import type { ClaimFinding } from './finding.ts'
import { checkGroups } from './groups.ts'
import { entryNames } from './references.ts'
import { checkRows } from './rows.ts'
import { checkTables } from './tables.ts'

/** What claims are held against beside themselves: answers about the product, and what it is called. */
export interface ClaimContext {
  readonly traits: StatedTraits
  readonly product?: ProductStatement
}

/** What is wrong with claims by themselves: rows, conditions, groups, tables, identification. None of it looks at the product. */
export function checkClaims(claims: ClaimSet, { traits, product }: ClaimContext): readonly ClaimFinding[] {
  const catalogue = CATALOGUES[claims.edition]
  const names = entryNames(claims)
  return [
    ...checkRows(catalogue, claims, traits),
    ...checkConditions(claims, traits),
    ...checkGroups(catalogue, claims, names),
    ...checkTables(claims, names),
    ...admissionFindings(claims),
    ...(product ? checkIdentification(claims, product) : []),
  ]
}

/** Conditions and features of an edition by their printed signs. */
const SIGNS: Readonly<Record<Edition, Readonly<Record<string, Condition>>>> = {
  'en303645-2020': CONDITIONS_2020,
  'en303645-v3.1.3': { ...CONDITIONS_V3, ...FEATURES },
}

function checkConditions(
  { edition, conditions, ics }: ClaimSet,
  traits: StatedTraits,
): readonly ClaimFinding[] {
  return conditions.flatMap((claimed): ClaimFinding[] => {
    const sign = claimed.condition
      .replace(/^(?:condition|feature)\s*/i, '')
      .replace(/[()]/g, '')
      .trim()
    const condition = Object.hasOwn(SIGNS[edition], sign) ? SIGNS[edition][sign] : undefined
    if (!condition || claimed.holds === null) return []
    const answered = evaluate(condition, (trait) => traits[trait] ?? null)
    return [
      ...(answered !== null && answered !== claimed.holds ? [otherAnswer(claimed)] : []),
      ...rowsAgainst(edition, sign, claimed, ics),
    ]
  })
}

function otherAnswer({ condition, holds }: ClaimedCondition): ClaimFinding {
  return {
    code: 'contradiction',
    about: 'Conditions',
    text: text(
      `${condition} is claimed to ${holds ? '' : 'not '}hold; the answers about the product say otherwise`,
      `${condition} soll ${holds ? '' : 'nicht '}zutreffen; die Antworten zum Produkt sagen anderes`,
    ),
  }
}

function rowsAgainst(
  edition: Edition,
  sign: string,
  { condition, holds }: ClaimedCondition,
  ics: ClaimSet['ics'],
): readonly ClaimFinding[] {
  const gated = CATALOGUES[edition].provisions.filter(
    ({ conditionNumbers, features = [] }) =>
      conditionNumbers.length + features.length === 1 &&
      [...conditionNumbers.map(String), ...features].includes(sign),
  )
  return gated.flatMap(({ id }): ClaimFinding[] => {
    const row = ics.find(({ provision }) => provision === id)
    if (!row || (row.support === 'N/A') === !holds) return []
    return [
      {
        code: 'contradiction',
        about: id,
        text: text(
          `${row.support}, and the sheet of conditions says that ${condition} does ${holds ? '' : 'not '}hold`,
          `${row.support}, und das Blatt der Bedingungen sagt, dass ${condition} ${holds ? '' : 'nicht '}zutrifft`,
        ),
      },
    ]
  })
}

/** Where support is claimed and the supplier's own tables speak against it. */
function admissionFindings(claims: ClaimSet): readonly ClaimFinding[] {
  const supported = effectiveClaims(claims, claims.edition).filter(({ support }) => support === 'Y')
  return admissionTexts(admissionsOf(claims.tables)).flatMap(({ provisions, text: said }) =>
    provisions
      .filter((id) => supported.some(({ provision }) => provision === id))
      .map((id) => ({
        code: 'admission' as const,
        about: id,
        text: text(`Support is claimed. ${said.en}`, `Unterstützung ist angegeben. ${said.de}`),
      })),
  )
}

/** Fields of DUT Identification that say what a product statement says. */
const IDENTIFIES: readonly (readonly [keyof ProductStatement, RegExp])[] = [
  ['model', /^(?:dut )?model/i],
  ['firmware', /(?:software|firmware)/i],
  ['hardware', /hardware/i],
]

function checkIdentification(
  { identification }: ClaimSet,
  product: ProductStatement,
): readonly ClaimFinding[] {
  return IDENTIFIES.flatMap(([key, name]): ClaimFinding[] => {
    const field = identification.find((one) => name.test(one.name))
    const ours = product[key]
    if (!field || ours === null || field.value.trim() === ours.trim()) return []
    return [
      {
        code: 'contradiction',
        about: field.name,
        text: text(`Is about ${field.value}, not ${ours}`, `Betrifft ${field.value}, nicht ${ours}`),
      },
    ]
  })
}
