import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { onDevice } from './device.ts'
import { givePart } from './give.ts'
import * as say from './say.ts'
import type { SignId } from './signs.ts'

const SLOTS = ['primary', 'secondary']

/** What sentences of MCUboot tell of how it installs. */
export function giveMcubootLoader(texts: Fact<'update.firmware-texts'>, place: Place, out: ReduceOut): void {
  const find = (id: SignId) => texts.data.signs.find((sign) => sign.id === id)
  // The copying function is there as well where MCUboot fills an empty first slot once.
  const swap = find('mcuboot-swap')
  const install = swap ?? find('mcuboot-overwrite')
  if (install) {
    givePart(
      out,
      { ...place, offset: install.offset, length: install.length },
      swap
        ? { id: 'install', method: 'slots', names: SLOTS }
        : { id: 'install', method: 'in-place', names: SLOTS },
      { statement: swap ? say.SWAPS : say.OVERWRITES, ...COMPILED_IN },
    )
  }
  const refusal = find('mcuboot-downgrade')
  if (refusal) {
    givePart(
      out,
      { ...place, offset: refusal.offset, length: refusal.length },
      { id: 'rollback', checks: 'refused', setting: 'MCUBOOT_DOWNGRADE_PREVENTION', value: null },
      { statement: say.DOWNGRADE_REFUSED, ...COMPILED_IN },
    )
  }
}

const COMPILED_IN = {
  confidence: say.COMPILED_IN,
  how: 'boot-loader',
  observation: { repeat: 'strings -t d FILE' },
} as const

/** What images say about the slot that they lie in, and their counters. */
export function giveMcubootImages(facts: Facts, out: ReduceOut): void {
  for (const { place, data } of facts.of('boot.mcuboot.image')) {
    const { slot, counter } = data
    const device = onDevice(place, [])
    if (slot) {
      givePart(
        out,
        { ...device, offset: place.offset + slot.offset, length: 16 },
        { id: 'install', method: 'slots', names: ['slot'] },
        {
          statement: say.IN_SLOT,
          confidence: say.RECORDED,
          how: 'boot-loader',
          observation: { ...slot, repeat: 'imgtool dumpinfo IMAGE; xxd of the end of the slot' },
        },
      )
    }
    if (counter) {
      givePart(
        out,
        device,
        { id: 'rollback', checks: 'unknown', setting: 'security counter', value: `${counter.value}` },
        {
          statement: say.counter(counter.value),
          confidence: say.RECORDED,
          how: 'program',
          observation: { protected: counter.protected, repeat: 'imgtool dumpinfo IMAGE' },
        },
      )
    }
  }
}
