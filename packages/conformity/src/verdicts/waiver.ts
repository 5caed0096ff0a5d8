import type { ProductStatement, ProvisionVerdict, Reason, Waiver } from '@messlatte/model'
import { dayText } from '../text.ts'
import { bare } from './reasons.ts'

/** A verdict with the waivers for it told beside: a waiver never changes a verdict, and never makes green. */
export function withWaivers<Judged extends ProvisionVerdict>(
  verdict: Judged,
  waivers: readonly Waiver[],
  asOf: string,
  product: ProductStatement | undefined,
): Judged {
  if (waivers.length === 0) return verdict
  return { ...verdict, reasons: [...verdict.reasons, ...waivers.map((one) => told(one, asOf, product))] }
}

function told(waiver: Waiver, asOf: string, product: ProductStatement | undefined): Reason {
  const { by, on, until, reason, scope } = waiver
  const covers = (['model', 'hardware', 'firmware'] as const).flatMap((key) => scope[key] ?? []).join(', ')
  const [en, de] = [
    `Waived by ${by} on ${on} until ${until}${covers === '' ? '' : ` for ${covers}`}: ${reason}`,
    `Ausnahme von ${by} am ${dayText(on).de} bis ${dayText(until).de}${covers === '' ? '' : ` für ${covers}`}: ${reason}`,
  ]
  if (asOf < on || asOf > until)
    return bare(`${en} It does not hold on this day.`, `${de} Sie gilt an diesem Tag nicht.`)
  const other = (['model', 'hardware', 'firmware'] as const).find(
    (key) => scope[key] !== null && product && product[key] !== scope[key],
  )
  if (other) return bare(`${en} It does not cover this ${other}.`, `${de} Sie umfasst dies nicht: ${other}.`)
  return bare(`${en} The verdict stays as it is.`, `${de} Das Urteil bleibt, wie es ist.`)
}
