import { describe, expect, it } from 'vitest'
import { espCheck } from '../../secure-boot/esp/index.ts'
import { mcubootCheck } from '../../secure-boot/mcuboot/index.ts'
import { nordicCheck } from '../../secure-boot/nordic/index.ts'
import { type Cases, checkCase, inShort, namesOf } from '../../secure-boot/outcome/testing.ts'
import { silabsCheck } from '../../secure-boot/silabs/index.ts'
import { uefiCapsuleCheck } from '../../secure-boot/uefi-capsule/index.ts'
import { deliveredFile } from './delivered.ts'
import { bootImageCheck } from './index.ts'

const CASES: Cases = {
  check: bootImageCheck,
  after: [espCheck, mcubootCheck, nordicCheck, silabsCheck, uefiCapsuleCheck],
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['esp-image', 'esp-partition-table', 'gbl', 'mcuboot', 'uefi-capsule'],
}

function table(cases: Cases) {
  return Object.fromEntries(
    namesOf(cases).map((name) => [
      name,
      inShort(checkCase(cases, name))
        .map((one) => one.replace('boot-image.', ''))
        .filter((one) => !one.startsWith('description')),
    ]),
  )
}

describe('update.boot-image', () => {
  it('says of an update what secure boot found out about its image', () => {
    expect(table(CASES)).toEqual({
      'positive/esp-unsigned': ['unsigned E2 against low'],
      'positive/gbl-behind': ['signature E6 for high', 'uncovered - against medium'],
      'positive/gbl-tampered': ['signature EX against medium'],
      'positive/mcuboot-open-counter': ['signature E6 for high', 'uncovered - against medium'],
      'positive/mcuboot-published': ['signature E4 neutral medium', 'known-key - against high'],
      'positive/mcuboot-stripped': ['unsigned E2 against medium'],
      'negative/esp': ['signature E6 for high'],
      'negative/gbl': ['signature E6 for high'],
      'negative/mcuboot': ['signature E6 for high'],
      'near-miss/esp-flash': [],
      'near-miss/gbl-no-key': ['signature E3 neutral medium'],
      'near-miss/mcuboot-encrypted': ['signature E3 neutral medium'],
    })
  })

  it('compares the firmware of a DFU package with the signed packet', () => {
    const fixtures = new URL('../../secure-boot/nordic/fixtures/', import.meta.url)
    expect(table({ ...CASES, fixtures, root: 'dfu.zip@0x0:zip' })).toMatchObject({
      'negative/trusted': ['signature E6 for high'],
      'positive/known-key': ['signature E4 neutral medium', 'known-key - against high'],
      'positive/legacy': ['unsigned E1 against medium'],
      'positive/private-key': ['signature E4 neutral medium', 'private-key - against high'],
      'positive/tampered-firmware': ['signature EX against medium', 'content EX against high'],
      'positive/unsigned': ['unsigned E2 against medium'],
    })
  })

  it('speaks of UEFI capsules', () => {
    const fixtures = new URL('../../secure-boot/uefi-capsule/fixtures/', import.meta.url)
    const found = table({ ...CASES, fixtures })
    expect(found['positive/unsigned']).toEqual(['unsigned E0 against medium'])
    expect(found['positive/tampered']?.[0]).toMatch(/^signature EX against/)
    expect(found['near-miss/no-key']).toEqual(['signature E4 neutral medium'])
  })

  it('tells hardware, version, and what stands against rollback', () => {
    const of = (name: string) =>
      checkCase(CASES, name).find(({ kind }) => kind.endsWith('.description'))?.observation
    expect(of('negative/mcuboot')).toMatchObject({
      format: 'mcuboot',
      version: expect.stringMatching(/^\d+\./),
      encrypted: false,
      rollback: [{ name: 'version', signed: true }, { name: 'security-counter' }],
    })
    expect(of('negative/esp')).toMatchObject({ hardware: expect.stringContaining('ESP32') })
    expect(of('near-miss/mcuboot-encrypted')).toMatchObject({ encrypted: true })
  })

  it('knows an update from what runs', () => {
    for (const holder of [
      'app.bin@0x0:mcuboot',
      'app.bin',
      'dir/app.gbl@0x0:gbl',
      'x.ota@0x10:zigbee-ota/image-0@0x0:gbl',
      'dfu.zip@0x0:zip/app.dat',
      'u.cab@0x0:cab/firmware.bin@0x0:uefi-capsule',
    ])
      expect(deliveredFile(holder), holder).toBeDefined()
    for (const holder of [
      'flash.bin@0x10000:esp-image',
      'fw.bin@0x0:squashfs/lib/firmware/radio.bin@0x0:mcuboot',
      'fw.bin@0x40:squashfs/x.zip@0x0:zip/app.dat',
      'rootfs/lib/firmware/radio.bin@0x0:mcuboot',
      'rootfs/usr/share/app.bin',
    ])
      expect(deliveredFile(holder), holder).toBeUndefined()
  })
})
