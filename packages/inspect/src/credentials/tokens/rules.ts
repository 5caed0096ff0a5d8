import { ADDRESS_RULE } from './addresses.ts'
import { CLOUD_RULES } from './cloud.ts'
import type { TokenRule } from './rule.ts'
import { VENDOR_RULES } from './vendors.ts'

export const TOKEN_RULES: readonly TokenRule[] = [...CLOUD_RULES, ...VENDOR_RULES, ADDRESS_RULE]

/** Which rules a literal belongs to. */
export const RULES_BY_LITERAL: ReadonlyMap<string, readonly TokenRule[]> = new Map(
  [...new Set(TOKEN_RULES.flatMap(({ literals }) => literals))].map((literal) => [
    literal,
    TOKEN_RULES.filter(({ literals }) => literals.includes(literal)),
  ]),
)

/** Whether a value is a token that the rules here tell by themselves. */
export function isKnownToken(value: string): boolean {
  return TOKEN_RULES.some(({ literals, pattern, verify }) => {
    if (!literals.some((literal) => value.includes(literal))) return false
    pattern.lastIndex = 0
    const match = pattern.exec(value)
    return match !== null && verify(match, value) !== undefined
  })
}
