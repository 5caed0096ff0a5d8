import type { Fact } from '../../contract.ts'
import { systemOf } from '../mechanism/join.ts'
import type { ClientConfiguration } from './facts.ts'

type ClientFact = Fact<'update.client'>

/**
 * What files of one client say together. opkg's feeds and its option may stand in different files: without the option, lists
 * are not verified. Mender reads two files, and a key in one of them is enough.
 */
export function verificationOf(
  { place, data }: ClientFact,
  all: readonly ClientFact[],
): ClientConfiguration['verification'] {
  const others = all.filter(
    (one) => one.data.client === data.client && systemOf(one.place) === systemOf(place),
  )
  if (data.client === 'mender' && others.some((one) => one.data.verification === 'required'))
    return 'required'
  if (data.verification !== 'unknown') return data.verification
  if (data.client !== 'opkg')
    return others.find((one) => one.data.verification !== 'unknown')?.data.verification ?? 'unknown'
  return others.find((one) => one.data.verification !== 'unknown')?.data.verification ?? 'off'
}
