import { describe, expect, it } from 'vitest'
import { runUpdate, type UpdateCases, updateSuite } from '../package/testing.ts'
import { lvfsCheck } from './index.ts'

const CASES: UpdateCases = {
  check: lvfsCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  root: 'a.cab@0x0:cab',
  keyAt: 'etc/pki/fwupd/vendor.pem',
  configuration: ['etc/none', ''],
}
const FINE = ['signature E5 for high']

describe('update.lvfs', () => {
  updateSuite(CASES, {
    negative: { 'by-description': FINE, detached: FINE, gpg: FINE, pkcs7: FINE, target: FINE },
    positive: {
      description: ['signature EX against high'],
      'description-only-payload': ['signature E5 for high', 'uncovered - against medium'],
      gpg: ['signature EX against high'],
      payload: ['signature EX against high', 'content EX against high'],
      target: ['signature EX against high'],
      unsigned: ['unsigned E2 against low'],
    },
    nearMiss: {
      'no-key': ['signature E4 neutral medium'],
      'other-key': ['signature E4 neutral medium'],
      windows: [],
    },
    whole: ['negative/pkcs7', 'firmware.metainfo.xml'],
    links: [
      'lvfs E5: update(firmware.bin) update(firmware.metainfo.xml) < device.img@0x0:squashfs/etc/pki/fwupd/vendor.pem; unknown',
    ],
  })

  it('tells for which hardware it is, its version, and what has to be there before', () => {
    const { evidence } = runUpdate(CASES, 'negative/pkcs7')
    expect(evidence.find(({ kind }) => kind === 'update.lvfs.description')?.observation).toMatchObject({
      id: 'com.example.sample',
      guids: ['84f40464-9272-4ef7-9399-cd95f12da696'],
      versions: ['1.2.3'],
      requires: ['compare="ge" version="1.5.0"'],
      files: ['firmware.bin', 'firmware.metainfo.xml'],
    })
  })
})
