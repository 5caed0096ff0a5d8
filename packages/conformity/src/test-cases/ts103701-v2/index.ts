import { EN303645_V3 } from '../../catalogues/en303645-v3/index.ts'
import { text } from '../../text.ts'
import type { CaseKind, TestCase } from '../test-case.ts'
import { TS103701_V1 } from '../ts103701-v1/index.ts'

type Seen = readonly [provision: string, kinds: readonly CaseKind[], ixit: readonly string[]]

const BOTH = ['conceptual', 'functional'] as const

/** Groups that a public self-assessment shows as new or changed: which cases, by which tables. */
const SEEN: readonly Seen[] = [
  ['5.0-1', ['conceptual'], []],
  ['5.1-2A', BOTH, ['1-AuthMech']],
  ['5.3-4A', BOTH, ['7-UpdMech']],
  ['5.3-4B', BOTH, ['7-UpdMech', '26-UserDec']],
  ['5.3-6A', BOTH, ['7-UpdMech', '26-UserDec']],
  ['5.3-6B', BOTH, ['7-UpdMech', '26-UserDec']],
  ['5.3-9', BOTH, ['7-UpdMech']],
  ['5.3-15A', BOTH, ['9-ReplSup']],
  ['5.3-15B', BOTH, ['9-ReplSup']],
  ['5.6-4A', BOTH, ['15-PhyIntf']],
  ['5.6-4B', BOTH, ['15-PhyIntf']],
  ['5.13-1A', BOTH, ['27-UserIntf', '29-InpVal']],
  ['5.13-1B', BOTH, ['15-PhyIntf', '28-LogIntf', '29-InpVal']],
  ['6-3B', BOTH, ['21-PersData', '26-UserDec']],
  ['6-6', BOTH, ['21-PersData', '25-DelFunc']],
  ['6-7', BOTH, ['21-PersData']],
  ['6-8', BOTH, ['21-PersData']],
]

/** Where tables moved; the rest keep the names of V1.1.1 but for two. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  '5.3-11': ['7-UpdMech', '26-UserDec'],
  '5.3-12': ['7-UpdMech', '26-UserDec'],
  '5.3-14': ['2-UserInfo', '6-SoftComp', '7-UpdMech'],
  '5.5-3': ['6-SoftComp', '7-UpdMech'],
  '5.5-5': ['1-AuthMech', '13-SoftServ', '28-LogIntf'],
  '5.6-1': ['15-PhyIntf', '28-LogIntf'],
  '5.6-2': ['28-LogIntf'],
  '5.6-3': ['15-PhyIntf'],
  '5.9-3': ['28-LogIntf', '23-ResMech'],
}

const RENAMED: Readonly<Record<string, string>> = { '11-ComMech': '11-SecComMech', '28-ExtAPI': '28-LogIntf' }

/**
 * ETSI TS 103 701 V2.1.1 (2025-05), as far as it is known to us. What a self-assessment shows is taken from there; the
 * rest is assumed to keep the shape of V1.1.1 and says so by `units: null`. How many cases it has is not established.
 */
export const TS103701_V2: readonly TestCase[] = EN303645_V3.provisions.flatMap(({ id, title }) => {
  const seen = SEEN.find(([provision]) => provision === id)
  if (seen) {
    const [, kinds, ixit] = seen
    return kinds.map((kind, at) => ({
      ...shared(id, at + 1, 'ts103701-v2.1.1'),
      kind,
      ixit,
      purpose:
        kind === 'conceptual'
          ? text(`By the documents: ${title.en}`, `Nach den Unterlagen: ${title.de}`)
          : text(`On the device: ${title.en}`, `Am Gerät: ${title.de}`),
    }))
  }
  const from = EN303645_V3.origins?.find((origin) => origin.id === id)?.from
  return TS103701_V1.filter(({ provision }) => provision === from).map(({ kind, ixit, purpose }, at) => ({
    ...shared(id, at + 1, 'ts103701-v2.1.1'),
    kind,
    ixit: TABLES[id] ?? ixit.map((table) => RENAMED[table] ?? table),
    purpose,
  }))
})

function shared(provision: string, number: number, source: string) {
  return { id: `${provision}-${number}`, spec: 'ts103701-v2.1.1' as const, provision, units: null, source }
}
