import { describe, expect, it } from 'vitest'
import { parseJws } from '../package/jws.ts'
import {
  runUpdate,
  trusting,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateSuite,
} from '../package/testing.ts'
import { releaseFilesCheck } from '../release-files/index.ts'
import { azureCheck } from './index.ts'

const CASES: UpdateCases = {
  check: azureCheck,
  after: [releaseFilesCheck],
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}

describe('update.azure', () => {
  updateSuite(CASES, {
    negative: { import: [], signed: ['signature E5 for medium'] },
    positive: {
      file: ['signature E5 neutral medium', 'content EX against high'],
      manifest: ['signature EX against high'],
      signature: ['signature EX against high'],
      unsigned: ['unsigned E2 against medium'],
      weak: ['signature E5 for medium', 'weak - against high'],
    },
    nearMiss: {
      'no-root': ['signature E4 neutral medium'],
      'other-root': ['signature E4 neutral medium'],
      settings: [],
    },
    whole: ['negative/signed', 'update.json'],
    // The last characters of base64url have bits that nobody reads; addresses of files are not signed.
    covered: (content) => [[content.indexOf('{\\"manifest'), content.indexOf('createdDateTime')]],
    links: [
      'azure-device-update E5: update(manifest) update(firmware.swu) < device.img@0x0:squashfs/etc/update.pem; unknown',
    ],
  })

  it('is lifted by what the user trusts', () => {
    const mine = trusting(updateFile(CASES, 'negative/signed/update.pem'))
    expect(updateInShort(CASES, runUpdate(CASES, 'near-miss/no-root', mine))).toEqual([
      'signature E6 for high',
    ])
  })

  it('tells what it is for, who signed, and that a maker hands an unsigned form to the service', () => {
    const of = (name: string) =>
      runUpdate(CASES, name).evidence.find(({ kind }) => kind === 'update.azure.description')?.observation
    expect(of('negative/signed')).toMatchObject({
      update: 'Sample board',
      version: '1.1',
      compatibility: ['{"manufacturer":"sample","model":"board"}'],
      handlers: ['microsoft/swupdate:2'],
      signedBy: 'SAMPLE.SIGNING',
      root: 'SAMPLE.R',
      testRoot: false,
    })
    expect(of('negative/import')).toMatchObject({ form: 'import', beside: 1 })
  })

  it('reads JWS in its compact form only', () => {
    expect(parseJws('eyJhIjoxfQ.YQ.YQ')?.header).toEqual({ a: 1 })
    for (const text of [undefined, '', 'a.b', 'YQ.YQ.YQ', 'eyJhIjoxfQ.YQ.YQ.YQ', 'eyJhIjoxfQ..YQ'])
      expect(parseJws(text), String(text)).toBeUndefined()
  })
})
