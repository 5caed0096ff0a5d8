import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import {
  artefactOf,
  type Cases,
  checkArtefacts,
  checkCase,
  factsOfCase,
  fileOf,
  flipped,
  inShort,
  namesOf,
} from '../outcome/testing.ts'
import { nordicCheck } from './index.ts'
import { parseManifest } from './manifest.ts'
import { parsePacket } from './packet.ts'

const CASES: Cases = {
  check: nordicCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  root: 'dfu.zip@0x0:zip',
}
const AFTER = ['rollback - neutral medium', 'start - neutral medium']
const TAMPERED = ['signature EX against high', 'hash-mismatch EX against high', ...AFTER]

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'positive/debug': ['signature E6 for high', 'debug - against medium', ...AFTER],
  'positive/known-key': ['signature E4 neutral medium', 'known-key - against high', ...AFTER],
  'positive/known-key-in-boot-loader': [
    'signature E4 neutral medium',
    'known-key - against high',
    ...AFTER,
    'known-key - against high',
  ],
  'positive/legacy': ['unsigned E1 against medium'],
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ...AFTER],
  'positive/stripped': ['unsigned E0 against medium'],
  'positive/tampered-command': ['signature EX against medium', ...AFTER],
  'positive/tampered-firmware': TAMPERED,
  'positive/unsigned': ['unsigned E2 against medium', ...AFTER],
  'positive/wrong-key': ['signature EX against medium', ...AFTER],
  // The boot loader lies in the package itself here, so that it vouches for nothing.
  'negative/boot-loader': ['signature E4 neutral medium', ...AFTER],
  'negative/external': ['signature E6 for high', ...AFTER],
  'negative/start-signed': ['signature E6 for high', ...AFTER],
  'negative/trusted': ['signature E6 for high', ...AFTER],
  'near-miss/no-firmware': ['signature E3 neutral medium', ...AFTER],
  'near-miss/no-key': ['signature E3 neutral medium', ...AFTER],
  'near-miss/other-manifest': [],
}

function filesOf(name: string) {
  return ['manifest.json', 'app.dat', 'app.bin'].map((file) =>
    artefactOf(CASES, fileOf(CASES, `${name}/${file}`), file),
  )
}

describe('secure-boot.nordic', () => {
  it('gives links of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual(['nordic-dfu E6: application(firmware) < trusted; unknown'])
    expect(links('positive/unsigned')).toEqual(['nordic-dfu E2: application(firmware) < no key; unknown'])
    expect(links('positive/tampered-firmware')).toEqual([
      'nordic-dfu EX: application(firmware) < trusted; unknown',
    ])
    expect(links('positive/legacy')).toEqual(['nordic-dfu E1: application(firmware) < no key; unknown'])
    expect(links('near-miss/no-firmware')).toEqual(['nordic-dfu E3: update(package) < no key; unknown'])
  })

  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it('takes the key of a boot loader outside of the package for one of an earlier stage', () => {
    const content = fileOf(CASES, 'negative/boot-loader/loader.img')
    const loader = testArtefact('loader.img', content, { path: 'loader.img', root: '' })
    const evidence = checkArtefacts(nordicCheck, [...filesOf('negative/boot-loader'), loader])
    expect(inShort(evidence)[0]).toBe('signature E5 for medium')
    expect(evidence[0]?.observation).toMatchObject({ keys: [{ origin: 'earlier', from: 'loader.img' }] })
  })

  it('tells the signature that is verified at each start', () => {
    const [, , start] = checkCase(CASES, 'negative/start-signed')
    expect(start?.observation).toMatchObject({ validations: ['ECDSA P-256'], signature: 'verified' })
  })

  it('reads what the tool wrote', () => {
    expect(parsePacket(fileOf(CASES, 'negative/trusted/app.dat'))).toMatchObject({
      firmwareVersion: 3,
      hardwareVersion: 52,
      softdevices: [0xcb],
      type: 0,
      hashType: 3,
      isDebug: false,
      validations: [{ type: 1, value: '' }],
      signature: { type: 0 },
    })
  })

  it('sees every changed byte of a signed packet, and of the firmware', () => {
    const { trusted } = { trusted: fileOf(CASES, 'negative/trusted/app.dat') }
    const command = Buffer.from(parsePacket(trusted)?.command ?? '', 'base64')
    const from = trusted.indexOf(command)
    for (let at = from; at < from + command.length; at++) {
      const packet = parsePacket(flipped(trusted, at, 0x10))
      expect(packet?.command === command.toString('base64')).toBe(false)
    }
    const firmware = fileOf(CASES, 'negative/trusted/app.bin')
    for (let at = 0; at < firmware.length; at += 37) {
      const [manifest, packet] = filesOf('negative/trusted')
      const changed = artefactOf(CASES, flipped(firmware, at), 'app.bin')
      const evidence = checkArtefacts(
        nordicCheck,
        [manifest, packet, changed].flatMap((one) => one ?? []),
      )
      expect(inShort(evidence)).toEqual(TAMPERED)
    }
  })

  it('takes no packet for what has other fields, twice the same, or an end within', () => {
    const packet = fileOf(CASES, 'negative/trusted/app.dat')
    for (let length = 0; length < packet.length; length++)
      expect(parsePacket(packet.subarray(0, length))).toBeUndefined()
    expect(parsePacket(Buffer.concat([packet, packet]))).toBeUndefined()
    expect(parsePacket(Buffer.concat([packet, Buffer.from([0x18, 1])]))).toBeUndefined()
  })

  it('gives an answer for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parsePacket(bytes)))
    fc.assert(fc.property(fc.string(), (value) => parseManifest(`{"dat_file": ${value}`).length === 0))
  })
})
