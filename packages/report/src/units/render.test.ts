import type { SecretValues, UnitsResult } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { richSample } from '../testing/sample.ts'
import { renderUnits } from './render.ts'

const rich = richSample()

const VALUES: SecretValues = {
  compared: 24,
  distinct: 24,
  shortest: 8,
  longest: 8,
  alphabet: 'hex-upper',
  alphabetSize: 16,
  sharedAtStart: 2,
  sharedAtEnd: 0,
  variety: [1, 1, 5, 6, 16, 16, 15, 16],
  checkDigit: false,
  bitsAtMost: 24,
  bitsEstimated: 15.4,
  bitsByEqualPairs: null,
  comparedWith: ['mac'],
  rulesTried: 1234,
  relations: [
    {
      rule: 'copy mac hex 8',
      text: { en: 'the end of the MAC address', de: 'das Ende der MAC-Adresse' },
      follow: 23,
      of: 24,
      whole: true,
      chance: '10^-90',
    },
  ],
  regularities: [],
}

const result: UnitsResult = {
  tool: { name: 'messlatte', version: '0.0.0', checksDigest: null },
  options: { profiles: [], asOf: '2026-11-28', failOn: 'profile' },
  product: rich.product,
  units: ['unit-a', 'unit-b\u001b[2J'].map((name) => ({
    name,
    images: [],
    identity: [{ kind: 'mac', name: 'ethaddr', value: '00163E401208', path: null }],
    secrets: 1,
    unpacked: rich.unpacked,
  })),
  release: {
    images: [],
    regions: [
      {
        unit: 'unit-a',
        filesEqual: 3,
        filesChanged: 1,
        filesOnlyHere: 0,
        regions: [
          {
            path: 'unit-a',
            offset: 64,
            length: 4096,
            format: 'squashfs',
            state: 'partly',
            counterpart: null,
            blocks: 62,
            files: { all: 4, equal: 3 },
          },
        ],
        changed: ['unit-a@0x40:squashfs/etc/shadow'],
        onlyHere: [],
      },
    ],
  },
  labels: {
    name: 'labels.csv',
    sha256: 'ab'.repeat(32),
    units: 24,
    publicColumns: [{ name: 'mac', kind: 'mac' }],
    columns: [{ name: 'wpa', missing: 1, equalLines: [[2, 3]], values: VALUES }],
  },
  secrets: [
    {
      kind: 'account',
      subject: 'account',
      opens: 'device',
      name: 'root',
      outcome: 'partly-equal',
      groups: [['unit-a', 'unit-b']],
      places: [
        {
          unit: 'unit-a',
          path: 'unit-a@0x40:squashfs/etc/shadow',
          offset: 0,
          length: 9,
          sha256: 'cd'.repeat(32),
          form: 'guessed',
          publicSha256: null,
        },
      ],
      inRelease: true,
      values: null,
    },
  ],
  evidence: rich.evidence,
  provisions: rich.assessment.provisions,
  requirements: [],
  rules: rich.assessment,
}

describe('renderUnits', () => {
  it.each(['en', 'de'] as const)('says it all in %s, within the width', (language) => {
    const text = renderUnits(result, { language, colour: false, width: 80 })
    for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
    const flat = text.replaceAll(/\s+/g, ' ')
    const wanted = {
      en: [
        '23 of 24 units follow: the end of the MAC address',
        '15.4 estimated',
        'unit-a = unit-b',
        '3 of 4 files',
        'also in the release',
      ],
      de: [
        '23 von 24 Geräten folgen: das Ende der MAC-Adresse',
        '15,4 geschätzt',
        'unit-a = unit-b',
        '3 von 4 Dateien',
        'auch in der Firmware',
      ],
    }
    for (const words of wanted[language]) expect(flat).toContain(words)
  })

  it('lets no name steer the terminal', () => {
    expect(renderUnits(result, { language: 'en', colour: false, width: 80 })).not.toContain('\u001b')
  })
})
