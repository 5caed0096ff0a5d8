import { describe, expect, it } from 'vitest'
import { espCheck } from '../../secure-boot/esp/index.ts'
import { mcubootCheck } from '../../secure-boot/mcuboot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { firmwareAddresses } from '../addresses.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { mechanismsOf, partFaults } from '../mechanism/testing.ts'
import { microcontrollerCheck } from './index.ts'
import { SIGN_LITERALS } from './signs.ts'
import { firmwareArtefacts } from './testing.ts'

const CHECKS = [espCheck, mcubootCheck, microcontrollerCheck, mechanismCheck]

function runOf(name: string) {
  return runChecks(CHECKS, firmwareArtefacts(new URL(`./fixtures/${name}/`, import.meta.url)))
}

/** Parts in short: what decides of each, its polarity unless neutral, and where it stands. */
function partsOf(name: string): readonly string[] {
  const run = runOf(name)
  expect(partFaults(run)).toEqual([])
  for (const { polarity, overturnedBy } of run.evidence)
    if (polarity === 'against') expect(overturnedBy?.en).toMatch(/\S/)
  return mechanismsOf(run)
    .flatMap(({ client, parts }) =>
      parts.map(({ statement, polarity, confidence, how, path, offset, length, line, evidence, ...part }) => {
        const { id, ...what } = part
        const told = Object.values(what)
          .flat()
          .filter((one) => one !== null)
        const place = `${path.replace(/^.*\/(?=[^/]+$)/, '')}+${offset}`
        return `${client} ${id} ${told.join(' ')}${polarity === 'neutral' ? '' : ` ${polarity}`} (${confidence.grade}) ${place}`
      }),
    )
    .toSorted()
}

describe('update.microcontroller', () => {
  it('tells the parts of an ESP-IDF image with slots', () => {
    expect(partsOf('positive/two-slots')).toMatchInlineSnapshot(`
      [
        "device install slots (medium) otadata@0x0:esp-otadata+0",
        "device install slots ota_0 ota_1 (high) flash.bin@0x0:esp-flash+4096",
        "device reach application yes ota_0, ota_1 (low) ota_0@0x0:esp-image+0",
        "device reach bootloader unknown (high) bootloader@0x0:esp-image+0",
        "device rollback refused secure_version 3 (medium) ota_0@0x0:esp-image+0",
        "esp-https-ota agent v5.4.1 unknown (low) ota_0@0x0:esp-image+399",
        "esp-https-ota packageCheck checksum (low) ota_0@0x0:esp-image+0",
        "esp-https-ota source remote https https://updates.example.com/fw/sample.bin (low) ota_0@0x0:esp-image+288",
        "esp-https-ota transport pinned (low) ota_0@0x0:esp-image+476",
      ]
    `)
  })
  it('tells that an ESP-IDF image has no slots', () => {
    expect(partsOf('positive/factory-only')).toMatchInlineSnapshot(`
      [
        "device install in-place factory (high) flash.bin@0x0:esp-flash+4096",
        "device reach bootloader unknown (high) bootloader@0x0:esp-image+0",
      ]
    `)
  })
  it('holds an address over plain HTTP against an application that takes it, without the login in it', () => {
    expect(partsOf('positive/plain-http')).toMatchInlineSnapshot(`
      [
        "device install slots ota_0 ota_1 (high) partition-table.bin@0x0:esp-partition-table+0",
        "device reach application yes ota_0, ota_1 (low) app.bin@0x0:esp-image+0",
        "esp-https-ota agent v5.4.1 unknown (low) app.bin@0x0:esp-image+288",
        "esp-https-ota packageCheck checksum (low) app.bin@0x0:esp-image+0",
        "esp-https-ota source remote http http://updates.example.com/fw/sample.bin (low) app.bin@0x0:esp-image+302",
        "esp-https-ota transport none against (low) app.bin@0x0:esp-image+302",
        "esp-https-ota transport unknown (medium) app.bin@0x0:esp-image+353",
      ]
    `)
    expect(JSON.stringify(runOf('positive/plain-http'))).not.toMatch(/user:word/)
  })
  it('tells a slot beside the application of the factory', () => {
    expect(partsOf('positive/safeboot')).toMatchInlineSnapshot(`
      [
        "device install recovery safeboot app0 (high) flash.bin@0x0:esp-flash+4096",
        "device install slots (medium) otadata@0x0:esp-otadata+0",
        "device reach application yes app0 (low) app0@0x0:esp-image+0",
        "device reach bootloader unknown (high) bootloader@0x0:esp-image+0",
        "tasmota agent unknown (low) app0@0x0:esp-image+296",
        "tasmota source remote http http://ota.example.com/sample/release/sample.bin.gz (low) app0@0x0:esp-image+315",
        "tasmota transport none against (low) app0@0x0:esp-image+315",
      ]
    `)
  })
  it('tells a bundle of authorities and a demanded signature', () => {
    expect(partsOf('positive/bundle')).toMatchInlineSnapshot(`
      [
        "esp-https-ota agent v5.4.1 unknown (low) app.bin@0x0:esp-image+352",
        "esp-https-ota packageCheck required (medium) app.bin@0x0:esp-image+0",
        "esp-https-ota source remote https (low) app.bin@0x0:esp-image+352",
        "esp-https-ota transport bundle (low) app.bin@0x0:esp-image+429",
      ]
    `)
  })
  it('tells the key that an application takes from its own signature', () => {
    const parts = mechanismsOf(runOf('positive/signed-updates')).flatMap((one) => one.parts)
    expect(parts.filter(({ id }) => id === 'anchor' || id === 'packageCheck')).toMatchObject([
      { id: 'packageCheck', checks: 'required' },
      { id: 'anchor', algorithm: 'ECDSA P-256', strength: 'agreed', everybody: false, leaked: false },
    ])
    expect(partsOf('positive/signed-updates')).toHaveLength(5)
  })

  it('tells what Arduino checks', () => {
    expect(partsOf('positive/arduino')).toMatchInlineSnapshot(`
      [
        "arduino-http-update agent unknown (low) app.bin@0x0:esp-image+337",
        "arduino-update agent unknown (low) app.bin@0x0:esp-image+305",
        "arduino-update packageCheck checksum (low) app.bin@0x0:esp-image+288",
        "device source remote http http://updates.example.com/sample.bin (low) app.bin@0x0:esp-image+355",
        "device transport none against (low) app.bin@0x0:esp-image+355",
      ]
    `)
  })
  it('tells how MCUboot installs, and what it refuses', () => {
    expect(partsOf('positive/mcuboot-swap')).toMatchInlineSnapshot(`
      [
        "device install slots primary secondary (medium) mcuboot.bin+35",
        "device install slots slot (medium) image.bin@0x0:mcuboot+16368",
        "device rollback refused MCUBOOT_DOWNGRADE_PREVENTION (medium) mcuboot.bin+138",
      ]
    `)
    expect(partsOf('positive/mcuboot-overwrite')).toMatchInlineSnapshot(`
      [
        "device install in-place primary secondary (medium) mcuboot.bin+44",
      ]
    `)
  })
  it('tells the keys that are built into MCUboot', () => {
    const of = (name: string) =>
      mechanismsOf(
        runChecks(
          CHECKS,
          firmwareArtefacts(new URL(`../../secure-boot/mcuboot/fixtures/${name}/`, import.meta.url)),
        ),
      ).flatMap(({ client, parts }) =>
        parts.flatMap((part) =>
          part.id === 'anchor' ? [[client, part.algorithm, part.everybody, part.polarity]] : [],
        ),
      )
    expect(of('negative/with-boot-loader')).toMatchInlineSnapshot(`
      [
        [
          "mcuboot",
          "RSA-2048",
          false,
          "neutral",
        ],
      ]
    `)
    expect(of('positive/published-in-boot-loader')).toMatchInlineSnapshot(`
      [
        [
          "mcuboot",
          "RSA-2048",
          true,
          "against",
        ],
      ]
    `)
    expect(of('near-miss/without-key')).toEqual([])
  })

  it('tells clients of Zephyr', () => {
    expect(partsOf('positive/zephyr')).toMatchInlineSnapshot(`
      [
        "hawkbit agent unknown (low) zephyr.bin+51",
        "hawkbit source remote https https://hawkbit.example.com/firmware/ (low) zephyr.bin+81",
        "mcumgr agent unknown (low) zephyr.bin+66",
        "mcumgr source local smp (low) zephyr.bin+66",
      ]
    `)
  })
  it('tells UpdateHub, and addresses of firmware without a known client, of which it says no more', () => {
    expect(partsOf('positive/updatehub')).toMatchInlineSnapshot(`
      [
        "updatehub agent unknown (low) zephyr.bin+61",
        "updatehub source remote coap (low) zephyr.bin+61",
      ]
    `)
    expect(partsOf('positive/bare-metal')).toMatchInlineSnapshot(`
      [
        "device source remote http http://updates.example.com/sensor/v%d.bin (low) sensor.bin+12",
      ]
    `)
    expect(partsOf('near-miss/bare-metal')).toEqual([])
  })

  it('reads build configurations', () => {
    expect(partsOf('positive/configuration')).toMatchInlineSnapshot(`
      [
        "device install slots (low) sdkconfig+91",
        "device transport unknown (low) sdkconfig+8",
      ]
    `)
  })

  it('says that it recognised nothing, and nothing more', () => {
    expect(partsOf('negative/no-client')).toEqual([])
    expect(runOf('negative/no-client').evidence.map(({ kind }) => kind)).toContain('update.mechanism.none')
    expect(partsOf('negative/log')).toEqual([])
  })

  it('takes no slots without a record for slots, and no page for an address', () => {
    expect(partsOf('near-miss/unrecorded')).toMatchInlineSnapshot(`
      [
        "device install in-place ota_0 ota_1 (high) flash.bin@0x0:esp-flash+4096",
        "device reach bootloader unknown (high) bootloader@0x0:esp-image+0",
        "tasmota agent unknown (low) ota_0@0x0:esp-image+296",
        "tasmota source remote http http://ota.example.com/sample/release/sample.bin.gz (low) ota_0@0x0:esp-image+315",
        "tasmota transport none against (low) ota_0@0x0:esp-image+315",
      ]
    `)
    expect(partsOf('near-miss/pages')).toMatchInlineSnapshot(`
      [
        "esp-rainmaker agent v5.4.1 unknown (low) app.bin@0x0:esp-image+288",
        "esp-rainmaker packageCheck checksum (low) app.bin@0x0:esp-image+0",
        "esp-rainmaker source remote https (low) app.bin@0x0:esp-image+288",
      ]
    `)
  })

  it('leaves programs for Linux alone', () => {
    expect(partsOf('near-miss/linux-program')).toEqual([])
    const program = (text: string) => testArtefact('usr/lib/x.bin', `\0${text}\0`, { format: 'elf' })
    const parts = (text: string) => runChecks(CHECKS, [program(text)]).facts.length
    expect(parts('mcumgr_img_grp')).toBe(0)
    expect(parts('mcumgr_img_grp\0Booting Zephyr OS')).toBeGreaterThan(0)
  })

  it('keeps the firmware of another processor apart from the system that carries it', () => {
    const files = firmwareArtefacts(new URL('./fixtures/positive/mcuboot-swap/', import.meta.url))
    const root = 'fw.bin@0x0:squashfs'
    const inside = files.map((file) => ({ ...file, root, path: `${root}/lib/firmware/${file.name}` }))
    const run = runChecks(CHECKS, inside)
    expect(mechanismsOf(run).map(({ client }) => client)).toContain('firmware:/lib/firmware/mcuboot.bin')
    expect(mechanismsOf(run).map(({ client }) => client)).not.toContain('device')
  })

  it('leaves apps and libraries in archives alone', () => {
    const root = 'release.zip@0x0:zip'
    const lines = (inner: string) =>
      mechanismsOf(runChecks(CHECKS, [testArtefact(inner, 'dex\n035\0tuya.device.upgrade.get\0', { root })]))
        .length
    expect(lines('classes.dex')).toBe(0)
    expect(lines('lib/armeabi/libtuya.so')).toBe(0)
    expect(lines('firmware/plug.bin')).toBe(1)
  })

  it('reads addresses that are stored as settings', () => {
    const root = 'flash.bin@0x8000:esp-partition-table/nvs@0x0:esp-nvs'
    const run = runChecks(CHECKS, [
      testArtefact('app/ota_url', 'https://user:word@up.example.com/fw.bin\0', { root }),
      testArtefact('app/url', 'https://example.com/telemetry\0', { root }),
      testArtefact('app/ota_url', 'https://up.example.com/fw.bin\0'),
    ])
    expect(mechanismsOf(run).flatMap(({ parts }) => parts)).toMatchObject([
      { id: 'source', protocol: 'https', address: 'https://up.example.com/fw.bin' },
    ])
  })

  it('tells addresses of firmware from others, and ends', () => {
    const of = (text: string) => firmwareAddresses(text).map(({ url }) => url)
    expect(
      of('https://a.example/ota/x\0coaps://b.example/firmware\0mqtts://fw.example.com:8883/a'),
    ).toHaveLength(3)
    expect(of('https://a.example/quota\0https://a.example/potato\0http://10.0.0.1/fw.bin')).toEqual([])
    expect(of(`${'https://a.example/fw.bin?'.repeat(20_000)}`).length).toBeLessThanOrEqual(20)
    expect(of(`http${'://x@'.repeat(100_000)}`)).toEqual([])
  })

  it('has each text once', () => {
    expect(new Set(SIGN_LITERALS).size).toBe(SIGN_LITERALS.length)
  })
})
