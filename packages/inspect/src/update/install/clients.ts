import type { Fact, Place, ReduceOut } from '../../contract.ts'
import { NAMES as CLIENT_NAMES } from '../clients/say.ts'
import { giveNeutral } from '../mechanism/give.ts'
import * as say from './say.ts'

type ClientFact = Fact<'update.client'>

/** What a client's configuration says about slots and about older versions. */
export function giveClientInstall(fact: ClientFact, out: ReduceOut): void {
  const { client, verification } = fact.data
  giveSlots(fact, out)
  // Only system.conf says that RAUC verifies; the file of its hawkBit client knows no versions.
  if (client === 'rauc' && verification === 'always')
    giveLowest(fact, 'min-bundle-version', fact.data.details.minBundleVersion, out)
  if (client === 'swupdate') giveLowest(fact, 'no-downgrading', fact.data.details.noDowngrading, out)
}

function giveSlots({ place, data }: ClientFact, out: ReduceOut): void {
  if (data.slots.length === 0) return
  const name = CLIENT_NAMES[data.client]
  const classes = data.slots.map((slot) => slot.split('.')[0] as string)
  const twice = [...new Set(classes.filter((one, index) => classes.indexOf(one) !== index))]
  const at: Place = data.slotsAt ? { ...place, ...data.slotsAt } : place
  giveNeutral(out, at, {
    client: clientOf(data.client),
    part: { id: 'install', method: twice.length > 0 ? 'slots' : 'in-place', names: data.slots },
    statement: twice.length > 0 ? say.clientSlots(name, twice) : say.singleSlots(name, data.slots),
    confidence: say.CONFIGURED,
    how: 'configuration',
    // Of two slots update.clients states the evidence.
    ...(twice.length > 0 ? { evidence: 'update.slots' } : {}),
    observation: {
      bootLoader: data.details.bootloader ?? null,
      repeat: `cat ${place.inner}`,
    },
  })
}

function giveLowest(
  { place, data }: ClientFact,
  setting: string,
  value: string | undefined,
  out: ReduceOut,
): void {
  const name = CLIENT_NAMES[data.client]
  const repeat = `grep -n '${setting}' ${place.inner}`
  if (value !== undefined && value !== '') {
    giveNeutral(out, place, {
      client: clientOf(data.client),
      part: { id: 'rollback', checks: 'refused', setting, value },
      statement: say.lowest(name, setting, value),
      confidence: say.CONFIGURED,
      how: 'configuration',
      observation: { repeat },
    })
  } else if (data.client === 'rauc') {
    giveNeutral(out, place, {
      client: clientOf(data.client),
      part: { id: 'rollback', checks: 'allowed', setting, value: null },
      statement: say.RAUC_TAKES_OLDER,
      confidence: say.KNOWN_CLIENT,
      how: 'configuration',
      observation: { repeat },
    })
  }
}

function clientOf(client: ClientFact['data']['client']) {
  const name = CLIENT_NAMES[client]
  return { id: client, title: { en: name, de: name } }
}
