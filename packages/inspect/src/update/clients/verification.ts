import type { Fact } from '../../contract.ts'
import { systemOf } from '../mechanism/join.ts'
import type { ClientConfiguration } from './facts.ts'

type ClientFact = Fact<'update.client'>

/** opkg's feeds and its option may stand in different files of one system: without the option, lists are not verified. */
export function verificationOf(
  { place, data }: ClientFact,
  all: readonly ClientFact[],
): ClientConfiguration['verification'] {
  if (data.client !== 'opkg' || data.verification !== 'unknown') return data.verification
  const others = all.filter((one) => one.data.client === 'opkg' && systemOf(one.place) === systemOf(place))
  return others.find((one) => one.data.verification !== 'unknown')?.data.verification ?? 'off'
}
