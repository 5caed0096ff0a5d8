import { CATALOGUES, ixitTable } from '@messlatte/conformity'
import type { Claim, Edition, TestVerdict } from '@messlatte/model'

/** A field's name without colon, markup and the answers that are printed behind it. */
export function fieldName(text: string): string {
  return text
    .replace(/[*`_]{2,}|`/g, '')
    .trim()
    .replace(/:$/, '')
    .replace(/\s*\((?:yes\/no|y\/n)\)$/i, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The pro forma's own writing of a field's name, whatever the case of its letters; else the name as it stands. */
export function knownField(edition: Edition, table: string, name: string): string {
  const plain = fieldName(name)
  if (/^id$/i.test(plain)) return 'ID'
  return ixitTable(edition, table)?.fields.find((one) => one.toLowerCase() === plain.toLowerCase()) ?? plain
}

/** `Provision 5.3-10`, `**5.3-10**` or `5.3-10`; undefined for what is no number of a provision at all. */
export function provisionNumber(text: string): string | undefined {
  return /^(?:provision\s+)?(\d+(?:\.\d+)?-\d+[A-Z]?)$/i.exec(fieldName(text))?.[1]?.toUpperCase()
}

export function isProvision(edition: Edition, id: string): boolean {
  return CATALOGUES[edition].provisions.some((one) => one.id === id)
}

const SUPPORT: Readonly<Record<string, Claim['support']>> = {
  y: 'Y',
  yes: 'Y',
  n: 'N',
  no: 'N',
  'n/a': 'N/A',
  na: 'N/A',
  'not applicable': 'N/A',
}

/** What a cell of the support column says; undefined where it is nothing of the kind. */
export function supportOf(text: string): Claim['support'] | undefined {
  const plain = fieldName(text).toLowerCase()
  return Object.hasOwn(SUPPORT, plain) ? SUPPORT[plain] : undefined
}

/** `PASS`, or `FAIL (why)`, with or without markup; undefined for anything else. */
export function verdictOf(
  text: string,
): { readonly verdict: TestVerdict; readonly note: string } | undefined {
  const found = /^(pass(?:ed)?|fail(?:ed)?|inconclusive|n\/a|not applicable)(?:\.|\s*\(([^)]*)\)|)$/i.exec(
    fieldName(text),
  )
  if (!found) return undefined
  const word = (found[1] as string).toLowerCase()
  const verdict = word.startsWith('pass')
    ? 'pass'
    : word.startsWith('fail')
      ? 'fail'
      : word === 'inconclusive'
        ? 'inconclusive'
        : 'n/a'
  return { verdict, note: found[2] ?? '' }
}
