import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { radioKeysCheck } from './index.ts'

const CHECKS = [radioKeysCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

describe('credentials.radio-keys', () => {
  it('finds published keys in programs', () => {
    expect(found('positive', 'program')).toEqual([
      'pairing zigbee-touchlink-master-key 9F5595F10257C8A469CBF42BC93FEE31: against low, default',
      'pairing zigbee-trust-centre-link-key ZigBeeAlliance09: against low, default',
    ])
  })

  it('finds them in reversed order', () => {
    expect(found('positive', 'reversed')).toEqual([
      'pairing zigbee-trust-centre-link-key ZigBeeAlliance09: against low, default',
    ])
  })

  it('finds certificates of origin that are for tests, and not those of authorities', () => {
    expect(found('positive', 'attestation')).toEqual([
      'attestation matter-device-attestation 0D:82:4E:7F:9B:C1:9D:10:A1:E4:8E:18:FC:16:CF:3D:99:04:E9:D1:4D:44:14:05:04:63:63:A6:1E:16:F4:42: against medium, default',
    ])
  })

  it('finds network keys in the settings of controllers', () => {
    expect(found('positive', 'network-key')).toEqual([
      'pairing network-key 0102030405060708090a0b0c0d0e0f10: against medium, set',
      'pairing network-key 01030507090b0d0f00020406080a0c0d: against medium, set',
    ])
  })

  it.each(['negative', 'near-miss'] as const)('is silent about what only looks like it: %s', (kind) => {
    for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
      expect(found(kind, name)).toEqual([])
  })
})
