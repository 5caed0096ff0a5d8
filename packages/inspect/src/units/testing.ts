import { createHash } from 'node:crypto'
import type { PublicValue } from './values/identity.ts'
import type { UnitValue } from './values/relations.ts'

/** Bytes that are the same on every run and follow from nothing else. */
export function drawn(seed: string, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at * 32 < length; at++)
    blocks.push(createHash('sha256').update(`drawn ${seed} ${at}`).digest())
  return Buffer.concat(blocks).subarray(0, length)
}

export function drawnText(seed: string, length: number, set: string): string {
  return [...drawn(seed, length * 2)]
    .flatMap((_, at, all) => (at % 2 === 0 ? [(all[at] as number) * 256 + (all[at + 1] as number)] : []))
    .map((number) => set[number % set.length])
    .join('')
}

/** A unit of a line of production: addresses and serial numbers follow each other with gaps. */
export function madeUnit(
  at: number,
  lot = 'lot',
): { mac: string; serial: string; ssid: string; publics: readonly PublicValue[] } {
  const gap = (drawn(`${lot} ${at}`, 1)[0] as number) % 5
  const mac = (0x00_16_3e_40_12_00 + at * 8 + gap).toString(16).toUpperCase().padStart(12, '0')
  const serial = `SN24${String(170_000 + at * 7 + gap).padStart(7, '0')}`
  const ssid = `HomeNet-${drawnText(`${lot} ssid ${at}`, 4, '0123456789ABCDEF')}`
  return {
    mac,
    serial,
    ssid,
    publics: [
      { kind: 'mac', name: 'mac', value: mac },
      { kind: 'serial', name: 'serial', value: serial },
      { kind: 'ssid', name: 'ssid', value: ssid },
    ],
  }
}

export function madeUnits(
  count: number,
  secret: (unit: ReturnType<typeof madeUnit>, at: number) => string,
  lot?: string,
): readonly UnitValue[] {
  return Array.from({ length: count }, (_, at) => {
    const unit = madeUnit(at, lot)
    return { value: secret(unit, at), publics: unit.publics }
  })
}
