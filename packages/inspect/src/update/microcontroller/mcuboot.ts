import { readPublicKey } from '@messlatte/bytes'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { type Found, giveAnchors, type PublicKey } from '../mechanism/anchor.ts'
import type { Client } from '../mechanism/facts.ts'
import { onDevice } from './device.ts'
import { givePart } from './give.ts'
import { publicKeyAt } from './keys.ts'
import * as say from './say.ts'
import type { SignId } from './signs.ts'

const SLOTS = ['primary', 'secondary']
const MCUBOOT: Client = { id: 'mcuboot', title: { en: 'MCUboot', de: 'MCUboot' } }

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

const IN_LOADER: Found = {
  confidence: {
    grade: 'medium',
    reason: {
      en: 'The key stands beside sentences of MCUboot, which verifies what it installs with the keys that are built in.',
      de: 'Der Schlüssel steht neben Sätzen von MCUboot, das mit den eingebauten Schlüsseln prüft, was es installiert.',
    },
  },
  how: 'boot-loader',
}

/** Keys that are built into MCUboot. */
export function giveMcubootKeys(facts: Facts, out: ReduceOut): void {
  for (const { place, data } of facts.of('boot.mcuboot.key')) {
    const key = data.isLoader ? readPublicKey(Buffer.from(data.spki, 'base64')) : undefined
    if (!key) continue
    const device = onDevice(place, [])
    givePart(
      out,
      device,
      { id: 'packageCheck', checks: 'required', key: null },
      {
        client: MCUBOOT,
        statement: say.LOADER_VERIFIES,
        ...IN_LOADER,
        observation: {
          spkiSha256: data.spkiSha256,
          repeat: 'strings -t d FILE; the key in DER at the offset',
        },
      },
    )
    giveAnchors([keyFact(device, key)], MCUBOOT, facts, out, IN_LOADER)
  }
}

function keyFact(place: Place, key: NonNullable<ReturnType<typeof readPublicKey>>): PublicKey {
  switch (key.type) {
    case 'rsa':
      return publicKeyAt(place, 'rsa', key.bits, key.spkiSha256)
    case 'ed25519':
      return publicKeyAt(place, 'ed25519', 256, key.spkiSha256)
    case 'ec':
      return publicKeyAt(place, `ec-${key.curve}`, key.point.length * 4, key.spkiSha256)
  }
}
